/* columns.c: which column is what: lists of columns as options give them, and what is found by itself */
#include "examples/columns.h"

#include "base/number.h"
#include "base/string_table.h"
#include "base/text.h"
#include "examples/column_names.h"

#include <ctype.h>
#include <fnmatch.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *columns_shown(const struct columns *c, size_t i, char *out)
{
    if (c->name && *c->name[i])
        snprintf(out, DIAG_SHOWN, "%.100s", c->name[i]);
    else
        snprintf(out, DIAG_SHOWN, "%zu", i + 1);
    return out;
}

void columns_list(const struct columns *c, const size_t *index, size_t count, struct string *out)
{
    char shown[DIAG_SHOWN];

    for (size_t i = 0; i < count; i++) {
        size_t run = i;

        if (!c->name)
            while (run + 1 < count && index[run + 1] == index[run] + 1) run++;
        string_printf(out, "%s%s", i ? "," : "", columns_shown(c, index[i], shown));
        if (run > i) string_printf(out, "-%zu", index[run] + 1);
        i = run;
    }
}

enum field_kind field_kind(const struct field *f)
{
    const char *text = f->text;
    size_t size = f->size, sign, digits;
    double x;

    text_trim(&text, &size);
    if (text_missing(text, size)) return FIELD_EMPTY;
    if (number_parse(text, size, &x)) return FIELD_NUMBER;
    for (sign = 0; sign < size && (text[sign] == '+' || text[sign] == '-'); sign++) continue;
    for (digits = sign; digits < size && isdigit((unsigned char)text[digits]); digits++) continue;
    if (digits + 1 < size && (text[digits] == '.' || text[digits] == ',') &&
        isdigit((unsigned char)text[digits + 1]))
        return FIELD_NUMBER;
    return digits > sign && digits + 1 == size && text[digits] == '%' ? FIELD_NUMBER : FIELD_WORD;
}

/* A list of columns as it grows. */
struct picked {
    size_t *index, count, room;
};

static void pick(struct picked *p, size_t index)
{
    p->index = mem_grow(p->index, &p->room, p->count + 1, sizeof *p->index);
    p->index[p->count++] = index;
}

/* An item of a list as a number from 1, or a range of numbers. */
static bool pick_number(size_t count, const char *text, size_t size, struct picked *p)
{
    const char *dash = memchr(text, '-', size);
    uint64_t a = 0, b = 0;

    if (number_parse_whole(text, size, &a))
        b = a;
    else if (!dash || !number_parse_whole(text, (size_t)(dash - text), &a) ||
             !number_parse_whole(dash + 1, size - (size_t)(dash - text) - 1, &b))
        return false;
    if (a < 1 || b > count || a > b) return false;
    for (; a <= b; a++) pick(p, (size_t)a - 1);
    return true;
}

bool columns_by_number(size_t count, const char *list, size_t **index, size_t *found)
{
    struct picked p = {0};
    bool ok = *list != 0;

    while (ok && *list) {
        size_t n = strcspn(list, ",");

        ok = pick_number(count, list, n, &p);
        list += n + (list[n] == ',');
    }
    *index = p.index;
    *found = p.count;
    return ok;
}

/* The names of a header, to be looked up. */
struct names {
    struct string_table map;
    size_t *column; /* [map.count]: the first of that name */
    size_t *second; /* [map.count]: another one + 1, 0: there is none */
    size_t room, second_room;
    bool meant, numbers_meant; /* a list can only be names, or only numbers: so are all others */
};

static void names_open(struct names *n, const struct columns *c)
{
    *n = (struct names){0};
    for (size_t i = 0; c->name && i < c->count; i++) {
        bool fresh;
        size_t k;

        if (!*c->name[i]) continue;
        k = string_table_put(&n->map, c->name[i], strlen(c->name[i]), &fresh);
        n->column = mem_grow(n->column, &n->room, k + 1, sizeof *n->column);
        n->second = mem_grow(n->second, &n->second_room, k + 1, sizeof *n->second);
        if (fresh)
            n->column[k] = i, n->second[k] = 0;
        else
            n->second[k] = i + 1;
    }
}

static void names_close(struct names *n)
{
    string_table_free(&n->map);
    free(n->column);
    free(n->second);
}

