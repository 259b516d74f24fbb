/* rule.c: Gauss's rules of the moments of a cell: few places that stand for its rows */
#include "evaluate/internal.h"

#include <math.h>
#include <string.h>

void shift_make(double offset, double factor, struct shift *out)
{
    double row[TALLY_MOMENTS] = {0}, scale = 1; /* row[j] = C(k, j) o^(k − j) */

    for (int k = 0; k < TALLY_MOMENTS; k++, scale *= factor) {
        for (int j = k; j > 0; j--) row[j] = row[j] * offset + row[j - 1];
        row[0] = k ? row[0] * offset : 1;
        for (int j = 0; j <= k; j++) out->at[k][j] = row[j] * scale;
    }
}

void shift_add(const struct shift *shift, const double moment[TALLY_MOMENTS], double sum[TALLY_MOMENTS])
{
    for (int k = 0; k < TALLY_MOMENTS; k++) {
        double own = 0;

        for (int j = 0; j <= k; j++) own += shift->at[k][j] * moment[j];
        sum[k] += own;
    }
}

void moments_add_moved(double offset, double factor, const double moment[TALLY_MOMENTS],
                       double sum[TALLY_MOMENTS])
{
    struct shift shift;

    shift_make(offset, factor, &shift);
    shift_add(&shift, moment, sum);
}

size_t measure_points_of(const struct cell *c, struct mass out[2])
{
    double w = c->sum[0], mean = c->sum[1] / w, second = c->sum[2] / w, variance = second - mean * mean,
           sigma, skew, root;

    out[0] = (struct mass){.place = mean, .weight = w};
    if (c->count < 2 || variance < 1e-11) return 1;
    sigma = sqrt(variance);
    skew = (c->sum[3] / w - 3 * mean * second + 2 * mean * mean * mean) / (variance * sigma);
    root = sqrt(skew * skew + 4);
    for (int i = 0; i < 2; i++)
        out[i].place = fmin(1, fmax(-1, mean + sigma * (skew + (i ? root : -root)) / 2));
    if (!(out[0].place < mean && mean < out[1].place)) {
        out[0].place = mean;
        return 1;
    }
    /* the mean stays, also where a skew that is nothing but rounding leads out of the bin */
    for (int i = 0; i < 2; i++)
        out[i].weight = w * (out[1 - i].place - mean) / (out[1 - i].place - out[i].place);
    return 2;
}

/* Monic orthogonal polynomials: p_{k+1}(x) = (x − a_k) p_k(x) − b_k p_{k−1}(x); h_k = Σ p_k². */
struct recurrence {
    double a[RULE], b[RULE], h[RULE + 1];
};

/* *slope: of the polynomial there; NULL: not wanted. */
static double polynomial_at(const struct recurrence *r, int degree, double x, double *slope)
{
    double before = 0, now = 1, slope_before = 0, slope_now = 0;

    for (int k = 0; k < degree; k++) {
        double b = k ? r->b[k] : 0, next = (x - r->a[k]) * now - b * before,
               slope_next = now + (x - r->a[k]) * slope_now - b * slope_before;

        before = now;
        now = next;
        slope_before = slope_now;
        slope_now = slope_next;
    }
    if (slope) *slope = slope_now;
    return now;
}

/* Rows whose mean p² is below `most`, for the n-th polynomial, are that far from its zeros, the places: there
   |p| is p' = h_{n−1} / (w p_{n−1}) times the distance (Christoffel and Darboux). */
static double blur_of(const struct recurrence *r, const struct rule *rule, const double *weight, double most)
{
    int n = rule->count;
    double sum = 0;

    for (int i = 0; i < n; i++)
        sum += weight[i] * sqrt(weight[i] * most) * fabs(polynomial_at(r, n - 1, rule->place[i], NULL)) /
               r->h[n - 1];
    return sum;
}

/* Chebyshev's algorithm: the recurrence of moments c[0 … 8]; returns how many polynomials there are before
   one is 0 within what the moments are known to, floor[k]. */
