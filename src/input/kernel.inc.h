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

typedef char block_of_bytes __attribute__((vector_size(LANE_BYTES)));

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
        is = (block_of_bytes)((x == (block_of_bytes){0} + delimiter) | (x == (block_of_bytes){0} + '\n'));
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

static inline unsigned lowest(uint64_t bits)
{
#if defined __BMI__
    return (unsigned)_tzcnt_u64(bits);
#else
    return bits ? (unsigned)__builtin_ctzll(bits) : 64;
#endif
}

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
        /* without branching on how many there are: what is written too much is written over */
        for (;;) {
            for (unsigned k = 0; k < 8; k++, bits &= bits - 1) out[k] = base + lowest(bits);
            if (__builtin_expect(bits == 0, 1)) break;
            out += 8;
        }
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

/* A field of up to 31 bytes that ends before `end`: digits and at most one point. *w: its digits as one integer; *point: 1 + the number of those behind the point, 0
   without one. False: other bytes, no digit, more than 19 that count. Bytes to the left are masked away, so that nothing branches on the length. */
static inline bool integer_of(const char *end, size_t size, uint64_t *w, unsigned *point);

#if defined __SSE2__
/* keep + n: the last n of 32 bytes; */
static const unsigned char keep[64] __attribute__((aligned(64))) = {
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};

/* 8 digits each: `top` those before the last 16, with 16 more before them that must be 0, then the last 16. */
static inline bool three_groups(uint64_t above, uint64_t below, uint64_t *w)
{
    uint64_t top = above >> 32;

    *w = top * 10000000000000000 + (below & 0xffffffff) * 100000000 + (below >> 32);
    return (above & 0xffffffff) == 0 && top < 1000;
}
#endif

#if defined __AVX512BW__
static inline bool integer_of(const char *end, size_t size, uint64_t *w, unsigned *point)
{
    const __m256i nine = _mm256_set1_epi8(9), tens = _mm256_set1_epi16(0x010a), hundreds = _mm256_set1_epi32(0x00010064);
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)(end - 32));
    uint32_t dots = _mm256_mask_cmpeq_epi8_mask(~(uint32_t)0 << (32 - size), x, _mm256_set1_epi8('.'));
    uint32_t has = dots != 0;

    *point = 32 - _tzcnt_u32(dots);
    size -= has;
    /* what stands before the point moves one place to the right, over it */
    x = _mm256_mask_loadu_epi8(x, (dots ^ (dots - 1)) & -has, end - 33);
    x = _mm256_maskz_sub_epi8(~(uint32_t)0 << (31 - size) << 1, x, _mm256_set1_epi8('0'));
    if (_mm256_cmpgt_epu8_mask(x, nine)) return false;
    x = _mm256_madd_epi16(_mm256_maddubs_epi16(x, tens), hundreds);
    x = _mm256_madd_epi16(_mm256_packus_epi32(x, x), _mm256_set1_epi32(0x00012710));
    return three_groups((uint64_t)_mm256_extract_epi64(x, 0), (uint64_t)_mm256_extract_epi64(x, 2), w) && size != 0;
}
#elif defined __AVX2__
static inline bool integer_of(const char *end, size_t size, uint64_t *w, unsigned *point)
{
    const __m256i zero = _mm256_set1_epi8('0'), nine = _mm256_set1_epi8(9);
    const __m256i tens = _mm256_set1_epi16(0x010a), hundreds = _mm256_set1_epi32(0x00010064);
    const __m256i myriads = _mm256_set1_epi32(0x00012710);
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)(end - 32));
    __m256i y = _mm256_loadu_si256((const __m256i *)(const void *)(end - 33)), left;
    uint32_t dots = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, _mm256_set1_epi8('.'))) & ~(uint32_t)0 << (32 - size);

    *point = 32 - _tzcnt_u32(dots);
    size -= *point != 0;
    /* what stands before the point moves one place to the right, over it */
    left = _mm256_xor_si256(_mm256_loadu_si256((const __m256i *)(const void *)(keep + *point - (*point != 0))), _mm256_set1_epi8(-1));
    left = _mm256_and_si256(left, _mm256_set1_epi8((char)-(*point != 0)));
    x = _mm256_blendv_epi8(x, y, left);
    x = _mm256_and_si256(_mm256_sub_epi8(x, zero), _mm256_loadu_si256((const __m256i *)(const void *)(keep + size)));
    if (_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(x, nine), nine)) != -1) return false;
    x = _mm256_madd_epi16(_mm256_maddubs_epi16(x, tens), hundreds);
    x = _mm256_madd_epi16(_mm256_packus_epi32(x, x), myriads);
    return three_groups((uint64_t)_mm256_extract_epi64(x, 0), (uint64_t)_mm256_extract_epi64(x, 2), w) && size != 0;
}
#elif defined __SSE2__
/* 16 digits to two groups of 8. */
static inline uint64_t two_groups(__m128i x)
{
    const __m128i low = _mm_set1_epi16(0xff), hundreds = _mm_set1_epi32(0x00010064), myriads = _mm_set1_epi32(0x00012710);

    x = _mm_add_epi16(_mm_mullo_epi16(_mm_and_si128(x, low), _mm_set1_epi16(10)), _mm_srli_epi16(x, 8));
    x = _mm_madd_epi16(x, hundreds);
    x = _mm_madd_epi16(_mm_packs_epi32(x, x), myriads);
    return (uint64_t)_mm_cvtsi128_si64(x);
}

