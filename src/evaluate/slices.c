/* slices.c: points that stand for the rows of a cell whose slices are counted */
#include "evaluate/internal.h"

#include <math.h>
#include <string.h>

enum { FITTED = 7 }; /* moments 1 … 7; the eighth is known to few digits */

/* Points that are moved until they have the moments of the rows, each within its slice. */
struct fit {
    double at[MOST_POINTS], low[MOST_POINTS], high[MOST_POINTS], weight[MOST_POINTS]; /* weights add to 1 */
    bool stuck[MOST_POINTS]; /* it was stopped at the edge of its slice */
    size_t count;
    double want[FITTED + 1]; /* mean Chebyshev polynomials of the rows */
};

/* T_1 … T_7 at x, and their slopes. */
static void chebyshev_at(double x, double value[FITTED + 1], double slope[FITTED + 1])
{
    double before = 1, second = 2 * x; /* U_0, U_1 */

    value[0] = 1, value[1] = x;
    slope[0] = 0, slope[1] = 1;
    for (int k = 2; k <= FITTED; k++) {
        double next = 2 * x * second - before;

        value[k] = 2 * x * value[k - 1] - value[k - 2];
        slope[k] = k * second;
        before = second;
        second = next;
    }
}

/* Mean powers become mean Chebyshev polynomials. */
static void chebyshev_means(const double power[TALLY_MOMENTS], double mean[FITTED + 1])
{
    double old[FITTED + 1] = {1}, now[FITTED + 1] = {0, 1}; /* their coefficients */

    mean[0] = 1;
    for (int k = 1; k <= FITTED; k++) {
        double next[FITTED + 1] = {0};

        mean[k] = 0;
        for (int j = 0; j <= k; j++) mean[k] += now[j] * power[j];
        for (int j = 0; j <= FITTED; j++) next[j] = (j ? 2 * now[j - 1] : 0) - old[j];
        memcpy(old, now, sizeof old);
        memcpy(now, next, sizeof now);
    }
}

/* Solves gram · x = right, which becomes x; what is singular is left at 0 (Cholesky). */
static void solve_normal(double gram[FITTED][FITTED], double right[FITTED])
{
    for (int k = 0; k < FITTED; k++) {
        double own = gram[k][k];

        for (int j = 0; j < k; j++) own -= gram[k][j] * gram[k][j];
        own = own > 1e-11 * gram[k][k] ? sqrt(own) : INFINITY;
        for (int i = k + 1; i < FITTED; i++) {
            double x = gram[i][k];

            for (int j = 0; j < k; j++) x -= gram[i][j] * gram[k][j];
            gram[i][k] = x / own;
        }
        gram[k][k] = own;
        for (int j = 0; j < k; j++) right[k] -= gram[k][j] * right[j];
        right[k] /= own;
    }
    for (int k = FITTED - 1; k >= 0; k--) {
        for (int i = k + 1; i < FITTED; i++) right[k] -= gram[i][k] * right[i];
        right[k] /= gram[k][k];
    }
}

/* One step of Newton's, the shortest that leads to the moments (Σ w d² least), and at most half a slice;
   returns how far these were off. */
static double newton_step(struct fit *f)
{
    double slope[MOST_POINTS][FITTED + 1], gram[FITTED][FITTED] = {{0}}, left[FITTED], by[MOST_POINTS],
                                           off = 0, most = 0;

    for (int k = 0; k < FITTED; k++) left[k] = f->want[k + 1];
    for (size_t i = 0; i < f->count; i++) {
        double value[FITTED + 1], w = f->stuck[i] ? 0 : f->weight[i];

        chebyshev_at(f->at[i], value, slope[i]);
        for (int k = 0; k < FITTED; k++) {
            left[k] -= f->weight[i] * value[k + 1];
            for (int j = 0; j <= k; j++) gram[k][j] += w * slope[i][k + 1] * slope[i][j + 1];
        }
    }
    for (int k = 0; k < FITTED; k++) off = fmax(off, fabs(left[k]));
    solve_normal(gram, left);
    for (size_t i = 0; i < f->count; i++) {
        by[i] = 0;
        for (int k = 0; k < FITTED; k++) by[i] += f->stuck[i] ? 0 : left[k] * slope[i][k + 1];
        most = fmax(most, fabs(by[i]) / (f->high[i] - f->low[i]));
    }
    for (size_t i = 0; i < f->count; i++) {
        double to = f->at[i] + by[i] / fmax(1, 2 * most);

        f->at[i] = fmin(f->high[i], fmax(f->low[i], to));
        f->stuck[i] = f->at[i] != to;
    }
    return off;
}

