/* cluster_sums.h: what pairs of losses add up to in each cluster of examples

   Intervals need no more of a cluster than its sums, but they need them all at the end. A sum is a whole
   number of 2^-128 in 192 bits, so that its order cannot matter; what is less is cut off. Where that could be
   seen in an interval (sums of all losses below 2^-60), or where a sum is beyond 2^62, there is none. */
#ifndef COMPARE_CLUSTER_SUMS_H
#define COMPARE_CLUSTER_SUMS_H

#include "compare/difference.h"

struct cluster_sums;
#define CLUSTER_SUMS_LEAST 0x1p-60

/* A pair is a loss, a threshold and a model that is compared with the first one. */
struct cluster_sums *cluster_sums_open(size_t pairs);
void cluster_sums_free(struct cluster_sums *c);
/* By any thread: n examples of a pair, as for pair_sums_add; cluster[]: the number of each one's cluster. */
void cluster_sums_add(struct cluster_sums *c, size_t pair, size_t n, const double *first,
                      const double *second, const double *weight, const unsigned char *category,
                      const uint32_t *cluster);

/* The clusters that have any weight. */
uint64_t cluster_sums_count(const struct cluster_sums *c, size_t pair);
/* Σ over the clusters of the square of what each adds to an estimate; NaN: not known. */
double cluster_sums_squares(const struct cluster_sums *c, size_t pair, const struct form form[CATEGORIES]);

#endif
