/* check_loss.c: unit tests: tails and losses, against the paper and central differences */
#include "check.h"

#include "loss/loss.h"
#include "loss/tail.h"

#include <math.h>

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

START_TEST(logits_are_exact_to_the_last_places)
{
    for (double x = -690; x < 690; x += 0.37) {
        long double e = expl(-fabsl((long double)x)), v = e / (1 + e);
        double s = tail_of_xt(x);

        ck_assert_msg(fabsl(fabsl((long double)s) - v) <= 3.4e-16L * v, "%g: %.17g, %.17Lg", x, s, v);
    }
}
END_TEST

TCase *loss_cases(void)
{
    TCase *all = tcase_create("loss");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, tails_hold_both_ends);
    tcase_add_test(all, losses_are_the_papers);
    tcase_add_test(all, slopes_are_derivatives);
    tcase_add_test(all, logits_are_exact_to_the_last_places);
    return all;
}
