/* lay.c: what no γ changes: patches of cells, and their families of sums, laid out for the sweep */
#include "evaluate/internal.h"
#include "loss/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TOGETHER = 4 }; /* bins of a coarse patch */

/* The last of the cells from `first` up to `end` that go into one patch with it. A bin that is cut keeps its
 * cells apart. */
static size_t patch_end(const struct measure *m, size_t first, size_t end)
{
    const struct cell *c = m->cell;
    size_t i = first + 1;

    if (m->kind[first] != BIN_EASY && m->kind[first] != BIN_HARD) return i;
    while (i < end && c[i].bin / TOGETHER == c[first].bin / TOGETHER) i++;
    for (size_t k = first; k < i; k++)
        if (c[k].cut || (k > first && c[k].bin == c[k - 1].bin)) return first + 1;
    return i;
}

void patches_make(const struct measure *m, bool coarse, struct patches *p)
{
    *p = (struct patches){.spread = coarse ? TOGETHER / 260.0 : 1.0 / 257,
                          .cell = mem_alloc(m->count + 1, sizeof *p->cell),
                          .run = mem_alloc(m->runs + 1, sizeof *p->run)};
    for (size_t r = 0; r < m->runs; r++) {
        p->run[r] = p->count;
        for (size_t i = m->run[r].begin; i < m->run[r].end;) {
            p->cell[p->count++] = (uint32_t)i;
            i = coarse ? patch_end(m, i, m->run[r].end) : i + 1;
        }
    }
    p->run[m->runs] = p->count;
    p->cell[p->count] = (uint32_t)m->count;
    p->stride = p->count + SWEEP_PAD;
    p->log_high = measure_array(p->count);
    p->log_low = measure_array(p->count);
}

void patches_free(struct patches *p)
{
    free(p->cell);
    free(p->run);
    free(p->family);
    free(p->log_high);
    free(p->log_low);
}

size_t patches_terms(double gamma, double spread)
{
    double term = 1;
    int j = 0;

    while (j < SERIES_DEGREE && (term > 1e-18 || j < 4)) {
        term *= fabs(gamma - j) / (j + 1) * spread;
        j++;
    }
    return (size_t)j + 1;
}

/* What no γ changes: the local series of log p_t and 1 − p_t at a cell. */
struct local {
    double base; /* 1 − p_t at the centre: γ is its power */
    long double log_base;
    double slope;           /* 1 − p_t = base (1 + slope t) */
    series loss, rest, plp; /* −log p_t; 1 − p_t; −p_t log p_t */
};

static void local_of(enum bin_kind kind, double centre, double slope, struct local *l)
{
    series pt;

    if (kind == BIN_FAR) { /* loss |x_t|, 1 − p_t = 1 */
        l->base = 1;
        l->log_base = 0;
        l->slope = 0;
        series_line(centre, centre * slope, l->loss);
        series_line(0, 0, l->plp);
        series_line(1, 0, l->rest);
        return;
    }
    if (kind == BIN_EASY) { /* p_t = 1 − v */
        double a = centre / (1 - centre) * slope;

        l->base = centre;
        l->log_base = logl(centre);
        l->slope = slope;
        series_minus_log(-log1p(-centre), -a, l->loss);
        series_line(1 - centre, -centre * slope, pt);
    } else { /* p_t = v */
        l->base = 1 - centre;
        l->log_base = log1pl(-(long double)centre);
        l->slope = -centre / (1 - centre) * slope;
        series_minus_log(-log(centre), slope, l->loss);
        series_line(centre, centre * slope, pt);
    }
    series_line(l->base, l->base * l->slope, l->rest);
    series_product(pt, l->loss, l->plp);
}

bool measure_in_one_place(const struct cell *c)
{
    double mean = c->sum[1] / c->sum[0];

    return c->count == 1 || c->sum[2] / c->sum[0] - mean * mean < 1e-13;
}

/* A cell of one place: its values there, and no slope. */
static void lay_point(const struct cell *c, struct laid *to, size_t i)
{
    double s = bin_tail(c->bin, c->sum[1] / c->sum[0]), ce = -tail_lp(s), *f = to->family + i;
    size_t step = to->terms * to->stride;
    long double log_base = s <= -1 ? 0 : signbit(s) ? log1pl((long double)s) : logl((long double)s);

    f[LOSS * step] = c->sum[0] * ce;
    f[SQUARE * step] = c->square[0] * ce * ce;
    f[REST * step] = c->sum[0] * tail_qt(s);
    f[PLP * step] = s <= -1 ? 0 : c->sum[0] * tail_pt(s) * ce;
    to->log_high[i] = (double)log_base;
    to->log_low[i] = (double)(log_base - to->log_high[i]);
}

