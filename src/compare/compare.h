/* compare.h: how far apart models are on the same examples: their results side by side, with intervals of the
   differences to the first model */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include "compare/difference.h"
#include "compare/match.h"
#include "report/formats.h"
#include "rows/rows.h"

/* What is asked. */
struct compare_request {
    struct row_loss *loss; /* [losses] */
    size_t losses;
    const struct row_loss *trained; /* [models]: the loss that each was trained with; NULL: not told */
    const double *easy;             /* [thresholds] */
    size_t thresholds;
    double level;   /* of the intervals, in (0, 1) */
    uint64_t moved; /* how many of the examples that differ most are wanted */
};

/* What came out. */
struct comparison {
    const struct model *model; /* [models] */
    size_t models;
    const struct compare_request *request;
    bool sides;                 /* there are positives and negatives */
    uint64_t left_out;          /* rows */
    struct pair_result *result; /* by comparison_at */
    struct moved *moved;        /* NULL: not wanted */
};
/* The losses, and where it is told the one that each model was trained with, as one more. */
size_t comparison_losses(const struct compare_request *q);
/* One of them, as a model is judged by it. */
const struct row_loss *comparison_loss(const struct compare_request *q, size_t loss, size_t model);
/* Of one of them, a threshold and a model but the first: the model beside the first one. Means by different
   losses are not compared. */
const struct pair_result *comparison_at(const struct comparison *c, size_t loss, size_t threshold,
                                        size_t model);

/* Reads the models' files and compares them. False with d filled. Free it in both cases. */
bool compare_models(struct model *model, size_t models, const struct compare_request *q,
                    struct comparison *out, struct diag *d);
void comparison_free(struct comparison *c);

/* Appends it: of forms for machines a row for each loss, threshold and model, with all columns; of forms for
   reading the columns that a person looks at first, and sentences that say what they show. Where moved
   examples are wanted, these take the place of all else. */
void comparison_write(const struct comparison *c, const struct output_format *form, const struct page *page,
                      struct string *out);

#endif
