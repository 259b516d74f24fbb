/* parse_doubles.h: fields to correctly rounded numbers, for one instruction set */
#ifndef KERNEL_PARSE_DOUBLES_H
#define KERNEL_PARSE_DOUBLES_H

#include "kernel/find_separators.h"
#include "kernel/parse_digits.h"
#include "kernel/pow10_double_double.h"

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

/* Whole numbers below 2^52 as doubles. */
static inline reals real_of(words w)
{
    return (reals)(w | (words)all_of(0x1p52)) - all_of(0x1p52);
}

/* w · 10^e to the nearest double: w = A 10^16 + B 10^8 + C (at most 25 digits) is the sum of two doubles,
   exactly, 10^e = high + low nearly, their product is off by less than 2^−100 of itself. ~0 where that could
   change the rounding. */
static inline words round_lanes(const struct raw *r, size_t i, reals high, reals low, double *out)
{
    const words low32 = (words){0} + 0xffffffff;
    const reals hundred_million = all_of(1e8);
    words above = load(&r->above[i]), below = load(&r->below[i]), lead = wide_lanes(&r->lead[i]), result;
    reals a = (real_of(lead & 0xff) * hundred_million + real_of(above & low32)) * hundred_million,
          b = real_of(above >> 32);
    reals upper = a + b,
          upper_left = b - (upper - a); /* A 10^8 is exact: 30 bits times 5^8 and a power of two */
    reals shifted = upper * hundred_million;
    reals lower = product_rest_whole(upper, hundred_million, shifted) +
                  (upper_left * hundred_million + real_of(below & low32));
    reals sum = shifted + lower, left = lower - (sum - shifted);
    reals p = sum * high, rest = product_rest(sum, high, p) + (sum * low + left * high),
          bound = p * all_of(0x1p-100);
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

/* Reads numbers of any shape: those whose bits are set in odd. Bits of the result: not of the usual shape, or
   the rounding is not sure. */
static __attribute__((noinline)) uint64_t any_numbers(const struct fields *f, size_t first, uint64_t odd,
                                                      struct raw *r, double *out)
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
static inline __attribute__((always_inline)) bool usual_number(const char *begin, const char *end,
                                                               struct raw *r, size_t i)
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

/* d.ddde−dd or d.ddde+00, as C prints it, of 24 digits behind the point when the exponent is applied. False:
   another. */
static bool printed_number(const char *begin, const char *end, struct raw *r, size_t i)
{
    bool minus = *begin == '-', ok = end[-3] == '-' || (end[-3] == '+' && end[-2] == '0' && end[-1] == '0');
    const char *c = begin + minus;
    unsigned tens = (unsigned)(unsigned char)end[-2] - '0', ones = (unsigned)(unsigned char)end[-1] - '0',
             lead = (unsigned)(unsigned char)*c - '0';
    size_t fraction = (size_t)(end - c) - 6, down = 10 * tens + ones;
    digits32 x;

    if (fraction - 1 >= 24 || !ok || end[-4] != 'e' || c[1] != '.' || tens > 9 || ones > 9 || lead > 9 ||
        fraction + down > 24)
        return false;
    x = down ? moved_digits(c + 2, fraction, down) : first_digits(c + 2, fraction);
    if (!are_digits(x)) return false;
    groups_of_8(x, &r->above[i], &r->below[i]);
    r->lead[i] = (down ? 0 : lead) | (uint32_t)minus << 31;
    return true;
}

/* Reads usual numbers. Bits of the result: others. */
static inline __attribute__((always_inline)) uint64_t usual_numbers(const struct fields *f, size_t first,
                                                                    size_t n, bool returns, struct raw *r)
{
    const uint32_t *at = f->at + f->column + first * f->stride;
    size_t begin = at == f->at ? f->origin : at[-1] + (size_t)1;
    uint64_t odd = 0;

    for (size_t i = 0; i < n; i++) {
        size_t end = *at;

        if (i) begin = at[-1] + (size_t)1;
        if (returns && end > begin && f->text[end - 1] == '\r') end--;
        if (__builtin_expect(!usual_number(f->text + begin, f->text + end, r, i), 0) &&
            !printed_number(f->text + begin, f->text + end, r, i)) {
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
    const reals high = all_of(power_of_ten[-24 - POWER_LOW][0]),
                low = all_of(power_of_ten[-24 - POWER_LOW][1]);
    struct raw r;
    size_t slows = 0;
    uint64_t odd = 0;

    for (size_t done = 0; done < f->rows; done += SOME, out += SOME) {
        size_t n = f->rows - done < SOME ? f->rows - done : SOME;
        bool usual = count_bits(odd) <= SOME / 2; /* else they are of some other shape */
        words any = {0};

        odd = n < SOME ? ((uint64_t)1 << n) - 1 : UINT64_MAX;
        if (usual)
            odd = f->returns ? usual_numbers(f, done, n, true, &r) : usual_numbers(f, done, n, false, &r);
        for (size_t i = 0; usual && i < n; i += LANES) any |= round_lanes(&r, i, high, low, out);
        if (__builtin_expect(is_any(any), 0)) odd |= unsure_rows(&r, n, high, low);
        if (!odd) continue;
        for (uint64_t bad = any_numbers(f, done, odd, &r, out); bad; bad &= bad - 1)
            slow[slows++] = (uint32_t)(done + (unsigned)__builtin_ctzll(bad));
    }
    return slows;
}

/* A digit stands alone if it ends two bytes behind the separator before it. Its byte and the separator's
   behind it, less '0' and '\n', are a number up to 9. */
static inline __attribute__((always_inline)) bool digits_of(const struct fields *f, bool last, size_t first,
                                                            size_t n, uint32_t *out)
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
    bool last = f->column + 1 == f->stride, ok = true;

    if (f->returns) return digits_before_returns(f, last, out);
    for (size_t i = 0; i < f->rows && ok; i += SOME) {
        size_t n = f->rows - i < SOME ? f->rows - i : SOME;

        ok = last ? digits_of(f, true, i, n, out) : digits_of(f, false, i, n, out);
    }
    return ok;
}

#endif
