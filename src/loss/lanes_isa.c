/* lanes_isa.c: losses of many points at once, compiled once for each instruction set */
#include "base/cpu.h"
#include "base/simd.h"
#include "loss/lanes.h"

/* e^x, x ≤ 0: where e^x is no normal double, the square of e^(x/2). */
static inline reals decay(reals x)
{
    words far = (words)(x < all_of(-708));
    reals e;

    x = choose(far, all_of(0.5) * x, x);
    e = exp_lanes(choose((words)(x < all_of(-708)), all_of(-708), x));
    return choose(far, e * e, e);
}

/* (1 − p_t)^γ by its logarithm as two doubles. */
static inline reals power_of(const struct loss_points *p, size_t i, reals gamma)
{
    reals high = reals_at(p->term[TERM_LOG_REST] + i), x = gamma * high;
    reals rest = product_rest(gamma, high, x) + gamma * reals_at(p->term[TERM_LOG_REST_LOW] + i),
          e = decay(x);

    return e + e * choose((words)(x > all_of(-1500)), rest,
                          all_of(0)); /* beyond, e is 0 and rest may be infinite */
}

/* FL and CE (γ = 0): (1 − p_t)^γ CE, and (1 − p_t)^γ (1 − p_t − γ p_t log p_t). */
static void focal(const struct loss_points *p, size_t n, const double *param, double *value, double *slope)
{
    reals gamma = all_of(param[0]);

    for (size_t i = 0; i < n; i += LANES) {
        reals power = power_of(p, i, gamma);

        put_reals(value + i, power * reals_at(p->term[TERM_CE] + i));
        if (slope)
            put_reals(slope + i,
                      power * (reals_at(p->term[TERM_REST] + i) + gamma * reals_at(p->term[TERM_PLP] + i)));
    }
}

/* log(1 + y), 0 ≤ y ≤ 1: 2 artanh(y / (2 + y)) by its series. */
static inline reals log_of_1_and(reals y)
{
    reals z = y / (2 + y), square = z * z, sum = all_of(0);

    for (int k = 33; k >= 3; k -= 2) sum = (sum + all_of(1.0 / k)) * square;
    return 2 * (z + z * sum);
}

/* FL* = −log σ(u) / γ, u = γ x_t + β, and 1 − σ(u), by e^−|u|. */
static void star(const struct loss_points *p, size_t n, const double *param, double *value, double *slope)
{
    for (size_t i = 0; i < n; i += LANES) {
        reals xt = -reals_at(p->term[TERM_CE] + i) - reals_at(p->term[TERM_LOG_REST] + i);
        reals u = all_of(param[0]) * xt + all_of(param[1]);
        words hard = (words)(u < all_of(0));
        reals e = decay(choose(hard, u, -u));

        put_reals(value + i, choose(hard, -xt - all_of(param[1] / param[0]), all_of(0)) +
                                 log_of_1_and(e) / all_of(param[0]));
        if (slope) put_reals(slope + i, choose(hard, all_of(1), e) / (1 + e));
    }
}

extern loss_lanes *const ISA_OWN(loss_lanes)[LOSS_VECTORS];
loss_lanes *const ISA_OWN(loss_lanes)[LOSS_VECTORS] = {NULL, focal, star};
