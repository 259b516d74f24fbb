/* held.c: bytes of a file that are read and not handed out yet, and batches' room and numbers */
#include "read/internal.h"

#include <stdlib.h>
#include <string.h>

bool hold(struct reader *r, size_t size, struct diag *d)
{
    enum { STEP = 16 << 20 };

    while (!r->ended && r->held_size < size) {
        size_t step = r->held_size < STEP ? STEP : r->held_size, want = size;
        ptrdiff_t n;

        if (want - r->held_size > step) want = r->held_size + step;
        if (r->held_from) memmove(r->held, held(r), r->held_size);
        r->held_from = 0;
        r->held = mem_grow(r->held, &r->held_room, want, 1);
        n = bytes_read(r->bytes, r->held + r->held_size, want - r->held_size, d);
        if (n < 0) return false;
        r->held_size += (size_t)n;
        r->ended = r->held_size < want;
    }
    return true;
}

void drop(struct reader *r, size_t size)
{
    r->held_from += size;
    r->held_size -= size;
}

ptrdiff_t fetch(struct reader *r, char *text, size_t want, struct diag *d)
{
    size_t have = r->held_size < want ? r->held_size : want;
    ptrdiff_t n;

    if (have) memcpy(text, held(r), have);
    drop(r, have);
    if (have == want || r->ended) return (ptrdiff_t)have;
    n = bytes_read(r->bytes, text + have, want - have, d);
    if (n < 0) return -1;
    r->ended = have + (size_t)n < want;
    return (ptrdiff_t)have + n;
}

void hold_back(struct reader *r, const char *text, size_t size)
{
    if (r->held_size) { /* the bytes came from what is held, and are still there */
        r->held_from -= size;
    } else {
        r->held = mem_grow(r->held, &r->held_room, size, 1);
        if (size) memcpy(r->held, text, size);
        r->held_from = 0;
    }
    r->held_size += size;
}

void number_batch(struct reader *r, struct batch *b)
{
    b->number = r->number++;
    b->line = r->line;
    r->line += b->lines;
    b->row = r->row;
    r->row += b->rows;
}

char *batch_room(struct batch_buffer *b, size_t size)
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
