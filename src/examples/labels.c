/* labels.c: what a label's text, or number, means */
#include "examples/labels.h"

#include "base/number.h"
#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LABELS_LOW = -1024, LABELS_HIGH = 1024 };

static int32_t *small_of(const struct labels *l, double value)
{
    double place = value - LABELS_LOW;

    if (!(place >= 0 && place < (double)l->smalls) || floor(value) != value) return NULL;
    return &l->small[(size_t)place];
}

static void put_number(struct labels *l, double value, int32_t code)
{
    int32_t *small = small_of(l, value);

    if (small) {
        *small = code;
        return;
    }
    for (size_t i = 0; i < l->others; i++)
        if (l->other[i].value == value) {
            l->other[i].code = code;
            return;
        }
    l->other = mem_grow(l->other, &l->other_room, l->others + 1, sizeof *l->other);
    l->other[l->others++] = (struct label_number){value, code};
}

/* A label by its text, and where that is a number by any text of that number; the last to be put counts. */
static void put(struct labels *l, const char *text, size_t size, int32_t code)
{
    double value;
    bool fresh;
    size_t i;

    text_trim(&text, &size);
    i = string_table_put(&l->word, text, size, &fresh);
    l->word_code = mem_grow(l->word_code, &l->word_room, i + 1, sizeof *l->word_code);
    l->word_code[i] = code;
    if (!number_parse(text, size, &value) || isnan(value)) return;
    l->by_text = l->by_text || (labels_of_number(l, value) >= 0 && labels_of_number(l, value) != code);
    put_number(l, value, code);
}

static void put_list(struct labels *l, const struct list *list, int32_t code)
{
    for (size_t i = 0; i < list->count; i++) put(l, list->item[i], strlen(list->item[i]), code);
}

static bool any_number(const struct list *list)
{
    double value;

    for (size_t i = 0; i < list->count; i++)
        if (number_parse(list->item[i], strlen(list->item[i]), &value)) return true;
    return false;
}

/* The side that a word has by itself. */
static int side_word(const char *text, size_t size)
{
    static const char *const word[2][2] = {{"false", "no"}, {"true", "yes"}};

    for (int side = 0; side < 2; side++)
        for (int i = 0; i < 2; i++)
            if (text_is(text, size, word[side][i])) return side;
    return LABEL_BAD;
}

/* The side that a value has where no option tells: 1, true and yes are positive, 0, false and no negative. */
static int side_of_value(const char *value)
{
    return strcmp(value, "0") == 0 ? 0 : strcmp(value, "1") == 0 ? 1 : side_word(value, strlen(value));
}

/* Is no, false or 0 told to be positive, or yes, true or 1 negative? The other words are then on the other
   side. */
static bool words_reversed(const struct input *in)
{
    for (size_t i = 0; i < in->positive.count; i++)
        if (side_of_value(in->positive.item[i]) == 0) return true;
    for (size_t i = 0; i < in->negative.count; i++)
        if (side_of_value(in->negative.item[i]) == 1) return true;
    return false;
}

static void open_sides(struct labels *l, const struct input *in)
{
    /* where the positive label was told as a number, 1 is no longer one by itself: the labels are then those
       of several classes */
    if (!any_number(&in->positive)) put_number(l, 1, 1);
    if (!any_number(&in->negative) || !any_number(&in->positive)) put_number(l, 0, 0);
    put_list(l, &in->negative, 0);
    put_list(l, &in->positive, 1);
    put_list(l, &in->ignore, LABEL_IGNORED);
    l->plain = *small_of(l, 0) == 0 && *small_of(l, 1) == 1;
}

static bool of_a_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* How many bytes all classes' names begin and end with alike, up to a sign that is neither a letter nor a
   digit: confidence(yes), confidence(no). 0 where a name is a number. */
static void common_ends(const struct labels *l, size_t *lead, size_t *trail)
{
    const char *first = l->class_name[0];
    size_t last = strlen(first), least = SIZE_MAX;
    double value;

    *lead = *trail = SIZE_MAX;
    for (size_t k = 0; k < l->classes; k++) {
        const char *name = l->class_name[k];
        size_t size = strlen(name), n = 0, m = 0;

        while (n < size && name[n] == first[n]) n++;
        while (m < size && m < last && name[size - 1 - m] == first[last - 1 - m]) m++;
        if (n < *lead) *lead = n;
        if (m < *trail) *trail = m;
        if (size < least) least = size;
        if (number_parse(name, size, &value)) least = 0;
    }
    while (*lead && of_a_word(first[*lead - 1])) --*lead;
    while (*trail && of_a_word(first[last - *trail])) --*trail;
    if (*lead + *trail >= least) *lead = *trail = 0;
}

