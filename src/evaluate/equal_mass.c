/* equal_mass.c: calibration error over bins of p that hold the same weight */
#include "evaluate/equal_mass.h"

#include <math.h>

static double within(double x, double low, double high)
{
    return fmax(low, fmin(high, x));
}

/* Σ w (y − p) */
static double gap_of(const struct score_range *r)
{
    return r->weight[1] - r->score;
}

static double weight_of(const struct score_range *r)
{
    return r->weight[0] + r->weight[1];
}

/* How far Σ w (y − p) of a range's lower part, of weight `part` at least, may be from an even share
   of the range's: it has more than that weight where equal p go with it. */
static double split_bound(const struct score_range *r, double part)
{
    double all = weight_of(r), share = gap_of(r) * part / all, least = within(r->weight[0], part, all),
           most = within(r->weight[1], part, all);

    least = fmax(0, least - r->weight[0]) - least * r->high;
    most = fmin(most, r->weight[1]) - most * r->low;
    return fmax(most - share, share - least);
}

/* The bins of equal mass as ranges fill them. */
struct filling {
    double all, before; /* weight: in all, and of the ranges so far */
    double gap;         /* of the bin at hand */
    int bin;
    double error, bound;
};

/* The weight at which the bin at hand ends. */
static double bin_end(const struct filling *f)
{
    return f->bin + 1 < CALIBRATION_BINS ? (f->bin + 1) * f->all / CALIBRATION_BINS : INFINITY;
}

static void end_bin(struct filling *f)
{
    f->error += fabs(f->gap);
    f->gap = 0;
    f->bin++;
}

static void fill(struct filling *f, const struct score_range *r)
{
    double weight = weight_of(r), after = f->before + weight, used = 0;

    while (!r->one_score && bin_end(f) < after) {
        double part = fmax(used, bin_end(f) - f->before);

        f->gap += gap_of(r) * (part - used) / weight;
        f->bound += 2 * split_bound(r, part);
        used = part;
        end_bin(f);
    }
    f->gap += gap_of(r) * (weight - used) / weight;
    while (bin_end(f) <= after) end_bin(f);
    f->before = after;
}

void add_adaptive_ece(const struct score_range *range, size_t ranges, struct metric_sums *out)
{
    struct filling f = {0};

    for (size_t i = 0; i < ranges; i++) f.all += weight_of(&range[i]);
    for (size_t i = 0; i < ranges; i++) fill(&f, &range[i]);
    end_bin(&f);
    out->adaptive_ece = f.error / f.all;
    out->adaptive_ece_bound = fmin(1, f.bound / f.all);
}
