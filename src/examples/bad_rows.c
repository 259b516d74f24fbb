/* bad_rows.c: the first bad rows, in the order of the input */
#include "examples/bad_rows.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void bad_rows_open(struct bad_rows *c, unsigned limit)
{
    *c = (struct bad_rows){.limit = limit};
    pthread_mutex_init(&c->lock, NULL);
    atomic_init(&c->last_block, UINT64_MAX);
}

void bad_rows_close(struct bad_rows *c)
{
    for (unsigned i = 0; i < c->count; i++) free(c->kept[i].text);
    pthread_mutex_destroy(&c->lock);
}

bool bad_rows_wanted(const struct bad_rows *c, uint64_t block)
{
    return block <= atomic_load_explicit(&c->last_block, memory_order_relaxed);
}

bool bad_rows_full(const struct bad_rows *c)
{
    return atomic_load_explicit(&c->last_block, memory_order_relaxed) != UINT64_MAX;
}

static bool before(const struct bad_row *a, const struct bad_row *b)
{
    return a->block != b->block ? a->block < b->block : a->offset < b->offset;
}

void bad_rows_add(struct bad_rows *c, uint64_t block, size_t offset, const char *text)
{
    struct bad_row fresh = {block, offset, NULL};
    unsigned i;

    pthread_mutex_lock(&c->lock);
    for (i = c->count; i > 0 && before(&fresh, &c->kept[i - 1]);) i--;
    if (i < c->limit) {
        if (c->count == c->limit) free(c->kept[--c->count].text);
        memmove(&c->kept[i + 1], &c->kept[i], (c->count - i) * sizeof fresh);
        fresh.text = mem_copy(text, strlen(text));
        c->kept[i] = fresh;
        c->count++;
        if (c->count == c->limit) atomic_store(&c->last_block, c->kept[c->count - 1].block);
    }
    pthread_mutex_unlock(&c->lock);
}
