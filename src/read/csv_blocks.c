/* csv_blocks.c: text as batches of whole rows */
#include "read/internal.h"

#include <string.h>

/* Text comes last of the formats: whatever is no other. */
static bool is_any(const char *head, size_t size)
{
    (void)head;
    (void)size;
    return true;
}

/* What the first bytes of a text must not be. */
static bool is_text(const struct reader *r, struct diag *d)
{
    const char *t = held(r), *file = this_file(r)->name;
    size_t n = r->held_size;

    if (n >= 4 && ((!t[0] && !t[2] && t[1] && t[3]) || (!t[1] && !t[3] && t[0] && t[2])))
        return diag_fail(d, STATUS_DATA,
                         "%s: this is UTF-16 text: convert it first: iconv -f UTF-16 -t UTF-8", file);
    if (n >= 2 && !memchr(t, '\n', n) && memchr(t, '\r', n - 1))
        return diag_fail(
            d, STATUS_DATA,
            "%s: lines end in lone carriage returns (old Mac text): convert them first: tr '\\r' '\\n'",
            file);
    return true;
}

/* Can workers read the rest of this text wherever they like? Not where its rows may hold newlines. */
static void choose_places(struct reader *r)
{
    const struct dialect *dialect = &this_file(r)->dialect;
    const char *end = memchr(held(r), '\n', r->held_size);
    size_t row = end ? (size_t)(end - held(r)) : r->held_size;
    bool newlines =
        dialect->quote && !dialect->one_line && memchr(held(r), dialect->quote, r->held_size) != NULL;

    if ((r->ended && r->held_size <= r->options.block) || !bytes_seekable(r->bytes) || newlines) return;
    r->by_places = true;
    r->first_place = r->offset;
    r->slack = row / 4 + 256;
}

static bool begin(struct reader *r, struct diag *d)
{
    size_t header;

    if (!is_text(r, d)) return false;
    if (r->held_size >= 3 && memcmp(held(r), "\xef\xbb\xbf", 3) == 0) pass_over(r, 3);
    if (!skip_lines(r, d) || !understand(r, &header, d)) return false;
    pass_over(r, header);
    choose_places(r);
    return !r->options.shards || shard_begin(r, d);
}

/* Finds the separators of a batch of text that stands in the buffer. */
static struct survey split(struct batch_buffer *buffer, struct batch *b)
{
    const struct dialect *dialect = &b->file->dialect;
    struct survey seen;

    buffer->at = mem_grow(buffer->at, &buffer->at_room, b->size + KERNEL_PAD, sizeof *buffer->at);
    b->at = buffer->at;
    b->separators =
        kernel_best()->split(b->bytes, b->size, dialect->delimiter, dialect->quote, buffer->at, &seen);
    return seen;
}

static void index_batch(struct batch_buffer *buffer, struct batch *b)
{
    if (!b->quotes) split(buffer, b);
}

/* Fetches a block into the buffer, and holds back what is no whole row. */
static bool next_rows(struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d)
{
    struct dialect dialect = this_file(r)->dialect;
    size_t size = 0, want = r->options.block;
    struct span span;
    char *text;

    for (;; want = 2 * size) {
        ptrdiff_t n;

        text = batch_room(buffer, want);
        n = fetch(r, text + size, want - size, d);
        if (n < 0) return false;
        size += (size_t)n;
        if (!size) return false;
        csv_whole(dialect, text, size, at_end(r), &span);
        if (span.size) break;
        if (at_end(r) || size >= ROW_LIMIT) return row_too_long(r, d);
    }
    hold_back(r, text + span.size, size - span.size);
    memset(text + size, 0, KERNEL_PAD);
    *b = (struct batch){.file = this_file(r),
                        .offset = r->offset,
                        .bytes = text,
                        .size = span.size,
                        .lines = span.lines,
                        .quotes = span.quotes,
                        .returns = span.returns};
    r->offset += span.size;
    b->rows = span.rows;
    return true;
}

/* Rows of a text whose quoted fields may hold newlines. */
static uint64_t count_rows(const struct batch *b)
{
    uint64_t rows = 0;
    size_t taken;

    for (size_t at = 0; at < b->size; at += taken) {
        enum row_kind kind = csv_row(b->file->dialect, b->bytes + at, b->size - at, NULL, &taken);

        rows += kind == ROW_FIELDS || kind == ROW_AFTER_QUOTE;
    }
    return rows;
}

static bool next(struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d)
{
    do {
        if (r->options.shards && r->offset >= r->to) return false;
        if (!next_rows(r, buffer, b, d)) return false;
    } while (r->options.shards && !shard_cut(r, b));
    if (r->options.count_rows && r->options.shards)
        b->rows = count_rows(b);
    else if (r->options.count_rows && !b->rows)
        b->rows = csv_rows(b->file->dialect, b->bytes, b->size, b->lines);
    number_batch(r, b);
    return true;
}

/* Behind the last place where rows begin. */
static uint64_t places_end(const struct reader *r)
{
    uint64_t size = bytes_total(r->bytes);

    return r->options.shards && r->to < size ? r->to : size;
}

static bool claim(struct reader *r, struct batch *b)
{
    if (r->offset >= places_end(r)) return false;
    *b = (struct batch){.file = this_file(r), .offset = r->offset};
    r->offset += r->options.block;
    return true;
}

/* The rows that begin in the batch's place. The byte before the place tells whether one begins right there. A
   row that is too long to be one is left, as a quote, to be read in order. */
static bool read_place(const struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d)
{
    uint64_t place = places_end(r) - b->offset;
    size_t lead = b->offset > r->first_place, have = 0, step = r->slack,
           own = (place < r->options.block ? (size_t)place : r->options.block) + lead, want = own + step;
    uint64_t from = b->offset - lead, left = bytes_total(r->bytes) - from;
    const struct dialect *dialect = &b->file->dialect;
    char *text, *start, *end;
    struct survey seen;
    bool begins;

    if (own > left) own = (size_t)left;
    for (;; want = have + step, step *= 2) {
        if (want > left) want = (size_t)left;
        text = batch_room(buffer, want);
        if (!bytes_at(r->bytes, from + have, text + have, want - have, d)) return false;
        have = want;
        start = lead ? memchr(text, '\n', have) : text;
        start = start ? start + lead : text + have;
        begins = start < text + own;
        end = begins ? memchr(text + own - 1, '\n', have - own + 1) : start;
        if (end || have == left || have >= ROW_LIMIT) break;
    }
    b->in_order = !end && have < left;
    b->bytes = start;
    b->size = begins ? (size_t)((end ? end + 1 : text + have) - start) : 0;
    memset(text + have, 0, KERNEL_PAD);
    seen = split(buffer, b);
    b->offset = from + (uint64_t)(start - text);
    b->lines = seen.newlines;
    b->quotes = seen.quotes;
    b->in_order = b->in_order || (seen.quotes && !dialect->one_line);
    b->returns = seen.returns;
    if (r->options.count_rows && !b->in_order) b->rows = csv_rows(*dialect, b->bytes, b->size, b->lines);
    return true;
}

const struct format format_csv = {"csv", is_any, begin, next, claim, read_place, index_batch};
