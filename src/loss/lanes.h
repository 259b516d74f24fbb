/* lanes.h: losses of many points at once: one source (lanes_isa.c), compiled for several instruction sets,
   the same bits out of each */
#ifndef LOSS_LANES_H
#define LOSS_LANES_H

#include <stddef.h>

/* Points are worked on in steps of LOSS_LANES, in several registers: arrays hold a multiple of it. */
enum { LOSS_LANES = 32 };

/* What losses are made of, at each of some points: array[k][i] is that of point i. */
enum loss_term {
    TERM_LOG_REST,                /* log(1 − p_t) ... */
    TERM_LOG_REST_LOW,            /* ... and what its rounding left out */
    TERM_CE,                      /* −log p_t */
    LOSS_VALUE_TERMS,             /* values need those above; slopes need these, too: */
    TERM_REST = LOSS_VALUE_TERMS, /* 1 − p_t */
    TERM_PLP,                     /* −p_t log p_t */
    LOSS_TERMS
};
struct loss_points {
    const double *term[LOSS_TERMS];
};
/* The terms of a tail, at place i; those for slopes where there is room for them, else NULL. */
void loss_points_put(double *const term[LOSS_TERMS], size_t i, double tail);
/* The n points behind place i become alike. */
void loss_points_repeat(double *const term[LOSS_TERMS], size_t i, size_t n);

/* The value and the slope (NULL: not wanted) of n points, n a multiple of LOSS_LANES; nothing is infinite. */
typedef void loss_lanes(const struct loss_points *p, size_t n, const double *param, double *value,
                        double *slope);

/* The vector forms that there are: within 1e-14 of the value and slope of a row of the table, FL* far from
   p_t = ½ within 1e-12. */
enum loss_vector { VECTOR_NONE, VECTOR_FOCAL, VECTOR_STAR, LOSS_VECTORS };
/* For this machine; NULL of VECTOR_NONE. */
loss_lanes *loss_lanes_best(enum loss_vector vector);

#endif
