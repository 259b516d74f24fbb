/* check_numbers.h: are fields numbers? Looked at, not read; for one instruction set */
#ifndef KERNEL_CHECK_NUMBERS_H
#define KERNEL_CHECK_NUMBERS_H

#include "kernel/find_separators.h"

#if defined __AVX2__
/* What a byte is, and, with the same bits, what may not stand one, two or four places behind it. */
enum {
    IS_DIGIT = 1,
    IS_END = 2,     /* a delimiter, a point or an e: a digit stands before it */
    IS_SIGN = 4,    /* an e stands before it */
    IS_POINT = 8,   /* a delimiter stands two places before it */
    IS_INSIDE = 16, /* no delimiter: not here and before it, where a sign stands four places before */
};
#endif

#if defined __AVX512VBMI__
/* What is known of bytes by their lowest six bits, in which all that occur in numbers differ: one
   instruction looks 64 of them up. `byte` is the only byte that may have these bits. */
struct byte_tables {
    unsigned char byte[64], kind[64], one_behind[64], two_behind[64], four_behind[64];
};

#define AT(x) [(x)&63]
#define DIGITS(x)                                                                                            \
    AT('0') = (x), AT('1') = (x), AT('2') = (x), AT('3') = (x), AT('4') = (x), AT('5') = (x), AT('6') = (x), \
    AT('7') = (x), AT('8') = (x), AT('9') = (x)
#define SIGNS(x)   AT('+') = (x), AT('-') = (x)
#define LETTERS(x) AT('e') = (x), AT('E') = (x)

static const struct byte_tables tables_of_numbers = {
    .byte = {AT(0) = 1, AT('0') = '0', AT('1') = '1', AT('2') = '2', AT('3') = '3', AT('4') = '4',
             AT('5') = '5', AT('6') = '6', AT('7') = '7', AT('8') = '8', AT('9') = '9', AT('.') = '.',
             AT('e') = 'e', AT('E') = 'E', AT('+') = '+', AT('-') = '-'},
    .kind = {DIGITS(IS_DIGIT | IS_INSIDE), AT('.') = IS_END | IS_POINT | IS_INSIDE,
             LETTERS(IS_END | IS_INSIDE), SIGNS(IS_SIGN | IS_INSIDE)},
    .one_behind = {DIGITS(IS_SIGN | IS_INSIDE), AT('.') = IS_END | IS_SIGN | IS_INSIDE,
                   LETTERS(IS_DIGIT | IS_END | IS_INSIDE), SIGNS(IS_END | IS_SIGN | IS_INSIDE)},
    .two_behind = {DIGITS(IS_POINT), AT('.') = IS_POINT, LETTERS(IS_POINT), SIGNS(IS_POINT)},
    .four_behind = {SIGNS(IS_INSIDE)},
};

/* One of the tables, with the delimiter put in: if it has the bits of another, that one is known no more. */
static inline __m512i table_with(const unsigned char table[64], char delimiter, int of_delimiter)
{
    return _mm512_mask_mov_epi8(_mm512_loadu_si512(table), (uint64_t)1 << (delimiter & 63),
                                _mm512_set1_epi8((char)of_delimiter));
}

/* text[i + 0..64), with a delimiter behind the text, and digits behind that. */
static inline __m512i ended_bytes(const char *text, size_t i, size_t n, char delimiter)
{
    uint64_t end;
    __m512i behind;

    if (n - i >= 64) return _mm512_loadu_si512(text + i);
    end = (uint64_t)1 << (n - i);
    behind = _mm512_mask_mov_epi8(_mm512_set1_epi8('0'), end, _mm512_set1_epi8(delimiter));
    return _mm512_mask_loadu_epi8(behind, end - 1, text + i);
}

/* The bytes k places before those of `now`. */
#define PLACES_BEFORE(now, before, k) _mm512_alignr_epi8(now, _mm512_alignr_epi64(now, before, 6), 16 - (k))

