/* examples.h: what the input hands on: blocks of examples, and the facts about where they came from */
#ifndef EXAMPLES_EXAMPLES_H
#define EXAMPLES_EXAMPLES_H

#include "base/error.h"
#include "base/memory.h"
#include <stdint.h>

/* How one example stands in the data set: which question was asked of it. */
enum task {
    TASK_AUTO,
    TASK_BINARY,    /* part: 0 negative, 1 positive */
    TASK_SOFTMAX,   /* part: the true class; not by_class: the side, 0 where there is none */
    TASK_SIGMOID,   /* one versus rest; part: 2 · class + side; not by_class: the side */
    TASK_MULTILABEL /* K labels; part: as of sigmoid */
};

/* Their names, as --task takes and every output says them; ended by NULL. */
extern const char *const task_names[];

/* Which parts are kept apart by class: no more than somebody asks for, as each part has bins of its own. */
enum apart {
    APART_SIDES,    /* none: the sides alone */
    APART_SIDELESS, /* the classes of softmax without a background */
    APART_SOFTMAX,  /* the classes of softmax */
    APART_CLASSES   /* all classes */
};

/* Predictions are counted of no more classes. */
enum { PREDICTED_MOST = 1 << 15 };

/* The class that an example is of, and that of its largest score (of equal ones the first). */
struct prediction {
    uint32_t truth, predicted;
};

/* A block of examples, structure of arrays, read-only to the sink, gone when take returns. Ignored, bad and
   blank rows are not among them. */
struct examples {
    size_t n;
    const double *tail; /* loss/tail.h, clipping done */
    const double
        *rest; /* of logits, what their tails leave (tail_rest); only where sink.rows; NULL: nothing */
    const uint32_t *part;                /* < facts.parts */
    const double *weight;                /* ≥ 0 and finite; NULL: all 1 */
    const uint32_t *group;               /* < number of groups so far (facts.groups); NULL: one group, 0 */
    const struct prediction *prediction; /* only where facts.predictions */
    /* the rows they are of, from 0 through all files; only where sink.rows */
    uint64_t first_row;
    const uint32_t *row; /* [n]: example i is of row first_row + row[i]; NULL: of first_row + i */
};

/* Of one group, or of all. rows = examples + ignored + bad + blank, where a row may hold several examples
   (sigmoid, multilabel: then `rows_used` takes the place of examples in the sum). */
struct counts {
    uint64_t rows, rows_used, examples, positives, negatives, ignored, bad, blank, clamped, clipped,
        zero_weight;
};

/* The counts that outputs tell, in their order. */
struct count_kind {
    const char *name;       /* "bad" */
    const char *one, *many; /* what one is, what several are: "bad row left out" */
    bool aside;             /* no part of the examples: said only where there are any */
    size_t offset;          /* in struct counts */
};
extern const struct count_kind count_kind[];
extern const size_t count_kinds;
static inline uint64_t count_of(const struct counts *c, const struct count_kind *kind)
{
    return *(const uint64_t *)((const char *)c + kind->offset);
}

/* With clusters, the rows of a cluster in a group are one of their own; without groups, the name is empty. */
struct group {
    char *name;       /* the text of the key, or the file's name */
    char *cluster;    /* the text of the cluster's column; NULL: rows are not kept by cluster */
    uint64_t seen[2]; /* file number, byte (or row) of its first row: groups are listed in this order */
    struct counts counts;
};

