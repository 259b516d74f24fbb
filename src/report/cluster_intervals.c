/* cluster_intervals.c: confidence intervals of means and shares where clusters of examples are independent,
   not the examples */
#include "report/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LOSS, SLOPE, KINDS };

/* A row whose intervals wait for the clusters. */
struct ratio_row {
    size_t row, request, threshold;
    ptrdiff_t alpha;
    size_t first, parts; /* those of its group, or class */
    bool is_class;
    double estimate[RATIOS], over[RATIOS];
    double square[RATIOS]; /* Σ e² over the clusters so far */
    double inside[KINDS];  /* of a group: Σ of the squared shares of its clusters in the whole */
    uint64_t units;        /* clusters that have examples of it */
};

struct cluster_rows {
    const struct clusters *clusters;
    struct ratio_row *row;
    size_t count, room;
    double *ones;          /* [parts] */
    struct totals *across; /* of the clusters that are in several groups, one after the other */
    size_t *across_of;     /* [clusters]: 1 + the place among these, 0: it is in one group */
};

/* One cluster after the other, or what of it is in a group. */
struct cluster_sums {
    const struct scope *s;
    size_t requests, *request;  /* those that are read off */
    const struct setting **at;  /* [requests] */
    struct sums **sums, **more; /* [requests], each [parts][easy_count + 1] */
    double *cut, *weight;       /* [easy_count], [parts] */
    struct totals *totals;      /* of the scope, by totals_place */
    struct quadrants *quadrant; /* [2 · easy_count] */
    uint64_t examples;
};

struct cluster_rows *cluster_rows_open(const struct scope *s, const struct clusters *c)
{
    struct cluster_rows *r = mem_alloc(1, sizeof *r);
    size_t across = 0;

    r->clusters = c;
    r->ones = mem_alloc(s->facts->parts, sizeof *r->ones);
    for (size_t p = 0; p < s->facts->parts; p++) r->ones[p] = 1;
    r->across_of = mem_alloc(c->clusters, sizeof *r->across_of);
    for (size_t k = 0; k < c->clusters; k++)
        if (c->first[k + 1] - c->first[k] > 1) r->across_of[k] = ++across;
    r->across = mem_alloc(across * totals_count(s), sizeof *r->across);
    return r;
}

void cluster_rows_free(struct cluster_rows *r)
{
    if (!r) return;
    free(r->row);
    free(r->ones);
    free(r->across);
    free(r->across_of);
    free(r);
}

void cluster_rows_put(struct scope *s, size_t request, ptrdiff_t alpha, double loss, double slope,
                      size_t first)
{
    struct cluster_rows *c = s->by_cluster;
    const struct totals *whole = s->whole ? &s->whole->totals[totals_place(s, request, alpha)] : NULL;
    double weight = scope_weight(s, NULL), positive = scope_weight(s, s->positive);

    if (s->totals) s->totals[totals_place(s, request, alpha)] = (struct totals){.loss = loss, .slope = slope};
    for (size_t e = 0; e < s->a->easy_count; e++) {
        struct ratio_row *r;

        c->row = mem_grow(c->row, &c->room, c->count + 1, sizeof *c->row);
        r = &c->row[c->count++];
        *r = (struct ratio_row){.row = first + e,
                                .request = request,
                                .threshold = scope_threshold(s, s->a->easy[e]),
                                .alpha = alpha,
                                .first = s->first,
                                .parts = s->parts,
                                .is_class = s->class};
        for (size_t k = 0; k < RATIOS; k++) {
            const struct ratio *t = &ratio_table[k];

            r->estimate[k] =
                ratio_estimate(t, &s->out->value[r->row * s->out->column_count], loss, slope, whole);
            r->over[k] = t->over == OVER_WEIGHT      ? weight
                         : t->over == OVER_POSITIVES ? positive
                         : t->over == OVER_ALL       ? (t->slope ? slope : loss)
                         : !whole                    ? NAN
                                                     : (t->slope ? whole->slope : whole->loss);
        }
    }
}

/* ---- the sums of a cluster ---- */

static struct sums **sums_make(const struct scope *s, size_t requests)
{
    struct sums **sums = mem_alloc(requests + 1, sizeof(struct sums *));

    for (size_t k = 0; k < requests; k++)
        sums[k] = mem_alloc(s->facts->parts * (s->a->easy_count + 1), sizeof **sums);
    return sums;
}

static void sums_free(struct sums **sums, size_t requests)
{
    for (size_t k = 0; k < requests; k++) free(sums[k]);
    free(sums);
}

