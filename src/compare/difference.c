/* difference.c: sums over pairs of losses, and the differences of means and shares with their errors */
#include "compare/difference.h"

#include "base/interval.h"
#include "compare/cluster_sums.h"

#include <math.h>

/* Adds to the first of two sums, or where x < 0 to the second. */
static void add_signed(struct exact_sum *sum, double x)
{
    if (x > 0)
        exact_sum_add(&sum[0], x);
    else if (x < 0)
        exact_sum_add(&sum[1], -x);
    else if (isnan(x))
        exact_sum_add(&sum[0], x);
}

void pair_sums_add(struct pair_sums *s, size_t n, const double *first, const double *second,
                   const double *weight, const unsigned char *category)
{
    for (size_t i = 0; i < n; i++) {
        struct exact_sum *sum = s->sum[category[i]];
        double w = weight[i], a = w * first[i], b = w * second[i], d = w * (second[i] - first[i]);

        s->count[category[i]]++;
        if (!(w > 0)) continue;
        s->weighty[category[i]]++;
        exact_sum_add(&sum[PAIR_FIRST], a);
        exact_sum_add(&sum[PAIR_SECOND], b);
        exact_sum_add(&sum[PAIR_FIRST_SQUARE], a * a);
        exact_sum_add(&sum[PAIR_SECOND_SQUARE], b * b);
        exact_sum_add(&sum[PAIR_PRODUCT], a * b);
        exact_sum_add(&sum[PAIR_SQUARE], d * d);
        add_signed(&sum[PAIR_RISE], d);
        add_signed(&sum[PAIR_RISE_FIRST], a * d);
        add_signed(&sum[PAIR_RISE_WEIGHT], w * d);
        exact_sum_add(&sum[PAIR_WEIGHT], w);
        exact_sum_add(&sum[PAIR_WEIGHT_SQUARE], w * w);
    }
}

void pair_sums_merge(struct pair_sums *into, const struct pair_sums *from)
{
    for (int c = 0; c < CATEGORIES; c++) {
        for (int k = 0; k < PAIR_SUMS; k++) exact_sum_merge(&into->sum[c][k], &from->sum[c][k]);
        into->count[c] += from->count[c];
        into->weighty[c] += from->weighty[c];
    }
}

/* What is needed of the sums of one category, times its factor. */
struct moments {
    double first, second, change, first_square, second_square, product, first_change, change_square,
        weight_change, weight, weight_square;
};

static struct moments moments_of(const struct exact_sum *s, double f)
{
    if (!(f > 0)) f = 0; /* 0 times infinity is 0 here */
    return (struct moments){
        .first = f > 0 ? f * exact_sum_value(&s[PAIR_FIRST]) : 0,
        .second = f > 0 ? f * exact_sum_value(&s[PAIR_SECOND]) : 0,
        .change = f > 0 ? f * exact_sum_difference(&s[PAIR_RISE], &s[PAIR_FALL]) : 0,
        .first_square = f > 0 ? f * f * exact_sum_value(&s[PAIR_FIRST_SQUARE]) : 0,
        .second_square = f > 0 ? f * f * exact_sum_value(&s[PAIR_SECOND_SQUARE]) : 0,
        .product = f > 0 ? f * f * exact_sum_value(&s[PAIR_PRODUCT]) : 0,
        .first_change = f > 0 ? f * f * exact_sum_difference(&s[PAIR_RISE_FIRST], &s[PAIR_FALL_FIRST]) : 0,
        .change_square = f > 0 ? f * f * exact_sum_value(&s[PAIR_SQUARE]) : 0,
        .weight_change = f > 0 ? f * exact_sum_difference(&s[PAIR_RISE_WEIGHT], &s[PAIR_FALL_WEIGHT]) : 0,
        .weight = exact_sum_value(&s[PAIR_WEIGHT]),
        .weight_square = exact_sum_value(&s[PAIR_WEIGHT_SQUARE])};
}

/* Of all categories, and whatever is independent. */
struct basis {
    struct moments moments[CATEGORIES], all;
    double factor[CATEGORIES];
    const struct cluster_sums *clusters;
    size_t pair;
    uint64_t units;
};

/* Σ over the examples of the square of what each adds. */
static double squares_of(const struct moments *m, const struct form *f)
{
    double squares = 0;

    for (int c = 0; c < CATEGORIES; c++)
        squares += f[c].first * f[c].first * m[c].first_square + 2 * f[c].first * f[c].second * m[c].product +
                   f[c].second * f[c].second * m[c].second_square +
                   2 * f[c].first * f[c].change * m[c].first_change +
                   f[c].change * f[c].change * m[c].change_square +
                   2 * f[c].change * f[c].weight * m[c].weight_change +
                   f[c].weight * f[c].weight * m[c].weight_square;
    return squares > 0 || isnan(squares) ? squares : 0;
}

/* The standard error of an estimate from what examples, or clusters, add to it. */
static double error_of(const struct basis *b, const struct form *f)
{
    struct form own[CATEGORIES];

    if (!b->clusters) return standard_error(squares_of(b->moments, f), b->units);
    if (b->all.first + b->all.second < CLUSTER_SUMS_LEAST) return NAN;
    for (int c = 0; c < CATEGORIES; c++)
        own[c] = (struct form){f[c].first * b->factor[c], f[c].second * b->factor[c],
                               f[c].change * b->factor[c], f[c].weight};
    return standard_error(cluster_sums_squares(b->clusters, b->pair, own), b->units);
}

