/* curve.c: concentration of a loss and cumulative curves: the points of a tally, hardest first */
#include "loss/tail.h"
#include "tally/measure_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    double value, weight;
};

static int harder_first(const void *a, const void *b, void *context)
{
    const struct point *point = context, *x = &point[*(const uint32_t *)a], *y = &point[*(const uint32_t *)b];
    int c = tail_compare(x->tail, y->tail);

    if (c) return c;
    return x->cell < y->cell ? -1 : x->cell > y->cell; /* any fixed order of ties */
}

static int larger_first(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return x->weight > y->weight ? -1 : x->weight < y->weight;
}

static double point_loss(const struct measure *m, const struct point *p)
{
    if (m->loss->star) return m->loss->value(p->tail, m->at);
    if (m->at.gamma == 0 || p->loss == 0) return p->loss;
    return exp(m->at.gamma * p->log_rest) * p->loss;
}

static bool kept(const struct measure *m, const bool *keep, const struct point *p)
{
    return !keep || keep[m->cell[p->cell].part];
}

/* α_part l of every kept point with its weight, largest first. */
static size_t gather(struct measure *m, const double *alpha, const bool *keep, struct pair **out)
{
    struct pair *pair;
    size_t n = 0;
    bool even = true;

    for (size_t p = 1; alpha && p < m->parts; p++) even &= alpha[p] == alpha[0];
    if (!m->value) m->value = mem_alloc(m->points + 1, sizeof *pair);
    *out = pair = m->value;
    if (!m->order) {
        m->order = mem_alloc(m->points + 1, sizeof *m->order);
        for (size_t i = 0; i < m->points; i++) m->order[i] = (uint32_t)i;
        qsort_r(m->order, m->points, sizeof *m->order, harder_first, m->point);
    }
    for (size_t i = 0; i < m->points; i++) {
        const struct point *p = &m->point[m->order[i]];
        double factor = alpha ? alpha[m->cell[p->cell].part] : 1;

        if (kept(m, keep, p)) pair[n++] = (struct pair){factor * point_loss(m, p), p->weight};
    }
    if (!even) qsort(pair, n, sizeof *pair, larger_first); /* else the order of p_t is the order of the loss */
    return n;
}

static bool totals(const struct pair *pair, size_t n, double *weight, double *loss)
{
    *weight = *loss = 0;
    for (size_t i = 0; i < n; i++) {
        *weight += pair[i].weight;
        *loss += pair[i].weight * pair[i].value;
    }
    return *loss > 0 && isfinite(*loss) && *weight > 0;
}

/* Shares of the loss in the largest fractions at[] (ascending), straight between whole points. */
static void shares(const struct pair *pair, size_t n, double weight, double loss, const double *at, size_t count, double *out)
{
    double w = 0, l = 0;
    size_t i = 0;

    for (size_t k = 0; k < count; k++) {
        double want = at[k] * weight;

        for (; i < n && w + pair[i].weight <= want; i++) {
            w += pair[i].weight;
            l += pair[i].weight * pair[i].value;
        }
        out[k] = fmin(1, (l + (i < n ? (want - w) * pair[i].value : 0)) / loss);
    }
}

static double half_of(const struct pair *pair, size_t n, double weight, double loss)
{
    double w = 0, l = 0;

    for (size_t i = 0; i < n; i++) {
        double more = pair[i].weight * pair[i].value;

        if (l + more >= loss / 2) return (w + (loss / 2 - l) / pair[i].value) / weight;
        w += pair[i].weight;
        l += more;
    }
    return 1;
}

/* Gini's coefficient: mean absolute difference over twice the mean. */
static double gini_of(const struct pair *pair, size_t n, double weight, double loss)
{
    double before = 0, sum = 0;

    for (size_t i = n; i-- > 0;) { /* lowest first */
        sum += pair[i].weight * pair[i].value * (before + pair[i].weight / 2);
        before += pair[i].weight;
    }
    return 2 * sum / (weight * loss) - 1;
}

void measure_concentration(struct measure *m, const double *alpha, const bool *keep, struct concentration *out)
{
    static const double fraction[] = {0.01, 0.05, 0.2};
    struct pair *pair;
    size_t n = gather(m, alpha, keep, &pair);
    double weight, loss, top[3];

    *out = (struct concentration){NAN, NAN, NAN, NAN, NAN};
    if (!totals(pair, n, &weight, &loss)) return;
    shares(pair, n, weight, loss, fraction, 3, top);
    *out = (struct concentration){top[0], top[1], top[2], half_of(pair, n, weight, loss),
                                  gini_of(pair, n, weight, loss)};
}

size_t measure_curve(struct measure *m, const double *alpha, const bool *keep, bool hardest_first, size_t room, double *x,
                     double *y)
{
    struct pair *pair;
    size_t n = gather(m, alpha, keep, &pair), count = 1;
    double weight, loss, w = 0, l = 0, step = 2.0 / (double)(room - 8);

    if (!totals(pair, n, &weight, &loss)) return 0;
    x[0] = y[0] = 0;
    for (size_t i = 0; i < n; i++) {
        const struct pair *p = &pair[hardest_first ? i : n - 1 - i];
        double before_x = w / weight, before_y = l / loss;

        w += p->weight;
        l += p->weight * p->value;
        if (i + 1 < n && w / weight - x[count - 1] < step && l / loss - y[count - 1] < step) continue;
        /* the last whole point before a large one is a corner of the curve */
        if (count + 2 < room && (before_x > x[count - 1] || before_y > y[count - 1]) &&
            (w / weight - before_x > step || l / loss - before_y > step)) {
            x[count] = before_x;
            y[count++] = before_y;
        }
        if (count + 1 < room) {
            x[count] = w / weight;
            y[count++] = l / loss;
        }
    }
    x[count - 1] = y[count - 1] = 1;
    return count;
}
