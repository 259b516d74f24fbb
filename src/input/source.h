/* source.h: the files, one after the other, as blocks of whole rows */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include "input/bytes.h"
#include "input/make.h"
#include "input/plan.h"

/* Used by one thread at a time. Blocks are cut where a row ends. Where a piece of the file has no quote in
   it, that is the last newline; else the rows are gone through one by one, as a quoted field may hold
   newlines. */
struct source {
    const struct input *in;
    const struct plan *plan; /* NULL until the first file is understood */
    const char *const *files;
    size_t file_count, next_file;
    size_t block; /* bytes of a block, more only where a row is longer */
    bool count_rows;
    struct bytes *bytes;
    struct layout **layout; /* [layouts], of the files so far: blocks point to them */
    size_t layouts, layout_room;
    /* read, and not handed out yet */
    char *held;
    size_t held_size, held_room;
    bool ended;                         /* nothing comes behind that */
    uint64_t number, offset, line, row; /* of the next block */
    struct row first, second;
    uint64_t rows_left; /* of an array */
    struct counts counts;  /* blank lines before the headers */
    uint64_t bytes_before; /* of the files that are done */
};

/* A block's bytes, reused. */
struct buffer {
    char *bytes;
    size_t room;
};

void source_open(struct source *s, const struct input *in, const char *const *files, size_t file_count,
                 size_t block);
/* Opens the next file and understands its columns. */
bool source_begin(struct source *s, struct diag *d);
/* Reads the block's text where it is not there yet; needs no lock. False with d filled. */
bool source_fill(const struct block *b, struct diag *d);
/* 1: *b is filled, its text in the buffer; 0: no more; −1: d is filled. */
int source_next(struct source *s, struct buffer *buffer, struct block *b, struct diag *d);
uint64_t source_bytes(const struct source *s);
const char *source_format(const struct source *s);
void source_close(struct source *s);

#endif
