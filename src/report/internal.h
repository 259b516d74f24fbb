/* internal.h: what results.c, quadrants.c, ratios.c, intervals.c, cluster_intervals.c, weighted_sums.c,
 * group_rows.c and alpha.c share */
#ifndef REPORT_INTERNAL_H
#define REPORT_INTERNAL_H

#include "report/report.h"

/* The columns of results. */
enum {
#define X(name, heading, meaning) R_##name,
#include "report/columns.def.h"
#undef X
    R_COLUMNS
};
/* Behind them, where --ci asks for it, the ends of their intervals. */
enum {
    R_LAST = R_COLUMNS - 1,
#define X(name, heading, meaning)
#define XI(name, heading, meaning) R_##name##_low, R_##name##_high,
#include "report/columns.def.h"
#undef X
#undef XI
    R_ALL_COLUMNS
};

/* What a setting's sums over all of a scope come to, with α, and its squares in the unit of them. */
struct totals {
    double loss, slope, loss_square, slope_square;
};

/* A setting that has rows; behind a weighted sum stand its parts. */
struct result {
    struct setting at;
    size_t request;              /* what it is read off; SIZE_MAX: a sum, made of its parts */
    const char *part_of;         /* the text of its sum; NULL: it is no part */
    size_t parts;                /* of a sum: the number of results behind it that it is made of */
    bool over_groups;            /* of a sum with the loss of a set: of all groups it is the mean over them */
    struct over_data *over_data; /* of a loss whose examples count by what the others are; else NULL */
};

/* One group being reported, or one class of it: `parts` of the data set's parts, from `first` on. */
struct scope {
    const struct analysis *a;
    const struct facts *facts;
    struct measure *measure;
    double *easy; /* ascending */
    size_t first, parts;
    const char *name, *class;
    bool is_group;           /* a group of the data, or a class of one */
    size_t group;            /* which, where it is one */
    const struct cell *cell; /* [cells]: its examples */
    size_t cells;
    const struct counts *counts; /* NULL: counted from the sums */
    const uint64_t *weightless;  /* [parts]: examples of weight 0, which are in no sum */
    struct sums *sums;           /* [parts][easy_count + 1] */
    double *factor;              /* [parts]: α of each part */
    const double *own_factor;    /* [parts]: what stands in the place of α; NULL: nothing does */
    double *weight;              /* [parts]: Σ w, as all sums in units of 2^scale */
    int scale;
    const bool *positive, *negative; /* [parts] */
    bool sides;
    struct table *out;
    report_deliver *deliver; /* takes the rows of each group; NULL: they stay in out */
    void *context;
    const int *side;          /* [parts] */
    size_t asked_alpha_count; /* behind them stand those of the losses' specs */
    struct result *result;    /* all that is asked, in its order */
    size_t results;
    struct request *request; /* what has to be read off for it */
    size_t requests;
    struct reading *reading;   /* [requests] */
    struct group_means *means; /* NULL: there are no groups */
    struct reading *total; /* those of all the data, which α is taken from; NULL: all the data are at hand */
    uint64_t units;        /* what is independent: examples that have a weight, or clusters */
    double quantile;       /* of Student's distribution, for them */
    struct totals *totals; /* of this scope, by totals_place */
    const struct scope *whole;       /* what this scope is a share of; NULL: of nothing */
    struct cluster_rows *by_cluster; /* NULL: examples are independent */
};

static inline const struct sums *scope_at(const struct scope *s, size_t part, size_t segment)
{
    return &s->sums[part * (s->a->easy_count + 1) + segment];
}

/* Rows, whatever their weight. */
uint64_t scope_examples_of(const struct scope *s, const bool *side); /* NULL: of all */

/* ---- quadrants.c ---- */

/* Sums by quadrant at one threshold; of each half those of negatives, of positives, and of both. Without
   sides there are only the latter. */
enum quadrant { EASY_NEG, EASY_POS, EASY, HARD_NEG, HARD_POS, HARD, ALL, QUADRANTS };
struct quadrants {
    double of[QUADRANTS];
};
/* What is added, times α; squares: Σ (w l / all)² and the same of the gradient. */
enum summand { OF_LOSS, OF_SLOPE, OF_LOSS_SQUARE, OF_SLOPE_SQUARE };
/* Of every threshold, out[easy_count]: what lies below it, and from it on; by s->sums and s->factor. */
void quadrants_of(const struct scope *s, enum summand what, double all, struct quadrants *out);
/* The thresholds, ascending; free them. */
double *thresholds_in_order(const struct analysis *a);
/* The place of one among them. */
size_t scope_threshold(const struct scope *s, double easy);
/* Σ w of one side; NULL: of all. */
double scope_weight(const struct scope *s, const bool *side);

/* ---- ratios.c ---- */

/* A column with an interval: a quadrant of the loss or of the gradient over something. */
enum over { OVER_ALL, OVER_WEIGHT, OVER_POSITIVES, OVER_WHOLE };
struct ratio {
    size_t column, low; /* of the results; high stands behind low */
    enum over over;
    bool slope;
    enum quadrant part;
};
enum { RATIOS = (R_ALL_COLUMNS - R_COLUMNS) / 2 };
extern const struct ratio ratio_table[]; /* [RATIOS] */
/* What stands in the row, or is going to (a share of the whole); NaN: nothing. loss, slope: the sums of all.
 */
