/* reader.h: the files, one after the other, as blocks of whole rows */
#ifndef READ_READER_H
#define READ_READER_H

#include "read/file.h"
#include "examples/convert.h"
#include "examples/schema.h"

#include <pthread.h>

/* A longer row is taken for a quote that never ends. */
enum { ROW_LIMIT = 64 << 20 };

struct source {
    const struct input *in;
    const struct plan *plan; /* NULL until the first file is understood */
    const char *const *files;
    size_t file_count, next_file;
    size_t block; /* bytes of a block, more only where a row is longer */
    bool count_rows;
    pthread_mutex_t lock; /* of all that changes after the beginning */
    bool stop;
    struct bytes *bytes;
    struct layout **layout; /* [layouts], of the files so far: blocks point to them */
    size_t layouts, layout_room;
    /* read, and not handed out yet */
    char *held;
    size_t held_size, held_room;
    bool ended;                         /* nothing comes behind that */
    uint64_t number, offset, line, row; /* of the next block */
    struct row first, second;
    uint64_t rows_left;   /* of an array */
    struct counts counts; /* blank lines before the headers */
    uint64_t taken;       /* bytes of the files that are done */
    /* by places: see blocks.c */
    bool by_places;
    uint64_t first_place;    /* where the rows of a text begin */
    size_t slack;            /* bytes that are read behind a place, again and again until its last row ends */
    uint64_t claims, passes; /* of all files */
    pthread_cond_t passed;
};

/* A block's bytes and its separators, reused. */
struct buffer {
    char *bytes;
    size_t room;
    uint32_t *at;
    size_t at_room;
};
void buffer_free(struct buffer *b);

void source_open(struct source *s, const struct input *in, const char *const *files, size_t file_count,
                 size_t block);
/* Opens the next file and understands its columns. */
bool source_begin(struct source *s, struct diag *d);
/* For any number of threads. 1: *b is filled, its text in the buffer; 0: no more; −1: d is filled, and there
 * will be no more. */
int source_next(struct source *s, struct buffer *buffer, struct block *b, struct diag *d);
/* There will be no more blocks, but for those on their way, which come before all others. */
void source_stop(struct source *s);
/* Bytes read so far, before decoding; *total: of all files, 0 where one's size is not known. By any thread.
 */
uint64_t source_taken(struct source *s, uint64_t *total);
const char *source_format(const struct source *s);
void source_close(struct source *s);

/* For blocks.c. */
static inline struct layout *source_layout(const struct source *s)
{
    return s->layout[s->layouts - 1];
}
/* A row that never ends: says so, and where. */
bool source_too_long(const struct source *s, struct diag *d);

#endif
