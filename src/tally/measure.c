/* measure.c: totals of any loss, read off the moments of a tally's cells */
#include "tally/measure.h"

#include "loss/tail.h"
#include "tally/measure_inside.h"
#include "tally/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How many terms of (1 + d t)^2γ, |d| ≤ 1/257, are worth keeping. */
static int terms_for(double gamma)
{
    double term = 1;
    int j = 0;

    while (j < SERIES_DEGREE && (term > 1e-18 || j < 4)) {
        term *= fabs(2 * gamma - j) / (j + 1) / 257;
        j++;
    }
    return j + 1;
}

static bool easy_at(const struct cell *c, enum bin_kind kind, double threshold)
{
    double cut = cut_of_threshold(threshold);

    if (kind == BIN_SURE) return true;
    if (kind != BIN_EASY && kind != BIN_HARD) return false;
    if (threshold == 0.5) return kind == BIN_EASY;
    if (signbit(cut)) return kind == BIN_EASY || c->low >= -cut;
    return kind == BIN_EASY && c->high <= cut;
}

/* What no γ changes: the local series of log p_t and 1 − p_t at a cell. */
struct local {
    double base;  /* 1 − p_t at the centre: γ is its power */
    double slope; /* 1 − p_t = base (1 + slope t) */
    series loss, rest, plp; /* −log p_t; 1 − p_t; −p_t log p_t */
};

static void local_of(enum bin_kind kind, double centre, double slope, struct local *l)
{
    series pt;

    if (kind == BIN_FAR) { /* loss |x_t|, 1 − p_t = 1 */
        l->base = 1;
        l->slope = 0;
        series_line(centre, centre * slope, l->loss);
        series_line(0, 0, l->plp);
        series_line(1, 0, l->rest);
        return;
    }
    if (kind == BIN_EASY) { /* p_t = 1 − v */
        double a = centre / (1 - centre) * slope;

        l->base = centre;
        l->slope = slope;
        series_minus_log(-log1p(-centre), -a, l->loss);
        series_line(1 - centre, -centre * slope, pt);
    } else { /* p_t = v */
        l->base = 1 - centre;
        l->slope = -centre / (1 - centre) * slope;
        series_minus_log(-log(centre), slope, l->loss);
        series_line(centre, centre * slope, pt);
    }
    series_line(l->base, l->base * l->slope, l->rest);
    series_product(pt, l->loss, l->plp);
}

/* Σ s(t) t^j over the cell times slope^j, j < terms: what binomial coefficients of γ are laid against. */
static void against(const series s, const series moment, double slope, int terms, double *out)
{
    series h;
    double power = 1;

    series_against(s, moment, h);
    for (int j = 0; j < terms; j++, power *= slope) out[j] = h[j] * power;
}

static void prepare(struct measure *m, int terms)
{
    struct economy economy;

    economy_fill(&economy);
    m->terms = terms;
    m->family = mem_resize(m->family, m->count * FAMILIES * (size_t)terms + 1, sizeof *m->family);
    for (size_t i = 0; i < m->count; i++) {
        const struct cell *c = &m->cell[i];
        double *f = m->family + i * FAMILIES * (size_t)terms, centre, slope;
        enum bin_kind kind = bin_of(c->bin, &centre, &slope);
        struct local l;
        series squared, sum, square;

        memset(f, 0, FAMILIES * (size_t)terms * sizeof *f);
        if (kind == BIN_SURE || kind == BIN_NEVER) continue;
        local_of(kind, centre, slope, &l);
        series_product(l.loss, l.loss, squared);
        series_extend(&economy, c->sum, sum);
        series_extend(&economy, c->square, square);
        against(l.loss, sum, l.slope, terms, f + LOSS * terms);
        against(squared, square, l.slope, terms, f + SQUARE * terms);
        against(l.rest, sum, l.slope, terms, f + REST * terms);
        against(l.plp, sum, l.slope, terms, f + PLP * terms);
        m->base[i] = l.base;
    }
}

