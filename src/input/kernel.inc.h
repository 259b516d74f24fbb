/* kernel.inc.h: the inner loops of the pass, compiled once for each instruction set (KERNEL_LEVEL names it) */
#include "input/kernel.h"
#include "input/powers.h"
#include "loss/exp.h"
#include "loss/tail.h"

#include <math.h>
#include <string.h>

#if defined __SSE2__
#include <immintrin.h>
#endif

typedef unsigned char block_of_bytes __attribute__((vector_size(LANE_BYTES)));

#if defined __SSE2__ && !defined __AVX512BW__
/* A bit for each byte, of 0 or 255. */
static inline uint64_t byte_bits(block_of_bytes b)
{
#if defined __AVX2__
    return (uint32_t)_mm256_movemask_epi8((__m256i)b);
#else
    return (uint32_t)_mm_movemask_epi8((__m128i)b);
#endif
}
#endif

/* ---- split: 64 bytes to bits ---- */

static inline unsigned count_bits(uint64_t x)
{
#if defined __POPCNT__
    return (unsigned)__builtin_popcountll(x);
#else
    x -= x >> 1 & 0x5555555555555555;
    x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
    return (unsigned)(((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f) * 0x0101010101010101 >> 56);
#endif
}

/* Quotes and returns so far: any bit that is set. */
#if defined __AVX512BW__
struct noted {
    uint64_t quotes, returns;
};
#elif defined __SSE2__
struct noted {
    block_of_bytes quotes, returns;
};
#else
struct noted {
    bool quotes, returns;
};
#endif

/* Bit i: byte i of the 64 is the delimiter or a newline. *newlines: the latter. */
static inline uint64_t separators(const char *p, char delimiter, uint64_t *newlines, struct noted *noted)
{
#if defined __AVX512BW__
    __m512i x = _mm512_loadu_si512(p);

    noted->quotes |= _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('"'));
    noted->returns |= _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('\r'));
    *newlines = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('\n'));
    return _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(delimiter)) | *newlines;
#elif defined __SSE2__
    uint64_t bits = 0;

    *newlines = 0;
    for (int i = 0; i < 64; i += (int)sizeof(block_of_bytes)) {
        block_of_bytes x, newline, is;

        memcpy(&x, p + i, sizeof x);
        noted->quotes |= (block_of_bytes)(x == (block_of_bytes){0} + '"');
        noted->returns |= (block_of_bytes)(x == (block_of_bytes){0} + '\r');
        newline = (block_of_bytes)(x == (block_of_bytes){0} + '\n');
        is = (block_of_bytes)(x == (block_of_bytes){0} + (unsigned char)delimiter) | newline;
        *newlines |= byte_bits(newline) << i;
        bits |= byte_bits(is) << i;
    }
    return bits;
#else
    uint64_t bits = 0;

    *newlines = 0;
    for (int i = 0; i < 64; i++) {
        noted->quotes |= p[i] == '"';
        noted->returns |= p[i] == '\r';
        *newlines |= (uint64_t)(p[i] == '\n') << i;
        bits |= (uint64_t)(p[i] == delimiter || p[i] == '\n') << i;
    }
    return bits;
#endif
}

static inline bool any_byte(block_of_bytes b)
{
    bool any = false;

    for (size_t k = 0; k < sizeof b; k++) any = any || b[k];
    return any;
}

static inline void note(const struct noted *noted, struct survey *s)
{
#if defined __SSE2__ && !defined __AVX512BW__
    s->quotes = any_byte(noted->quotes);
    s->returns = any_byte(noted->returns);
#else
    s->quotes = noted->quotes;
    s->returns = noted->returns;
#endif
}

#if !defined __AVX512VBMI2__
static inline unsigned lowest(uint64_t bits)
{
#if defined __BMI__
    return (unsigned)_tzcnt_u64(bits);
#else
    return bits ? (unsigned)__builtin_ctzll(bits) : 64;
#endif
}
#endif

