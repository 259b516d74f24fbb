/* softmax.c: the tail of the true class among K logits or probabilities */
#include "examples/softmax.h"

#include "kernel/kernel.h"
#include "loss/tail.h"

#include <math.h>

/* A sum with what its additions rounded away (Neumaier 1974). */
struct sum {
    double high, low;
};

static void add(struct sum *s, double x)
{
    double t = s->high + x;

    s->low += fabs(s->high) >= fabs(x) ? (s->high - t) + x : (x - t) + s->high;
    s->high = t;
}

/* Whatever the kernels leave: NaN, infinities, and logits far apart. */
static double extreme(const double *x, size_t n, size_t stride, size_t class)
{
    double top = -INFINITY, true_x = x[class * stride], d, rest, e, from, odds, inverse;
    struct sum s = {0, 0};

    if (isnan(true_x)) return NAN;
    for (size_t i = 0; i < n; i++) {
        double xi = x[i * stride];

        if (isnan(xi)) return NAN;
        if (i != class && xi > top) top = xi;
    }
    if (isinf(top) || isinf(true_x)) return true_x == top ? NAN : true_x > top ? 0.0 : -INFINITY;
    /* odds = exp(x_c − top) / Σ exp(x_i − top) over the others */
    for (size_t i = 0; i < n; i++)
        if (i != class) add(&s, exp(x[i * stride] - top));
    rest = s.high + s.low;
    d = true_x - top;
    /* what the subtraction rounded away (Knuth's two-sum): it scales the odds by 1 + e */
    from = true_x - d;
    e = (true_x - (d + from)) + (from - top);
    if (!(fabs(e) < 0.5)) e = 0; /* d is beyond 2^52 then: what it rounded away changes nothing */
    if (fabs(d - log(rest)) > 700) return d + (e - log(rest));
    odds = d > 700 ? INFINITY : exp(d) * (1 + e) / rest;
    if (odds < 1) return -(odds / (1 + odds));
    inverse = fmin(rest * exp(-d) * (1 - e), 1);
    return inverse / (1 + inverse);
}

double softmax_of_logits(const double *x, size_t n, size_t stride, size_t class)
{
    uint32_t own = (uint32_t) class;
    double tail;

    kernel_best()->softmax(x, stride, &own, 1, n, &tail);
    return isnan(tail) ? extreme(x, n, stride, class) : tail;
}

double softmax_of_shares(const double *p, size_t n, size_t class)
{
    struct sum s = {0, 0};
    double rest, all;

    for (size_t i = 0; i < n; i++)
        if (i != class) add(&s, p[i]);
    rest = s.high + s.low;
    all = rest + p[class];
    if (!(all > 0) || isinf(all)) return NAN;
    return p[class] < rest ? tail_of_pt(p[class] / all) : tail_of_qt(rest / all);
}

size_t softmax_largest(const double *x, size_t n, size_t stride)
{
    size_t largest = 0;

    for (size_t i = 1; i < n; i++)
        if (x[i * stride] > x[largest * stride]) largest = i;
    return largest;
}
