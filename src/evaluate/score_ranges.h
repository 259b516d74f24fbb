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

/* Where p lies, in rising order. CLIPPED: so close to 0 or 1 that clipping may have moved it. */
enum region { CLIPPED_LOW, ZERO, FAR_LOW, LOW, HIGH, FAR_HIGH, ONE, CLIPPED_HIGH };

/* A cell by p. Those of one region and order are one range. */
struct ranked_cell {
    const struct cell *cell;
    enum region region;
    double order; /* rises with p within the region */
    int side;
};
/* By rising p; [count], free it. clip: as of metrics_sums. */
struct ranked_cell *cells_by_score(const struct cell *cells, size_t count, const int *side, double clip);
static inline bool ranked_as_one(const struct ranked_cell *a, const struct ranked_cell *b)
{
    return a->region == b->region && a->order == b->order;
}

/* By rising p; no two ranges overlap. Free it. */
struct score_range *score_ranges_make(const struct cell *cells, size_t count, const int *side, double clip,
                                      size_t *ranges);

/* Scores with a standard deviation below 2^-22 of a bin's half-width, 1e-9 of p (or of 1 − p, if that is
   smaller), count as one: the sums of t and t² tell no less. */
#define NEAR_SCORES 0x1p-22

/* Σ w p of a cell. */
double cell_score_sum(const struct cell *c, int side);
/* Whether a cell's tails stand for p; else for 1 − p. */
bool cell_holds_p(enum bin_kind kind, int side);

#endif