/* The places in the table of two names with a "-" between them. */
static bool find_ends(const struct names *n, const char *text, size_t size, ptrdiff_t end[2])
{
    for (size_t i = 1; i + 1 < size; i++) {
        if (text[i] != '-') continue;
        end[0] = string_table_find(&n->map, text, i);
        end[1] = string_table_find(&n->map, text + i + 1, size - i - 1);
        if (end[0] >= 0 && end[1] >= 0 && n->column[end[0]] <= n->column[end[1]]) return true;
    }
    return false;
}

/* An item of a list as a name, or a range from one name to another. */
static bool pick_name(const struct names *n, const char *text, size_t size, struct picked *p)
{
    ptrdiff_t k = string_table_find(&n->map, text, size), end[2];

    if (k >= 0) {
        pick(p, n->column[k]);
        return true;
    }
    if (!find_ends(n, text, size, end)) return false;
    for (size_t i = n->column[end[0]]; i <= n->column[end[1]]; i++) pick(p, i);
    return true;
}

static bool is_pattern(const struct names *n, const char *text, size_t size)
{
    return (memchr(text, '*', size) || memchr(text, '[', size)) && string_table_find(&n->map, text, size) < 0;
}

static bool has_pattern(const struct names *n, const char *list)
{
    for (; list && *list; list += strcspn(list, ","), list += *list == ',')
        if (is_pattern(n, list, strcspn(list, ","))) return true;
    return false;
}

/* All columns that match and have no other role. */
static void pick_pattern(const struct search *s, const char *text, size_t size, struct picked *p)
{
    char *pattern = mem_copy(text, size);
    const struct columns *c = s->c;

    for (size_t i = 0; i < c->usable; i++)
        if (!s->used[i] &&
            (c->name ? *c->name[i] && fnmatch(pattern, c->name[i], 0) == 0 : strcmp(pattern, "*") == 0))
            pick(p, i);
    free(pattern);
}

static bool same(const struct picked *a, const struct picked *b)
{
    return a->count == b->count &&
           (!a->count || memcmp(a->index, b->index, a->count * sizeof *a->index) == 0);
}

/* "; did you mean NAME?" where a column's name is near to the word, else nothing. */
static const char *did_you_mean(const struct columns *c, const char *text, size_t size, char out[DIAG_SHOWN])
{
    size_t limit = size < 3 ? 1 : 2, best = limit + 1;

    out[0] = 0;
    for (size_t i = 0; c->name && i < c->count; i++) {
        size_t n = *c->name[i] ? text_distance(text, size, c->name[i], strlen(c->name[i])) : TEXT_FAR;

        if (n >= best) continue;
        best = n;
        snprintf(out, DIAG_SHOWN, "; did you mean %.100s?", c->name[i]);
    }
    return out;
}

static bool no_column(const struct search *s, const char *text, size_t size, const char *option,
                      struct diag *d)
{
    char shown[DIAG_SHOWN], near[DIAG_SHOWN], others[ROLES_SHOWN];

    return diag_fail(d, STATUS_USAGE, "%s: no column %s for %s%s; %s", s->file, diag_shown(shown, text, size),
                     option, did_you_mean(s->c, text, size, near), column_names_listed(s->c, others));
}

/* One item that its list cannot settle: a name if it is one, else a number. */
static bool match_column(const struct search *s, const struct names *n, const char *text, size_t size,
                         const char *option, struct picked *p, struct diag *d)
{
    size_t before = p->count;
    char shown[DIAG_SHOWN];
    ptrdiff_t k = string_table_find(&n->map, text, size);

    if (k >= 0 && n->second[k])
        return diag_fail(d, STATUS_USAGE, "%s: columns %zu and %zu are both named %s: give %s the number",
                         s->file, n->column[k] + 1, n->second[k], diag_shown(shown, text, size), option);
    if (is_pattern(n, text, size))
        pick_pattern(s, text, size, p);
    else if (!pick_name(n, text, size, p))
        pick_number(s->c->usable, text, size, p);
    return p->count > before || no_column(s, text, size, option, d);
}

/* The readings of a list: items as names, items as numbers; patterns belong to both. */
struct readings {
    bool names, numbers;
    struct picked by_name, by_number;
};

static struct readings read_list(const struct search *s, const struct names *n, const char *list)
{
    struct readings r = {.names = true, .numbers = true};

