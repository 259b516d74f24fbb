/* check_metrics.c: unit tests: measures off a tally, against sorting and counting of its rows */
#include "check.h"

#include "evaluate/metrics.h"
#include "loss/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct rows rows;
static double prob[ROWS];

enum kind { DISTINCT, ROUNDED, SKEWED, FEW, KINDS };

static double prob_of(enum kind kind, bool positive)
{
    static const double few[] = {0, 1e-300, 0x1p-52, 0.25, 0.49999999999999994, 0.5, 0.75, 1 - 0x1p-53, 1};
    double u = random_unit();

    switch (kind) {
    case DISTINCT: return positive ? sqrt(u) : u * u;
    case ROUNDED: return round(100 * (positive ? sqrt(u) : u)) / 100;
    case SKEWED: return positive && u < 0.5 ? 1 - pow(10, -14 * u) : pow(10, -14 * u);
    default: return few[random_bits() % (sizeof few / sizeof *few)];
    }
}

static void data_make(enum kind kind)
{
    for (size_t i = 0; i < ROWS; i++) {
        rows.part[i] = random_bits() % 10 < 3;
        prob[i] = prob_of(kind, rows.part[i] == 1);
        rows.tail[i] = tail_of_prob(prob[i], rows.part[i] == 1);
        rows.weight[i] = random_bits() % 50
                             ? ldexp(1 + random_unit(), (int)(random_bits() % 8) + (kind == SKEWED ? 100 : 0))
                             : 0;
    }
}

static int by_prob(const void *a, const void *b)
{
    double x = prob[*(const size_t *)a], y = prob[*(const size_t *)b];

    return x < y ? -1 : x > y;
}

struct plain {
    long double weight[2][2], square, score, auc, ap, positive, bin[CALIBRATION_BINS], loss;
    long double mass[CALIBRATION_BINS],
        equal_mass[CALIBRATION_BINS]; /* Σ w of the bins; Σ w (y − p) of those of equal mass */
};

static double plain_weight(bool weighted, size_t i)
{
    return weighted ? rows.weight[i] : 1;
}

/* Ranks: each distinct score is a threshold. */
static void plain_ranks(bool weighted, struct plain *out)
{
    static size_t order[ROWS];
    long double negative = 0, positive = 0,
                all = out->weight[0][0] + out->weight[0][1] + out->weight[1][0] + out->weight[1][1];

    for (size_t i = 0; i < ROWS; i++) order[i] = i;
    qsort(order, ROWS, sizeof *order, by_prob);
    for (size_t i = 0; i < ROWS;) {
        long double here[2] = {0, 0}, above, below = negative + positive;
        double p = prob[order[i]];
        int k = 0;

        for (; i < ROWS && prob[order[i]] == p; i++)
            here[rows.part[order[i]]] += plain_weight(weighted, order[i]);
        while (k + 1 < CALIBRATION_BINS && below * CALIBRATION_BINS >= (k + 1) * all) k++;
        out->equal_mass[k] += here[1] - p * (here[0] + here[1]);
        out->auc += here[1] * (negative + here[0] / 2);
        above = out->weight[1][0] + out->weight[1][1] - positive;
        if (here[1] > 0)
            out->ap += here[1] * above / (above + out->weight[0][0] + out->weight[0][1] - negative);
        negative += here[0];
        positive += here[1];
    }
    out->auc /= negative * positive;
    out->ap /= positive;
}

static void plain_measures(bool weighted, struct plain *out)
{
    *out = (struct plain){0};
    for (size_t i = 0; i < ROWS; i++) {
        long double w = plain_weight(weighted, i), p = prob[i], y = rows.part[i];
        int k = 0;

        while (k + 1 < CALIBRATION_BINS && prob[i] > (k + 1) / 15.) k++;
        out->weight[rows.part[i]][prob[i] >= 0.5] += w;
        out->square += w * (p - y) * (p - y);
        out->score += w * p;
        out->bin[k] += w * (y - p);
        out->mass[k] += w;
        if (w > 0) out->loss -= w * (rows.part[i] ? logl(p) : log1pl(-p));
    }
    plain_ranks(weighted, out);
}