static bool are_numbers(const char *text, size_t n, char delimiter)
{
    const struct byte_tables *t = &tables_of_numbers;
    const __m512i byte = table_with(t->byte, delimiter, delimiter),
                  kind = table_with(t->kind, delimiter, IS_END),
                  one_behind = table_with(t->one_behind, delimiter, IS_END | IS_SIGN),
                  two_behind = table_with(t->two_behind, delimiter, 0),
                  four_behind = table_with(t->four_behind, delimiter, 0);
    __m512i wrong = _mm512_setzero_si512();

    for (size_t i = 0; i <= n; i += 64) {
        const char *p = text + i;
        __m512i x = ended_bytes(text, i, n, delimiter), one, two, four, may_not;

        if (i && n - i >= 64) {
            fetch_ahead(p);
            one = _mm512_loadu_si512(p - 1);
            two = _mm512_loadu_si512(p - 2);
            four = _mm512_loadu_si512(p - 4);
        } else {
            __m512i before = i ? _mm512_loadu_si512(p - 64) : _mm512_set1_epi8(delimiter);

            one = PLACES_BEFORE(x, before, 1);
            two = PLACES_BEFORE(x, before, 2);
            four = PLACES_BEFORE(x, before, 4);
        }
        wrong = _mm512_or_si512(wrong, _mm512_xor_si512(x, _mm512_permutexvar_epi8(x, byte)));
        four = _mm512_or_si512(_mm512_permutexvar_epi8(four, four_behind),
                               _mm512_set1_epi8(IS_DIGIT | IS_END | IS_SIGN));
        may_not = _mm512_or_si512(_mm512_and_si512(_mm512_permutexvar_epi8(one, one_behind), four),
                                  _mm512_permutexvar_epi8(two, two_behind));
        wrong = _mm512_or_si512(wrong, _mm512_and_si512(_mm512_permutexvar_epi8(x, kind), may_not));
    }
    return _mm512_test_epi8_mask(wrong, wrong) == 0;
}
#elif defined __AVX2__
/* What may not stand behind a byte; a sign's highest bit says that it is one. */
enum {
    BEHIND_DIGIT = IS_SIGN | IS_POINT | IS_INSIDE,
    BEHIND_DELIMITER = IS_END | IS_SIGN,
    BEHIND_POINT = IS_END | IS_SIGN | IS_POINT | IS_INSIDE,
    BEHIND_E = IS_DIGIT | IS_END | IS_POINT | IS_INSIDE,
    BEHIND_SIGN = BEHIND_POINT | 0x80,
};

/* A value for each byte by its distance from '+', up to 15: that is the value of an e, and of no other byte
   beyond the digits. The slash, which stands among these, has one that is wrong anywhere. */
static inline __m256i table_from_plus(int sign, int comma, int point, int slash, int digit, int e)
{
    char s = (char)sign, d = (char)digit;

    return _mm256_broadcastsi128_si256(
        _mm_setr_epi8(s, (char)comma, s, (char)point, (char)slash, d, d, d, d, d, d, d, d, d, d, (char)e));
}

struct number_bytes {
    __m256i kind, behind, wrong; /* wrong: not 0 where no number has such a byte */
};

static inline struct number_bytes number_bytes_of(__m256i x)
{
    const __m256i kind =
                      table_from_plus(IS_SIGN | IS_INSIDE, IS_END, IS_END | IS_POINT | IS_INSIDE,
                                      IS_DIGIT | IS_END | IS_SIGN, IS_DIGIT | IS_INSIDE, IS_END | IS_INSIDE),
                  behind =
                      table_from_plus(BEHIND_SIGN, BEHIND_DELIMITER, BEHIND_POINT, 0, BEHIND_DIGIT, BEHIND_E),
                  last = _mm256_set1_epi8(15);
    __m256i from = _mm256_min_epu8(_mm256_sub_epi8(x, _mm256_set1_epi8('+')), last),
            no_e = _mm256_xor_si256(_mm256_or_si256(x, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('e'));

    return (struct number_bytes){_mm256_shuffle_epi8(kind, from), _mm256_shuffle_epi8(behind, from),
                                 _mm256_and_si256(_mm256_cmpeq_epi8(from, last), no_e)};
}

/* text[i + 0..32), with a delimiter behind the text, and digits behind that. */
static inline __m256i ended_bytes(const char *text, size_t i, size_t n, char delimiter)
{
    const __m256i count = _mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
                                           19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)(text + i)), left;

    if (n - i >= sizeof x) return x;
    left = _mm256_set1_epi8((char)(n - i));
    x = _mm256_blendv_epi8(_mm256_set1_epi8('0'), x, _mm256_cmpgt_epi8(left, count));
    return _mm256_blendv_epi8(x, _mm256_set1_epi8(delimiter), _mm256_cmpeq_epi8(left, count));
}

/* The comma and the delimiter change places, so that the comma is what separates. */
static inline __m256i with_commas(__m256i x, char delimiter)
{
    __m256i either = _mm256_or_si256(_mm256_cmpeq_epi8(x, _mm256_set1_epi8(delimiter)),
                                     _mm256_cmpeq_epi8(x, _mm256_set1_epi8(',')));

    return _mm256_xor_si256(x, _mm256_and_si256(either, _mm256_set1_epi8((char)(delimiter ^ ','))));
}

/* The next 32 bytes; behind: what may not stand behind those before them, and then behind these. */
static inline void look_at(__m256i x, char delimiter, __m256i *behind, __m256i *wrong)
{
    const __m256i one_behind = _mm256_set1_epi8(IS_DIGIT | IS_END | IS_SIGN),
                  two_behind = _mm256_set1_epi8(IS_POINT);
    struct number_bytes b = number_bytes_of(delimiter == ',' ? x : with_commas(x, delimiter));
    __m256i middle = _mm256_permute2x128_si256(*behind, b.behind, 0x21),
            one = _mm256_alignr_epi8(b.behind, middle, 15),
            two = _mm256_and_si256(_mm256_alignr_epi8(b.behind, middle, 14), two_behind),
            four = _mm256_alignr_epi8(b.behind, middle, 12);

    one = _mm256_blendv_epi8(_mm256_and_si256(one, one_behind), one, four);
    *wrong = _mm256_or_si256(_mm256_or_si256(*wrong, b.wrong),
                             _mm256_and_si256(b.kind, _mm256_or_si256(one, two)));
    *behind = b.behind;
}

