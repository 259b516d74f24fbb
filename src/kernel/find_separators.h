/* find_separators.h: text to separators, for one instruction set */
#ifndef KERNEL_FIND_SEPARATORS_H
#define KERNEL_FIND_SEPARATORS_H

#include "kernel/kernel.h"
#include "kernel/lanes.h"

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

/* Quotes and returns so far: any bit that is set; with AVX-512, where masks cost more, a byte that is 0. */
#if defined __SSE2__
struct noted {
    block_of_bytes quotes, returns;
};
#else
struct noted {
    bool quotes, returns;
};
#endif

/* The text is read once from its beginning to its end, faster than processors fetch it by themselves. */
static inline void fetch_ahead(const char *text)
{
    enum { BYTES_AHEAD = 1024 };

    __builtin_prefetch(text + BYTES_AHEAD);
}

/* Bit i: byte i of the 64 is the delimiter or a newline. *newlines: the latter. */
static inline uint64_t separators(const char *p, char delimiter, char quote, uint64_t *newlines,
                                  struct noted *noted)
{
#if defined __AVX512BW__
    __m512i x = _mm512_loadu_si512(p);

    noted->quotes =
        (block_of_bytes)_mm512_min_epu8((__m512i)noted->quotes, _mm512_xor_si512(x, _mm512_set1_epi8(quote)));
    noted->returns =
        (block_of_bytes)_mm512_min_epu8((__m512i)noted->returns, _mm512_xor_si512(x, _mm512_set1_epi8('\r')));
    *newlines = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('\n'));
    return _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(delimiter)) | *newlines;
#elif defined __SSE2__
    uint64_t bits = 0;

    *newlines = 0;
    for (int i = 0; i < 64; i += (int)sizeof(block_of_bytes)) {
        block_of_bytes x, newline, is;

        memcpy(&x, p + i, sizeof x);
        noted->quotes |= (block_of_bytes)(x == (block_of_bytes){0} + (unsigned char)quote);
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
        noted->quotes |= p[i] == quote;
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

static inline struct noted nothing_noted(void)
{
#if defined __AVX512BW__
    return (struct noted){~(block_of_bytes){0}, ~(block_of_bytes){0}};
#else
    return (struct noted){0};
#endif
}

static inline void note(const struct noted *noted, struct survey *s)
{
#if defined __AVX512BW__
    s->quotes = any_byte((block_of_bytes)(noted->quotes == 0));
    s->returns = any_byte((block_of_bytes)(noted->returns == 0));
#elif defined __SSE2__
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
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(count_up)),
            from = _mm512_set1_epi32((int)base);
    unsigned char rest[64];

    _mm512_storeu_si512(out, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places))));
    if (__builtin_expect(count_bits(bits) <= 16, 1)) return;
    _mm512_storeu_si512(rest, places);
    for (unsigned k = 16; k < 64; k += 16)
        _mm512_storeu_si512(out + k, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm_loadu_si128(
                                                                (const __m128i *)(const void *)(rest + k)))));
}
#endif

static size_t split(const char *text, size_t n, char delimiter, char quote, uint32_t *at, struct survey *s)
{
    size_t total = 0, lines = 0;
    struct noted noted = nothing_noted();

    for (size_t i = 0; i < n; i += 64) {
        uint64_t newlines, bits;
        uint32_t *out = at + total, base = (uint32_t)i;
        unsigned count;

        if (__builtin_expect(n - i < 64, 0)) {
            char last[64] = {0};

            memcpy(last, text + i, n - i);
            bits = separators(last, delimiter, quote, &newlines, &noted);
        } else {
            fetch_ahead(text + i);
            bits = separators(text + i, delimiter, quote, &newlines, &noted);
        }
        lines += count_bits(newlines);
        count = count_bits(bits);
        total += count;
#if defined __AVX512VBMI2__
        put_places(bits, base, out);
#else
        /* as if there were four, or eight, or sixteen: what is written too much is written over */
        if (count <= 4) {
            for (unsigned k = 0; k < 4; k++, bits &= bits - 1) out[k] = base + lowest(bits);
            continue;
        }
        for (;;) {
            for (unsigned k = 0; k < 8; k++, bits &= bits - 1) out[k] = base + lowest(bits);
            if (__builtin_expect(bits == 0, 1)) break;
            out += 8;
        }
#endif
    }
    *s = (struct survey){.newlines = lines};
    note(&noted, s);
    return total;
}

/* Newlines are counted in bytes, 255 times at most before these are added up. */
static struct survey survey(const char *text, size_t n, char quote)
{
    struct survey s = {0};
    size_t i = 0;
#if defined __SSE2__
    const block_of_bytes newline = (block_of_bytes){0} + '\n',
                         mark = (block_of_bytes){0} + (unsigned char)quote, cr = (block_of_bytes){0} + '\r';
    block_of_bytes quotes = {0}, returns = {0};

    while (n - i >= sizeof quotes) {
        block_of_bytes lines = {0};

        for (int k = 0; k < 255 && n - i >= sizeof quotes; k++, i += sizeof quotes) {
            block_of_bytes x;

            memcpy(&x, text + i, sizeof x);
            lines -= (block_of_bytes)(x == newline);
            quotes |= (block_of_bytes)(x == mark);
            returns |= (block_of_bytes)(x == cr);
        }
        for (size_t k = 0; k < sizeof lines; k++) s.newlines += (unsigned char)lines[k];
    }
    s.quotes = any_byte(quotes);
    s.returns = any_byte(returns);
#endif
    for (; i < n; i++) {
        s.newlines += text[i] == '\n';
        s.quotes = s.quotes || text[i] == quote;
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

#endif
