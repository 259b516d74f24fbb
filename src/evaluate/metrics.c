/* metrics.c: measures of a classifier, read off the cells of a tally */
#include "evaluate/metrics.h"

#include "base/exact_sum.h"
#include "evaluate/equal_mass.h"
#include "evaluate/measure.h"

#include <math.h>
#include <stdlib.h>

/* p > edge where the tail stands for p: |s| > edge; where it stands for 1 − p: |s| ≤ the double below
   1 − edge. No edge is ½. */
static double cut_of_edge(int k)
{
    double edge = (double)k / CALIBRATION_BINS;

    return edge < 0.5 ? edge : nextafter(1 - edge, 0);
}

void metrics_cuts(struct cuts *c)
{
    c->at = mem_resize(c->at, c->count + (size_t)2 * CALIBRATION_BINS, sizeof *c->at);
    for (int k = 1; k < CALIBRATION_BINS; k++) {
        c->at[c->count++] = cut_of_edge(k);
        c->at[c->count++] = -cut_of_edge(k);
    }
}

static int calibration_bin(const struct cell *c, bool holds_p)
{
    int k = holds_p ? 0 : CALIBRATION_BINS / 2;

    if (holds_p)
        while (2 * (k + 1) < CALIBRATION_BINS && c->low >= cut_of_edge(k + 1)) k++;
    else
        while (k + 1 < CALIBRATION_BINS && c->high <= cut_of_edge(k + 1)) k++;
    return k;
}

struct calibration_sums {
    struct exact_sum weight, positive, score;
};

/* What cells add one by one. */
struct adding {
    struct exact_sum weight[2][2], square, score;
    struct calibration_sums bin[CALIBRATION_BINS];
};

/* Σ w (a + b t)² */
static double squares(const struct cell *c, double a, double b)
{
    return fmax(0, a * a * c->sum[0] + 2 * a * b * c->sum[1] + b * b * c->sum[2]);
}

static void add_cell(const struct cell *c, int side, struct adding *to)
{
    double centre, slope, a, b, score = cell_score_sum(c, side);
    enum bin_kind kind = bin_of(c->bin, &centre, &slope);
    bool inner = kind == BIN_EASY || kind == BIN_HARD, holds_p = cell_holds_p(kind, side);
    bool predicted = !holds_p || (inner && c->high >= 0.5);
    int k = inner ? calibration_bin(c, holds_p) : holds_p ? 0 : CALIBRATION_BINS - 1;

    /* the tail is a + b t; beyond the doubles it is as good as 0 beside 1 */
    a = inner ? centre : 0;
    b = inner ? centre * slope : 0;
    exact_sum_add(&to->weight[side][predicted], c->sum[0]);
    exact_sum_add(&to->score, score);
    exact_sum_add(&to->square, holds_p == (side == 0) ? squares(c, a, b) : squares(c, 1 - a, -b));
    exact_sum_add(&to->bin[k].weight, c->sum[0]);
    exact_sum_add(&to->bin[k].score, score);
    if (side == 1) exact_sum_add(&to->bin[k].positive, c->sum[0]);
}

/* Expected and maximum calibration error: Σ over the bins, and the largest of them. */
static void add_errors(const struct calibration_sums bin[CALIBRATION_BINS], struct metric_sums *out)
{
    double sum = 0;

    out->mce = NAN;
    for (int k = 0; k < CALIBRATION_BINS; k++) {
        double weight = exact_sum_value(&bin[k].weight),
               error = fabs(exact_sum_value(&bin[k].positive) - exact_sum_value(&bin[k].score));

        sum += error;
        if (weight > 0) out->mce = fmax(out->mce, error / weight);
    }
    out->ece = sum / out->all;
}

static void add_cells(const struct cell *cells, size_t count, const int *side, struct metric_sums *out)
{
    struct adding *to = mem_alloc(1, sizeof *to);

    for (size_t i = 0; i < count; i++) add_cell(&cells[i], side[cells[i].part], to);
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++) out->weight[i][k] = exact_sum_value(&to->weight[i][k]);
    out->square = exact_sum_value(&to->square);
    out->score = exact_sum_value(&to->score);
    add_errors(to->bin, out);
    free(to);
}