#if defined __AVX512VBMI2__
/* base + the place of each bit, sixteen at once. */
static inline void put_places(uint64_t bits, uint32_t base, uint32_t *out)
{
    static const unsigned char count_up[64] __attribute__((aligned(64))) = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(count_up)), from = _mm512_set1_epi32((int)base);
    unsigned char rest[64];

    _mm512_storeu_si512(out, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places))));
    if (__builtin_expect(count_bits(bits) <= 16, 1)) return;
    _mm512_storeu_si512(rest, places);
    for (unsigned k = 16; k < 64; k += 16)
        _mm512_storeu_si512(out + k, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(const void *)(rest + k)))));
}
#endif

static size_t split(const char *text, size_t n, char delimiter, uint32_t *at, struct survey *s)
{
    size_t total = 0;
    struct noted noted = {0};

    *s = (struct survey){0};
    for (size_t i = 0; i < n; i += 64) {
        char last[64] = {0};
        uint64_t newlines, bits;
        uint32_t *out = at + total, base = (uint32_t)i;
        unsigned count;

        if (__builtin_expect(n - i < 64, 0)) {
            memcpy(last, text + i, n - i);
            bits = separators(last, delimiter, &newlines, &noted);
        } else {
            bits = separators(text + i, delimiter, &newlines, &noted);
        }
        s->newlines += count_bits(newlines);
        count = count_bits(bits);
        total += count;
#if defined __AVX512VBMI2__
        put_places(bits, base, out);
#else
        /* without branching on how many there are: what is written too much is written over */
        for (;;) {
            for (unsigned k = 0; k < 8; k++, bits &= bits - 1) out[k] = base + lowest(bits);
            if (__builtin_expect(bits == 0, 1)) break;
            out += 8;
        }
#endif
    }
    note(&noted, s);
    return total;
}

/* Newlines are counted in bytes, 255 times at most before these are added up. */
static struct survey survey(const char *text, size_t n)
{
    struct survey s = {0};
    size_t i = 0;
#if defined __SSE2__
    const block_of_bytes newline = (block_of_bytes){0} + '\n', quote = (block_of_bytes){0} + '"', cr = (block_of_bytes){0} + '\r';
    block_of_bytes quotes = {0}, returns = {0};

    while (n - i >= sizeof quotes) {
        block_of_bytes lines = {0};

        for (int k = 0; k < 255 && n - i >= sizeof quotes; k++, i += sizeof quotes) {
            block_of_bytes x;

            memcpy(&x, text + i, sizeof x);
            lines -= (block_of_bytes)(x == newline);
            quotes |= (block_of_bytes)(x == quote);
            returns |= (block_of_bytes)(x == cr);
        }
        for (size_t k = 0; k < sizeof lines; k++) s.newlines += (unsigned char)lines[k];
    }
    s.quotes = any_byte(quotes);
    s.returns = any_byte(returns);
#endif
    for (; i < n; i++) {
        s.newlines += text[i] == '\n';
        s.quotes = s.quotes || text[i] == '"';
        s.returns = s.returns || text[i] == '\r';
    }
    return s;
}

static bool regular(const char *text, const uint32_t *at, size_t rows, size_t columns)
{
    unsigned char other = 0;

    for (size_t i = 1; i <= rows; i++) other = (unsigned char)(other | (text[at[i * columns - 1]] ^ '\n'));
    return other == 0;
}

/* ---- digits to integers ---- */

/* 32 bytes of digits:
   first_digits: the n from c on, then zeros
   moved_digits: `places` − 1 zeros, the digit before the point, the n from `fraction` on behind the point, then zeros (n + places ≤ 32)
   last_digits: zeros, then the n before `end`, with a point among them, passed over, before the last `behind` (behind ≥ n: none) */

/* A number's digits as A 10^16 + B 10^8 + C, A = lead 10^8 + a: a and B in above (low half first), C in below. */
struct parts {
    uint64_t above, below;
    uint32_t lead;
};

