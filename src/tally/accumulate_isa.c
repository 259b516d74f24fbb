/* accumulate_isa.c: the inner loop of the tally, compiled once for each instruction set: the same bits out of
   each */
#include "tally/accumulate.h"

#include "base/cpu.h"

#include <string.h>

#if defined __SSE2__
#include <immintrin.h>
#endif

/* Of some rows: their records, and the powers that the others are products of. */
enum { SOME_ROWS = 64 };
struct some_rows {
    double low[SOME_ROWS][4];                    /* 1, t, t², t³, all times 2^44 */
    double fourth[SOME_ROWS], eighth[SOME_ROWS]; /* t⁴; t⁸ times 2^16 */
    uint32_t record[SOME_ROWS];
    uint8_t slice[SOME_ROWS];
} __attribute__((aligned(64)));

#define PLACE_BITS (((uint64_t)1 << BIN_SHIFT) - 1)

#if defined __AVX2__
static inline void place_four(const double *tail, struct some_rows *s, size_t i)
{
    const __m256d grid = _mm256_set1_pd(GRID);
    __m256i bits = _mm256_loadu_si256((const __m256i *)(const void *)tail),
            mask = _mm256_set1_epi64x((int64_t)PLACE_BITS);
    __m256i one = _mm256_set1_epi64x(ONE_BITS),
            u = _mm256_or_si256(_mm256_slli_epi64(_mm256_and_si256(bits, mask), 52 - BIN_SHIFT), one);
    __m256d v = _mm256_castsi256_pd(u), t = _mm256_sub_pd(_mm256_add_pd(v, v), _mm256_set1_pd(3));
    __m256d t2 = _mm256_mul_pd(t, t), t4 = _mm256_mul_pd(t2, t2), t8 = _mm256_mul_pd(t4, t4);
    __m256d first = _mm256_mul_pd(t, grid), second = _mm256_mul_pd(t2, grid),
            third = _mm256_mul_pd(first, t2);
    __m256d a = _mm256_unpacklo_pd(grid, first), b = _mm256_unpackhi_pd(grid, first);
    __m256d c = _mm256_unpacklo_pd(second, third), d = _mm256_unpackhi_pd(second, third);

    _mm256_store_pd(s->low[i], _mm256_permute2f128_pd(a, c, 0x20));
    _mm256_store_pd(s->low[i + 1], _mm256_permute2f128_pd(b, d, 0x20));
    _mm256_store_pd(s->low[i + 2], _mm256_permute2f128_pd(a, c, 0x31));
    _mm256_store_pd(s->low[i + 3], _mm256_permute2f128_pd(b, d, 0x31));
    _mm256_store_pd(s->fourth + i, t4);
    _mm256_store_pd(s->eighth + i, _mm256_mul_pd(t8, _mm256_set1_pd(GRID_8)));
}
#define PLACED 4
#define PLACE  place_four
#elif defined __SSE2__
static inline void place_two(const double *tail, struct some_rows *s, size_t i)
{
    const __m128d grid = _mm_set1_pd(GRID);
    __m128i bits = _mm_loadu_si128((const __m128i *)(const void *)tail),
            mask = _mm_set1_epi64x((int64_t)PLACE_BITS);
    __m128i one = _mm_set1_epi64x(ONE_BITS),
            u = _mm_or_si128(_mm_slli_epi64(_mm_and_si128(bits, mask), 52 - BIN_SHIFT), one);
    __m128d v = _mm_castsi128_pd(u), t = _mm_sub_pd(_mm_add_pd(v, v), _mm_set1_pd(3));
    __m128d t2 = _mm_mul_pd(t, t), t4 = _mm_mul_pd(t2, t2), t8 = _mm_mul_pd(t4, t4);
    __m128d first = _mm_mul_pd(t, grid), second = _mm_mul_pd(t2, grid), third = _mm_mul_pd(first, t2);

    _mm_store_pd(s->low[i], _mm_unpacklo_pd(grid, first));
    _mm_store_pd(s->low[i] + 2, _mm_unpacklo_pd(second, third));
    _mm_store_pd(s->low[i + 1], _mm_unpackhi_pd(grid, first));
    _mm_store_pd(s->low[i + 1] + 2, _mm_unpackhi_pd(second, third));
    _mm_store_pd(s->fourth + i, t4);
    _mm_store_pd(s->eighth + i, _mm_mul_pd(t8, _mm_set1_pd(GRID_8)));
}
#define PLACED 2
#define PLACE  place_two
#else
static inline void place_one(const double *tail, struct some_rows *s, size_t i)
{
    double t = tail_place(*tail), t2 = t * t, t4 = t2 * t2;

    s->low[i][0] = GRID;
    s->low[i][1] = t * GRID;
    s->low[i][2] = t2 * GRID;
    s->low[i][3] = s->low[i][1] * t2;
    s->fourth[i] = t4;
    s->eighth[i] = t4 * t4 * GRID_8;
}
#define PLACED 1
#define PLACE  place_one
#endif

