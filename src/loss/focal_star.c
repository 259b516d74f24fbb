/* focal_star.c: FL*, of the appendix of the paper on focal loss */
#include "loss/internal.h"
#include "loss/tail.h"

#include <float.h>
#include <math.h>

/* −log σ(u), without overflow. */
static double softplus_neg(double u)
{
    return u >= 0 ? log1p(exp(-u)) : -u + log1p(exp(u));
}

/* FL* = −log σ(γ x_t + β) / γ, appendix A, eq. 7 and 8. */
static double star_value(double tail, int side, const double *param)
{
    double u = param[0] * tail_xt(tail) + param[1];

    (void)side;
    return u < -DBL_MAX / 2 ? -(tail_xt(tail) + param[1] / param[0]) : softplus_neg(u) / param[0];
}

/* |dFL* / dx| = 1 − σ(γ x_t + β), eq. 11. */
static double star_slope(double tail, int side, const double *param)
{
    double u = param[0] * tail_xt(tail) + param[1];

    (void)side;
    return u >= 0 ? exp(-u) / (1 + exp(-u)) : 1 / (1 + exp(u));
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
