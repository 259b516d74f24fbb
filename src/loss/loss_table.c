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

/* Poly-1: CE + ε (1 − p_t), eq. 3 of Leng et al. */
static double poly_value(double tail, int side, const double *param)
{
    (void)side;
    return -tail_lp(tail) + param[0] * tail_qt(tail);
}

static double poly_slope(double tail, int side, const double *param)
{
    (void)side;
    return tail_qt(tail) * (1 + param[0] * tail_pt(tail));
}

/* The same on focal loss: FL + ε (1 − p_t)^(γ + 1). */
static double poly_focal_value(double tail, int side, const double *param)
{
    return focal_value(tail, side, param) + param[1] * modulator(tail, param[0] + 1);
}

static double poly_focal_slope(double tail, int side, const double *param)
{
    return focal_slope(tail, side, param) +
           param[1] * (param[0] + 1) * modulator(tail, param[0] + 1) * tail_pt(tail);
}

/* Whether p_t ≥ limit, and the cut that parts these rows from the harder ones. */
static bool reaches(double tail, double limit)
{
    return tail_compare(tail, tail_of_pt(limit)) >= 0;
}

static size_t kink_at(double limit, double tail[LOSS_KINKS])
{
    tail[0] = limit >= 0.5 ? 1 - limit : -nextafter(limit, 0);
    return limit > 0 && limit < 1;
}

/* FLSD: FL with one γ for p_t below the split and another from it on. */
static double flsd_value(double tail, int side, const double *param)
{
    return focal_value(tail, side, reaches(tail, param[2]) ? param + 1 : param);
}

static double flsd_slope(double tail, int side, const double *param)
{
    return focal_slope(tail, side, reaches(tail, param[2]) ? param + 1 : param);
}

static size_t flsd_kinks(const double *param, double tail[LOSS_KINKS])
{
    return kink_at(param[2], tail);
}

/* RFL: CE for p_t below the threshold t, then ((1 − p_t) / t)^γ CE. */
static double reduced_value(double tail, int side, const double *param)
{
    if (!reaches(tail, param[1])) return ce_value(tail, side, param);
    return focal_value(tail, side, param) / pow(param[1], param[0]);
}

static double reduced_slope(double tail, int side, const double *param)
{
    if (!reaches(tail, param[1])) return ce_slope(tail, side, param);
    return focal_slope(tail, side, param) / pow(param[1], param[0]);
}

static size_t reduced_kinks(const double *param, double tail[LOSS_KINKS])
{
    return kink_at(param[1], tail);
}

/* GCE: (1 − p_t^q) / q; its limit for q → 0 is CE. */
static double generalized_value(double tail, int side, const double *param)
{
    (void)side;
    return -expm1(param[0] * tail_lp(tail)) / param[0];
}

static double generalized_slope(double tail, int side, const double *param)
{
    (void)side;
    return exp(param[0] * tail_lp(tail)) * tail_qt(tail);
}

/* CE against y (1 − ε) + ε / 2: −(1 − ε/2) log p_t − ε/2 log(1 − p_t). */
static double smoothed_value(double tail, int side, const double *param)
{
    double half = param[0] / 2;

    (void)side;
    return (1 - half) * -tail_lp(tail) + (half > 0 ? half * -tail_lq(tail) : 0);
}

/* |σ(x) − y smoothed| = |1 − p_t − ε/2|. */
static double smoothed_slope(double tail, int side, const double *param)
{
    (void)side;
    return fabs(tail_qt(tail) - param[0] / 2);
}

static size_t smoothed_kinks(const double *param, double tail[LOSS_KINKS])
{
    tail[0] = param[0] / 2; /* the slope is 0 there */
    return param[0] > 0;
}

/* SCE: w CE − r A (1 − p_t): cross-entropy, and the reverse one with log 0 = A. */
static double symmetric_value(double tail, int side, const double *param)
{
    (void)side;
    return param[0] * -tail_lp(tail) - param[1] * param[2] * tail_qt(tail);
}

