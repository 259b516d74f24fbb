/* values.c: the values of options: numbers, lists and ranges of numbers, choices */
#include "command/values.h"

#include "base/memory.h"
#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RANGE_STEPS = 100000 };

bool values_number(const char *text, size_t size, const char *option, double least, double most, double *out,
                   struct diag *d)
{
    char shown[DIAG_SHOWN];

    if (!number_parse(text, size, out) || !isfinite(*out))
        return diag_fail(d, STATUS_USAGE, "--%s: %s is not a number", option, diag_shown(shown, text, size));
    if (*out < least && isinf(most))
        return diag_fail(d, STATUS_USAGE, "--%s: %s is below %g", option, diag_shown(shown, text, size),
                         least);
    if (*out < least || *out > most)
        return diag_fail(d, STATUS_USAGE, "--%s: %s is not between %g and %g", option,
                         diag_shown(shown, text, size), least, most);
    return true;
}

/* The numbers of one list as they come. */
struct numbers {
    double *item;
    size_t count, room;
};

static void numbers_add(struct numbers *l, double x)
{
    l->item = mem_grow(l->item, &l->room, l->count + 1, sizeof *l->item);
    l->item[l->count++] = x;
}

/* x · 10^-exponent as a whole number, where it is one below 2^53. */
static bool as_whole(double x, int exponent, double *out)
{
    uint64_t digits = 0;
    int own = 0;

    number_to_decimal(fabs(x), &digits, &own);
    for (; digits && own > exponent && digits < UINT64_MAX / 10; own--) digits *= 10;
    *out = x < 0 ? -(double)digits : (double)digits;
    return digits == 0 || (own == exponent && digits < (uint64_t)1 << 53);
}

static int decimal_exponent(double x)
{
    uint64_t digits;
    int exponent = 0;

    number_to_decimal(fabs(x), &digits, &exponent);
    return x == 0 ? 0 : exponent;
}

/* a, a + step, … up to b: in whole multiples of the last decimal place of a and step where these fit. */
static void add_range(double a, double b, double step, struct numbers *l)
{
    int place = decimal_exponent(step);
    double first, each, last;
    bool decimal;

    if (a != 0 && decimal_exponent(a) < place) place = decimal_exponent(a);
    decimal = as_whole(a, place, &first) && as_whole(step, place, &each) && fabs(b) < 0x1p53 * each;
    for (size_t i = 0; i <= RANGE_STEPS; i++) {
        double x = a + (double)i * step;

        if (decimal) {
            last = first + (double)i * each;
            x = copysign(number_from_decimal((uint64_t)fabs(last), place), last);
        }
        if (x > b && (decimal || x > b + step * 1e-9)) break;
        numbers_add(l, x > b ? b : x + 0.0);
    }
}

static bool no_range(const char *text, size_t size, const char *option, struct diag *d)
{
    char shown[DIAG_SHOWN];

    return diag_fail(d, STATUS_USAGE, "--%s: a range is FROM:TO:STEP, as in 0:5:0.5, not %s", option,
                     diag_shown(shown, text, size));
}

/* "FROM:TO:STEP" */
static bool parse_range(const char *text, size_t size, const char *option, double least, double most,
                        struct numbers *l, struct diag *d)
{
    size_t colon = strcspn(text, ":"), second = colon + 1 + strcspn(text + colon + 1, ":");
    double a, b, step;

    if (second >= size) return no_range(text, size, option, d);
    if (!values_number(text, colon, option, least, most, &a, d) ||
        !values_number(text + colon + 1, second - colon - 1, option, least, most, &b, d) ||
        !values_number(text + second + 1, size - second - 1, option, -INFINITY, INFINITY, &step, d))
        return false;
    if (!(step > 0) || b < a || (b - a) / step > RANGE_STEPS)
        return diag_fail(d, STATUS_USAGE, "--%s: the range '%.*s' does not go up in at most %d steps", option,
                         (int)size, text, RANGE_STEPS);
    add_range(a, b, step, l);
    return true;
}

bool values_numbers(const char *text, const char *option, double least, double most, double **list,
                    size_t *count, struct diag *d)
{
    struct numbers l = {0};
    bool ok;

    do {
        size_t n = strcspn(text, ",");
        double x;

        if (strcspn(text, ":") < n) {
            ok = parse_range(text, n, option, least, most, &l, d);
        } else {
            ok = !memmem(text, n, "..", 2) || no_range(text, n, option, d);
            ok = ok && values_number(text, n, option, least, most, &x, d);
            if (ok) numbers_add(&l, x);
        }
        text += n;
    } while (ok && *text++ == ',');
    free(*list);
    *list = l.item;
    *count = l.count;
    return ok;
}

bool values_whole(const char *text, const char *option, uint64_t least, uint64_t most, uint64_t *out,
                  struct diag *d)
{
    char shown[DIAG_SHOWN];

    if (number_parse_whole(text, strlen(text), out) && *out >= least && *out <= most) return true;
    diag_shown(shown, text, strlen(text));
    if (most == UINT64_MAX)
        return diag_fail(d, STATUS_USAGE, "--%s takes a whole number from %llu on, not %s", option,
                         (unsigned long long)least, shown);
    return diag_fail(d, STATUS_USAGE, "--%s takes a whole number from %llu to %llu, not %s", option,
                     (unsigned long long)least, (unsigned long long)most, shown);
}

bool values_choice(const char *text, const char *option, const char *const *choice, int *out, struct diag *d)
{
    struct string all = {0};
    char shown[DIAG_SHOWN];

    for (int i = 0; choice[i]; i++) {
        if (strcmp(choice[i], text) == 0) {
            *out = i;
            string_free(&all);
            return true;
        }
        string_printf(&all, "%s%s", i == 0 ? "" : choice[i + 1] ? ", " : " or ", choice[i]);
    }
    diag_fail(d, STATUS_USAGE, "--%s takes %s, not %s", option, all.text,
              diag_shown(shown, text, strlen(text)));
    string_free(&all);
    return false;
}