/* One row: a point. More: the two points with the same first moments (Gauss quadrature), exact for two rows. */
static size_t points_of(const struct cell *c, struct point out[2])
{
    double w = c->sum[0], mean = c->sum[1] / w, second = c->sum[2] / w, variance = second - mean * mean, sigma, skew, root;

    out[0] = (struct point){.place = mean, .weight = w};
    if (c->count < 2 || variance < 1e-11) return 1;
    sigma = sqrt(variance);
    skew = (c->sum[3] / w - 3 * mean * second + 2 * mean * mean * mean) / (variance * sigma);
    root = sqrt(skew * skew + 4);
    for (int i = 0; i < 2; i++) {
        double side = i ? 1 : -1;

        out[i].place = fmin(1, fmax(-1, mean + sigma * (skew + side * root) / 2));
        out[i].weight = w * (1 - side * skew / root) / 2;
    }
    return 2;
}

/* Points of all cells, hardest first within a part (as the cells are). */
static void points_make(struct measure *m)
{
    m->point = mem_alloc(2 * m->count + 1, sizeof *m->point);
    for (size_t i = 0; i < m->count; i++) {
        struct point p[2];
        size_t n = points_of(&m->cell[i], p);
        bool falling = m->kind[i] == BIN_EASY || m->kind[i] == BIN_FAR;

        if (m->kind[i] == BIN_NEVER) m->never = true;
        for (size_t k = 0; k < n; k++) {
            struct point *q = &m->point[m->points++];

            *q = p[falling ? n - 1 - k : k];
            q->cell = (uint32_t)i;
            q->tail = bin_tail(m->cell[i].bin, q->place);
            q->loss = -tail_lp(q->tail);
            q->log_rest = m->kind[i] == BIN_SURE ? 0 : tail_lq(q->tail);
        }
    }
}

struct measure *measure_open(const struct cell *cells, size_t count, size_t parts, const double *thresholds,
                             size_t threshold_count)
{
    struct measure *m = mem_alloc(1, sizeof *m);

    m->cell = cells;
    m->count = count;
    m->parts = parts;
    m->segments = threshold_count + 1;
    m->kind = mem_alloc(count, sizeof *m->kind);
    m->segment = mem_alloc(count, sizeof *m->segment);
    m->base = mem_alloc(count, sizeof *m->base);
    m->power = mem_alloc(count, sizeof *m->power);
    for (size_t i = 0; i < count; i++) {
        double centre, slope;

        m->kind[i] = bin_of(cells[i].bin, &centre, &slope);
        while (m->segment[i] < threshold_count && easy_at(&cells[i], m->kind[i], thresholds[m->segment[i]]))
            m->segment[i]++;
    }
    points_make(m);
    return m;
}

void measure_close(struct measure *m)
{
    if (!m) return;
    free(m->kind);
    free(m->segment);
    free(m->base);
    free(m->power);
    free(m->family);
    free(m->point);
    free(m->order);
    free(m->value);
    free(m);
}

size_t measure_parts(const struct measure *m)
{
    return m->parts;
}

void measure_set(struct measure *m, const struct loss *loss, struct loss_at at)
{
    if (!loss->has_gamma) at.gamma = 0;
    if (!loss->has_beta) at.beta = 0;
    m->loss = loss;
    m->at = at;
    m->by_points = !loss->star && at.gamma > 100;
    if (loss->star || m->by_points) return;
    if (terms_for(at.gamma) > m->terms) prepare(m, terms_for(fmax(at.gamma, 5))); /* once for the usual γ */
    for (size_t i = 0; i < m->count; i++) m->power[i] = at.gamma == 0 ? 1 : pow(m->base[i], at.gamma);
}

/* Σ over the cell of (1 − p_t)^γ s(t) = base^γ Σ_j C(γ, j) slope^j Σ t^j s(t). */
static double expand(const double *family, const double *binomial, int terms)
{
    double sum = 0;

    for (int j = terms - 1; j >= 0; j--) sum += binomial[j] * family[j];
    return sum;
}

static void binomials(double gamma, double out[SERIES_DEGREE + 1])
{
    out[0] = 1;
    for (int j = 0; j < SERIES_DEGREE; j++) out[j + 1] = out[j] * (gamma - j) / (j + 1);
}

static void add(struct sums *s, struct sums *rest, double loss, double square, double slope)
{
    /* Neumaier's sum; the remainders are kept beside */
    double *to[] = {&s->loss, &s->square, &s->slope}, *low[] = {&rest->loss, &rest->square, &rest->slope};
    double x[] = {loss, square, slope};

    for (int i = 0; i < 3; i++) {
        double sum = *to[i] + x[i];

        if (!isinf(sum)) *low[i] += fabs(*to[i]) >= fabs(x[i]) ? (*to[i] - sum) + x[i] : (x[i] - sum) + *to[i];
        *to[i] = sum;
    }
}

