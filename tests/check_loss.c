/* check_loss.c: unit tests: tails and losses, against the paper and central differences */
#include "check.h"

#include "loss/setting.h"
#include "loss/tail.h"

#include <math.h>
#include <string.h>

struct setting random_setting(const struct loss *loss)
{
    struct setting s = setting_of(loss, 0, 0, 0.25);

    for (size_t i = 0; i < loss_params(loss); i++) {
        const struct loss_param *p = &loss->param[i];
        double least = fmax(p->least, -4), most = fmin(p->most, 4);

        s.param[i] = least + (most - least) * (0.01 + 0.98 * random_unit());
    }
    return s;
}

struct setting random_sum(void)
{
    struct setting sum = {.loss = &loss_sum, .terms = 2 + random_bits() % 2};

    for (size_t i = 0; i < sum.terms;) {
        struct setting s = random_setting(loss_table[random_bits() % loss_count]);
        struct term *t = &sum.term[i];

        if (s.loss->set) continue;
        *t = (struct term){.coefficient = 0.1 + 9 * random_unit(), .loss = s.loss, .alpha = random_unit()};
        memcpy(t->param, s.param, sizeof t->param);
        i++;
    }
    return sum;
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
    near_to(tail_xt(tail_of_xt(800)), 800, 1e-15);
    near_to(tail_xt(tail_of_prob(1e-310, false)), 713.8013788281419, 1e-10); /* 310 log 10, of a subnormal */
    ck_assert_double_eq(tail_of_xt(INFINITY), 0);
    ck_assert_int_eq(tail_compare(tail_of_xt(800), tail_of_xt(900)), -1);
    ck_assert_int_eq(tail_compare(tail_of_xt(650), tail_of_xt(800)), -1);
    ck_assert_int_eq(tail_compare(tail_of_xt(900), tail_of_pt(1)), -1);
    ck_assert_int_eq(tail_compare(tail_of_pt(0.3), tail_of_pt(0.7)), -1);
    ck_assert_int_eq(tail_compare(tail_of_xt(-800), tail_of_xt(-900)), 1);
}
END_TEST

static double value_of(const struct loss *l, double tail, int side, const double *param)
{
    struct tail_terms t = tail_terms_of(tail);

    return l->value(&t, side, param);
}

static double slope_of(const struct loss *l, double tail, int side, const double *param)
{
    struct tail_terms t = tail_terms_of(tail);

    return l->slope(&t, side, param);
}

START_TEST(losses_are_the_papers)
{
    const struct loss *fl = loss_find("focal", 5), *star = loss_find("focal-star", 10);

    near_to(value_of(fl, tail_of_pt(0.9), 1, (double[]){0}) / value_of(fl, tail_of_pt(0.9), 1, (double[]){2}),
            100, 1e-12);
    near_to(value_of(fl, tail_of_xt(0), 1, (double[]){2}), 0.1732867951399863, 1e-14);
    near_to(value_of(star, tail_of_xt(0), 1, (double[]){4, 0}), 0.1732867951399863, 1e-14);
    near_to(slope_of(fl, tail_of_xt(-2.790), 1, (double[]){2}), 1.12898,
            1e-5); /* the steepest place at γ = 2 */
}
END_TEST

START_TEST(parameters_are_read_and_written)
{
    struct setting s;
    struct string text = {0};
    struct diag d = {0};

    ck_assert(setting_parse("asl(margin=0.2, gamma_pos=1)", 28, &s, &d));
    setting_text(&s, &text);
    ck_assert_str_eq(text.text, "asl(gamma_pos=1,gamma_neg=4,margin=0.2)");
    ck_assert(!setting_parse("asl(margin=2)", 13, &s, &d));
    ck_assert_str_eq(d.text, "asl needs a margin of at most 1, not 2");
    d = (struct diag){0};
    ck_assert(!setting_parse("focal(beta=2)", 13, &s, &d));
    ck_assert_str_eq(d.text, "--loss: focal has no parameter 'beta': it has gamma, alpha");
    string_free(&text);
}
END_TEST

