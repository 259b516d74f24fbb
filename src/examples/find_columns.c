/* find_columns.c: the roles of a file's columns: as told, by names, by places */
#include "examples/find_columns.h"

#include "base/number.h"
#include "base/string_table.h"
#include "examples/column_lists.h"
#include "examples/column_names.h"
#include "examples/guess_columns.h"
#include "examples/predicted.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool resolve_scores(struct column_search *s, const struct header_names *n, struct diag *d)
{
    const char *list = s->in->prob ? s->in->prob : s->in->logit;
    struct columns *c = s->c;

    if (!list || s->kind == TABLE_LABELS || c->scores) return true;
    if (!resolve_columns(s, n, list, s->in->prob ? "--prob" : "--logit", &c->score, &c->scores, d))
        return false;
    for (size_t i = 0; i < c->scores; i++) s->used[c->score[i]] = true;
    return true;
}

static bool resolve_labels(struct column_search *s, const struct header_names *n, struct diag *d)
{
    struct columns *c = s->c;

    if (!s->in->label || s->kind == TABLE_SCORES || c->labels) return true;
    if (!resolve_columns(s, n, s->in->label, "--label", &c->label, &c->labels, d)) return false;
    for (size_t i = 0; i < c->labels; i++) s->used[c->label[i]] = true;
    return true;
}

/* The part of --key that is this file's: "ID,id" is the first's and the second's. */
static char *own_key(const struct column_search *s)
{
    const char *key = s->in->key, *comma = key ? strchr(key, ',') : NULL;

    if (!key) return NULL;
    if (!comma) return mem_copy(key, strlen(key));
    return s->kind == TABLE_LABELS ? mem_copy(comma + 1, strlen(comma + 1))
                                   : mem_copy(key, (size_t)(comma - key));
}

/* The columns of the labels' file, where this one has them too, are no scores. */
static void set_labels_aside(struct column_search *s, const struct header_names *n)
{
    struct column_picks p = {0};

    for (const char *list = s->in->label; s->kind == TABLE_SCORES && list && *list;) {
        size_t size = strcspn(list, ",");

        column_list_name(n, list, size, &p);
        list += size + (list[size] == ',');
    }
    for (size_t i = 0; i < p.count; i++) s->used[p.index[i]] = true;
    free(p.index);
}

/* Columns that are wanted as they stand, among them those that have a role. */
static bool resolve_keep(struct column_search *s, const struct header_names *n, struct diag *d)
{
    struct column_search all = *s;
    struct columns *c = s->c;
    bool ok = true;

    if (!s->in->keep || s->kind == TABLE_LABELS) return true;
    all.used = mem_alloc(c->count + 1, sizeof *all.used);
    if (strcmp(s->in->keep, "*") != 0) {
        ok = resolve_columns(&all, n, s->in->keep, "--keep", &c->keep, &c->keeps, d);
    } else {
        c->keep = mem_alloc(c->usable, sizeof *c->keep);
        for (c->keeps = 0; c->keeps < c->usable; c->keeps++) c->keep[c->keeps] = c->keeps;
    }
    free(all.used);
    return ok;
}

/* What the options name. Patterns come last, as they leave out columns that have a role. */
static bool resolve_options(struct column_search *s, const struct header_names *n, const char *key,
                            struct diag *d)
{
    const struct input *in = s->in;
    struct columns *c = s->c;
    const char *scores = in->prob ? in->prob : in->logit;
    bool late = column_list_has_pattern(n, scores), labels = s->kind == TABLE_LABELS;

    if (key && !resolve_column(s, n, key, "--key", &c->key, d)) return false;
    if (!labels && in->weight && *in->weight && !resolve_column(s, n, in->weight, "--weight", &c->weight, d))
        return false;
    if (!labels && in->by && !resolve_column(s, n, in->by, "--by", &c->by, d)) return false;
    if (!labels && in->cluster && !resolve_column(s, n, in->cluster, "--cluster", &c->cluster, d))
        return false;
    if (!labels && in->predicted && !resolve_column(s, n, in->predicted, "--predicted", &c->predicted, d))
        return false;
    if (!resolve_keep(s, n, d)) return false;
    set_labels_aside(s, n);
    if (!late && !resolve_scores(s, n, d)) return false;
    if (late && !in->label && s->kind == TABLE_WHOLE && c->name && !find_label(s, d)) return false;
    if (late && !column_list_has_pattern(n, in->label) && !resolve_labels(s, n, d)) return false;
    return resolve_scores(s, n, d) && resolve_labels(s, n, d);
}

/* Does column 0 hold labels, and column 1 numbers that are none? */
static bool labels_first(const struct column_search *s, size_t first)
{
    const struct column_facts *a = &s->facts[first], *b = a + 1;

    return s->data->rows && a->labels == a->numbers + a->words && a->labels && b->numbers > 0 &&
           (b->labels < b->numbers + b->words || a->words) && !b->words;
}

