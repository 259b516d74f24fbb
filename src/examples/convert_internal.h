/* convert_internal.h: what the fast ways of blocks share */
#ifndef EXAMPLES_CONVERT_INTERNAL_H
#define EXAMPLES_CONVERT_INTERNAL_H

#include "examples/convert.h"

struct regular {
    size_t piece;    /* rows of a piece: fewer where a row has many scores */
    double *grid;    /* [scores · rows], column by column */
    uint32_t *digit; /* of the block's rows: labels of one digit */
    size_t digit_room;
    double *number;         /* [piece]: labels or weights */
    double *weight;         /* [piece] */
    double *tail;           /* [piece] */
    bool *usual;            /* [piece] */
    int32_t *code;          /* [labels · piece] */
    uint32_t *slow;         /* [piece] */
    uint32_t *part;         /* [piece] */
    uint32_t *group;        /* [piece] */
    size_t *place;          /* [piece]: of the group in the finder */
    uint32_t *row;          /* [piece]: places of the rows that are usual */
    uint32_t *pair;         /* [2 · piece]: borders of single fields */
    double *line;           /* [scores]: of one row */
    int32_t digit_code[10]; /* of labels of one digit */
    bool digits_known;
};

/* A piece of a block: rows that have all their separators, or rows of an array. */
struct piece {
    const uint32_t *at; /* NULL: of an array, whose rows begin with the block's row `origin` */
    size_t origin;
    size_t rows;
    bool returns;
    uint64_t line, row;
    const uint32_t *digit; /* the rows' labels where each is one digit; NULL: not known */
};

/* Where the field of a column begins and ends. */
static inline size_t begin_of(const struct maker *m, const struct piece *p, size_t row, size_t column)
{
    size_t i = row * m->schema->columns.count + column;

    return i ? p->at[i - 1] + 1 : p->origin;
}

static inline size_t end_of(const struct maker *m, const struct piece *p, size_t row, size_t column)
{
    size_t end = p->at[row * m->schema->columns.count + column];

    return end - (p->returns && end > begin_of(m, p, row, column) && m->block->bytes[end - 1] == '\r');
}

static inline struct fields fields_of(const struct maker *m, const struct piece *p, size_t column)
{
    return (struct fields){m->block->bytes,          p->at,  p->origin, p->rows,
                           m->schema->columns.count, column, p->returns};
}

/* The numbers of a column; NaN where the field is not of the usual shape. Returns the number of these. */
size_t regular_numbers(struct maker *m, const struct piece *p, size_t column, double *out);
/* The labels of column k of labels as codes; LABEL_BAD goes the general way, which knows more. */
void regular_codes(struct maker *m, const struct piece *p, size_t k, int32_t *out);
/* Flags the rows whose weight is one: finite and above 0. */
void regular_weigh(struct maker *m, const struct piece *p);
/* Keeps the rows whose flag is set, in row[]; the others go the general way. Returns how many are kept. */
size_t regular_sift(struct maker *m, const struct piece *p);
/* The kept rows of a column of scores; + 0.0 makes 0 of −0. */
void regular_gather(struct maker *m, const double *x, size_t n);
/* Clips tails of grouped rows, so that each group has its count. */
void regular_clip_groups(struct maker *m, size_t n);
/* Hands the kept rows on: tail[] is theirs. side: NULL where they have none. */
void regular_hand_on(struct maker *m, size_t n, const uint32_t *part, const uint32_t *side);

void regular_softmax_logits(struct maker *m, const struct piece *p);
void regular_softmax_probs(struct maker *m, const struct piece *p);

#endif
