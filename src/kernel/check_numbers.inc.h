/* check_numbers.inc.h: are fields numbers? Looked at, not read; compiled as a part of kernel.inc.h */

typedef unsigned char bytes32 __attribute__((vector_size(32)));
typedef uint64_t words32 __attribute__((vector_size(32)));

static inline bytes32 bytes_from(const char *p)
{
    bytes32 x;

    memcpy(&x, p, sizeof x);
    return x;
}

static inline bytes32 is_byte(bytes32 x, char c)
{
    return (bytes32)(x == (bytes32){0} + (unsigned char)c);
}

static inline bytes32 is_digit(bytes32 x)
{
    return (bytes32)(x - '0' < (bytes32){0} + 10);
}

static inline bytes32 is_sign(bytes32 x)
{
    return is_byte(x, '+') | is_byte(x, '-');
}

static inline bytes32 is_e(bytes32 x)
{
    return is_byte(x | 0x20, 'e');
}

/* What may stand before or behind a field. */
static inline bytes32 is_border(bytes32 x, char delimiter)
{
    return is_byte(x, delimiter) | is_byte(x, '\n') | is_byte(x, '\r') | is_byte(x, 0);
}

/* Each byte by its neighbours: a delimiter stands behind a digit; a point as the second byte of a field
   behind a digit; an e between a digit and a sign; a sign between an e and two or three digits that end the
   field. */
static bool are_numbers(const char *text, size_t n, char delimiter)
{
    static const bytes32 count_up = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                     16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
    bytes32 bad = {0};
    words32 any;

    if (!n || (unsigned char)(text[n - 1] - '0') > 9) return false;
    for (size_t i = 0; i < n; i += sizeof bad) {
        bytes32 x = bytes_from(text + i), behind_digit = is_digit(bytes_from(text + i - 1));
        bytes32 point = is_byte(x, '.'), e = is_e(x), sign = is_sign(x), border = is_byte(x, delimiter),
                wrong;

        wrong = ~(is_digit(x) | point | e | sign | border) | (border & ~behind_digit);
        wrong |= point & ~(behind_digit & is_border(bytes_from(text + i - 2), delimiter));
        wrong |= e & ~(behind_digit & is_sign(bytes_from(text + i + 1)));
        wrong |= sign & ~(is_e(bytes_from(text + i - 1)) & (is_border(bytes_from(text + i + 3), delimiter) |
                                                            is_border(bytes_from(text + i + 4), delimiter)));
        if (n - i < sizeof bad) wrong &= (bytes32)(count_up < (bytes32){0} + (unsigned char)(n - i));
        bad |= wrong;
    }
    any = (words32)bad;
    return (any[0] | any[1] | any[2] | any[3]) == 0;
}
