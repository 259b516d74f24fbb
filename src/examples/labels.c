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

static void open_sides(struct labels *l, const struct input *in)
{
    /* where the positive label was told as a number, 1 is no longer one by itself: the labels are then those
     * of several classes */
    if (!any_number(&in->positive)) put_number(l, 1, 1);
    if (!any_number(&in->negative) || !any_number(&in->positive)) put_number(l, 0, 0);
    l->rest_negative = in->positive.count && !in->negative.count;
    put_list(l, &in->negative, 0);
    put_list(l, &in->positive, 1);
    put_list(l, &in->ignore, LABEL_IGNORED);
    l->plain = *small_of(l, 0) == 0 && *small_of(l, 1) == 1;
}

static bool open_classes(struct labels *l, const struct input *in, ptrdiff_t *background, struct diag *d)
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
    for (size_t k = 0; !numbers && k < l->classes; k++) put_number(l, (double)k, (int32_t)k);
    if (in->background) {
        int32_t code = labels_of_text(l, in->background, strlen(in->background));

        *background = code >= 0 ? code : -1;
        if (code < 0) put(l, in->background, strlen(in->background), LABEL_NO_CLASS);
    }
    put_list(l, &in->ignore, LABEL_IGNORED);
    return true;
}

bool labels_open(struct labels *l, const struct input *in, bool binary, char **class_name, size_t classes,
                 ptrdiff_t *background, struct diag *d)
{
    *l = (struct labels){.binary = binary, .class_name = class_name, .classes = classes};
    *background = -1;
    l->smalls = (classes > LABELS_HIGH ? classes : LABELS_HIGH) + -LABELS_LOW;
    l->small = mem_alloc(l->smalls, sizeof *l->small);
    for (size_t i = 0; i < l->smalls; i++) l->small[i] = LABEL_BAD;
    if (!binary) return open_classes(l, in, background, d);
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
    return l->rest_negative && !isnan(value) && !soft(value) ? 0 : LABEL_BAD;
}

/* The side that a word has by itself. */
static int32_t side_word(const char *text, size_t size)
{
    static const char *const word[2][2] = {{"false", "no"}, {"true", "yes"}};

    for (int side = 0; side < 2; side++)
        for (int i = 0; i < 2; i++)
            if (strlen(word[side][i]) == size && strncasecmp(text, word[side][i], size) == 0) return side;
    return LABEL_BAD;
}

/* "c3" or "class_3" is class 3 where no class has such a name. */
static int32_t numbered_class(const struct labels *l, const char *text, size_t size)
{
    size_t letters = 0;
    uint64_t n;

    while (letters < size && (isalpha((unsigned char)text[letters]) || text[letters] == '_')) letters++;
    if (!letters || !number_parse_whole(text + letters, size - letters, &n) || n > (uint64_t)1 << 40)
        return LABEL_BAD;
    return labels_of_number(l, (double)n);
}

int32_t labels_of_text(const struct labels *l, const char *text, size_t size)
{
    ptrdiff_t i;
    double value;
    int32_t side;

    text_trim(&text, &size);
    i = string_table_find(&l->word, text, size);
    if (i >= 0) return l->word_code[i];
    if (l->binary && (side = side_word(text, size)) >= 0) return side;
    if (text_missing(text, size)) return LABEL_BAD;
    if (number_parse(text, size, &value)) return labels_of_number(l, value);
    if (!l->binary) return numbered_class(l, text, size);
    return l->rest_negative ? 0 : LABEL_BAD;
}

static void explain_class(const struct labels *l, const char *shown, char out[LABELS_SHOWN])
{
    size_t used = (size_t)snprintf(out, LABELS_SHOWN, "%s is none of the classes ", shown);

    for (size_t k = 0; k < l->classes && k < 6; k++)
        used += (size_t)snprintf(out + used, LABELS_SHOWN - used, "%s%.24s", k ? ", " : "", l->class_name[k]);
    snprintf(out + used, LABELS_SHOWN - used, "%s; --ignore=%s leaves such rows out",
             l->classes > 6 ? ", ..." : "", shown);
}

const char *labels_explain(const struct labels *l, const char *text, size_t size, char out[LABELS_SHOWN])
{
    char shown[DIAG_SHOWN];
    double value;
    bool number;

    text_trim(&text, &size);
    diag_shown(shown, text, size);
    number = number_parse(text, size, &value);
    if (size == 0)
        snprintf(out, LABELS_SHOWN, "no label; --ignore '' leaves such rows out");
    else if (text_missing(text, size))
        snprintf(out, LABELS_SHOWN, "%s is no label; --ignore %.*s leaves such rows out", shown, (int)size,
                 text);
    else if (number && soft(value))
        snprintf(out, LABELS_SHOWN, "%s is between 0 and 1: soft labels are not supported", shown);
    else if (!l->binary)
        explain_class(l, shown, out);
    else if (number && value == -1)
        snprintf(out, LABELS_SHOWN,
                 "-1 is no label by itself: --ignore=-1 leaves such rows out (ignored anchors), "
                 "--negative=-1 takes them as "
                 "negatives (labels 1 and -1)");
    else
        snprintf(out, LABELS_SHOWN,
                 "%s is no label (1 or 0, true or false, yes or no); name the positive label with "
                 "--positive=VALUE, or "
                 "--ignore=%s leaves such rows out",
                 shown, shown);
    return out;
}