/* All points go the same part of their way to one edge, so that the mean is that of the rows. */
static void set_mean(struct fit *f)
{
    double missing = f->want[1], room = 0, part;

    for (size_t i = 0; i < f->count; i++) missing -= f->weight[i] * f->at[i];
    for (size_t i = 0; i < f->count; i++)
        room += f->weight[i] * (missing > 0 ? f->high[i] - f->at[i] : f->at[i] - f->low[i]);
    part = room > 0 ? fmin(1, fabs(missing) / room) : 0;
    for (size_t i = 0; i < f->count; i++)
        f->at[i] += part * ((missing > 0 ? f->high[i] : f->low[i]) - f->at[i]);
}

double slice_edge(const struct slices *s, int slice)
{
    return -1 + 2.0 * slice / s->count;
}

bool slices_find(const struct cell *c, struct slices *out)
{
    double sum = 0, all = c->rest ? c->rest[0] : c->sum[0];

    *out = (struct slices){.count = c->slice_weight ? WEIGHT_SLICES : SLICES};
    if (!c->slice_rows && !c->slice_weight) return false;
    out->first = out->count;
    for (int k = 0; k < out->count; k++) {
        out->share[k] = c->slice_weight ? c->slice_weight[k] : c->slice_rows[k];
        sum += out->share[k];
        if (!(out->share[k] > 0)) continue;
        if (out->first == out->count) out->first = k;
        out->end = k + 1;
    }
    for (int k = 0; k < out->count; k++) out->share[k] /= sum;
    /* weights are rounded to a millionth; a slice that is full has not all */
    return out->end - out->first > 2 && fabs(sum - all) < 1e-4 * all;
}

size_t slices_points(const struct cell *c, struct mass out[MOST_POINTS])
{
    enum { STEPS = 24 };
    struct fit f = {.count = 0};
    double moment[TALLY_MOMENTS] = {0}, middle, half, all = c->sum[0];
    struct slices s;

    slices_find(c, &s);
    middle = 0.5 * (slice_edge(&s, s.first) + slice_edge(&s, s.end));
    half = 0.5 * (slice_edge(&s, s.end) - slice_edge(&s, s.first));
    moments_add_moved(-middle, 1 / half, c->sum, moment);
    for (int k = 0; k < TALLY_MOMENTS; k++) moment[k] /= all;
    chebyshev_means(moment, f.want);
    for (int k = s.first; k < s.end; k++) {
        double low = (slice_edge(&s, k) - middle) / half, high = (slice_edge(&s, k + 1) - middle) / half;
        int points = !(s.share[k] > 0) ? 0 : c->slice_rows && c->slice_rows[k] == 1 ? 1 : 2;

        /* wherever they are, two at a quarter and three quarters are the least wrong */
        for (int i = 0; i < points; i++) {
            f.at[f.count] = low + (high - low) * (points == 1 ? 0.5 : 0.25 + 0.5 * i);
            f.low[f.count] = low;
            f.high[f.count] = high;
            f.weight[f.count++] = s.share[k] / points;
        }
    }
    for (int k = 0; k < STEPS && newton_step(&f) > 1e-11;) k++;
    set_mean(&f);
    for (size_t i = 0; i < f.count; i++)
        out[i] = (struct mass){fmin(1, fmax(-1, middle + half * f.at[i])), all * f.weight[i]};
    for (size_t i = 1; i < f.count; i++) /* the two of a slice may have changed places */
        if (out[i].place < out[i - 1].place) {
            struct mass other = out[i];

            out[i] = out[i - 1];
            out[i - 1] = other;
        }
    return f.count;
}