/* The area under the ROC curve: the share of the pairs of a positive and a negative in which the positive
   scores higher, ties by half. */
static void add_auc(const struct score_range *range, size_t ranges, struct metric_sums *out)
{
    struct exact_sum sum = {0}, unknown = {0};
    double below = 0, pairs, positives = 0;

    for (size_t i = 0; i < ranges; i++) {
        double positive = range[i].weight[1], negative = range[i].weight[0];

        exact_sum_add(&sum, positive * (below + negative / 2));
        if (!range[i].one_score) exact_sum_add(&unknown, positive * negative / 2);
        below += negative;
        positives += positive;
    }
    pairs = positives * below;
    out->auc = pairs > 0 ? fmin(1, exact_sum_value(&sum) / pairs) : NAN;
    out->auc_bound = pairs > 0 ? exact_sum_value(&unknown) / pairs : NAN;
}

/* The least that positives can add to Σ w · precision where `before` positives and no more than `wrong`
   negatives score higher: precision rises with each, from before / (before + wrong) on, and a sum of steps is
   no less than the integral below them. */
static double least_precision(double positive, double before, double wrong)
{
    return wrong > 0 ? fmax(0, positive - wrong * log1p(positive / (before + wrong))) : positive;
}

/* Average precision Σ (R_n − R_{n−1}) P_n over falling scores, without interpolation. */
static void add_ap(const struct score_range *range, size_t ranges, struct metric_sums *out)
{
    struct exact_sum low = {0}, high = {0};
    double before = 0, wrong = 0;

    for (size_t i = ranges; i-- > 0;) {
        double positive = range[i].weight[1], most = before + positive, first = wrong;

        wrong += range[i].weight[0];
        if (range[i].one_score) first = wrong;
        if (positive > 0) {
            exact_sum_add(&high, positive * (most / (most + first)));
            exact_sum_add(&low, range[i].one_positive ? positive * (most / (most + wrong))
                                                      : least_precision(positive, before, wrong));
        }
        before = most;
    }
    if (!(before > 0)) {
        out->ap = out->ap_bound = NAN;
        return;
    }
    out->ap = fmin(1, (exact_sum_value(&low) / 2 + exact_sum_value(&high) / 2) / before);
    out->ap_bound = fmax(0, (exact_sum_value(&high) - exact_sum_value(&low)) / 2 / before);
}

static void add_losses(const struct cell *cells, size_t count, size_t parts, const int *side,
                       struct metric_sums *out)
{
    struct setting ce = setting_of(loss_find("ce", 2), NAN, NAN, NAN);
    struct measure *m = measure_open(cells, count, parts, side, NULL, 0);
    struct sums *sums = mem_alloc(parts, sizeof *sums);
    int unit = count ? cells[0].unit - cells[0].scale : 0;
    double positive = 0;

    measure_set(m, &ce);
    measure_sums(m, sums);
    for (size_t p = 0; p < parts; p++) {
        out->loss += ldexp(sums[p].loss, -unit);
        out->all += ldexp(sums[p].weight, -unit);
        positive += side[p] < 0 ? NAN : side[p] == 1 ? ldexp(sums[p].weight, -unit) : 0;
    }
    out->prevalence = positive / out->all;
    free(sums);
    measure_close(m);
}

void metrics_sums(const struct cell *cells, size_t count, size_t parts, const int *side, bool scored,
                  double clip, struct metric_sums *out)
{
    struct score_range *range;
    size_t ranges;

    *out = (struct metric_sums){.classwise_ece = NAN};
    add_losses(cells, count, parts, side, out);
    if (!scored) return;
    add_cells(cells, count, side, out);
    range = score_ranges_make(cells, count, side, clip, &ranges);
    add_adaptive_ece(range, ranges, out);
    add_auc(range, ranges, out);
    add_ap(range, ranges, out);
    free(range);
}

static double positives_of(const struct metric_sums *s)
{
    return s->weight[1][0] + s->weight[1][1];
}