/* What was read and how it was understood. Filled from the first block, completed at the end. */
struct facts {
    char **files; /* [file_count], as the user named them; "-" is standard input */
    size_t file_count;
    enum task task;
    bool logits; /* the scores are logits */
    bool header;
    char delimiter;        /* 0: not text */
    char *format;          /* "csv", "npy"; with " (gzip)" or " (zstd)" behind it where it was */
    struct string options; /* those that give values a meaning, as on a command line */
    struct string score, label, weight, by,
        cluster; /* the columns' names as used, a list joined by "," ; empty: none */
    bool found_score, found_label, found_weight; /* found by name or place, not told */
    size_t scores;                               /* columns of scores: K; for binary 1, or 2 (both classes) */
    char *positive;                              /* of two columns: the positive class's name; else NULL */
    size_t classes;                              /* K; 2 for binary */
    char **class_name;                           /* [classes], for binary {"negative", "positive"} */
    ptrdiff_t background; /* the class without positives (softmax, sigmoid), −1 if none */
    bool by_class;        /* parts are kept apart by class */
    size_t parts;         /* number of parts of one group */
    bool weighted, grouped;
    bool predictions; /* of softmax, the class of the largest score is counted (struct prediction) */
    bool clustered;   /* every group is a cluster in one */
    size_t clusters;  /* how many have examples, where they were and are joined by now (tally/tally.h) */
    double clip;      /* the ε in force */
    struct string preview, command; /* for --dry-run: lines of first rows; the command that says all this */
    bool first_class; /* an example has the first of several classes, as far as that was watched */
    char **note;      /* [notes]: what is to be said about the data, a line each */
    size_t notes;
    struct counts counts; /* of all */
    struct group *groups; /* [group_count], by id; one unnamed where there are none */
    size_t group_count;
    uint32_t *group_order; /* ids in first-seen order */
};

/* Is every row of a group of its own key: of a group, a cluster, or one in the other? */
static inline bool facts_are_keyed(const struct facts *f)
{
    return f->grouped || f->clustered;
}

/* Are the scores of a row those of one class out of several (softmax, and binary of two columns)? */
bool facts_is_softmax(const struct facts *f);
/* The side of a part: 1 positive, 0 negative, −1 none (softmax without a background). */
int facts_side(const struct facts *f, size_t part);
/* The class of a part (binary: the side); 0 where parts are not kept apart by class. */
size_t facts_class(const struct facts *f, size_t part);
/* Decides by what is asked whether parts are kept apart by class, and how many there are. */
void facts_keep_apart(struct facts *f, enum apart apart);
/* The number of parts, by task, background and by_class. */
void facts_set_parts(struct facts *f);
/* Whether two runs understood their data alike, so that they add; false with d filled: what differs first. */
bool facts_bind(const struct facts *a, const struct facts *b, struct diag *d);
/* All but the groups, and the counts. */
void facts_copy(const struct facts *from, struct facts *out);
/* Drops the names of the files, and makes room for `room` others. */
void facts_name_files(struct facts *f, size_t room);
/* Of this a part of the rows may know too little: it holds where a part has it, and none has the class. */
#define NOTE_NO_FIRST_CLASS "no row has label 0: where labels count from 1, say --label-base 1"
/* Adds a note. */
void facts_note(struct facts *f, const char *format, ...) __attribute__((format(printf, 2, 3)));
void facts_free(struct facts *f);

/* Appends what tells a group from all others: its name, and with clusters a NUL and the cluster. */
void group_key(const struct group *g, struct string *out);
/* Names a group by that key. */
void group_take_key(struct group *g, const char *key, size_t size, bool clustered);

void counts_add(struct counts *into, const struct counts *from);

struct batch;

/* Where examples go. begin is called once, when columns and classes are known, before any block: it makes
   what `workers` threads need. take is called by worker w on its own thread, for its own blocks only. */
struct sink {
    void *context;
    void (*begin)(void *context, const struct facts *facts, unsigned workers);
    void (*take)(void *context, unsigned worker, const struct examples *examples);
    /* After the last example of a batch, on the same thread; NULL: not wanted. Examples of a batch come in
       any order; batches of all workers together come once each, in any order (read/reader.h: struct
       turns). */
    void (*done)(void *context, unsigned worker, const struct batch *batch);
    bool rows; /* wants to know the rows of examples, and those of batches */
    /* Whether the rest is not wanted any more; NULL: it always is. */
    bool (*enough)(void *context);
};

#endif
