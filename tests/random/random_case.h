/* random_case.h: random predictions and labels in a random setting of the report, the same for the same
   seed */
#ifndef TESTS_RANDOM_CASE_H
#define TESTS_RANDOM_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CASE_CLASSES = 8, CASE_GROUPS = 5, CASE_LIST = 6, CASE_IGNORED = -1, CASE_NO_CLASS = CASE_CLASSES };

enum case_task { CASE_BINARY, CASE_SOFTMAX, CASE_SIGMOID, CASE_MULTILABEL };
enum case_alpha_kind { CASE_NUMBER, CASE_INVERSE, CASE_EFFECTIVE, CASE_BALANCE, CASE_WEIGHTS };

struct case_alpha {
    enum case_alpha_kind kind;
    double number; /* α, or the β of `effective` */
    char text[40]; /* as -a takes it */
};

struct random_case {
    enum case_task task;
    bool logit, weighted, grouped, by_class, renormalize;
    bool background; /* softmax: class 0 is the negative one */
    bool sides;      /* there are positives and negatives */
    size_t rows, classes;
    double *score; /* [row][class] */
    int *label;    /* class, 0 or 1, or CASE_IGNORED; multilabel: [row][class] */
    double *weight;
    size_t *group;
    double clip;
    double gamma[CASE_LIST], beta[CASE_LIST], easy[CASE_LIST];
    struct case_alpha alpha[CASE_LIST];
    size_t gamma_count, beta_count, easy_count, alpha_count;
    char options[1000]; /* of losscope: the analysis */
    char columns[1000]; /* and what the columns of case_write's file are */
};

extern const char *const case_class[CASE_CLASSES]; /* their names */

/* Makes the case of a seed; all its arrays are its own. */
void case_make(struct random_case *c, uint64_t seed);
void case_free(struct random_case *c);

/* Writes the case as CSV; false: it could not be written. */
bool case_write(const struct random_case *c, const char *path);

#endif