/* What tells the names apart, without those ends. */
static void find_cores(struct labels *l)
{
    size_t lead, trail;

    common_ends(l, &lead, &trail);
    l->core = mem_alloc(l->classes, sizeof *l->core);
    for (size_t k = 0; k < l->classes; k++)
        l->core[k] = mem_copy(l->class_name[k] + lead, strlen(l->class_name[k]) - lead - trail);
}

bool labels_own_number(const struct labels *l, size_t class, uint64_t *n)
{
    const char *core = l->core[class];
    size_t size = strlen(core), digits = size;

    while (digits && isdigit((unsigned char)core[digits - 1])) digits--;
    return digits < size && size - digits < strlen(l->class_name[class]) &&
           number_parse_whole(core + digits, size - digits, n);
}

/* Do all the classes' names end in numbers, and not all in their own places (class_1, class_2, class_3)? A
   label that is a number could then be either. */
static bool have_own_numbers(const struct labels *l)
{
    bool places = true;
    uint64_t n;

    for (size_t k = 0; k < l->classes; k++) {
        if (!labels_own_number(l, k, &n)) return false;
        places = places && n == k;
    }
    return !places;
}

/* Labels may be what the classes' names hold: yes of confidence(yes). */
static void put_cores(struct labels *l)
{
    double value;

    for (size_t k = 0; k < l->classes; k++)
        if (!number_parse(l->core[k], strlen(l->core[k]), &value)) labels_alias(l, l->core[k], (int32_t)k);
}

/* The classes by their names and, where no name is a number, by their places from --label-base on. */
static bool put_classes(struct labels *l, const struct input *in, struct diag *d)
{
    bool numbers = false;
    double value;

    for (size_t k = 0; k < l->classes; k++) {
        const char *name = l->class_name[k];

        if (string_table_find(&l->word, name, strlen(name)) >= 0)
            return diag_fail(d, STATUS_USAGE, "two columns of scores stand for class '%.100s'", name);
        numbers = numbers || number_parse(name, strlen(name), &value);
        put(l, name, strlen(name), (int32_t)k);
    }
    find_cores(l);
    put_cores(l);
    l->own_numbers = in->label_base < 0 && !in->classes && have_own_numbers(l);
    l->by_place = !numbers && !l->own_numbers;
    for (size_t k = 0; l->by_place && k < l->classes; k++)
        put_number(l, (double)(k + (in->label_base > 0 ? (size_t)in->label_base : 0)), (int32_t)k);
    return true;
}

/* Is b a with no, non or not before it: event and no_event, spam and nonspam? */
static bool denies(const char *b, const char *a)
{
    size_t size = strlen(b), own = strlen(a), n;

    if (size < own + 2 || !own || strcasecmp(b + size - own, a) != 0) return false;
    for (n = size - own; n && strchr("_.- ", b[n - 1]);) n--;
    return (n == 2 && strncasecmp(b, "no", n) == 0) ||
           (n == 3 && (strncasecmp(b, "non", n) == 0 || strncasecmp(b, "not", n) == 0));
}

/* Do the names say that the first of two classes is the positive one? */
static bool first_is_positive(const struct labels *l)
{
    return l->classes == 2 && (denies(l->core[1], l->core[0]) || (labels_side_of_name(l->core[0]) == 1 &&
                                                                  labels_side_of_name(l->core[1]) == 0));
}

/* The class that one of these values is, by its name or its number, −1: none. */
static ptrdiff_t class_among(const struct labels *l, const struct list *list)
{
    double value;

    for (size_t i = 0; i < list->count; i++) {
        const char *text = list->item[i];
        ptrdiff_t k = string_table_find(&l->word, text, strlen(text));

        if (k >= 0) return l->word_code[k];
        if (!first_is_positive(l) && number_parse(text, strlen(text), &value) && small_of(l, value) &&
            *small_of(l, value) >= 0)
            return *small_of(l, value);
    }
    return -1;
}

