/* score_ranges.h: the examples of both sides by p, the estimated probability of a positive */
#ifndef EVALUATE_SCORE_RANGES_H
#define EVALUATE_SCORE_RANGES_H

#include "evaluate/cells.h"

/* Examples whose scores lie beside each other. */
struct score_range {
    double weight[2];  /* of negatives, of positives */
    double score;      /* Σ w p */
    bool one_score;    /* of all of them p is the same; else it is not known of each */
    bool one_positive; /* of the positives it is */
    double low, high;  /* of p, where it is not one score */
};

/* By rising p; no two ranges overlap. Scores are apart where the rows are known, or lie in up to four places
   of a cell; else they are a range of its width. Scores with a standard deviation below 1e-9 of p (or of 1 −
   p, if that is smaller) count as one. side[parts], clip: as of metrics_sums. Free it. */
struct score_range *score_ranges_make(const struct cell *cells, size_t count, const int *side, double clip,
                                      size_t *ranges);

/* Σ w p of a cell. */
double cell_score_sum(const struct cell *c, int side);
/* Whether a cell's tails stand for p; else for 1 − p. */
bool cell_holds_p(enum bin_kind kind, int side);

#endif
