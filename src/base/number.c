/* number.c: numbers ⇄ text, strict, exact and without a locale (the program never leaves the C locale) */
#include "base/number.h"

#include "base/memory.h"
#include "base/pow10_128.h"
#include "base/text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* inf, infinity, nan without a sign. */
static bool spelled(const char *text, size_t size, double *out)
{
    if ((size == 3 && strncasecmp(text, "inf", 3) == 0) ||
        (size == 8 && strncasecmp(text, "infinity", 8) == 0))
        *out = INFINITY;
    else if (size == 3 && strncasecmp(text, "nan", 3) == 0)
        *out = NAN;
    else
        return false;
    return true;
}

struct decimal {
    uint64_t digits; /* the first 19 significant digits */
    int exponent;    /* of the last of them */
    bool exact;      /* there are no more */
};

/* Reads digits[.digits][e[±]digits]; false if the text is anything else. */
static bool scan(const char *c, const char *end, struct decimal *d)
{
    int significant = 0, exponent = 0;
    bool any = false, point = false, negative = false;

    *d = (struct decimal){0, 0, true};
    for (; c < end && (digit(*c) || (*c == '.' && !point)); c++) {
        if (*c == '.') {
            point = true;
            continue;
        }
        any = true;
        if (point) d->exponent--;
        if (significant == 0 && *c == '0') continue;
        if (significant++ < 19)
            d->digits = 10 * d->digits + (uint64_t)(*c - '0');
        else {
            d->exact &= *c == '0';
            d->exponent++;
        }
    }
    if (!any) return false;
    if (c == end) return true;
    if (*c != 'e' && *c != 'E') return false;
    if (++c < end && (*c == '-' || *c == '+')) negative = *c++ == '-';
    if (c == end) return false;
    for (; c < end; c++) {
        if (!digit(*c)) return false;
        if (exponent < 1000000) exponent = 10 * exponent + (*c - '0');
    }
    d->exponent += negative ? -exponent : exponent;
    return true;
}

/* The library's conversion of text that scan() has passed. */
static double by_library(const char *text, size_t size)
{
    char small[128], *copy = size < sizeof small ? memcpy(small, text, size) : mem_copy(text, size);
    double x;

    copy[size] = 0;
    x = strtod(copy, NULL);
    if (copy != small) free(copy);
    return x;
}

#if LDBL_MANT_DIG == 64
/* With a 64-bit mantissa w and 10^|e|, |e| ≤ 27, are exact, so the quotient or product is off by half a unit
   of its last place at most. Unless the 11 bits that a double has not stand next to a tie, rounding once more
   gives the nearest double. */
static bool by_long_double(uint64_t w, int exponent, double *out)
{
    static const long double power[] = {1,     1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,  1e7L,  1e8L,  1e9L,
                                        1e10L, 1e11L, 1e12L, 1e13L, 1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L,
                                        1e20L, 1e21L, 1e22L, 1e23L, 1e24L, 1e25L, 1e26L, 1e27L};
    long double x;
    uint64_t mantissa;

    if (w == 0 || exponent < -27 || exponent > 27) return false;
    x = exponent < 0 ? (long double)w / power[-exponent] : (long double)w * power[exponent];
    memcpy(&mantissa, &x, sizeof mantissa);
    if ((mantissa & 0x7ff) - 0x3ff <= 2) return false;
    *out = (double)x;
    return true;
}
#else
static bool by_long_double(uint64_t w, int exponent, double *out)
{
    (void)w;
    (void)exponent;
    (void)out;
    return false;
}
#endif

