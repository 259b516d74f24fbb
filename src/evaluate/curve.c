/* curve.c: concentration of a loss, and cumulative curves */
#include "evaluate/concentration.h"

#include <math.h>

/* A list and its running sums: block[b] is the loss of all before the SWEEP_BLOCK points of block b. */
struct prefix_sums {
    struct list list;
    const double *block;
    double weight, loss;
    double low; /* Σ w v (the weight of what is larger, and half its own) */
};

static bool prefix_sums_make(struct measure *m, const double *alpha, const bool *keep, struct prefix_sums *r)
{
    double *block, sum = 0;
    size_t n;

    if (!list_make(m, alpha, keep, &r->list)) return false;
    n = r->list.count;
    if (!m->scratch.block) m->scratch.block = measure_array(m->points / SWEEP_BLOCK + 2);
    block = m->scratch.block;
    r->low = m->sweep->block_sums(r->list.value, r->list.weight, r->list.before, n, block);
    for (size_t b = 0; b * SWEEP_BLOCK < n; b++) {
        double own = block[b];

        block[b] = sum;
        sum += own;
    }
    r->block = block;
    r->weight = r->list.before[n];
    r->loss = sum;
    return r->loss > 0 && isfinite(r->loss) && r->weight > 0;
}

/* The loss of all before point i. */
static double loss_before(const struct prefix_sums *r, size_t i)
{
    size_t k = i / SWEEP_BLOCK;
    double sum = r->block[k];

    for (k *= SWEEP_BLOCK; k < i; k++) sum += r->list.weight[k] * r->list.value[k];
    return sum;
}

/* The share of the loss in the largest so much of the weight, straight between whole points. */
static double share_of(const struct prefix_sums *r, double fraction)
{
    double want = fraction * r->weight;
    size_t low = 0, high = r->list.count;

    while (low < high) { /* the first point that is not whole in it */
        size_t middle = low + (high - low) / 2;

        if (r->list.before[middle + 1] > want)
            high = middle;
        else
            low = middle + 1;
    }
    if (low == r->list.count) return 1;
    return fmin(1, (loss_before(r, low) + (want - r->list.before[low]) * r->list.value[low]) / r->loss);
}

/* The fraction that holds half of the loss. */
static double half_of(const struct prefix_sums *r)
{
    size_t low = 0, high = (r->list.count - 1) / SWEEP_BLOCK, i;
    double so_far;

    while (low < high) { /* the last block before which half is not reached */
        size_t middle = high - (high - low) / 2;

        if (r->block[middle] < r->loss / 2)
            low = middle;
        else
            high = middle - 1;
    }
    so_far = r->block[low];
    for (i = low * SWEEP_BLOCK; i + 1 < r->list.count; i++) {
        double with = so_far + r->list.weight[i] * r->list.value[i];

        if (with >= r->loss / 2) break;
        so_far = with;
    }
    return fmin(1, (r->list.before[i] + (r->loss / 2 - so_far) / r->list.value[i]) / r->weight);
}

/* A share of the loss is off by the parts' bounds over the loss; the fraction that holds half of it by that
   times the mean loss over the loss there; Gini's coefficient by at most twice the share's. A loss that does
   not fall with p_t may cut two cells of a part at once. Within a bin of half width 1/257 the loss may change
   by e^±a: so much may its deviation be more than that of points, and what points of the same mean and
   variance leave out of a sum is below a³ e^2a / 6 of it. 1e-6 is for rounded moments, 1e-12 for sums of rows
   that are all known. */
static double bound_of(const struct measure *m, const double *alpha, const bool *keep,
                       const struct prefix_sums *r)
{
    double sum = 0, at_half, want = half_of(r) * r->weight, a = (setting_exponent(&m->at) + 1) / 257;
    size_t low = 0, high = r->list.count - 1;

    for (size_t p = 0; p < m->parts; p++)
        if (!keep || keep[p]) sum += (alpha ? alpha[p] : 1) * m->part_bound[p];
    while (low < high) {
        size_t middle = high - (high - low) / 2;

        if (r->list.before[middle] < want)
            low = middle;
        else
            high = middle - 1;
    }
    at_half = r->list.value[low] * r->weight / r->loss;
    sum *= (setting_is_unsorted(&m->at) ? 2 : 1) * exp(2 * a) / r->loss;
    if (m->guessed) sum += a * a * a * exp(2 * a) / 6;
    return fmin(1, ((m->unknown ? 1e-6 : 1e-12) + sum) * fmax(2, 1 / at_half));
}

void measure_concentration(struct measure *m, const double *alpha, const bool *keep,
                           struct concentration *out)
{
    struct prefix_sums r;

    *out = (struct concentration){NAN, NAN, NAN, NAN, NAN, NAN};
    if (!prefix_sums_make(m, alpha, keep, &r)) return;
    /* Gini's coefficient, the mean absolute difference over twice the mean, from below: 2 Σ w v (what is
       lower, and half its own) / (W L) − 1 */
    *out = (struct concentration){share_of(&r, 0.01),
                                  share_of(&r, 0.05),
                                  share_of(&r, 0.2),
                                  half_of(&r),
                                  1 - 2 * r.low / (r.weight * r.loss),
                                  0};
    out->bound = bound_of(m, alpha, keep, &r);
}

size_t measure_curve(struct measure *m, const double *alpha, const bool *keep, bool hardest_first,
                     size_t room, double *x, double *y)
{
    struct prefix_sums r;
    size_t count = 1;
    double w = 0, l = 0, step = 2.0 / (double)(room - 8);

    if (!prefix_sums_make(m, alpha, keep, &r)) return 0;
    x[0] = y[0] = 0;
    for (size_t i = 0; i < r.list.count; i++) {
        size_t p = hardest_first ? i : r.list.count - 1 - i;
        double before_x = w / r.weight, before_y = l / r.loss;

        w += r.list.weight[p];
        l += r.list.weight[p] * r.list.value[p];
        if (r.list.count + 1 > room && i + 1 < r.list.count && w / r.weight - x[count - 1] < step &&
            l / r.loss - y[count - 1] < step)
            continue;
        /* the last whole point before a large one is a corner of the curve */
        if (count + 2 < room && (before_x > x[count - 1] || before_y > y[count - 1]) &&
            (w / r.weight - before_x > step || l / r.loss - before_y > step)) {
            x[count] = before_x;
            y[count++] = before_y;
        }
        if (count + 1 < room) {
            x[count] = w / r.weight;
            y[count++] = l / r.loss;
        }
    }
    x[count - 1] = y[count - 1] = 1;
    return count;
}
