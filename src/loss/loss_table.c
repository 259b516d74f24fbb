/* loss_table.c: the losses: a row each, and their functions */
#include "loss/loss.h"
#include "loss/tail.h"

#include <float.h>
#include <math.h>

/* (1 − p_t)^γ with 0^0 = 1. */
static double modulator(double tail, double gamma)
{
    double log_rest, x;

    if (gamma == 0) return 1;
    if (!signbit(tail) && tail < 1) return pow(tail, gamma);
    log_rest = tail_lq(tail);
    x = gamma * log_rest;
    return exp(x) * (1 + fma(gamma, log_rest, -x)); /* with what the product's rounding lost */
}

/* CE = −log p_t, eq. 1. */
static double ce_value(double tail, int side, const double *param)
{
    (void)side, (void)param;
    return -tail_lp(tail);
}

/* |dCE/dx| = 1 − p_t, eq. 9. */
static double ce_slope(double tail, int side, const double *param)
{
    (void)side, (void)param;
    return tail_qt(tail);
}

/* FL(p_t) = −(1 − p_t)^γ log p_t, eq. 4; γ = 0 is CE, eq. 1. */
static double focal_value(double tail, int side, const double *param)
{
    double ce = -tail_lp(tail);

    (void)side;
    return param[0] == 0 || ce == 0 ? ce : modulator(tail, param[0]) * ce;
}

/* |dFL/dx| = (1 − p_t)^γ (1 − p_t − γ p_t log p_t), eq. 10 (appendix B); γ = 0: 1 − p_t, eq. 9. */
static double focal_slope(double tail, int side, const double *param)
{
    double plp = tail <= -1 ? 0 : tail_pt(tail) * tail_lp(tail);

    (void)side;
    return modulator(tail, param[0]) * (tail_qt(tail) - param[0] * plp);
}

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

/* p_m = max(p − m, 0), the shifted probability of a negative; p = 1 − p_t. */
static double shifted(double tail, double margin)
{
    return fmax(0, tail_qt(tail) - margin);
}

/* ASL, as its paper writes it: L+ = −(1 − p)^γ+ log p, L− = −p_m^γ− log(1 − p_m), p_m = max(p − m, 0). */
static double asl_value(double tail, int side, const double *param)
{
    double pm;

    if (side != 0 || param[2] == 0) return focal_value(tail, side, side != 0 ? param : param + 1);
    pm = shifted(tail, param[2]);
    return pm > 0 ? pow(pm, param[1]) * -log1p(-pm) : 0;
}

/* |dL+/dx| as of FL; |dL−/dx| = p (1 − p) p_m^γ− (1 / (1 − p_m) − γ− log(1 − p_m) / p_m). */
static double asl_slope(double tail, int side, const double *param)
{
    double pm;

    if (side != 0 || param[2] == 0) return focal_slope(tail, side, side != 0 ? param : param + 1);
    pm = shifted(tail, param[2]);
    if (!(pm > 0)) return 0;
    return tail_pt(tail) * tail_qt(tail) * pow(pm, param[1]) * (1 / (1 - pm) - param[1] * log1p(-pm) / pm);
}

/* Where p = m. */
static size_t asl_kinks(const double *param, double tail[LOSS_KINKS])
{
    tail[0] = tail_of_prob(param[2], false);
    return param[2] > 0 && param[2] < 1;
}

/* Parameters and formulas that several rows share. */
#define GAMMA                                                                                                \
    .name = "gamma", .symbol = "γ", .script = "G", .help = "the focusing parameter", .standard = 2,          \
    .most = INFINITY, .exponent = true, .list = PARAM_GAMMA
#define BETA                                                                                                 \
    .name = "beta", .symbol = "β", .script = "B", .help = "the shift", .least = -1e6, .most = 1e6,           \
    .list = PARAM_BETA
#define CE_FORMULAS                                                                                          \
    .value = ce_value, .slope = ce_slope, .vector = VECTOR_FOCAL, .function = "CE",                          \
    .script_value = "p > 0 ? -log(p) : NaN", .script_slope = "1 - p"
