/* schema.h: from the columns of the first file to what every row is asked */
#ifndef EXAMPLES_SCHEMA_H
#define EXAMPLES_SCHEMA_H

#include "examples/detect.h"
#include "examples/labels.h"

/* Labels from a file of their own: of row `row` (from 0, through all files), or of a key. */
struct label_file;

/* What the columns mean, for all rows of all files; that of one file: struct file_schema (detect.h). */
struct schema {
    const struct input *in;
    const struct facts *facts;
    struct labels labels;
    char **class_name; /* [classes]: of the columns of scores */
    size_t classes;
    bool counted;                  /* two columns headed 0 and 1, which nobody said is a header */
    bool one_hot;                  /* as many labels as classes, one of which is 1 */
    struct label_file *label_file; /* NULL: the labels stand in the rows */
};

/* Fills facts and schema (zeroed, but for schema->in and schema->facts) from the first file. False with d
   filled. schema_close frees what is the schema's in any case. */
bool schema_open(struct schema *s, struct facts *facts, const struct file_schema *first, struct diag *d);
void schema_close(struct schema *s);

/* Makes a further file's columns fit (further_file.c): its scores (and labels) in the order of the classes,
   the kept ones in the order of the first file's. False with d filled where they cannot. */
bool schema_fit(const struct schema *s, const struct file_schema *first, struct file_schema *l,
                struct diag *d);

/* How many labels and scores a row has. */
static inline size_t schema_label_count(const struct schema *s)
{
    return s->facts->task == TASK_MULTILABEL || s->one_hot ? s->facts->classes : 1;
}
static inline size_t schema_score_count(const struct schema *s)
{
    return s->facts->scores;
}

/* The part of a class's side (1, 0; −1: none, of softmax without a background). */
static inline size_t schema_part(const struct schema *s, size_t class, int side)
{
    if (!s->facts->by_class) return side == 1;
    return s->facts->task == TASK_SOFTMAX ? class : 2 * class + (size_t)side;
}

#endif