#if defined __SSE2__
/* keep_last + n, keep_first + 32 − n: masks of the last and of the first n of 32 bytes */
static const unsigned char keep_last[64] __attribute__((aligned(64))) = {
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
static const unsigned char keep_first[64] __attribute__((aligned(64))) = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0};
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
    return _mm256_and_si256(_mm256_sub_epi8(bytes_at(c), _mm256_set1_epi8('0')), bytes_at(keep_first + 32 - n));
}

static inline digits32 moved_digits(const char *fraction, size_t n, size_t places)
{
    __m256i behind = bytes_at(keep_first + 32 - places), x = _mm256_blendv_epi8(bytes_at(fraction - places), bytes_at(fraction - places - 1), behind);
    __m256i kept = _mm256_andnot_si256(bytes_at(keep_first + 33 - places), bytes_at(keep_first + 32 - n - places));

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

    for (int h = 0; h < 2; h++) x.half[h] = _mm_and_si128(_mm_sub_epi8(bytes_at(c + 16 * h), zero), bytes_at(keep_first + 32 - n + 16 * h));
    return x;
}

static inline digits32 moved_digits(const char *fraction, size_t n, size_t places)
{
    const __m128i zero = _mm_set1_epi8('0');
    digits32 x;

    for (int h = 0; h < 2; h++) {
        __m128i behind = bytes_at(keep_first + 32 - places + 16 * h), before = bytes_at(keep_first + 33 - places + 16 * h);
        __m128i byte = bytes_at(fraction - places + 16 * h), left = bytes_at(fraction - places - 1 + 16 * h);

        x.half[h] = _mm_sub_epi8(_mm_or_si128(_mm_and_si128(behind, left), _mm_andnot_si128(behind, byte)), zero);
        x.half[h] = _mm_and_si128(x.half[h], _mm_andnot_si128(before, bytes_at(keep_first + 32 - n - places + 16 * h)));
    }
    return x;
}

