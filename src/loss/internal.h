/* internal.h: what the files of losses share: parameters, cross-entropy and focal loss as parts of others,
   and their rows */
#ifndef LOSS_INTERNAL_H
#define LOSS_INTERNAL_H

#include "loss/setting.h"

#include <math.h>

/* Parameters that several rows have. */
#define GAMMA_OF(power)                                                                                      \
    .name = "gamma", .symbol = "γ", .script = "G", .help = "the focusing parameter", .standard = 2,          \
    .most = INFINITY, .exponent = power, .list = PARAM_GAMMA
#define GAMMA   GAMMA_OF(1)
#define EPSILON .name = "epsilon", .symbol = "ε", .script = "(tex ? '$\\epsilon$' : 'ε')"

/* Values are worked out in long doubles, so that they are the nearest doubles, or nearly. */

/* x^power, 0^0 = 1. */
long double loss_power(long double x, double power);
/* (1 − p_t)^γ, 0^0 = 1. */
long double loss_modulator(const struct tail_terms *t, double gamma);
/* CE, and FL of param[0] = γ: as value and slope of struct loss. */
double loss_ce_value(const struct tail_terms *t, int side, const double *param);
double loss_ce_slope(const struct tail_terms *t, int side, const double *param);
double loss_focal_value(const struct tail_terms *t, int side, const double *param);
double loss_focal_slope(const struct tail_terms *t, int side, const double *param);

/* The rows that loss.h does not name. */
extern const struct loss loss_balanced_focal_star, loss_asl, loss_poly1, loss_poly1_focal, loss_focal_flsd,
    loss_reduced_focal, loss_generalized_ce, loss_smoothed_ce, loss_symmetric_ce, loss_dice, loss_jaccard,
    loss_tversky, loss_focal_tversky, loss_ohem, loss_ghm_c;

/* Whether a text is a weighted sum, and reading it: as setting_parse. */
bool sum_is_one(const char *text, size_t size);
bool sum_parse(const char *text, size_t size, struct setting *out, struct diag *d);

#endif
