/* check_evaluate.c: unit tests: sums and concentration off a tally, against sums and sorting of its rows */
#include "check.h"

#include "evaluate/hardest.h"
#include "evaluate/measure.h"
#include "loss/setting.h"
#include "loss/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct rows rows;

/* A setting's sums off a tally against those of the rows, added in long doubles. */
static void compare_sums(const struct setting *at, bool weighted, double within)
{
    double cut[2 + SETTING_KINKS] = {cut_of_threshold(0.3), cut_of_threshold(0.9)};
    size_t kinks = setting_kinks(at, cut + 2);
    struct cuts cuts = {cut, 2 + kinks};
    struct tally t = tally_of(&rows, &cuts, weighted, 1);
    struct cells cells = cells_of_all(&t);
    struct measure *m = measure_open(cells.cell, cells.count, 2, (int[]){0, 1}, cut, 2);
    struct sums out[6];
    long double want[6][3] = {{0}};
    /* a sum's slope that changes its sign does so where no bin is cut */
    double slopes = at->terms && setting_is_unsorted(at) ? 1e-4 : within;

    measure_set(m, at);
    measure_sums(m, out);
    for (size_t i = 0; i < ROWS; i++) {
        double pt = tail_pt(rows.tail[i]), w = weighted ? rows.weight[i] : 1;
        long double x = (long double)w * setting_value_at(at, rows.tail[i], (int)rows.part[i]);
        long double *to = want[3 * rows.part[i] + (pt >= 0.3) + (pt >= 0.9)];

        to[0] += x;
        to[1] += x * x;
        to[2] += (long double)w * setting_slope_at(at, rows.tail[i], (int)rows.part[i]);
    }
    for (int k = 0; k < 6; k++) {
        near_to(out[k].loss, (double)want[k][0], within);
        near_to(out[k].square, (double)want[k][1], 10 * within);
        near_to(out[k].slope, (double)want[k][2], slopes);
    }
    measure_close(m);
    cells_free(&cells);
    tally_free(&t);
}

START_TEST(tallies_agree_with_direct_sums)
{
    static const double gamma[] = {0.5, 2, 5, 30, 100};

    rows_make(&rows);
    for (int weighted = 0; weighted < 2; weighted++)
        for (size_t l = 0; l < loss_count; l++) {
            for (size_t g = 0; g < 5 && loss_param_of(loss_table[l], PARAM_GAMMA) >= 0; g++) {
                struct setting at = setting_of(loss_table[l], gamma[g], 0.5, NAN);

                compare_sums(&at, weighted, gamma[g] > 5 ? 1e-11 : 1e-14);
            }
            for (int round = 0; round < 4; round++) {
                struct setting at = random_setting(loss_table[l]);

                if (!at.loss->kinks) {
                    compare_sums(&at, weighted, 1e-13);
                    continue;
                }
                compare_sums(&at, weighted, 1e-4); /* a broken power has no derivatives at its kink */
                for (size_t k = 0; k < loss_params(at.loss); k++)
                    if (at.loss->param[k].exponent) at.param[k] = ceil(at.param[k]);
                compare_sums(&at, weighted, 1e-13);
            }
        }
}
END_TEST

START_TEST(tallies_agree_with_direct_sums_of_weighted_sums)
{
    rows_make(&rows);
    for (int round = 0; round < 60; round++) {
        struct setting at = random_sum();

        for (size_t i = 0; i < at.terms; i++) /* a broken power has no derivatives at its kink */
            for (size_t k = 0; at.term[i].loss->kinks && k < loss_params(at.term[i].loss); k++)
                if (at.term[i].loss->param[k].exponent) at.term[i].param[k] = ceil(at.term[i].param[k]);
        compare_sums(&at, round % 2, 1e-13);
    }
}
END_TEST