static double symmetric_slope(double tail, int side, const double *param)
{
    (void)side;
    return tail_qt(tail) * (param[0] - param[1] * param[2] * tail_pt(tail));
}

/* p = P(y = 1), of which losses of sets are made. */
static double probability(double tail, int side, const double *param)
{
    (void)param;
    return side != 0 ? tail_pt(tail) : tail_qt(tail);
}

static double probability_slope(double tail, int side, const double *param)
{
    (void)side, (void)param;
    return tail_pt(tail) * tail_qt(tail);
}

/* Dice loss: 1 − (2 Σ p y + s) / (Σ p + Σ y + s). */
static double dice_set(double both, double predicted, double actual, const double *param)
{
    return 1 - (2 * both + param[0]) / (predicted + actual + param[0]);
}

/* Jaccard loss: 1 − (Σ p y + s) / (Σ p + Σ y − Σ p y + s). */
static double jaccard_set(double both, double predicted, double actual, const double *param)
{
    return 1 - (both + param[0]) / (predicted + actual - both + param[0]);
}

/* Tversky loss: 1 − (Σ p y + s) / (Σ p y + α Σ p (1 − y) + β Σ (1 − p) y + s). */
static double tversky_set(double both, double predicted, double actual, const double *param)
{
    return 1 -
           (both + param[2]) / (both + param[0] * (predicted - both) + param[1] * (actual - both) + param[2]);
}

/* Its power γ. */
static double focal_tversky_set(double both, double predicted, double actual, const double *param)
{
    return pow(tversky_set(both, predicted, actual, param), param[3]);
}

/* Parameters and formulas that several rows share. */
#define GAMMA_OF(power)                                                                                      \
    .name = "gamma", .symbol = "γ", .script = "G", .help = "the focusing parameter", .standard = 2,          \
    .most = INFINITY, .exponent = power, .list = PARAM_GAMMA
#define GAMMA          GAMMA_OF(1)
#define GAMMA_OF_RATIO GAMMA_OF(2), .above = true
#define BETA                                                                                                 \
    .name = "beta", .symbol = "β", .script = "B", .help = "the shift", .least = -1e6, .most = 1e6,           \
    .list = PARAM_BETA
#define EPSILON .name = "epsilon", .symbol = "ε", .script = "(tex ? '$\\epsilon$' : 'ε')"
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
#define SET_FORMULAS                                                                                         \
    .sided = true, .value = probability, .slope = probability_slope, .function = "P",                        \
    .script_value = "y ? p : 1 - p", .script_slope = "p * (1 - p)"
#define SMOOTH                                                                                               \
    .name = "smooth", .symbol = "s", .script = "'s'", .help = "added above and below", .standard = 1,        \
    .most = 1e9
