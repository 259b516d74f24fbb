/* sums.c: totals of any loss, read off the moments of a tally's cells */
#include "evaluate/measure.h"

#include "evaluate/concentration.h"
#include "evaluate/internal.h"
#include "loss/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whether a cell lies on the easy side of a cut. */
static bool easy_at(const struct cell *c, enum bin_kind kind, double cut)
{
    if (kind == BIN_SURE) return true;
    if (kind != BIN_EASY && kind != BIN_HARD) return false;
    if (tail_compare(cut, 0.5) == 0) return kind == BIN_EASY;
    if (signbit(cut)) return kind == BIN_EASY || c->low >= -cut;
    return kind == BIN_EASY && c->high <= cut;
}

static void runs_make(struct measure *m, const double *cuts, size_t cut_count)
{
    size_t room = 0;

    for (size_t i = 0; i < m->count; i++) {
        size_t segment = 0, part = m->cell[i].part;
        struct run *run;

        while (segment < cut_count && easy_at(&m->cell[i], m->kind[i], cuts[segment])) segment++;
        if (!m->runs || m->run[m->runs - 1].part != part || m->run[m->runs - 1].segment != segment) {
            m->run = mem_grow(m->run, &room, m->runs + 1, sizeof *m->run);
            m->run[m->runs++] = (struct run){.begin = i, .part = part, .segment = segment};
        }
        run = &m->run[m->runs - 1];
        run->end = i + 1;
        run->count += m->cell[i].count;
        run->weight += m->cell[i].sum[0];
        run->ends |= measure_is_end(m->kind[i]);
    }
}

/* What depends on the setting in force. */
static void settings_make(struct measure *m)
{
    m->value = measure_array(m->points);
    m->ranking = (struct ranking){0};
}

struct measure *measure_open(const struct cell *cells, size_t count, size_t parts, const int *side,
                             const double *cuts, size_t cut_count)
{
    struct measure *m = mem_alloc(1, sizeof *m);

    m->cell = cells;
    m->count = count;
    m->parts = parts;
    m->side = side;
    m->segments = cut_count + 1;
    m->sweep = sweep_best();
    m->kind = mem_alloc(count, sizeof *m->kind);
    chebyshev_table_fill(&m->chebyshev);
    for (size_t i = 0; i < count; i++) {
        double centre, slope;

        m->kind[i] = bin_of(cells[i].bin, &centre, &slope);
    }
    runs_make(m, cuts, cut_count);
    measure_points(m);
    settings_make(m);
    return m;
}

struct measure *measure_view(const struct measure *m)
{
    struct measure *view = mem_alloc(1, sizeof *view);

    *view = *m;
    view->view = true;
    view->value_made = false;
    settings_make(view);
    return view;
}

void measure_close(struct measure *m)
{
    if (!m) return;
    void *common[] = {m->kind, m->run, m->point, m->part_first, m->end_point, m->weight};

    free(m->value);
    ranking_free(&m->ranking);
    if (!m->view) ranks_free(&m->ranks);
    for (int i = 0; !m->view && i < NODE_SETS; i++) nodes_free(&m->nodes[i]);
    for (int k = 0; !m->view && k < LOSS_TERMS; k++) free(m->term[k]);
    for (size_t i = 0; !m->view && i < sizeof common / sizeof *common; i++) free(common[i]);
    free(m);
}

size_t measure_segments(const struct measure *m)
{
    return m->segments;
}

void measure_prepare(struct measure *m, const struct setting *at)
{
    enum node_set which = nodes_of(at);

    ranks_make(m);
    if (!m->nodes[which].array) nodes_make(m, which, &m->nodes[which]);
}

size_t measure_parts(const struct measure *m)
{
    return m->parts;
}

void measure_set(struct measure *m, const struct setting *at)
{
    m->at = *at;
    m->value_made = false;
    if (!m->nodes[nodes_of(at)].array) measure_prepare(m, at);
}

/* Neumaier 1974: what the addition rounds away goes to *rest. */
static void add(double *to, double *rest, double x)
{
    double sum = *to + x;

    if (isfinite(sum)) *rest += fabs(*to) >= fabs(x) ? (*to - sum) + x : (x - sum) + *to;
    *to = sum;
}

/* What the eight of a run come to. */
static double total_of(const double sum[SWEEP_PAD], const double rest[SWEEP_PAD])
{
    double total = 0, low = 0;

    for (int k = 0; k < SWEEP_PAD; k++) {
        add(&total, &low, sum[k]);
        low += rest[k];
    }
    return isfinite(total) ? total + low : total;
}

