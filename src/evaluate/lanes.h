/* lanes.h: sums over many points: one source (lanes_isa.c), compiled for several instruction sets, the same
   bits out of each */
#ifndef EVALUATE_LANES_H
#define EVALUATE_LANES_H

#include "loss/lanes.h"

/* Points are summed in blocks of SWEEP_BLOCK, by SWEEP_PAD sums side by side. */
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

    /* block[b] = Σ value weight over the SWEEP_BLOCK points of block b (the last may be shorter); low[k] = Σ
       value weight (before[k] + weight / 2) over all. */
    void (*block_sums)(const double *value, const double *weight, const double *const before[2], size_t n,
                       double *block, double low[2]);

    /* out[i] = factor value[i]; both have room up to a multiple of SWEEP_PAD. */
    void (*scale)(const double *value, double factor, size_t n, double *out);
};

const struct sweep *sweep_best(void);

#endif
