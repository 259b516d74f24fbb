/* over_data.c: losses whose examples count by what the others are: the scopes that they are read off */
#include "report/internal.h"

#include "evaluate/gradient_bins.h"
#include "evaluate/hardest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct over_data {
    struct tally kept; /* of a loss that keeps the hardest */
    double *bound;     /* [groups] */
    size_t bins;       /* 0: it keeps the hardest */
    double *factor;    /* [bins]: what an example counts */
};

/* n / (M n_b), of the weights in the bins of all the data. */
static double *factors_of_bins(const struct tally *t, size_t bins)
{
    struct cells cells = cells_of_all(t);
    double *factor = mem_alloc(bins, sizeof *factor), all = 0;

    for (size_t i = 0; i < cells.count; i++) {
        factor[gradient_bin_of(&cells.cell[i], bins)] += cells.cell[i].sum[0];
        all += cells.cell[i].sum[0];
    }
    for (size_t b = 0; b < bins; b++) factor[b] = factor[b] > 0 ? all / factor[b] / (double)bins : 0;
    cells_free(&cells);
    return factor;
}

struct over_data *over_data_make(const struct tally *t, const struct setting *at)
{
    struct over_data *o = mem_alloc(1, sizeof *o);

    if (at->loss->keep) {
        hardest_make(t, at, &o->kept, &o->bound);
        return o;
    }
    o->bins = at->loss->bins(at->param);
    o->factor = factors_of_bins(t, o->bins);
    return o;
}

void over_data_free(struct over_data *o)
{
    if (!o) return;
    tally_free(&o->kept);
    free(o->bound);
    free(o->factor);
    free(o);
}

/* Those of all examples, where they are not known. */
static void count_all(const struct scope *s, struct over_scope *out)
{
    struct counts *n = &out->counts;

    for (size_t p = 0; p < s->parts; p++) {
        n->examples += s->weightless[p];
        n->positives += s->positive[p] ? s->weightless[p] : 0;
        n->negatives += s->negative[p] ? s->weightless[p] : 0;
    }
    for (size_t i = 0; i < s->cells; i++) {
        n->examples += s->cell[i].count;
        n->positives += s->positive[s->cell[i].part] ? s->cell[i].count : 0;
        n->negatives += s->negative[s->cell[i].part] ? s->cell[i].count : 0;
    }
    out->scope.counts = n;
}

/* The cells of the kept examples of the scope's group and parts. */
static void open_kept(const struct scope *s, const struct over_data *o, struct over_scope *out)
{
    size_t n = 0;

    out->all = s->is_group ? cells_of_group(&o->kept, s->group) : cells_of_all(&o->kept);
    out->cell = mem_alloc(out->all.count, sizeof *out->cell);
    for (size_t i = 0; i < out->all.count; i++) {
        if (out->all.cell[i].part < s->first || out->all.cell[i].part >= s->first + s->parts) continue;
        out->cell[n] = out->all.cell[i];
        out->cell[n++].part -= (uint32_t)s->first;
    }
    out->scope.cells = n;
    for (size_t g = 0; g < o->kept.facts.group_count; g++)
        if (!s->is_group || g == s->group) out->bound += o->bound[g];
    out->weightless = mem_alloc(s->parts, sizeof *out->weightless);
    out->scope.weightless = out->weightless; /* none of them is kept */
}

/* Each part becomes as many as there are bins, the hardest first. */
static void open_bins(const struct scope *s, const struct over_data *o, struct over_scope *out)
{
    size_t parts = s->parts * o->bins;
    double *factor = out->double_array + 2 * parts;

    out->positive = mem_alloc(2 * parts, sizeof *out->positive);
    out->negative = out->positive + parts;
    out->side = mem_alloc(parts, sizeof *out->side);
    out->weightless = mem_alloc(parts, sizeof *out->weightless);
    for (size_t k = 0; k < parts; k++) {
        out->positive[k] = s->positive[k / o->bins];
        out->negative[k] = s->negative[k / o->bins];
        out->side[k] = s->side[k / o->bins];
        factor[k] = o->factor[o->bins - 1 - k % o->bins];
    }
    out->cell = mem_alloc(s->cells, sizeof *out->cell);
    for (size_t i = 0; i < s->cells; i++) {
        out->cell[i] = s->cell[i];
        out->cell[i].part =
            (uint32_t)(s->cell[i].part * o->bins + o->bins - 1 - gradient_bin_of(&s->cell[i], o->bins));
    }
    out->scope.own_factor = factor;
    out->scope.positive = out->positive;
    out->scope.negative = out->negative;
    out->scope.side = out->side;
    out->scope.weightless = out->weightless;
}

void over_data_open(const struct scope *s, const struct over_data *o, struct over_scope *out)
{
    size_t parts = s->parts * (o->bins ? o->bins : 1);

    *out = (struct over_scope){.scope = *s, .analysis = *s->a};
    out->analysis.ci = 0;
    out->scope.a = &out->analysis;
    out->scope.totals = NULL;
    out->double_array = mem_alloc(3 * parts, sizeof *out->double_array);
    if (!s->counts) count_all(s, out);
    if (o->bins)
        open_bins(s, o, out);
    else
        open_kept(s, o, out);
    out->scope.cell = out->cell;
    out->scope.parts = parts;
    out->scope.weight = out->double_array;
    out->scope.factor = out->double_array + parts;
}

void over_data_close(struct over_scope *o)
{
    cells_free(&o->all);
    free(o->cell);
    free(o->double_array);
    free(o->weightless);
    free(o->positive);
    free(o->side);
}

bool over_data_by_side(const struct setting *s)
{
    return s->loss->keep && s->loss->keep((double[2]){0, 0}, s->param).by_side;
}

bool over_data_check_sides(const struct scope *s, struct diag *d)
{
    for (size_t i = 0; i < s->a->loss_count; i++)
        if ((setting_is_set(&s->a->loss[i]) || over_data_by_side(&s->a->loss[i])) && !s->sides)
            return diag_fail(d, STATUS_USAGE, "%s needs positives and negatives: see --background",
                             s->a->loss[i].text);
    return true;
}
