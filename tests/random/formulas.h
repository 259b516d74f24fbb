/* formulas.h: every column of the report, row by row and by sorting, in long double */
#ifndef TESTS_FORMULAS_H
#define TESTS_FORMULAS_H

#include "random_case.h"

typedef long double real;

/* p_t, 1 − p_t, their logarithms, and the logit of the true class. */
struct example {
    real p, q, lp, lq, x;
    bool positive; /* of a task without sides: true */
    size_t class, group;
    double weight;
    real loss, slope; /* in the present setting, times α_t */
};

struct setting {
    const char *loss;
    bool balanced, star;
    double gamma, beta;
    const struct case_alpha *alpha;
    double factor[2 * CASE_CLASSES]; /* of each class or, where α is one number, of each side */
    bool by_class;
};

enum column {
    EXAMPLES,
    POSITIVES,
    NEGATIVES,
    WEIGHT,
    SUM,
    MEAN,
    PER_POSITIVE,
    EASY_SHARE,
    HARD_SHARE,
    EASY_NEG,
    HARD_NEG,
    EASY_POS,
    HARD_POS,
    GRAD_SUM,
    GRAD_EASY_SHARE,
    GRAD_HARD_SHARE,
    GRAD_EASY_NEG,
    GRAD_HARD_NEG,
    GRAD_EASY_POS,
    GRAD_HARD_POS,
    TOP1,
    TOP5,
    TOP20,
    HALF,
    GINI,
    EFFECTIVE,
    POS_TOP20,
    NEG_TOP20,
    POS_HALF,
    NEG_HALF,
    SHARE_OF_TOTAL,
    GRAD_SHARE_OF_TOTAL,
    COLUMNS
};

struct column_info {
    const char *name;
    bool of_sides, curve; /* empty without sides; a share of concentration */
};
extern const struct column_info columns[COLUMNS];

struct scope {
    int group, class;
}; /* −1: all */

struct share {
    real loss, weight;
};

/* The examples of a case: one a row, or one for each class of a row; their number. There is room for rows ×
   classes. */
size_t examples_make(const struct random_case *c, struct example *to);

/* Sets the factors of the setting's α from all examples; they are NaN where there is nothing to balance. */
void setting_factors(struct setting *s, const struct random_case *c, const struct example *e, size_t n);

/* Sets the loss and slope of each example. */
void examples_losses(const struct setting *s, struct example *e, size_t n);

bool is_within(const struct scope *s, const struct example *e);

/* All columns of a scope at one threshold; NaN: undefined. `sorted` is room for n. */
void evaluate(const struct example *e, size_t n, const struct scope *scope, bool grouped, double easy,
              struct share *sorted, real *out);

#endif