    while (*list) {
        size_t size = strcspn(list, ",");

        if (!is_pattern(n, list, size)) {
            r.names = r.names && pick_name(n, list, size, &r.by_name);
            r.numbers = r.numbers && pick_number(s->c->count, list, size, &r.by_number);
        }
        list += size + (list[size] == ',');
    }
    return r;
}

static void readings_free(struct readings *r)
{
    free(r->by_name.index);
    free(r->by_number.index);
}

/* Does a list say of others what numbers in them are? "0" is no column's number: where it is a name, others
 * are names, too. */
static void weigh_list(const struct search *s, struct names *n, const char *list)
{
    struct readings r;

    if (!list || strspn(list, "0123456789,-") != strlen(list)) return;
    r = read_list(s, n, list);
    n->meant = n->meant || (r.names && !r.numbers);
    n->numbers_meant = n->numbers_meant || (r.numbers && !r.names);
    readings_free(&r);
}

static bool two_lists(const struct search *s, const struct readings *r, const char *list, const char *option,
                      struct diag *d)
{
    char name[DIAG_SHOWN], number[DIAG_SHOWN];
    size_t i = 0;

    while (i < r->by_name.count && i < r->by_number.count && r->by_name.index[i] == r->by_number.index[i])
        i++;
    if (i >= r->by_name.count || i >= r->by_number.count) i = 0;
    columns_shown(s->c, r->by_name.index[i], name);
    columns_shown(s->c, r->by_number.index[i], number);
    return diag_fail(d, STATUS_USAGE,
                     "%s: %s %s can be read by name (the column named %s, number %zu) and by number (column "
                     "%zu, named %s): %s '[%.1s]%s' takes the name; --skip 1 --no-header leaves numbers only",
                     s->file, option, list, name, r->by_name.index[i] + 1, r->by_number.index[i] + 1, number,
                     option, name, name + 1);
}

/* A list as it stands: names where all items are names, numbers where all are numbers; both, and other
   columns: an error, where no other list tells which. */
static bool resolve_items(const struct search *s, const struct names *n, const char *list, const char *option,
                          struct picked *p, struct diag *d)
{
    struct readings r = read_list(s, n, list);
    bool by_name = r.names, ok = true;

    if (r.names && r.numbers && !same(&r.by_name, &r.by_number)) {
        if (n->meant == n->numbers_meant) ok = two_lists(s, &r, list, option, d);
        by_name = n->meant;
    }
    while (ok && *list) {
        size_t size = strcspn(list, ",");

        if (size == 0)
            ok = diag_fail(d, STATUS_USAGE, "%s: an empty column name", option);
        else if (!by_name && r.numbers && !is_pattern(n, list, size))
            pick_number(s->c->count, list, size, p);
        else
            ok = match_column(s, n, list, size, option, p, d);
        list += size + (list[size] == ',');
    }
    readings_free(&r);
    return ok;
}

static bool resolve_columns(const struct search *s, const struct names *n, const char *list,
                            const char *option, size_t **out, size_t *count, struct diag *d)
{
    struct picked p = {0};
    bool *seen = mem_alloc(s->c->count + 1, sizeof *seen);
    bool ok = resolve_items(s, n, list, option, &p, d);

    for (size_t i = 0; ok && i < p.count; i++) {
        if (seen[p.index[i]])
            ok = diag_fail(d, STATUS_USAGE, "%s: column %zu is named twice", option, p.index[i] + 1);
        seen[p.index[i]] = true;
    }
    free(seen);
    if (ok && !p.count) ok = diag_fail(d, STATUS_USAGE, "%s needs a column", option);
    *out = p.index;
    *count = p.count;
    return ok;
}

static bool resolve_column(const struct search *s, const struct names *n, const char *list,
                           const char *option, ptrdiff_t *out, struct diag *d)
{
    size_t *index = NULL, count = 0;
    bool ok = resolve_columns(s, n, list, option, &index, &count, d);

    if (ok && count != 1)
        ok = diag_fail(d, STATUS_USAGE, "%s takes one column, '%s' names %zu", option, list, count);
    if (ok) *out = (ptrdiff_t)index[0];
    if (ok) s->used[*out] = true;
    free(index);
    return ok;
}