static void cluster_sums_open(struct cluster_sums *c, const struct scope *s)
{
    const struct cluster_rows *rows = s->by_cluster;

    *c = (struct cluster_sums){.s = s};
    c->request = mem_alloc(s->requests + 1, sizeof *c->request);
    c->at = mem_alloc(s->requests + 1, sizeof(struct setting *));
    for (size_t k = 0; k < s->requests; k++)
        for (size_t i = 0; i < rows->count; i++)
            if (rows->row[i].request == k) {
                c->at[c->requests] = &s->request[k].setting;
                c->request[c->requests++] = k;
                break;
            }
    c->sums = sums_make(s, c->requests);
    c->more = sums_make(s, c->requests);
    c->cut = mem_alloc(s->a->easy_count, sizeof *c->cut);
    for (size_t i = 0; i < s->a->easy_count; i++) c->cut[i] = cut_of_threshold(s->easy[i]);
    c->weight = mem_alloc(s->facts->parts, sizeof *c->weight);
    c->totals = mem_alloc(totals_count(s), sizeof *c->totals);
    c->quadrant = mem_alloc(2 * s->a->easy_count, sizeof *c->quadrant);
}

static void cluster_sums_close(struct cluster_sums *c)
{
    sums_free(c->sums, c->requests);
    sums_free(c->more, c->requests);
    free(c->request);
    free(c->at);
    free(c->cut);
    free(c->weight);
    free(c->totals);
    free(c->quadrant);
}

/* Adds a cluster's part in one group; the first of them replaces what there was. */
static void add_part(struct cluster_sums *c, size_t group, bool first)
{
    const struct scope *s = c->s;
    size_t parts = s->facts->parts, segments = s->a->easy_count + 1;
    struct cells cells = cells_of_group(&s->by_cluster->clusters->cells, group);
    struct measure *m = measure_open(cells.cell, cells.count, parts, s->side, c->cut, s->a->easy_count);

    measure_sums_of(m, c->at, c->requests, false, first ? c->sums : c->more);
    for (size_t k = 0; !first && k < c->requests; k++)
        for (size_t i = 0; i < parts * segments; i++) {
            c->sums[k][i].count += c->more[k][i].count;
            c->sums[k][i].weight += c->more[k][i].weight;
            c->sums[k][i].loss += c->more[k][i].loss;
            c->sums[k][i].slope += c->more[k][i].slope;
        }
    measure_close(m);
    cells_free(&cells);
}

static void count_weights(struct cluster_sums *c)
{
    size_t segments = c->s->a->easy_count + 1;

    c->examples = 0;
    for (size_t p = 0; p < c->s->facts->parts; p++) {
        c->weight[p] = 0;
        for (size_t g = 0; g < segments; g++) {
            c->weight[p] += c->sums[0][p * segments + g].weight;
            c->examples += c->sums[0][p * segments + g].count;
        }
    }
}

/* ---- what a cluster adds ---- */

static size_t place_of_request(const struct cluster_sums *c, size_t request)
{
    size_t k = 0;

    while (c->request[k] != request) k++;
    return k;
}

/* The scope of some rows as the cluster alone would have it. */
static struct scope scope_in_cluster(const struct cluster_sums *c, const struct ratio_row *r)
{
    struct scope own = *c->s;
    size_t alpha = (size_t)r->alpha * own.facts->parts;

    own.parts = r->parts;
    own.positive = own.positive + r->first;
    own.weight = c->weight + r->first;
    own.sums = c->sums[place_of_request(c, r->request)] + r->first * (own.a->easy_count + 1);
    own.factor =
        r->alpha < 0 ? own.by_cluster->ones + r->first : own.total[r->request].factor + alpha + r->first;
    return own;
}

static uint64_t examples_of(const struct scope *s)
{
    uint64_t n = 0;

    for (size_t i = 0; i < s->parts * (s->a->easy_count + 1); i++) n += s->sums[i].count;
    return n;
}

/* e = (a − R b) / B of each ratio R = A / B; whole: the cluster's share in the whole. */
static void add_residuals(struct ratio_row *r, const struct quadrants *loss, const struct quadrants *slope,
                          double weight, double positive, const struct totals *whole)
{
    for (size_t k = 0; k < RATIOS; k++) {
        const struct ratio *t = &ratio_table[k];
        const struct quadrants *q = t->slope ? slope : loss;
        double under = t->over == OVER_WEIGHT      ? weight
                       : t->over == OVER_POSITIVES ? positive
                       : t->over == OVER_ALL       ? q->of[ALL]
                                                   : (t->slope ? whole->slope : whole->loss),
               e = (q->of[t->part] - r->estimate[k] * under) / r->over[k];

        r->square[k] += e * e;
        if (t->over == OVER_WHOLE) r->inside[t->slope] += under / r->over[k] * (under / r->over[k]);
    }
}

