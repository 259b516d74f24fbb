/* softmax.h: the tail of the true class among K logits or probabilities */
#ifndef EXAMPLES_SOFTMAX_H
#define EXAMPLES_SOFTMAX_H

#include <stddef.h>

/* x[i · stride], i < n, are logits; ±inf allowed; 64 bytes more may be read. NaN where there is no answer: a
   NaN among them, all −inf, or +inf for the true class and another. */
double softmax_of_logits(const double *x, size_t n, size_t stride, size_t class);

/* p[i] ≥ 0, divided by their sum. NaN where that is 0 or not finite. */
double softmax_of_shares(const double *p, size_t n, size_t class);

/* The class of the largest of n scores, `stride` apart; of equal ones the first. */
size_t softmax_largest(const double *x, size_t n, size_t stride);

#endif
