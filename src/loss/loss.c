/* loss.c: the table of losses */
#include "loss/loss.h"
#include "loss/tail.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* (1 − p_t)^γ with 0^0 = 1. */
static double modulator(double s, double gamma)
{
    if (gamma == 0) return 1;
    if (signbit(s)) return exp(gamma * tail_lq(s));
    return pow(s, gamma);
}

/* FL(p_t) = −(1 − p_t)^γ log p_t, eq. 4; γ = 0 is CE, eq. 1. */
static double focal_value(double s, struct loss_at at)
{
    double ce = -tail_lp(s);

    return at.gamma == 0 || ce == 0 ? ce : modulator(s, at.gamma) * ce;
}

/* |dFL/dx| = (1 − p_t)^γ (1 − p_t − γ p_t log p_t), eq. 10 (appendix B); γ = 0: 1 − p_t, eq. 9. */
static double focal_slope(double s, struct loss_at at)
{
    double plp = s <= -1 ? 0 : tail_pt(s) * tail_lp(s);

    return modulator(s, at.gamma) * (tail_qt(s) - at.gamma * plp);
}

static double ce_value(double s, struct loss_at at)
{
    (void)at;
    return -tail_lp(s);
}

static double ce_slope(double s, struct loss_at at)
{
    (void)at;
    return tail_qt(s);
}

/* −log σ(u), without overflow. */
static double softplus_neg(double u)
{
    return u >= 0 ? log1p(exp(-u)) : -u + log1p(exp(u));
}

/* FL* = −log σ(γ x_t + β) / γ, appendix A, eq. 7 and 8. */
static double star_value(double s, struct loss_at at)
{
    double u = at.gamma * tail_xt(s) + at.beta;

    return u < -DBL_MAX / 2 ? -(tail_xt(s) + at.beta / at.gamma) : softplus_neg(u) / at.gamma;
}

/* |dFL* / dx| = 1 − σ(γ x_t + β), eq. 11. */
static double star_slope(double s, struct loss_at at)
{
    double u = at.gamma * tail_xt(s) + at.beta;

    return u >= 0 ? exp(-u) / (1 + exp(-u)) : 1 / (1 + exp(u));
}

const struct loss loss_table[] = {
    {"ce", "CE", "-log(p_t)", "eq. 1, 2", false, false, false, false, false, ce_value, ce_slope},
    {"balanced-ce", "αCE", "-α_t log(p_t)", "eq. 3", true, false, false, false, false, ce_value, ce_slope},
    {"focal", "FL", "-(1 - p_t)^γ log(p_t)", "eq. 4", false, true, false, false, false, focal_value,
     focal_slope},
    {"balanced-focal", "αFL", "-α_t (1 - p_t)^γ log(p_t)", "eq. 5", true, true, false, false, false,
     focal_value, focal_slope},
    {"focal-star", "FL*", "-log(σ(γ x_t + β)) / γ", "appendix A, eq. 7, 8", false, true, true, true, true,
     star_value, star_slope},
    {"balanced-focal-star", "αFL*", "-α_t log(σ(γ x_t + β)) / γ", "appendix A", true, true, true, true, true,
     star_value, star_slope},
};
const size_t loss_count = sizeof loss_table / sizeof *loss_table;

const struct loss *loss_find(const char *name, size_t size)
{
    for (size_t i = 0; i < loss_count; i++)
        if (strlen(loss_table[i].name) == size && memcmp(loss_table[i].name, name, size) == 0)
            return &loss_table[i];
    return NULL;
}