/* Adds the cluster to the rows of one setting, one a threshold. */
static void add_to_rows(struct cluster_sums *c, struct ratio_row *r, size_t cluster)
{
    struct scope own = scope_in_cluster(c, r);
    const struct cluster_rows *rows = own.by_cluster;
    size_t place = totals_place(&own, r->request, r->alpha), thresholds = own.a->easy_count,
           across = rows->across_of[cluster];
    struct quadrants *loss = c->quadrant, *slope = c->quadrant + thresholds;
    double weight = scope_weight(&own, NULL), positive = scope_weight(&own, own.positive);
    const struct totals *whole = &c->totals[place];
    bool any = examples_of(&own) > 0;

    quadrants_of(&own, OF_LOSS, 1, loss);
    quadrants_of(&own, OF_SLOPE, 1, slope);
    if (!r->is_class) c->totals[place] = (struct totals){.loss = loss->of[ALL], .slope = slope->of[ALL]};
    if (!r->is_class && across && own.is_group)
        whole = &rows->across[(across - 1) * totals_count(&own) + place];
    for (size_t e = 0; e < thresholds; e++) {
        add_residuals(&r[e], &loss[r[e].threshold], &slope[r[e].threshold], weight, positive, whole);
        r[e].units += any;
    }
}

/* Adds the part of a cluster that the scope holds. */
static void add_cluster(struct cluster_sums *c, size_t cluster)
{
    const struct scope *s = c->s;
    struct cluster_rows *rows = s->by_cluster;

    count_weights(c);
    if (!c->examples) return;
    for (size_t i = 0; i < rows->count; i += s->a->easy_count) add_to_rows(c, &rows->row[i], cluster);
    if (s->is_group) return;
    for (size_t k = 0; k < totals_count(s); k++) {
        struct totals *all = &s->totals[k];
        double loss = c->totals[k].loss / all->loss, slope = c->totals[k].slope / all->slope;

        all->loss_square += loss * loss;
        all->slope_square += slope * slope;
    }
    if (rows->across_of[cluster])
        memcpy(rows->across + (rows->across_of[cluster] - 1) * totals_count(s), c->totals,
               totals_count(s) * sizeof *c->totals);
}

static void put_row(const struct scope *s, const struct ratio_row *r, double quantile)
{
    struct value *row = &s->out->value[r->row * s->out->column_count];
    const struct totals *whole = s->whole ? &s->whole->totals[totals_place(s, r->request, r->alpha)] : NULL;

    for (size_t k = 0; k < RATIOS; k++) {
        const struct ratio *t = &ratio_table[k];
        const struct scope *of = t->over != OVER_WHOLE ? NULL : r->is_class ? s : s->whole;
        double square = r->square[k], outside;

        if (!isfinite(r->estimate[k]) || (!of && row[t->column].kind == CELL_EMPTY)) continue;
        if (of && !r->is_class) { /* clusters that are not in the group */
            outside = (t->slope ? whole->slope_square : whole->loss_square) - r->inside[t->slope];
            square += r->estimate[k] * r->estimate[k] * fmax(0, outside);
        }
        ratio_put_ends(t, r->estimate[k], square, of ? of->units : r->units, of ? of->quantile : quantile,
                       row);
    }
}

void intervals_by_cluster(struct scope *s)
{
    struct cluster_rows *rows = s->by_cluster;
    const struct clusters *c = rows->clusters;
    struct cluster_sums sums;
    uint64_t units = 0;
    double quantile = NAN;

    if (!rows->count) return;
    cluster_sums_open(&sums, s);
    for (size_t k = 0; !s->is_group && k < c->clusters; k++) {
        for (size_t i = c->first[k]; i < c->first[k + 1]; i++)
            add_part(&sums, c->part[i].place, i == c->first[k]);
        add_cluster(&sums, k);
    }
    for (size_t i = c->group_first[s->group]; s->is_group && i < c->group_first[s->group + 1]; i++) {
        add_part(&sums, c->part[c->by_group[i]].place, true);
        add_cluster(&sums, c->part[c->by_group[i]].cluster);
    }
    s->units = rows->row[0].units;
    s->quantile = units_quantile(s->a, s->units);
    for (size_t i = 0; i < rows->count; i++) {
        if (!i || rows->row[i].units != units) quantile = units_quantile(s->a, rows->row[i].units);
        units = rows->row[i].units;
        put_row(s, &rows->row[i], quantile);
    }
    rows->count = 0;
    cluster_sums_close(&sums);
}
