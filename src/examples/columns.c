/* columns.c: which column is what: the header, and lists of columns as options give them */
#include "examples/columns.h"

#include "base/number.h"
#include "base/text.h"
#include "examples/column_names.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

/* "; did you mean NAME?" where a column's name is near to the word, else nothing. */
static const char *did_you_mean(const struct columns *c, const char *word, char out[DIAG_SHOWN])
{
    size_t limit = strlen(word) < 3 ? 1 : 2, best = limit + 1;

    out[0] = 0;
    for (size_t i = 0; c->name && i < c->count; i++) {
        size_t n = *c->name[i] ? text_distance(word, strlen(word), c->name[i], strlen(c->name[i])) : TEXT_FAR;

        if (n >= best) continue;
        best = n;
        snprintf(out, DIAG_SHOWN, "; did you mean %.100s?", c->name[i]);
    }
    return out;
}

static void take(size_t **list, size_t *count, size_t *room, size_t index)
{
    *list = mem_grow(*list, room, *count + 1, sizeof **list);
    (*list)[(*count)++] = index;
}

/* A list of columns as it grows. */
struct picked {
    size_t *index, count, room;
};

/* By number from 1, or a range of numbers. */
static void pick_numbers(const struct columns *c, const char *text, size_t size, struct picked *p)
{
    const char *dash = memchr(text, '-', size);
    uint64_t a = 0, b = 0;

    if (number_parse_whole(text, size, &a))
        b = a;
    else if (!dash || !number_parse_whole(text, (size_t)(dash - text), &a) ||
             !number_parse_whole(dash + 1, size - (size_t)(dash - text) - 1, &b))
        return;
    if (a < 1 || b > c->count) return;
    for (; a <= b; a++) take(&p->index, &p->count, &p->room, (size_t)a - 1);
}

/* One item of a list of columns: a name, or else a pattern with *, or else a number from 1 or a range of
 * numbers. */
static bool pick(const struct columns *c, const char *text, size_t size, const char *option, const char *file,
                 struct picked *p, struct diag *d)
{
    char word[256], shown[DIAG_SHOWN], near[DIAG_SHOWN], others[ROLES_SHOWN];
    size_t before = p->count;

    if (size == 0 || size >= sizeof word)
        return diag_fail(d, STATUS_USAGE, "%s: an empty or too long column name", option);
    memcpy(word, text, size);
    word[size] = 0;
    for (size_t i = 0; c->name && i < c->count; i++)
        if (strcmp(c->name[i], word) == 0) take(&p->index, &p->count, &p->room, i);
    if (p->count > before + 1)
        return diag_fail(d, STATUS_USAGE, "%s: columns %zu and %zu are both named %s: give %s the number",
                         file, p->index[before] + 1, p->index[before + 1], diag_shown(shown, text, size),
                         option);
    for (size_t i = 0; c->name && strchr(word, '*') && p->count == before && i < c->count; i++)
        for (; i < c->count; i++)
            if (fnmatch(word, c->name[i], 0) == 0) take(&p->index, &p->count, &p->room, i);
    for (size_t i = 0; !c->name && strcmp(word, "*") == 0 && i < c->count; i++)
        take(&p->index, &p->count, &p->room, i);
    if (p->count == before) pick_numbers(c, text, size, p);
    if (p->count > before) return true;
    return diag_fail(d, STATUS_USAGE, "%s: no column %s for %s%s; %s", file, diag_shown(shown, text, size),
                     option, did_you_mean(c, word, near), roles_there_are(c, others));
}

