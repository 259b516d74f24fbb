/* csv_blocks.c: the rows of the files as blocks, handed out to workers

   Where any place of a file can be read, a worker claims the next place and reads it by itself: of a text the
   rows that begin there are its own. What depends on the places before it, which line that is and whether
   there were quotes, is passed on from claim to claim. All else is read in order, under the lock: streams,
   texts with quotes (a row may hold newlines), texts whose rows must be counted. */
#include "kernel/kernel.h"
#include "read/reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void end_file(struct reader *r)
{
    r->taken += bytes_taken(r->bytes);
    bytes_close(r->bytes);
    r->bytes = NULL;
}

/* Room for `size` bytes with the kernels' padding around. Returns where they begin. */
static char *buffer_room(struct batch_buffer *b, size_t size)
{
    if (size + 2 * KERNEL_PAD > b->room) {
        b->room = size + 2 * KERNEL_PAD;
        b->bytes = mem_resize(b->bytes, b->room, 1);
        memset(b->bytes, 0, KERNEL_PAD);
    }
    return b->bytes + KERNEL_PAD;
}

void batch_buffer_free(struct batch_buffer *b)
{
    free(b->bytes);
    free(b->at);
}

/* Finds the separators of a block of text that stands in the buffer. */
static struct survey split(struct batch_buffer *buffer, struct batch *b)
{
    struct survey seen;

    buffer->at = mem_grow(buffer->at, &buffer->at_room, b->size + KERNEL_PAD, sizeof *buffer->at);
    b->at = buffer->at;
    b->separators = kernel_best()->split(b->bytes, b->size, b->file->dialect.delimiter, buffer->at, &seen);
    return seen;
}

/* ---- in order ---- */

/* Puts up to `want` bytes into text, the held ones first. Returns how many; −1: d is filled. */
static ptrdiff_t fetch(struct reader *r, char *text, size_t want, struct diag *d)
{
    size_t have = r->held_size < want ? r->held_size : want;
    ptrdiff_t n = 0;

    if (have) memcpy(text, r->held + r->held_from, have);
    reader_drop(r, have);
    if (have == want || r->ended) return (ptrdiff_t)have;
    n = bytes_read(r->bytes, text + have, want - have, d);
    if (n < 0) return -1;
    r->ended = have + (size_t)n < want;
    return (ptrdiff_t)have + n;
}

/* Takes back what was fetched last. */
static void hold_back(struct reader *r, const char *text, size_t size)
{
    if (r->held_size) { /* then it is still there */
        r->held_from -= size;
    } else {
        r->held = mem_grow(r->held, &r->held_room, size, 1);
        if (size) memcpy(r->held, text, size);
        r->held_from = 0;
    }
    r->held_size += size;
}

/* Fetches a block into the buffer, and holds back what is no whole row. False: d is filled, or nothing is
   left. */
static bool cut(struct reader *r, struct batch_buffer *buffer, struct span *span, struct diag *d)
{
    size_t size = 0, want = r->options.block;
    char *text;

    for (;;) {
        ptrdiff_t n;

        text = buffer_room(buffer, want);
        n = fetch(r, text + size, want - size, d);
        if (n < 0) return false;
        size += (size_t)n;
        if (!size) return false;
        csv_whole(reader_file(r)->dialect, text, size, r->ended && !r->held_size, r->options.count_rows,
                  span);
        if (span->size) break;
        if ((r->ended && !r->held_size) || size >= ROW_LIMIT) return reader_row_too_long(r, d);
        want = 2 * size;
    }
    hold_back(r, text + span->size, size - span->size);
    memset(text + size, 0, KERNEL_PAD);
    return true;
}

/* `rows` rows from row `from` on of an array that is kept column after column, and held as a whole. */
static bool gather_columns(const struct reader *r, const struct npy *n, uint64_t from, size_t rows,
                           char *text, struct diag *d)
{
    size_t size = rows * n->width;

    for (uint64_t k = 0; k < n->columns; k++, text += size) {
        uint64_t offset = (k * n->rows + from) * n->width;

        if (offset + size > r->held_size)
            return diag_fail(d, STATUS_DATA, "%s: it is cut off", reader_file(r)->name);
        memcpy(text, r->held + r->held_from + offset, size);
    }
    return true;
}

