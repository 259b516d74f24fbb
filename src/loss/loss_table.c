/* loss_table.c: the losses, in the order in which they are listed */
#include "loss/internal.h"

const struct loss *const loss_table[] = {
    &loss_ce,          &loss_balanced_ce,         &loss_focal,         &loss_balanced_focal,
    &loss_focal_star,  &loss_balanced_focal_star, &loss_asl,           &loss_poly1,
    &loss_poly1_focal, &loss_focal_flsd,          &loss_reduced_focal, &loss_generalized_ce,
    &loss_smoothed_ce, &loss_symmetric_ce,        &loss_dice,          &loss_jaccard,
    &loss_tversky,     &loss_focal_tversky,       &loss_ohem,          &loss_ghm_c,
};
const size_t loss_count = sizeof loss_table / sizeof *loss_table;