static inline __m128i part(const void *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

static inline bool integer_of(const char *end, size_t size, uint64_t *w, unsigned *point)
{
    const __m128i dot = _mm_set1_epi8('.'), zero = _mm_set1_epi8('0'), nine = _mm_set1_epi8(9);
    __m128i x[2] = {part(end - 32), part(end - 16)}, y[2] = {part(end - 33), part(end - 17)}, good;
    uint32_t dots = ((uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x[0], dot)) |
                     (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x[1], dot)) << 16) &
                    ~(uint32_t)0 << (32 - size);
    bool has = dots != 0;

    *point = has ? 32 - (unsigned)__builtin_ctz(dots) : 0;
    size -= has;
    for (int h = 0; h < 2; h++) {
        /* what stands before the point moves one place to the right, over it */
        __m128i right = _mm_or_si128(part(keep + *point - has + 16 * h), _mm_set1_epi8((char)(has - 1)));

        x[h] = _mm_or_si128(_mm_and_si128(right, x[h]), _mm_andnot_si128(right, y[h]));
        x[h] = _mm_and_si128(_mm_sub_epi8(x[h], zero), part(keep + size + 16 * h));
    }
    good = _mm_and_si128(_mm_cmpeq_epi8(_mm_max_epu8(x[0], nine), nine), _mm_cmpeq_epi8(_mm_max_epu8(x[1], nine), nine));
    return _mm_movemask_epi8(good) == 0xffff && three_groups(two_groups(x[0]), two_groups(x[1]), w) && size != 0;
}
#else
static inline bool integer_of(const char *end, size_t size, uint64_t *w, unsigned *point)
{
    uint64_t n = 0;
    bool any = false, fits = true;

    *point = 0;
    for (const char *c = end - size; c < end; c++) {
        unsigned digit = (unsigned)(unsigned char)*c - '0';

        if (*c == '.' && !*point) {
            *point = (unsigned)(end - c);
            continue;
        }
        if (digit > 9) return false;
        any = true;
        fits = fits && n < 1000000000000000000;
        n = 10 * n + digit;
    }
    *w = n;
    return any && fits;
}
#endif

/* ---- integers times powers of ten, correctly rounded ---- */

enum { SOME = 256 };

/* What is known of some numbers before they are rounded. */
struct raw {
    uint64_t w[SOME];
    double high[SOME], low[SOME]; /* the power of ten, with the number's sign */
    uint64_t slow[SOME];          /* ~0: not of the usual shape, or the rounding is not sure */
};

/* digits[.digits]e[±]digits: the exponent is looked for from the end. */
static __attribute__((noinline)) bool with_exponent(const char *begin, const char *end, uint64_t *w, int *power)
{
    const char *e = end;
    int exponent = 0, digits = 0;
    unsigned point;
    bool minus;

    while (e > begin && (unsigned char)(e[-1] - '0') <= 9) e--, digits++;
    if (digits == 0 || digits > 4) return false;
    for (const char *c = e; c < end; c++) exponent = 10 * exponent + (*c - '0');
    minus = e > begin && e[-1] == '-';
    if (e > begin && (e[-1] == '-' || e[-1] == '+')) e--;
    if (e == begin || (e[-1] != 'e' && e[-1] != 'E')) return false;
    e--;
    if (e == begin || e - begin > 31 || !integer_of(e, (size_t)(e - begin), w, &point)) return false;
    *power = (minus ? -exponent : exponent) - (int)(point - (point != 0));
    return *power >= POWER_LOW && *power <= POWER_HIGH;
}

static inline void read_number(const char *begin, const char *end, struct raw *r, size_t i)
{
    static const double sign[2] = {1, -1};
    bool minus = *begin == '-', well;
    size_t size;
    unsigned point = 0;
    int power;

    begin += minus;
    size = (size_t)(end - begin);
    well = __builtin_expect(size - 1 < 31, 1) && __builtin_expect(integer_of(end, size, &r->w[i], &point), 1);
    power = -(int)(point - (point != 0));
    if (__builtin_expect(!well, 0) && (begin >= end || !with_exponent(begin, end, &r->w[i], &power))) {
        r->slow[i] = ~(uint64_t)0;
        r->w[i] = 0;
        power = 0;
    }
    r->high[i] = power_of_ten[power - POWER_LOW][0] * sign[minus];
    r->low[i] = power_of_ten[power - POWER_LOW][1] * sign[minus];
}

