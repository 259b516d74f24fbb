/* ce_variants.c: cross-entropy made for labels that may be wrong */
#include "loss/internal.h"
#include "loss/tail.h"

#include <math.h>

/* GCE: (1 − p_t^q) / q; its limit for q → 0 is CE. */
static double generalized_value(const struct tail_terms *t, int side, const double *param)
{
    (void)side;
    return (double)(-expm1l(param[0] * t->lp) / param[0]);
}

static double generalized_slope(const struct tail_terms *t, int side, const double *param)
{
    (void)side;
    return (double)(expl(param[0] * t->lp) * t->q);
}

/* CE against y (1 − ε) + ε / 2: −(1 − ε/2) log p_t − ε/2 log(1 − p_t). */
static double smoothed_value(const struct tail_terms *t, int side, const double *param)
{
    long double half = param[0] / 2;

    (void)side;
    return (double)((1 - half) * -t->lp + (half > 0 ? half * -t->lq : 0));
}

/* y smoothed − σ(x), of negatives with the other sign: 1 − p_t − ε/2. */
static double smoothed_slope(const struct tail_terms *t, int side, const double *param)
{
    (void)side;
    return (double)(t->q - param[0] / 2);
}

static size_t smoothed_kinks(const double *param, double tail[LOSS_KINKS])
{
    tail[0] = param[0] / 2; /* the slope is 0 there */
    return param[0] > 0;
}

/* SCE: w CE − r A (1 − p_t): cross-entropy, and the reverse one with log 0 = A. */
static double symmetric_value(const struct tail_terms *t, int side, const double *param)
{
    (void)side;
    return (double)(param[0] * -t->lp - (long double)param[1] * param[2] * t->q);
}

static double symmetric_slope(const struct tail_terms *t, int side, const double *param)
{
    (void)side;
    return (double)(t->q * (param[0] - (long double)param[1] * param[2] * t->p));
}

const struct loss loss_generalized_ce = {
    .name = "generalized-ce",
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
    .script_slope = "p**q * (1 - p)",
};

const struct loss loss_smoothed_ce = {
    .name = "smoothed-ce",
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
    .script_slope = "abs(1 - p - epsilon/2)",
};

const struct loss loss_symmetric_ce = {
    .name = "symmetric-ce",
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
    .script_slope = "(1 - p) * (weight - reverse * log_zero * p)",
};