static inline bool are_numbers_between(const char *text, size_t n, char delimiter)
{
    __m256i behind = _mm256_set1_epi8(BEHIND_DELIMITER), wrong = _mm256_setzero_si256();
    size_t i = 0;

    for (; n - i >= 2 * sizeof behind; i += 2 * sizeof behind) {
        const __m256i *p = (const __m256i *)(const void *)(text + i);

        fetch_ahead(text + i);
        look_at(_mm256_loadu_si256(p), delimiter, &behind, &wrong);
        look_at(_mm256_loadu_si256(p + 1), delimiter, &behind, &wrong);
    }
    for (; i <= n; i += sizeof behind)
        look_at(ended_bytes(text, i, n, delimiter), delimiter, &behind, &wrong);
    return _mm256_testz_si256(wrong, wrong);
}

static bool are_numbers(const char *text, size_t n, char delimiter)
{
    if (delimiter == ',') return are_numbers_between(text, n, ',');
    return !memchr("0123456789.eE+-", delimiter, 15) && are_numbers_between(text, n, delimiter);
}
#else
/* Of 64 bytes a bit each: digits, points, e or E, signs, delimiters. */
struct number_signs {
    uint64_t digit, point, e, sign, delimiter;
};

static inline struct number_signs number_signs_of(const char *p, char delimiter)
{
    struct number_signs s = {0};

#if defined __SSE2__
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

/* plain_until: how far from i on there are digits, delimiters and points alone, each of these in its
   place. */
#if defined __SSE2__
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

static inline size_t plain_until(const char *text, size_t i, size_t n, char delimiter)
{
    enum { SIZE = sizeof(block_of_bytes) };

    for (; i < n; i += SIZE) {
        const char *p = text + i;
        block_of_bytes border = equals_at(p - 2, delimiter), in_place;
        uint64_t judged = n - i < SIZE ? ((uint64_t)1 << (n - i)) - 1 : UINT64_MAX >> (64 - SIZE);

        if (i == 0) border[1] = 255;
        in_place =
            digits_at(p) | (digits_at(p - 1) & (equals_at(p, delimiter) | (equals_at(p, '.') & border)));
        if (judged & ~byte_bits(in_place)) return i;
    }
    return n;
}
#else
static inline size_t plain_until(const char *text, size_t i, size_t n, char delimiter)
{
    (void)text;
    (void)n;
    (void)delimiter;
    return i;
}
#endif

/* The neighbours that a byte is judged by, and how many bytes are judged at once. */
enum { NUMBER_BEFORE = 2, NUMBER_BEHIND = 4, NUMBER_STEP = 64 - NUMBER_BEFORE - NUMBER_BEHIND };

/* Each byte by its neighbours: a delimiter stands behind a digit; a point as the second byte of a field
   behind a digit; an e between a digit and a sign; a sign behind an e, with a border three or four bytes on,
   before which there is no room for another e. */
static inline bool are_in_numbers(const char *text, size_t i, size_t n, char delimiter)
{
    struct number_signs s = number_signs_of(text + i - NUMBER_BEFORE, delimiter);
    uint64_t border = s.delimiter, judged = ((uint64_t)1 << NUMBER_STEP) - 1, behind_digit = s.digit << 1,
             wrong;

    if (i == 0) border |= 1 << (NUMBER_BEFORE - 1);
    if (n - i < NUMBER_STEP + NUMBER_BEHIND) border |= (uint64_t)1 << (n - i + NUMBER_BEFORE);
    if (n - i < NUMBER_STEP) judged = ((uint64_t)1 << (n - i)) - 1;
    wrong = ~(s.digit | s.point | s.e | s.sign | s.delimiter) | (s.delimiter & ~behind_digit) |
            (s.point & ~(behind_digit & border << 2)) | (s.e & ~(behind_digit & s.sign >> 1)) |
            (s.sign & ~(s.e << 1 & (border >> 3 | border >> 4)));
    return !(wrong & judged << NUMBER_BEFORE);
}

static bool are_numbers(const char *text, size_t n, char delimiter)
{
    /* after a plain stretch shorter than SHORT, STEPS steps go by without looking for another */
    enum { SHORT = 512, STEPS = 256 };
    size_t i = 0;

    if (!n || (unsigned char)(text[n - 1] - '0') > 9) return false;
    while (i < n) {
        size_t from = i, steps;

        i = plain_until(text, i, n, delimiter);
        steps = i - from < SHORT ? STEPS : 1;
        for (; i < n && steps; steps--, i += NUMBER_STEP)
            if (!are_in_numbers(text, i, n, delimiter)) return false;
    }
    return true;
}

#endif
#endif
