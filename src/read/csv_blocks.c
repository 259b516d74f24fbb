/* csv_blocks.c: the rows of the files as blocks, handed out to workers

   Where any place of a file can be read, a worker claims the next place and reads it by itself: of a text the
   rows that begin there are its own. What depends on the places before it, which line that is and whether
   there were quotes, is passed on from claim to claim. All else is read in order, under the lock: streams,
   texts with quotes (a row may hold newlines), texts whose rows must be counted. */
#include "read/npy.h"
#include "read/reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void end_file(struct source *s)
{
    s->taken += bytes_taken(s->bytes);
    bytes_close(s->bytes);
    s->bytes = NULL;
}

/* Room for `size` bytes with the kernels' padding around. Returns where they begin. */
static char *buffer_room(struct buffer *b, size_t size)
{
    if (size + 2 * KERNEL_PAD > b->room) {
        b->room = size + 2 * KERNEL_PAD;
        b->bytes = mem_resize(b->bytes, b->room, 1);
        memset(b->bytes, 0, KERNEL_PAD);
    }
    return b->bytes + KERNEL_PAD;
}

void buffer_free(struct buffer *b)
{
    free(b->bytes);
    free(b->at);
}

/* Finds the separators of a block of text that stands in the buffer. */
static struct survey split(const struct source *s, struct buffer *buffer, struct block *b)
{
    struct survey seen;

    buffer->at = mem_grow(buffer->at, &buffer->at_room, b->size + KERNEL_PAD, sizeof *buffer->at);
    b->at = buffer->at;
    b->separators = s->plan->kernel->split(b->text, b->size, b->layout->dialect.delimiter, buffer->at, &seen);
    return seen;
}

/* ---- in order ---- */

/* Moves what is held, and as much more as makes a block, into the buffer, and holds back what is no whole
   row. False: d is filled, or nothing is left. */
static bool cut(struct source *s, struct buffer *buffer, struct span *span, struct diag *d)
{
    struct dialect dialect = source_layout(s)->dialect;
    size_t size = s->held_size, want = s->block > size ? s->block : size;
    char *text = buffer_room(buffer, want);

    if (size) memcpy(text, s->held, size);
    for (;;) {
        if (!s->ended && size < want) {
            ptrdiff_t n = bytes_read(s->bytes, text + size, want - size, d);

            if (n < 0) return false;
            size += (size_t)n;
            s->ended = size < want;
        }
        if (!size) return false;
        csv_whole(dialect, text, size, s->ended, s->count_rows, span);
        if (span->size) break;
        if (s->ended || size >= ROW_LIMIT) return source_too_long(s, d);
        want = 2 * size;
        text = buffer_room(buffer, want);
    }
    s->held_size = size - span->size;
    s->held = mem_grow(s->held, &s->held_room, s->held_size, 1);
    memcpy(s->held, text + span->size, s->held_size);
    memset(text + size, 0, KERNEL_PAD);
    return true;
}

/* `rows` rows from row `from` on of an array that is kept column after column, and held as a whole. */
static bool gather_columns(const struct source *s, const struct npy *n, uint64_t from, size_t rows,
                           char *text, struct diag *d)
{
    size_t size = rows * n->width;

    for (uint64_t k = 0; k < n->columns; k++, text += size) {
        uint64_t offset = (k * n->rows + from) * n->width;

        if (offset + size > s->held_size)
            return diag_fail(d, STATUS_DATA, "%s: it is cut off", source_layout(s)->file);
        memcpy(text, s->held + offset, size);
    }
    return true;
}

/* How many rows of an array make the next block; 0: none are left. */
static size_t array_rows(const struct source *s)
{
    const struct npy *n = source_layout(s)->array;
    size_t rows = s->block / ((size_t)n->columns * n->width) + 1;

    return rows < s->rows_left ? rows : (size_t)s->rows_left;
}

