/* focal.c: cross-entropy and focal loss, and both times α_t */
#include "loss/internal.h"
#include "loss/tail.h"

#include <math.h>

/* (1 − p_t)^γ with 0^0 = 1. */
double loss_modulator(double tail, double gamma)
{
    double log_rest, x;

    if (gamma == 0) return 1;
    if (!signbit(tail) && tail < 1) return pow(tail, gamma);
    log_rest = tail_lq(tail);
    x = gamma * log_rest;
    return exp(x) * (1 + fma(gamma, log_rest, -x)); /* with what the product's rounding lost */
}

/* CE = −log p_t, eq. 1. */
double loss_ce_value(double tail, int side, const double *param)
{
    (void)side, (void)param;
    return -tail_lp(tail);
}

/* |dCE/dx| = 1 − p_t, eq. 9. */
double loss_ce_slope(double tail, int side, const double *param)
{
    (void)side, (void)param;
    return tail_qt(tail);
}

/* FL(p_t) = −(1 − p_t)^γ log p_t, eq. 4; γ = 0 is CE, eq. 1. */
double loss_focal_value(double tail, int side, const double *param)
{
    double ce = -tail_lp(tail);

    (void)side;
    return param[0] == 0 || ce == 0 ? ce : loss_modulator(tail, param[0]) * ce;
}

/* |dFL/dx| = (1 − p_t)^γ (1 − p_t − γ p_t log p_t), eq. 10 (appendix B); γ = 0: 1 − p_t, eq. 9. */
double loss_focal_slope(double tail, int side, const double *param)
{
    double plp = tail <= -1 ? 0 : tail_pt(tail) * tail_lp(tail);

    (void)side;
    return loss_modulator(tail, param[0]) * (tail_qt(tail) - param[0] * plp);
}

/* Formulas that two rows share. */
#define CE_FORMULAS                                                                                          \
    .value = loss_ce_value, .slope = loss_ce_slope, .vector = VECTOR_FOCAL, .function = "CE",                \
    .script_value = "p > 0 ? -log(p) : NaN", .script_slope = "1 - p"
#define FOCAL_FORMULAS                                                                                       \
    .value = loss_focal_value, .slope = loss_focal_slope, .vector = VECTOR_FOCAL, .function = "FL",          \
    .script_value = "p > 0 ? -(1 - p)**gamma * log(p) : NaN",                                                \
    .script_slope = "(1 - p)**gamma * (1 - p - (p > 0 ? gamma * p * log(p) : 0))"

const struct loss loss_ce = {
    .name = "ce",
    .symbol = "CE",
    .formula = "-log(p_t)",
    .source = "eq. 1, 2",
    .with_alpha = &loss_balanced_ce,
    CE_FORMULAS,
};

const struct loss loss_balanced_ce = {
    .name = "balanced-ce",
    .symbol = "αCE",
    .formula = "-α_t log(p_t)",
    .source = "eq. 3",
    .balanced = true,
    CE_FORMULAS,
};

const struct loss loss_focal = {
    .name = "focal",
    .symbol = "FL",
    .formula = "-(1 - p_t)^γ log(p_t)",
    .source = "eq. 4",
    .param = {{GAMMA}},
    .at_zero = &loss_ce,
    .with_alpha = &loss_balanced_focal,
    FOCAL_FORMULAS,
};

const struct loss loss_balanced_focal = {
    .name = "balanced-focal",
    .symbol = "αFL",
    .formula = "-α_t (1 - p_t)^γ log(p_t)",
    .source = "eq. 5",
    .param = {{GAMMA}},
    .balanced = true,
    .at_zero = &loss_balanced_ce,
    FOCAL_FORMULAS,
};
