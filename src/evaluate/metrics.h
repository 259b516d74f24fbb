/* metrics.h: measures of a classifier, read off the cells of a tally. What has a name in scikit-learn is
   defined as there, sample weights included; p is the estimated probability of a positive, and p ≥ 0.5
   predicts one. */
#ifndef EVALUATE_METRICS_H
#define EVALUATE_METRICS_H

#include "evaluate/cells.h"

/* Bins of p of the expected calibration error: (k / 15, (k + 1) / 15]; those of equal mass are as many. */
enum { CALIBRATION_BINS = 15 };

/* Adds the cuts that the measures need: the edges of those bins, of both sides. */
void metrics_cuts(struct cuts *c);

/* What the measures are read off. A measure that is not defined is NaN. */
struct metric_sums {
    double weight[2][2];  /* Σ w by side (1: positive) and prediction */
    double square, score; /* Σ w (p − y)², Σ w p */
    double loss;          /* Σ w CE */
    double all;           /* Σ w */
    double prevalence;    /* the share of the positives in it; NaN without sides */
    double ece, mce;
    double adaptive_ece, adaptive_ece_bound;
    double classwise_ece;  /* of all classes that are kept apart: NaN until it is set */
    double auc, auc_bound; /* the true one is no further off than the bound */
    double ap, ap_bound;
};

/* The cells of one group, or of a class, cut by metrics_cuts and no others; side[parts] as for measure_open.
   scored: p is known, as it is unless p_t is the probability of one class of several; else only loss, all and
   prevalence are filled. clip: the ε up to which p_t was raised, where it was for any of these examples, else
   0: scores that may have been beyond it have no order. */
void metrics_sums(const struct cell *cells, size_t count, size_t parts, const int *side, bool scored,
                  double clip, struct metric_sums *out);

/* Σ w of each class of softmax [classes]: of its examples by whether the largest score is its own, and of the
   examples of whatever class whose largest score it has. */
struct predictions {
    size_t classes;
    double *right, *wrong, *predicted;
};
/* Of one group, or of all (group < 0); free it. Without facts.predictions, no classes. */
void predictions_of(const struct tally *t, ptrdiff_t group, struct predictions *out);
void predictions_free(struct predictions *p);

/* A measure: one row each. */
struct metric {
    const char *name;
    bool scored;       /* it needs p */
    bool over_classes; /* of all the classes that are kept apart alone */
    double (*value)(const struct metric_sums *s);
    double (*bound)(const struct metric_sums *s);                  /* NULL: it is exact but for rounding */
    double (*of_class)(const struct predictions *p, size_t class); /* of softmax; NULL: no class has one */
    double (*of_all)(const struct predictions *p);                 /* of softmax, all classes together */
};
extern const struct metric metric_table[];
extern const size_t metric_count;

#endif
