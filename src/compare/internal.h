/* internal.h: what the two ways of matching rows share */
#ifndef COMPARE_INTERNAL_H
#define COMPARE_INTERNAL_H

#include "compare/match.h"
#include "examples/in_order.h"

/* The examples of one row. */
struct row_span {
    const struct row_example *example;
    uint32_t count;
};

/* What one worker gathers of the rows at hand. */
struct gathered {
    size_t models;
    struct row_span **span; /* [models][room of rows]: to be filled in for gather_rows */
    size_t span_room;
    struct matched matched;
    size_t room;
    uint64_t left_out;
};
void gathered_open(struct gathered *g, size_t models);
void gathered_close(struct gathered *g);
/* Makes room for the spans of `rows` rows. */
void gathered_rows(struct gathered *g, size_t rows);
/* Gathers the examples of g->span, of `rows` rows from row `first` of the batch on. skip: a row that not all
   have is left out. Returns `rows`, or the first row in which a model, *other, differs from the first one. */
size_t gather_rows(struct gathered *g, uint32_t first, size_t rows, bool skip, size_t *other);

/* Its file, as messages name it. */
const char *match_file(const struct model *m);
/* Whether the rows of another model may be compared with the first one's. */
bool match_facts(const struct model *first, const struct model *other, struct diag *d);

/* A row of a model, for messages. */
struct row_place {
    const struct model *model;
    struct row_span span;
    uint64_t line; /* of an array the row */
};
/* Fills d: in what two rows differ. */
void match_say_difference(const struct row_place *a, const struct row_place *b, struct diag *d);

bool match_in_step(struct model *model, size_t models, struct match_sink sink, uint64_t *left_out,
                   struct diag *d);
bool match_by_key(struct model *model, size_t models, struct match_sink sink, uint64_t *left_out,
                  struct diag *d);

/* A block of whole rows with their examples, which outlives its batch and its file's reader. */
struct block {
    struct block *next;
    unsigned users;
    struct batch batch; /* with its own bytes */
    char *bytes;
    struct row_example *example; /* those of row i: example[begin[i] … begin[i + 1]) */
    uint32_t *begin;
};
/* file: of the blocks of this model, not the reader's. */
struct block *block_make(const struct batch *b, const struct in_order *examples,
                         const struct read_file *file);
void block_free(struct block *b);
struct row_span block_row(const struct block *b, size_t row);
/* The line on which a row stands. */
uint64_t block_line(const struct block *b, size_t row);

/* Whether a row without examples is ignored; else it is a bad one, which ends the reading by itself. */
bool row_is_ignored(const struct model *m, const struct batch *b, size_t row);

/* What is to be known of a file when its reader is closed. Zero-initialise. */
struct file_copy {
    struct read_file file;
    struct npy array;
    struct file_schema schema; /* the name of the file, and of the columns names, labels and what is kept */
};
void file_copy_make(struct file_copy *to, const struct read_file *from);
void file_copy_free(struct file_copy *c);

#endif
