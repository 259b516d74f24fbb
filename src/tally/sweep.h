/* sweep.h: what is done for every cell at every γ: one source (sweep.inc.h), compiled for several instruction sets, the same bits out of each */
#ifndef TALLY_SWEEP_H
#define TALLY_SWEEP_H

#include <stddef.h>

/* Arrays over cells or points are padded with zeros to whole SWEEP_PADs. */
enum { SWEEP_PAD = 8 };
static inline size_t sweep_padded(size_t n)
{
    return (n + SWEEP_PAD - 1) / SWEEP_PAD * SWEEP_PAD;
}

/* Sums over rows of a cell laid out term by term: that of family f, term j, cell i is at [(f · terms + j) · n + i], n padded. */
enum { LOSS, SQUARE, REST, PLP, FAMILIES };

struct sweep {
    /* out[i] = e^(gamma (high[i] + low[i])): powers of numbers in (0, 1] by their logarithms as two doubles. */
    void (*powers)(const double *high, const double *low, double gamma, size_t n, double *out);

    /* Of each cell Σ w (1 − p_t)^γ CE, Σ w² its square, Σ w (1 − p_t)^γ (1 − p_t − γ p_t log p_t): from the families, the binomials C(γ, j) and C(2γ, j)
       (once, twice: as many terms as are worth it) and power = (1 − p_t)^γ at the cell's place. */
    void (*cells)(const double *family, size_t terms, size_t n, const double *power, double gamma, const double *once, size_t once_terms,
                  const double *twice, size_t twice_terms, double *loss, double *square, double *slope);

    /* out[i] = e^(gamma log_rest[i]) loss[i]. */
    void (*values)(const double *log_rest, const double *loss, double gamma, size_t n, double *out);

    /* Σ x[i], what was rounded away added at the end. n any. */
    double (*sum)(const double *x, size_t n);
};

const struct sweep *sweep_best(void);

#endif