static double negatives_of(const struct metric_sums *s)
{
    return s->weight[0][0] + s->weight[0][1];
}

/* A share of nothing is NaN: 0 / 0. */
static double accuracy(const struct metric_sums *s)
{
    return (s->weight[0][0] + s->weight[1][1]) / (positives_of(s) + negatives_of(s));
}

static double recall(const struct metric_sums *s)
{
    return s->weight[1][1] / positives_of(s);
}

static double precision(const struct metric_sums *s)
{
    return s->weight[1][1] / (s->weight[0][1] + s->weight[1][1]);
}

static double balanced_accuracy(const struct metric_sums *s)
{
    return (recall(s) + s->weight[0][0] / negatives_of(s)) / 2;
}

static double f1(const struct metric_sums *s)
{
    return 2 * s->weight[1][1] / (2 * s->weight[1][1] + s->weight[0][1] + s->weight[1][0]);
}

/* Matthews 1975, with shares in place of counts, whose products stay within the doubles. */
static double mcc(const struct metric_sums *s)
{
    double all = positives_of(s) + negatives_of(s), tp = s->weight[1][1] / all, tn = s->weight[0][0] / all,
           fp = s->weight[0][1] / all, fn = s->weight[1][0] / all;

    return (tp * tn - fp * fn) / sqrt((tp + fp) * (tn + fn)) / sqrt((tp + fn) * (tn + fp));
}

static double log_loss(const struct metric_sums *s)
{
    return s->loss / s->all;
}

static double brier(const struct metric_sums *s)
{
    return s->square / (positives_of(s) + negatives_of(s));
}

static double roc_auc(const struct metric_sums *s)
{
    return s->auc;
}

static double roc_auc_bound(const struct metric_sums *s)
{
    return s->auc_bound;
}

static double average_precision(const struct metric_sums *s)
{
    return s->ap;
}

static double average_precision_bound(const struct metric_sums *s)
{
    return s->ap_bound;
}

static double ece(const struct metric_sums *s)
{
    return s->ece;
}

static double mce(const struct metric_sums *s)
{
    return s->mce;
}

static double adaptive_ece(const struct metric_sums *s)
{
    return s->adaptive_ece;
}

static double adaptive_ece_bound(const struct metric_sums *s)
{
    return s->adaptive_ece_bound;
}

static double classwise_ece(const struct metric_sums *s)
{
    return s->classwise_ece;
}

static double prevalence(const struct metric_sums *s)
{
    return s->prevalence;
}

static double mean_score(const struct metric_sums *s)
{
    return s->score / (positives_of(s) + negatives_of(s));
}

/* ---- of softmax: by the class of the largest score ---- */

/* Adds Σ w of cells of one place, in units of 1. */
static double weight_of(const struct tally *t, size_t i)
{
    double sum = (double)t->cell[i].sum[0];

    return t->square ? ldexp(sum, 16 * key_level(t->cell[i].key) - 52) : sum;
}

void predictions_of(const struct tally *t, ptrdiff_t group, struct predictions *out)
{
    size_t n = t->facts.classes, first = group < 0 ? 0 : t->group_first[group],
           end = group < 0 ? t->count : t->group_first[group + 1];
    struct exact_sum *sum;

    *out = (struct predictions){0};
    if (!t->facts.predictions) return;
    sum = mem_alloc(3 * n, sizeof *sum);
    for (size_t i = first; i < end; i++) {
        uint32_t place = key_place(t->cell[i].key);

        if (place_is_aside(place) && place != PLACE_WEIGHTLESS)
            exact_sum_add(&sum[place - PLACE_ASIDE], weight_of(t, i));
    }
    out->classes = n;
    out->right = mem_alloc(n, sizeof *out->right);
    out->wrong = mem_alloc(n, sizeof *out->wrong);
    out->predicted = mem_alloc(n, sizeof *out->predicted);
    for (size_t k = 0; k < n; k++) {
        out->right[k] = exact_sum_value(&sum[place_of_true(k, true) - PLACE_ASIDE]);
        out->wrong[k] = exact_sum_value(&sum[place_of_true(k, false) - PLACE_ASIDE]);
        out->predicted[k] = exact_sum_value(&sum[place_of_predicted(k, n) - PLACE_ASIDE]);
    }
    free(sum);
}

