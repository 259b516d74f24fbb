/* parse_digits.h: up to 32 digits to integers, for one instruction set */
#ifndef KERNEL_PARSE_DIGITS_H
#define KERNEL_PARSE_DIGITS_H

#include "kernel/lanes.h"

/* 32 bytes of digits:
   first_digits: the n from c on, then zeros
   moved_digits: `places` − 1 zeros, the digit before the point, the n from `fraction` on behind the point,
   then zeros (n + places ≤ 32) last_digits: zeros, then the n before `end`, with a point among them, passed
   over, before the last `behind` (behind ≥ n: none) */

/* A number's digits as A 10^16 + B 10^8 + C, A = lead 10^8 + a: a and B in above (low half first), C in
   below. */
struct parts {
    uint64_t above, below;
    uint32_t lead;
};

#if defined __SSE2__
/* keep_last + n, keep_first + 32 − n: masks of the last and of the first n of 32 bytes */
static const unsigned char keep_last[64] __attribute__((aligned(64))) = {
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
static const unsigned char keep_first[64] __attribute__((aligned(64))) = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0};
#endif

#if defined __AVX2__
static inline __m256i bytes_at(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

static inline bool are_digits(__m256i x)
{
    __m256i more = _mm256_subs_epu8(x, _mm256_set1_epi8(9));

    return _mm256_testz_si256(more, more);
}

/* 32 digits to four numbers of 8. */
static inline void groups_of_8(__m256i x, uint64_t *first_two, uint64_t *last_two)
{
    x = _mm256_madd_epi16(_mm256_maddubs_epi16(x, _mm256_set1_epi16(0x010a)), _mm256_set1_epi32(0x00010064));
    x = _mm256_madd_epi16(_mm256_packus_epi32(x, x), _mm256_set1_epi32(0x00012710));
    *first_two = (uint64_t)_mm_cvtsi128_si64(_mm256_castsi256_si128(x));
    *last_two = (uint64_t)_mm_cvtsi128_si64(_mm256_extracti128_si256(x, 1));
}
typedef __m256i digits32;

static inline digits32 first_digits(const char *c, size_t n)
{
    return _mm256_and_si256(_mm256_sub_epi8(bytes_at(c), _mm256_set1_epi8('0')),
                            bytes_at(keep_first + 32 - n));
}

static inline digits32 moved_digits(const char *fraction, size_t n, size_t places)
{
    __m256i behind = bytes_at(keep_first + 32 - places),
            x = _mm256_blendv_epi8(bytes_at(fraction - places), bytes_at(fraction - places - 1), behind);
    __m256i kept =
        _mm256_andnot_si256(bytes_at(keep_first + 33 - places), bytes_at(keep_first + 32 - n - places));

    return _mm256_and_si256(_mm256_sub_epi8(x, _mm256_set1_epi8('0')), kept);
}

static inline digits32 last_digits(const char *end, size_t n, size_t behind)
{
    /* what stands before the point moves one place to the right, over it */
    __m256i x = _mm256_blendv_epi8(bytes_at(end - 33), bytes_at(end - 32), bytes_at(keep_last + behind));

    return _mm256_and_si256(_mm256_sub_epi8(x, _mm256_set1_epi8('0')), bytes_at(keep_last + n));
}
#elif defined __SSE2__
static inline __m128i bytes_at(const void *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

typedef struct {
    __m128i half[2];
} digits32;

static inline bool are_digits(digits32 x)
{
    const __m128i nine = _mm_set1_epi8(9);
    __m128i more = _mm_or_si128(_mm_subs_epu8(x.half[0], nine), _mm_subs_epu8(x.half[1], nine));

    return _mm_movemask_epi8(_mm_cmpeq_epi8(more, _mm_setzero_si128())) == 0xffff;
}

/* 16 digits to two numbers of 8. */
static inline uint64_t two_groups(__m128i x)
{
    __m128i tens = _mm_mullo_epi16(_mm_and_si128(x, _mm_set1_epi16(0xff)), _mm_set1_epi16(10));

    x = _mm_madd_epi16(_mm_add_epi16(tens, _mm_srli_epi16(x, 8)), _mm_set1_epi32(0x00010064));
    x = _mm_madd_epi16(_mm_packs_epi32(x, x), _mm_set1_epi32(0x00012710));
    return (uint64_t)_mm_cvtsi128_si64(x);
}

static inline void groups_of_8(digits32 x, uint64_t *first_two, uint64_t *last_two)
{
    *first_two = two_groups(x.half[0]);
    *last_two = two_groups(x.half[1]);
}

static inline digits32 first_digits(const char *c, size_t n)
{
    const __m128i zero = _mm_set1_epi8('0');
    digits32 x;

    for (int h = 0; h < 2; h++)
        x.half[h] =
            _mm_and_si128(_mm_sub_epi8(bytes_at(c + 16 * h), zero), bytes_at(keep_first + 32 - n + 16 * h));
    return x;
}

static inline digits32 moved_digits(const char *fraction, size_t n, size_t places)
{
    const __m128i zero = _mm_set1_epi8('0');
    digits32 x;

    for (int h = 0; h < 2; h++) {
        __m128i behind = bytes_at(keep_first + 32 - places + 16 * h),
                before = bytes_at(keep_first + 33 - places + 16 * h);
        __m128i byte = bytes_at(fraction - places + 16 * h), left = bytes_at(fraction - places - 1 + 16 * h);

        x.half[h] =
            _mm_sub_epi8(_mm_or_si128(_mm_and_si128(behind, left), _mm_andnot_si128(behind, byte)), zero);
        x.half[h] = _mm_and_si128(x.half[h],
                                  _mm_andnot_si128(before, bytes_at(keep_first + 32 - n - places + 16 * h)));
    }
    return x;
}

static inline digits32 last_digits(const char *end, size_t n, size_t behind)
{
    const __m128i zero = _mm_set1_epi8('0');
    digits32 x;

    for (int h = 0; h < 2; h++) {
        /* what stands before the point moves one place to the right, over it */
        __m128i right = bytes_at(keep_last + behind + 16 * h), byte = bytes_at(end - 32 + 16 * h),
                left = bytes_at(end - 33 + 16 * h);

        x.half[h] =
            _mm_sub_epi8(_mm_or_si128(_mm_and_si128(right, byte), _mm_andnot_si128(right, left)), zero);
        x.half[h] = _mm_and_si128(x.half[h], bytes_at(keep_last + n + 16 * h));
    }
    return x;
}
#else
typedef struct {
    unsigned char digit[32];
} digits32;

static inline bool are_digits(digits32 x)
{
    bool ok = true;

    for (int i = 0; i < 32; i++) ok &= x.digit[i] <= 9;
    return ok;
}

static inline void groups_of_8(digits32 x, uint64_t *first_two, uint64_t *last_two)
{
    uint64_t group[4] = {0};

    for (int i = 0; i < 32; i++) group[i / 8] = 10 * group[i / 8] + x.digit[i];
    *first_two = group[0] | group[1] << 32;
    *last_two = group[2] | group[3] << 32;
}

static inline digits32 first_digits(const char *c, size_t n)
{
    digits32 x = {{0}};

    for (size_t i = 0; i < n; i++) x.digit[i] = (unsigned char)(c[i] - '0');
    return x;
}

static inline digits32 moved_digits(const char *fraction, size_t n, size_t places)
{
    digits32 x = {{0}};

    x.digit[places - 1] = (unsigned char)(fraction[-2] - '0');
    for (size_t i = 0; i < n; i++) x.digit[places + i] = (unsigned char)(fraction[i] - '0');
    return x;
}

static inline digits32 last_digits(const char *end, size_t n, size_t behind)
{
    digits32 x = {{0}};

    for (size_t i = 0; i < n; i++)
        x.digit[31 - i] = (unsigned char)(end[-(ptrdiff_t)i - (i >= behind) - 1] - '0');
    return x;
}
#endif

#endif