double ratio_estimate(const struct ratio *r, const struct value *row, double loss, double slope,
                      const struct totals *whole);
/* Puts the ends of an interval; square: Σ e² over the units, e what one of them adds to the estimate. */
void ratio_put_ends(const struct ratio *r, double estimate, double square, uint64_t units, double quantile,
                    struct value *row);
/* Student's quantile for a number of units; NaN where there are fewer than 2. */
double units_quantile(const struct analysis *a, uint64_t units);

/* Room for the totals of all settings of a scope; NULL where no intervals are asked for. */
struct totals *totals_make(const struct scope *s);
size_t totals_count(const struct scope *s);
/* The place of a setting among them. alpha: which α, −1: none. */
size_t totals_place(const struct scope *s, size_t request, ptrdiff_t alpha);

/* ---- intervals.c ---- */

/* Makes ready for the intervals of a scope. */
void intervals_open(struct scope *s, const struct cell *cells, size_t count);
/* Puts the ends of the intervals into the rows of one setting, one a threshold, from row `first` on; loss,
   slope: its sums over all. */
void intervals_put(struct scope *s, size_t request, ptrdiff_t alpha, double loss, double slope, size_t first);

/* ---- cluster_intervals.c ---- */

struct cluster_rows *cluster_rows_open(const struct scope *s, const struct clusters *c);
void cluster_rows_free(struct cluster_rows *r);
/* Keeps such rows, those of a group or of all before those of its classes, until the clusters are read. */
void cluster_rows_put(struct scope *s, size_t request, ptrdiff_t alpha, double loss, double slope,
                      size_t first);
/* Puts the ends of the intervals into all rows that were kept: those of this group, or of all the data. */
void intervals_by_cluster(struct scope *s);

/* ---- alpha.c ---- */

/* Refused before anything is read off. */
bool alpha_check(struct scope *s, struct diag *d);
/* The α of the settings' specs behind those that were asked for; own takes the place of the analysis. */
void alpha_add_own(struct scope *s, struct analysis *own);
/* Which of the α are a loss's: those that were asked for, or the one that its spec sets. */
void alpha_range(const struct scope *s, const struct setting *asked, size_t *first, size_t *end);
/* Fills s->factor[]: α of each part. */
void alpha_set(struct scope *s, const struct alpha *alpha);
/* α as the table shows it: a number, or the text that stands for one factor a class. factor[facts->parts]: of
   all the data, so that it is the same α in every group and class. */
struct value alpha_shown(const struct scope *s, const struct alpha *alpha, const double *factor);

/* ---- weighted_sums.c ---- */

/* Fills result[] and request[]. */
void results_make(struct scope *s, const struct tally *tally);
void results_free(struct scope *s);
/* The rows of a result, which may be a sum, and of its parts stand from `first` on: what is made of the
   parts, and their shares; of the total, which of them are means over the groups. */
void rows_finish_sum(struct scope *s, const struct result *sum, size_t first);
/* Takes those of a group, whose rows begin at `first`. */
void group_means_add(struct scope *s, size_t first);
/* Puts them into the total's rows, which stand first in the table. */
void group_means_put(struct scope *s);

/* A loss over all the data: what its examples count by, made once. */
struct over_data *over_data_make(const struct tally *t, const struct setting *at);
void over_data_free(struct over_data *o);
/* The scope its rows are made in, for a group, class or all, which only over_data_close ends. */
struct over_scope {
    struct scope scope;
    struct analysis analysis; /* without intervals: which examples count is not known beforehand */
    struct cells all;         /* of the tally of those kept */
    struct cell *cell;        /* its own */
    struct counts counts;
    double bound; /* how far its sum may be off */
    double *double_array;
    uint64_t *weightless;
    bool *positive, *negative;
    int *side;
};
void over_data_open(const struct scope *s, const struct over_data *o, struct over_scope *out);
void over_data_close(struct over_scope *o);
/* Whether it keeps a number of negatives for each positive. */
bool over_data_by_side(const struct setting *s);
/* Refuses losses that need positives and negatives where there are none. */
bool over_data_check_sides(const struct scope *s, struct diag *d);

/* ---- group_rows.c ---- */

/* A share of the loss; empty where there is none, or it is infinite. */
struct value result_share(double part, double all);
/* Sums in units of 2^scale become plain ones. */
void rows_unscale(struct table *t, int scale);
/* The share of each result in rows [first, end) in the same setting's total, whose rows begin at `total`,
   `each` of them. */
void rows_put_shares(struct table *t, size_t first, size_t end, size_t total, size_t each);
/* Of the groups' blocks of `block` rows each, which stand behind that of the total, the `top` with the
   largest share stay, or the largest mean where there are no shares, largest first. */
void rows_keep_largest(struct table *t, size_t block, size_t top);
/* The first block of rows becomes the last. */
void rows_total_to_end(struct table *t, size_t block);

#endif
