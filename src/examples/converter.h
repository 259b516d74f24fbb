/* converter.h: what the files of the conversion share, each of which calls only those named before it:
   emit.c, row_groups.c, repeated_header.c, explain.c, convert_rows.c, convert_softmax.c, convert.c */
#ifndef EXAMPLES_CONVERTER_H
#define EXAMPLES_CONVERTER_H

#include "examples/convert.h"
#include "examples/notes.h"
#include "kernel/kernel.h"
#include "read/rows.h"

/* How far from 1 softmax probabilities may add up. */
#define SUM_WITHIN 0.01

/* Examples of explained rows on their way to the sink, one by one. */
struct example_buffer {
    size_t n;
    double *tail, *rest, *weight;
    uint32_t *part, *group, *row;
    struct prediction *prediction;
};
enum { EXAMPLE_BUFFER = 4096 };

/* A piece of a run, so small that its arrays stay in the cache. [rows]: as many as a piece may have. */
struct piece {
    struct row_run run;
    const uint32_t *digit;         /* [run.rows]: its labels where each is one digit; NULL: not known */
    size_t rows;                   /* fewer where a row has many scores */
    double *grid;                  /* [scores · rows], column by column */
    double *number;                /* [rows]: labels or weights */
    double *weight;                /* [rows] */
    double *tail;                  /* [rows] */
    double *rest;                  /* [rows]: what tails of logits leave, where the sink wants rows */
    bool *usual;                   /* [rows] */
    int32_t *code;                 /* [labels · rows] */
    uint32_t *slow;                /* [rows + scores] */
    uint32_t *part;                /* [rows] */
    uint32_t *group;               /* [rows] */
    size_t *place;                 /* [rows]: of the group in the lookup */
    uint32_t *row;                 /* [rows]: the kept rows */
    struct prediction *prediction; /* [rows]: where facts.predictions */
    uint32_t *pair;                /* [2 · rows]: borders of single fields */
    double *line;                  /* [scores]: of one row */
    int32_t digit_code[10];        /* of labels of one digit */
    bool digits_known;
};

struct converter {
    const struct schema *schema;
    const struct kernel *kernel;
    struct sink sink;
    unsigned worker;
    struct bad_rows *bad_rows;
    struct group_lookup groups;
    struct label_watch labels;
    struct counts counts; /* all rows; examples and their kinds only where there are no groups */
    struct example_buffer buffer;
    const struct batch *batch;
    const struct file_schema *file_schema; /* of its file */
    struct piece piece;
    uint32_t *digit; /* [digit_room]: of all rows of a batch */
    size_t digit_room;
    /* the row that is explained */
    struct batch_row row;
    ptrdiff_t group; /* its place in the lookup, −1: none */
    struct string key;
    double weight;
    double *score;     /* [scores] */
    int32_t *label;    /* [labels] */
    int32_t predicted; /* the side that the score is of */
    struct prediction prediction;
};

/* repeated_header.c: of a file whose header counts 0, 1, 2, ...: may that header be among the rows of the
   batch again? Is the row, which has as many fields, the header? */
bool may_repeat_header(const struct batch *b, const struct columns *columns);
bool is_header_again(const struct converter *c);

/* Are the sums of softmax probabilities checked in this line? Lines of a file are counted, so it does not
   depend on who reads it. Where bad rows are left out all are: what is counted must not depend on the rows'
   order. */
static inline bool sum_is_checked(const struct schema *p, uint64_t line)
{
    return p->in->check_rows || p->in->skip_bad || p->in->predictions || line <= 1001 || line % 64 == 0;
}

/* ---- emit.c ---- */

/* The counts that the explained row goes to. */
struct counts *counts_of_row(struct converter *c);
/* Buffers an example of the explained row. side: 1 positive, 0 negative, −1 none. */
/* Whether what the tails of a piece leave of their logits is kept. */
static inline bool keeps_rest(const struct converter *c)
{
    return c->sink.rows && c->schema->facts->logits && !facts_is_softmax(c->schema->facts);
}
void emit_example(struct converter *c, double tail, double rest, size_t part, int side);
/* Hands the buffered examples to the sink. */
void emit_buffer(struct converter *c);
/* Hands the kept rows of the piece to the sink, whose tails stand in piece.tail. kept: they are the rows
   piece.row[]; else all. side: NULL where they have none. */
void emit_piece(struct converter *c, size_t n, bool kept, const uint32_t *part, const uint32_t *side);

/* ---- row_groups.c ---- */

/* Of the explained row, by its columns; the column in which a NUL byte stands, −1: none does. */
ptrdiff_t find_row_group(struct converter *c);
/* Of the n kept rows of the piece. */
void find_piece_groups(struct converter *c, size_t n);

/* ---- explain.c ---- */

/* One row of the batch, of any kind: checks all of it, and either makes its examples or says what is
   wrong. */
void explain_row(struct converter *c, size_t place, uint64_t line, uint64_t number);

/* ---- convert_rows.c ---- */

void piece_open(struct piece *p, const struct schema *schema);
void piece_close(struct piece *p);
/* The numbers of a column; NaN where the field is not of the usual shape. Returns the number of these. */
size_t piece_numbers(struct converter *c, size_t column, double *out);
/* The labels of column k of labels as codes; LABEL_BAD is for explain_row, which knows more. */
void piece_labels(struct converter *c, size_t k, int32_t *out);
/* Clears the flags of rows whose weight is not finite and above 0. */
void flag_weights(struct converter *c);
/* Clears the flags of rows whose score is no probability (exactly in [0, 1]), or no logit. */
void flag_scores(struct converter *c, const double *x);
/* Keeps the rows whose flag is set, in piece.row[]; the others are explained. Returns how many are kept. */
size_t keep_usual_rows(struct converter *c);
/* The kept rows of a column of scores or tails to piece.tail; + 0.0 makes 0 of −0. */
void gather_kept(struct converter *c, const double *x, size_t n);
/* Raises the tails of the n kept rows to p_t ≥ clip, and counts these by group. */
void clip_by_group(struct converter *c, size_t n);

/* ---- convert_softmax.c ---- */

void convert_softmax_piece(struct converter *c);

#endif
