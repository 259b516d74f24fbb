/* sums.c: totals of any loss, read off the moments of a tally's cells */
#include "evaluate/ranking.h"
#include "loss/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whether a cell lies on the easy side of a cut. */
static bool easy_at(const struct cell *c, enum bin_kind kind, double cut)
{
    if (kind == BIN_SURE || kind == BIN_FAR_EASY) return true;
    if (kind == BIN_FAR_HARD) return cut <= -1 && c->high <= -cut;
    if (kind == BIN_NEVER) return false;
    if (cut <= -1) return true;
    if (tail_compare(cut, 0.5) == 0) return kind == BIN_EASY;
    if (signbit(cut)) return kind == BIN_EASY || c->low >= -cut;
    return kind == BIN_EASY && c->high <= cut;
}

/* Neumaier 1974: what the addition rounds away goes to *rest. */
static void add_compensated(double *to, double *rest, double x)
{
    double sum = *to + x;

    if (isfinite(sum)) *rest += fabs(*to) >= fabs(x) ? (*to - sum) + x : (x - sum) + *to;
    *to = sum;
}

static double run_weight(const struct measure *m, const struct run *run)
{
    double weight = 0, rest = 0;

    for (size_t i = run->begin; i < run->end; i++) add_compensated(&weight, &rest, m->cell[i].sum[0]);
    return weight + rest;
}

static void runs_make(struct measure *m, const double *cuts, size_t cut_count)
{
    size_t room = 0;

    for (size_t i = 0; i < m->count; i++) {
        size_t part = m->cell[i].part, segment;
        struct run *run = m->runs ? &m->run[m->runs - 1] : NULL;

        segment = run && run->part == part ? run->segment : 0; /* hardest first within a part */

        while (segment < cut_count && easy_at(&m->cell[i], m->kind[i], cuts[segment])) segment++;
        if (!run || run->part != part || run->segment != segment) {
            m->run = mem_grow(m->run, &room, m->runs + 1, sizeof *m->run);
            m->run[m->runs++] = (struct run){.begin = i, .part = part, .segment = segment};
        }
        run = &m->run[m->runs - 1];
        run->end = i + 1;
        run->count += m->cell[i].count;
        run->square += m->cell[i].square[0];
        run->ends |= measure_is_end(m->kind[i]);
    }
    for (size_t r = 0; r < m->runs; r++) m->run[r].weight = run_weight(m, &m->run[r]);
}

struct measure *measure_open(const struct cell *cells, size_t count, size_t parts, const int *side,
                             const double *cuts, size_t cut_count)
{
    struct measure *m = mem_alloc(1, sizeof *m);

    m->cell = cells;
    m->count = count;
    m->parts = parts;
    m->side = side;
    m->unit = count ? cells[0].unit - cells[0].scale : 0;
    m->segments = cut_count + 1;
    m->sweep = sweep_best();
    m->kind = mem_alloc(count, sizeof *m->kind);
    chebyshev_table_fill(&m->chebyshev);
    for (size_t i = 0; i < count; i++) {
        double centre, slope;

        m->kind[i] = bin_of(cells[i].bin, &centre, &slope);
    }
    runs_make(m, cuts, cut_count);
    return m;
}

struct measure *measure_view(const struct measure *m)
{
    struct measure *view = mem_alloc(1, sizeof *view);

    *view = *m;
    view->view = true;
    view->value_made = false;
    view->value = view->part_bound = NULL;
    view->terms = NULL;
    view->scratch = (struct sort_scratch){0};
    return view;
}

void measure_close(struct measure *m)
{
    if (!m) return;
    void *common[] = {m->kind,      m->run,    m->point,  m->part_first,
                      m->end_point, m->weight, m->spread, m->part_spread};

    free(m->value);
    free(m->part_bound);
    free(m->terms);
    sort_scratch_free(&m->scratch);
    if (!m->view) sorted_points_free(&m->sorted);
    for (int i = 0; !m->view && i < NODE_SETS; i++) nodes_free(&m->nodes[i]);
    for (int k = 0; !m->view && k < LOSS_TERMS; k++) free(m->term[k]);
    for (size_t i = 0; !m->view && i < sizeof common / sizeof *common; i++) free(common[i]);
    free(m);
}