double number_from_decimal(uint64_t w, int exponent)
{
    double x;

    static const double power[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    char text[48];

    /* both exact: one rounding (Clinger 1990) */
    if (w <= (uint64_t)1 << 53 && exponent >= -22 && exponent <= 22)
        return exponent < 0 ? (double)w / power[-exponent] : (double)w * power[exponent];
    if (w == 0) return 0;
    if (by_long_double(w, exponent, &x)) return x;
    snprintf(text, sizeof text, "%llue%d", (unsigned long long)w, exponent);
    return strtod(text, NULL);
}

bool number_parse(const char *text, size_t size, double *out)
{
    struct decimal d;
    bool minus;
    double x;

    text_trim(&text, &size);
    if (size == 0) return false;
    minus = *text == '-';
    if (minus || *text == '+') text++, size--;
    if (size == 0) return false;
    if (!spelled(text, size, &x)) {
        if (!scan(text, text + size, &d)) return false;
        x = d.exact ? number_from_decimal(d.digits, d.exponent) : by_library(text, size);
    }
    *out = minus ? -x : x;
    return true;
}

bool number_parse_whole(const char *text, size_t size, uint64_t *out)
{
    uint64_t n = 0;

    if (size == 0) return false;
    for (size_t i = 0; i < size; i++) {
        uint64_t c = (uint64_t)(unsigned char)text[i] - '0';

        if (c > 9 || n > (UINT64_MAX - c) / 10) return false;
        n = 10 * n + c;
    }
    *out = n;
    return true;
}

__extension__ typedef unsigned __int128 wide;

/* ⌊g c / 2^128⌋ with its last bit set if anything was cut off: enough to compare exactly. */
static uint64_t product_to_odd(const uint64_t g[2], uint64_t c)
{
    wide low = (wide)g[1] * c, high = (wide)g[0] * c + (uint64_t)(low >> 64);

    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* ⌊log10 2^e⌋, ⌊log10 (3/4) 2^e⌋, ⌊log2 10^e⌋ for the exponents of doubles. */
static int log10_pow2(int e)
{
    return (e * 1262611) >> 22;
}
static int log10_three_quarters_pow2(int e)
{
    return (e * 1262611 - 524031) >> 22;
}
static int log2_pow10(int e)
{
    return (e * 1741647) >> 19;
}

/* The shortest decimal that reads back as x > 0, the nearest to x among these: digits · 10^*exponent (R.
   Giulietti, The Schubfach way to render doubles, 2020). Trailing zeros may be left. */
static uint64_t shortest(double x, int *exponent)
{
    uint64_t bits, fraction, c, lower, middle, upper, s, tens;
    int q, k, h;
    bool odd, near, down, up;

    memcpy(&bits, &x, sizeof bits);
    fraction = bits & 0xfffffffffffff;
    q = (int)(bits >> 52);
    c = q ? fraction | (uint64_t)1 << 52 : fraction;
    q = (q ? q : 1) - 1075;
    odd = c & 1;
    near = fraction == 0 && q > -1074; /* a power of two: the double below is nearer */
    k = near ? log10_three_quarters_pow2(q) : log10_pow2(q);
    h = q + log2_pow10(-k) + 1;
    lower = product_to_odd(pow10_bits[-k - POW10_LOW], (4 * c - 2 + near) << h) + odd;
    middle = product_to_odd(pow10_bits[-k - POW10_LOW], 4 * c << h);
    upper = product_to_odd(pow10_bits[-k - POW10_LOW], (4 * c + 2) << h) - odd;
    s = middle / 4;
    tens = s / 10;
    down = lower <= 40 * tens;
    up = 40 * tens + 40 <= upper;
    *exponent = k + 1;
    if (s >= 10 && down != up) return tens + up;
    *exponent = k;
    down = lower <= 4 * s;
    up = 4 * s + 4 <= upper;
    if (down != up) return s + up;
    return s + (middle > 4 * s + 2 || (middle == 4 * s + 2 && s % 2));
}

void number_to_decimal(double x, uint64_t *digits, int *exponent)
{
    *exponent = 0;
    *digits = x > 0 ? shortest(x, exponent) : 0;
    for (; *digits && *digits % 10 == 0; *digits /= 10) ++*exponent;
}

static void put_two(char *out, unsigned n)
{
    out[0] = (char)('0' + n / 10);
    out[1] = (char)('0' + n % 10);
}

/* Digits of n, and their number. */
static int write_digits(uint64_t n, char *out)
{
    char text[20], *at = text + sizeof text;
    int count;

    for (; n >= 10; n /= 100) put_two(at -= 2, (unsigned)(n % 100));
    if (n || at == text + sizeof text) *--at = (char)('0' + n);
    count = (int)(text + sizeof text - at);
    memcpy(out, at, (size_t)count);
    return count;
}

void number_add_whole(uint64_t n, struct string *out)
{
    char digits[20];

    string_add(out, digits, (size_t)write_digits(n, digits));
}

static size_t put(char *out, const char *text, int count)
{
    memcpy(out, text, (size_t)count);
    return (size_t)count;
}

static size_t put_zeros(char *out, int count)
{
    memset(out, '0', (size_t)count);
    return (size_t)count;
}

/* "e-07" */
static size_t put_exponent(char *out, int exponent)
{
    unsigned e = (unsigned)abs(exponent);
    size_t size = 0;

    out[size++] = 'e';
    out[size++] = exponent < 0 ? '-' : '+';
    if (e >= 100) out[size++] = (char)('0' + e / 100);
    put_two(out + size, e % 100);
    return size + 2;
}

size_t number_format(double x, char out[NUMBER_SIZE])
{
    char digits[24];
    int exponent, count, point;
    uint64_t n;
    size_t size = 0;

    if (isnan(x)) return (size_t)snprintf(out, NUMBER_SIZE, "nan");
    if (isinf(x)) return (size_t)snprintf(out, NUMBER_SIZE, x < 0 ? "-inf" : "inf");
    number_to_decimal(fabs(x), &n, &exponent);
    count = write_digits(n, digits);
    point = count + exponent; /* digits before the point */
    if (signbit(x)) out[size++] = '-';
    if (point < -3 || point > 16) {
        size += put(out + size, digits, 1);
        if (count > 1) out[size++] = '.';
        size += put(out + size, digits + 1, count - 1);
        size += put_exponent(out + size, point - 1);
        out[size] = 0;
        return size;
    }
    if (point <= 0) {
        size += put(out + size, "0.", 2);
        size += put_zeros(out + size, -point);
        size += put(out + size, digits, count);
    } else if (count <= point) {
        size += put(out + size, digits, count);
        size += put_zeros(out + size, point - count);
    } else {
        size += put(out + size, digits, point);
        out[size++] = '.';
        size += put(out + size, digits + point, count - point);
    }
    out[size] = 0;
    return size;
}

/* 10^n, 0 ≤ n ≤ 18. */
static uint64_t whole_pow10(int n)
{
    uint64_t power = 1;

    while (n-- > 0) power *= 10;
    return power;
}

/* Leaves out the last `cut` of the shortest digits of x, rounded; cut < 0: puts as many zeros behind them.
   The shortest digits lie on the side of a half on which x does, unless they are that half: false. Nor do
   they tell more than 15 digits where they are fewer. */
static bool round_digits(uint64_t *n, int cut)
{
    uint64_t unit, rest;

    if (cut > 18) *n = 0;
    if (cut == 0 || cut > 18) return true;
    if (cut < 0) {
        if (cut < -15 || *n >= whole_pow10(15 + cut)) return *n == 0;
        *n *= whole_pow10(-cut);
        return true;
    }
    unit = whole_pow10(cut);
    rest = *n % unit;
    *n = *n / unit + (rest > unit / 2);
    return rest != unit / 2;
}

size_t number_format_fixed(double x, int decimals, char *out, size_t room)
{
    char digits[24];
    uint64_t n;
    int exponent, count, left;
    size_t size = 0;

    if (!(fabs(x) < 1e8) || decimals < 0 || decimals > 9 || room < NUMBER_SIZE)
        return (size_t)snprintf(out, room, "%.*f", decimals, x);
    number_to_decimal(fabs(x), &n, &exponent);
    if (!round_digits(&n, -decimals - exponent)) return (size_t)snprintf(out, room, "%.*f", decimals, x);
    count = write_digits(n, digits);
    left = count - decimals; /* digits before the point */
    if (signbit(x)) out[size++] = '-';
    if (left > 0)
        size += put(out + size, digits, left);
    else
        out[size++] = '0';
    if (decimals) out[size++] = '.';
    if (left < 0) size += put_zeros(out + size, -left);
    size += put(out + size, digits + (left > 0 ? left : 0), left > 0 ? decimals : count);
    out[size] = 0;
    return size;
}

size_t number_format_exponent(double x, int decimals, char *out, size_t room)
{
    char digits[24];
    uint64_t n;
    int exponent, count, point;
    size_t size = 0;

    if (!(fabs(x) > 0) || isinf(x) || decimals < 0 || decimals > 16 || room < NUMBER_SIZE)
        return (size_t)snprintf(out, room, "%.*e", decimals, x);
    number_to_decimal(fabs(x), &n, &exponent);
    count = write_digits(n, digits);
    point = count + exponent;
    if (!round_digits(&n, count - 1 - decimals)) return (size_t)snprintf(out, room, "%.*e", decimals, x);
    point += write_digits(n, digits) - 1 - decimals; /* 9.99 may have become 10.0 */
    if (signbit(x)) out[size++] = '-';
    size += put(out + size, digits, 1);
    if (decimals) out[size++] = '.';
    size += put(out + size, digits + 1, decimals);
    size += put_exponent(out + size, point - 1);
    out[size] = 0;
    return size;
}
