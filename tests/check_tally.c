/* check_tally.c: unit tests: a tally does not depend on the order of what it adds */
#include "check.h"

#include "loss/loss.h"
#include "loss/tail.h"

#include <math.h>
#include <string.h>

struct tally *tally_of(const struct rows *r, bool weighted, size_t step)
{
    static uint32_t order[1];
    struct facts facts = {.task = TASK_BINARY,
                          .parts = 2,
                          .classes = 2,
                          .group_count = 1,
                          .group_order = order,
                          .weighted = weighted};
    struct cuts cuts = {(double[]){cut_of_threshold(0.3), cut_of_threshold(0.9)}, 2};
    struct tally *t = tally_open(&cuts);
    struct sink sink = tally_sink(t);

    sink.begin(sink.context, &facts, 2);
    for (size_t k = 0, i = 0; k < ROWS; k++, i = (i + step) % ROWS) {
        struct examples e = {1, &r->tail[i], &r->part[i], weighted ? &r->weight[i] : NULL, NULL};

        sink.take(sink.context, k % 2, &e);
    }
    tally_seal(t, &facts);
    return t;
}

void rows_make(struct rows *r)
{
    for (size_t i = 0; i < ROWS; i++) {
        r->tail[i] = tail_of_xt(-12 + 24 * random_unit());
        if (i % 1000 == 0) r->tail[i] = tail_of_xt(-800 * random_unit() - 700);
        r->part[i] = random_unit() < 0.1;
        r->weight[i] = exp(20 * random_unit() - 10);
    }
}

START_TEST(order_does_not_matter)
{
    static struct rows rows;

    rows_make(&rows);
    for (int weighted = 0; weighted < 2; weighted++) {
        struct tally *a = tally_of(&rows, weighted, 1);
        struct tally *b = tally_of(&rows, weighted, 7919);
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

TCase *tally_cases(void)
{
    TCase *all = tcase_create("tally");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, order_does_not_matter);
    return all;
}
