/* exact_sum.h: sums of doubles without rounding, so that their order cannot matter */
#ifndef BASE_EXACT_SUM_H
#define BASE_EXACT_SUM_H

#include <stdint.h>

/* A number in digits of 32 bits: Σ digit[i] · 2^(32 i − 1074). Zero-initialise. */
enum { EXACT_DIGITS = 67 };
struct exact_sum {
    uint64_t digit[EXACT_DIGITS]; /* more than 32 bits until the next carry */
    uint32_t added;               /* since then */
    double infinite;              /* inf or NaN once one was added */
};

/* Adds a double ≥ 0, inf among them. */
void exact_sum_add(struct exact_sum *s, double x);
void exact_sum_merge(struct exact_sum *into, const struct exact_sum *from);
/* The double nearest to the sum, within one unit in its last place. */
double exact_sum_value(const struct exact_sum *s);
/* The same of plus − minus, however near they are. */
double exact_sum_difference(const struct exact_sum *plus, const struct exact_sum *minus);

#endif
