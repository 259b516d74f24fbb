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

/* ---- split: 64 bytes to bits ---- */

/* Bit i: byte i of the 64 is the delimiter or a newline. */
static inline uint64_t separators(const char *p, char delimiter)
{
#if defined __AVX512BW__
    __m512i x = _mm512_loadu_si512(p);

    return _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(delimiter)) | _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('\n'));
#elif defined __SSE2__
    uint64_t bits = 0;

    for (int i = 0; i < 64; i += (int)sizeof(block_of_bytes)) {
        block_of_bytes x, is;

        memcpy(&x, p + i, sizeof x);
        is = (block_of_bytes)((x == (block_of_bytes){0} + (unsigned char)delimiter) | (x == (block_of_bytes){0} + '\n'));
#if defined __AVX2__
        bits |= (uint64_t)(uint32_t)_mm256_movemask_epi8((__m256i)is) << i;
#else
        bits |= (uint64_t)(uint32_t)_mm_movemask_epi8((__m128i)is) << i;
#endif
    }
    return bits;
#else
    uint64_t bits = 0;

    for (int i = 0; i < 64; i++) bits |= (uint64_t)(p[i] == delimiter || p[i] == '\n') << i;
    return bits;
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
    if (__builtin_expect((unsigned)__builtin_popcountll(bits) <= 16, 1)) return;
    _mm512_storeu_si512(rest, places);
    for (unsigned k = 16; k < 64; k += 16)
        _mm512_storeu_si512(out + k, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(const void *)(rest + k)))));
}
#endif

