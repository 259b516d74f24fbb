/* exact_sum.c: sums of doubles without rounding */
#include "base/exact_sum.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { CARRY_AFTER = 1 << 30 };

static void carry(struct exact_sum *s)
{
    for (int i = 0; i + 1 < EXACT_DIGITS; i++) {
        s->digit[i + 1] += s->digit[i] >> 32;
        s->digit[i] &= 0xffffffff;
    }
    s->added = 0;
}

void exact_sum_add(struct exact_sum *s, double x)
{
    uint64_t bits, low;
    unsigned exponent, place, shift;

    if (!isfinite(x)) {
        s->infinite += x;
        return;
    }
    memcpy(&bits, &x, sizeof bits);
    exponent = (unsigned)(bits >> 52) & 0x7ff;
    bits &= ((uint64_t)1 << 52) - 1;
    if (exponent) bits |= (uint64_t)1 << 52;
    place = (exponent ? exponent - 1 : 0) / 32; /* the unit of bits is 2^(exponent − 1 − 1074) */
    shift = (exponent ? exponent - 1 : 0) % 32;
    low = bits << shift;
    s->digit[place] += low & 0xffffffff;
    s->digit[place + 1] += low >> 32;
    s->digit[place + 2] += shift ? bits >> (64 - shift) : 0;
    if (++s->added == CARRY_AFTER) carry(s);
}

void exact_sum_merge(struct exact_sum *into, const struct exact_sum *from)
{
    struct exact_sum other = *from;

    carry(into);
    carry(&other);
    for (int i = 0; i < EXACT_DIGITS; i++) into->digit[i] += other.digit[i];
    into->added = 1;
    into->infinite += other.infinite;
}

/* The double nearest to digits that are carried. */
static double round_digits(const struct exact_sum *s)
{
    double sum = 0;

    for (int i = 0; i < EXACT_DIGITS; i++) sum += ldexp((double)s->digit[i], 32 * i - 1074);
    return sum;
}

double exact_sum_value(const struct exact_sum *s)
{
    struct exact_sum whole = *s;

    carry(&whole);
    return round_digits(&whole) + s->infinite;
}

/* Takes b away from a, both carried. True: b was larger, and a is what is missing in 2^(32 EXACT_DIGITS). */
static bool borrow(struct exact_sum *a, const struct exact_sum *b)
{
    uint64_t owed = 0;

    for (int i = 0; i < EXACT_DIGITS; i++) {
        uint64_t take = b->digit[i] + owed;

        owed = a->digit[i] < take;
        a->digit[i] += (owed << 32) - take;
    }
    return owed;
}

double exact_sum_difference(const struct exact_sum *plus, const struct exact_sum *minus)
{
    struct exact_sum a = *plus, b = *minus, rest;

    carry(&a);
    carry(&b);
    rest = a;
    if (!borrow(&rest, &b)) return round_digits(&rest) + plus->infinite - minus->infinite;
    borrow(&b, &a);
    return -round_digits(&b) + plus->infinite - minus->infinite;
}
