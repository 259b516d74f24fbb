/* internal.h: what results.c, group_rows.c and alpha.c share */
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

/* A setting that has rows; behind a weighted sum stand its parts. */
struct result {
    struct setting at;
    size_t request;      /* what it is read off; SIZE_MAX: a sum, made of its parts */
    const char *part_of; /* the text of its sum; NULL: it is no part */
    size_t parts;        /* of a sum: so many results behind it */
    bool over_groups;    /* of a sum with the loss of a set: of all groups it is the mean over them */
};

/* One group being reported, or one class of it: `parts` of the data set's parts, from `first` on. */
struct scope {
    const struct analysis *a;
    const struct facts *facts;
    struct measure *measure;
    double *easy; /* ascending */
    size_t first, parts;
    const char *name, *class;
    bool is_group;                   /* a group of the data, or a class of one */
    const struct counts *counts;     /* NULL: counted from the sums */
    const uint64_t *weightless;      /* [parts]: examples of weight 0, which are in no sum */
    struct sums *sums;               /* [parts][easy_count + 1] */
    double *factor;                  /* [parts]: α of each part */
    double *weight;                  /* [parts]: Σ w */
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
};

static inline const struct sums *scope_at(const struct scope *s, size_t part, size_t segment)
{
    return &s->sums[part * (s->a->easy_count + 1) + segment];
}

/* Rows, whatever their weight. */
uint64_t scope_examples_of(const struct scope *s, const bool *side); /* NULL: of all */

/* Refused before anything is read off. */
bool alpha_check(struct scope *s, struct diag *d);
/* Fills s->factor[]: α of each part. */
void alpha_set(struct scope *s, const struct alpha *alpha);
/* α as the table shows it: a number, or the text that stands for one factor a class. factor[facts->parts]: of
   all the data, so that it is the same α in every group and class. */
struct value alpha_shown(const struct scope *s, const struct alpha *alpha, const double *factor);

/* Fills result[] and request[]. */
void results_make(struct scope *s);
/* The rows of a result, which may be a sum, and of its parts stand from `first` on: what is made of the
   parts, and their shares; of the total, which of them are means over the groups. */
void rows_finish_sum(struct scope *s, const struct result *sum, size_t first);
/* Takes those of a group, whose rows begin at `first`. */
void group_means_add(struct scope *s, size_t first);
/* Puts them into the total's rows, which stand first in the table. */
void group_means_put(struct scope *s);
void group_means_free(struct group_means *m);

/* A share of the loss; empty where there is none, or it is infinite. */
struct value result_share(double part, double all);
/* The share of each result in rows [first, end) in the same setting's total, whose rows begin at `total`,
   `each` of them. */
void rows_put_shares(struct table *t, size_t first, size_t end, size_t total, size_t each);
/* Of the groups' blocks of `block` rows each, which stand behind that of the total, the `top` with the
   largest share stay, largest first. */
void rows_keep_largest(struct table *t, size_t block, size_t top);
/* The first block of rows becomes the last. */
void rows_total_to_end(struct table *t, size_t block);

#endif
