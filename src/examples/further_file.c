/* further_file.c: the columns of further files, by those of the first */
#include "examples/column_names.h"
#include "examples/schema.h"

#include "base/string_table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Labels that are numbers count the columns: which file's, where these stand in another order? */
static bool check_places(const struct schema *s, const struct file_schema *first, const struct file_schema *l,
                         struct diag *d)
{
    if (!s->labels.by_place || s->in->label_base >= 0 || s->in->classes || !l->number_labels) return true;
    return diag_fail(d, STATUS_DATA,
                     "%s: its classes stand in another order than those of %s, so that a label that is a "
                     "number could count either's: --label-base 0 counts those of the first file",
                     l->file, first->file);
}

/* Reorders the scores, and the labels that go with them, from the file's order of the classes to the first
   file's. */
static bool fit_classes(const struct schema *s, const struct file_schema *first, struct file_schema *l,
                        struct diag *d)
{
    struct columns *c = &l->columns;
    char **names = columns_classes(c), **wanted = columns_classes(&first->columns);
    size_t *score = mem_alloc(c->scores, sizeof *score), *label = mem_alloc(c->scores, sizeof *label);
    struct string_table own = {0};
    bool ok = true, moved = false;

    for (size_t k = 0; k < c->scores; k++) string_table_put(&own, names[k], strlen(names[k]), &(bool){false});
    if (own.count < c->scores)
        ok = diag_fail(d, STATUS_DATA, "%s: two columns of scores stand for one class", l->file);
    for (size_t k = 0; ok && k < c->scores; k++) {
        ptrdiff_t at = string_table_find(&own, wanted[k], strlen(wanted[k]));

        if (at < 0)
            ok = diag_fail(d, STATUS_DATA, "%s: no class %.60s, which %s has", l->file, wanted[k],
                           first->file);
        else
            score[k] = c->score[at], moved = moved || (size_t)at != k;
        if (ok && c->labels == c->scores) label[k] = c->label[at];
    }
    ok = ok && (!moved || check_places(s, first, l, d));
    if (ok) {
        memcpy(c->score, score, c->scores * sizeof *score);
        if (c->labels == c->scores) memcpy(c->label, label, c->scores * sizeof *label);
    }
    for (size_t k = 0; k < c->scores; k++) free(names[k]), free(wanted[k]);
    free(names);
    free(wanted);
    free(score);
    free(label);
    string_table_free(&own);
    return ok;
}

/* Is it made of numbers of columns alone? */
static bool is_numbers(const char *list)
{
    return list && *list && strspn(list, "0123456789,-") == strlen(list);
}

static ptrdiff_t place_of(const struct columns *c, const char *name)
{
    for (size_t i = 0; i < c->usable; i++)
        if (strcasecmp(c->name[i], name) == 0) return (ptrdiff_t)i;
    return -1;
}

/* A column that an option names by its number, where the first file's has another name that this file knows,
   too, is not that column. */
static bool check_number(const struct file_schema *first, const struct file_schema *l, const char *list,
                         const char *option, ptrdiff_t wanted, ptrdiff_t own, struct diag *d)
{
    const char *name, *other;

    if (!is_numbers(list) || wanted < 0 || own < 0) return true;
    name = first->columns.name[wanted];
    other = l->columns.name[own];
    return !*name || strcasecmp(name, other) == 0 || place_of(&l->columns, name) < 0 ||
           diag_fail(
               d, STATUS_USAGE,
               "%s: its columns stand in another order: number %td is %.60s, and %.60s in %s: give %s names",
               l->file, own + 1, other, name, first->file, option);
}

static bool check_numbers(const struct input *in, const struct file_schema *first,
                          const struct file_schema *l, struct diag *d)
{
    const struct columns *a = &first->columns, *b = &l->columns;
    const char *score = in->prob ? in->prob : in->logit;
    bool ok = check_number(first, l, in->weight, "--weight", a->weight, b->weight, d) &&
              check_number(first, l, in->by, "--by", a->by, b->by, d) &&
              check_number(first, l, in->cluster, "--cluster", a->cluster, b->cluster, d) &&
              check_number(first, l, in->key, "--key", a->key, b->key, d) &&
              check_number(first, l, in->predicted, "--predicted", a->predicted, b->predicted, d);

    if (ok && a->scores == 1)
        ok = check_number(first, l, score, in->prob ? "--prob" : "--logit", (ptrdiff_t)a->score[0],
                          (ptrdiff_t)b->score[0], d);
    return ok && (a->labels != 1 || check_number(first, l, in->label, "--label", (ptrdiff_t)a->label[0],
                                                 (ptrdiff_t)b->label[0], d));
}

/* Puts the columns that are kept in the order of the first file's, by their names. */
static bool fit_keep(const struct file_schema *first, struct file_schema *l, struct diag *d)
{
    const struct columns *a = &first->columns;
    struct columns *b = &l->columns;
    bool *had = mem_alloc(b->keeps + 1, sizeof *had), ok = true;
    size_t *keep = mem_alloc(b->keeps + 1, sizeof *keep);

    for (size_t k = 0; ok && k < b->keeps; k++) {
        const char *name = a->name[a->keep[k]];
        size_t i = 0;

        while (i < b->keeps && (had[i] || strcmp(b->name[b->keep[i]], name) != 0)) i++;
        if (i == b->keeps)
            ok =
                diag_fail(d, STATUS_DATA, "%s: among its columns that are kept is none named %.60s, as in %s",
                          l->file, name, first->file);
        else
            keep[k] = b->keep[i], had[i] = true;
    }
    if (ok && b->keeps) memcpy(b->keep, keep, b->keeps * sizeof *keep);
    free(had);
    free(keep);
    return ok;
}

bool schema_fit(const struct schema *s, const struct file_schema *first, struct file_schema *l,
                struct diag *d)
{
    const struct columns *a = &first->columns, *b = &l->columns;

    if (b->scores != a->scores || b->labels != a->labels)
        return diag_fail(d, STATUS_DATA,
                         "%s: %zu column%s of scores and %zu of labels, where %s has %zu and %zu", l->file,
                         b->scores, b->scores == 1 ? "" : "s", b->labels, first->file, a->scores, a->labels);
    if (b->keeps != a->keeps)
        return diag_fail(d, STATUS_DATA, "%s: %zu columns to be kept, where %s has %zu", l->file, b->keeps,
                         first->file, a->keeps);
    if (b->logits != a->logits)
        return diag_fail(d, STATUS_DATA, "%s: %s, where %s has %s", l->file,
                         b->logits ? "logits" : "probabilities", first->file,
                         a->logits ? "logits" : "probabilities");
    if ((b->weight >= 0) != (a->weight >= 0))
        return diag_fail(d, STATUS_DATA, "%s: it has %s column of weights, and %s has %s", l->file,
                         b->weight >= 0 ? "a" : "no", first->file, a->weight >= 0 ? "one" : "none");
    if (!a->header || !b->header) return true;
    return (s->facts->scores == 1 || fit_classes(s, first, l, d)) && check_numbers(s->in, first, l, d) &&
           fit_keep(first, l, d);
}