static int recurrence_of(const double c[TALLY_MOMENTS], const double floor[RULE + 1], struct recurrence *r)
{
    double older[TALLY_MOMENTS + 1] = {0}, old[TALLY_MOMENTS + 1];

    memcpy(old, c, TALLY_MOMENTS * sizeof *old);
    r->h[0] = c[0];
    r->a[0] = c[1] / c[0];
    for (int k = 1; k <= RULE; k++) {
        double now[TALLY_MOMENTS + 1] = {0};

        for (int l = k; l < TALLY_MOMENTS - k; l++)
            now[l] = old[l + 1] - r->a[k - 1] * old[l] - (k > 1 ? r->b[k - 1] : 0) * older[l];
        if (k == RULE) now[k] = old[k + 1] - r->a[k - 1] * old[k] - r->b[k - 1] * older[k];
        r->h[k] = now[k];
        if (!(r->h[k] > floor[k])) return k;
        if (k == RULE) break;
        r->b[k] = r->h[k] / r->h[k - 1];
        r->a[k] = now[k + 1] / now[k] - old[k] / old[k - 1];
        memcpy(older, old, sizeof older);
        memcpy(old, now, sizeof old);
    }
    return RULE + 1;
}

/* The zero between `from` and `to`, where the polynomial goes from below 0 to above it, or down: Newton's
   steps as long as they stay between, else halves. */
static double zero_between(const struct recurrence *r, int degree, double from, double to, bool rising)
{
    double x = 0.5 * (from + to);

    for (int step = 0; step < 60; step++) {
        double slope, value = polynomial_at(r, degree, x, &slope), next = x - value / slope;

        if ((value < 0) == rising)
            from = x;
        else
            to = x;
        if (!(next > from && next < to)) next = 0.5 * (from + to);
        if (fabs(next - x) <= 2e-16 * fmax(1, fabs(x))) return next;
        x = next;
    }
    return x;
}

/* The zeros of the polynomials of degree 1, 2, … n: each between those of the one before. */
static void zeros_of(const struct recurrence *r, int n, double low, double high, double zero[RULE])
{
    double edge[RULE + 1] = {low, high};

    for (int degree = 1; degree <= n; degree++) {
        edge[degree] = high;
        for (int i = 0; i < degree; i++)
            zero[i] = zero_between(r, degree, edge[i], edge[i + 1], (degree - i) % 2);
        for (int i = 0; i < degree; i++) edge[i + 1] = zero[i];
        edge[0] = low;
    }
}

void rule_of(const double sum[TALLY_MOMENTS], struct rule *out)
{
    double mean = sum[1] / sum[0], sigma = sqrt(fmax(0, sum[2] / sum[0] - mean * mean));
    double moment[TALLY_MOMENTS] = {0}, floor[RULE + 1] = {0};
    struct recurrence r;
    int found;

    *out =
        (struct rule){.count = 1, .exact = true, .place = {mean}, .weight = {sum[0]}, .blur = sum[0] * sigma};
    if (sigma < 1e-6) return;
    moments_add_moved(-mean, 1 / sigma, sum, moment);
    for (int k = TALLY_MOMENTS - 1; k >= 0; k--) moment[k] /= moment[0];
    /* moments are rounded to 2^-45 a row, the eighth to 2^-17 */
    for (int k = 1; k <= RULE; k++)
        floor[k] = 1e-7 + 64 * (k == RULE ? 0x1p-17 : 0x1p-45) / pow(sigma, 2 * k);
    found = recurrence_of(moment, floor, &r);
    out->count = found > RULE ? RULE : found;
    out->exact = found <= RULE && floor[found] < 1e-3;
    zeros_of(&r, out->count, (-1 - mean) / sigma, (1 - mean) / sigma, out->place);
    for (int i = 0; i < out->count; i++) {
        double square = 0;

        for (int k = 0; k < out->count; k++) {
            double x = polynomial_at(&r, k, out->place[i], NULL);

            square += x * x / r.h[k];
        }
        out->weight[i] = 1 / square;
    }
    if (out->exact) out->blur = sum[0] * sigma * blur_of(&r, out, out->weight, floor[found]);
    for (int i = 0; i < out->count; i++) out->weight[i] *= sum[0];
    for (int i = 0; i < out->count; i++) out->place[i] = mean + sigma * out->place[i];
}
