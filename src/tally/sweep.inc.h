/* sweep.inc.h: what is done for every cell at every γ, compiled once for each instruction set (SWEEP_LEVEL names it) */
#include "loss/exp.h"
#include "tally/sweep.h"

#include <math.h>
#include <string.h>

static inline reals reals_at(const double *p)
{
    reals v;

    memcpy(&v, p, sizeof v);
    return v;
}

static inline void put_reals(double *p, reals v)
{
    memcpy(p, &v, sizeof v);
}

/* e^x for x ≤ 0; below −700 it is 0. */
static inline reals decay(reals x)
{
    words far = (words)(x < all_of(-700));

    return choose(far, all_of(0), exp_lanes(choose(far, all_of(-700), x)));
}

static void powers(const double *high, const double *low, double gamma, size_t n, double *out)
{
    reals g = all_of(gamma);

    for (size_t i = 0; i < n; i += LANES) {
        reals h = reals_at(high + i), p = g * h, rest = product_rest(g, h, p) + g * reals_at(low + i), e = decay(p);

        put_reals(out + i, e + e * rest);
    }
}

static inline reals expand(const double *family, size_t n, const double *binomial, size_t terms)
{
    reals sum = all_of(0);

    for (size_t j = terms; j-- > 0;) sum += all_of(binomial[j]) * reals_at(family + j * n);
    return sum;
}

static void cells(const double *family, size_t terms, size_t n, const double *power, double gamma, const double *once, size_t once_terms,
                  const double *twice, size_t twice_terms, double *loss, double *square, double *slope)
{
    for (size_t i = 0; i < n; i += LANES) {
        const double *f = family + i;
        reals p = reals_at(power + i);
        reals rest = expand(f + REST * terms * n, n, once, once_terms), plp = expand(f + PLP * terms * n, n, once, once_terms);

        put_reals(loss + i, p * expand(f + LOSS * terms * n, n, once, once_terms));
        put_reals(square + i, p * p * expand(f + SQUARE * terms * n, n, twice, twice_terms));
        put_reals(slope + i, p * (rest + all_of(gamma) * plp));
    }
}

static void values(const double *log_rest, const double *loss, double gamma, size_t n, double *out)
{
    for (size_t i = 0; i < n; i += LANES) put_reals(out + i, decay(all_of(gamma) * reals_at(log_rest + i)) * reals_at(loss + i));
}

/* Eight sums side by side, whatever the width of a register, with what each addition rounds away (Knuth's two-sum) beside it. */
static double sum(const double *x, size_t n)
{
    enum { AT_ONCE = 8, VECTORS = AT_ONCE / LANES };
    reals s[VECTORS], rest[VECTORS];
    double lane[AT_ONCE], low[AT_ONCE], last[AT_ONCE] = {0}, total = 0, left = 0;

    for (int k = 0; k < VECTORS; k++) s[k] = rest[k] = all_of(0);
    for (size_t i = 0; i < n; i += AT_ONCE) {
        const double *from = x + i;

        if (n - i < AT_ONCE) from = memcpy(last, from, (n - i) * sizeof *x);
        for (int k = 0; k < VECTORS; k++) {
            reals v = reals_at(from + k * LANES), t = s[k] + v, back = t - s[k];

            rest[k] += (s[k] - (t - back)) + (v - back);
            s[k] = t;
        }
    }
    memcpy(lane, s, sizeof lane);
    memcpy(low, rest, sizeof low);
    for (int k = 0; k < AT_ONCE; k++) {
        double t = total + lane[k];

        left += low[k] + (fabs(total) >= fabs(lane[k]) ? (total - t) + lane[k] : (lane[k] - t) + total);
        total = t;
    }
    return isfinite(total) ? total + left : total;
}

const struct sweep SWEEP_LEVEL = {powers, cells, values, sum};
