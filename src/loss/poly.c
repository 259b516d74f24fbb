/* poly.c: cross-entropy and focal loss with one more term of a polynomial in 1 − p_t */
#include "loss/internal.h"
#include "loss/tail.h"

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
    return loss_focal_value(tail, side, param) + param[1] * loss_modulator(tail, param[0] + 1);
}

static double poly_focal_slope(double tail, int side, const double *param)
{
    return loss_focal_slope(tail, side, param) +
           param[1] * (param[0] + 1) * loss_modulator(tail, param[0] + 1) * tail_pt(tail);
}

const struct loss loss_poly1 = {
    .name = "poly1",
    .symbol = "Poly-1",
    .formula = "-log(p_t) + ε (1 - p_t)",
    .source = "Leng et al. 2022, arXiv 2204.12511",
    .param = {{EPSILON, .help = "the weight of 1 - p_t", .standard = 1, .least = -1, .most = 1e6}},
    .value = poly_value,
    .slope = poly_slope,
    .function = "PO",
    .script_value = "p > 0 ? -log(p) + epsilon * (1 - p) : NaN",
    .script_slope = "(1 - p) * (1 + epsilon * p)",
};

const struct loss loss_poly1_focal = {
    .name = "poly1-focal",
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
                    "epsilon * (gamma + 1) * p * (1 - p))",
};
