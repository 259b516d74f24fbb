/* sorted_points.h: the points of a tally, and their losses, largest first */
#ifndef EVALUATE_SORTED_POINTS_H
#define EVALUATE_SORTED_POINTS_H

#include "evaluate/internal.h"

/* Losses (with α) and weights of some points, largest loss first; before[i] the weight of all larger ones
   (before[count]: of all). */
struct list {
    const double *value, *weight, *before;
    size_t count;
};

/* What no setting changes is made once. */
void sorted_points_make(struct measure *m);
void sorted_points_free(struct sorted_points *r);
void sort_scratch_free(struct sort_scratch *r);
/* n doubles in *array, made when first wanted. */
double *sort_scratch_of(double **array, size_t n);

/* Which parts have points and count. */
struct kept_parts {
    size_t part[2], count; /* the first two */
    bool even;             /* α is the same in all of them */
    bool all;              /* no other part has points */
};
struct kept_parts kept_parts_of(const struct measure *m, const double *alpha, const bool *keep);

/* The list of one part at the setting in force, without α. The losses fall with p_t. */
struct list list_of_part(struct measure *m, size_t part);
/* That of all kept parts (NULL: all), with α, unless it is the same in all of them; it lasts until the next.
   False: it is empty. */
bool list_make(struct measure *m, const double *alpha, const bool *keep, struct list *out);

#endif
