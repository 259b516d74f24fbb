/* intervals.c: confidence intervals of means and shares, from squares: examples are independent */
#include "report/internal.h"

#include <math.h>
#include <stdlib.h>

/* The squares of one setting: Σ (w l / Σ w l)² by quadrant at one threshold, and of the gradient, Σ (w / Σ
   w)² and Σ (w l / Σ w l) (w / Σ w), the latter of all and of the positives. */
struct ratio_sums {
    struct quadrants loss_square, slope_square;
    double weight_square[2], cross[2];
};

/* What of the squares lies beside one of the quadrants. */
static double square_beside(const struct quadrants *q, enum quadrant part)
{
    static const struct {
        enum quadrant half, side;
        bool one_side;
    } beside[] = {
        [EASY_NEG] = {HARD, EASY_POS, true}, [EASY_POS] = {HARD, EASY_NEG, true}, [EASY] = {.half = HARD},
        [HARD_NEG] = {EASY, HARD_POS, true}, [HARD_POS] = {EASY, HARD_NEG, true}, [HARD] = {.half = EASY}};

    return q->of[beside[part].half] + (beside[part].one_side ? q->of[beside[part].side] : 0);
}

/* Σ (a / A − b / B)² over the examples, of a mean. What is left of the squares by rounding is 0. */
static double mean_square(const struct ratio_sums *x, bool positives)
{
    double all = x->loss_square.of[ALL] + x->weight_square[positives], square = all - 2 * x->cross[positives];

    return square > 1e-14 * all ? square : 0;
}

/* Fills what x has of weights; all: Σ w l. */
static void put_weights(const struct scope *s, double all, struct ratio_sums *x)
{
    double weight[2] = {scope_weight(s, NULL), s->sides ? scope_weight(s, s->positive) : NAN};

    for (int k = 0; k < 2; k++) x->cross[k] = x->weight_square[k] = 0;
    for (size_t p = 0; p < s->parts; p++)
        for (size_t g = 0; g <= s->a->easy_count; g++) {
            const struct sums *own = scope_at(s, p, g);

            for (int k = 0; k <= (s->sides && s->positive[p]); k++) {
                double unit = ldexp(1, own->weight_unit) / weight[k];

                x->weight_square[k] += own->weight_square * unit * unit;
                if (s->factor[p] != 0)
                    x->cross[k] += own->cross * unit * (ldexp(s->factor[p], own->weight_unit) / all);
            }
        }
}

/* Σ e² over the examples, where e is what one of them adds to the estimate. */
static double square_of(const struct ratio *r, double estimate, const struct ratio_sums *x,
                        const struct totals *whole)
{
    const struct quadrants *q = r->slope ? &x->slope_square : &x->loss_square;
    double rest = 1 - estimate, within = q->of[r->part], beside;

    switch (r->over) {
    case OVER_WEIGHT:
    case OVER_POSITIVES: return estimate * estimate * mean_square(x, r->over == OVER_POSITIVES);
    case OVER_ALL: return rest * rest * within + estimate * estimate * square_beside(q, r->part);
    case OVER_WHOLE:
        within *= estimate * estimate; /* in the unit of the whole */
        beside = fmax(0, (r->slope ? whole->slope_square : whole->loss_square) - within);
        return rest * rest * within + estimate * estimate * beside;
    }
    return NAN;
}

void intervals_open(struct scope *s, const struct cell *cells, size_t count)
{
    s->units = 0;
    for (size_t i = 0; i < count; i++) s->units += cells[i].count;
    s->quantile = units_quantile(s->a, s->units);
}

void intervals_put(struct scope *s, size_t request, ptrdiff_t alpha, double loss, double slope, size_t first)
{
    size_t thresholds = s->a->easy_count;
    struct quadrants *square = mem_alloc(2 * thresholds, sizeof *square);
    const struct totals *whole = s->whole ? &s->whole->totals[totals_place(s, request, alpha)] : NULL;
    struct ratio_sums x;

    quadrants_of(s, OF_LOSS_SQUARE, loss, square);
    quadrants_of(s, OF_SLOPE_SQUARE, slope, square + thresholds);
    put_weights(s, loss, &x);
    if (s->totals)
        s->totals[totals_place(s, request, alpha)] =
            (struct totals){loss, slope, square->of[ALL], square[thresholds].of[ALL]};
    for (size_t e = 0; e < thresholds; e++) {
        struct value *row = &s->out->value[(first + e) * s->out->column_count];
        size_t t = scope_threshold(s, s->a->easy[e]);

        x.loss_square = square[t];
        x.slope_square = square[thresholds + t];
        for (size_t k = 0; k < RATIOS; k++) {
            const struct ratio *r = &ratio_table[k];
            const struct scope *of = r->over == OVER_WHOLE && whole ? s->whole : s;
            double estimate = ratio_estimate(r, row, loss, slope, whole);

            if (isfinite(estimate))
                ratio_put_ends(r, estimate, square_of(r, estimate, &x, whole), of->units, of->quantile, row);
        }
    }
    free(square);
}