size_t measure_segments(const struct measure *m)
{
    return m->segments;
}

void measure_weights(const struct measure *m, double *out)
{
    memset(out, 0, m->parts * sizeof *out);
    for (size_t r = 0; r < m->runs; r++) out[m->run[r].part] += ldexp(m->run[r].weight, m->unit);
}

void measure_prepare_sums(struct measure *m, const struct setting *at)
{
    enum node_set which = nodes_of(at);

    if (!m->nodes[which].array) nodes_make(m, which, &m->nodes[which]);
}

void measure_drop_sums(struct measure *m)
{
    enum { MANY = 1 << 12 }; /* points are worth giving back */
    size_t freed = 0;

    for (int i = 0; i < NODE_SETS; i++) {
        freed += m->nodes[i].count;
        nodes_free(&m->nodes[i]);
        m->nodes[i] = (struct nodes){0};
    }
    if (freed > MANY) mem_give_back();
}

void measure_prepare_order(struct measure *m)
{
    sorted_points_make(m);
}

size_t measure_parts(const struct measure *m)
{
    return m->parts;
}

void measure_set(struct measure *m, const struct setting *at)
{
    m->at = *at;
    m->value_made = false;
    ranking_forget(m);
}

/* What the eight of a run come to. */
static double total_of(const double sum[SWEEP_PAD], const double rest[SWEEP_PAD])
{
    double total = 0, low = 0;

    for (int k = 0; k < SWEEP_PAD; k++) {
        add_compensated(&total, &low, sum[k]);
        low += rest[k];
    }
    return isfinite(total) ? total + low : total;
}

/* A setting and its sums over one run. */
struct sweep_setting {
    const struct setting *at;
    enum node_set nodes;
    loss_lanes *lanes;
    double scale, slope_scale; /* of losses and slopes before they are squared */
    bool squares;              /* all of them are asked for */
    struct running_sums sums, other;
};

/* n points of one run from `first` on, at one setting; terms[n]: of their tails, where the loss has no lanes.
 */
static void add_points(const struct measure *m, const struct nodes *p, size_t first, size_t n, int side,
                       const struct tail_terms *terms, struct sweep_setting *s)
{
    double value[SWEEP_BLOCK], slope[SWEEP_BLOCK];
    struct loss_points at;

    for (int k = 0; k < LOSS_TERMS; k++) at.term[k] = p->term[k] + first;
    if (s->lanes)
        s->lanes(&at, n, s->at->param, value, slope);
    else
        for (size_t i = 0; i < n; i++) {
            value[i] = setting_value(s->at, &terms[i], side);
            slope[i] = setting_slope(s->at, &terms[i], side);
        }
    m->sweep->add_points(value, slope, p->weight + first, p->square + first, s->scale, n, &s->sums);
    if (s->squares) /* losses and slopes change places: Σ w² l stands where Σ w |dl/dx| did */
        m->sweep->add_points(slope, value, p->square + first, p->square + first, s->slope_scale, n,
                             &s->other);
}

/* The points of a run in blocks that stay in the cache while all settings look at them. */
static void add_run(const struct measure *m, size_t r, enum node_set which, struct sweep_setting *s,
                    size_t count)
{
    const struct nodes *p = &m->nodes[which];

    for (size_t i = p->array ? p->run[r] : 0, end = p->array ? p->run[r + 1] : 0, n; i < end; i += n) {
        struct tail_terms terms[SWEEP_BLOCK];
        bool made = false;

        n = end - i < SWEEP_BLOCK ? end - i : SWEEP_BLOCK;
        for (size_t k = 0; k < count; k++) {
            if (s[k].nodes != which) continue;
            for (size_t j = 0; j < n && !s[k].lanes && !made; j++) terms[j] = tail_terms_of(p->tail[i + j]);
            made |= !s[k].lanes;
            add_points(m, p, i, n, m->side[m->run[r].part], terms, &s[k]);
        }
    }
}

/* The rows whose p_t is 0 or 1, which need no points. */
static void add_ends(const struct measure *m, const struct run *run, const struct sweep_setting *s,
                     struct sums *to)
{
    int side = m->side[run->part];

