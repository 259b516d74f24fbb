/* lanes.h: sums over many points: one source (lanes_isa.c), compiled for several instruction sets, the same
   bits out of each */
#ifndef EVALUATE_LANES_H
#define EVALUATE_LANES_H

#include "loss/lanes.h"

/* Points are summed in blocks of so many, and eight sums stand side by side. */
enum { SWEEP_PAD = 8, SWEEP_BLOCK = 64 };

enum { SUM_LOSS, SUM_SQUARE, SUM_SLOPE, SUMS };
/* Sums so far: eight side by side, with what additions rounded away. */
struct running_sums {
    double sum[SUMS][SWEEP_PAD], rest[SUMS][SWEEP_PAD];
};

struct sweep {
    /* Adds n ≤ SWEEP_BLOCK points, n a multiple of SWEEP_PAD: Σ weight value, Σ square (scale value)², Σ
       weight slope. */
    void (*add_points)(const double *value, const double *slope, const double *weight, const double *square,
                       double scale, size_t n, struct running_sums *to);

    /* block[b] = Σ value weight over the SWEEP_BLOCK points of block b (the last may be shorter). Returns Σ
       value weight (before + weight / 2) over all. */
    double (*block_sums)(const double *value, const double *weight, const double *before, size_t n,
                         double *block);
};

const struct sweep *sweep_best(void);

#endif
