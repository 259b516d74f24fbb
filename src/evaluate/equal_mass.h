/* equal_mass.h: calibration error over bins of p that hold the same weight */
#ifndef EVALUATE_EQUAL_MASS_H
#define EVALUATE_EQUAL_MASS_H

#include "evaluate/metrics.h"
#include "evaluate/score_ranges.h"

/* Adaptive ECE (Nixon et al. 2019): the edges are the smallest p at or below which lies k / 15 of the weight,
   and belong to the bins that they end, so that equal p are in one bin. Fills adaptive_ece and its bound:
   where an edge lies in a range of several scores, it takes the positives there to be spread evenly. */
void add_adaptive_ece(const struct score_range *range, size_t ranges, struct metric_sums *out);

#endif
