/* focal.c: cross-entropy and focal loss, and both times α_t */
#include "loss/internal.h"
#include "loss/tail.h"

#include <math.h>

enum { MOST_PRODUCTS = 16 };

static bool is_product(double power)
{
    return power == floor(power) && power <= MOST_PRODUCTS;
}

static long double product(long double x, int power)
{
    long double all = 1;

    for (; power > 0; power >>= 1, x *= x)
        if (power & 1) all *= x;
    return all;
}

long double loss_power(long double x, double power)
{
    return is_product(power) ? product(x, (int)power) : expl(power * logl(x));
}

/* (1 − p_t)^γ with 0^0 = 1. */
long double loss_modulator(const struct tail_terms *t, double gamma)
{
    return is_product(gamma) ? product(t->q, (int)gamma) : expl(gamma * t->lq);
}

/* CE = −log p_t, eq. 1. */
double loss_ce_value(const struct tail_terms *t, int side, const double *param)
{
    (void)side, (void)param;
    return (double)-t->lp;
}

/* |dCE/dx| = 1 − p_t, eq. 9. */
double loss_ce_slope(const struct tail_terms *t, int side, const double *param)
{
    (void)side, (void)param;
    return (double)t->q;
}

/* FL(p_t) = −(1 − p_t)^γ log p_t, eq. 4; γ = 0 is CE, eq. 1. */
double loss_focal_value(const struct tail_terms *t, int side, const double *param)
{
    long double ce = -t->lp;

    (void)side;
    return (double)(param[0] == 0 || ce == 0 ? ce : loss_modulator(t, param[0]) * ce);
}

/* |dFL/dx| = (1 − p_t)^γ (1 − p_t − γ p_t log p_t), eq. 10 (appendix B); γ = 0: 1 − p_t, eq. 9. */
double loss_focal_slope(const struct tail_terms *t, int side, const double *param)
{
    long double plp = t->tail <= -1 ? 0 : t->p * t->lp;

    (void)side;
    return (double)(loss_modulator(t, param[0]) * (t->q - param[0] * plp));
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