/* Σ s(t) t^j over the cell times slope^j: what binomial coefficients of γ are laid against. */
static void lay_family(struct laid *to, size_t i, int family, const series s, const series moment,
                       double slope)
{
    double out[SERIES_DEGREE + 1], power = 1;

    series_against(s, moment, (int)to->terms, out);
    for (size_t j = 0; j < to->terms; j++, power *= slope)
        to->family[((size_t)family * to->terms + j) * to->stride + i] = out[j] * power;
}

/* Adds the moments of a bin to those of its patch, whose t is (t + o) / 4: Σ ((t + o) / 4)^k = 4^−k Σ_j C(k,
 * j) o^(k − j) Σ t^j. */
static void add_moved(double offset, const double moment[TALLY_MOMENTS], double sum[TALLY_MOMENTS])
{
    double row[TALLY_MOMENTS] = {0}, scale = 1; /* row[j] = C(k, j) o^(k − j) */

    for (int k = 0; k < TALLY_MOMENTS; k++, scale /= TOGETHER) {
        double own = 0;

        for (int j = k; j > 0; j--) row[j] = row[j] * offset + row[j - 1];
        row[0] = k ? row[0] * offset : 1;
        for (int j = 0; j <= k; j++) own += row[j] * moment[j];
        sum[k] += own * scale;
    }
}

/* A patch as if it were one cell. */
struct patch {
    enum bin_kind kind;
    double centre, slope;
    bool weighted;
    double sum[TALLY_MOMENTS], square[TALLY_MOMENTS];
};

static void patch_of(const struct cell *c, size_t cells, struct patch *p)
{
    p->kind = bin_of(c->bin, &p->centre, &p->slope);
    p->weighted = false;
    for (size_t i = 0; i < cells; i++) p->weighted |= memcmp(c[i].sum, c[i].square, sizeof c->sum) != 0;
    if (cells == 1) {
        memcpy(p->sum, c->sum, sizeof p->sum);
        memcpy(p->square, c->square, sizeof p->square);
        return;
    }
    /* from bin to patch: o = 2 (bin mod 4) − 3, in half widths of a bin */
    p->slope *= p->centre;
    p->centre -= p->slope * (2.0 * (c->bin % TOGETHER) - 3);
    p->slope *= TOGETHER / p->centre;
    memset(p->sum, 0, sizeof p->sum);
    memset(p->square, 0, sizeof p->square);
    for (size_t i = 0; i < cells; i++) {
        add_moved(2.0 * (c[i].bin % TOGETHER) - 3, c[i].sum, p->sum);
        if (p->weighted) add_moved(2.0 * (c[i].bin % TOGETHER) - 3, c[i].square, p->square);
    }
}

static void lay_patch(const struct cell *c, size_t cells, const struct economy *economy, struct laid *to,
                      size_t i)
{
    struct patch p;
    struct local l;
    series squared, sum, square;

    patch_of(c, cells, &p);
    local_of(p.kind, p.centre, p.slope, &l);
    series_product(l.loss, l.loss, squared);
    series_extend(economy, p.sum, sum);
    series_extend(economy, p.weighted ? p.square : p.sum, square);
    lay_family(to, i, LOSS, l.loss, sum, l.slope);
    lay_family(to, i, SQUARE, squared, square, l.slope);
    lay_family(to, i, REST, l.rest, sum, l.slope);
    lay_family(to, i, PLP, l.plp, sum, l.slope);
    to->log_high[i] = (double)l.log_base;
    to->log_low[i] = (double)(l.log_base - to->log_high[i]);
}

void patches_lay(const struct measure *m, const struct patches *p, size_t first, size_t count,
                 struct laid *to)
{
    memset(to->family, 0, FAMILIES * to->terms * to->stride * sizeof *to->family);
    for (size_t i = 0; i < count; i++) {
        size_t at = p->cell[first + i], cells = p->cell[first + i + 1] - at;

        to->log_high[i] = to->log_low[i] = 0;
        if (m->kind[at] == BIN_SURE || m->kind[at] == BIN_NEVER) continue;
        if (cells == 1 && measure_in_one_place(&m->cell[at]))
            lay_point(&m->cell[at], to, i);
        else
            lay_patch(&m->cell[at], cells, &m->economy, to, i);
    }
}
