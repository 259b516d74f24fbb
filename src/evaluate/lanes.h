/* lanes.h: what is done for every cell at every γ: one source (sweep.inc.h), compiled for several instruction
 * sets, the same bits out of each */
#ifndef EVALUATE_LANES_H
#define EVALUATE_LANES_H

#include <stddef.h>

/* Arrays over cells or points have SWEEP_PAD more, which are read and never used. */
enum { SWEEP_PAD = 8, SWEEP_TERMS = 24, SWEEP_BLOCK = 64 };

/* Families of sums over the rows of a cell: of w CE, w² CE², w (1 − p_t), −w p_t log p_t. */
enum { LOSS, SQUARE, REST, PLP, FAMILIES };
/* What is read off them. */
enum { SUM_LOSS, SUM_SQUARE, SUM_SLOPE, SUMS };

/* Laid out term by term: that of family f, term j, cell i is at [(f · terms + j) · stride + i]. */
struct sweep_cells {
    const double *family;
    size_t terms, stride;
    const double *log_high, *log_low; /* log(1 − p_t) at each cell's place, as two doubles */
};

/* One γ: the binomials C(γ, j) and C(2γ, j), as many as are worth it, and the sums so far: eight side by
 * side, with what additions rounded away. */
struct sweep_power {
    double gamma;
    size_t once_terms, twice_terms;
    double once[SWEEP_TERMS], twice[SWEEP_TERMS];
    double sum[SUMS][SWEEP_PAD], rest[SUMS][SWEEP_PAD];
};

struct sweep {
    /* Adds n cells: Σ w (1 − p_t)^γ CE, Σ w² its square, Σ w (1 − p_t)^γ (1 − p_t − γ p_t log p_t). */
    void (*add)(const struct sweep_cells *c, size_t n, struct sweep_power *at);

    /* out[i] = e^(gamma log_rest[i]) loss[i]. */
    void (*values)(const double *log_rest, const double *loss, double gamma, size_t n, double *out);

    /* block[b] = Σ value weight over the SWEEP_BLOCK points of block b (the last may be shorter). Returns Σ
     * value weight (before + weight / 2) over all. */
    double (*dots)(const double *value, const double *weight, const double *before, size_t n, double *block);
};

const struct sweep *sweep_best(void);

#endif