static bool told(const struct columns *c, const char *list, const char *option, const char *file,
                 size_t **out, size_t *count, struct diag *d)
{
    struct picked p = {0};
    bool well = true, *seen = mem_alloc(c->count, sizeof *seen);

    while (well && *list) {
        size_t n = strcspn(list, ",");

        well = pick(c, list, n, option, file, &p, d);
        list += n + (list[n] == ',');
    }
    for (size_t i = 0; well && i < p.count; i++) {
        if (seen[p.index[i]])
            well = diag_fail(d, STATUS_USAGE, "%s: column %zu is named twice", option, p.index[i] + 1);
        seen[p.index[i]] = true;
    }
    free(seen);
    if (well && !p.count) well = diag_fail(d, STATUS_USAGE, "%s needs a column", option);
    *out = p.index;
    *count = p.count;
    return well;
}

static bool told_one(const struct columns *c, const char *list, const char *option, const char *file,
                     ptrdiff_t *out, struct diag *d)
{
    size_t *index = NULL, count = 0;
    bool well = told(c, list, option, file, &index, &count, d);

    if (well && count != 1)
        well = diag_fail(d, STATUS_USAGE, "%s takes one column, '%s' names %zu", option, list, count);
    if (well) *out = (ptrdiff_t)index[0];
    free(index);
    return well;
}

static bool is_number(const struct field *f)
{
    double x;

    return number_parse(f->text, f->size, &x) || (f->size == 2 && memcmp(f->text, "NA", 2) == 0) ||
           f->size == 0;
}

static bool names_only_numbers(const char *list)
{
    return !list || strspn(list, "0123456789,-") == strlen(list);
}

/* With the score columns known by their numbers: are their fields, or a label's, a header's? */
static bool is_header_of(const struct input *in, const char *scores, const struct row *r)
{
    struct columns c = {.count = r->count};
    struct diag ignored = {0};
    bool header = false, counting;

    if (told(&c, scores, "", "", &c.score, &c.scores, &ignored)) {
        counting = c.scores > 1; /* "0", "1", "2", ... are the names that pandas gives */
        for (size_t i = 0; i < c.scores; i++) {
            const struct field *f = &r->field[c.score[i]];
            uint64_t n;

            header = header || !is_number(f);
            counting = counting && number_parse_whole(f->text, f->size, &n) && n == i;
        }
        if (in->label && told(&c, in->label, "", "", &c.label, &c.labels, &ignored))
            for (size_t i = 0; i < c.labels; i++) {
                const struct field *f = &r->field[c.label[i]];

                header = header || roles_known(f->text, f->size) || (counting && !is_number(f));
            }
        for (size_t i = 0; !in->label && i < r->count; i++)
            header = header || roles_known(r->field[i].text, r->field[i].size);
    }
    columns_free(&c);
    return header;
}

/* Whether the first row is a header: it is when a column was asked for by a name, or when a field that would
   be used as a number is none. The label's may be text: it speaks for a header only by a usual name. */
static bool is_header(const struct input *in, const struct row *r)
{
    const char *score = in->prob ? in->prob : in->logit;

    if (in->header >= 0) return in->header;
    if (!names_only_numbers(score) || !names_only_numbers(in->label) || !names_only_numbers(in->weight) ||
        !names_only_numbers(in->by) || !names_only_numbers(in->key))
        return true;
    if (!score && r->count == 2) score = in->label && strcmp(in->label, "1") == 0 ? "2" : "1";
    if (score) return is_header_of(in, score, r);
    for (size_t i = 0; i < r->count; i++)
        if (!is_number(&r->field[i])) return true;
    return false;
}

/* Header names; NumPy's savetxt puts "# " before the first. */
static void take_names(struct columns *c, const struct row *r)
{
    c->name = mem_alloc(c->count, sizeof *c->name);
    for (size_t i = 0; i < c->count; i++) {
        const char *text = r->field[i].text;
        size_t size = r->field[i].size;

        while (size && (*text == ' ' || *text == '\t')) text++, size--;
        while (size && (text[size - 1] == ' ' || text[size - 1] == '\t')) size--;
        c->name[i] = mem_copy(text, size);
    }
}

