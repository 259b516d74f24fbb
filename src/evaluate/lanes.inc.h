/* lanes.inc.h: what is done for every cell at every γ, compiled once for each instruction set (SWEEP_LEVEL
 * names it) */
#include "base/simd.h"
#include "evaluate/lanes.h"

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

/* (1 − p_t)^γ by its logarithm as two doubles. */
static inline reals power_of(const struct sweep_cells *c, size_t i, double gamma)
{
    reals g = all_of(gamma), high = reals_at(c->log_high + i), p = g * high;
    reals rest = product_rest(g, high, p) + g * reals_at(c->log_low + i), e = decay(p);

    return e + e * rest;
}

static inline reals expand(const struct sweep_cells *c, int family, size_t i, const double *binomial,
                           size_t terms)
{
    const double *f = c->family + (size_t)family * c->terms * c->stride + i;
    reals sum = all_of(0);

    for (size_t j = terms; j-- > 0;) sum += binomial[j] * reals_at(f + j * c->stride);
    return sum;
}

/* Knuth's two-sum. */
static inline void add_to(double *sum, double *rest, reals v)
{
    reals s = reals_at(sum), t = s + v, back = t - s;

    put_reals(rest, reals_at(rest) + ((s - (t - back)) + (v - back)));
    put_reals(sum, t);
}

/* ~0 in the first n lanes. */
static inline words first_lanes(size_t n)
{
    words w = {0};

    for (size_t i = 0; i < LANES && i < n; i++) w[i] = ~(uint64_t)0;
    return w;
}

static void add(const struct sweep_cells *c, size_t n, struct sweep_power *at)
{
    for (size_t i = 0; i < n; i += LANES) {
        size_t lane = i % SWEEP_PAD;
        reals p = power_of(c, i, at->gamma), loss = p * expand(c, LOSS, i, at->once, at->once_terms);
        reals square = p * p * expand(c, SQUARE, i, at->twice, at->twice_terms);
        reals rest = expand(c, REST, i, at->once, at->once_terms),
              plp = expand(c, PLP, i, at->once, at->once_terms);
        reals slope = p * (rest + all_of(at->gamma) * plp);

        if (n - i < LANES) {
            words in = first_lanes(n - i);

            loss = choose(in, loss, all_of(0));
            square = choose(in, square, all_of(0));
            slope = choose(in, slope, all_of(0));
        }
        add_to(at->sum[SUM_LOSS] + lane, at->rest[SUM_LOSS] + lane, loss);
        add_to(at->sum[SUM_SQUARE] + lane, at->rest[SUM_SQUARE] + lane, square);
        add_to(at->sum[SUM_SLOPE] + lane, at->rest[SUM_SLOPE] + lane, slope);
    }
}

static void values(const double *log_rest, const double *loss, double gamma, size_t n, double *out)
{
    for (size_t i = 0; i < n; i += LANES)
        put_reals(out + i, decay(all_of(gamma) * reals_at(log_rest + i)) * reals_at(loss + i));
}

/* Eight sums side by side, whatever the register holds. */
struct eight {
    reals lane[SWEEP_PAD / LANES];
};

static inline double total_of(const struct eight *e)
{
    double x[SWEEP_PAD], sum = 0;

    memcpy(x, e, sizeof x);
    for (int k = 0; k < SWEEP_PAD; k++) sum += x[k];
    return sum;
}

static double dots(const double *value, const double *weight, const double *before, size_t n, double *block)
{
    struct eight lows = {0};
    double rest = 0;

    for (size_t i = 0; i < n; i += SWEEP_BLOCK) {
        size_t end = n - i < SWEEP_BLOCK ? n : i + SWEEP_BLOCK, k = i;
        struct eight sum = {0};

        for (; end - k >= SWEEP_PAD; k += SWEEP_PAD)
            for (size_t l = 0; l < SWEEP_PAD / LANES; l++) {
                reals w = reals_at(weight + k + l * LANES), loss = w * reals_at(value + k + l * LANES);

                sum.lane[l] += loss;
                lows.lane[l] += loss * (reals_at(before + k + l * LANES) + all_of(0.5) * w);
            }
        block[i / SWEEP_BLOCK] = total_of(&sum);
        for (; k < end; k++) {
            block[i / SWEEP_BLOCK] += value[k] * weight[k];
            rest += value[k] * weight[k] * (before[k] + 0.5 * weight[k]);
        }
    }
    return total_of(&lows) + rest;
}

const struct sweep SWEEP_LEVEL = {add, values, dots};
