/* tally.h: what one pass keeps: integer moments of the tail by bins; any loss is read off afterwards */
#ifndef TALLY_TALLY_H
#define TALLY_TALLY_H

#include "examples/examples.h"

/* A bin is what shares the top bits of the tail s as a double: sign (which half), exponent, and the first 7
   bits of the mantissa: 128 bins an octave. Within it t ∈ [−1, 1) is the place in the bin, exact: |s| =
   centre · (1 + d t), d ≤ 1/257. Kept are Σ t^k, k = 0 … 8, as integers: t^k · 2^44 rounded to the nearest,
   row by row, so sums do not depend on order. */
enum { TALLY_MOMENTS = 9, TALLY_MANTISSA = 7 };

/* Places where a bin is cut, so that a threshold falls between rows and never within a bin: tails c; a row
   belongs to the upper part of its bin if |s| > |c|. */
struct cuts {
    double *at; /* ascending by bin, then by |c| */
    size_t count;
};
/* The cut that parts p_t ≥ threshold from the rest; threshold in (0, 1). */
double cut_of_threshold(double threshold);

/* One cell that is not empty: a bin of a part of a group, between two cuts. */
struct cell {
    uint32_t group, part;      /* group in first-seen order */
    uint32_t bin;              /* top bits of the tail */
    uint32_t cut;              /* number of cuts of the bin that lie below it */
    double low, high;          /* its rows have low < |s| <= high */
    uint64_t count;            /* rows */
    double sum[TALLY_MOMENTS]; /* Σ w t^k, from the exact integers; unweighted Σ t^k */
    const double *square;      /* [TALLY_MOMENTS]: Σ w² t^k; unweighted the sums themselves */
};

/* Accumulates on several workers, each on its own; then sealed. */
struct tally;
struct tally *tally_open(const struct cuts *cuts); /* cuts are copied */
struct sink tally_sink(struct tally *t);
/* Merges the workers. After it the cells can be read: sorted by part, and then hardest first. */
void tally_seal(struct tally *t, const struct facts *facts);
/* Cells of all rows, whatever their group. */
const struct cell *tally_cells(const struct tally *t, size_t *count);
/* Cells of one group, in first-seen order. */
const struct cell *tally_group(const struct tally *t, size_t group, size_t *count);
void tally_free(struct tally *t);

/* What a bin holds. */
enum bin_kind {
    BIN_EASY, /* 1 - p_t = |s| */
    BIN_HARD, /* p_t = |s| */
    BIN_FAR,  /* x_t = -|s|, beyond the doubles */
    BIN_SURE, /* p_t = 1 to the last bit */
    BIN_NEVER /* p_t = 0 */
};
/* |s| = centre (1 + slope t) in the bin. */
enum bin_kind bin_of(uint32_t bin, double *centre, double *slope);
/* The tail at place t of a bin. */
double bin_tail(uint32_t bin, double t);

#endif