/* A setting and its sums over one run. */
struct sweep_setting {
    const struct setting *at;
    enum node_set nodes;
    loss_lanes *lanes;
    struct running_sums sums;
};

/* n points of one run from `first` on, at one setting. */
static void add_points(const struct measure *m, const struct nodes *p, size_t first, size_t n, int side,
                       struct sweep_setting *s)
{
    double value[SWEEP_BLOCK], slope[SWEEP_BLOCK];
    struct loss_points at;

    for (int k = 0; k < LOSS_TERMS; k++) at.term[k] = p->term[k] + first;
    if (s->lanes)
        s->lanes(&at, n, s->at->param, value, slope);
    else
        for (size_t i = 0; i < n; i++) {
            value[i] = setting_value(s->at, p->tail[first + i], side);
            slope[i] = setting_slope(s->at, p->tail[first + i], side);
        }
    m->sweep->add(value, slope, p->weight + first, p->square + first, 1, n, &s->sums);
}

/* The points of a run in blocks that stay in the cache while all settings look at them. */
static void add_run(const struct measure *m, size_t r, enum node_set which, struct sweep_setting *s,
                    size_t count)
{
    const struct nodes *p = &m->nodes[which];

    for (size_t i = p->array ? p->run[r] : 0, end = p->array ? p->run[r + 1] : 0; i < end; i += SWEEP_BLOCK)
        for (size_t k = 0; k < count; k++)
            if (s[k].nodes == which)
                add_points(m, p, i, end - i < SWEEP_BLOCK ? end - i : SWEEP_BLOCK, m->side[m->run[r].part],
                           &s[k]);
}

/* What needs no points: counts, and the rows whose p_t is 0 or 1. */
static void add_ends(const struct measure *m, const struct run *run, const struct setting *at,
                     struct sums *to)
{
    int side = m->side[run->part];

    to->count += run->count;
    to->weight += run->weight;
    for (size_t i = run->begin; run->ends && i < run->end; i++) {
        const struct cell *c = &m->cell[i];
        double tail, value;

        if (!measure_is_end(m->kind[i])) continue;
        tail = m->kind[i] == BIN_SURE ? 0 : -INFINITY;
        value = setting_value(at, tail, side);
        to->loss += c->sum[0] * value;
        to->square += c->square[0] * value * value;
        to->slope += c->sum[0] * setting_slope(at, tail, side);
    }
}

void measure_sums_of(struct measure *m, const struct setting *const *at, size_t count, struct sums **out)
{
    struct sweep_setting *s = mem_alloc(count, sizeof *s);

    for (size_t k = 0; k < count; k++) {
        measure_set(m, at[k]);
        s[k].at = at[k];
        s[k].nodes = nodes_of(at[k]);
        s[k].lanes = loss_lanes_best(at[k]->loss->vector);
        memset(out[k], 0, m->parts * m->segments * sizeof *out[k]);
    }
    for (size_t r = 0; r < m->runs; r++) {
        for (size_t k = 0; k < count; k++) s[k].sums = (struct running_sums){0};
        for (enum node_set which = 0; which < NODE_SETS; which++) add_run(m, r, which, s, count);
        for (size_t k = 0; k < count; k++) {
            struct sums *to = &out[k][m->run[r].part * m->segments + m->run[r].segment];

            to->loss += total_of(s[k].sums.sum[SUM_LOSS], s[k].sums.rest[SUM_LOSS]);
            to->square += total_of(s[k].sums.sum[SUM_SQUARE], s[k].sums.rest[SUM_SQUARE]);
            to->slope += total_of(s[k].sums.sum[SUM_SLOPE], s[k].sums.rest[SUM_SLOPE]);
            add_ends(m, &m->run[r], at[k], to);
        }
    }
    free(s);
}

void measure_sums(struct measure *m, struct sums *out)
{
    measure_sums_of(m, &(const struct setting *){&m->at}, 1, &out);
}

void measure_bands(struct measure *m, const bool *keep, struct sums *out)
{
    struct sums *sums = mem_alloc(m->parts * m->segments, sizeof *sums);

    measure_sums(m, sums);
    memset(out, 0, m->segments * sizeof *out);
    for (size_t i = 0; i < m->parts * m->segments; i++) {
        struct sums *to = &out[i % m->segments];

        if (keep && !keep[i / m->segments]) continue;
        to->count += sums[i].count;
        to->weight += sums[i].weight;
        to->loss += sums[i].loss;
        to->square += sums[i].square;
        to->slope += sums[i].slope;
    }
    free(sums);
}
