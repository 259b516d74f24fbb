/* difference.h: what two models' losses of the same examples add up to, and how far apart they are

   l₁ and l₂ are the losses of an example, w its weight. An example's category is its side and which of the
   two models find it easy. All sums are exact, so their order cannot matter; those of l₂ − l₁ are kept apart
   from those of l₁, so that models that are nearly the same can be told apart. */
#ifndef COMPARE_DIFFERENCE_H
#define COMPARE_DIFFERENCE_H

#include "base/exact_sum.h"

#include <stdbool.h>
#include <stddef.h>

/* Bits of a category. */
enum { EASY_FIRST = 1, EASY_SECOND = 2, NOT_NEGATIVE = 4, CATEGORIES = 8 };

/* With a = w l₁, d = w (l₂ − l₁): what is added up in a category; d > 0 and d < 0 apart. */
enum pair_sum {
    PAIR_FIRST,  /* a */
    PAIR_SECOND, /* w l₂ */
    PAIR_RISE,
    PAIR_FALL,          /* d */
    PAIR_FIRST_SQUARE,  /* a² */
    PAIR_SECOND_SQUARE, /* (w l₂)² */
    PAIR_PRODUCT,       /* a w l₂ */
    PAIR_RISE_FIRST,
    PAIR_FALL_FIRST, /* a d */
    PAIR_SQUARE,     /* d² */
    PAIR_RISE_WEIGHT,
    PAIR_FALL_WEIGHT, /* w d */
    PAIR_WEIGHT,
    PAIR_WEIGHT_SQUARE,
    PAIR_SUMS
};
struct pair_sums {
    struct exact_sum sum[CATEGORIES][PAIR_SUMS];
    uint64_t count[CATEGORIES], weighty[CATEGORIES]; /* examples; those whose weight is not 0 */
};
/* n examples: first[], second[] their losses. */
void pair_sums_add(struct pair_sums *s, size_t n, const double *first, const double *second,
                   const double *weight, const unsigned char *category);
void pair_sums_merge(struct pair_sums *into, const struct pair_sums *from);

/* What an example adds to an estimate: first · a + second · w l₂ + change · d + weight · w, by category.
   Beside second there is only first, beside weight only change; weight is the same in all. */
struct form {
    double first, second, change, weight;
};

/* A figure of both models, and how far apart it is. NaN: it is not defined. */
struct estimate {
    double first, second;
    double difference; /* second − first */
    double error;      /* its standard error, from the paired differences */
};

/* The shares of the loss, in the order of the report's columns. */
enum share { SHARE_EASY, SHARE_HARD, SHARE_EASY_NEG, SHARE_HARD_NEG, SHARE_EASY_POS, SHARE_HARD_POS, SHARES };

struct pair_result {
    uint64_t examples, negatives;
    uint64_t units; /* that are independent: the examples, or clusters, whose weight is not 0 */
    double weight;
    struct estimate mean, share[SHARES];
};
/* alpha: the factor of all but negatives, which have 1 − alpha; NaN: both have 1. sides: there are negatives
   and positives; else the shares of these are NaN. clusters: are independent, and not examples; NULL: there
   are none. pair: its number there. */
struct cluster_sums;
struct pair_result pair_result(const struct pair_sums *s, double alpha, bool sides,
                               const struct cluster_sums *clusters, size_t pair);

#endif
