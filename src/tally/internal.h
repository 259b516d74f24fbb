/* internal.h: what tally.c and seal.c share */
#ifndef TALLY_INTERNAL_H
#define TALLY_INTERNAL_H

#include "tally/moment_table.h"
#include "tally/accumulate.h"
#include "tally/record_table.h"
#include "tally/tally.h"

/* A worker keeps one of three forms: dense records (few parts, no groups, no weights: the common case and the
   fastest), sparse records found by a hash of the bin, or wide sums directly (weights). */
struct worker {
    struct tally *tally;
    struct sketch sketch;       /* dense */
    struct store store;         /* sparse */
    struct cellmap sum, square; /* what records were drained into; square: Σ w² t^k, with weights only */
};

struct tally {
    struct sketch_cut *cut;
    size_t cut_count;
    size_t parts;
    bool dense, weighted;
    struct worker *worker;
    unsigned workers;
    struct cells {
        struct cell *cell;
        double (*square)[TALLY_MOMENTS]; /* what cells point to, with weights */
        size_t count;
    } cells, total;      /* sealed; total: of all groups, where there are several */
    size_t *group_start; /* [groups + 1] */
    size_t groups;
};

/* The key of a dense record. */
cell_key tally_dense_key(const struct worker *w, const struct record *r);
void tally_worker_free(struct worker *w);
double tally_of_bits(uint64_t bits);

#endif