/* The next rows of an array that comes as a stream. */
static bool cut_array(struct source *s, struct buffer *buffer, struct span *span, struct diag *d)
{
    const struct npy *n = source_layout(s)->array;
    size_t row = (size_t)n->columns * n->width, rows = array_rows(s), have;
    ptrdiff_t more = 0;
    char *text;

    if (!rows) return false;
    *span = (struct span){.size = rows * row, .lines = rows, .rows = rows};
    text = buffer_room(buffer, span->size);
    if (n->fortran && n->columns > 1) {
        if (!gather_columns(s, n, n->rows - s->rows_left, rows, text, d)) return false;
    } else {
        have = s->held_size < span->size ? s->held_size : span->size;
        memcpy(text, s->held, have);
        memmove(s->held, s->held + have, s->held_size -= have);
        if (have < span->size && !s->ended) more = bytes_read(s->bytes, text + have, span->size - have, d);
        if (more < 0) return false;
        if (have + (size_t)more < span->size)
            return diag_fail(d, STATUS_DATA, "%s: it is cut off: %llu rows of %llu are there",
                             source_layout(s)->file,
                             (unsigned long long)(n->rows - s->rows_left + (have + (size_t)more) / row),
                             (unsigned long long)n->rows);
    }
    return true;
}

/* Rows of the span, that stand in the buffer, as the next block. */
static void hand_out(struct source *s, const struct buffer *buffer, const struct span *span, struct block *b)
{
    struct layout *l = source_layout(s);

    *b = (struct block){.layout = l,
                        .first_row = l->array ? l->array->rows - s->rows_left : 0,
                        .text = buffer->bytes ? buffer->bytes + KERNEL_PAD : NULL,
                        .size = span->size,
                        .rows = l->array ? (size_t)span->rows : 0,
                        .number = s->number++,
                        .offset = s->offset,
                        .line = s->line,
                        .lines = span->lines,
                        .quotes = span->quotes,
                        .returns = span->returns,
                        .row = s->row};
    s->offset += l->array ? span->rows : span->size;
    s->line += span->lines;
    s->row += span->rows;
    if (l->array) s->rows_left -= span->rows;
}

/* ---- by places ---- */

/* The next place of a text, or the next rows of an array. False: none are left. */
static bool claim(struct source *s, struct block *b)
{
    struct layout *l = source_layout(s);

    if (l->array) {
        size_t rows = array_rows(s);

        if (rows)
            hand_out(s, &(struct buffer){0},
                     &(struct span){
                         .size = rows * l->array->columns * l->array->width, .lines = rows, .rows = rows},
                     b);
        return rows > 0;
    }
    if (s->offset >= bytes_total(s->bytes)) return false;
    *b = (struct block){.layout = l, .number = s->number++, .offset = s->offset};
    s->offset += s->block;
    return true;
}

/* The rows of an array's block. */
static bool read_rows(const struct source *s, struct buffer *buffer, struct block *b, struct diag *d)
{
    const struct npy *n = b->layout->array;
    char *text = b->text = buffer_room(buffer, b->size);
    size_t size = b->rows * n->width;

    if (!n->fortran || n->columns == 1)
        return bytes_at(s->bytes, n->offset + b->first_row * n->columns * n->width, text, b->size, d);
    for (uint64_t k = 0; k < n->columns; k++, text += size)
        if (!bytes_at(s->bytes, n->offset + (k * n->rows + b->first_row) * n->width, text, size, d))
            return false;
    return true;
}

/* The rows of a text that begin in the block's place. The byte before the place tells whether one begins
   right there. A row that is too long to be one is left, as a quote, to be read in order. */
static bool read_place(const struct source *s, struct buffer *buffer, struct block *b, struct diag *d)
{
    size_t lead = b->offset > s->first_place, own = s->block + lead, have = 0, step = s->slack,
           want = own + step;
    uint64_t from = b->offset - lead, left = bytes_total(s->bytes) - from;
    char *text, *start, *end;
    struct survey seen;
    bool begins;

    if (own > left) own = (size_t)left;
    for (;; want = have + step, step *= 2) {
        if (want > left) want = (size_t)left;
        text = buffer_room(buffer, want);
        if (!bytes_at(s->bytes, from + have, text + have, want - have, d)) return false;
        have = want;
        start = lead ? memchr(text, '\n', have) : text;
        start = start ? start + lead : text + have;
        begins = start < text + own;
        end = begins ? memchr(text + own - 1, '\n', have - own + 1) : start;
        if (end || have == left || have >= ROW_LIMIT) break;
    }
    b->quotes = !end && have < left;
    b->text = start;
    b->size = begins ? (size_t)((end ? end + 1 : text + have) - start) : 0;
    memset(text + have, 0, KERNEL_PAD);
    seen = split(s, buffer, b);
    b->offset = from + (uint64_t)(start - text);
    b->lines = seen.newlines;
    b->quotes = b->quotes || seen.quotes;
    b->returns = seen.returns;
    return true;
}

