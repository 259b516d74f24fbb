/* npy_blocks.c: an array as batches of rows, and the format .npy */
#include "read/internal.h"

#include <string.h>

static bool is_kept_by_columns(const struct npy *n)
{
    return n->fortran && n->columns > 1;
}

static bool too_short(const struct reader *r, uint64_t rows, uint64_t of, struct diag *d)
{
    return diag_fail(d, STATUS_DATA, "%s: it is cut off: %llu rows of %llu are there", this_file(r)->name,
                     (unsigned long long)rows, (unsigned long long)of);
}

/* The header's promises against what is there, before anything is made for them. */
static bool is_there(struct reader *r, const struct npy *n, struct diag *d)
{
    size_t row = (size_t)n->columns * n->width;

    if (!r->options.text_arrays && (n->kind == NPY_UTF32 || n->kind == NPY_BYTES))
        return diag_fail(d, STATUS_DATA, "%s: an array of text: scores are numbers", this_file(r)->name);
    if (row > ROW_LIMIT)
        return diag_fail(d, STATUS_DATA, "%s: an array of %llu columns: rows of more than 64 MiB",
                         this_file(r)->name, (unsigned long long)n->columns);
    if (bytes_seekable(r->bytes)) {
        uint64_t there = (bytes_total(r->bytes) - n->offset) / row;

        return there >= n->rows || too_short(r, there, n->rows, d);
    }
    /* column after column, and more than one: a stream has to be held as a whole */
    if (!hold(r, is_kept_by_columns(n) ? (size_t)n->rows * row : row, d)) return false;
    if (r->held_size < row) return too_short(r, 0, n->rows, d);
    return !is_kept_by_columns(n) || r->held_size >= (size_t)n->rows * row ||
           diag_fail(d, STATUS_DATA, "%s: it is cut off", this_file(r)->name);
}

static bool array_begin(struct reader *r, const struct npy *n, struct diag *d)
{
    size_t header;

    drop(r, n->offset);
    if (!is_there(r, n, d)) return false;
    this_file(r)->array = mem_alloc(1, sizeof *n);
    *this_file(r)->array = *n;
    r->to = n->rows;
    if (r->options.shards) {
        if (!shard_check(r, d)) return false;
        r->from = shard_border(r, 0, n->rows, r->options.shard - 1);
        r->to = shard_border(r, 0, n->rows, r->options.shard);
        r->row = r->from;
        r->line = r->from + 1;
    }
    r->rows_left = r->to - r->from;
    r->by_places = bytes_seekable(r->bytes);
    return understand(r, &header, d);
}

/* `rows` rows from row `from` on of an array that is kept column after column, and held as a whole. */
static void gather_columns(const struct reader *r, const struct npy *n, uint64_t from, size_t rows, char *to)
{
    size_t size = rows * n->width;

    for (uint64_t k = 0; k < n->columns; k++, to += size)
        memcpy(to, held(r) + (k * n->rows + from) * n->width, size);
}

/* The rows of the next batch, without their bytes. False: none are left. */
static bool array_claim(struct reader *r, struct batch *b)
{
    const struct npy *n = this_file(r)->array;
    size_t row = (size_t)n->columns * n->width;
    uint64_t rows = r->options.block / row + 1;

    if (rows > r->rows_left) rows = r->rows_left;
    *b = (struct batch){
        .file = this_file(r), .offset = r->to - r->rows_left, .rows = rows, .size = (size_t)rows * row};
    b->lines = rows;
    r->rows_left -= rows;
    return rows > 0;
}

/* The next rows of an array that comes as a stream. */
static bool array_next(struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d)
{
    const struct npy *n = this_file(r)->array;

    if (!array_claim(r, b)) return false;
    b->bytes = batch_room(buffer, b->size);
    if (is_kept_by_columns(n)) {
        gather_columns(r, n, b->offset, (size_t)b->rows, b->bytes);
    } else {
        ptrdiff_t have = fetch(r, b->bytes, b->size, d);

        if (have < 0) return false;
        if ((size_t)have < b->size)
            return too_short(r, b->offset + (size_t)have / n->columns / n->width, n->rows, d);
    }
    number_batch(r, b);
    return true;
}

static bool array_read(const struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d)
{
    const struct npy *n = b->file->array;
    char *to = b->bytes = batch_room(buffer, b->size);
    size_t size = (size_t)b->rows * n->width;

    if (!is_kept_by_columns(n))
        return bytes_at(r->bytes, n->offset + b->offset * n->columns * n->width, to, b->size, d);
    for (uint64_t k = 0; k < n->columns; k++, to += size)
        if (!bytes_at(r->bytes, n->offset + (k * n->rows + b->offset) * n->width, to, size, d)) return false;
    return true;
}

static bool begin(struct reader *r, struct diag *d)
{
    const char *name = this_file(r)->name;
    struct diag wrong = {0};
    struct npy n;
    size_t need;

    while (!npy_header(held(r), r->held_size, &n, &need, &wrong)) {
        if (wrong.status) return diag_fail(d, STATUS_DATA, "%s: %s", name, wrong.text);
        if (r->ended) return diag_fail(d, STATUS_DATA, "%s: it is cut off", name);
        if (!hold(r, need, d)) return false;
    }
    return array_begin(r, &n, d);
}

const struct format format_npy = {"npy", npy_is, begin, array_next, array_claim, array_read, NULL};
