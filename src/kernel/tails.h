/* tails.h: labels to sides, scores to tails, for one instruction set */
#ifndef KERNEL_TAILS_H
#define KERNEL_TAILS_H

#include "kernel/lanes.h"
#include "loss/tail.h"

#include <math.h>

static const uint64_t sign_bit = (uint64_t)1 << 63;

/* ~0 where the side is 1. */
static inline words positive_lanes(const uint32_t *side)
{
    return -wide_lanes(side);
}

/* The first, third, … of two registers. */
static inline reals every_second(reals a, reals b)
{
#if defined __AVX512F__
    return (reals)_mm512_permutex2var_pd((__m512d)a, _mm512_set_epi64(14, 12, 10, 8, 6, 4, 2, 0), (__m512d)b);
#elif defined __AVX2__
    return (reals)_mm256_permute4x64_pd(_mm256_unpacklo_pd((__m256d)a, (__m256d)b), 0xd8);
#else
    return (reals){a[0], b[0]};
#endif
}

static void second(const char *from, size_t n, double *out)
{
    size_t i = 0;

    for (; n - i > LANES; i += LANES) { /* the very last is not followed by another */
        reals a, b;

        memcpy(&a, from + 16 * i, sizeof a);
        memcpy(&b, from + 16 * i + sizeof a, sizeof b);
        a = every_second(a, b);
        memcpy(out + i, &a, sizeof a);
    }
    for (; i < n; i++) memcpy(out + i, from + 16 * i, sizeof *out);
}

static bool sides(const double *y, size_t n, uint32_t *side)
{
    words other = {0};
    uint32_t rest = 0;
    size_t i = 0;

    for (; n - i >= LANES; i += LANES) {
        uint32_t some __attribute__((vector_size(LANE_BYTES / 2)));
        reals v;
        words one;

        memcpy(&v, y + i, sizeof v);
        one = (words)(v == all_of(1));
        other |= ~(one | (words)(v == all_of(0)));
        some = __builtin_convertvector(one & 1, __typeof__(some));
        memcpy(side + i, &some, sizeof some);
    }
    for (; i < n; i++) {
        side[i] = y[i] == 1;
        rest |= (uint32_t)(y[i] != 1) & (uint32_t)(y[i] != 0);
    }
    return !is_any(other) && !rest;
}

static inline uint64_t count_lanes(words w)
{
    uint64_t count = 0;

    for (int i = 0; i < LANES; i++) count += w[i];
    return count;
}

/* What the lanes of a block had: bits, and counts. */
struct seen {
    words wrong, rare, raised;
};

/* p_t = p or 1 − p: the smaller of both is exact (Sterbenz), and which of them it is. What is no normal
   double is rare, but for 1 − p_t = 0. */
static inline reals prob_lanes(reals p, words positive, double eps, struct seen *seen)
{
    reals x = p + all_of(0.0), v = choose((words)(x < all_of(0.5)), x, 1 - x);
    words easy = ~((words)(x > all_of(0.5)) ^ positive) | (words)(x == all_of(0.5));
    words raise = ~easy & (words)(v < all_of(eps));

    seen->wrong |= ~((words)(x >= all_of(0)) & (words)(x <= all_of(1)));
    v = choose(raise, all_of(eps), v);
    seen->raised -= raise;
    seen->rare |= (words)(v < all_of(0x1p-1022)) & (~easy | (words)(v > all_of(0)));
    return (reals)((words)v | (~easy & (words)(v < all_of(0.5)) & sign_bit));
}

/* v = e^−|x_t| / (1 + e^−|x_t|); beyond 700 x_t itself is put out, which is right but for infinite ones:
   these are rare. */
static inline reals logit_lanes(reals x, words positive, struct seen *seen)
{
    reals xt = (reals)((words)x ^ (~positive & sign_bit)), size = (reals)((words)xt & ~sign_bit), e;
    words far = (words)(size > all_of(700));

    e = exp_lanes(-choose(far, all_of(700), size));
    e = e / (1 + e);
    seen->wrong |= (words)(x != x);
    seen->rare |= (words)(size > all_of(0x1.fffffffffffffp1023));
    return choose(far, xt, (reals)((words)e | ((words)(xt < all_of(0)) & sign_bit)));
}

static inline __attribute__((always_inline)) void lanes_to_tails(double *x, const uint32_t *side, double eps,
                                                                 bool logits, struct seen *seen)
{
    reals v;

    memcpy(&v, x, sizeof v);
    v = logits ? logit_lanes(v, positive_lanes(side), seen) : prob_lanes(v, positive_lanes(side), eps, seen);
    memcpy(x, &v, sizeof v);
}

static inline __attribute__((always_inline)) size_t tails(double *x, const uint32_t *side, size_t n,
                                                          double eps, bool logits, bool *ok)
{
    struct seen seen = {0};
    uint64_t clipped;
    double last[LANES] = {0};
    uint32_t last_side[LANES] = {0};
    size_t i = 0;

    for (; n - i >= LANES; i += LANES) lanes_to_tails(x + i, side + i, eps, logits, &seen);
    if (i < n) {
        memcpy(last, x + i, (n - i) * sizeof *x);
        memcpy(last_side, side + i, (n - i) * sizeof *side);
        lanes_to_tails(last, last_side, eps, logits, &seen);
        memcpy(x + i, last, (n - i) * sizeof *x);
    }
    *ok = !is_any(seen.wrong);
    clipped = count_lanes(seen.raised);
    if (!*ok) return 0;
    if (is_any(seen.rare))
        for (i = 0; i < n; i++) {
            if (logits && isinf(x[i])) x[i] = tail_of_xt(x[i]);
            if (!logits && fabs(x[i]) < 0x1p-1022)
                x[i] = signbit(x[i]) ? tail_of_pt(-x[i]) : tail_of_qt(x[i]);
        }
    for (i = 0; logits && eps > 0 && i < n; i++) clipped += tail_clip(&x[i], eps);
    return (size_t)clipped;
}

static size_t tails_of_probs(double *p, const uint32_t *side, size_t n, double eps, bool *ok)
{
    return tails(p, side, n, eps, false, ok);
}

static size_t tails_of_logits(double *x, const uint32_t *side, size_t n, double eps, bool *ok)
{
    return tails(x, side, n, eps, true, ok);
}

#endif