/* Reads what was claimed, and waits for the claims before it. 1: the block is whole; 0: it is to be read in
 * order, or there is nothing in it; −1: d is filled. */
static int redeem(struct source *s, uint64_t ticket, struct buffer *buffer, struct block *b, struct diag *d)
{
    bool array = b->layout->array != NULL, well = (array ? read_rows : read_place)(s, buffer, b, d);
    int result = well ? 1 : -1;

    pthread_mutex_lock(&s->lock);
    while (s->passes != ticket) pthread_cond_wait(&s->passed, &s->lock);
    if (!well) {
        s->stop = true;
    } else if (!s->by_places) {
        result = 0;
    } else if (b->quotes) { /* from here on in order */
        s->by_places = s->ended = false;
        s->held_size = 0;
        s->offset = b->offset;
        result = bytes_seek(s->bytes, b->offset, d) ? 0 : -1;
    } else if (!array) {
        b->line = s->line;
        s->line += b->lines;
        result = b->size > 0;
    }
    s->passes++;
    pthread_cond_broadcast(&s->passed);
    pthread_mutex_unlock(&s->lock);
    return result;
}

/* The next block, or a claim to one, under the lock: 1. 0: no more; −1: d is filled. */
static int take(struct source *s, struct buffer *buffer, struct block *b, bool *claimed, struct diag *d)
{
    struct span span;

    while (!s->stop && (s->bytes || s->next_file < s->file_count)) {
        if (!s->bytes && !source_begin(s, d)) return -1;
        *claimed = s->by_places && claim(s, b);
        if (*claimed) return 1;
        if (s->passes < s->claims) { /* whether and how it goes on here is for others to say */
            pthread_cond_wait(&s->passed, &s->lock);
            continue;
        }
        if (!s->by_places && (source_layout(s)->array ? cut_array : cut)(s, buffer, &span, d)) {
            hand_out(s, buffer, &span, b);
            return 1;
        }
        if (d->status) return -1;
        end_file(s);
    }
    return 0;
}

int source_next(struct source *s, struct buffer *buffer, struct block *b, struct diag *d)
{
    for (;;) {
        bool claimed = false;
        uint64_t ticket;
        int result;

        pthread_mutex_lock(&s->lock);
        result = take(s, buffer, b, &claimed, d);
        if (result < 0) s->stop = true;
        ticket = s->claims;
        s->claims += claimed;
        pthread_mutex_unlock(&s->lock);
        if (claimed)
            result = redeem(s, ticket, buffer, b, d);
        else if (result > 0 && !b->layout->array && !b->quotes)
            split(s, buffer, b);
        if (result || !claimed) return result;
    }
}

uint64_t source_taken(struct source *s, uint64_t *total)
{
    uint64_t taken;

    pthread_mutex_lock(&s->lock);
    taken = s->taken + (s->bytes ? bytes_taken(s->bytes) : 0);
    pthread_mutex_unlock(&s->lock);
    *total = 0;
    for (size_t i = 0; i < s->file_count; i++) {
        struct stat st;

        if (strcmp(s->files[i], "-") == 0 || stat(s->files[i], &st) != 0 || !S_ISREG(st.st_mode)) {
            *total = 0;
            break;
        }
        *total += (uint64_t)st.st_size;
    }
    return *total && taken > *total ? *total : taken;
}

void source_stop(struct source *s)
{
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_cond_broadcast(&s->passed);
    pthread_mutex_unlock(&s->lock);
}
