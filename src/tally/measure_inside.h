/* measure_inside.h: what measure.c and curve.c share */
#ifndef TALLY_MEASURE_INSIDE_H
#define TALLY_MEASURE_INSIDE_H

#include "tally/measure.h"
#include "tally/series.h"
#include "tally/sweep.h"

/* A point mass: one row, or one of the two that stand for the rows of a cell. */
struct point {
    double place;  /* t in its bin */
    double tail;
    double weight;
    uint32_t cell;
};

/* Cells that follow each other and belong to one part and segment. */
struct run {
    size_t begin, end;
    size_t part, segment;
};

struct measure {
    bool view; /* what does not depend on the setting belongs to another */
    const struct cell *cell;
    size_t count, parts, segments;
    const struct sweep *sweep;
    enum bin_kind *kind; /* [count] */
    struct run *run;
    size_t runs;
    double *family; /* these three as sweep.h says */
    double *log_high, *log_low;
    size_t terms, stride; /* terms 0: not made yet */
    bool laid;            /* all cells' families are kept */
    struct economy economy;
    /* over points, hardest first within each part */
    struct point *point;
    size_t points;
    size_t *part_first;        /* [parts + 1] */
    double *log_rest, *ce;     /* log(1 − p_t), −log p_t */
    double *weight;
    double *value;             /* the losses at the setting in force */
    bool value_made;
    uint32_t *order;           /* points of all parts, hardest first; made when first wanted */
    double *list, *list_weight, *list_sum; /* scratch of curve.c */
    const struct loss *loss;
    struct loss_at at;
    bool by_points;
};

/* The losses of all points, made when wanted. */
const double *measure_values(struct measure *m);

/* The points of all parts in the order of p_t, which is that of any loss; made when wanted. */
const uint32_t *measure_order(struct measure *m);

#endif