    for (size_t i = run->begin; run->ends && i < run->end; i++) {
        const struct cell *c = &m->cell[i];
        double tail = m->kind[i] == BIN_SURE ? 0 : -INFINITY, value, slope;

        if (!measure_is_end(m->kind[i])) continue;
        value = setting_value_at(s->at, tail, side);
        slope = setting_slope_at(s->at, tail, side);
        to->loss += c->sum[0] * value;
        to->square += c->square[0] * (s->scale * value) * (s->scale * value);
        to->slope += c->sum[0] * slope;
        to->slope_square += c->square[0] * (s->slope_scale * slope) * (s->slope_scale * slope);
        to->cross += c->square[0] * value;
    }
}

/* What a setting comes to in a run whose points it has seen; squares in units of 2^unit. */
static struct sums run_sums(const struct measure *m, const struct run *run, const struct sweep_setting *s)
{
    struct sums own = {.count = run->count,
                       .weight = ldexp(run->weight, m->unit),
                       .weight_square = run->square,
                       .weight_unit = m->unit};

    own.loss = total_of(s->sums.sum[SUM_LOSS], s->sums.rest[SUM_LOSS]);
    own.square = total_of(s->sums.sum[SUM_SQUARE], s->sums.rest[SUM_SQUARE]);
    own.slope = total_of(s->sums.sum[SUM_SLOPE], s->sums.rest[SUM_SLOPE]);
    own.slope_square = total_of(s->other.sum[SUM_SQUARE], s->other.rest[SUM_SQUARE]);
    own.cross = total_of(s->other.sum[SUM_SLOPE], s->other.rest[SUM_SLOPE]);
    add_ends(m, run, s, &own);
    own.unit = m->unit - ilogb(s->scale);
    own.slope_unit = m->unit - ilogb(s->slope_scale);
    return own;
}

static bool leaves_doubles(double sum, double square)
{
    return sum > 0 && isfinite(sum) && !(square > 1e-250 && square < 1e250);
}

static double scale_of(double sum)
{
    return sum > 0 && isfinite(sum) ? ldexp(1, (int)fmax(-1000, fmin(1000, -ilogb(sum)))) : 1;
}

/* Squares that leave the doubles are summed once more in a scale that fits them. */
static struct sums fitted_sums(const struct measure *m, size_t r, struct sweep_setting *s)
{
    struct sums own = run_sums(m, &m->run[r], s);

    if (leaves_doubles(own.loss, own.square) || (s->squares && leaves_doubles(own.slope, own.slope_square))) {
        s->scale = scale_of(own.loss);
        s->slope_scale = scale_of(own.slope);
        s->sums = s->other = (struct running_sums){0};
        add_run(m, r, s->nodes, s, 1);
        own = run_sums(m, &m->run[r], s);
        s->scale = s->slope_scale = 1;
    }
    own.loss = ldexp(own.loss, m->unit);
    own.slope = ldexp(own.slope, m->unit);
    return own;
}

void measure_sums_of(struct measure *m, const struct setting *const *at, size_t count, bool squares,
                     struct sums **out)
{
    struct sweep_setting *s = mem_alloc(count, sizeof *s);

    for (size_t k = 0; k < count; k++) {
        measure_prepare_sums(m, at[k]);
        s[k] = (struct sweep_setting){.at = at[k],
                                      .nodes = nodes_of(at[k]),
                                      .lanes = loss_lanes_best(at[k]->loss->vector),
                                      .scale = 1,
                                      .slope_scale = 1,
                                      .squares = squares};
        memset(out[k], 0, m->parts * m->segments * sizeof *out[k]);
    }
    for (size_t r = 0; r < m->runs; r++) {
        for (size_t k = 0; k < count; k++) s[k].sums = s[k].other = (struct running_sums){0};
        for (enum node_set which = 0; which < NODE_SETS; which++) add_run(m, r, which, s, count);
        for (size_t k = 0; k < count; k++)
            out[k][m->run[r].part * m->segments + m->run[r].segment] = fitted_sums(m, r, &s[k]);
    }
    free(s);
}

void measure_sums(struct measure *m, struct sums *out)
{
    measure_sums_of(m, &(const struct setting *){&m->at}, 1, false, &out);
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
        to->slope += sums[i].slope;
    }
    free(sums);
}
