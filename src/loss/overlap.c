/* overlap.c: losses of the overlap of what is predicted and what is there: Dice, Jaccard, Tversky */
#include "loss/internal.h"
#include "loss/tail.h"

#include <math.h>

/* p = P(y = 1), of which losses of sets are made. */
static double probability(const struct tail_terms *t, int side, const double *param)
{
    (void)param;
    return (double)(side != 0 ? t->p : t->q);
}

static double probability_slope(const struct tail_terms *t, int side, const double *param)
{
    (void)side, (void)param;
    return (double)(t->p * t->q);
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

const struct loss loss_dice = {
    .name = "dice",
    .symbol = "Dice",
    .formula = "1 - (2 Σ p y + s) / (Σ p + Σ y + s)",
    .source = "Milletari et al. 2016, arXiv 1606.04797",
    .param = {{SMOOTH}},
    .set = dice_set,
    SET_FORMULAS,
};

const struct loss loss_jaccard = {
    .name = "jaccard",
    .symbol = "Jaccard",
    .formula = "1 - (Σ p y + s) / (Σ p + Σ y - Σ p y + s)",
    .source = "Rahman and Wang 2016",
    .param = {{SMOOTH}},
    .set = jaccard_set,
    SET_FORMULAS,
};

const struct loss loss_tversky = {
    .name = "tversky",
    .symbol = "Tversky",
    .formula = "1 - (TP + s) / (TP + α FP + β FN + s), TP = Σ p y, FP = Σ p (1-y), FN = Σ (1-p) y",
    .source = "Salehi et al. 2017, arXiv 1706.05721",
    .param = {TVERSKY},
    .set = tversky_set,
    SET_FORMULAS,
};

const struct loss loss_focal_tversky = {
    .name = "focal-tversky",
    .symbol = "focal Tversky",
    .formula = "the γ-th power of tversky",
    .source = "Abraham and Khan 2019, arXiv 1810.07842",
    .param =
        {TVERSKY,
         {.name = "gamma", .symbol = "γ", .script = "G", .help = "the power", .standard = 0.75, .most = 1e6}},
    .set = focal_tversky_set,
    SET_FORMULAS,
};
