/* schema.h: from the columns of the first file to what every row is asked */
#ifndef EXAMPLES_SCHEMA_H
#define EXAMPLES_SCHEMA_H

#include "examples/detect.h"
#include "examples/labels.h"

/* Labels from a file of their own: of row `row` (from 0, through all files), or of a key. */
struct label_file;

/* What holds for all rows of all files. */
struct plan {
    const struct input *in;
    const struct facts *facts;
    struct labels labels;
    char **class_name; /* [classes]: of the columns of scores */
    size_t classes;
    bool counted;                  /* two columns headed 0 and 1, which nobody said is a header */
    bool one_hot;                  /* as many labels as classes, one of which is 1 */
    struct label_file *label_file; /* NULL: the labels stand in the rows */
};

/* Fills facts and plan (zeroed, but for plan->in and plan->facts) from the first file. False with d filled.
 * plan_close frees what is the plan's in any case. */
bool plan_open(struct plan *p, struct facts *facts, const struct file_schema *first, struct diag *d);
void plan_close(struct plan *p);

/* Makes a further file's columns fit: its scores (and labels) in the order of the classes. False with d
 * filled where they cannot. */
bool plan_fit(const struct plan *p, const struct file_schema *first, struct file_schema *l, struct diag *d);

/* Labels and scores of a row. */
static inline size_t plan_labels(const struct plan *p)
{
    return p->facts->task == TASK_MULTILABEL || p->one_hot ? p->facts->classes : 1;
}
static inline size_t plan_scores(const struct plan *p)
{
    return p->facts->scores;
}

/* The part of a class's side (1, 0; −1: none, of softmax without a background). */
static inline size_t plan_part(const struct plan *p, size_t class, int side)
{
    if (!p->facts->by_class) return side == 1;
    return p->facts->task == TASK_SOFTMAX ? class : 2 * class + (size_t)side;
}

#endif