static inline words load(const void *p)
{
    words v;

    memcpy(&v, p, sizeof v);
    return v;
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

/* w · 10^e to the nearest double: w is the sum of two doubles, 10^e too, their product is off by less than 2^−100 of itself. Where
   that could change the rounding, slow becomes ~0. */
static inline words round_lanes(struct raw *r, size_t i, double *out)
{
    const words exponent32 = (words)all_of(0x1p84), exponent0 = (words)all_of(0x1p52), low32 = (words){0} + 0xffffffff;
    words w = load(&r->w[i]), slow = load(&r->slow[i]);
    reals high = (reals)load(&r->high[i]), low = (reals)load(&r->low[i]);
    reals upper = (reals)(w >> 32 | exponent32) - all_of(0x1p84), lower = (reals)((w & low32) | exponent0) - all_of(0x1p52);
    reals sum = upper + lower, left = lower - (sum - upper);
    reals p = sum * high, rest = product_rest(sum, high, p) + (sum * low + left * high), bound = p * all_of(0x1p-100);
    reals up = p + (rest + bound), down = p + (rest - bound);

    slow |= (words)(up != down);
    memcpy(&r->slow[i], &slow, sizeof slow);
    memcpy(&out[i], &up, sizeof up);
    return slow;
}

static inline uint64_t any_lane(words w)
{
    uint64_t any = 0;

    for (int i = 0; i < LANES; i++) any |= w[i];
    return any;
}

static inline void read_some(const struct fields *f, const uint32_t *at, size_t begin, size_t n, bool returns, struct raw *r)
{
    for (size_t i = 0; i < n; i++, at += f->stride) {
        size_t end = *at;

        if (i || at != f->at) begin = at[-1] + (size_t)1;
        if (returns && end > begin && f->text[end - 1] == '\r') end--;
        read_number(f->text + begin, f->text + end, r, i);
    }
    for (size_t i = n; i % LANES; i++) r->w[i] = 0, r->high[i] = r->low[i] = 1;
}

static size_t numbers(const struct fields *f, double *out, uint32_t *slow)
{
    struct raw r;
    size_t slows = 0;

    for (size_t done = 0; done < f->rows; done += SOME) {
        size_t n = f->rows - done < SOME ? f->rows - done : SOME;
        const uint32_t *at = f->at + f->column + done * f->stride;
        words any = {0};

        memset(r.slow, 0, sizeof r.slow);
        if (f->returns)
            read_some(f, at, f->origin, n, true, &r);
        else
            read_some(f, at, f->origin, n, false, &r);
        for (size_t i = 0; i < n; i += LANES) any |= round_lanes(&r, i, out + done);
        for (size_t i = 0; any_lane(any) && i < n; i++) {
            slow[slows] = (uint32_t)(done + i);
            slows += r.slow[i] & 1;
        }
    }
    return slows;
}

static bool digits(const struct fields *f, uint32_t *out)
{
    const uint32_t *at = f->at + f->column;
    uint32_t other = 0;

    for (size_t i = 0; i < f->rows; i++, at += f->stride) {
        size_t begin = at == f->at ? f->origin : at[-1] + (size_t)1, end = *at;
        uint32_t digit;

        if (f->returns && end > begin && f->text[end - 1] == '\r') end--;
        digit = (uint32_t)(unsigned char)f->text[begin] - '0';
        other |= (uint32_t)(end - begin != 1) | (digit > 9);
        out[i] = digit;
    }
    return other == 0;
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

static inline size_t tails(double *x, const uint32_t *side, size_t n, double eps, bool logits, bool *well)
{
    struct seen seen = {0};
    uint64_t clipped;
    double last[LANES] = {0};
    uint32_t last_side[LANES] = {0};
    size_t i = 0;
    reals v;

    for (; i < n; i += LANES) {
        size_t some = n - i < LANES ? n - i : LANES;
        bool whole = some == LANES;

        if (!whole) {
            memcpy(last, x + i, some * sizeof *x);
            memcpy(last_side, side + i, some * sizeof *side);
        }
        memcpy(&v, whole ? x + i : last, sizeof v);
        v = logits ? logit_lanes(v, positive_lanes(whole ? side + i : last_side), &seen)
                   : prob_lanes(v, positive_lanes(whole ? side + i : last_side), eps, &seen);
        memcpy(x + i, &v, some * sizeof *x);
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
