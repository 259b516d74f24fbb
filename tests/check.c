/* check.c: runs the unit tests of all modules */
#include "check.h"

#include <math.h>
#include <string.h>

uint64_t random_bits(void)
{
    static uint64_t state = 1442695040888963407u;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

double random_unit(void)
{
    return (double)(random_bits() >> 11) * 0x1p-53;
}

uint64_t bits_of(double x)
{
    uint64_t bits;

    memcpy(&bits, &x, sizeof bits);
    return bits;
}

void near_to(double got, double want, double relative)
{
    ck_assert_msg(got == want || fabs(got - want) <= relative * fabs(want), "%.17g is not %.17g", got, want);
}

int main(void)
{
    static TCase *(*const cases[])(void) = {
        text_cases, exact_sum_cases, interval_cases, number_cases, kernel_cases,   csv_cases,    npy_cases,
        rows_cases, loss_cases,      read_all_cases, tally_cases,  evaluate_cases, metrics_cases};
    Suite *suite = suite_create("losscope");
    SRunner *runner = srunner_create(suite);
    int failed;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) suite_add_tcase(suite, cases[i]());
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