/* How many rows of an array make the next block; 0: none are left. */
static size_t array_rows(const struct reader *r)
{
    const struct npy *n = reader_file(r)->array;
    size_t rows = r->options.block / ((size_t)n->columns * n->width) + 1;

    return rows < r->rows_left ? rows : (size_t)r->rows_left;
}

/* The next rows of an array that comes as a stream. */
static bool cut_array(struct reader *r, struct batch_buffer *buffer, struct span *span, struct diag *d)
{
    const struct npy *n = reader_file(r)->array;
    size_t row = (size_t)n->columns * n->width, rows = array_rows(r);
    ptrdiff_t have;
    char *text;

    if (!rows) return false;
    *span = (struct span){.size = rows * row, .lines = rows, .rows = rows};
    text = buffer_room(buffer, span->size);
    if (n->fortran && n->columns > 1) return gather_columns(r, n, n->rows - r->rows_left, rows, text, d);
    have = fetch(r, text, span->size, d);
    return have == (ptrdiff_t)span->size ||
           (have >= 0 &&
            diag_fail(d, STATUS_DATA, "%s: it is cut off: %llu rows of %llu are there", reader_file(r)->name,
                      (unsigned long long)(n->rows - r->rows_left + (size_t)have / row),
                      (unsigned long long)n->rows));
}

/* Rows of the span, that stand in the buffer, as the next block. */
static void hand_out(struct reader *r, const struct batch_buffer *buffer, const struct span *span,
                     struct batch *b)
{
    struct read_file *l = reader_file(r);

    *b = (struct batch){.file = l,
                        .bytes = buffer->bytes ? buffer->bytes + KERNEL_PAD : NULL,
                        .size = span->size,
                        .rows = l->array ? (size_t)span->rows : 0,
                        .number = r->number++,
                        .offset = r->offset,
                        .line = r->line,
                        .lines = span->lines,
                        .quotes = span->quotes,
                        .returns = span->returns,
                        .row = r->row};
    r->offset += l->array ? span->rows : span->size;
    r->line += span->lines;
    r->row += span->rows;
    if (l->array) r->rows_left -= span->rows;
}

/* ---- by places ---- */

/* The next place of a text, or the next rows of an array. False: none are left. */
static bool claim(struct reader *r, struct batch *b)
{
    struct read_file *l = reader_file(r);

    if (l->array) {
        size_t rows = array_rows(r);

        if (rows)
            hand_out(r, &(struct batch_buffer){0},
                     &(struct span){
                         .size = rows * l->array->columns * l->array->width, .lines = rows, .rows = rows},
                     b);
        return rows > 0;
    }
    if (r->offset >= bytes_total(r->bytes)) return false;
    *b = (struct batch){.file = l, .number = r->number++, .offset = r->offset};
    r->offset += r->options.block;
    return true;
}

/* The rows of an array's block. */
static bool read_rows(const struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d)
{
    const struct npy *n = b->file->array;
    char *text = b->bytes = buffer_room(buffer, b->size);
    size_t size = b->rows * n->width;

    if (!n->fortran || n->columns == 1)
        return bytes_at(r->bytes, n->offset + b->offset * n->columns * n->width, text, b->size, d);
    for (uint64_t k = 0; k < n->columns; k++, text += size)
        if (!bytes_at(r->bytes, n->offset + (k * n->rows + b->offset) * n->width, text, size, d))
            return false;
    return true;
}

/* The rows of a text that begin in the block's place. The byte before the place tells whether one begins
   right there. A row that is too long to be one is left, as a quote, to be read in order. */