static size_t split(const char *text, size_t n, char delimiter, uint32_t *at)
{
    size_t total = 0;

    for (size_t i = 0; i < n; i += 64) {
        uint64_t bits = separators(text + i, delimiter);
        uint32_t *out = at + total, base = (uint32_t)i;
        unsigned count;

        if (n - i < 64) bits &= ((uint64_t)1 << (n - i)) - 1;
        count = (unsigned)__builtin_popcountll(bits);
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
    return total;
}

/* Newlines are counted in bytes, 255 times at most before these are added up. */
static struct survey survey(const char *text, size_t n)
{
    struct survey s = {0};
    size_t i = 0;
#if defined __SSE2__
    const block_of_bytes newline = (block_of_bytes){0} + '\n', quote = (block_of_bytes){0} + '"', cr = (block_of_bytes){0} + '\r';
    block_of_bytes quotes = {0}, returns = {0}, any;

    while (n - i >= sizeof any) {
        block_of_bytes lines = {0};

        for (int k = 0; k < 255 && n - i >= sizeof any; k++, i += sizeof any) {
            block_of_bytes x;

            memcpy(&x, text + i, sizeof x);
            lines -= (block_of_bytes)(x == newline);
            quotes |= (block_of_bytes)(x == quote);
            returns |= (block_of_bytes)(x == cr);
        }
        for (size_t k = 0; k < sizeof lines; k++) s.newlines += (unsigned char)lines[k];
    }
    any = quotes;
    for (size_t k = 0; k < sizeof any; k++) s.quotes = s.quotes || any[k];
    any = returns;
    for (size_t k = 0; k < sizeof any; k++) s.returns = s.returns || any[k];
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

/* Up to 32 digits, as four numbers of 8 digits each: above = g0 + g1 2^32, below = g2 + g3 2^32, the integer is g0 10^24 + g1 10^16 + g2 10^8 + g3. */
struct groups_of_8 {
    uint64_t above, below;
};

/* `size` bytes that end before `end`, 2 ≤ size ≤ 31: digits, and a point before the last `fraction` of them (fraction = size: none). Bytes
   to the left are masked away, so that nothing branches on the length. False: other bytes. */
static inline bool groups_of(const char *end, size_t size, size_t fraction, struct groups_of_8 *g);

#if defined __SSE2__
/* keep + n: a mask of the last n of 32 bytes */
static const unsigned char keep[64] __attribute__((aligned(64))) = {
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
#endif

#if defined __AVX2__
static inline __m256i bytes_at(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

static inline bool groups_of(const char *end, size_t size, size_t fraction, struct groups_of_8 *g)
{
    __m256i x = bytes_at(end - 32), y = bytes_at(end - 33);

    /* what stands before the point moves one place to the right, over it */
    x = _mm256_blendv_epi8(y, x, bytes_at(keep + fraction));
    x = _mm256_and_si256(_mm256_sub_epi8(x, _mm256_set1_epi8('0')), bytes_at(keep + size - (fraction < size)));
    y = _mm256_subs_epu8(x, _mm256_set1_epi8(9));
    if (__builtin_expect(!_mm256_testz_si256(y, y), 0)) return false;
    x = _mm256_madd_epi16(_mm256_maddubs_epi16(x, _mm256_set1_epi16(0x010a)), _mm256_set1_epi32(0x00010064));
    x = _mm256_madd_epi16(_mm256_packus_epi32(x, x), _mm256_set1_epi32(0x00012710));
    g->above = (uint64_t)_mm256_extract_epi64(x, 0);
    g->below = (uint64_t)_mm_cvtsi128_si64(_mm256_extracti128_si256(x, 1));
    return true;
}
#elif defined __SSE2__
static inline __m128i bytes_at(const void *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

/* 16 digits to two groups of 8. */
static inline uint64_t two_groups(__m128i x)
{
    __m128i tens = _mm_mullo_epi16(_mm_and_si128(x, _mm_set1_epi16(0xff)), _mm_set1_epi16(10));

    x = _mm_madd_epi16(_mm_add_epi16(tens, _mm_srli_epi16(x, 8)), _mm_set1_epi32(0x00010064));
    x = _mm_madd_epi16(_mm_packs_epi32(x, x), _mm_set1_epi32(0x00012710));
    return (uint64_t)_mm_cvtsi128_si64(x);
}

static inline bool groups_of(const char *end, size_t size, size_t fraction, struct groups_of_8 *g)
{
    const __m128i zero = _mm_set1_epi8('0'), nine = _mm_set1_epi8(9);
    const unsigned char *behind = keep + fraction, *digits = keep + size - (fraction < size);
    __m128i x[2], wrong = _mm_setzero_si128();

    for (int h = 0; h < 2; h++) {
        /* what stands before the point moves one place to the right, over it */
        __m128i right = bytes_at(behind + 16 * h), byte = bytes_at(end - 32 + 16 * h), left = bytes_at(end - 33 + 16 * h);

        x[h] = _mm_or_si128(_mm_and_si128(right, byte), _mm_andnot_si128(right, left));
        x[h] = _mm_and_si128(_mm_sub_epi8(x[h], zero), bytes_at(digits + 16 * h));
        wrong = _mm_or_si128(wrong, _mm_subs_epu8(x[h], nine));
    }
    if (__builtin_expect(_mm_movemask_epi8(_mm_cmpeq_epi8(wrong, _mm_setzero_si128())) != 0xffff, 0)) return false;
    g->above = two_groups(x[0]);
    g->below = two_groups(x[1]);
    return true;
}
#else
static inline bool groups_of(const char *end, size_t size, size_t fraction, struct groups_of_8 *g)
{
    uint64_t n[4] = {0};
    size_t digits = size - (fraction < size);

    for (size_t i = 0; i < digits; i++) {
        unsigned digit = (unsigned)(unsigned char)end[-(ptrdiff_t)i - (i >= fraction) - 1] - '0';
        static const uint32_t power[8] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};

        if (digit > 9) return false;
        n[3 - i / 8] += digit * power[i % 8];
    }
    g->above = n[0] | n[1] << 32;
    g->below = n[2] | n[3] << 32;
    return true;
}
#endif

/* ---- integers times powers of ten, correctly rounded ---- */

enum { SOME = 256 };

/* What is known of some numbers before they are rounded. */
struct raw {
    uint64_t above[SOME], below[SOME], sign[SOME];
    double high[SOME], low[SOME]; /* the power of ten */
    uint64_t slow[SOME];          /* ~0: not of the usual shape, or the rounding is not sure */
};

/* Digits with a point somewhere, or none. */
static inline bool plain_number(const char *begin, const char *end, struct groups_of_8 *g, size_t *fraction)
{
    size_t size = (size_t)(end - begin);
    const char *point;

    if (size - 1 >= 31) return false;
    point = memchr(begin, '.', size);
    *fraction = point ? (size_t)(end - point) - 1 : size;
    if ((point && size == 1) || !groups_of(end, size, *fraction, g)) return false;
    if (!point) *fraction = 0;
    return true;
}

/* Any other number of the usual shape: digits[.digits][e[±]digits], the exponent looked for from the end. */
static __attribute__((noinline)) bool other_number(const char *begin, const char *end, struct groups_of_8 *g, int *power)
{
    const char *e = end;
    int exponent = 0, digits = 0;
    size_t fraction;
    bool minus;

    /* d.ddde±dd, as C prints it */
    if (end - begin >= 7 && end[-4] == 'e' && begin[1] == '.' && end - begin < 36) {
        unsigned tens = (unsigned)(unsigned char)end[-2] - '0', ones = (unsigned)(unsigned char)end[-1] - '0';

        fraction = (size_t)(end - begin) - 6;
        minus = end[-3] == '-';
        exponent = (int)(10 * tens + ones);
        *power = (minus ? -exponent : exponent) - (int)fraction;
        if (tens <= 9 && ones <= 9 && (minus || end[-3] == '+') && *power >= POWER_LOW && *power <= POWER_HIGH &&
            groups_of(end - 4, fraction + 2, fraction, g))
            return true;
        exponent = 0;
    }
    if (plain_number(begin, end, g, &fraction)) {
        *power = -(int)fraction;
        return true;
    }
    while (e > begin && (unsigned char)(e[-1] - '0') <= 9) e--, digits++;
    if (digits == 0 || digits > 4) return false;
    for (const char *c = e; c < end; c++) exponent = 10 * exponent + (*c - '0');
    minus = e > begin && e[-1] == '-';
    if (e > begin && (e[-1] == '-' || e[-1] == '+')) e--;
    if (e - begin < 2 || (e[-1] != 'e' && e[-1] != 'E') || !plain_number(begin, e - 1, g, &fraction)) return false;
    *power = (minus ? -exponent : exponent) - (int)fraction;
    return *power >= POWER_LOW && *power <= POWER_HIGH;
}

static inline void read_number(const char *begin, const char *end, struct raw *r, size_t i)
{
    bool minus = *begin == '-', well = false;
    size_t size;
    struct groups_of_8 g = {0};
    int power;

    begin += minus;
    size = (size_t)(end - begin);
    power = 2 - (int)size;
    /* one digit, a point, and digits: the most usual */
    if (__builtin_expect(size - 3 < 29, 1) && __builtin_expect(begin[1] == '.', 1)) well = groups_of(end, size, size - 2, &g);
    if (__builtin_expect(!well, 0) && (begin >= end || !other_number(begin, end, &g, &power))) {
        r->slow[i] = ~(uint64_t)0;
        g = (struct groups_of_8){0};
        power = 0;
    }
    r->above[i] = g.above;
    r->below[i] = g.below;
    r->sign[i] = (uint64_t)minus << 63;
    r->high[i] = power_of_ten[power - POWER_LOW][0];
    r->low[i] = power_of_ten[power - POWER_LOW][1];
}

static inline words load(const void *p)
{
    words v;

    memcpy(&v, p, sizeof v);
    return v;
}

/* Whole numbers below 2^52 as doubles. */
static inline reals real_of(words w)
{
    return (reals)(w | (words)all_of(0x1p52)) - all_of(0x1p52);
}

/* w · 10^e to the nearest double: w (at most 19 digits) is the sum of two doubles, 10^e too, their product is off by less than 2^−100 of itself. Where
   that could change the rounding, slow becomes ~0. */
static inline words round_lanes(struct raw *r, size_t i, double *out)
{
    const words low32 = (words){0} + 0xffffffff;
    words above = load(&r->above[i]), below = load(&r->below[i]), slow = load(&r->slow[i]), result;
    reals high = (reals)load(&r->high[i]), low = (reals)load(&r->low[i]), hundred_million = all_of(1e8);
    reals upper = real_of(above >> 32) * hundred_million + real_of(below & low32), lower = real_of(below >> 32);
    reals shifted = upper * hundred_million, sum = shifted + lower, left = product_rest(upper, hundred_million, shifted) + (lower - (sum - shifted));
    reals p = sum * high, rest = product_rest(sum, high, p) + (sum * low + left * high), bound = p * all_of(0x1p-100);
    reals up = p + (rest + bound), down = p + (rest - bound);

    slow |= (words)(up != down) | (words)((above & low32) != 0) | (words)(above >> 32 >= (words){0} + 1000);
    result = (words)up | load(&r->sign[i]);
    memcpy(&r->slow[i], &slow, sizeof slow);
    memcpy(&out[i], &result, sizeof result);
    return slow;
}

static inline uint64_t any_lane(words w)
{
    uint64_t any = 0;

    for (int i = 0; i < LANES; i++) any |= w[i];
    return any;
}

static inline __attribute__((always_inline)) void read_some(const char *text, const uint32_t *at, size_t begin, size_t stride, size_t n,
                                                            bool returns, struct raw *r)
{
    for (size_t i = 0; i < n; i++) {
        size_t end = at[i * stride];

        if (i) begin = at[i * stride - 1] + (size_t)1;
        if (returns && end > begin && text[end - 1] == '\r') end--;
        read_number(text + begin, text + end, r, i);
    }
    for (size_t i = n; i % LANES; i++) r->above[i] = r->below[i] = r->sign[i] = 0, r->high[i] = r->low[i] = 1;
}

static size_t numbers(const struct fields *f, double *out, uint32_t *slow)
{
    struct raw r;
    size_t slows = 0;

    for (size_t done = 0; done < f->rows; done += SOME) {
        size_t n = f->rows - done < SOME ? f->rows - done : SOME;
        const uint32_t *at = f->at + f->column + done * f->stride;
        size_t begin = at == f->at ? f->origin : at[-1] + (size_t)1;
        words any = {0};

        memset(r.slow, 0, sizeof r.slow);
        if (f->returns)
            read_some(f->text, at, begin, f->stride, n, true, &r);
        else
            read_some(f->text, at, begin, f->stride, n, false, &r);
        for (size_t i = 0; i < n; i += LANES) any |= round_lanes(&r, i, out + done);
        for (size_t i = 0; any_lane(any) && i < n; i++) {
            slow[slows] = (uint32_t)(done + i);
            slows += r.slow[i] & 1;
        }
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
    uint32_t some __attribute__((vector_size(LANE_BYTES / 2)));

    memcpy(&some, side, sizeof some);
    return -__builtin_convertvector(some, words);
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

const struct kernel KERNEL_LEVEL = {KERNEL_NAME, survey, split, regular, numbers, digits, tails_of_probs, tails_of_logits};