/* Lanes say what the reference says, in every register width that this machine is asked for. */
START_TEST(lanes_are_the_reference)
{
    enum { POINTS = 64 };
    double array[LOSS_TERMS][POINTS], *term[LOSS_TERMS], tail[POINTS], value[POINTS], slope[POINTS];
    struct loss_points points;

    for (int k = 0; k < LOSS_TERMS; k++) points.term[k] = term[k] = array[k];
    for (size_t round = 0; round < 2000 * loss_count; round++) {
        const struct loss *loss = loss_table[round % loss_count];
        loss_lanes *lanes = loss_lanes_best(loss->vector);
        struct setting at = random_setting(loss);
        double within = loss->vector == VECTOR_FOCAL ? 1e-14 : 1e-12;

        if (!lanes) continue;
        if (round % 7 == 0 && loss->param[0].name) at.param[0] *= 100;
        for (size_t i = 0; i < POINTS; i++) {
            tail[i] = tail_of_xt((round % 5 ? 40 : 900) * (random_unit() - 0.5));
            if (fabs(tail[i]) == 0) tail[i] = 0.5;
            loss_points_put(term, i, tail[i]);
        }
        lanes(&points, POINTS, at.param, value, slope);
        for (size_t i = 0; i < POINTS; i++) {
            double v = setting_value_at(&at, tail[i], 1), s = setting_slope_at(&at, tail[i], 1);

            MUST(fabs(value[i] - v) <= within * v + 1e-300, "%s(%g) at %g: %.17g, not %.17g", loss->name,
                 at.param[0], tail[i], value[i], v);
            MUST(fabs(slope[i] - s) <= within * s + 1e-300, "%s(%g) at %g: slope %.17g, not %.17g",
                 loss->name, at.param[0], tail[i], slope[i], s);
        }
    }
}
END_TEST

struct weighted_loss {
    double loss, weight;
};

/* l: losses, the largest first; a curve through its corners is within 1e-4 of theirs. */
static void compare_curve(struct measure *m, const double *alpha, const struct weighted_loss *l)
{
    enum { ROOM = 4096 };
    static double sum[ROWS + 1], x[ROOM], y[ROOM];

    for (size_t i = 0; i < ROWS; i++) sum[i + 1] = sum[i] + l[i].loss;
    for (int hardest = 0; hardest < 2; hardest++) {
        size_t n = measure_curve(m, alpha, NULL, hardest, ROOM, x, y), i = 1;

        for (size_t k = 1; k < ROWS; k += k / 50 + 1) {
            double want = hardest ? sum[k] / sum[ROWS] : 1 - sum[ROWS - k] / sum[ROWS], at = (double)k / ROWS,
                   got;

            while (i + 1 < n && x[i] < at) i++;
            got = y[i - 1] + (y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1]);
            MUST(fabs(got - want) < 1e-4, "at %g: %g, not %g", at, got, want);
        }
    }
}

static double seven(const struct tail_terms *t, int side, const double *param)
{
    (void)t, (void)side, (void)param;
    return 7;
}

/* A row whose functions are a constant has the constant in every result: nothing is taken from elsewhere. */
START_TEST(a_row_is_all_that_is_read)
{
    struct cuts cuts = {0};
    struct tally t;
    struct cells cells;
    struct measure *m;

    rows_make(&rows);
    t = tally_of(&rows, &cuts, false, 1);
    cells = cells_of_all(&t);
    m = measure_open(cells.cell, cells.count, 2, (int[]){0, 1}, NULL, 0);
    for (size_t l = 0; l < loss_count; l++) {
        struct loss row = *loss_table[l];
        struct setting at = random_setting(&row);
        struct sums sums[2];
        struct concentration c;
        double x[64], y[64];
        size_t n;

        row.value = row.slope = seven;
        row.kinks = NULL;
        row.vector = VECTOR_NONE;
        measure_set(m, &at);
        measure_sums(m, sums);
        for (int p = 0; p < 2; p++) {
            near_to(sums[p].loss, 7 * sums[p].weight, 1e-14);
            near_to(sums[p].slope, 7 * sums[p].weight, 1e-14);
            near_to(sums[p].square, 49 * sums[p].weight, 1e-14);
        }
        measure_concentration(m, NULL, NULL, &c);
        near_to(c.half, 0.5, 1e-12);
        near_to(c.top20, 0.2, 1e-12);
        n = measure_curve(m, NULL, NULL, false, 64, x, y);
        for (size_t i = 0; i < n; i++) near_to(y[i], x[i], 1e-12);
    }
    measure_close(m);
    cells_free(&cells);
    tally_free(&t);
}
END_TEST