static bool resolve_scores(struct search *s, const struct names *n, struct diag *d)
{
    const char *list = s->in->prob ? s->in->prob : s->in->logit;
    struct columns *c = s->c;

    if (!list || s->kind == TABLE_LABELS || c->scores) return true;
    if (!resolve_columns(s, n, list, s->in->prob ? "--prob" : "--logit", &c->score, &c->scores, d))
        return false;
    for (size_t i = 0; i < c->scores; i++) s->used[c->score[i]] = true;
    return true;
}

static bool resolve_labels(struct search *s, const struct names *n, struct diag *d)
{
    struct columns *c = s->c;

    if (!s->in->label || s->kind == TABLE_SCORES || c->labels) return true;
    if (!resolve_columns(s, n, s->in->label, "--label", &c->label, &c->labels, d)) return false;
    for (size_t i = 0; i < c->labels; i++) s->used[c->label[i]] = true;
    return true;
}

/* The part of --key that is this file's: "ID,id" is the first's and the second's. */
static char *own_key(const struct search *s)
{
    const char *key = s->in->key, *comma = key ? strchr(key, ',') : NULL;

    if (!key) return NULL;
    if (!comma) return mem_copy(key, strlen(key));
    return s->kind == TABLE_LABELS ? mem_copy(comma + 1, strlen(comma + 1))
                                   : mem_copy(key, (size_t)(comma - key));
}

/* The columns of the labels' file, where this one has them too, are no scores. */
static void set_labels_aside(struct search *s, const struct names *n)
{
    struct picked p = {0};

    for (const char *list = s->in->label; s->kind == TABLE_SCORES && list && *list;) {
        size_t size = strcspn(list, ",");

        pick_name(n, list, size, &p);
        list += size + (list[size] == ',');
    }
    for (size_t i = 0; i < p.count; i++) s->used[p.index[i]] = true;
    free(p.index);
}

/* What the options name. Patterns come last, as they leave out columns that have a role. */
static bool resolve_options(struct search *s, const struct names *n, const char *key, struct diag *d)
{
    const struct input *in = s->in;
    struct columns *c = s->c;
    const char *scores = in->prob ? in->prob : in->logit;
    bool late = has_pattern(n, scores), labels = s->kind == TABLE_LABELS;

    if (key && !resolve_column(s, n, key, "--key", &c->key, d)) return false;
    if (!labels && in->weight && !resolve_column(s, n, in->weight, "--weight", &c->weight, d)) return false;
    if (!labels && in->by && !resolve_column(s, n, in->by, "--by", &c->by, d)) return false;
    if (!labels && in->predicted && !resolve_column(s, n, in->predicted, "--predicted", &c->predicted, d))
        return false;
    set_labels_aside(s, n);
    if (!late && !resolve_scores(s, n, d)) return false;
    if (late && !in->label && s->kind == TABLE_WHOLE && c->name && !find_label(s, d)) return false;
    if (late && !has_pattern(n, in->label) && !resolve_labels(s, n, d)) return false;
    return resolve_scores(s, n, d) && resolve_labels(s, n, d);
}

/* Does column 0 hold labels, and column 1 numbers that are none? */
static bool labels_first(const struct search *s, size_t first)
{
    const struct column_facts *a = &s->facts[first], *b = a + 1;

    return s->data->rows && a->labels == a->numbers + a->words && a->labels && b->numbers > 0 &&
           (b->labels < b->numbers + b->words || a->words) && !b->words;
}

/* Columns that have no names, or those that pandas counts. With the labels elsewhere, all are scores; two are
 * a score and a label. */
static bool find_by_place(struct search *s, struct diag *d)
{
    struct columns *c = s->c;
    size_t left = c->usable - c->first, *score = NULL, count = 0;
    bool elsewhere = s->kind == TABLE_SCORES;

    if (!c->scores && (elsewhere || left == 2)) {
        size_t label = elsewhere        ? SIZE_MAX
                       : c->labels == 1 ? c->label[0]
                                        : c->first + !labels_first(s, c->first);

        score = mem_alloc(c->usable, sizeof *score);
        for (size_t i = c->first; i < c->usable; i++)
            if (i != label && !s->used[i]) score[count++] = i;
        c->score = score;
        c->scores = count;
        c->found_score = count > 0;
    }
    if (!c->labels && !elsewhere && c->scores == 1 && left == 2) {
        c->label = mem_alloc(1, sizeof *c->label);
        c->label[0] = 2 * c->first + 1 - c->score[0];
        c->labels = 1;
        c->found_label = true;
    }
    if (c->scores && (c->labels || elsewhere)) return true;
    if (c->usable == 1 && c->count == 1)
        return diag_fail(d, STATUS_DATA,
                         "%s: one column, and no labels: name the file that has them with --labels FILE",
                         s->file);
    return diag_fail(
        d, STATUS_DATA,
        "%s: no header and %zu column%s: say which hold the scores and which the labels, as in %s", s->file,
        c->usable, c->usable == 1 ? "" : "s", s->in->label ? "--prob 1" : "--prob 1 --label 2");
}

