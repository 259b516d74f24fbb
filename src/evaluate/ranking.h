/* ranking.h: sums over the largest losses */
#ifndef EVALUATE_RANKING_H
#define EVALUATE_RANKING_H

#include "evaluate/sorted_points.h"

/* Losses, largest first: of one list, or of two that count together without being put together. */
struct ranking {
    struct list list[2];
    const double *before[2]; /* by point of a list, and behind the last: the loss of all before, over ... */
    double factor[2];        /* ... its factor */
    double weight, loss;     /* of all */
    double low;              /* Σ w v (the weight of what is larger, and half its own) */
    double bound;            /* how far a sum of the largest losses may be off */
};

/* The ranking of the kept parts (NULL: all) at the setting in force, each times its α (NULL: 1; where it is
   the same in all parts it is left out); it lasts until the next. False: their loss is 0 or infinite, or
   there are none. */
bool ranking_make(struct measure *m, const double *alpha, const bool *keep, struct ranking *out);
/* What is kept of the setting in force is not that of the next. */
void ranking_forget(struct measure *m);

/* The share of the loss in the given fraction of the weight, largest losses first; linear within a point. */
double ranking_top(const struct ranking *r, double fraction);
/* The fraction of the weight that holds half of the loss, and the loss of a point there. */
double ranking_half(const struct ranking *r, double *value);

#endif
