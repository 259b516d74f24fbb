/* curve.c: concentration of a loss and cumulative curves: the points of a tally, hardest first */
#include "loss/tail.h"
#include "tally/measure_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Losses (with α) and weights of some points, largest loss first. */
struct list {
    const double *value, *weight;
    size_t count;
};

static double *scratch(double **array, const struct measure *m)
{
    if (!*array) *array = mem_alloc(m->points + SWEEP_PAD, sizeof **array);
    return *array;
}

/* A whole number for each tail, rising from the hardest to the easiest (tail_compare): far tails by falling size, hard ones by rising, easy
   ones by falling. */
static uint64_t ease_of(double tail)
{
    uint64_t size;

    memcpy(&size, &tail, sizeof size);
    size &= INT64_MAX;
    if (tail <= -1) return (INT64_MAX - size) >> 1;
    return signbit(tail) ? (uint64_t)1 << 62 | size : (uint64_t)3 << 62 | (((uint64_t)1 << 62) - 1 - size);
}

struct seat {
    uint64_t ease;
    uint32_t point;
};

static int by_ease(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;

    if (x->ease != y->ease) return x->ease < y->ease ? -1 : 1;
    return x->point < y->point ? -1 : x->point > y->point; /* any fixed order of ties */
}

const uint32_t *measure_order(struct measure *m)
{
    struct seat *seat;

    if (m->order) return m->order;
    m->order = mem_alloc(m->points + 1, sizeof *m->order);
    seat = mem_alloc(m->points + 1, sizeof *seat);
    for (size_t i = 0; i < m->points; i++) seat[i] = (struct seat){ease_of(m->point[i].tail), (uint32_t)i};
    if (m->points) qsort(seat, m->points, sizeof *seat, by_ease);
    for (size_t i = 0; i < m->points; i++) m->order[i] = seat[i].point;
    free(seat);
    return m->order;
}

/* One α for all: the order of p_t. */
static struct list list_even(struct measure *m, const bool *keep)
{
    const double *value = measure_values(m);
    const uint32_t *order = measure_order(m);
    double *v = scratch(&m->list, m), *w = scratch(&m->list_weight, m);
    size_t n = 0;

    for (size_t i = 0; !keep && i < m->points; i++) {
        v[i] = value[order[i]];
        w[i] = m->weight[order[i]];
    }
    if (!keep) return (struct list){v, w, m->points};
    for (size_t i = 0; i < m->points; i++) {
        size_t p = order[i];

        if (keep && !keep[m->cell[m->point[p].cell].part]) continue;
        v[n] = value[p];
        w[n++] = m->weight[p];
    }
    return (struct list){v, w, n};
}

/* Two parts, each with its α: two sorted lists become one. Which comes next cannot be foreseen, so nothing branches on it. */
static struct list list_of_two(struct measure *m, const double *alpha, size_t a, size_t b)
{
    const double *value = measure_values(m);
    double *v = scratch(&m->list, m), *w = scratch(&m->list_weight, m);
    size_t i = m->part_first[a], j = m->part_first[b], n = 0, end_i = m->part_first[a + 1], end_j = m->part_first[b + 1];

    while (i < end_i && j < end_j) {
        double x = alpha[a] * value[i], y = alpha[b] * value[j];
        size_t first = x >= y, from = first ? i : j;

        v[n] = first ? x : y;
        w[n++] = m->weight[from];
        i += first;
        j += !first;
    }
    for (; i < end_i; i++, n++) v[n] = alpha[a] * value[i], w[n] = m->weight[i];
    for (; j < end_j; j++, n++) v[n] = alpha[b] * value[j], w[n] = m->weight[j];
    return (struct list){v, w, n};
}

struct pair {
    double value, weight;
};

static int larger_first(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return x->weight > y->weight ? -1 : x->weight < y->weight;
}

/* Any parts and any α: sorted. */
static struct list list_sorted(struct measure *m, const double *alpha, const bool *keep)
{
    const double *value = measure_values(m);
    double *v = scratch(&m->list, m), *w = scratch(&m->list_weight, m);
    struct pair *pair = mem_alloc(m->points + 1, sizeof *pair);
    size_t n = 0;

    for (size_t i = 0; i < m->points; i++) {
        size_t part = m->cell[m->point[i].cell].part;

        if (!keep || keep[part]) pair[n++] = (struct pair){alpha[part] * value[i], m->weight[i]};
    }
    qsort(pair, n, sizeof *pair, larger_first);
    for (size_t i = 0; i < n; i++) {
        v[i] = pair[i].value;
        w[i] = pair[i].weight;
    }
    free(pair);
    return (struct list){v, w, n};
}

