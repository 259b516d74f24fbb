/* match.h: the same examples as several models scored them, side by side

   Rows are matched by their order: the files are read in step, each by its own threads, and no more than a
   few batches of each are held. Or by a key (input.key): all models but the first are read into memory, then
   the first is read, and its rows' order counts. Labels, classes and weights have to be the same in all. */
#ifndef COMPARE_MATCH_H
#define COMPARE_MATCH_H

#include "examples/detect.h"
#include "examples/input.h"

/* Where the scores of one model stand, and what is known of them when they have been read. */
struct model {
    const char *name;   /* as tables call it */
    struct input input; /* of one file, with the columns of this model */
    struct facts facts; /* the caller's to free */
};

/* Some examples of rows that are in all files. */
struct matched {
    size_t count;
    double **tail;             /* [models][count] */
    uint32_t *part;            /* [count], the same in all */
    double *weight;            /* [count] */
    uint32_t *cluster;         /* [count]: the first model's; 0 where it has none */
    uint32_t *row;             /* [count]: from the first of the batch, ascending */
    const struct batch *batch; /* the first model's; of its file's meaning, the columns are known */
};

struct match_sink {
    void *context;
    /* Once, when all files are understood, before any example. */
    void (*begin)(void *context, unsigned workers);
    /* By worker w on one thread; examples of all workers together come once each, in any order. */
    void (*take)(void *context, unsigned worker, const struct matched *m);
};

/* Reads all models. *left_out: rows that some have and others not (bad rows, left out). False with d filled:
   what the sink got is to be thrown away. */
bool match_models(struct model *model, size_t models, struct match_sink sink, uint64_t *left_out,
                  struct diag *d);

#endif
