/* cells.h: the exact sums of a tally as doubles, ready for quadrature */
#ifndef EVALUATE_CELLS_H
#define EVALUATE_CELLS_H

#include "tally/tally.h"

/* One cell that is not empty: a bin of a part, between two cuts. */
struct cell {
    uint32_t part;
    uint32_t bin;     /* top bits of the tail */
    uint32_t cut;     /* number of cuts of the bin that lie below it */
    double low, high; /* its rows have low < |s| <= high */
    uint64_t count;   /* rows */
    int scale; /* sums are told in units of 2^scale: 0, but where weights are near an end of the doubles */
    int unit; /* weights are in units of 2^unit, the same for all cells of one struct: what follows is Σ for w
                 / 2^unit */
    double sum[TALLY_MOMENTS]; /* Σ w t^k, from the exact integers; unweighted Σ t^k */
    const double *square;      /* [TALLY_MOMENTS]: Σ w² t^k; unweighted the sums themselves */
    /* NULL: not known, or of the other kind */
    const uint32_t *slice_rows;  /* [SLICES]: in each slice of the bin */
    const double *slice_weight;  /* [WEIGHT_SLICES]: Σ w in each, without that of rows that are known */
    const struct kept_row *kept; /* [kept_count]: rows that are known, hardest first; NULL: none */
    size_t kept_count;
    const double *rest; /* [TALLY_MOMENTS]: Σ w t^k of the others; NULL: as `sum`, or there are none */
};

/* By part, and then hardest first. */
struct cells {
    struct cell *cell;
    size_t count;
    uint64_t *weightless;            /* [parts]: examples of weight 0, which are in no cell */
    double (*square)[TALLY_MOMENTS]; /* what cells point to, with weights */
    double (*rest)[TALLY_MOMENTS];
    double (*slice)[WEIGHT_SLICES];
    uint32_t (*slice_rows)[SLICES]; /* where they point to no tally's */
    struct kept_row *kept;
};

/* Without weights: the rows in slices, where these are all rows; else NULL. */
const uint32_t *slice_rows_of(const struct moments *m);
/* Of one group, in first-seen order. The tally must last. */
struct cells cells_of_group(const struct tally *t, size_t group);
/* Of all rows, whatever their group. The tally must last. */
struct cells cells_of_all(const struct tally *t);
/* The same of a tally that nothing more is read off: it is spent, as its sums take much memory. */
struct cells cells_take(struct tally *t);
void cells_free(struct cells *c);

#endif
