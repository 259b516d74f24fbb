/* sums.c: totals of any loss, read off the moments of a tally's cells */
#include "evaluate/measure.h"

#include "evaluate/concentration.h"
#include "evaluate/internal.h"
#include "evaluate/series.h"
#include "loss/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Numbers of families that are kept, for all γ to look at; more are made anew for each sixteen γ. */
enum { LAID = 1 << 20 };

/* The patches that a γ is read off. */
static const struct patches *patches_at(const struct measure *m, double gamma)
{
    return &m->patches[gamma <= COARSE_GAMMA ? COARSE : FINE];
}

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

        while (segment < cut_count && easy_at(&m->cell[i], m->kind[i], cuts[segment])) segment++;
        if (!m->runs || m->run[m->runs - 1].part != part || m->run[m->runs - 1].segment != segment) {
            m->run = mem_grow(m->run, &room, m->runs + 1, sizeof *m->run);
            m->run[m->runs++] = (struct run){i, i, part, segment};
        }
        m->run[m->runs - 1].end = i + 1;
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
    economy_fill(&m->economy);
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
    void *common[] = {m->kind, m->run, m->point, m->part_first, m->log_rest, m->ce, m->weight};

    free(m->value);
    ranking_free(&m->ranking);
    if (!m->view) ranks_free(&m->ranks);
    for (int i = 0; !m->view && i < SWEEPS; i++) patches_free(&m->patches[i]);
    for (size_t i = 0; !m->view && i < sizeof common / sizeof *common; i++) free(common[i]);
    free(m);
}

size_t measure_segments(const struct measure *m)
{
    return m->segments;
}

/* Ready for settings up to that γ. */
static void ready(struct measure *m, int which, double gamma, bool many)
{
    struct patches *p = &m->patches[which];
    size_t terms;
    struct laid to;

    if (!p->cell) patches_make(m, which == COARSE, p);
    terms = patches_terms(2 * gamma, p->spread);
    if (terms <= p->terms) return;
    p->terms = terms;
    p->laid = many && FAMILIES * terms * p->stride <= LAID;
    if (!p->laid) return;
    p->family = mem_resize(p->family, FAMILIES * terms * p->stride, sizeof *p->family);
    to = (struct laid){p->family, p->log_high, p->log_low, terms, p->stride};
    patches_lay(m, p, 0, p->count, &to);
}

void measure_prepare(struct measure *m, double gamma, bool many)
{
    ranks_make(m);
    ready(m, COARSE, fmin(COARSE_GAMMA, fmax(gamma, 5)), many); /* once for the usual γ */
    if (gamma > COARSE_GAMMA) ready(m, FINE, fmin(100, gamma), many);
}

size_t measure_parts(const struct measure *m)
{
    return m->parts;
}

void measure_set(struct measure *m, const struct setting *at)
{
    double gamma = at->param[0];

    m->at = *at;
    m->value_made = false;
    m->by_points = at->loss->power && gamma > 100;
    if (!at->loss->power || m->by_points) return;
    if (patches_terms(2 * gamma, patches_at(m, gamma)->spread) > patches_at(m, gamma)->terms)
        measure_prepare(m, gamma, true);
}

static void binomials(double gamma, double out[SERIES_DEGREE + 1])
{
    out[0] = 1;
    for (int j = 0; j < SERIES_DEGREE; j++) out[j + 1] = out[j] * (gamma - j) / (j + 1);
}

/* Any smooth loss by its values in the bin's Chebyshev nodes. */
static void node_cell(const struct measure *m, size_t i, double out[3])
{
    const struct cell *c = &m->cell[i];
    double node[9], weight[9], squared[9];

    series_nodes(c->sum, node, weight);
    series_nodes(c->square, node, squared);
    out[0] = out[1] = out[2] = 0;
    for (int n = 0; n < 9; n++) {
        double s = bin_tail(c->bin, node[n]), l = setting_value(&m->at, s, m->side[c->part]);

        out[0] += weight[n] * l;
        out[1] += squared[n] * l * l;
        out[2] += weight[n] * setting_slope(&m->at, s, m->side[c->part]);
    }
}

static void point_cell(const struct measure *m, size_t i, double out[3])
{
    const struct cell *c = &m->cell[i];
    struct point p[2];
    size_t n = measure_points_of(c, p);

    out[0] = out[1] = out[2] = 0;
    for (size_t k = 0; k < n; k++) {
        double s = bin_tail(c->bin, p[k].place), l = setting_value(&m->at, s, m->side[c->part]);

        out[0] += p[k].weight * l;
        out[1] += p[k].weight * l * l * (c->square[0] / c->sum[0]);
        out[2] += p[k].weight * setting_slope(&m->at, s, m->side[c->part]);
    }
}

/* Neumaier 1974: what the addition rounds away goes to *rest. */
static void add(double *to, double *rest, double x)
{
    double sum = *to + x;

    if (isfinite(sum)) *rest += fabs(*to) >= fabs(x) ? (*to - sum) + x : (x - sum) + *to;
    *to = sum;
}

static void add_sums(struct sums *to, struct sums *rest, const double x[SUMS])
{
    add(&to->loss, &rest->loss, x[SUM_LOSS]);
    add(&to->square, &rest->square, x[SUM_SQUARE]);
    add(&to->slope, &rest->slope, x[SUM_SLOPE]);
}

