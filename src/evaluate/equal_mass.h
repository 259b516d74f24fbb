/* equal_mass.h: calibration error over bins of p that hold the same weight */
#ifndef EVALUATE_EQUAL_MASS_H
#define EVALUATE_EQUAL_MASS_H

#include "evaluate/metrics.h"

/* Adaptive ECE (Nixon et al. 2019): the edges are the smallest p at or below which lies k / 15 of the weight,
   and belong to the bins that they end, so that equal p are in one bin. Fills adaptive_ece and its bound:
   where an edge lies among scores of a cell that are not known one by one, it takes the positives there to be
   spread evenly. */
void add_adaptive_ece(const struct cell *cells, size_t count, const int *side, double clip,
                      struct metric_sums *out);

#endif
