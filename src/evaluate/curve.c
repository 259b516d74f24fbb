/* curve.c: concentration of a loss, and cumulative curves */
#include "evaluate/concentration.h"

#include <math.h>
#include <stdlib.h>

/* A list and its running sums: block[b] is the loss of all before the SWEEP_BLOCK points of block b. */
struct running {
    struct list list;
    const double *block;
    double weight, loss;
    double low; /* Σ w v (the weight of what is larger, and half its own) */
};

static bool run_up(struct measure *m, const double *alpha, const bool *keep, struct running *r)
{
    double *block, sum = 0;
    size_t n;

    if (!list_make(m, alpha, keep, &r->list)) return false;
    n = r->list.count;
    if (!m->ranking.block) m->ranking.block = measure_array(m->points / SWEEP_BLOCK + 2);
    block = m->ranking.block;
    r->low = m->sweep->dots(r->list.value, r->list.weight, r->list.before, n, block);
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
static double loss_before(const struct running *r, size_t i)
{
    size_t k = i / SWEEP_BLOCK;
    double sum = r->block[k];

    for (k *= SWEEP_BLOCK; k < i; k++) sum += r->list.weight[k] * r->list.value[k];
    return sum;
}

/* The share of the loss in the largest so much of the weight, straight between whole points. */
static double share_of(const struct running *r, double fraction)
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
static double half_of(const struct running *r)
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
   variance leave out of a sum is below a³ e^2a / 6 of it. 1e-6 is for rounded moments. */
static double bound_of(const struct measure *m, const double *alpha, const bool *keep,
                       const struct running *r)
{
    double sum = 0, at_half, want = half_of(r) * r->weight, a = (2 * setting_exponent(&m->at) + 1) / 257;
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
    sum *= (m->at.loss->unsorted ? 2 : 1) * exp(2 * a) / r->loss;
    if (m->spreads) sum += a * a * a * exp(2 * a) / 6;
    return fmin(1, (1e-6 + sum) * fmax(2, 1 / at_half));
}

void measure_concentration(struct measure *m, const double *alpha, const bool *keep,
                           struct concentration *out)
{
    struct running r;

    *out = (struct concentration){NAN, NAN, NAN, NAN, NAN, NAN};
    if (!run_up(m, alpha, keep, &r)) return;
    /* Gini's coefficient, the mean absolute difference over twice the mean, from below: 2 Σ w v (what is
     * lower, and half its own) / (W L) − 1 */
    *out = (struct concentration){share_of(&r, 0.01),
                                  share_of(&r, 0.05),
                                  share_of(&r, 0.2),
                                  half_of(&r),
                                  1 - 2 * r.low / (r.weight * r.loss),
                                  0};
    out->bound = bound_of(m, alpha, keep, &r);
}

/* A curve along a list: corner i at (x, y) after i of its items, from whichever end. */
struct path {
    const struct running *r;
    const double *y; /* [count + 1]: the loss of the i largest */
    bool hardest_first;
};

static double path_x(const struct path *p, size_t i)
{
    size_t n = p->r->list.count;

    return p->hardest_first ? p->r->list.before[i] / p->r->weight
                            : 1 - p->r->list.before[n - i] / p->r->weight;
}

static double path_y(const struct path *p, size_t i)
{
    size_t n = p->r->list.count;

    return p->hardest_first ? p->y[i] / p->r->loss : 1 - p->y[n - i] / p->r->loss;
}

/* How far the corners between two of them are from a straight line: the curve bends one way, so the furthest
 * is found by halving. */
static double path_bend(const struct path *p, size_t from, size_t to)
{
    double x = path_x(p, from), y = path_y(p, from), slope = (path_y(p, to) - y) / (path_x(p, to) - x);
    size_t low = from, high = to;

    while (low < high) { /* the first corner behind which the curve no longer leaves the line */
        size_t middle = low + (high - low) / 2;
        double own =
            (path_y(p, middle + 1) - path_y(p, middle)) / (path_x(p, middle + 1) - path_x(p, middle));

        if ((own > slope) == p->hardest_first)
            low = middle + 1;
        else
            high = middle;
    }
    return fabs(path_y(p, low) - y - slope * (path_x(p, low) - x));
}

/* The furthest corner that a straight line reaches within the bend. */
static size_t path_next(const struct path *p, size_t from, double bend)
{
    size_t low = from + 1, high = p->r->list.count;

    while (low < high) {
        size_t middle = high - (high - low) / 2;

        if (path_bend(p, from, middle) <= bend)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* From a place of the curve to another, straight, in steps of which none doubles x nor adds much to y: on a
 * logarithmic axis a line between two places is no line. */
static size_t path_put(double x_end, double y_end, double step, size_t room, size_t count, double *x,
                       double *y)
{
    double from_x = x[count - 1], from_y = y[count - 1];

    while (count + 1 < room) {
        double grow = fmin(1, sqrt(8 * step / fmax(y[count - 1], 1e-9))), next = x[count - 1] * (1 + grow);

        if (!(next > 0)) next = step < 1 ? x_end * 1e-3 / y_end : x_end; /* the axis has no 0 */
        if (!(next < x_end)) break;
        x[count] = next;
        y[count] = from_y + (y_end - from_y) * (next - from_x) / (x_end - from_x);
        count++;
    }
    x[count] = x_end;
    y[count++] = y_end;
    return count;
}

size_t measure_curve(struct measure *m, const double *alpha, const bool *keep, bool hardest_first,
                     size_t room, double *x, double *y)
{
    const double bend = 2e-4, step = 5e-4;
    struct running r;
    double *sum;
    struct path p = {&r, NULL, hardest_first};
    size_t count = 1;

    if (!run_up(m, alpha, keep, &r)) return 0;
    p.y = sum = mem_alloc(r.list.count + 1, sizeof *sum);
    for (size_t i = 0; i < r.list.count; i++) sum[i + 1] = sum[i] + r.list.weight[i] * r.list.value[i];
    r.loss = sum[r.list.count];
    x[0] = y[0] = 0;
    for (size_t i = 0; i < r.list.count && count + 1 < room;) {
        i = path_next(&p, i, bend);
        count = path_put(path_x(&p, i), path_y(&p, i), hardest_first ? step : INFINITY, room, count, x, y);
    }
    x[count - 1] = y[count - 1] = 1;
    free(sum);
    return count;
}