/* Numbers where labels should be: both columns found by place hold scores. */
static bool check_places(const struct search *s, struct diag *d)
{
    const struct columns *c = s->c;
    const struct column_facts *f = c->labels == 1 ? &s->facts[c->label[0]] : NULL;

    if (!c->found_label || c->name || !f || f->labels || !f->numbers || f->whole) return true;
    return diag_fail(d, STATUS_DATA,
                     "%s: both columns hold scores, and none holds labels: name the file that has them with "
                     "--labels FILE; if column %zu holds labels after all, say so: --prob %zu --label %zu",
                     s->file, c->label[0] + 1, c->score[0] + 1, c->label[0] + 1);
}

/* All columns without a role hold labels. */
static bool take_all_labels(struct search *s, size_t count)
{
    struct columns *c = s->c;

    c->label = mem_alloc(count, sizeof *c->label);
    for (size_t i = c->first; i < c->usable; i++)
        if (!s->used[i]) c->label[c->labels++] = i;
    return c->found_label = true;
}

/* Labels in a file of their own: the only column, one by its name, or as many as there are classes. */
static bool find_labels_only(struct search *s, struct diag *d)
{
    struct columns *c = s->c;
    struct diag none = {0};
    size_t count = 0;
    bool named = c->name && !c->counting, all;
    char others[ROLES_SHOWN];

    if (c->labels) return true;
    for (size_t i = c->first; i < c->usable; i++) count += !s->used[i];
    all = count == 1 || (count == s->classes && s->in->task != TASK_AUTO);
    if (!all && named && find_label(s, &none)) return true;
    if (all || (count == s->classes && count > 2)) return take_all_labels(s, count);
    if (named) return diag_fail(d, none.status, "%s", none.text);
    return diag_fail(d, STATUS_DATA, "%s: which column holds the labels? name it with --label; %s", s->file,
                     column_names_listed(c, others));
}

/* The labels that belong to the scores' classes by their names, in the order of the scores. They have the
   classes' names or the scores', by themselves or behind a prefix of their own. Where only some have, and not
   at their places, nothing tells which label is whose. */
static bool pair_labels(const struct search *s, struct diag *d)
{
    struct columns *c = s->c, as_scores = *c;
    size_t *label = mem_alloc(c->scores + 1, sizeof *label), found = 0, moved = 0;
    char **class, **own, shown[DIAG_SHOWN];
    struct string_table names = {0};
    bool ok = true;

    as_scores.score = c->label;
    class = columns_classes(c);
    own = columns_classes(&as_scores);
    for (size_t k = 0; k < c->scores; k++) string_table_put(&names, own[k], strlen(own[k]), &(bool){false});
    for (size_t k = 0; k < c->scores && names.count == c->scores; k++) {
        ptrdiff_t at = string_table_find(&names, class[k], strlen(class[k]));

        if (at >= 0) label[k] = c->label[at], found++, moved += (size_t)at != k;
    }
    if (found == c->scores)
        memcpy(c->label, label, c->scores * sizeof *label);
    else if (moved)
        ok =
            diag_fail(d, STATUS_USAGE,
                      "%s: which label belongs to %s? some labels have the classes' names, and not all: give "
                      "--prob and --label in the same order, with names or numbers",
                      s->file, columns_shown(c, c->score[0], shown));
    for (size_t k = 0; k < c->scores; k++) free(class[k]), free(own[k]);
    free(class);
    free(own);
    free(label);
    string_table_free(&names);
    return ok;
}

