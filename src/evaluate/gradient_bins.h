/* gradient_bins.h: equal bins [k / M, (k + 1) / M) of g = 1 − p_t, the size of CE's gradient with respect to
   the logit (Li, Liu, Wang, AAAI 2019); the last one holds g = 1, too */
#ifndef EVALUATE_GRADIENT_BINS_H
#define EVALUATE_GRADIENT_BINS_H

#include "evaluate/cells.h"

/* Adds the cuts between them, by rising p_t. */
void gradient_bins_cuts(size_t bins, struct cuts *c);
/* The bin of a cell that lies between such cuts. */
size_t gradient_bin_of(const struct cell *c, size_t bins);

#endif