static inline digits32 last_digits(const char *end, size_t n, size_t behind)
{
    const __m128i zero = _mm_set1_epi8('0');
    digits32 x;

    for (int h = 0; h < 2; h++) {
        /* what stands before the point moves one place to the right, over it */
        __m128i right = bytes_at(keep_last + behind + 16 * h), byte = bytes_at(end - 32 + 16 * h), left = bytes_at(end - 33 + 16 * h);

        x.half[h] = _mm_sub_epi8(_mm_or_si128(_mm_and_si128(right, byte), _mm_andnot_si128(right, left)), zero);
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
    bool well = true;

    for (int i = 0; i < 32; i++) well &= x.digit[i] <= 9;
    return well;
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

    for (size_t i = 0; i < n; i++) x.digit[31 - i] = (unsigned char)(end[-(ptrdiff_t)i - (i >= behind) - 1] - '0');
    return x;
}
#endif

/* ---- integers times powers of ten, correctly rounded ---- */

enum { SOME = 64 };

/* What is known of some numbers before they are rounded. */
struct raw {
    uint64_t above[SOME], below[SOME];
    uint32_t lead[SOME];          /* and the sign, above it */
    double high[SOME], low[SOME]; /* the power of ten */
};

static inline void raw_put(struct raw *r, size_t i, struct parts p, bool minus)
{
    r->above[i] = p.above;
    r->below[i] = p.below;
    r->lead[i] = p.lead | (uint32_t)minus << 31;
}

/* Zeros from n on, as far as rounding goes. */
static inline void raw_fill(struct raw *r, size_t n)
{
    for (; n % LANES; n++) {
        raw_put(r, n, (struct parts){0}, false);
        r->high[n] = r->low[n] = 1;
    }
}

static inline words load(const void *p)
{
    words v;

    memcpy(&v, p, sizeof v);
    return v;
}

static inline words wide_lanes(const uint32_t *p)
{
    uint32_t some __attribute__((vector_size(LANE_BYTES / 2)));

    memcpy(&some, p, sizeof some);
    return __builtin_convertvector(some, words);
}

/* Whole numbers below 2^52 as doubles. */
static inline reals real_of(words w)
{
    return (reals)(w | (words)all_of(0x1p52)) - all_of(0x1p52);
}

/* w · 10^e to the nearest double: w = A 10^16 + B 10^8 + C (at most 25 digits) is the sum of two doubles, exactly, 10^e = high + low nearly, their product
   is off by less than 2^−100 of itself. ~0 where that could change the rounding. */
static inline words round_lanes(const struct raw *r, size_t i, reals high, reals low, double *out)
{
    const words low32 = (words){0} + 0xffffffff;
    const reals hundred_million = all_of(1e8);
    words above = load(&r->above[i]), below = load(&r->below[i]), lead = wide_lanes(&r->lead[i]), result;
    reals a = (real_of(lead & 0xff) * hundred_million + real_of(above & low32)) * hundred_million, b = real_of(above >> 32);
    reals upper = a + b, upper_left = b - (upper - a); /* A 10^8 is exact: 30 bits times 5^8 and a power of two */
    reals shifted = upper * hundred_million;
    reals lower = product_rest_whole(upper, hundred_million, shifted) + (upper_left * hundred_million + real_of(below & low32));
    reals sum = shifted + lower, left = lower - (sum - shifted);
    reals p = sum * high, rest = product_rest(sum, high, p) + (sum * low + left * high), bound = p * all_of(0x1p-100);
    reals up = p + (rest + bound), down = p + (rest - bound);

    result = (words)up | (lead >> 31 << 63);
    memcpy(&out[i], &result, sizeof result);
    return (words)(up != down);
}

/* Bits: rows whose rounding is not sure. */
static __attribute__((noinline)) uint64_t unsure_rows(const struct raw *r, size_t n, reals high, reals low)
{
    uint64_t rows = 0;

    for (size_t i = 0; i < n; i += LANES) {
        double out[SOME];
        words unsure = round_lanes(r, i, high, low, out);

        for (size_t k = 0; k < LANES && i + k < n; k++) rows |= (unsure[k] & 1) << (i + k);
    }
    return rows;
}

static inline uint64_t any_lane(words w)
{
    uint64_t any = 0;

    for (int i = 0; i < LANES; i++) any |= w[i];
    return any;
}

/* Digits with a point somewhere, or none. */
static inline bool plain_number(const char *begin, const char *end, struct parts *p, size_t *fraction)
{
    size_t size = (size_t)(end - begin);
    const char *point;
    digits32 x;
    uint64_t first, last;

    if (size - 1 >= 31) return false;
    point = memchr(begin, '.', size);
    if (point && size == 1) return false;
    *fraction = point ? (size_t)(end - point) - 1 : 0;
    x = last_digits(end, size - (point != NULL), point ? *fraction : size);
    if (!are_digits(x)) return false;
    groups_of_8(x, &first, &last);
    *p = (struct parts){first >> 32 | last << 32, last >> 32, (uint32_t)first};
    return p->lead <= 9;
}

/* Any number of the usual shape: digits[.digits][e[±]digits], the exponent looked for from the end. */
static bool any_number(const char *begin, const char *end, struct parts *p, int *power)
{
    const char *e = end;
    int exponent = 0, digits = 0;
    size_t fraction;
    bool minus;

    while (e > begin && (unsigned char)(e[-1] - '0') <= 9) e--, digits++;
    minus = e > begin && e[-1] == '-';
    if (e > begin && (e[-1] == '-' || e[-1] == '+')) e--;
    if (digits == 0 || digits > 4 || e - begin < 2 || (e[-1] | 0x20) != 'e') {
        if (!plain_number(begin, end, p, &fraction)) return false;
    } else {
        for (const char *c = end - digits; c < end; c++) exponent = 10 * exponent + (*c - '0');
        if (!plain_number(begin, e - 1, p, &fraction)) return false;
    }
    *power = (minus ? -exponent : exponent) - (int)fraction;
    return *power >= POWER_LOW && *power <= POWER_HIGH;
}

/* The field of row i of a column. */
struct range {
    const char *begin, *end;
};
static inline struct range field_of(const struct fields *f, size_t i, bool returns)
{
    const uint32_t *at = f->at + f->column + i * f->stride;
    size_t begin = at == f->at ? f->origin : at[-1] + (size_t)1, end = *at;

    if (returns && end > begin && f->text[end - 1] == '\r') end--;
    return (struct range){f->text + begin, f->text + end};
}

/* Reads numbers of any shape: those whose bits are set in odd. Bits of the result: not of the usual shape, or the rounding is not sure. */
static __attribute__((noinline)) uint64_t any_numbers(const struct fields *f, size_t first, uint64_t odd, struct raw *r, double *out)
{
    double number[SOME + LANES];
    uint64_t bad = 0, rest = odd;
    size_t n = 0;

    for (; rest; rest &= rest - 1, n++) {
        unsigned bit = (unsigned)__builtin_ctzll(rest);
        struct range t = field_of(f, first + bit, f->returns);
        bool minus = *t.begin == '-';
        struct parts p = {0};
        int power = 0;

        t.begin += minus;
        if (t.begin >= t.end || !any_number(t.begin, t.end, &p, &power)) {
            bad |= (uint64_t)1 << bit;
            p = (struct parts){0};
            power = 0;
        }
        raw_put(r, n, p, minus);
        r->high[n] = power_of_ten[power - POWER_LOW][0];
        r->low[n] = power_of_ten[power - POWER_LOW][1];
    }
    raw_fill(r, n);
    rest = odd;
    for (size_t i = 0; i < n; i += LANES) {
        words unsure = round_lanes(r, i, (reals)load(&r->high[i]), (reals)load(&r->low[i]), number);

        for (size_t k = 0; k < LANES && i + k < n; k++, rest &= rest - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(rest);

            out[bit] = number[i + k];
            bad |= (unsure[k] & 1) << bit;
        }
    }
    return bad;
}

/* One digit, a point, and 1 to 24 digits: the most usual number. False: another. */
static inline __attribute__((always_inline)) bool usual_number(const char *begin, const char *end, struct raw *r, size_t i)
{
    bool minus = *begin == '-';
    const unsigned char *c = (const unsigned char *)begin + minus;
    size_t fraction = (size_t)(end - begin) - minus - 2;
    uint32_t lead = (c[0] | (uint32_t)c[1] << 8) ^ ('0' | '.' << 8);
    digits32 x;

    if (__builtin_expect(fraction - 1 >= 24, 0) || __builtin_expect(lead > 9, 0)) return false;
    x = first_digits(begin + minus + 2, fraction);
    if (__builtin_expect(!are_digits(x), 0)) return false;
    groups_of_8(x, &r->above[i], &r->below[i]);
    r->lead[i] = lead | (uint32_t)minus << 31;
    return true;
}

/* d.ddde−dd or d.ddde+00, as C prints it, of 24 digits behind the point when the exponent is applied. False: another. */
static bool printed_number(const char *begin, const char *end, struct raw *r, size_t i)
{
    bool minus = *begin == '-', well = end[-3] == '-' || (end[-3] == '+' && end[-2] == '0' && end[-1] == '0');
    const char *c = begin + minus;
    unsigned tens = (unsigned)(unsigned char)end[-2] - '0', ones = (unsigned)(unsigned char)end[-1] - '0', lead = (unsigned)(unsigned char)*c - '0';
    size_t fraction = (size_t)(end - c) - 6, down = 10 * tens + ones;
    digits32 x;

    if (fraction - 1 >= 24 || !well || end[-4] != 'e' || c[1] != '.' || tens > 9 || ones > 9 || lead > 9 || fraction + down > 24) return false;
    x = down ? moved_digits(c + 2, fraction, down) : first_digits(c + 2, fraction);
    if (!are_digits(x)) return false;
    groups_of_8(x, &r->above[i], &r->below[i]);
    r->lead[i] = (down ? 0 : lead) | (uint32_t)minus << 31;
    return true;
}

/* Reads usual numbers. Bits of the result: others. */
static inline __attribute__((always_inline)) uint64_t usual_numbers(const struct fields *f, size_t first, size_t n, bool returns, struct raw *r)
{
    const uint32_t *at = f->at + f->column + first * f->stride;
    size_t begin = at == f->at ? f->origin : at[-1] + (size_t)1;
    uint64_t odd = 0;

    for (size_t i = 0; i < n; i++) {
        size_t end = *at;

        if (i) begin = at[-1] + (size_t)1;
        if (returns && end > begin && f->text[end - 1] == '\r') end--;
        if (__builtin_expect(!usual_number(f->text + begin, f->text + end, r, i), 0) && !printed_number(f->text + begin, f->text + end, r, i)) {
            odd |= (uint64_t)1 << i;
            raw_put(r, i, (struct parts){0}, false);
        }
        at += f->stride;
    }
    raw_fill(r, n);
    return odd;
}

static size_t numbers(const struct fields *f, double *out, uint32_t *slow)
{
    const reals high = all_of(power_of_ten[-24 - POWER_LOW][0]), low = all_of(power_of_ten[-24 - POWER_LOW][1]);
    struct raw r;
    size_t slows = 0;
    uint64_t odd = 0;

    for (size_t done = 0; done < f->rows; done += SOME, out += SOME) {
        size_t n = f->rows - done < SOME ? f->rows - done : SOME;
        bool usual = count_bits(odd) <= SOME / 2; /* else they are of some other shape */
        words any = {0};

        odd = n < SOME ? ((uint64_t)1 << n) - 1 : UINT64_MAX;
        if (usual) odd = f->returns ? usual_numbers(f, done, n, true, &r) : usual_numbers(f, done, n, false, &r);
        for (size_t i = 0; usual && i < n; i += LANES) any |= round_lanes(&r, i, high, low, out);
        if (__builtin_expect(any_lane(any) != 0, 0)) odd |= unsure_rows(&r, n, high, low);
        if (!odd) continue;
        for (uint64_t bad = any_numbers(f, done, odd, &r, out); bad; bad &= bad - 1) slow[slows++] = (uint32_t)(done + (unsigned)__builtin_ctzll(bad));
    }
    return slows;
}

/* A digit stands alone if it ends two bytes behind the separator before it. Its byte and the separator's behind it, less '0' and '\n', are a number up to 9. */
static inline __attribute__((always_inline)) bool digits_of(const struct fields *f, bool last, size_t first, size_t n, uint32_t *out)
{
    const uint32_t *at = f->at + f->column + first * f->stride;
    uint32_t apart = 0, most = 0;

    for (size_t i = first; i < first + n; i++, at += f->stride) {
        size_t end = *at, before = at == f->at ? f->origin - 1 : at[-1];
        const unsigned char *c = (const unsigned char *)f->text + end;
        uint32_t digit = last ? (c[-1] | (uint32_t)c[0] << 8) ^ ('0' | '\n' << 8) : (uint32_t)c[-1] ^ '0';

        apart |= (uint32_t)(end - before) ^ 2;
        most = digit > most ? digit : most;
        out[i] = digit;
    }
    return apart == 0 && most <= 9;
}

/* With '\r' at the ends of lines. */
static bool digits_before_returns(const struct fields *f, bool last, uint32_t *out)
{
    const uint32_t *at = f->at + f->column;
    uint32_t other = 0;

    for (size_t i = 0; i < f->rows; i++, at += f->stride) {
        size_t begin = at == f->at ? f->origin : at[-1] + (size_t)1, end = *at;

        other |= last & (f->text[end] != '\n');
        if (end > begin && f->text[end - 1] == '\r') end--;
        out[i] = (uint32_t)(unsigned char)f->text[begin] - '0';
        other |= (uint32_t)(end - begin != 1) | (out[i] > 9);
    }
    return other == 0;
}

static bool digits(const struct fields *f, uint32_t *out)
{
    bool last = f->column + 1 == f->stride, well = true;

    if (f->returns) return digits_before_returns(f, last, out);
    for (size_t i = 0; i < f->rows && well; i += SOME) {
        size_t n = f->rows - i < SOME ? f->rows - i : SOME;

        well = last ? digits_of(f, true, i, n, out) : digits_of(f, false, i, n, out);
    }
    return well;
}

/* ---- scores to tails ---- */

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
    return !any_lane(other) && !rest;
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

/* p_t = p or 1 − p: the smaller of both is exact (Sterbenz), and which of them it is. Hard ones that are no normal double are rare. */
static inline reals prob_lanes(reals p, words positive, double eps, struct seen *seen)
{
    reals x = p + all_of(0.0), v = choose((words)(x < all_of(0.5)), x, 1 - x);
    words easy = ~((words)(x > all_of(0.5)) ^ positive) | (words)(x == all_of(0.5));
    words raise = ~easy & (words)(v < all_of(eps));

    seen->wrong |= ~((words)(x >= all_of(0)) & (words)(x <= all_of(1)));
    v = choose(raise, all_of(eps), v);
    seen->raised -= raise;
    seen->rare |= ~easy & (words)(v < all_of(0x1p-1022));
    return (reals)((words)v | (~easy & (words)(v < all_of(0.5)) & sign_bit));
}

/* v = e^−|x_t| / (1 + e^−|x_t|); beyond 700 x_t itself is put out, which is right for hard ones; easy ones are rare. */
static inline reals logit_lanes(reals x, words positive, struct seen *seen)
{
    reals xt = (reals)((words)x ^ (~positive & sign_bit)), size = (reals)((words)xt & ~sign_bit), e;
    words far = (words)(size > all_of(700));

    e = exp_lanes(-choose(far, all_of(700), size));
    e = e / (1 + e);
    seen->wrong |= (words)(x != x);
    seen->rare |= far;
    return choose(far, xt, (reals)((words)e | ((words)(xt < all_of(0)) & sign_bit)));
}

static inline __attribute__((always_inline)) void lanes_to_tails(double *x, const uint32_t *side, double eps, bool logits, struct seen *seen)
{
    reals v;

    memcpy(&v, x, sizeof v);
    v = logits ? logit_lanes(v, positive_lanes(side), seen) : prob_lanes(v, positive_lanes(side), eps, seen);
    memcpy(x, &v, sizeof v);
}

static inline __attribute__((always_inline)) size_t tails(double *x, const uint32_t *side, size_t n, double eps, bool logits, bool *well)
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
    *well = any_lane(seen.wrong) == 0;
    clipped = count_lanes(seen.raised);
    if (!*well) return 0;
    if (any_lane(seen.rare))
        for (i = 0; i < n; i++) {
            if (logits && x[i] > 700) x[i] = tail_of_xt(x[i]);
            if (!logits && signbit(x[i]) && x[i] > -0x1p-1022) x[i] = tail_of_pt(-x[i]);
        }
    for (i = 0; logits && eps > 0 && i < n; i++) clipped += tail_clip(&x[i], eps);
    return (size_t)clipped;
}

static size_t tails_of_probs(double *p, const uint32_t *side, size_t n, double eps, bool *well)
{
    return tails(p, side, n, eps, false, well);
}

static size_t tails_of_logits(double *x, const uint32_t *side, size_t n, double eps, bool *well)
{
    return tails(x, side, n, eps, true, well);
}

const struct kernel KERNEL_LEVEL = {KERNEL_NAME, survey, split, regular, numbers, digits, second, sides, tails_of_probs, tails_of_logits};
