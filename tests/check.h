/* check.h: what the unit tests share: one list of cases a module, random numbers, quick assertions */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include "loss/setting.h"
#include "tally/workers.h"

#include <check.h>
#include <stddef.h>
#include <stdint.h>

TCase *text_cases(void);
TCase *exact_sum_cases(void);
TCase *interval_cases(void);
TCase *number_cases(void);
TCase *kernel_cases(void);
TCase *csv_cases(void);
TCase *npy_cases(void);
TCase *rows_cases(void);
TCase *loss_cases(void);
TCase *read_all_cases(void);
TCase *tally_cases(void);
TCase *evaluate_cases(void);
TCase *metrics_cases(void);

/* The same numbers in every run. */
uint64_t random_bits(void);
double random_unit(void); /* 0 ≤ u < 1 */

/* ck_assert tells the runner of every line that it passes: too much in loops over many rows. */
#define MUST(holds, ...)                                                                                     \
    do {                                                                                                     \
        if (!(holds)) ck_abort_msg(__VA_ARGS__);                                                             \
    } while (0)

uint64_t bits_of(double x);
void near_to(double got, double want, double relative);

/* All parameters at random, within their ranges. */
struct setting random_setting(const struct loss *loss);
/* Of two or three random losses, α among what is random. */
struct setting random_sum(void);

/* Random rows of all sizes of loss, a tenth of them positive. */
enum { ROWS = 40009 };
struct rows {
    double tail[ROWS], weight[ROWS];
    uint32_t part[ROWS];
};
void rows_make(struct rows *r);

/* Their tally; rows are added in steps of `step`. tally_free frees it. */
struct tally tally_of(const struct rows *r, const struct cuts *cuts, bool weighted, size_t step);

#endif
