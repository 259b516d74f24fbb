/* shard.c: one of several parts of a file: the rows that begin between two borders

   Whether a newline at a border ends a row depends on the quotes before it. No row is longer than ROW_LIMIT;
   so where that many bytes before the border have no quote, it does. Else the file is read from its
   beginning, and the rows before the border are passed over. */
#include "read/internal.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide_size;

uint64_t shard_border(const struct reader *r, uint64_t first, uint64_t size, uint32_t shard)
{
    return first + (uint64_t)((wide_size)size * shard / r->options.shards);
}

bool shard_check(const struct reader *r, struct diag *d)
{
    if (r->file_count == 1 && bytes_seekable(r->bytes)) return true;
    return diag_fail(d, STATUS_USAGE, "--shard takes one plain file, of which any place can be read");
}

/* Is there a quote among the bytes before `end` that a row could have that holds it? */
static bool quote_before(struct reader *r, uint64_t end, bool *found, struct diag *d)
{
    enum { PIECE = 1 << 20 };
    uint64_t begin = end - r->first_place > ROW_LIMIT ? end - ROW_LIMIT : r->first_place;
    char *piece = mem_alloc(PIECE, 1);
    bool ok = true;

    for (*found = false; ok && !*found && end > begin;) {
        size_t n = end - begin < PIECE ? (size_t)(end - begin) : PIECE;

        end -= n;
        ok = bytes_at(r->bytes, end, piece, n, d);
        *found = ok && memchr(piece, this_file(r)->dialect.quote, n);
    }
    free(piece);
    return ok;
}

bool shard_begin(struct reader *r, struct diag *d)
{
    const struct dialect *dialect = &this_file(r)->dialect;
    uint64_t rest;
    bool quotes = false;

    if (!shard_check(r, d)) return false;
    rest = bytes_total(r->bytes) - r->offset;
    r->first_place = r->offset;
    r->from = shard_border(r, r->offset, rest, r->options.shard - 1);
    r->to = shard_border(r, r->offset, rest, r->options.shard);
    if (r->options.shard > 1) {
        struct string name = {0};

        string_printf(&name, "%s, shard %u/%u", this_file(r)->name, r->options.shard, r->options.shards);
        this_file(r)->name = r->shard_name = name.text;
        r->line = 1;
        r->row = 0;
        r->blank = 0;
    }
    if (dialect->quote && !dialect->one_line && !quote_before(r, r->from, &quotes, d)) return false;
    r->by_places = !quotes;
    if (r->by_places) r->offset = r->from;
    if (!r->slack) r->slack = 256;
    return true;
}

/* The offset of the first row of a batch that begins at `want` or behind it. */
static size_t row_from(const struct batch *b, uint64_t want)
{
    size_t at = 0, taken;

    while (at < b->size && at < want) {
        csv_row(b->file->dialect, b->bytes + at, b->size - at, NULL, &taken);
        at += taken;
    }
    return at;
}

bool shard_cut(struct reader *r, struct batch *b)
{
    size_t lead = r->from > b->offset ? row_from(b, r->from - b->offset) : 0,
           end = r->to < b->offset + b->size ? row_from(b, r->to - b->offset) : b->size;

    b->bytes += lead;
    b->offset += lead;
    b->size = end > lead ? end - lead : 0;
    b->lines = csv_lines(b->bytes, b->size);
    return b->size > 0;
}
