/* sample.c: the first rows of a file, for whoever finds out what they mean */
#include "read/internal.h"

#include <stdlib.h>

void pass_over(struct reader *r, size_t size)
{
    r->line += csv_lines(held(r), size);
    r->offset += size;
    drop(r, size);
}

bool row_too_long(const struct reader *r, struct diag *d)
{
    return diag_fail(
        d, STATUS_DATA, "%s:%llu: %s", this_file(r)->name, (unsigned long long)r->line,
        r->ended ? "a quoted field that never ends: the rest of the file is in it; --quote none takes "
                   "quotes as text"
                 : "a row of more than 64 MiB: is there a quote that never ends?");
}

/* The row at `at`, whole. */
static bool whole_row(struct reader *r, struct dialect dialect, size_t at, struct row *row, size_t *taken,
                      enum row_kind *kind, struct diag *d)
{
    for (;;) {
        if (at < r->held_size) {
            bool ends;

            *kind = csv_row(dialect, held(r) + at, r->held_size - at, row, taken);
            ends = *kind != ROW_OPEN_QUOTE || dialect.one_line;
            if (ends && (r->ended || held(r)[at + *taken - 1] == '\n')) return true;
            if (r->ended) return row_too_long(r, d);
        }
        if (r->ended) return false;
        if (r->held_size - at >= ROW_LIMIT || at >= ROW_LIMIT) return row_too_long(r, d);
        if (!hold(r, 2 * r->held_size + SAMPLE_SIZE, d)) return false;
    }
}

/* The first row of a text at *at or behind it that is neither blank nor a comment: *at moves there, *taken is
   its size; reads on as far as it goes. False at the end of the file, or with d filled. row may be NULL. */
static bool find_row(struct reader *r, struct dialect dialect, size_t *at, struct row *row, size_t *taken,
                     struct diag *d)
{
    enum row_kind kind;

    for (; whole_row(r, dialect, *at, row, taken, &kind, d); *at += *taken)
        if (kind != ROW_BLANK && kind != ROW_COMMENT) return true;
    return false;
}

bool skip_lines(struct reader *r, struct diag *d)
{
    const struct dialect line = {.delimiter = '\n'}, lead = {.delimiter = ' ', .comment = r->options.comment};
    enum row_kind kind;
    size_t taken;

    for (uint64_t i = 0; i < r->options.skip && whole_row(r, line, 0, NULL, &taken, &kind, d); i++)
        pass_over(r, taken);
    while (!d->status && whole_row(r, lead, 0, NULL, &taken, &kind, d)) {
        if (kind != ROW_BLANK && kind != ROW_COMMENT) return true;
        r->blank += kind == ROW_BLANK;
        pass_over(r, taken);
    }
    return !d->status;
}

static void forget_rows(struct sample *s)
{
    for (size_t i = 0; i < s->rows; i++) row_free(&s->row[i]);
    free(s->row);
    free(s->end);
    s->row = NULL;
    s->end = NULL;
    s->rows = 0;
}

bool sample_rows(struct sample *s, struct dialect dialect, size_t from, size_t limit, struct diag *d)
{
    struct reader *r = s->reader;
    struct diag later = {0}; /* what is wrong behind the first row is said when that is read */
    size_t taken, at = from, room = 0, end_room = 0;

    forget_rows(s);
    /* reads on first, as that may move the bytes */
    if (find_row(r, dialect, &at, NULL, &taken, d)) {
        at += taken;
        find_row(r, dialect, &at, NULL, &taken, &later);
    }
    s->text = held(r);
    s->size = r->held_size;
    if (d->status) return false;
    for (at = from; s->rows < limit && at < s->size; at += taken) {
        struct row row = {0};
        enum row_kind kind = csv_row(dialect, s->text + at, s->size - at, &row, &taken);
        bool whole =
            (r->ended || s->text[at + taken - 1] == '\n') && (kind != ROW_OPEN_QUOTE || dialect.one_line);

        if (!whole || kind == ROW_BLANK || kind == ROW_COMMENT) {
            row_free(&row);
            if (!whole) break;
            continue;
        }
        s->row = mem_grow(s->row, &room, s->rows + 1, sizeof *s->row);
        s->end = mem_grow(s->end, &end_room, s->rows + 1, sizeof *s->end);
        s->row[s->rows] = row;
        s->end[s->rows++] = at + taken;
    }
    return true;
}

size_t sample_array_rows(const struct sample *s)
{
    const struct npy *n = s->file->array;
    uint64_t rows = s->size / n->width / n->columns;

    if (rows > n->rows) rows = n->rows;
    return n->fortran && n->columns > 1 && rows < n->rows ? 0 : (size_t)rows;
}

double sample_number(const struct sample *s, size_t row, size_t column)
{
    const struct npy *n = s->file->array;
    uint64_t place = n->fortran ? column * n->rows + row : row * n->columns + column;
    double x;

    npy_convert(n, s->text + place * n->width, 1, 1, &x);
    return x;
}

bool understand(struct reader *r, size_t *begin, struct diag *d)
{
    struct sample s = {
        .file = this_file(r), .text = held(r), .size = r->held_size, .line = r->line, .reader = r};
    bool ok = r->options.understand(r->options.context, &s, d);

    *begin = s.begin;
    forget_rows(&s);
    return ok;
}