/* Two columns: the score first, then the label. With the labels elsewhere, all columns are scores. */
static bool find_by_place(struct columns *c, const struct input *in, const char *file, bool labels_elsewhere,
                          struct diag *d)
{
    if (!c->scores && (labels_elsewhere || c->count == 2)) {
        size_t skip = c->labels == 1 ? c->label[0] : labels_elsewhere ? c->count : 1;

        c->score = mem_alloc(c->count, sizeof *c->score);
        for (size_t i = 0; i < c->count; i++)
            if (i != skip) c->score[c->scores++] = i;
        c->found_score = true;
    }
    if (!c->labels && !labels_elsewhere && c->scores == 1 && c->count == 2) {
        c->label = mem_alloc(1, sizeof *c->label);
        c->label[0] = 1 - c->score[0];
        c->labels = 1;
        c->found_label = true;
    }
    if (c->scores && (c->labels || labels_elsewhere)) return true;
    if (c->count == 1)
        return diag_fail(d, STATUS_DATA,
                         "%s: one column, and no labels: name the file that has them with --labels FILE",
                         file);
    return diag_fail(
        d, STATUS_DATA,
        "%s: no header and %zu column%s: say which hold the scores and which the labels, as in %s", file,
        c->count, c->count == 1 ? "" : "s", in->label ? "--prob 1" : "--prob 1 --label 2");
}

static bool find_rest(struct columns *c, const struct input *in, const char *file, bool labels_elsewhere,
                      struct diag *d)
{
    if (!c->header) return find_by_place(c, in, file, labels_elsewhere, d);
    if (!in->weight && !roles_find_weight(c, file, d)) return false;
    if (!c->scores && !roles_find_scores(c, file, d)) return false;
    return c->labels || labels_elsewhere || roles_find_label(c, file, d);
}

static bool sound(const struct columns *c, const char *file, struct diag *d)
{
    char shown[DIAG_SHOWN];

    if (c->labels > 1 && c->labels != c->scores)
        return diag_fail(d, STATUS_USAGE,
                         "%s: %zu column%s of scores and %zu of labels: there must be one of labels, or as "
                         "many as of scores",
                         file, c->scores, c->scores == 1 ? "" : "s", c->labels);
    for (size_t i = 0; i < c->scores; i++) {
        bool label = c->weight == (ptrdiff_t)c->score[i];

        for (size_t k = 0; k < c->labels; k++) label = label || c->score[i] == c->label[k];
        if (label)
            return diag_fail(d, STATUS_USAGE, "%s: column %s cannot be both a score and a %s", file,
                             columns_shown(c, c->score[i], shown),
                             c->weight == (ptrdiff_t)c->score[i] ? "weight" : "label");
    }
    return true;
}

bool columns_find(const struct input *in, const struct row *first, const char *file, bool labels_elsewhere,
                  struct columns *c, struct diag *d)
{
    *c = (struct columns){.count = first->count, .weight = -1, .by = -1, .key = -1};
    c->header = is_header(in, first);
    if (c->header) take_names(c, first);
    c->logits = in->logit != NULL;
    if (in->prob && in->logit) return diag_fail(d, STATUS_USAGE, "--prob and --logit exclude each other");
    if (in->prob && !told(c, in->prob, "--prob", file, &c->score, &c->scores, d)) return false;
    if (in->logit && !told(c, in->logit, "--logit", file, &c->score, &c->scores, d)) return false;
    if (in->label && !labels_elsewhere && !told(c, in->label, "--label", file, &c->label, &c->labels, d))
        return false;
    if (in->weight && !told_one(c, in->weight, "--weight", file, &c->weight, d)) return false;
    if (in->by && !told_one(c, in->by, "--by", file, &c->by, d)) return false;
    if (in->key && !told_one(c, in->key, "--key", file, &c->key, d)) return false;
    return find_rest(c, in, file, labels_elsewhere, d) && sound(c, file, d);
}

void columns_free(struct columns *c)
{
    for (size_t i = 0; c->name && i < c->count; i++) free(c->name[i]);
    free(c->name);
    free(c->score);
    free(c->label);
    *c = (struct columns){0};
}
