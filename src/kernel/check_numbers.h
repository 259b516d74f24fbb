/* check_numbers.h: are fields numbers? Looked at, not read; for one instruction set */
#ifndef KERNEL_CHECK_NUMBERS_H
#define KERNEL_CHECK_NUMBERS_H

#include "kernel/find_separators.h"

/* Of 64 bytes a bit each: digits, points, e or E, signs, delimiters. */
struct number_signs {
    uint64_t digit, point, e, sign, delimiter;
};

static inline struct number_signs number_signs_of(const char *p, char delimiter)
{
    struct number_signs s = {0};

#if defined __AVX512BW__
    __m512i x = _mm512_loadu_si512(p);

    s.digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(x, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
    s.point = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('.'));
    s.e = _mm512_cmpeq_epi8_mask(_mm512_or_si512(x, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('e'));
    s.sign =
        _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('+')) | _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('-'));
    s.delimiter = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(delimiter));
#elif defined __SSE2__
    const block_of_bytes none = {0};

    for (int i = 0; i < 64; i += (int)sizeof(block_of_bytes)) {
        block_of_bytes x;

        memcpy(&x, p + i, sizeof x);
        s.digit |= byte_bits((block_of_bytes)(x - '0' < none + 10)) << i;
        s.point |= byte_bits((block_of_bytes)(x == none + '.')) << i;
        s.e |= byte_bits((block_of_bytes)((x | 0x20) == none + 'e')) << i;
        s.sign |= byte_bits((block_of_bytes)(x == none + '+') | (block_of_bytes)(x == none + '-')) << i;
        s.delimiter |= byte_bits((block_of_bytes)(x == none + (unsigned char)delimiter)) << i;
    }
#else
    for (int i = 0; i < 64; i++) {
        s.digit |= (uint64_t)((unsigned char)(p[i] - '0') < 10) << i;
        s.point |= (uint64_t)(p[i] == '.') << i;
        s.e |= (uint64_t)((p[i] | 0x20) == 'e') << i;
        s.sign |= (uint64_t)(p[i] == '+' || p[i] == '-') << i;
        s.delimiter |= (uint64_t)(p[i] == delimiter) << i;
    }
#endif
    return s;
}

/* Are the bytes from text + i on digits, delimiters and points, each of these in its place? As many as a
   register holds; false also where there is an e or a sign. */
#if defined __SSE2__ && !defined __AVX512BW__
static inline block_of_bytes digits_at(const char *p)
{
    block_of_bytes x;

    memcpy(&x, p, sizeof x);
    return (block_of_bytes)(x - '0' < (block_of_bytes){0} + 10);
}

static inline block_of_bytes equals_at(const char *p, char byte)
{
    block_of_bytes x;

    memcpy(&x, p, sizeof x);
    return (block_of_bytes)(x == (block_of_bytes){0} + (unsigned char)byte);
}

static inline bool are_plain(const char *text, size_t i, size_t n, char delimiter)
{
    const char *p = text + i;
    block_of_bytes border = equals_at(p - 2, delimiter);
    uint64_t judged =
        n - i < sizeof border ? ((uint64_t)1 << (n - i)) - 1 : UINT64_MAX >> (64 - sizeof border);

    if (i == 0) border[1] = 255;
    return !(judged & ~byte_bits(digits_at(p) | (digits_at(p - 1) &
                                                 (equals_at(p, delimiter) | (equals_at(p, '.') & border)))));
}
#endif

/* Each byte by its neighbours: a delimiter stands behind a digit; a point as the second byte of a field
   behind a digit; an e between a digit and a sign; a sign behind an e, with a border three or four bytes on,
   before which there is no room for another e. */
static bool are_numbers(const char *text, size_t n, char delimiter)
{
    enum { BEFORE = 2, BEHIND = 4, STEP = 64 - BEFORE - BEHIND }; /* neighbours that a byte is judged by */
    size_t i = 0;

    if (!n || (unsigned char)(text[n - 1] - '0') > 9) return false;
    while (i < n) {
        struct number_signs s;
        uint64_t border, judged = ((uint64_t)1 << STEP) - 1, behind_digit, wrong;

#if defined __SSE2__ && !defined __AVX512BW__
        if (are_plain(text, i, n, delimiter)) {
            i += sizeof(block_of_bytes);
            continue;
        }
#endif
        s = number_signs_of(text + i - BEFORE, delimiter);
        border = s.delimiter;
        behind_digit = s.digit << 1;
        if (i == 0) border |= 1 << (BEFORE - 1);
        if (n - i < STEP + BEHIND) border |= (uint64_t)1 << (n - i + BEFORE);
        if (n - i < STEP) judged = ((uint64_t)1 << (n - i)) - 1;
        wrong = ~(s.digit | s.point | s.e | s.sign | s.delimiter) | (s.delimiter & ~behind_digit) |
                (s.point & ~(behind_digit & border << 2));
        if (s.e | s.sign)
            wrong |=
                (s.e & ~(behind_digit & s.sign >> 1)) | (s.sign & ~(s.e << 1 & (border >> 3 | border >> 4)));
        if (wrong & judged << BEFORE) return false;
        i += STEP;
    }
    return true;
}

#endif
