/* focal_split.c: focal losses that are one thing below a p_t and another from it on */
#include "loss/internal.h"
#include "loss/tail.h"

#include <math.h>

/* Whether p_t ≥ limit, and the cut that parts these rows from the harder ones. */
static bool reaches(const struct tail_terms *t, double limit)
{
    return tail_compare((double)t->tail, tail_of_pt(limit)) >= 0;
}

static size_t kink_at(double limit, double tail[LOSS_KINKS])
{
    tail[0] = limit >= 0.5 ? 1 - limit : -nextafter(limit, 0);
    return limit > 0 && limit < 1;
}

/* FLSD: FL with one γ for p_t below the split and another from it on. */
static double flsd_value(const struct tail_terms *t, int side, const double *param)
{
    return loss_focal_value(t, side, reaches(t, param[2]) ? param + 1 : param);
}

static double flsd_slope(const struct tail_terms *t, int side, const double *param)
{
    return loss_focal_slope(t, side, reaches(t, param[2]) ? param + 1 : param);
}

static size_t flsd_kinks(const double *param, double tail[LOSS_KINKS])
{
    return kink_at(param[2], tail);
}

static long double threshold_power(const double *param)
{
    return loss_power(param[1], param[0]);
}

/* RFL: CE for p_t below the threshold t, then ((1 − p_t) / t)^γ CE. */
static double reduced_value(const struct tail_terms *t, int side, const double *param)
{
    if (!reaches(t, param[1])) return loss_ce_value(t, side, param);
    return (double)(loss_focal_value(t, side, param) / threshold_power(param));
}

static double reduced_slope(const struct tail_terms *t, int side, const double *param)
{
    if (!reaches(t, param[1])) return loss_ce_slope(t, side, param);
    return (double)(loss_focal_slope(t, side, param) / threshold_power(param));
}

static size_t reduced_kinks(const double *param, double tail[LOSS_KINKS])
{
    return kink_at(param[1], tail);
}

const struct loss loss_focal_flsd = {
    .name = "focal-flsd",
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
                    "(p > 0 ? (p < split ? gamma_hard : gamma_easy) * p * log(p) : 0))",
};

const struct loss loss_reduced_focal = {
    .name = "reduced-focal",
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
    .script_slope = "p < threshold ? 1 - p : ((1 - p) / threshold)**gamma * (1 - p - gamma * p * log(p))",
};
