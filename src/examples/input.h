/* input.h: files → examples, in one pass over blocks of rows */
#ifndef EXAMPLES_INPUT_H
#define EXAMPLES_INPUT_H

#include "examples/examples.h"

/* A list of texts from the command line. */
struct list {
    const char **item;
    size_t count, room;
};

/* How to read: options as given. Zero-initialised, with input_defaults, means: find everything by itself. */
struct input {
    const char *const *files; /* none: standard input */
    size_t file_count;
    const char *prob, *logit, *label, *weight, *by, *cluster,
        *predicted;          /* column lists as given; NULL: not given */
    const char *labels_file; /* --labels */
    const char *key;         /* --key COL */
    bool key_of_rows;        /* the key tells rows apart, also where there is no labels_file */
    const char *keep;        /* columns that are wanted as they stand, whatever their roles; "*" all */
    struct list positive, negative, ignore; /* values of the label, each as text */
    const char *background;
    const char *classes; /* the classes of the columns of scores, in order; NULL: by their names */
    int label_base;      /* the number of the first class; −1: not told */
    enum task task;
    int header;     /* −1 find, 0 no, 1 yes */
    char delimiter; /* 0: find */
    char comment;   /* 0: none */
    int quote;      /* a character; 0: ", which in tab-separated text holds no newline; −1: none */
    uint64_t skip;  /* lines at the beginning of each text that are passed over */
    char decimal;   /* '.' or ',' */
    double clip;    /* < 0: the default of the scores' kind */
    bool skip_bad, check_rows, renormalize, by_file;
    bool predictions; /* of softmax, the class of the largest score is wanted: every row is checked */
    enum apart apart;
    uint32_t shard, shards; /* part `shard` (from 1) of `shards` of one plain file; 0: the whole */
    bool apart_few;         /* classes are kept apart anyway where they are at most APART_FEW */
    bool may_be_empty;      /* no rows, or no examples, is no error */
    unsigned threads;       /* 0: all that it may use */
    int progress;           /* 0: no notes on standard error; −1: progress on a terminal only; 1: anyway */
    bool dry_run;           /* stop when the columns are understood */
};
enum { APART_FEW = 256 };
void input_defaults(struct input *in);

/* Reads all files once and hands every example to the sink. Bad rows that are skipped are said on stderr (the
   first five). False: d filled, and what the sink got is to be thrown away. facts is to be freed in both
   cases. */
bool input_read(const struct input *in, struct sink sink, struct facts *facts, struct diag *d);

#endif
