/* over_data.c: cross-entropy in which examples count by what the others are: the hardest alone, or those with
   rare gradients more */
#include "loss/internal.h"

#include <math.h>

/* OHEM: the N hardest. With a ratio R, as SSD has it, of each side: all positives, or as many as leave room
   in N, and R times as many negatives. */
static struct kept ohem_keep(const double weight[2], const double *param)
{
    struct kept k = {.by_side = !isnan(param[1]), .all = param[0]};

    k.side[1] = isnan(param[0]) ? weight[1] : fmin(weight[1], param[0] / (1 + param[1]));
    k.side[0] = param[1] * k.side[1];
    return k;
}

static size_t ghm_bins(const double *param)
{
    return (size_t)param[0];
}

#define CE_FUNCTIONS                                                                                         \
    .value = loss_ce_value, .slope = loss_ce_slope, .function = "CE",                                        \
    .script_value = "p > 0 ? -log(p) : NaN", .script_slope = "1 - p"

const struct loss loss_ohem = {
    .name = "ohem",
    .symbol = "OHEM",
    .formula = "-log(p_t) of the N hardest, or of all positives and R hardest negatives for each",
    .source = "Shrivastava et al. 2016, arXiv 1604.03540; Liu et al. 2016, arXiv 1512.02325",
    .param = {{.name = "keep",
               .symbol = "N",
               .script = "'N'",
               .help = "how many examples are kept",
               .standard = NAN,
               .least = 1,
               .most = INFINITY,
               .whole = true},
              {.name = "ratio",
               .symbol = "R",
               .script = "'R'",
               .help = "how many negatives are kept for each positive",
               .standard = NAN,
               .most = 1e9}},
    .keep = ohem_keep,
    CE_FUNCTIONS,
};

const struct loss loss_ghm_c = {
    .name = "ghm-c",
    .symbol = "GHM-C",
    .formula = "-log(p_t) n / (M n_b), n_b of n examples in the bin of g = 1 - p_t, one of M",
    .source = "Li et al. 2019, arXiv 1811.05181",
    .param = {{.name = "bins",
               .symbol = "M",
               .script = "'M'",
               .help = "equal bins of the gradient's size",
               .standard = 10,
               .least = 1,
               .most = 1000,
               .whole = true}},
    .bins = ghm_bins,
    CE_FUNCTIONS,
};
