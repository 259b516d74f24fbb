/* lay.c: what no γ changes: each cell's families of sums, laid out for the sweep */
#include "loss/tail.h"
#include "tally/measure_inside.h"

#include <math.h>
#include <string.h>

size_t measure_terms(double gamma)
{
    double term = 1;
    int j = 0;

    while (j < SERIES_DEGREE && (term > 1e-18 || j < 4)) {
        term *= fabs(gamma - j) / (j + 1) / 257;
        j++;
    }
    return (size_t)j + 1;
}

/* What no γ changes: the local series of log p_t and 1 − p_t at a cell. */
struct local {
    double base;  /* 1 − p_t at the centre: γ is its power */
    long double log_base;
    double slope; /* 1 − p_t = base (1 + slope t) */
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
static void lay_family(struct laid *to, size_t i, int family, const series s, const series moment, double slope)
{
    double out[SERIES_DEGREE + 1], power = 1;

    series_against(s, moment, (int)to->terms, out);
    for (size_t j = 0; j < to->terms; j++, power *= slope) to->family[((size_t)family * to->terms + j) * to->stride + i] = out[j] * power;
}

static void lay_cell(const struct cell *c, const struct economy *economy, struct laid *to, size_t i)
{
    double centre, slope;
    enum bin_kind kind = bin_of(c->bin, &centre, &slope);
    struct local l;
    series squared, sum, square;

    local_of(kind, centre, slope, &l);
    series_product(l.loss, l.loss, squared);
    series_extend(economy, c->sum, sum);
    if (memcmp(c->sum, c->square, sizeof c->sum) == 0)
        memcpy(square, sum, sizeof square);
    else
        series_extend(economy, c->square, square);
    lay_family(to, i, LOSS, l.loss, sum, l.slope);
    lay_family(to, i, SQUARE, squared, square, l.slope);
    lay_family(to, i, REST, l.rest, sum, l.slope);
    lay_family(to, i, PLP, l.plp, sum, l.slope);
    to->log_high[i] = (double)l.log_base;
    to->log_low[i] = (double)(l.log_base - to->log_high[i]);
}

void measure_lay(const struct measure *m, size_t first, size_t count, struct laid *to)
{
    memset(to->family, 0, FAMILIES * to->terms * to->stride * sizeof *to->family);
    for (size_t i = 0; i < count; i++) {
        const struct cell *c = &m->cell[first + i];

        to->log_high[i] = to->log_low[i] = 0;
        if (m->kind[first + i] == BIN_SURE || m->kind[first + i] == BIN_NEVER) continue;
        if (measure_in_one_place(c))
            lay_point(c, to, i);
        else
            lay_cell(c, &m->economy, to, i);
    }
}