static int falling(const void *a, const void *b)
{
    const struct weighted_loss *x = a, *y = b;

    return x->loss > y->loss ? -1 : x->loss < y->loss;
}

/* The share of the loss in the first `want` of the weight. */
static double sorted_share(const struct weighted_loss *l, size_t n, double want, double sum)
{
    double so_far = 0;

    for (size_t i = 0; i < n; i++) {
        double w = fmin(l[i].weight, want);

        so_far += w * l[i].loss;
        want -= w;
    }
    return so_far / sum;
}

/* top 1, 5, 20 %, half and Gini of sorted losses, rows apart. */
static struct concentration sorted_concentration(struct weighted_loss *l, size_t n)
{
    double sum = 0, weight = 0, low = 0, so_far = 0, before = 0;
    size_t k = 0;

    qsort(l, n, sizeof *l, falling);
    for (size_t i = 0; i < n; i++) {
        sum += l[i].weight * l[i].loss;
        low += l[i].weight * l[i].loss * (weight + l[i].weight / 2);
        weight += l[i].weight;
    }
    for (; so_far + l[k].weight * l[k].loss < sum / 2; k++) {
        so_far += l[k].weight * l[k].loss;
        before += l[k].weight;
    }
    return (struct concentration){
        sorted_share(l, n, 0.01 * weight, sum), sorted_share(l, n, 0.05 * weight, sum),
        sorted_share(l, n, 0.2 * weight, sum),  (before + (sum / 2 - so_far) / l[k].loss) / weight,
        1 - 2 * low / (weight * sum),           0};
}

static void same_concentration(const struct concentration *got, const struct concentration *want,
                               double within)
{
    const double pair[][2] = {{got->top1, want->top1},
                              {got->top5, want->top5},
                              {got->top20, want->top20},
                              {got->half, want->half},
                              {got->gini, want->gini}};

    for (int i = 0; i < 5; i++) ck_assert_double_eq_tol(pair[i][0], pair[i][1], within);
}

/* Rows that crowd in few bins: RetinaNet's start, a single bin, a few values in one; more than nine moments
   can tell apart: many values, unevenly, narrow heaps, half precision. */
enum { KINDS = 9 };
static void crowd(double *tail, uint32_t part, int kind)
{
    if (kind == 1) *tail = tail_of_xt(part ? -0.7 + random_unit() : 2 + 0.4 * random_unit());
    if (kind == 2) *tail = tail_of_xt((part ? -4.6 : 4.6) + 0.02 * (random_unit() - 0.5));
    if (kind == 3) *tail = tail_of_xt(4.6 + 0.005 * (random_unit() - 0.5));
    if (kind == 4) *tail = tail_of_xt(2 + 0.001 * floor(4 * random_unit()));
    if (kind == 5)
        *tail = tail_of_xt(part ? -2 + 0.006 * floor(4 * random_unit()) : 2 + 0.003 * random_unit());
    if (kind == 6) *tail = tail_of_xt(1.003 + 0.0002 * floor(40 * pow(random_unit(), 3)));
    if (kind == 7) *tail = tail_of_xt(1.003 + 0.0016 * floor(5 * random_unit()) + 0.0003 * random_unit());
    if (kind == 8) *tail = 0.25 * (1 + floor(8 * pow(random_unit(), 2)) / 1024);
}

