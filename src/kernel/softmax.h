/* softmax.h: logits of several classes to tails, for one instruction set */
#ifndef KERNEL_SOFTMAX_H
#define KERNEL_SOFTMAX_H

#include "kernel/tails.h"

#include <math.h>

static inline reals larger(reals a, reals b)
{
    return choose((words)(a > b), a, b);
}

/* What is known of some rows: the true class's logit, the largest and Σ exp(logit − largest) of the others.
   Wrong: NaN among them. */
struct odds {
    reals own, top, rest;
    words wrong;
};

static inline struct odds odds_of(const double *x, size_t stride, words class, size_t n)
{
    struct odds o = {all_of(0), all_of(-INFINITY), all_of(0), {0}};
    reals sum = all_of(0), left = all_of(0);

    for (size_t k = 0; k < n; k++) {
        reals v = (reals)load(x + k * stride);
        words is = (words)(class == (words){0} + k);

        o.wrong |= (words)(v != v);
        o.own = choose(is, v, o.own);
        o.top = larger(choose(is, all_of(-INFINITY), v), o.top);
    }
    for (size_t k = 0; k < n; k++) {
        reals d = (reals)load(x + k * stride) - o.top, e, s, back;

        e = choose((words)(class == (words){0} + k) | (words)(d < all_of(-700)), all_of(0),
                   exp_lanes(choose((words)(d >= all_of(-700)) & (words)(d <= all_of(0)), d, all_of(0))));
        s = sum + e; /* Knuth's two-sum */
        back = s - sum;
        left = left + ((sum - (s - back)) + (e - back));
        sum = s;
    }
    o.rest = sum + left;
    return o;
}

/* With d = own − top, and what its rounding lost: p_t : 1 − p_t = exp(d) : rest. */
static inline reals tails_of_odds(const struct odds *o)
{
    reals d = o->own - o->top, from = o->own - d, lost = (o->own - (d + from)) + (from - o->top);
    words up = (words)(d > all_of(0)), far = ~((words)(d > all_of(-600)) & (words)(d < all_of(600)));
    reals e = exp_lanes(choose(far, all_of(0), choose(up, -d, d)));
    reals odds = choose(up, o->rest * e * (1 - lost), e * (1 + lost) / o->rest); /* above, or below 1 − p_t */
    words easy = (up & (words)(odds <= all_of(1))) | (~up & (words)(odds >= all_of(1)));
    reals v = choose((words)(odds <= all_of(1)), odds, all_of(1)) / (1 + odds);

    v = (reals)((words)v | (~easy & sign_bit));
    return choose(far | o->wrong, all_of(NAN), v);
}

static void softmax(const double *x, size_t stride, const uint32_t *class, size_t rows, size_t n,
                    double *tail)
{
    for (size_t i = 0; i < rows; i += LANES) {
        size_t some = rows - i < LANES ? rows - i : LANES;
        uint32_t own[LANES] = {0};
        struct odds o;
        reals v;

        memcpy(own, class + i, some * sizeof *own);
        o = odds_of(x + i, stride, wide_lanes(own), n);
        v = tails_of_odds(&o);
        memcpy(tail + i, &v, some * sizeof *tail);
    }
}

#endif
