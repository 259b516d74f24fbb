/* simd.h: e^x for as many numbers at once as a register holds: the same operations in the same order in every
   build, so the same bits */
#ifndef BASE_SIMD_H
#define BASE_SIMD_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined __FMA__
#include <immintrin.h>
#endif

#if defined __AVX512F__
#define LANE_BYTES 64
#elif defined __AVX2__
#define LANE_BYTES 32
#else
#define LANE_BYTES 16
#endif
/* Numbers in a register; registers that a long chain of operations is done on side by side. */
enum { LANES = LANE_BYTES / 8, ABREAST = 4 };
typedef double reals __attribute__((vector_size(LANE_BYTES)));
typedef uint64_t words __attribute__((vector_size(LANE_BYTES)));

static inline reals all_of(double x)
{
    return x - (reals){0};
}

/* At any address. */
static inline reals reals_at(const double *p)
{
    reals v;

    memcpy(&v, p, sizeof v);
    return v;
}

static inline void put_reals(double *p, reals v)
{
    memcpy(p, &v, sizeof v);
}

static inline reals choose(words mask, reals a, reals b)
{
    return (reals)(((words)a & mask) | ((words)b & ~mask));
}

/* Whether a mask has a bit set. */
static inline bool is_any(words mask)
{
#if defined __AVX512F__
    return _mm512_test_epi64_mask((__m512i)mask, (__m512i)mask) != 0;
#elif defined __AVX2__
    return !_mm256_testz_si256((__m256i)mask, (__m256i)mask);
#else
    return (mask[0] | mask[1]) != 0;
#endif
}

/* a b − p, exactly, where p = a b rounded. */
static inline reals product_rest(reals a, reals b, reals p)
{
#if defined __AVX512F__
    return (reals)_mm512_fmsub_pd((__m512d)a, (__m512d)b, (__m512d)p);
#elif defined __FMA__
    return (reals)_mm256_fmsub_pd((__m256d)a, (__m256d)b, (__m256d)p);
#else
    /* Dekker 1971, by Veltkamp's splitting */
    reals ca = a * all_of(134217729), cb = b * all_of(134217729);
    reals ah = ca - (ca - a), al = a - ah, bh = cb - (cb - b), bl = b - bh;

    return ((ah * bh - p) + ah * bl + al * bh) + al * bl;
#endif
}

/* The same, b of at most 26 bits from its first to its last one. */
static inline reals product_rest_whole(reals a, reals b, reals p)
{
#if defined __FMA__
    return product_rest(a, b, p);
#else
    reals ca = a * all_of(134217729), ah = ca - (ca - a), al = a - ah;

    return (ah * b - p) + al * b;
#endif
}

/* e^x of `count` registers, a constant, side by side: a step of one need not wait for the step before of
   another. −708 ≤ x ≤ 708, within 0.6 ulp. x = n log 2 + r, |r| ≤ ½ log 2, where log 2 is the sum of two
   doubles and the first times n is exact; e^r by its series up to r^13, what the rounding of r lost added to
   it; 2^n by the exponent's bits. */
static inline __attribute__((always_inline)) void exp_abreast(reals *x, int count)
{
    static const double inverse[] = {1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
                                     1.0 / 362880,     1.0 / 40320,     1.0 / 5040,     1.0 / 720,
                                     1.0 / 120,        1.0 / 24,        1.0 / 6,        0.5};
    const reals magic = all_of(0x1.8p52);
    reals shifted[ABREAST], r[ABREAST], lost[ABREAST], sum[ABREAST];

    for (int u = 0; u < count; u++) {
        reals n, high, low;

        shifted[u] = x[u] * all_of(0x1.71547652b82fep0) + magic;
        n = shifted[u] - magic;
        high = x[u] - n * all_of(0x1.62e42feep-1);
        low = n * all_of(0x1.a39ef35793c76p-33);
        r[u] = high - low;
        lost[u] = (high - r[u]) - low;
        sum[u] = all_of(inverse[0]);
    }
    for (int k = 1; k < 12; k++)
        for (int u = 0; u < count; u++) sum[u] = sum[u] * r[u] + all_of(inverse[k]);
    for (int u = 0; u < count; u++) {
        sum[u] = 1 + (r[u] + (lost[u] + r[u] * r[u] * sum[u]));
        x[u] = (reals)((words)sum[u] + ((words)shifted[u] << 52));
    }
}

static inline reals exp_lanes(reals x)
{
    exp_abreast(&x, 1);
    return x;
}

#endif
