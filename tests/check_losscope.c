/* check_losscope.c: unit tests: tails, losses, numbers, the tally against direct evaluation */
#include "check.h"

#include "base/number.h"
#include "loss/loss.h"
#include "loss/tail.h"
#include "evaluate/measure.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252u;
static double uniform(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) * 0x1p-53;
}

static void near_to(double got, double want, double relative)
{
    ck_assert_msg(got == want || fabs(got - want) <= relative * fabs(want), "%.17g is not %.17g", got, want);
}

START_TEST(tails_hold_both_ends)
{
    ck_assert_double_eq(tail_of_prob(1e-300, false), 1e-300); /* p_t = 1 − 1e-300 */
    ck_assert_double_eq(tail_of_prob(1e-300, true), -1e-300);
    ck_assert_double_eq(tail_of_pt(0.5), 0.5);
    ck_assert(isinf(tail_of_pt(0)) && tail_of_pt(0) < 0);
    ck_assert_double_eq(tail_lp(tail_of_xt(-1e6)), -1e6);
    near_to(tail_lp(tail_of_xt(40)), -exp(-40.0), 1e-15);
    near_to(tail_xt(tail_of_xt(3)), 3, 1e-15);
    ck_assert_int_eq(tail_compare(tail_of_pt(0.3), tail_of_pt(0.7)), -1);
    ck_assert_int_eq(tail_compare(tail_of_xt(-800), tail_of_xt(-900)), 1);
}
END_TEST

START_TEST(losses_are_the_papers)
{
    const struct loss *fl = loss_find("focal", 5), *star = loss_find("focal-star", 10);

    near_to(fl->value(tail_of_pt(0.9), (struct loss_at){0, 0}) /
                fl->value(tail_of_pt(0.9), (struct loss_at){2, 0}),
            100, 1e-12);
    near_to(fl->value(tail_of_xt(0), (struct loss_at){2, 0}), 0.1732867951399863, 1e-14);
    near_to(star->value(tail_of_xt(0), (struct loss_at){4, 0}), 0.1732867951399863, 1e-14);
    near_to(fl->slope(tail_of_xt(-2.790), (struct loss_at){2, 0}), 1.12898,
            1e-5); /* the steepest place at γ = 2 */
}
END_TEST

START_TEST(slopes_are_derivatives)
{
    for (size_t i = 0; i < loss_count; i++)
        for (double x = -6; x <= 6; x += 0.37) {
            struct loss_at at = {2, 0.5};
            double h = 1e-5, up = loss_table[i].value(tail_of_xt(x + h), at),
                   down = loss_table[i].value(tail_of_xt(x - h), at);

            near_to(loss_table[i].slope(tail_of_xt(x), at) + 1, fabs(up - down) / (2 * h) + 1, 1e-8);
        }
}
END_TEST