#define TVERSKY                                                                                              \
    {.name = "alpha",                                                                                        \
     .symbol = "α",                                                                                          \
     .script = "A",                                                                                          \
     .help = "the weight of false positives",                                                                \
     .standard = 0.3,                                                                                        \
     .most = 1e6},                                                                                           \
        {.name = "beta",                                                                                     \
         .symbol = "β",                                                                                      \
         .script = "B",                                                                                      \
         .help = "the weight of false negatives",                                                            \
         .standard = 0.7,                                                                                    \
         .most = 1e6},                                                                                       \
    {                                                                                                        \
        SMOOTH                                                                                               \
    }

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
     .param = {{GAMMA_OF_RATIO}, {BETA}},
     STAR_FORMULAS},
    {.name = "balanced-focal-star",
     .symbol = "αFL*",
     .formula = "-α_t log(σ(γ x_t + β)) / γ",
     .source = "appendix A",
     .param = {{GAMMA_OF_RATIO}, {BETA}},
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
                .exponent = 1},
               {.name = "gamma_neg",
                .symbol = "γ-",
                .script = "(tex ? '$\\gamma_-$' : 'γ−')",
                .help = "the power of negatives",
                .standard = 4,
                .most = INFINITY,
                .exponent = 1},
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
    {.name = "poly1",
     .symbol = "Poly-1",
     .formula = "-log(p_t) + ε (1 - p_t)",
     .source = "Leng et al. 2022, arXiv 2204.12511",
     .param = {{EPSILON, .help = "the weight of 1 - p_t", .standard = 1, .least = -1, .most = 1e6}},
     .value = poly_value,
     .slope = poly_slope,
     .function = "PO",
     .script_value = "p > 0 ? -log(p) + epsilon * (1 - p) : NaN",
     .script_slope = "(1 - p) * (1 + epsilon * p)"},
    {.name = "poly1-focal",
     .symbol = "Poly-1 FL",
     .formula = "-(1 - p_t)^γ log(p_t) + ε (1 - p_t)^(γ+1)",
     .source = "Leng et al. 2022, arXiv 2204.12511",
     .param = {{GAMMA},
               {EPSILON, .help = "the weight of (1 - p_t)^(γ+1)", .standard = 1, .least = -1, .most = 1e6}},
     .value = poly_focal_value,
     .slope = poly_focal_slope,
     .function = "PF",
     .script_value = "p > 0 ? -(1 - p)**gamma * log(p) + epsilon * (1 - p)**(gamma + 1) : NaN",
     .script_slope = "(1 - p)**gamma * (1 - p - (p > 0 ? gamma * p * log(p) : 0) + "
                     "epsilon * (gamma + 1) * p * (1 - p))"},
    {.name = "focal-flsd",
     .symbol = "FLSD",
     .formula = "-(1 - p_t)^γ log(p_t), γ by p_t < split or not",
     .source = "Mukhoti et al. 2020, arXiv 2002.09437",
     .param = {{.name = "gamma_hard",
                .symbol = "γ",
                .script = "G",
                .help = "the power below the split",
                .standard = 5,
                .most = INFINITY,
                .exponent = 1},
               {.name = "gamma_easy",
                .symbol = "γ",
                .script = "G",
                .help = "the power from the split on",
                .standard = 3,
                .most = INFINITY,
                .exponent = 1},
               {.name = "split",
                .symbol = "split",
                .script = "'split'",
                .help = "the p_t that parts them",
                .standard = 0.2,
                .most = 1}},
     .unsorted = true,
     .value = flsd_value,
     .slope = flsd_slope,
     .kinks = flsd_kinks,
     .function = "SD",
     .script_value = "p > 0 ? -(1 - p)**(p < split ? gamma_hard : gamma_easy) * log(p) : NaN",
     .script_slope = "(1 - p)**(p < split ? gamma_hard : gamma_easy) * (1 - p - "
                     "(p > 0 ? (p < split ? gamma_hard : gamma_easy) * p * log(p) : 0))"},
    {.name = "reduced-focal",
     .symbol = "RFL",
     .formula = "-((1 - p_t) / t)^γ log(p_t) from p_t = t on, -log(p_t) below",
     .source = "Sergievskiy and Ponamarev 2019, arXiv 1903.01347",
     .param = {{GAMMA},
               {.name = "threshold",
                .symbol = "t",
                .script = "(tex ? '$t$' : 't')",
                .help = "the p_t below which it is CE",
                .standard = 0.5,
                .most = 1,
                .above = true}},
     .unsorted = true,
     .value = reduced_value,
     .slope = reduced_slope,
     .kinks = reduced_kinks,
     .function = "RF",
     .script_value = "p > 0 ? -(p < threshold ? 1 : ((1 - p) / threshold)**gamma) * log(p) : NaN",
     .script_slope = "p < threshold ? 1 - p : ((1 - p) / threshold)**gamma * (1 - p - gamma * p * log(p))"},
    {.name = "generalized-ce",
     .symbol = "GCE",
     .formula = "(1 - p_t^q) / q",
     .source = "Zhang and Sabuncu 2018, arXiv 1805.07836",
     .param = {{.name = "q",
                .symbol = "q",
                .script = "(tex ? '$q$' : 'q')",
                .help = "0 would be CE, 1 is the mean absolute error",
                .standard = 0.7,
                .most = 1,
                .above = true}},
     .value = generalized_value,
     .slope = generalized_slope,
     .function = "GCE",
     .script_value = "(1 - p**q) / q",
     .script_slope = "p**q * (1 - p)"},
    {.name = "smoothed-ce",
     .symbol = "LS-CE",
     .formula = "-(1 - ε/2) log(p_t) - ε/2 log(1 - p_t)",
     .source = "Szegedy et al. 2016, arXiv 1512.00567",
     .param = {{EPSILON, .help = "what two classes are smoothed by", .standard = 0.1, .most = 1}},
     .unsorted = true,
     .value = smoothed_value,
     .slope = smoothed_slope,
     .kinks = smoothed_kinks,
     .function = "LS",
     .script_value = "p > 0 && p < 1 ? -(1 - epsilon/2) * log(p) - epsilon/2 * log(1 - p) : NaN",
     .script_slope = "abs(1 - p - epsilon/2)"},
    {.name = "symmetric-ce",
     .symbol = "SCE",
     .formula = "-w log(p_t) - r A (1 - p_t)",
     .source = "Wang et al. 2019, arXiv 1908.06112",
     .param = {{.name = "weight",
                .symbol = "w",
                .script = "(tex ? '$w$' : 'w')",
                .help = "of cross-entropy",
                .standard = 0.1,
                .most = 1e6},
               {.name = "reverse",
                .symbol = "r",
                .script = "(tex ? '$r$' : 'r')",
                .help = "of the reverse cross-entropy",
                .standard = 1,
                .most = 1e6},
               {.name = "log_zero",
                .symbol = "A",
                .script = "(tex ? '$A$' : 'A')",
                .help = "what stands for log 0",
                .standard = -4,
                .least = -1e6}},
     .value = symmetric_value,
     .slope = symmetric_slope,
     .function = "SCE",
     .script_value = "p > 0 ? -weight * log(p) - reverse * log_zero * (1 - p) : NaN",
     .script_slope = "(1 - p) * (weight - reverse * log_zero * p)"},
    {.name = "dice",
     .symbol = "Dice",
     .formula = "1 - (2 Σ p y + s) / (Σ p + Σ y + s)",
     .source = "Milletari et al. 2016, arXiv 1606.04797",
     .param = {{SMOOTH}},
     .set = dice_set,
     SET_FORMULAS},
    {.name = "jaccard",
     .symbol = "Jaccard",
     .formula = "1 - (Σ p y + s) / (Σ p + Σ y - Σ p y + s)",
     .source = "Rahman and Wang 2016",
     .param = {{SMOOTH}},
     .set = jaccard_set,
     SET_FORMULAS},
    {.name = "tversky",
     .symbol = "Tversky",
     .formula = "1 - (TP + s) / (TP + α FP + β FN + s), TP = Σ p y, FP = Σ p (1-y), FN = Σ (1-p) y",
     .source = "Salehi et al. 2017, arXiv 1706.05721",
     .param = {TVERSKY},
     .set = tversky_set,
     SET_FORMULAS},
    {.name = "focal-tversky",
     .symbol = "focal Tversky",
     .formula = "the γ-th power of tversky",
     .source = "Abraham and Khan 2019, arXiv 1810.07842",
     .param = {TVERSKY,
               {.name = "gamma",
                .symbol = "γ",
                .script = "G",
                .help = "the power",
                .standard = 0.75,
                .most = 1e6}},
     .set = focal_tversky_set,
     SET_FORMULAS},
};
const size_t loss_count = sizeof loss_table / sizeof *loss_table;