static bool say_places(const struct column_search *s, struct diag *d)
{
    const struct columns *c = s->c;
    struct string guess = {0};

    columns_guess(s, !c->scores, !c->labels && s->kind == TABLE_WHOLE, &guess);
    diag_fail(d, STATUS_DATA,
              "%s: no header and %zu column%s: say which hold the scores and which the labels, %s %s; labels "
              "in a file of their own: --labels FILE",
              s->file, c->usable, c->usable == 1 ? "" : "s", guess.size ? "judging by the values" : "as in",
              guess.size     ? guess.text
              : s->in->label ? "--prob 1"
                             : "--prob 1 --label 2");
    string_free(&guess);
    return false;
}

/* Columns that have no names, or those that pandas counts. With the labels elsewhere, all are scores; two are
   a score and a label. */
static bool find_by_place(struct column_search *s, struct diag *d)
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
    return say_places(s, d);
}

/* Numbers where labels should be: both columns found by place hold scores. */
static bool check_places(const struct column_search *s, struct diag *d)
{
    const struct columns *c = s->c;
    const struct column_facts *f = c->labels == 1 && s->facts ? &s->facts[c->label[0]] : NULL;

    if (!c->found_label || c->name || !c->scores || !f || f->labels || !f->numbers || f->whole) return true;
    return diag_fail(d, STATUS_DATA,
                     "%s: both columns hold scores, and none holds labels: name the file that has them with "
                     "--labels FILE; if column %zu holds labels after all, say so: --prob %zu --label %zu",
                     s->file, c->label[0] + 1, c->score[0] + 1, c->label[0] + 1);
}

/* All columns without a role hold labels. */
static bool take_all_labels(struct column_search *s, size_t count)
{
    struct columns *c = s->c;

    c->label = mem_alloc(count, sizeof *c->label);
    for (size_t i = c->first; i < c->usable; i++)
        if (!s->used[i]) c->label[c->labels++] = i;
    return c->found_label = true;
}

/* Labels in a file of their own: the only column, one by its name, or as many as there are classes. */
static bool find_labels_only(struct column_search *s, struct diag *d)
{
    struct columns *c = s->c;
    struct diag none = {0};
    size_t count = 0;
    bool named = c->name && !c->counting, all;
    char others[COLUMNS_SHOWN];

    if (c->labels) return true;
    for (size_t i = c->first; i < c->usable; i++) count += !s->used[i];
    all = count == 1 || (count == s->classes && s->in->task != TASK_AUTO);
    if (!all && named && find_label(s, &none)) return true;
    if (all || (count == s->classes && count > 2)) return take_all_labels(s, count);
    if (named) return diag_fail(d, none.status, "%s", none.text);
    return diag_fail(d, STATUS_DATA, "%s: which column holds the labels? name it with --label; %s", s->file,
                     columns_listed(c, others));
}

/* The labels that belong to the scores' classes by their names, in the order of the scores. They have the
   classes' names or the scores', by themselves or behind a prefix of their own. Where only some have, and not
   at their places, nothing tells which label is whose. */
static bool pair_labels(const struct column_search *s, struct diag *d)
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
static bool is_one_hot(const struct column_search *s)
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

static bool find_rest(struct column_search *s, struct diag *d)
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

static bool check_columns(const struct column_search *s, struct diag *d)
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
    struct column_search s = {in, kind, classes, data, facts, file, c, mem_alloc(c->count + 1, sizeof(bool))};
    char *key = own_key(&s);
    struct header_names names;
    bool ok;

    c->weight = c->by = c->cluster = c->key = c->predicted = -1;
    c->logits = in->logit != NULL;
    header_names_open(&names, c);
    if (kind != TABLE_LABELS) {
        header_names_weigh(&s, &names, in->prob ? in->prob : in->logit);
        header_names_weigh(&s, &names, in->weight);
        header_names_weigh(&s, &names, in->by);
        header_names_weigh(&s, &names, in->cluster);
        header_names_weigh(&s, &names, in->predicted);
    }
    if (kind != TABLE_SCORES) header_names_weigh(&s, &names, in->label);
    header_names_weigh(&s, &names, key);
    ok = (in->prob && in->logit) ? diag_fail(d, STATUS_USAGE, "--prob and --logit exclude each other")
                                 : resolve_options(&s, &names, key, d);
    ok = ok && find_rest(&s, d) && check_columns(&s, d) && check_places(&s, d) && check_predicted(&s, d);
    if (ok && c->scores > 1 && c->labels == c->scores) {
        ok = !c->name || pair_labels(&s, d);
        c->one_hot = ok && !c->logits && is_one_hot(&s);
    }
    header_names_close(&names);
    free(key);
    free(s.used);
    return ok;
}