START_TEST(numbers_are_those_of_strtod)
{
    for (int i = 0; i < 300000; i++) {
        char text[64], again[NUMBER_SIZE];
        double x, y = ldexp(uniform() + 0.5, (int)(uniform() * 600) - 300);

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
        double x =
            i % 2 ? ldexp(uniform(), (int)(state % 2000) - 1000) : uniform() * pow(10, (int)(state % 12) - 6);
        int digits = 0;
        bool counts = false;

        if (i % 8 == 0) x = (double)(state % 100000) / 1000;
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

START_TEST(what_is_no_number_is_refused)
{
    static const char *const text[] = {"", " ", "1_0", "0x10", "1e", "e5", ".", "1.2.3", "1 2", "+-1", "12a"};
    double x;

    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        ck_assert_msg(!number_parse(text[i], strlen(text[i]), &x), "%s", text[i]);
}
END_TEST

/* A tally of n rows in the order given by step. */
static struct tally *tally_of(const double *tail, const uint32_t *part, const double *weight, size_t n,
                              size_t step)
{
    static uint32_t order[1];
    struct facts facts = {.task = TASK_BINARY,
                          .parts = 2,
                          .classes = 2,
                          .group_count = 1,
                          .group_order = order,
                          .weighted = weight};
    struct cuts cuts = {(double[]){cut_of_threshold(0.3), cut_of_threshold(0.9)}, 2};
    struct tally *t = tally_open(&cuts);
    struct sink sink = tally_sink(t);

    sink.begin(sink.context, &facts, 2);
    for (size_t k = 0, i = 0; k < n; k++, i = (i + step) % n) {
        struct examples e = {1, &tail[i], &part[i], weight ? &weight[i] : NULL, NULL};

        sink.take(sink.context, k % 2, &e);
    }
    tally_seal(t, &facts);
    return t;
}

enum { N = 40009 };
static double tail[N], weight[N];
static uint32_t part[N];

static void make_rows(void)
{
    for (size_t i = 0; i < N; i++) {
        tail[i] = tail_of_xt(-12 + 24 * uniform());
        if (i % 1000 == 0) tail[i] = tail_of_xt(-800 * uniform() - 700);
        part[i] = uniform() < 0.1;
        weight[i] = exp(20 * uniform() - 10);
    }
}

START_TEST(tallies_agree_with_direct_sums)
{
    static const double gamma[] = {0.5, 2, 5, 30, 100};
    const double threshold[] = {0.3, 0.9};

    make_rows();
    for (int weighted = 0; weighted < 2; weighted++) {
        struct tally *t = tally_of(tail, part, weighted ? weight : NULL, N, 1);
        size_t count;
        const struct cell *cells = tally_cells(t, &count);
        struct measure *m = measure_open(cells, count, 2, threshold, 2);

        for (size_t l = 0; l < loss_count; l++)
            for (size_t g = 0; g < 5; g++) {
                struct loss_at at = {gamma[g], 0.5};
                struct sums out[6];
                long double want[6][3] = {{0}};

                measure_set(m, &loss_table[l], at);
                measure_sums(m, out);
                for (size_t i = 0; i < N; i++) {
                    double pt = tail_pt(tail[i]), w = weighted ? weight[i] : 1,
                           x = loss_table[l].value(tail[i], at);
                    long double *to = want[3 * part[i] + (pt >= 0.3) + (pt >= 0.9)];

                    to[0] += (long double)w * x;
                    to[1] += (long double)w * x * w * x;
                    to[2] += (long double)w * loss_table[l].slope(tail[i], at);
                }
                for (int k = 0; k < 6; k++) {
                    near_to(out[k].loss, (double)want[k][0], gamma[g] > 5 ? 1e-11 : 1e-13);
                    near_to(out[k].square, (double)want[k][1], gamma[g] > 5 ? 1e-10 : 1e-12);
                    near_to(out[k].slope, (double)want[k][2], gamma[g] > 5 ? 1e-11 : 1e-13);
                }
            }
        measure_close(m);
        tally_free(t);
    }
}
END_TEST

START_TEST(order_does_not_matter)
{
    make_rows();
    for (int weighted = 0; weighted < 2; weighted++) {
        struct tally *a = tally_of(tail, part, weighted ? weight : NULL, N, 1);
        struct tally *b = tally_of(tail, part, weighted ? weight : NULL, N, 7919);
        size_t na, nb;
        const struct cell *x = tally_cells(a, &na), *y = tally_cells(b, &nb);

        ck_assert_uint_eq(na, nb);
        for (size_t k = 0; k < na; k++) {
            ck_assert(memcmp(&x[k], &y[k], offsetof(struct cell, square)) == 0);
            ck_assert(memcmp(x[k].square, y[k].square, TALLY_MOMENTS * sizeof(double)) == 0);
        }
        tally_free(a);
        tally_free(b);
    }
}
END_TEST

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x > y ? -1 : x < y;
}

/* top 1, 5, 20 %, half and Gini of sorted losses, rows apart. */
static struct concentration sorted_concentration(double *l, size_t n)
{
    static const double at[] = {0.01, 0.05, 0.2};
    double sum = 0, so_far = 0, low = 0, top[3];
    struct concentration c;
    size_t k = 0;

    qsort(l, n, sizeof *l, falling);
    for (size_t i = 0; i < n; i++) {
        sum += l[i];
        low += l[i] * ((double)i + 0.5);
    }
    for (int t = 0; t < 3; t++) {
        double want = at[t] * (double)n, so = 0;
        size_t whole = (size_t)want;

        for (size_t i = 0; i < whole; i++) so += l[i];
        top[t] = (so + (want - (double)whole) * l[whole]) / sum;
    }
    while (so_far + l[k] < sum / 2) so_far += l[k++];
    c = (struct concentration){top[0], top[1], top[2], ((double)k + (sum / 2 - so_far) / l[k]) / (double)n,
                               1 - 2 * low / ((double)n * sum)};
    return c;
}

START_TEST(concentration_is_that_of_a_sort)
{
    static const double gamma[] = {0, 0.5, 2, 5, 20};
    double *l = malloc(N * sizeof *l);

    for (int dense = 0; dense < 2; dense++) {
        struct tally *t;
        size_t count;
        struct measure *m;
        const struct cell *cells;

        make_rows();
        if (dense) /* thousands of rows in a bin, so that bins come together */
            for (size_t i = 0; i < N; i++)
                tail[i] = tail_of_xt(part[i] ? -0.7 + uniform() : 2 + 0.4 * uniform());
        t = tally_of(tail, part, NULL, N, 1);
        cells = tally_cells(t, &count);
        m = measure_open(cells, count, 2, NULL, 0);
        for (size_t g = 0; g < sizeof gamma / sizeof *gamma; g++)
            for (int even = 0; even < 2; even++) {
                double alpha[2] = {even ? 1 : 0.75, even ? 1 : 0.25};
                struct loss_at at = {gamma[g], 0};
                struct concentration got, want;

                measure_set(m, loss_find("focal", 5), at);
                measure_concentration(m, even ? NULL : alpha, NULL, &got);
                for (size_t i = 0; i < N; i++)
                    l[i] = alpha[part[i]] * loss_find("focal", 5)->value(tail[i], at);
                want = sorted_concentration(l, N);
                ck_assert_double_eq_tol(got.top1, want.top1, 1e-4);
                ck_assert_double_eq_tol(got.top5, want.top5, 1e-4);
                ck_assert_double_eq_tol(got.top20, want.top20, 1e-4);
                ck_assert_double_eq_tol(got.half, want.half, 1e-4);
                ck_assert_double_eq_tol(got.gini, want.gini, 1e-4);
            }
        measure_close(m);
        tally_free(t);
    }
    free(l);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("losscope");
    TCase *all = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(all, 120);
    tcase_add_test(all, tails_hold_both_ends);
    tcase_add_test(all, losses_are_the_papers);
    tcase_add_test(all, slopes_are_derivatives);
    tcase_add_test(all, numbers_are_those_of_strtod);
    tcase_add_test(all, numbers_are_written_in_the_shortest_way);
    tcase_add_test(all, what_is_no_number_is_refused);
    tcase_add_test(all, tallies_agree_with_direct_sums);
    tcase_add_test(all, order_does_not_matter);
    tcase_add_test(all, concentration_is_that_of_a_sort);
    suite_add_tcase(suite, all);
    suite_add_tcase(suite, input_cases());
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
