/* lanes_isa.c: losses of many points at once, compiled once for each instruction set */
#include "base/cpu.h"
#include "base/simd.h"
#include "loss/lanes.h"

_Static_assert(LOSS_LANES % (ABREAST * LANES) == 0, "points are worked on in whole steps");

/* e^x, x ≤ 0: where e^x is no normal double, the square of e^(x/2). */
static inline void decay(reals x[ABREAST])
{
    words far[ABREAST], any = {0};

    for (int u = 0; u < ABREAST; u++) any |= far[u] = (words)(x[u] < all_of(-708));
    if (is_any(any))
        for (int u = 0; u < ABREAST; u++) {
            x[u] = choose(far[u], all_of(0.5) * x[u], x[u]);
            x[u] = choose((words)(x[u] < all_of(-708)), all_of(-708), x[u]);
        }
    exp_abreast(x, ABREAST);
    if (is_any(any))
        for (int u = 0; u < ABREAST; u++) x[u] = choose(far[u], x[u] * x[u], x[u]);
}

/* (1 − p_t)^γ by its logarithm as two doubles. */
static inline void powers_of(const struct loss_points *p, size_t i, reals gamma, reals power[ABREAST])
{
    reals rest[ABREAST];

    for (int u = 0; u < ABREAST; u++, i += LANES) {
        reals high = reals_at(p->term[TERM_LOG_REST] + i), x = gamma * high;

        rest[u] = product_rest(gamma, high, x) + gamma * reals_at(p->term[TERM_LOG_REST_LOW] + i);
        /* beyond, the power is 0 and rest may be infinite */
        rest[u] = choose((words)(x > all_of(-1500)), rest[u], all_of(0));
        power[u] = x;
    }
    decay(power);
    for (int u = 0; u < ABREAST; u++) power[u] += power[u] * rest[u];
}

/* FL and CE (γ = 0): (1 − p_t)^γ CE, and (1 − p_t)^γ (1 − p_t − γ p_t log p_t). */
static void focal(const struct loss_points *p, size_t n, const double *param, double *value, double *slope)
{
    reals gamma = all_of(param[0]), power[ABREAST];

    for (size_t i = 0; i < n;) {
        powers_of(p, i, gamma, power);
        for (int u = 0; u < ABREAST; u++, i += LANES) {
            put_reals(value + i, power[u] * reals_at(p->term[TERM_CE] + i));
            if (slope)
                put_reals(slope + i, power[u] * (reals_at(p->term[TERM_REST] + i) +
                                                 gamma * reals_at(p->term[TERM_PLP] + i)));
        }
    }
}

/* log(1 + y), 0 ≤ y ≤ 1: 2 artanh(y / (2 + y)) by its series. */
static inline void logs_of_1_and(reals y[ABREAST])
{
    reals z[ABREAST], square[ABREAST], sum[ABREAST];

    for (int u = 0; u < ABREAST; u++) {
        z[u] = y[u] / (2 + y[u]);
        square[u] = z[u] * z[u];
        sum[u] = all_of(0);
    }
    for (int k = 33; k >= 3; k -= 2)
        for (int u = 0; u < ABREAST; u++) sum[u] = (sum[u] + all_of(1.0 / k)) * square[u];
    for (int u = 0; u < ABREAST; u++) y[u] = 2 * (z[u] + z[u] * sum[u]);
}

/* FL* = −log σ(u) / γ, u = γ x_t + β, and 1 − σ(u), by e^−|u|. */
static void star(const struct loss_points *p, size_t n, const double *param, double *value, double *slope)
{
    for (size_t i = 0; i < n;) {
        reals xt[ABREAST], e[ABREAST], log[ABREAST];
        words hard[ABREAST];

        for (int u = 0; u < ABREAST; u++) {
            reals x = -reals_at(p->term[TERM_CE] + i + (size_t)u * LANES) -
                      reals_at(p->term[TERM_LOG_REST] + i + (size_t)u * LANES);

            e[u] = all_of(param[0]) * x + all_of(param[1]);
            hard[u] = (words)(e[u] < all_of(0));
            e[u] = choose(hard[u], e[u], -e[u]);
            xt[u] = x;
        }
        decay(e);
        memcpy(log, e, sizeof log);
        logs_of_1_and(log);
        for (int u = 0; u < ABREAST; u++, i += LANES) {
            put_reals(value + i, choose(hard[u], -xt[u] - all_of(param[1] / param[0]), all_of(0)) +
                                     log[u] / all_of(param[0]));
            if (slope) put_reals(slope + i, choose(hard[u], all_of(1), e[u]) / (1 + e[u]));
        }
    }
}

extern loss_lanes *const ISA_OWN(loss_lanes)[LOSS_VECTORS];
loss_lanes *const ISA_OWN(loss_lanes)[LOSS_VECTORS] = {NULL, focal, star};
