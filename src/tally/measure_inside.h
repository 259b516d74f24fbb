/* measure_inside.h: what measure.c and curve.c share */
#ifndef TALLY_MEASURE_INSIDE_H
#define TALLY_MEASURE_INSIDE_H

#include "tally/measure.h"

/* A point mass: one row, or one of the two that stand for the rows of a cell. */
struct point {
    double place;    /* t in its bin */
    double tail;
    double weight;
    double loss;     /* CE */
    double log_rest; /* log(1 − p_t) */
    uint32_t cell;
};

/* What is laid against C(γ, j): CE, CE², 1 − p_t, −p_t log p_t. */
enum { LOSS, SQUARE, REST, PLP, FAMILIES };

struct measure {
    const struct cell *cell;
    size_t count, parts, segments;
    enum bin_kind *kind;  /* [count] */
    size_t *segment;      /* [count] */
    double *base, *power; /* [count]: 1 − p_t at the bin's centre, and its γ-th power */
    double *family;       /* [count][FAMILIES][terms] */
    int terms;
    struct point *point;  /* hardest first within each part */
    size_t points;
    bool never;           /* some p_t is 0: its losses are infinite */
    uint32_t *order;      /* points of all parts, hardest first; made when first wanted */
    void *value;          /* scratch for curves */
    const struct loss *loss;
    struct loss_at at;
    bool by_points;
};

#endif
