/* score_ranges.h: the cells of both sides by p, the estimated probability of a positive */
#ifndef EVALUATE_SCORE_RANGES_H
#define EVALUATE_SCORE_RANGES_H

#include "evaluate/cells.h"

/* The examples of one side, 1 positive, 0 negative, in a range of p. */
struct side_sums {
    double weight, first, second; /* Σ w, Σ w t, Σ w t²: t, the place in the bin, rises with the tail */
};

/* How the positives of a range stand to its negatives. */
enum range_order { RANGE_UNKNOWN, RANGE_TIED, RANGE_POSITIVES_HIGHER, RANGE_NEGATIVES_HIGHER };

struct score_range {
    struct side_sums side[2];
    bool one_score; /* of the positives: p is the same */
    enum range_order order;
};

/* By rising p; no two ranges overlap. Free it. */
struct score_range *score_ranges_make(const struct cell *cells, size_t count, const int *side, double clip,
                                      size_t *ranges);

/* Whether a cell's tails stand for p; else for 1 − p. */
bool cell_holds_p(enum bin_kind kind, int side);

#endif
