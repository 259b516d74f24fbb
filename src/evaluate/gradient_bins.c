/* gradient_bins.c: equal bins of the size of CE's gradient */
#include "evaluate/gradient_bins.h"

#include <math.h>

static double edge_of(size_t k, size_t bins)
{
    return (double)k / (double)bins;
}

/* g ≥ edge where the tail stands for g: |s| > the double below the edge; where it stands for p_t = 1 − g: |s|
   ≤ 1 − edge, which is exact. */
static double cut_of_edge(double edge)
{
    return edge <= 0.5 ? nextafter(edge, 0) : -(1 - edge);
}

void gradient_bins_cuts(size_t bins, struct cuts *c)
{
    c->at = mem_resize(c->at, c->count + bins, sizeof *c->at);
    for (size_t k = bins - 1; k > 0; k--) c->at[c->count++] = cut_of_edge(edge_of(k, bins));
}

size_t gradient_bin_of(const struct cell *c, size_t bins)
{
    double centre, slope;
    enum bin_kind kind = bin_of(c->bin, &centre, &slope);
    bool easy = kind == BIN_EASY;
    size_t k = easy ? 0 : bins / 2;

    if (kind == BIN_SURE || kind == BIN_FAR_EASY) return 0;
    if (kind == BIN_NEVER || kind == BIN_FAR_HARD) return bins - 1;
    while (k + 1 < bins) {
        double edge = edge_of(k + 1, bins), cut = cut_of_edge(edge);

        if (easy ? edge > 0.5 || c->low < cut : c->high > -cut) break;
        k++;
    }
    return k;
}