/* The only class of two that a word begins with, or that begins with it, whatever its case (Cat for cat,
   malignant for m), −1: none. */
static ptrdiff_t class_like(const struct labels *l, const struct list *list)
{
    ptrdiff_t found = -1;
    double value;

    for (ptrdiff_t k = 0; k < 2 && list->count; k++) {
        const char *name = l->core[k], *word = list->item[0];
        size_t size = strlen(name) < strlen(word) ? strlen(name) : strlen(word);

        if (!size || number_parse(name, strlen(name), &value) || strncasecmp(name, word, size) != 0) continue;
        if (found >= 0) return -1;
        found = k;
    }
    return found;
}

/* The side of a class's name by itself. */
int labels_side_of_name(const char *name)
{
    static const char *const word[2][7] = {{"0", "-1", "n", "neg", "negative", "f", NULL},
                                           {"1", "y", "pos", "positive", "t", NULL}};

    for (int side = 0; side < 2; side++)
        for (const char *const *w = word[side]; *w; w++)
            if (strcasecmp(*w, name) == 0) return side;
    return side_word(name, strlen(name));
}

/* The column of the positive class: as told, or the one whose name says so (1, true, yes, positive beside 0,
   false, no, negative; event beside no_event); else the second. */
static ptrdiff_t positive_column(const struct labels *l, const struct input *in)
{
    const struct list background = {(const char **)(uintptr_t)&in->background, in->background != NULL, 0};
    ptrdiff_t k = class_among(l, &in->positive);

    if (k >= 0 || (k = class_like(l, &in->positive)) >= 0) return k;
    if ((k = class_among(l, &in->negative)) >= 0 || (k = class_among(l, &background)) >= 0) return 1 - k;
    return first_is_positive(l) ? 0 : 1;
}

/* Of two classes that have names, --positive has to tell one: else nothing tells which column is its. A word
   may be the label of the one whose column is named 1, yes, positive. */
static bool check_positive(const struct labels *l, const struct input *in, struct diag *d)
{
    double value;
    bool sides = labels_side_of_name(l->core[0]) + labels_side_of_name(l->core[1]) == 1;

    if (!in->positive.count || class_among(l, &in->positive) >= 0 || class_like(l, &in->positive) >= 0)
        return true;
    if (sides && !number_parse(in->positive.item[0], strlen(in->positive.item[0]), &value)) return true;
    return diag_fail(d, STATUS_USAGE,
                     "--positive %.60s is none of the classes %.60s, %.60s: --classes names them, in the "
                     "order of their columns%s",
                     in->positive.item[0], l->class_name[0], l->class_name[1],
                     number_parse(in->positive.item[0], strlen(in->positive.item[0]), &value) && value == 2
                         ? "; --label-base 1 counts them from 1"
                         : "");
}

static bool open_pair(struct labels *l, const struct input *in, ptrdiff_t *background, struct diag *d)
{
    int32_t positive;

    if (!put_classes(l, in, d) || !check_positive(l, in, d)) return false;
    positive = (int32_t)positive_column(l, in);
    l->side[0] = 1 - positive;
    l->side[1] = positive;
    *background = 1 - positive;
    /* a 1 may be the positive or the second column: where these differ, and no number was told, it is
       neither */
    if (positive == 0 && class_among(l, &in->positive) < 0 && class_among(l, &in->negative) < 0 &&
        !number_parse(l->class_name[0], strlen(l->class_name[0]), &(double){0}))
        for (size_t i = 0; i < l->smalls; i++) l->small[i] = LABEL_BAD;
    put_list(l, &in->negative, l->side[0]);
    put_list(l, &in->positive, l->side[1]);
    put_list(l, &in->ignore, LABEL_IGNORED);
    return true;
}

static bool open_classes(struct labels *l, const struct input *in, ptrdiff_t *background, struct diag *d)
{
    if (!put_classes(l, in, d)) return false;
    if (in->background) {
        int32_t code = labels_of_text(l, in->background, strlen(in->background));

        *background = code >= 0 ? code : -1;
        if (code < 0) put(l, in->background, strlen(in->background), LABEL_NO_CLASS);
    }
    put_list(l, &in->ignore, LABEL_IGNORED);
    return true;
}

