/* concentration.h: the points of a tally, hardest first */
#ifndef EVALUATE_CONCENTRATION_H
#define EVALUATE_CONCENTRATION_H

#include "evaluate/internal.h"

/* Losses (with α) and weights of some points, largest loss first; before[i] the weight of all larger ones
   (before[count]: of all). */
struct list {
    const double *value, *weight, *before;
    size_t count;
};
struct list_room {
    double *value, *weight, *before;
};

/* What no setting changes is made once. */
void sorted_points_make(struct measure *m);
void sorted_points_free(struct sorted_points *r);
void sort_scratch_free(struct sort_scratch *r);

/* The list at the setting in force; it lasts until the next. False: it is empty. */
bool list_make(struct measure *m, const double *alpha, const bool *keep, struct list *out);

#endif
