/* ratios.c: the columns of results that have intervals: ratios of sums */
#include "report/internal.h"

#include "base/interval.h"

#include <math.h>
#include <stdlib.h>

const struct ratio ratio_table[] = {
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
_Static_assert(sizeof ratio_table == RATIOS * sizeof *ratio_table,
               "every column of the table with an interval is a ratio");

struct totals *totals_make(const struct scope *s)
{
    return s->a->ci > 0 ? mem_alloc(totals_count(s), sizeof(struct totals)) : NULL;
}

size_t totals_count(const struct scope *s)
{
    return s->requests * (s->a->alpha_count + 1);
}

size_t totals_place(const struct scope *s, size_t request, ptrdiff_t alpha)
{
    return request * (s->a->alpha_count + 1) + (size_t)(alpha + 1);
}

static bool ratio_is_mean(const struct ratio *r)
{
    return r->over == OVER_WEIGHT || r->over == OVER_POSITIVES;
}

double ratio_estimate(const struct ratio *r, const struct value *row, double loss, double slope,
                      const struct totals *whole)
{
    if (r->over != OVER_WHOLE) return row[r->column].kind == CELL_EMPTY ? NAN : row[r->column].as.number;
    if (!whole) return NAN;
    return r->slope ? slope / whole->slope : loss / whole->loss;
}

double units_quantile(const struct analysis *a, uint64_t units)
{
    return units < 2 ? NAN : student_quantile(a->ci, units - 1);
}

void ratio_put_ends(const struct ratio *r, double estimate, double square, uint64_t units, double quantile,
                    struct value *row)
{
    double error = standard_error(square, units);
    bool mean = ratio_is_mean(r);
    struct interval ends = (mean ? interval_of_mean : interval_of_share)(estimate, error, quantile);

    if (!isfinite(estimate)) return;
    if (ends.low < 0) ends.low = 0; /* no loss is below it */
    row[r->low] = mean ? value_number(ends.low) : value_share(ends.low);
    row[r->low + 1] = mean ? value_number(ends.high) : value_share(ends.high);
}

size_t report_interval(const struct analysis *a, size_t column)
{
    size_t i = 0;

    while (i < RATIOS && ratio_table[i].column != column) i++;
    return a->ci > 0 && i < RATIOS ? ratio_table[i].low : 0;
}

void report_intervals_note(const struct report *r, struct string *out)
{
    const struct facts *f = r->facts;

    if (!(r->analysis->ci > 0)) return;
    string_printf(out, "%g %% intervals", 100 * r->analysis->ci);
    if (!f->clusters) {
        string_puts(out, ", examples taken as independent");
        return;
    }
    string_printf(out, " by the %zu clusters of ", f->clusters);
    string_add_printable(out, f->cluster.text, f->cluster.size);
}