/* (1 − p_t)^γ CE, its square, and its slope (1 − p_t)^γ (1 − p_t − γ p_t log p_t), summed over one cell. */
static void power_cell(const struct measure *m, size_t i, const double *once, const double *twice, double out[3])
{
    int n = terms_for(m->at.gamma);
    const double *f = m->family + i * FAMILIES * (size_t)m->terms;
    double power = m->power[i];

    out[0] = power * expand(f + LOSS * m->terms, once, n);
    out[1] = power * power * expand(f + SQUARE * m->terms, twice, n);
    out[2] = power * (expand(f + REST * m->terms, once, n) + m->at.gamma * expand(f + PLP * m->terms, once, n));
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
        double s = bin_tail(c->bin, node[n]), l = m->loss->value(s, m->at);

        out[0] += weight[n] * l;
        out[1] += squared[n] * l * l;
        out[2] += weight[n] * m->loss->slope(s, m->at);
    }
}

/* Rows that all lie in one place need no series. */
static bool in_one_place(const struct cell *c)
{
    double mean = c->sum[1] / c->sum[0];

    return c->count == 1 || c->sum[2] / c->sum[0] - mean * mean < 1e-13;
}

static void point_cell(const struct measure *m, size_t i, double out[3])
{
    const struct cell *c = &m->cell[i];
    struct point p[2];
    size_t n = points_of(c, p);

    out[0] = out[1] = out[2] = 0;
    for (size_t k = 0; k < n; k++) {
        double s = bin_tail(c->bin, p[k].place), l = m->loss->value(s, m->at);

        out[0] += p[k].weight * l;
        out[1] += p[k].weight * l * l * (c->square[0] / c->sum[0]);
        out[2] += p[k].weight * m->loss->slope(s, m->at);
    }
}

void measure_sums(struct measure *m, struct sums *out)
{
    size_t cells = m->parts * m->segments;
    struct sums *rest = mem_alloc(cells, sizeof *rest);
    double once[SERIES_DEGREE + 1], twice[SERIES_DEGREE + 1];

    memset(out, 0, cells * sizeof *out);
    binomials(m->at.gamma, once);
    binomials(2 * m->at.gamma, twice);
    for (size_t i = 0; i < m->count; i++) {
        size_t at = m->cell[i].part * m->segments + m->segment[i];
        double x[3] = {INFINITY, INFINITY, m->cell[i].sum[0]};

        if (m->kind[i] == BIN_SURE)
            x[0] = x[1] = x[2] = 0;
        else if (m->kind[i] != BIN_NEVER && (m->by_points || in_one_place(&m->cell[i])))
            point_cell(m, i, x);
        else if (m->kind[i] != BIN_NEVER && m->loss->star)
            node_cell(m, i, x);
        else if (m->kind[i] != BIN_NEVER)
            power_cell(m, i, once, twice, x);
        out[at].count += m->cell[i].count;
        out[at].weight += m->cell[i].sum[0];
        add(&out[at], &rest[at], x[0], x[1], x[2]);
    }
    for (size_t i = 0; i < cells; i++) {
        out[i].loss += rest[i].loss;
        out[i].square += rest[i].square;
        out[i].slope += rest[i].slope;
    }
    free(rest);
}

void measure_bands(struct measure *m, const bool *keep, const double *edge, size_t edge_count, struct sums *out)
{
    memset(out, 0, (edge_count - 1) * sizeof *out);
    for (size_t i = 0; i < m->points; i++) {
        const struct point *p = &m->point[i];
        double pt = tail_pt(p->tail), l = m->loss->value(p->tail, m->at);
        size_t b = 0;

        if (keep && !keep[m->cell[p->cell].part]) continue;
        while (b + 2 < edge_count && pt >= edge[b + 1]) b++;
        if (pt < edge[b] || pt > edge[b + 1]) continue;
        out[b].count += (uint64_t)llround(p->weight);
        out[b].weight += p->weight;
        out[b].loss += p->weight * l;
        out[b].slope += p->weight * m->loss->slope(p->tail, m->at);
    }
}
