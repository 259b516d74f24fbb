/* focal_star.c: FL*, of the appendix of the paper on focal loss */
#include "loss/internal.h"
#include "loss/tail.h"

#include <math.h>

/* −log σ(u), without overflow. */
static long double softplus_neg(long double u)
{
    return u >= 0 ? log1pl(expl(-u)) : -u + log1pl(expl(u));
}

/* γ x_t + β */
static long double star_argument(const struct tail_terms *t, const double *param)
{
    long double xt = fabsl(t->tail) >= 1 ? t->tail : t->lp - t->lq;

    return param[0] * xt + param[1];
}

/* FL* = −log σ(γ x_t + β) / γ, appendix A, eq. 7 and 8. */
static double star_value(const struct tail_terms *t, int side, const double *param)
{
    (void)side;
    return (double)(softplus_neg(star_argument(t, param)) / param[0]);
}

/* |dFL* / dx| = 1 − σ(γ x_t + β), eq. 11. */
static double star_slope(const struct tail_terms *t, int side, const double *param)
{
    long double u = star_argument(t, param);

    (void)side;
    return (double)(u >= 0 ? expl(-u) / (1 + expl(-u)) : 1 / (1 + expl(u)));
}

#define GAMMA_OF_RATIO GAMMA_OF(2), .above = true
#define BETA                                                                                                 \
    .name = "beta", .symbol = "β", .script = "B", .help = "the shift", .least = -1e6, .most = 1e6,           \
    .list = PARAM_BETA
#define STAR_FORMULAS                                                                                        \
    .value = star_value, .slope = star_slope, .vector = VECTOR_STAR, .function = "FS",                       \
    .script_value = "p > 0 ? log(1 + (1/p - 1)**gamma * exp(-beta)) / gamma : NaN",                          \
    .script_slope = "1 / (1 + (1/p - 1)**-gamma * exp(beta))"

const struct loss loss_focal_star = {
    .name = "focal-star",
    .symbol = "FL*",
    .formula = "-log(σ(γ x_t + β)) / γ",
    .source = "appendix A, eq. 7, 8",
    .with_alpha = &loss_balanced_focal_star,
    .param = {{GAMMA_OF_RATIO}, {BETA}},
    STAR_FORMULAS,
};

const struct loss loss_balanced_focal_star = {
    .name = "balanced-focal-star",
    .symbol = "αFL*",
    .formula = "-α_t log(σ(γ x_t + β)) / γ",
    .source = "appendix A",
    .param = {{GAMMA_OF_RATIO}, {BETA}},
    .balanced = true,
    STAR_FORMULAS,
};