static double value_of(const struct metric_sums *s, const char *name, double *bound)
{
    for (size_t i = 0; i < metric_count; i++)
        if (strcmp(metric_table[i].name, name) == 0) {
            if (bound) *bound = metric_table[i].bound(s);
            return metric_table[i].value(s);
        }
    ck_abort_msg("no measure %s", name);
    return NAN;
}

static void is_near(const struct metric_sums *s, const char *name, long double want)
{
    double got = value_of(s, name, NULL);

    ck_assert_msg(isinf(want) ? got == (double)want : fabsl(got - want) <= 1e-13L + 1e-13L * fabsl(want),
                  "%s: %.17g is not %.17Lg", name, got, want);
}

static void is_within(const struct metric_sums *s, const char *name, long double want, bool exact)
{
    double bound, got = value_of(s, name, &bound);

    ck_assert_msg(fabsl(got - want) <= bound + 1e-9L, "%s: %.17g is further than %g from %.17Lg", name, got,
                  bound, want);
    ck_assert_msg(exact ? bound == 0 : bound < 0.01, "%s: the bound is %g", name, bound);
}

static void compare(enum kind kind, bool weighted)
{
    struct cuts cuts = {0};
    struct tally t;
    struct cells cells;
    struct metric_sums s;
    struct plain want;
    long double tp, fp, fn, tn, all, error = 0, most = 0, adaptive = 0;
    bool exact = kind == ROUNDED || kind == FEW;

    data_make(kind);
    metrics_cuts(&cuts);
    t = tally_of(&rows, &cuts, weighted, 1);
    cells = cells_of_all(&t);
    metrics_sums(cells.cell, cells.count, 2, (int[]){0, 1}, true, 0, &s);
    plain_measures(weighted, &want);
    tp = want.weight[1][1], fp = want.weight[0][1], fn = want.weight[1][0], tn = want.weight[0][0];
    all = tp + fp + fn + tn;
    for (int k = 0; k < CALIBRATION_BINS; k++) {
        error += fabsl(want.bin[k]);
        adaptive += fabsl(want.equal_mass[k]);
        if (want.mass[k] > 0) most = fmaxl(most, fabsl(want.bin[k]) / want.mass[k]);
    }
    is_near(&s, "accuracy", (tp + tn) / all);
    is_near(&s, "balanced_accuracy", (tp / (tp + fn) + tn / (tn + fp)) / 2);
    is_near(&s, "mcc", (tp * tn - fp * fn) / sqrtl((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)));
    is_near(&s, "precision", tp / (tp + fp));
    is_near(&s, "recall", tp / (tp + fn));
    is_near(&s, "f1", 2 * tp / (2 * tp + fp + fn));
    is_near(&s, "prevalence", (tp + fn) / all);
    is_near(&s, "mean_score", want.score / all);
    is_near(&s, "brier", want.square / all);
    is_near(&s, "log_loss", want.loss / all);
    is_near(&s, "ece", error / all);
    is_near(&s, "mce", most);
    is_within(&s, "adaptive_ece", adaptive / all, exact);
    is_within(&s, "roc_auc", want.auc, exact);
    is_within(&s, "average_precision", want.ap, exact);
    cells_free(&cells);
    tally_free(&t);
    free(cuts.at);
}

START_TEST(measures_agree_with_sorting_and_counting)
{
    for (int kind = 0; kind < KINDS; kind++)
        for (int weighted = 0; weighted < 2; weighted++) compare((enum kind)kind, weighted);
}
END_TEST

TCase *metrics_cases(void)
{
    TCase *all = tcase_create("metrics");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, measures_agree_with_sorting_and_counting);
    return all;
}
