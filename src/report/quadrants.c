/* quadrants.c: sums of one scope by quadrant: easy or hard, positive or negative */
#include "report/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the examples of one part and segment add, with their α. */
static double term_of(const struct sums *x, enum summand what, double factor, double all)
{
    double unit;

    switch (what) {
    case OF_LOSS: return factor * x->loss;
    case OF_SLOPE: return factor * x->slope;
    case OF_LOSS_SQUARE: unit = ldexp(factor, x->unit) / all; return x->square * unit * unit;
    case OF_SLOPE_SQUARE: unit = ldexp(factor, x->slope_unit) / all; return x->slope_square * unit * unit;
    }
    return NAN;
}

void quadrants_of(const struct scope *s, enum summand what, double all, struct quadrants *out)
{
    size_t thresholds = s->a->easy_count;
    double(*segment)[3] = mem_alloc(thresholds + 1, sizeof *segment), low[3] = {0}, high[3] = {0};

    for (size_t p = 0; p < s->parts; p++)
        for (size_t g = 0; g <= thresholds && s->factor[p] != 0; g++) { /* 0 times infinity is 0 here */
            double x = term_of(scope_at(s, p, g), what, s->factor[p], all);

            segment[g][2] += x;
            if (s->sides) segment[g][s->positive[p]] += x;
        }
    for (size_t g = 0; g < thresholds; g++)
        for (int k = 0; k < 3; k++) {
            out[g].of[HARD_NEG + k] = low[k] += segment[g][k];
            out[thresholds - 1 - g].of[EASY_NEG + k] = high[k] += segment[thresholds - g][k];
        }
    for (size_t g = 0; g < thresholds; g++) out[g].of[ALL] = out[0].of[HARD] + out[0].of[EASY];
    free(segment);
}

double scope_weight(const struct scope *s, const bool *side)
{
    double sum = 0;

    for (size_t p = 0; p < s->parts; p++)
        if (!side || side[p]) sum += s->weight[p];
    return sum;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

double *thresholds_in_order(const struct analysis *a)
{
    double *easy = mem_alloc(a->easy_count, sizeof *easy);

    memcpy(easy, a->easy, a->easy_count * sizeof *easy);
    qsort(easy, a->easy_count, sizeof *easy, ascending);
    return easy;
}

size_t scope_threshold(const struct scope *s, double easy)
{
    return (size_t)((double *)bsearch(&easy, s->easy, s->a->easy_count, sizeof easy, ascending) - s->easy);
}
