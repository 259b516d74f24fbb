/* convert.h: rows to examples, for one worker: the general way of a row, and the fast way of blocks of usual
 * rows */
#ifndef EXAMPLES_CONVERT_H
#define EXAMPLES_CONVERT_H

#include "base/number.h"
#include "examples/bad_rows.h"
#include "examples/detect.h"
#include "examples/examples.h"
#include "examples/groups.h"
#include "examples/input.h"
#include "examples/labels.h"
#include "kernel/kernel.h"

/* Labels from a file of their own: of row `row` (from 0, through all files), or of a key. */
struct answers;

/* What holds for all rows of all files. */
struct plan {
    const struct input *in;
    const struct facts *facts;
    struct labels labels;
    struct answers *answers; /* NULL: the labels stand in the rows */
    const struct kernel *kernel;
};

/* How far from 1 softmax probabilities may add up. */
#define SUM_WITHIN 0.01

/* Examples on their way to the sink, one by one. */
struct pending {
    size_t n;
    double *tail, *weight;
    uint32_t *part, *group;
};
enum { PENDING = 4096 };

struct maker {
    const struct plan *plan;
    struct sink sink;
    unsigned worker;
    struct complaints *complaints;
    struct finder finder;
    struct counts counts; /* all rows; examples and their kinds only where there are no groups */
    struct pending pending;
    const struct batch *block;
    const struct file_schema *schema; /* of its file */
    /* the row at hand */
    struct row row;
    size_t offset;
    uint64_t line;
    bool is_row;     /* neither blank nor a comment */
    ptrdiff_t group; /* place in the finder, −1 */
    double weight;
    double *score;  /* [classes] */
    int32_t *label; /* [labels of a row] */
    /* the fast way's: see regular.c */
    struct regular *regular;
};

void maker_open(struct maker *m, const struct plan *plan, struct sink sink, unsigned worker,
                struct complaints *complaints, struct groups *groups);
/* Adds its counts to these and to the groups'. */
void maker_close(struct maker *m, struct counts *counts);

/* All rows of a block. */
void maker_text(struct maker *m, const struct batch *block);

/* The row that begins at offset of the block, the general way; returns its length. `row` as in struct batch.
 */
size_t maker_row(struct maker *m, size_t offset, uint64_t line, uint64_t row);
/* The row of an array's block, the general way: as if its numbers were text. */
void maker_array_row(struct maker *m, size_t index, uint64_t line, uint64_t row);
/* The text of a number of it: its size. */
size_t array_text(const struct maker *m, size_t index, size_t column, char out[NUMBER_SIZE]);
/* Hands on what is pending. */
void maker_flush(struct maker *m);

/* The fast way. False: the block is not of that kind, and nothing was done. */
void regular_open(struct maker *m);
void regular_close(struct maker *m);
bool regular_text(struct maker *m);
/* A block of an array. */
void regular_array(struct maker *m);

/* Are the sums of softmax probabilities checked in this line? Lines of a file are counted, so it does not
 * depend on who reads it. */
static inline bool maker_checks(const struct plan *p, uint64_t line)
{
    return p->in->check_rows || line <= 1001 || line % 64 == 0;
}

/* "binary", ... are one label a row; the labels of a row otherwise. */
static inline size_t plan_labels(const struct plan *p)
{
    return p->facts->task == TASK_MULTILABEL ? p->facts->classes : 1;
}
static inline size_t plan_scores(const struct plan *p)
{
    return p->facts->task == TASK_BINARY ? 1 : p->facts->classes;
}

/* The part of a class's side (1, 0; −1: none, of softmax without a background). */
static inline size_t plan_part(const struct plan *p, size_t class, int side)
{
    if (!p->facts->by_class) return side == 1;
    return p->facts->task == TASK_SOFTMAX ? class : 2 * class + (size_t)side;
}

#endif