#define FOCAL_FORMULAS                                                                                       \
    .value = focal_value, .slope = focal_slope, .vector = VECTOR_FOCAL, .function = "FL",                    \
    .script_value = "p > 0 ? -(1 - p)**gamma * log(p) : NaN",                                                \
    .script_slope = "(1 - p)**gamma * (1 - p - (p > 0 ? gamma * p * log(p) : 0))"
#define STAR_FORMULAS                                                                                        \
    .value = star_value, .slope = star_slope, .vector = VECTOR_STAR, .function = "FS",                       \
    .script_value = "p > 0 ? log(1 + (1/p - 1)**gamma * exp(-beta)) / gamma : NaN",                          \
    .script_slope = "1 / (1 + (1/p - 1)**-gamma * exp(beta))"

const struct loss loss_table[] = {
    {.name = "ce", .symbol = "CE", .formula = "-log(p_t)", .source = "eq. 1, 2", CE_FORMULAS},
    {.name = "balanced-ce",
     .symbol = "αCE",
     .formula = "-α_t log(p_t)",
     .source = "eq. 3",
     .balanced = true,
     CE_FORMULAS},
    {.name = "focal",
     .symbol = "FL",
     .formula = "-(1 - p_t)^γ log(p_t)",
     .source = "eq. 4",
     .param = {{GAMMA}},
     .at_zero = "ce",
     FOCAL_FORMULAS},
    {.name = "balanced-focal",
     .symbol = "αFL",
     .formula = "-α_t (1 - p_t)^γ log(p_t)",
     .source = "eq. 5",
     .param = {{GAMMA}},
     .balanced = true,
     .at_zero = "balanced-ce",
     FOCAL_FORMULAS},
    {.name = "focal-star",
     .symbol = "FL*",
     .formula = "-log(σ(γ x_t + β)) / γ",
     .source = "appendix A, eq. 7, 8",
     .param = {{GAMMA, .above = true}, {BETA}},
     STAR_FORMULAS},
    {.name = "balanced-focal-star",
     .symbol = "αFL*",
     .formula = "-α_t log(σ(γ x_t + β)) / γ",
     .source = "appendix A",
     .param = {{GAMMA, .above = true}, {BETA}},
     .balanced = true,
     STAR_FORMULAS},
    {.name = "asl",
     .symbol = "ASL",
     .formula = "-(1 - p_m)^γ± log(p_m), p_m = min(p_t + m, 1) of negatives",
     .source = "Ridnik et al. 2021, arXiv 2009.14119",
     .param = {{.name = "gamma_pos",
                .symbol = "γ+",
                .script = "(tex ? '$\\gamma_+$' : 'γ+')",
                .help = "the power of positives",
                .most = INFINITY,
                .exponent = true},
               {.name = "gamma_neg",
                .symbol = "γ-",
                .script = "(tex ? '$\\gamma_-$' : 'γ-')",
                .help = "the power of negatives",
                .standard = 4,
                .most = INFINITY,
                .exponent = true},
               {.name = "margin",
                .symbol = "m",
                .script = "(tex ? '$m$' : 'm')",
                .help = "negatives of a smaller probability cost nothing",
                .standard = 0.05,
                .most = 1}},
     .sided = true,
     .value = asl_value,
     .slope = asl_slope,
     .kinks = asl_kinks,
     .function = "ASL",
     .script_value =
         "y ? (p > 0 ? -(1 - p)**gamma_pos * log(p) : NaN) : "
         "1 - p <= margin ? 0 : p + margin > 0 ? -(1 - p - margin)**gamma_neg * log(p + margin) : NaN",
     .script_slope = "y ? (1 - p)**gamma_pos * (1 - p - (p > 0 ? gamma_pos * p * log(p) : 0)) : "
                     "1 - p > margin ? p * (1 - p) * (1 - p - margin)**gamma_neg * (1 / (p + margin) - "
                     "gamma_neg * log(p + margin) / (1 - p - margin)) : 0"},
};
const size_t loss_count = sizeof loss_table / sizeof *loss_table;