static double number_at(const struct row *r, size_t column)
{
    double x = NAN;

    if (column < r->count) number_parse(r->field[column].text, r->field[column].size, &x);
    return x;
}

/* Do the scores of every row add to 1, and is one of its labels 1 and the rest 0? */
static bool is_one_hot(const struct search *s)
{
    const struct columns *c = s->c;

    for (size_t i = 0; i < s->data->rows; i++) {
        double sum = 0, ones = 0;

        for (size_t k = 0; k < c->scores; k++) {
            double y = number_at(&s->data->row[i], c->label[k]);

            if (y != 0 && y != 1) return false;
            ones += y;
            sum += number_at(&s->data->row[i], c->score[k]);
        }
        if (ones != 1 || !(fabs(sum - 1) <= 0.01)) return false;
    }
    return s->data->rows > 0;
}

static bool find_rest(struct search *s, struct diag *d)
{
    const struct input *in = s->in;
    struct columns *c = s->c;
    bool names = c->name && !(c->counting && c->usable - c->first <= 2);
    size_t single = s->kind == TABLE_SCORES && c->usable - c->first == 1;

    if (s->kind == TABLE_LABELS) return find_labels_only(s, d);
    if (!names || (single && !s->used[c->first] && !c->scores)) return find_by_place(s, d);
    if (!in->weight && !find_weight(s, d)) return false;
    /* the label first: beside it columns 0, 1, 2, ... are classes */
    if (!c->labels && s->kind == TABLE_WHOLE && !find_label(s, d)) return false;
    return c->scores || find_scores(s, d);
}

static bool check_columns(const struct search *s, struct diag *d)
{
    const struct columns *c = s->c;
    char shown[DIAG_SHOWN];
    unsigned char *role = mem_alloc(c->count, 1);
    bool ok = true;

    if (c->labels > 1 && c->scores && c->labels != c->scores)
        ok = diag_fail(d, STATUS_USAGE,
                       "%s: %zu column%s of scores and %zu of labels: there must be one of labels, or as "
                       "many as of scores",
                       s->file, c->scores, c->scores == 1 ? "" : "s", c->labels);
    for (size_t i = 0; i < c->labels; i++) role[c->label[i]] = 1;
    if (c->weight >= 0) role[c->weight] |= 2;
    for (size_t i = 0; ok && i < c->scores; i++)
        if (role[c->score[i]])
            ok = diag_fail(d, STATUS_USAGE, "%s: column %s cannot be both a score and a %s", s->file,
                           columns_shown(c, c->score[i], shown), role[c->score[i]] & 2 ? "weight" : "label");
    free(role);
    return ok;
}

bool columns_find(const struct input *in, enum table_kind kind, size_t classes, const struct first_rows *data,
                  const struct column_facts *facts, const char *file, struct columns *c, struct diag *d)
{
    struct search s = {in, kind, classes, data, facts, file, c, mem_alloc(c->count + 1, sizeof(bool))};
    char *key = own_key(&s);
    struct names names;
    bool ok;

    c->weight = c->by = c->key = c->predicted = -1;
    c->logits = in->logit != NULL;
    names_open(&names, c);
    if (kind != TABLE_LABELS) {
        weigh_list(&s, &names, in->prob ? in->prob : in->logit);
        weigh_list(&s, &names, in->weight);
        weigh_list(&s, &names, in->by);
        weigh_list(&s, &names, in->predicted);
    }
    if (kind != TABLE_SCORES) weigh_list(&s, &names, in->label);
    weigh_list(&s, &names, key);
    ok = (in->prob && in->logit) ? diag_fail(d, STATUS_USAGE, "--prob and --logit exclude each other")
                                 : resolve_options(&s, &names, key, d);
    ok = ok && find_rest(&s, d) && check_columns(&s, d) && check_places(&s, d) && check_predicted(&s, d);
    if (ok && c->scores > 1 && c->labels == c->scores) {
        ok = !c->name || pair_labels(&s, d);
        c->one_hot = ok && !c->logits && is_one_hot(&s);
    }
    names_close(&names);
    free(key);
    free(s.used);
    return ok;
}

void columns_free(struct columns *c)
{
    for (size_t i = 0; c->name && i < c->count; i++) free(c->name[i]);
    free(c->name);
    free(c->score);
    free(c->label);
    *c = (struct columns){0};
}
