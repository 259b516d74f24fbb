/* intervals.c: confidence intervals of means and shares: ratios of sums, linearised */
#include "report/internal.h"

#include "base/interval.h"

#include <math.h>
#include <stdlib.h>

/* A column that is a ratio: a quadrant of the loss or of the gradient over something. */
enum over { OVER_ALL, OVER_WEIGHT, OVER_POSITIVES, OVER_WHOLE };
static const struct ratio {
    size_t column, low; /* of the results; high stands behind low */
    enum over over;
    bool slope;
    enum quadrant part;
} ratio[] = {
#define RATIO(name, ...)                                                                                     \
    {                                                                                                        \
        R_##name, R_##name##_low, __VA_ARGS__                                                                \
    }
    RATIO(mean, OVER_WEIGHT, false, ALL),           RATIO(per_positive, OVER_POSITIVES, false, ALL),
    RATIO(easy_share, OVER_ALL, false, EASY),       RATIO(hard_share, OVER_ALL, false, HARD),
    RATIO(easy_neg, OVER_ALL, false, EASY_NEG),     RATIO(hard_neg, OVER_ALL, false, HARD_NEG),
    RATIO(easy_pos, OVER_ALL, false, EASY_POS),     RATIO(hard_pos, OVER_ALL, false, HARD_POS),
    RATIO(grad_easy_share, OVER_ALL, true, EASY),   RATIO(grad_hard_share, OVER_ALL, true, HARD),
    RATIO(grad_easy_neg, OVER_ALL, true, EASY_NEG), RATIO(grad_hard_neg, OVER_ALL, true, HARD_NEG),
    RATIO(grad_easy_pos, OVER_ALL, true, EASY_POS), RATIO(grad_hard_pos, OVER_ALL, true, HARD_POS),
    RATIO(share_of_total, OVER_WHOLE, false, ALL),  RATIO(grad_share_of_total, OVER_WHOLE, true, ALL),
#undef RATIO
};
enum { RATIOS = sizeof ratio / sizeof *ratio };
_Static_assert(2 * RATIOS == R_ALL_COLUMNS - R_COLUMNS,
               "every column of the table with an interval is a ratio");

/* The sums of one setting, Σ w l and that of the gradient, and squares in their unit: Σ (w l / Σ w l)² by
   quadrant at one threshold, Σ (w / Σ w)² and Σ (w l / Σ w l) (w / Σ w), the latter of all and of the
   positives. */
struct ratio_sums {
    double loss_all, slope_all;
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

struct totals *totals_make(const struct scope *s)
{
    return s->a->ci > 0 ? mem_alloc(s->requests * (s->a->alpha_count + 1), sizeof(struct totals)) : NULL;
}

/* The place among a scope's totals. */
static size_t totals_place(const struct scope *s, size_t request, ptrdiff_t alpha)
{
    return request * (s->a->alpha_count + 1) + (size_t)(alpha + 1);
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

static void put_interval(const struct scope *s, const struct ratio *r, const struct ratio_sums *x,
                         const struct totals *whole, struct value *row)
{
    const struct scope *of = r->over == OVER_WHOLE ? s->whole : s;
    bool mean = r->over == OVER_WEIGHT || r->over == OVER_POSITIVES;
    double estimate = row[r->column].kind == CELL_EMPTY ? NAN : row[r->column].as.number, error;
    struct interval ends;

    if (r->over == OVER_WHOLE)
        estimate = !whole ? NAN : r->slope ? x->slope_all / whole->slope : x->loss_all / whole->loss;
    if (!isfinite(estimate)) return;
    error = standard_error(square_of(r, estimate, x, whole), of->units);
    ends = (mean ? interval_of_mean : interval_of_share)(estimate, error, of->quantile);
    row[r->low] = mean ? value_number(ends.low) : value_share(ends.low);
    row[r->low + 1] = mean ? value_number(ends.high) : value_share(ends.high);
}

void intervals_open(struct scope *s, const struct cell *cells, size_t count)
{
    s->units = 0;
    for (size_t i = 0; i < count; i++) s->units += cells[i].count;
    s->quantile = s->units < 2 ? NAN : student_quantile(s->a->ci, s->units - 1);
}

void intervals_put(struct scope *s, size_t request, ptrdiff_t alpha, double loss, double slope, size_t first)
{
    size_t thresholds = s->a->easy_count;
    struct quadrants *square = mem_alloc(2 * thresholds, sizeof *square);
    struct ratio_sums x = {.loss_all = loss, .slope_all = slope};

    quadrants_of(s, OF_LOSS_SQUARE, loss, square);
    quadrants_of(s, OF_SLOPE_SQUARE, slope, square + thresholds);
    put_weights(s, loss, &x);
    if (s->totals)
        s->totals[totals_place(s, request, alpha)] =
            (struct totals){loss, slope, square->of[ALL], square[thresholds].of[ALL]};
    for (size_t e = 0; e < thresholds; e++) {
        size_t t = scope_threshold(s, s->a->easy[e]);

        x.loss_square = square[t];
        x.slope_square = square[thresholds + t];
        for (size_t k = 0; k < RATIOS; k++)
            put_interval(s, &ratio[k], &x,
                         s->whole ? &s->whole->totals[totals_place(s, request, alpha)] : NULL,
                         &s->out->value[(first + e) * s->out->column_count]);
    }
    free(square);
}

size_t report_interval(const struct analysis *a, size_t column)
{
    size_t i = 0;

    while (i < RATIOS && ratio[i].column != column) i++;
    return a->ci > 0 && i < RATIOS ? ratio[i].low : 0;
}

void report_intervals_note(const struct report *r, struct string *out)
{
    if (r->analysis->ci > 0)
        string_printf(out, "%g %% intervals, examples taken as independent", 100 * r->analysis->ci);
}