bool labels_open(struct labels *l, const struct input *in, enum label_kind kind, char **class_name,
                 size_t classes, ptrdiff_t *background, struct diag *d)
{
    *l = (struct labels){.kind = kind, .class_name = class_name, .classes = classes, .side = {0, 1}};
    *background = -1;
    l->rest_negative = kind != LABELS_CLASSES && in->positive.count && !in->negative.count;
    l->reversed = kind != LABELS_CLASSES && words_reversed(in);
    l->positive = l->rest_negative ? &in->positive : NULL;
    l->ignore = &in->ignore;
    l->smalls = (classes > LABELS_HIGH ? classes : LABELS_HIGH) + -LABELS_LOW;
    l->small = mem_alloc(l->smalls, sizeof *l->small);
    for (size_t i = 0; i < l->smalls; i++) l->small[i] = LABEL_BAD;
    if (kind == LABELS_CLASSES) return open_classes(l, in, background, d);
    if (kind == LABELS_PAIR) return open_pair(l, in, background, d);
    open_sides(l, in);
    return true;
}

void labels_alias(struct labels *l, const char *name, int32_t class)
{
    if (string_table_find(&l->word, name, strlen(name)) < 0) put(l, name, strlen(name), class);
}

void labels_free(struct labels *l)
{
    string_table_free(&l->word);
    free(l->word_code);
    for (size_t k = 0; l->core && k < l->classes; k++) free(l->core[k]);
    free(l->core);
    free(l->small);
    free(l->other);
    *l = (struct labels){0};
}

static bool soft(double value)
{
    return value > 0 && value < 1;
}

int32_t labels_of_number(const struct labels *l, double value)
{
    const int32_t *small = small_of(l, value);

    if (small && *small != LABEL_BAD) return *small;
    for (size_t i = 0; i < l->others; i++)
        if (l->other[i].value == value) return l->other[i].code;
    /* beside two columns a number that is neither's may be counted from elsewhere */
    if (l->kind == LABELS_PAIR) return LABEL_BAD;
    return l->rest_negative && !isnan(value) && !soft(value) ? l->side[0] : LABEL_BAD;
}

/* "c3", "class_3", "LABEL_3": the class whose name is 3. */
static int32_t numbered_class(const struct labels *l, const char *text, size_t size)
{
    static const char *const word[] = {"c", "class", "label"};
    size_t letters = 0, begin;
    uint64_t n;
    ptrdiff_t k;

    while (letters < size && isalpha((unsigned char)text[letters])) letters++;
    for (begin = letters; begin < size && strchr("_- ", text[begin]) && text[begin];) begin++;
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        if (!text_is(text, letters, word[i]) || !number_parse_whole(text + begin, size - begin, &n)) continue;
        k = string_table_find(&l->word, text + begin, size - begin);
        return k >= 0 ? l->word_code[k] : LABEL_BAD;
    }
    return LABEL_BAD;
}

const char *labels_but_for_case(const struct labels *l, const char *text, size_t size)
{
    for (size_t i = 0; l->positive && i < l->positive->count; i++) {
        const char *word = l->positive->item[i];

        if (strlen(word) == size && strncasecmp(word, text, size) == 0) return word;
    }
    return NULL;
}

/* A sign of a missing value that is to be ignored, in whatever case: nan, NaN. */
static bool is_ignored_sign(const struct labels *l, const char *text, size_t size)
{
    for (size_t i = 0; i < l->ignore->count; i++)
        if (text_is_same(text, size, l->ignore->item[i])) return true;
    return false;
}

int32_t labels_of_text(const struct labels *l, const char *text, size_t size)
{
    ptrdiff_t i;
    double value;
    int side;

    text_trim(&text, &size);
    i = string_table_find(&l->word, text, size);
    if (i >= 0) return l->word_code[i];
    if (l->kind != LABELS_CLASSES && (side = side_word(text, size)) >= 0) return l->side[side != l->reversed];
    if (text_missing(text, size)) return is_ignored_sign(l, text, size) ? LABEL_IGNORED : LABEL_BAD;
    if (number_parse(text, size, &value)) return labels_of_number(l, value);
    if (l->kind != LABELS_SIDES && (side = numbered_class(l, text, size)) >= 0) return side;
    return l->rest_negative && !labels_but_for_case(l, text, size) ? l->side[0] : LABEL_BAD;
}
