/* concentration.c: concentration of a loss, and cumulative curves */
#include "evaluate/ranking.h"

#include <math.h>

/* A share of the loss is off by the parts' bounds over the loss; the fraction that holds half of it by that
   times the mean loss over the loss there; Gini's coefficient by at most twice the share's. A loss that does
   not fall with p_t may cut two cells of a part at once. Within a bin of half width 1/257 the loss may change
   by e^±a: its deviation may be larger than that of the points by as much, and what points of the same mean
   and variance leave out of a sum is below a³ e^2a / 6 of it. 1e-6 is for rounded moments, 1e-12 for sums of
   rows that are all known. */
static double bound_of(const struct measure *m, const struct ranking *r, double loss_at_half)
{
    double a = (setting_exponent(&m->at) + 1) / 257,
           sum = r->bound * (setting_is_unsorted(&m->at) ? 2 : 1) * exp(2 * a) / r->loss;

    if (m->guessed) sum += a * a * a * exp(2 * a) / 6;
    return fmin(1, ((m->unknown ? 1e-6 : 1e-12) + sum) * fmax(2, r->loss / (loss_at_half * r->weight)));
}

void measure_concentration(struct measure *m, const double *alpha, const bool *keep,
                           struct concentration *out)
{
    struct ranking r;
    double loss_at_half;

    *out = (struct concentration){NAN, NAN, NAN, NAN, NAN, NAN};
    if (!ranking_make(m, alpha, keep, &r)) return;
    out->top1 = ranking_top(&r, 0.01);
    out->top5 = ranking_top(&r, 0.05);
    out->top20 = ranking_top(&r, 0.2);
    out->half = ranking_half(&r, &loss_at_half);
    /* Gini's coefficient, the mean absolute difference over twice the mean, from below: 2 Σ w v (what is
       lower, and half its own) / (W L) − 1 */
    out->gini = 1 - 2 * r.low / (r.weight * r.loss);
    out->bound = bound_of(m, &r, loss_at_half);
}

size_t measure_curve(struct measure *m, const double *alpha, const bool *keep, bool hardest_first,
                     size_t room, double *x, double *y)
{
    struct list list;
    size_t count = 1;
    double w = 0, l = 0, step = 2.0 / (double)(room - 8), weight, loss = 0;

    if (!list_make(m, alpha, keep, &list)) return 0;
    weight = list.before[list.count];
    for (size_t i = 0; i < list.count; i++) loss += list.weight[i] * list.value[i];
    if (!(loss > 0 && isfinite(loss) && weight > 0)) return 0;
    x[0] = y[0] = 0;
    for (size_t i = 0; i < list.count; i++) {
        size_t p = hardest_first ? i : list.count - 1 - i;
        double before_x = w / weight, before_y = l / loss;

        w += list.weight[p];
        l += list.weight[p] * list.value[p];
        if (list.count + 1 > room && i + 1 < list.count && w / weight - x[count - 1] < step &&
            l / loss - y[count - 1] < step)
            continue;
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