START_TEST(concentration_is_that_of_a_sort)
{
    static const double gamma[] = {0, 0.5, 2, 5, 20, 100, 1000};
    struct weighted_loss *l = malloc(ROWS * sizeof *l);

    for (int kind = 0; kind < 2 * KINDS; kind++) {
        bool weighted = kind >= KINDS;
        struct tally t;
        struct cells cells;
        struct measure *m;

        rows_make(&rows);
        for (size_t i = 0; i < ROWS; i++) crowd(&rows.tail[i], rows.part[i], kind % KINDS);
        for (size_t i = 0; i < ROWS; i++)
            rows.weight[i] = weighted ? random_unit() + (double)(i % 100 == 0) : 1;
        t = tally_of(&rows, &(struct cuts){0}, weighted, 1);
        cells = cells_of_all(&t);
        m = measure_open(cells.cell, cells.count, 2, (int[]){0, 1}, NULL, 0);
        for (size_t g = 0; g < sizeof gamma / sizeof *gamma; g++)
            for (int even = 0; even < 2; even++) {
                double alpha[2] = {even ? 1 : 0.75, even ? 1 : 0.25};
                struct setting at = setting_of(loss_find("focal", 5), gamma[g], 0, NAN);
                struct concentration got, want;

                measure_set(m, &at);
                measure_concentration(m, even ? NULL : alpha, NULL, &got);
                for (size_t i = 0; i < ROWS; i++)
                    l[i] = (struct weighted_loss){
                        alpha[rows.part[i]] * setting_value_at(&at, rows.tail[i], 1), rows.weight[i]};
                want = sorted_concentration(l, ROWS);
                if (gamma[g] <= 5 && !weighted) compare_curve(m, even ? NULL : alpha, l);
                ck_assert(isnan(got.top1) == isnan(want.top1)); /* a total of 0 */
                for (int b = 0; b < 2 && !isnan(want.top1); b++) {
                    double within = b ? got.bound : gamma[g] > (weighted ? 5 : 20) ? 1 : 1e-4;

                    same_concentration(&got, &want, within);
                }
            }
        measure_close(m);
        cells_free(&cells);
        tally_free(&t);
    }
    free(l);
}
END_TEST

/* Where α is 0, infinite losses are none. */
START_TEST(no_alpha_leaves_nothing_of_an_infinite_loss)
{
    struct weighted_loss *l = malloc(ROWS * sizeof *l);

    for (uint32_t side = 0; side < 2; side++) {
        double alpha[2] = {side ? 1 : 0, side ? 0 : 1};
        struct setting at = setting_of(loss_find("focal", 5), 2, 0, NAN);
        struct concentration got, want;
        struct tally t;
        struct cells cells;
        struct measure *m;

        rows_make(&rows);
        for (size_t i = 0; i < ROWS; i++) {
            bool none = rows.part[i] == side;

            if (none && i % 3 == 0) rows.tail[i] = -INFINITY;
            if (!none && isinf(rows.tail[i])) rows.tail[i] = 0.25;
            rows.weight[i] = 1;
            l[i] = (struct weighted_loss){none ? 0 : setting_value_at(&at, rows.tail[i], 1), 1};
        }
        t = tally_of(&rows, &(struct cuts){0}, false, 1);
        cells = cells_of_all(&t);
        m = measure_open(cells.cell, cells.count, 2, (int[]){0, 1}, NULL, 0);
        measure_set(m, &at);
        measure_concentration(m, alpha, NULL, &got);
        want = sorted_concentration(l, ROWS);
        same_concentration(&got, &want, 1e-4);
        measure_close(m);
        cells_free(&cells);
        tally_free(&t);
    }
    free(l);
}
END_TEST

/* Few of many rows weigh nearly all, in one bin or two. */
START_TEST(a_few_heavy_rows_are_known)
{
    static const double gamma[] = {0, 2, 5};
    struct weighted_loss *l = malloc(ROWS * sizeof *l);

    for (int kind = 0; kind < 4; kind++) {
        struct tally t;
        struct cells cells;
        struct measure *m;

        rows_make(&rows);
        for (size_t i = 0; i < ROWS; i++) {
            double normal = sqrt(-2 * log(1 - random_unit())) * cos(6.2831853 * random_unit());

            rows.weight[i] = exp((kind & 1 ? 10 : 4) * normal);
            rows.tail[i] = tail_of_xt((kind & 2 ? 0.0002 : 2) + (kind & 2 ? 0.0152 : 0.0088) * random_unit());
        }
        t = tally_of(&rows, &(struct cuts){0}, true, 1);
        cells = cells_of_all(&t);
        m = measure_open(cells.cell, cells.count, 2, (int[]){0, 1}, NULL, 0);
        for (size_t g = 0; g < sizeof gamma / sizeof *gamma; g++) {
            struct setting at = setting_of(loss_find("focal", 5), gamma[g], 0, NAN);
            struct concentration got, want;

            measure_set(m, &at);
            measure_concentration(m, NULL, NULL, &got);
            for (size_t i = 0; i < ROWS; i++)
                l[i] = (struct weighted_loss){setting_value_at(&at, rows.tail[i], 1), rows.weight[i]};
            want = sorted_concentration(l, ROWS);
            same_concentration(&got, &want, fmin(got.bound, 5e-5));
        }
        measure_close(m);
        cells_free(&cells);
        tally_free(&t);
    }
    free(l);
}
END_TEST