/* Adds row i to its record; the record's first word, before its rows' constants are taken off. The low four
   words and the eighth are there, the high four are the low ones times t⁴. */
static inline int64_t add_row(struct record *r, const struct some_rows *s, size_t i)
{
#if defined __AVX2__
    const __m256d magic = _mm256_set1_pd(MAGIC), first = _mm256_blend_pd(magic, _mm256_set1_pd(MAGIC_0), 1);
    __m256d low = _mm256_load_pd(s->low[i]), high = _mm256_mul_pd(low, _mm256_broadcast_sd(s->fourth + i));
    __m256i *word = (__m256i *)(void *)r, sum;

    low = _mm256_add_pd(_mm256_blend_pd(low, _mm256_broadcast_sd(s->eighth + i), 1), first);
    high = _mm256_add_pd(high, magic);
    sum = _mm256_add_epi64(_mm256_load_si256(word), _mm256_castpd_si256(low));
    _mm256_store_si256(word, sum);
    _mm256_store_si256(word + 1, _mm256_add_epi64(_mm256_load_si256(word + 1), _mm256_castpd_si256(high)));
    return _mm_cvtsi128_si64(_mm256_castsi256_si128(sum));
#elif defined __SSE2__
    const __m128d magic = _mm_set1_pd(MAGIC), first = _mm_set_pd(MAGIC, MAGIC_0);
    __m128d a = _mm_load_pd(s->low[i]), b = _mm_load_pd(s->low[i] + 2), fourth = _mm_set1_pd(s->fourth[i]);
    __m128i *word = (__m128i *)(void *)r, sum = _mm_load_si128(word);

    sum = _mm_add_epi64(sum, _mm_castpd_si128(_mm_add_pd(_mm_move_sd(a, _mm_load_sd(s->eighth + i)), first)));
    _mm_store_si128(word, sum);
    _mm_store_si128(word + 1,
                    _mm_add_epi64(_mm_load_si128(word + 1), _mm_castpd_si128(_mm_add_pd(b, magic))));
    _mm_store_si128(word + 2, _mm_add_epi64(_mm_load_si128(word + 2),
                                            _mm_castpd_si128(_mm_add_pd(_mm_mul_pd(a, fourth), magic))));
    _mm_store_si128(word + 3, _mm_add_epi64(_mm_load_si128(word + 3),
                                            _mm_castpd_si128(_mm_add_pd(_mm_mul_pd(b, fourth), magic))));
    return _mm_cvtsi128_si64(sum);
#else
    double w[8];

    for (int k = 0; k < 4; k++) {
        w[k] = (k ? s->low[i][k] : s->eighth[i]) + (k ? MAGIC : MAGIC_0);
        w[4 + k] = s->low[i][k] * s->fourth[i] + MAGIC;
    }
    for (int k = 0; k < 8; k++) {
        uint64_t bits;

        memcpy(&bits, &w[k], sizeof bits);
        r->word[k] = (int64_t)((uint64_t)r->word[k] + bits); /* wraps, by design */
    }
    return r->word[0];
#endif
}

/* The record of a row whose bin is cut. */
static __attribute__((noinline)) struct record *record_at(const struct dense_records *s, double tail,
                                                          uint32_t part, struct record *r)
{
    uint32_t place = place_of(s->cuts, tail);

    return place < BIN_COUNT ? r : &s->cut[part * s->cuts->count + (place - BIN_COUNT)];
}

extern accumulator_loop ISA_OWN(accumulate_rows);
void ISA_OWN(accumulate_rows)(const struct dense_records *s, const double *tail, const uint32_t *part,
                              size_t n)
{
    struct some_rows some;
    struct record *dense = s->bin;
    const uint32_t *cuts = s->cuts->first; /* NULL: no bin is cut */

    for (size_t done = 0; done < n; done += SOME_ROWS, tail += SOME_ROWS, part += SOME_ROWS) {
        size_t rows = n - done < SOME_ROWS ? n - done : SOME_ROWS, i = 0;

        for (; i + PLACED <= rows; i += PLACED) PLACE(tail + i, &some, i);
        if (i < rows) {
            double last[PLACED] = {0};

            memcpy(last, tail + i, (rows - i) * sizeof *tail);
            PLACE(last, &some, i);
        }
        for (i = 0; i < rows; i++) {
            uint64_t bits;

            memcpy(&bits, &tail[i], sizeof bits);
            some.record[i] = part[i] * BIN_COUNT + (uint32_t)(bits >> BIN_SHIFT);
            some.slice[i] = bits >> SLICE_SHIFT & (SLICES - 1);
        }
        for (i = 0; i < rows; i++) {
            struct record *r = &dense[some.record[i]];

            if (__builtin_expect(cuts != NULL, 0) && cuts[some.record[i] % BIN_COUNT])
                r = record_at(s, tail[i], part[i], r);
            r->slice[some.slice[i]]++;
            if (__builtin_expect(!(add_row(r, &some, i) & RECORD_SETTLED), 0))
                s->look(s->context, r, part[i], tail[i]);
        }
    }
}