static struct list list_of(struct measure *m, const double *alpha, const bool *keep)
{
    size_t part[2] = {0}, parts = 0;
    bool even = true;

    for (size_t p = 0; p < m->parts; p++) {
        if ((keep && !keep[p]) || m->part_first[p] == m->part_first[p + 1]) continue;
        if (parts < 2) part[parts] = p;
        parts++;
        if (alpha && alpha[p] != alpha[part[0]]) even = false;
    }
    if (parts == 1) /* α is a factor of all alike */
        return (struct list){measure_values(m) + m->part_first[part[0]], m->weight + m->part_first[part[0]],
                             m->part_first[part[0] + 1] - m->part_first[part[0]]};
    if (even && alpha && parts && !(alpha[part[0]] > 0)) return (struct list){NULL, NULL, 0};
    if (even) return list_even(m, keep);
    if (parts == 2) return list_of_two(m, alpha, part[0], part[1]);
    return list_sorted(m, alpha, keep);
}

/* So much of the weight, of the largest losses, of what the list holds in sum: running sums w (of weights) and l, from which the sums up to any
   weight are read, straight between whole points. */
struct running {
    struct list list;
    const double *upto; /* [count]: Σ w v of the points so far */
    double weight, loss;
    double low;         /* Σ w v (the weight of what is larger, and half its own) */
};

static bool run_up(struct measure *m, struct list list, struct running *r)
{
    double *upto = scratch(&m->list_sum, m), weight = 0, loss = 0, low = 0;

    for (size_t i = 0; i < list.count; i++) {
        double more = list.weight[i] * list.value[i];

        low += more * (weight + list.weight[i] / 2);
        weight += list.weight[i];
        loss += more;
        upto[i] = loss;
    }
    *r = (struct running){list, upto, weight, loss, low};
    return loss > 0 && isfinite(loss) && weight > 0;
}

/* Shares of the loss in the largest fractions at[] (ascending). */
static void shares(const struct running *r, const double *at, size_t count, double *out)
{
    double w = 0;
    size_t i = 0;

    for (size_t k = 0; k < count; k++) {
        double want = at[k] * r->weight, l;

        for (; i < r->list.count && w + r->list.weight[i] <= want; i++) w += r->list.weight[i];
        l = i ? r->upto[i - 1] : 0;
        out[k] = fmin(1, (l + (i < r->list.count ? (want - w) * r->list.value[i] : 0)) / r->loss);
    }
}

/* The fraction that holds half of the loss. */
static double half_of(const struct running *r)
{
    size_t low = 0, high = r->list.count;
    double w = 0;

    while (low < high) { /* the first point up to which half is reached */
        size_t middle = low + (high - low) / 2;

        if (r->upto[middle] >= r->loss / 2)
            high = middle;
        else
            low = middle + 1;
    }
    if (low == r->list.count) return 1;
    for (size_t i = 0; i < low; i++) w += r->list.weight[i];
    return (w + (r->loss / 2 - (low ? r->upto[low - 1] : 0)) / r->list.value[low]) / r->weight;
}

void measure_concentration(struct measure *m, const double *alpha, const bool *keep, struct concentration *out)
{
    static const double fraction[] = {0.01, 0.05, 0.2};
    struct running r;
    double top[3];

    *out = (struct concentration){NAN, NAN, NAN, NAN, NAN};
    if (!run_up(m, list_of(m, alpha, keep), &r)) return;
    shares(&r, fraction, 3, top);
    /* Gini's coefficient, the mean absolute difference over twice the mean, from below: 2 Σ w v (what is lower, and half its own) / (W L) − 1 */
    *out = (struct concentration){top[0], top[1], top[2], half_of(&r), 1 - 2 * r.low / (r.weight * r.loss)};
}

size_t measure_curve(struct measure *m, const double *alpha, const bool *keep, bool hardest_first, size_t room, double *x,
                     double *y)
{
    struct running r;
    size_t count = 1;
    double w = 0, l = 0, step = 2.0 / (double)(room - 8);

    if (!run_up(m, list_of(m, alpha, keep), &r)) return 0;
    x[0] = y[0] = 0;
    for (size_t i = 0; i < r.list.count; i++) {
        size_t p = hardest_first ? i : r.list.count - 1 - i;
        double before_x = w / r.weight, before_y = l / r.loss;

        w += r.list.weight[p];
        l += r.list.weight[p] * r.list.value[p];
        if (i + 1 < r.list.count && w / r.weight - x[count - 1] < step && l / r.loss - y[count - 1] < step) continue;
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