static int by_tail(const void *a, const void *b)
{
    return tail_compare(rows.tail[*(const size_t *)a], rows.tail[*(const size_t *)b]);
}

/* Σ w CE of the hardest rows of a side (−1: both) up to so much weight. */
static double sorted_hardest(int side, bool weighted, double limit)
{
    static size_t order[ROWS];
    size_t n = 0;
    double sum = 0;

    for (size_t i = 0; i < ROWS; i++)
        if (side < 0 || (int)rows.part[i] == side) order[n++] = i;
    qsort(order, n, sizeof *order, by_tail);
    if (!weighted) limit = floor(limit);
    for (size_t i = 0; i < n && limit > 0; i++) {
        double w = fmin(limit, weighted ? rows.weight[order[i]] : 1);

        sum += w * -tail_lp(rows.tail[order[i]]);
        limit -= w;
    }
    return sum;
}

static void compare_hardest(const struct tally *t, const char *spec, bool weighted, double tightest)
{
    struct setting at;
    struct tally kept;
    struct cells cells;
    struct measure *m;
    struct sums sums[2];
    struct kept k;
    double *bound, weight[2] = {0, 0}, want = 0, got;

    ck_assert(setting_parse(spec, strlen(spec), &at, &(struct diag){0}));
    for (size_t i = 0; i < ROWS; i++) weight[rows.part[i]] += weighted ? rows.weight[i] : 1;
    k = at.loss->keep(weight, at.param);
    if (!k.by_side) want = sorted_hardest(-1, weighted, k.all);
    for (int side = 0; k.by_side && side < 2; side++) want += sorted_hardest(side, weighted, k.side[side]);
    hardest_make(t, &at, &kept, &bound);
    cells = cells_of_all(&kept);
    m = measure_open(cells.cell, cells.count, 2, (int[]){0, 1}, NULL, 0);
    measure_set(m, &at);
    measure_sums(m, sums);
    got = sums[0].loss + sums[1].loss;
    MUST(fabs(got - want) <= *bound + 1e-12 * want, "%s: %.17g, not %.17g, within %g", spec, got, want,
         *bound);
    MUST(*bound <= tightest * want, "%s: %g is no bound of %g", spec, *bound, want);
    free(bound);
    measure_close(m);
    cells_free(&cells);
    tally_free(&kept);
}

START_TEST(the_hardest_are_those_of_a_sort)
{
    static const char *const spec[] = {"ohem(keep=1)",     "ohem(keep=128)",        "ohem(keep=4000)",
                                       "ohem(keep=20001)", "ohem(keep=1e6)",        "ohem(ratio=3)",
                                       "ohem(ratio=0.13)", "ohem(keep=512,ratio=3)"};

    for (int kind = 0; kind < KINDS; kind++)
        for (int weighted = 0; weighted < 2; weighted++) {
            struct tally t;

            rows_make(&rows);
            for (size_t i = 0; i < ROWS; i++) crowd(&rows.tail[i], rows.part[i], kind);
            t = tally_of(&rows, &(struct cuts){0}, weighted, 1);
            for (size_t s = 0; s < sizeof spec / sizeof *spec; s++)
                compare_hardest(&t, spec[s], weighted, 0.01);
            tally_free(&t);
        }
}
END_TEST

TCase *evaluate_cases(void)
{
    TCase *all = tcase_create("evaluate");

    tcase_set_timeout(all, 120);
    tcase_add_test(all, tallies_agree_with_direct_sums);
    tcase_add_test(all, tallies_agree_with_direct_sums_of_weighted_sums);
    tcase_add_test(all, lanes_are_the_reference);
    tcase_add_test(all, a_row_is_all_that_is_read);
    tcase_add_test(all, concentration_is_that_of_a_sort);
    tcase_add_test(all, no_alpha_leaves_nothing_of_an_infinite_loss);
    tcase_add_test(all, a_few_heavy_rows_are_known);
    tcase_add_test(all, the_hardest_are_those_of_a_sort);
    return all;
}
