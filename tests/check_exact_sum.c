/* check_exact_sum.c: base/exact_sum against sums that are known */
#include "base/exact_sum.h"
#include "check.h"

#include <math.h>

START_TEST(small_numbers_are_not_lost_beside_large_ones)
{
    struct exact_sum s = {0}, other = {0};

    exact_sum_add(&s, 0x1p1000);
    for (int i = 0; i < 1000; i++)
        exact_sum_add(&s, 0x1p948); /* a unit in the last place of 2^1000 is 2^948 */
    exact_sum_add(&s, 5e-324);
    ck_assert(exact_sum_value(&s) == 0x1p1000 + 1000 * 0x1p948);
    exact_sum_add(&other, 5e-324);
    for (int i = 0; i < 52; i++) exact_sum_merge(&other, &other); /* doubled each time */
    ck_assert(exact_sum_value(&other) == 0x1p-1022);
    exact_sum_add(&other, INFINITY);
    exact_sum_merge(&s, &other);
    ck_assert(isinf(exact_sum_value(&s)));
}
END_TEST

/* Multiples of 2^-60 below 2^4, so that their sum is one of a 128-bit whole number. */
START_TEST(sums_are_those_of_whole_numbers_in_any_order)
{
    enum { N = 5000 };
    static double x[N];
    struct exact_sum forth = {0}, back = {0};
    __extension__ unsigned __int128 whole = 0;
    double want;

    for (int i = 0; i < N; i++) {
        uint64_t bits = random_bits() >> (11 + random_bits() % 40);

        x[i] = ldexp((double)bits, -60);
        whole += bits;
    }
    for (int i = 0; i < N; i++) {
        exact_sum_add(&forth, x[i]);
        exact_sum_add(&back, x[N - 1 - i]);
    }
    want = ldexp((double)whole, -60);
    ck_assert(exact_sum_value(&forth) == exact_sum_value(&back));
    near_to(exact_sum_value(&forth), want, 0x1p-52);
}
END_TEST

START_TEST(differences_are_those_of_whole_numbers)
{
    struct exact_sum plus = {0}, minus = {0};

    ck_assert(exact_sum_difference(&plus, &minus) == 0);
    for (int i = 0; i < 1000; i++) { /* what is left is far below an ulp of either sum */
        exact_sum_add(&plus, 0x1p100);
        exact_sum_add(&minus, 0x1p100);
        exact_sum_add(&plus, 3);
        exact_sum_add(&minus, 1);
    }
    exact_sum_add(&plus, 0x1p-1074);
    ck_assert(exact_sum_difference(&plus, &minus) == 2000);
    ck_assert(exact_sum_difference(&minus, &plus) == -2000);
    exact_sum_add(&minus, 2000);
    ck_assert(exact_sum_difference(&plus, &minus) == 0x1p-1074);
    ck_assert(exact_sum_difference(&minus, &plus) == -0x1p-1074);
    exact_sum_add(&minus, INFINITY);
    ck_assert(isinf(exact_sum_difference(&minus, &plus)) && exact_sum_difference(&plus, &minus) < 0);
    exact_sum_add(&plus, INFINITY);
    ck_assert(isnan(exact_sum_difference(&plus, &minus)));
}
END_TEST

TCase *exact_sum_cases(void)
{
    TCase *c = tcase_create("exact_sum");

    tcase_add_test(c, small_numbers_are_not_lost_beside_large_ones);
    tcase_add_test(c, differences_are_those_of_whole_numbers);
    tcase_add_test(c, sums_are_those_of_whole_numbers_in_any_order);
    return c;
}