static bool read_place(const struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d)
{
    size_t lead = b->offset > r->first_place, own = r->options.block + lead, have = 0, step = r->slack,
           want = own + step;
    uint64_t from = b->offset - lead, left = bytes_total(r->bytes) - from;
    char *text, *start, *end;
    struct survey seen;
    bool begins;

    if (own > left) own = (size_t)left;
    for (;; want = have + step, step *= 2) {
        if (want > left) want = (size_t)left;
        text = buffer_room(buffer, want);
        if (!bytes_at(r->bytes, from + have, text + have, want - have, d)) return false;
        have = want;
        start = lead ? memchr(text, '\n', have) : text;
        start = start ? start + lead : text + have;
        begins = start < text + own;
        end = begins ? memchr(text + own - 1, '\n', have - own + 1) : start;
        if (end || have == left || have >= ROW_LIMIT) break;
    }
    b->quotes = !end && have < left;
    b->bytes = start;
    b->size = begins ? (size_t)((end ? end + 1 : text + have) - start) : 0;
    memset(text + have, 0, KERNEL_PAD);
    seen = split(buffer, b);
    b->offset = from + (uint64_t)(start - text);
    b->lines = seen.newlines;
    b->quotes = b->quotes || seen.quotes;
    b->returns = seen.returns;
    return true;
}

/* Reads what was claimed, and waits for the claims before it. 1: the block is whole; 0: it is to be read in
 * order, or there is nothing in it; −1: d is filled. */
static int redeem(struct reader *r, uint64_t ticket, struct batch_buffer *buffer, struct batch *b,
                  struct diag *d)
{
    bool array = b->file->array != NULL, well = (array ? read_rows : read_place)(r, buffer, b, d);
    int result = well ? 1 : -1;

    pthread_mutex_lock(&r->lock);
    while (r->passes != ticket) pthread_cond_wait(&r->passed, &r->lock);
    if (!well) {
        r->stop = true;
    } else if (!r->by_places) {
        result = 0;
    } else if (b->quotes) { /* from here on in order */
        r->by_places = r->ended = false;
        r->held_from = r->held_size = 0;
        r->offset = b->offset;
        result = bytes_seek(r->bytes, b->offset, d) ? 0 : -1;
    } else if (!array) {
        b->line = r->line;
        r->line += b->lines;
        result = b->size > 0;
    }
    r->passes++;
    pthread_cond_broadcast(&r->passed);
    pthread_mutex_unlock(&r->lock);
    return result;
}

/* The next block, or a claim to one, under the lock: 1. 0: no more; −1: d is filled. */
static int take(struct reader *r, struct batch_buffer *buffer, struct batch *b, bool *claimed, struct diag *d)
{
    struct span span;

    while (!r->stop && (r->bytes || r->next_file < r->file_count)) {
        if (!r->bytes && !reader_begin(r, d)) return -1;
        *claimed = r->by_places && claim(r, b);
        if (*claimed) return 1;
        if (r->passes < r->claims) { /* whether and how it goes on here is for others to say */
            pthread_cond_wait(&r->passed, &r->lock);
            continue;
        }
        if (!r->by_places && (reader_file(r)->array ? cut_array : cut)(r, buffer, &span, d)) {
            hand_out(r, buffer, &span, b);
            return 1;
        }
        if (d->status) return -1;
        end_file(r);
    }
    return 0;
}

int reader_next(struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d)
{
    for (;;) {
        bool claimed = false;
        uint64_t ticket;
        int result;

        pthread_mutex_lock(&r->lock);
        result = take(r, buffer, b, &claimed, d);
        if (result < 0) r->stop = true;
        ticket = r->claims;
        r->claims += claimed;
        pthread_mutex_unlock(&r->lock);
        if (claimed)
            result = redeem(r, ticket, buffer, b, d);
        else if (result > 0 && !b->file->array && !b->quotes)
            split(buffer, b);
        if (result || !claimed) return result;
    }
}

uint64_t reader_taken(struct reader *r, uint64_t *total)
{
    uint64_t taken;

    pthread_mutex_lock(&r->lock);
    taken = r->taken + (r->bytes ? bytes_taken(r->bytes) : 0);
    pthread_mutex_unlock(&r->lock);
    *total = 0;
    for (size_t i = 0; i < r->file_count; i++) {
        struct stat st;

        if (strcmp(r->files[i], "-") == 0 || stat(r->files[i], &st) != 0 || !S_ISREG(st.st_mode)) {
            *total = 0;
            break;
        }
        *total += (uint64_t)st.st_size;
    }
    return *total && taken > *total ? *total : taken;
}

void reader_stop(struct reader *r)
{
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_broadcast(&r->passed);
    pthread_mutex_unlock(&r->lock);
}