/* The difference of the means, D = Σ d / Σ w: an example adds (d − D w) / Σ w. */
static struct estimate mean_of(const struct basis *b)
{
    const struct moments *all = &b->all;
    struct form form[CATEGORIES];
    struct estimate e = {.first = all->first / all->weight,
                         .second = all->second / all->weight,
                         .difference = all->change / all->weight};

    for (int c = 0; c < CATEGORIES; c++)
        form[c] = (struct form){.change = 1 / all->weight, .weight = -e.difference / all->weight};
    e.error = error_of(b, form);
    return e;
}

/* Is an example of this category among those that a share counts, of the first model or the second? */
static bool is_in(enum share share, int category, int easy_bit)
{
    bool easy = category & easy_bit;

    switch (share) {
    case SHARE_EASY: return easy;
    case SHARE_HARD: return !easy;
    case SHARE_EASY_NEG: return easy && !(category & NOT_NEGATIVE);
    case SHARE_HARD_NEG: return !easy && !(category & NOT_NEGATIVE);
    case SHARE_EASY_POS: return easy && (category & NOT_NEGATIVE);
    case SHARE_HARD_POS: return !easy && (category & NOT_NEGATIVE);
    case SHARES: break;
    }
    return false;
}

/* What an example adds to the difference of the shares e: with z = l in the categories that a share counts,
   and 0 in others, (z₂ − R₂ l₂) / S₂ − (z₁ − R₁ l₁) / S₁. near: by l₂ = l₁ + (l₂ − l₁), as models that are
   near each other need it, whose l₁ all but cancel; else by l₁ and l₂, as where the second's losses are far
   smaller. */
static struct form form_of(enum share share, int category, const struct estimate *e,
                           const struct moments *all, bool near)
{
    bool in1 = is_in(share, category, EASY_FIRST), in2 = is_in(share, category, EASY_SECOND);
    double s1 = all->first, s2 = all->second, inverses = -all->change / s1 / s2; /* 1 / S₂ − 1 / S₁ */

    if (!near) return (struct form){.first = -(in1 - e->first) / s1, .second = (in2 - e->second) / s2};
    return (struct form){.first = (in1 && in2 ? inverses
                                   : in2      ? 1 / s2
                                   : in1      ? -1 / s1
                                              : 0) -
                                  (e->difference / s2 + e->first * inverses),
                         .change = (in2 - e->second) / s2};
}

/* The difference of the shares R₂ − R₁, R = Z / S, where Z is the sum S of some categories. */
static struct estimate share_of(enum share share, const struct basis *b)
{
    const struct moments *m = b->moments, *all = &b->all;
    double s1 = all->first, s2 = all->second, z1 = 0, z2 = 0, change = 0;
    bool near = fabs(all->change) < s2;
    struct form form[CATEGORIES];
    struct estimate e;

    for (int c = 0; c < CATEGORIES; c++) {
        bool in1 = is_in(share, c, EASY_FIRST), in2 = is_in(share, c, EASY_SECOND);

        z1 += in1 ? m[c].first : 0;
        z2 += in2 ? m[c].second : 0;
        change += in1 && in2 ? m[c].change : in2 ? m[c].second : in1 ? -m[c].first : 0;
    }
    e = (struct estimate){z1 / s1, z2 / s2, z2 / s2 - z1 / s1, NAN};
    if (!(s1 > 0 && s2 > 0 && isfinite(s1) && isfinite(s2)))
        return (struct estimate){isfinite(s1) ? e.first : NAN, isfinite(s2) ? e.second : NAN, NAN, NAN};
    if (near) e.difference = (change - e.first * all->change) / s2;
    for (int c = 0; c < CATEGORIES; c++) form[c] = form_of(share, c, &e, all, near);
    if (!b->clusters || fmin(s1, s2) >= CLUSTER_SUMS_LEAST) e.error = error_of(b, form);
    return e;
}

struct pair_result pair_result(const struct pair_sums *s, double alpha, bool sides,
                               const struct cluster_sums *clusters, size_t pair)
{
    struct basis b = {.clusters = clusters, .pair = pair};
    struct moments *all = &b.all;
    struct pair_result r = {0};

    for (int c = 0; c < CATEGORIES; c++) {
        double factor = isnan(alpha) ? 1 : c & NOT_NEGATIVE ? alpha : 1 - alpha;
        struct moments m = moments_of(s->sum[c], factor);

        b.moments[c] = m;
        b.factor[c] = factor;
        all->first += m.first;
        all->second += m.second;
        all->change += m.change;
        all->weight += m.weight;
        r.examples += s->count[c];
        r.negatives += c & NOT_NEGATIVE ? 0 : s->count[c];
        r.units += s->weighty[c];
    }
    if (clusters) r.units = cluster_sums_count(clusters, pair);
    b.units = r.units;
    r.weight = all->weight;
    r.mean = mean_of(&b);
    for (int k = 0; k < SHARES; k++)
        r.share[k] = k >= SHARE_EASY_NEG && !sides ? (struct estimate){NAN, NAN, NAN, NAN}
                                                   : share_of((enum share)k, &b);
    return r;
}
