/* asymmetric.c: asymmetric loss: focal loss with a power for each side, and a margin for negatives */
#include "loss/internal.h"
#include "loss/tail.h"

#include <math.h>

/* p_m = max(p − m, 0), the shifted probability of a negative; p = 1 − p_t. */
static long double shifted(const struct tail_terms *t, double margin)
{
    return fmaxl(0, t->q - margin);
}

/* ASL, as its paper writes it: L+ = −(1 − p)^γ+ log p, L− = −p_m^γ− log(1 − p_m), p_m = max(p − m, 0). */
static double asl_value(const struct tail_terms *t, int side, const double *param)
{
    long double pm;

    if (side != 0 || param[2] == 0) return loss_focal_value(t, side, side != 0 ? param : param + 1);
    pm = shifted(t, param[2]);
    return pm > 0 ? (double)(loss_power(pm, param[1]) * -log1pl(-pm)) : 0;
}

/* |dL+/dx| as of FL; |dL−/dx| = p (1 − p) p_m^γ− (1 / (1 − p_m) − γ− log(1 − p_m) / p_m). */
static double asl_slope(const struct tail_terms *t, int side, const double *param)
{
    long double pm;

    if (side != 0 || param[2] == 0) return loss_focal_slope(t, side, side != 0 ? param : param + 1);
    pm = shifted(t, param[2]);
    if (!(pm > 0)) return 0;
    return (double)(t->p * t->q * loss_power(pm, param[1]) * (1 / (1 - pm) - param[1] * log1pl(-pm) / pm));
}

/* Where p = m. */
static size_t asl_kinks(const double *param, double tail[LOSS_KINKS])
{
    tail[0] = tail_of_prob(param[2], false);
    return param[2] > 0 && param[2] < 1;
}

const struct loss loss_asl = {
    .name = "asl",
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
                    "gamma_neg * log(p + margin) / (1 - p - margin)) : 0",
};