START_TEST(sums_are_read_and_written)
{
    static const struct {
        const char *spec, *text;
        double positive, negative; /* at p_t = ½, γ = 2 and α = 0.3 from the lists */
    } known[] = {
        {"20*focal(gamma=0)+ce", "20*focal(gamma=0)+ce", 21 * 0.6931471805599453, 21 * 0.6931471805599453},
        {"2 * (focal + 0.5*balanced-ce)", "2*focal+1*balanced-ce", 0.8 * 0.6931471805599453,
         1.2 * 0.6931471805599453},
        {"(ce)", "ce", 0.6931471805599453, 0.6931471805599453},
        {"1e+1*focal(gamma=1, alpha=0.25)", "10*focal(gamma=1,alpha=0.25)", 1.25 * 0.6931471805599453,
         3.75 * 0.6931471805599453},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct setting s;
        struct string text = {0};

        ck_assert(setting_parse(known[i].spec, strlen(known[i].spec), &s, &(struct diag){0}));
        setting_text(&s, &text);
        ck_assert_str_eq(text.text, known[i].text);
        setting_fill(&s, PARAM_GAMMA, 2);
        setting_fill_alpha(&s, 0.3);
        ck_assert(!setting_is_open(&s, PARAM_GAMMA) && !setting_alpha_is_open(&s));
        near_to(setting_value_at(&s, tail_of_pt(0.5), 1), known[i].positive, 1e-14);
        near_to(setting_value_at(&s, tail_of_pt(0.5), 0), known[i].negative, 1e-14);
        setting_free(&s);
        string_free(&text);
    }
}
END_TEST

/* Ridnik et al.'s loss by hand: of a negative at p = 0.3, p_m = 0.25. */
START_TEST(asymmetric_loss_is_its_papers)
{
    double param[] = {1, 4, 0.05};
    const struct loss *asl = loss_find("asl", 3);

    near_to(value_of(asl, tail_of_prob(0.3, false), 0, param), -pow(0.25, 4) * log(0.75), 1e-14);
    near_to(value_of(asl, tail_of_prob(0.3, true), 1, param), -0.7 * log(0.3), 1e-14);
    ck_assert_double_eq(value_of(asl, tail_of_prob(0.05, false), 0, param), 0);
    ck_assert_double_eq(value_of(asl, tail_of_prob(0.01, false), 0, param), 0);
}
END_TEST

/* Worked out by hand from the papers' formulas. */
START_TEST(losses_are_their_papers)
{
    static const struct {
        const char *spec;
        double pt, value;
    } known[] = {
        {"poly1", 0.5, 1.1931471805599453},                /* log 2 + ½ */
        {"poly1-focal(gamma=2)", 0.5, 0.2982867951399863}, /* (log 2 + ½) / 4 */
        {"focal-flsd", 0.1, 1.3596534716},                 /* 0.9^5 log 10 */
        {"focal-flsd", 0.2, 0.8240322111},                 /* 0.8^3 log 5 */
        {"focal-flsd", 0.5, 0.0866433976},                 /* log 2 / 8 */
        {"reduced-focal(gamma=2)", 0.3, 1.2039728043},     /* −log 0.3 */
        {"reduced-focal(gamma=2)", 0.8, 0.0357029682},     /* 0.4² log 1.25 */
        {"generalized-ce", 0.5, 0.5491825619},             /* (1 − 2^−0.7) / 0.7 */
        {"generalized-ce(q=1)", 0.3, 0.7},
        {"smoothed-ce", 0.8, 0.2924582694},  /* −0.95 log 0.8 − 0.05 log 0.2 */
        {"symmetric-ce", 0.5, 2.0693147181}, /* 0.1 log 2 + 4 / 2 */
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct setting s;

        ck_assert(setting_parse(known[i].spec, strlen(known[i].spec), &s, &(struct diag){0}));
        near_to(setting_value_at(&s, tail_of_pt(known[i].pt), 1), known[i].value, 1e-9);
    }
}
END_TEST

START_TEST(slopes_are_derivatives)
{
    for (size_t i = 0; i < 50 * (loss_count + 5); i++) {
        size_t row = i % (loss_count + 5);
        struct setting s = row < loss_count ? random_setting(loss_table[row]) : random_sum();
        double kink[SETTING_KINKS];
        size_t kinks = setting_kinks(&s, kink);
        int side = random_unit() < 0.5;

        for (double x = -6; x <= 6; x += 0.37) {
            double h = 1e-5, tail = tail_of_xt(x), up = setting_value_at(&s, tail_of_xt(x + h), side),
                   down = setting_value_at(&s, tail_of_xt(x - h), side);
            bool smooth = true;

            for (size_t k = 0; k < kinks; k++) smooth &= fabs(tail_xt(kink[k]) - x) > 0.1;
            if (smooth) near_to(setting_slope_at(&s, tail, side) + 1, fabs(up - down) / (2 * h) + 1, 1e-7);
        }
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
    tcase_add_test(all, parameters_are_read_and_written);
    tcase_add_test(all, sums_are_read_and_written);
    tcase_add_test(all, asymmetric_loss_is_its_papers);
    tcase_add_test(all, losses_are_their_papers);
    tcase_add_test(all, slopes_are_derivatives);
    tcase_add_test(all, logits_are_exact_to_the_last_places);
    return all;
}