/* What is no power of 1 − p_t, and any loss at a γ beyond 100: cell by cell. */
static void other_run(const struct measure *m, const struct run *run, struct sums *to, struct sums *rest)
{
    for (size_t i = run->begin; i < run->end; i++) {
        double x[SUMS];

        if (m->kind[i] == BIN_SURE || m->kind[i] == BIN_NEVER) continue;
        (m->by_points || measure_in_one_place(&m->cell[i]) ? point_cell : node_cell)(m, i, x);
        add_sums(to, rest, x);
    }
}

static void power_begin(double gamma, double spread, struct sweep_power *p)
{
    p->gamma = gamma;
    p->once_terms = patches_terms(gamma, spread);
    p->twice_terms = patches_terms(2 * gamma, spread);
    binomials(gamma, p->once);
    binomials(2 * gamma, p->twice);
}

/* What the eight of a run come to is added; they begin anew. */
static void power_end(struct sweep_power *p, struct sums *to, struct sums *rest)
{
    double total[SUMS] = {0}, low[SUMS] = {0};

    for (int s = 0; s < SUMS; s++) {
        for (int k = 0; k < SWEEP_PAD; k++) {
            add(&total[s], &low[s], p->sum[s][k]);
            low[s] += p->rest[s][k];
            p->sum[s][k] = p->rest[s][k] = 0;
        }
        if (isfinite(total[s])) total[s] += low[s];
    }
    add_sums(to, rest, total);
}

/* Patches are taken in pieces that stay in the cache while all γ look at them. Where they are very many, they
 * are laid out just for that. */
static void power_run(const struct measure *m, const struct patches *p, size_t r, struct sweep_power **power,
                      size_t count)
{
    enum { PIECE = 64, STRIDE = PIECE + SWEEP_PAD };
    double high[STRIDE] = {0}, low[STRIDE] = {0},
           *family = p->laid ? NULL : mem_alloc(FAMILIES * p->terms * STRIDE, sizeof *family);
    struct laid to = {family, high, low, p->terms, STRIDE};

    for (size_t i = p->run[r], end = p->run[r + 1]; i < end; i += PIECE) {
        size_t n = i + PIECE < end ? PIECE : end - i;
        struct sweep_cells cells = {p->laid ? p->family + i : family, p->terms, p->laid ? p->stride : STRIDE,
                                    p->laid ? p->log_high + i : high, p->laid ? p->log_low + i : low};

        if (!p->laid) patches_lay(m, p, i, n, &to);
        for (size_t k = 0; k < count; k++) m->sweep->add(&cells, n, power[k]);
    }
    free(family);
}

/* What does not depend on the setting, and what is infinite whatever it is. */
static void add_counts(const struct measure *m, struct sums *out)
{
    for (size_t r = 0; r < m->runs; r++) {
        struct sums *s = &out[m->run[r].part * m->segments + m->run[r].segment];

        for (size_t i = m->run[r].begin; i < m->run[r].end; i++) {
            s->count += m->cell[i].count;
            s->weight += m->cell[i].sum[0];
            if (m->kind[i] != BIN_NEVER) continue;
            s->loss = s->square = INFINITY;
            s->slope += m->cell[i].sum[0];
        }
    }
}

void measure_sums_of(struct measure *m, const struct setting *const *at, size_t count, struct sums **out)
{
    size_t all = m->parts * m->segments, powers[SWEEPS] = {0};
    struct sums *rest = mem_alloc(count * all, sizeof *rest);
    struct sweep_power *power = mem_alloc(count, sizeof *power), **of[SWEEPS];
    bool *other = mem_alloc(count, sizeof *other);

    for (int i = 0; i < SWEEPS; i++) of[i] = mem_alloc(count, sizeof *of[i]);
    for (size_t k = 0; k < count; k++) {
        const struct patches *p;

        memset(out[k], 0, all * sizeof *out[k]);
        measure_set(m, at[k]);
        other[k] = !at[k]->loss->power || m->by_points;
        if (other[k]) continue;
        p = patches_at(m, at[k]->param[0]);
        power_begin(at[k]->param[0], p->spread, &power[k]);
        of[p - m->patches][powers[p - m->patches]++] = &power[k];
    }
    for (size_t r = 0; r < m->runs; r++) {
        size_t place = m->run[r].part * m->segments + m->run[r].segment;

        for (int i = 0; i < SWEEPS; i++)
            if (powers[i]) power_run(m, &m->patches[i], r, of[i], powers[i]);
        for (size_t k = 0; k < count; k++) {
            if (!other[k]) {
                power_end(&power[k], &out[k][place], &rest[k * all + place]);
                continue;
            }
            measure_set(m, at[k]);
            other_run(m, &m->run[r], &out[k][place], &rest[k * all + place]);
        }
    }
    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < all; i++) {
            out[k][i].loss += rest[k * all + i].loss;
            out[k][i].square += rest[k * all + i].square;
            out[k][i].slope += rest[k * all + i].slope;
        }
        add_counts(m, out[k]);
    }
    for (int i = 0; i < SWEEPS; i++) free(of[i]);
    free(rest);
    free(power);
    free(other);
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