void predictions_free(struct predictions *p)
{
    free(p->right);
    free(p->wrong);
    free(p->predicted);
}

static double class_recall(const struct predictions *p, size_t k)
{
    return p->right[k] / (p->right[k] + p->wrong[k]);
}

static double class_precision(const struct predictions *p, size_t k)
{
    return p->right[k] / p->predicted[k];
}

static double class_f1(const struct predictions *p, size_t k)
{
    return 2 * p->right[k] / (p->right[k] + p->wrong[k] + p->predicted[k]);
}

/* scikit-learn's "macro": the mean over the classes that an example has or is predicted to have; what has no
   value counts as 0. */
static double macro(const struct predictions *p, double (*of)(const struct predictions *p, size_t k))
{
    double sum = 0, count = 0;

    for (size_t k = 0; k < p->classes; k++) {
        double x = of(p, k);

        count += p->right[k] + p->wrong[k] + p->predicted[k] > 0;
        sum += isnan(x) ? 0 : x;
    }
    return sum / count;
}

static double macro_recall(const struct predictions *p)
{
    return macro(p, class_recall);
}

static double macro_precision(const struct predictions *p)
{
    return macro(p, class_precision);
}

static double macro_f1(const struct predictions *p)
{
    return macro(p, class_f1);
}

static double share_right(const struct predictions *p)
{
    double right = 0, all = 0;

    for (size_t k = 0; k < p->classes; k++) {
        right += p->right[k];
        all += p->right[k] + p->wrong[k];
    }
    return right / all;
}

/* The mean recall of the classes that examples have. */
static double mean_recall(const struct predictions *p)
{
    double sum = 0, count = 0;

    for (size_t k = 0; k < p->classes; k++) {
        if (!(p->right[k] + p->wrong[k] > 0)) continue;
        sum += class_recall(p, k);
        count++;
    }
    return sum / count;
}

/* Gorodkin 2004, with shares: (c − Σ p t) / √((1 − Σ p²) (1 − Σ t²)), of each class p the share that is
   predicted, t that of its examples, c the share that is right. */
static double class_mcc(const struct predictions *p)
{
    double all = 0, both = 0, predicted = 0, truth = 0;

    for (size_t k = 0; k < p->classes; k++) all += p->right[k] + p->wrong[k];
    for (size_t k = 0; k < p->classes; k++) {
        double x = p->predicted[k] / all, y = (p->right[k] + p->wrong[k]) / all;

        both += x * y;
        predicted += x * x;
        truth += y * y;
    }
    return (share_right(p) - both) / sqrt((1 - predicted) * (1 - truth));
}

const struct metric metric_table[] = {
    {"accuracy", true, false, accuracy, NULL, NULL, share_right},
    {"balanced_accuracy", true, false, balanced_accuracy, NULL, NULL, mean_recall},
    {"mcc", true, false, mcc, NULL, NULL, class_mcc},
    {"f1", true, false, f1, NULL, class_f1, macro_f1},
    {"precision", true, false, precision, NULL, class_precision, macro_precision},
    {"recall", true, false, recall, NULL, class_recall, macro_recall},
    {"log_loss", false, false, log_loss, NULL, NULL, NULL},
    {"brier", true, false, brier, NULL, NULL, NULL},
    {"roc_auc", true, false, roc_auc, roc_auc_bound, NULL, NULL},
    {"average_precision", true, false, average_precision, average_precision_bound, NULL, NULL},
    {"ece", true, false, ece, NULL, NULL, NULL},
    {"mce", true, false, mce, NULL, NULL, NULL},
    {"adaptive_ece", true, false, adaptive_ece, adaptive_ece_bound, NULL, NULL},
    {"classwise_ece", true, true, classwise_ece, NULL, NULL, NULL},
    {"prevalence", false, false, prevalence, NULL, NULL, NULL},
    {"mean_score", true, false, mean_score, NULL, NULL, NULL},
};
const size_t metric_count = sizeof metric_table / sizeof *metric_table;
