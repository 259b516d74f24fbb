/* check_number.c: unit tests: text to numbers and back, against strtod and others' hard cases */
#include "check.h"

#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(numbers_are_those_of_strtod)
{
    for (int i = 0; i < 300000; i++) {
        char text[64], again[NUMBER_SIZE];
        double x, y = ldexp(random_unit() + 0.5, (int)(random_unit() * 600) - 300);

        snprintf(text, sizeof text, i % 3 == 0 ? "%.17g" : i % 3 == 1 ? "%.18e" : "%.6f", y);
        ck_assert(number_parse(text, strlen(text), &x));
        ck_assert_msg(x == strtod(text, NULL), "%s", text);
        number_format(x, again);
        ck_assert_msg(strtod(again, NULL) == x, "%s", again);
    }
}
END_TEST

/* Any number reads back, and no text of one digit less does. */
START_TEST(numbers_are_written_in_the_shortest_way)
{
    for (int i = 0; i < 300000; i++) {
        char text[NUMBER_SIZE], shorter[40];
        double x = i % 2 ? ldexp(random_unit(), (int)(random_bits() % 2000) - 1000)
                         : random_unit() * pow(10, (int)(random_bits() % 12) - 6);
        int digits = 0;
        bool counts = false;

        if (i % 8 == 0) x = (double)(random_bits() % 100000) / 1000;
        if (x == 0) continue;
        number_format(x, text);
        if (strtod(text, NULL) != x) ck_abort_msg("%s is not %.17g", text, x);
        for (const char *c = text; *c && *c != 'e'; c++)
            if (*c >= '0' && *c <= '9') digits += counts |= *c != '0';
        for (const char *c = text + strcspn(text, "e"); !strchr(text, '.') && *--c == '0';) digits--;
        if (digits < 2) continue;
        snprintf(shorter, sizeof shorter, "%.*e", digits - 2, x);
        if (strtod(shorter, NULL) == x) ck_abort_msg("%s could be %s", text, shorter);
    }
}
END_TEST

/* Rounded numbers are those of printf, also where a number is exactly a half. */
START_TEST(numbers_are_rounded_as_by_printf)
{
    for (int i = 0; i < 300000; i++) {
        double x = i % 2 ? ldexp(random_unit() - 0.5, (int)(random_bits() % 160) - 80)
                         : (double)(random_bits() % 2000001) / (i % 4 ? 64 : 2000) - 1000;
        int decimals = (int)(random_bits() % 10);
        char text[400], want[400];

        if (i == 0) x = 0;
        if (i == 2) x = -0.0;
        if (i == 4) x = INFINITY;
        if (i == 6) x = NAN;
        ck_assert_uint_eq(number_format_fixed(x, decimals, text, sizeof text),
                          (size_t)snprintf(want, sizeof want, "%.*f", decimals, x));
        ck_assert_str_eq(text, want);
        ck_assert_uint_eq(number_format_exponent(x, decimals, text, sizeof text),
                          (size_t)snprintf(want, sizeof want, "%.*e", decimals, x));
        ck_assert_str_eq(text, want);
        if (!(fabs(x) < 1e6)) continue;
        x = floor(x) + (x < 0 ? -0.5 : 0.5); /* printf takes the even neighbour of a half */
        number_format_fixed(x, 0, text, sizeof text);
        snprintf(want, sizeof want, "%.0f", x);
        ck_assert_str_eq(text, want);
    }
}
END_TEST

START_TEST(what_is_no_number_is_refused)
{
    static const char *const text[] = {"", " ", "1_0", "0x10", "1e", "e5", ".", "1.2.3", "1 2", "+-1", "12a"};
    double x;

    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        ck_assert_msg(!number_parse(text[i], strlen(text[i]), &x), "%s", text[i]);
}
END_TEST

static void hard_numbers(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[1200], text[1100];
    unsigned long long bits;
    size_t lines = 0;
    double x;

    ck_assert_msg(file != NULL, "%s is not there", path);
    while (fgets(line, sizeof line, file)) {
        ck_assert_int_eq(sscanf(line, "%llx %1099s", &bits, text), 2);
        ck_assert_msg(number_parse(text, strlen(text), &x), "%s", text);
        ck_assert_msg(bits_of(x) == bits, "%s is not %.17g", text, x);
        lines++;
    }
    fclose(file);
    ck_assert_uint_gt(lines, 1000);
}

START_TEST(others_hard_numbers)
{
    hard_numbers("numbers/parse-number-f64.txt");
    hard_numbers("numbers/midpoints.txt");
}
END_TEST

TCase *number_cases(void)
{
    TCase *all = tcase_create("number");

    tcase_set_timeout(all, 120);
    tcase_add_test(all, numbers_are_those_of_strtod);
    tcase_add_test(all, numbers_are_written_in_the_shortest_way);
    tcase_add_test(all, numbers_are_rounded_as_by_printf);
    tcase_add_test(all, what_is_no_number_is_refused);
    tcase_add_test(all, others_hard_numbers);
    return all;
}
