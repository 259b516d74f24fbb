/* poly.c: cross-entropy and focal loss with one more term of a polynomial in 1 − p_t */
#include "loss/internal.h"
#include "loss/tail.h"

/* Poly-1: CE + ε (1 − p_t), eq. 3 of Leng et al. At ε = −1 the first power of 1 − p_t cancels: CE is 1 − p_t
   and its excess, and no term here is below 0. */
static double poly_value(const struct tail_terms *t, int side, const double *param)
{
    (void)side;
    return (double)((1 + (long double)param[0]) * t->q + tail_excess(t));
}

static double poly_slope(const struct tail_terms *t, int side, const double *param)
{
    (void)side;
    return (double)(t->q * (t->q + (1 + (long double)param[0]) * t->p));
}

/* The same on focal loss: FL + ε (1 − p_t)^(γ + 1). */
static double poly_focal_value(const struct tail_terms *t, int side, const double *param)
{
    (void)side;
    return (double)(loss_modulator(t, param[0]) * ((1 + (long double)param[1]) * t->q + tail_excess(t)));
}

static double poly_focal_slope(const struct tail_terms *t, int side, const double *param)
{
    long double p = t->p, q = t->q,
                linear = (1 + (long double)param[1]) * (1 + (long double)param[0]) * p * q,
                excess = t->tail <= -1 ? 0 : param[0] * p * tail_excess(t);

    (void)side;
    return (double)(loss_modulator(t, param[0]) * (q * q + linear + excess));
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
