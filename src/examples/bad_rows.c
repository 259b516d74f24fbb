/* bad_rows.c: the first bad rows, in the order of the input */
#include "examples/bad_rows.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void bad_rows_open(struct bad_rows *b, unsigned limit)
{
    *b = (struct bad_rows){.limit = limit};
    pthread_mutex_init(&b->lock, NULL);
    atomic_init(&b->last_batch, UINT64_MAX);
}

void bad_rows_close(struct bad_rows *b)
{
    for (unsigned i = 0; i < b->count; i++) free(b->kept[i].text);
    pthread_mutex_destroy(&b->lock);
}

bool bad_rows_wanted(const struct bad_rows *b, uint64_t batch)
{
    return batch <= atomic_load_explicit(&b->last_batch, memory_order_relaxed);
}

bool bad_rows_full(const struct bad_rows *b)
{
    return atomic_load_explicit(&b->last_batch, memory_order_relaxed) != UINT64_MAX;
}

static bool before(const struct bad_row *a, const struct bad_row *b)
{
    return a->batch != b->batch ? a->batch < b->batch : a->place < b->place;
}

void bad_rows_add(struct bad_rows *b, uint64_t batch, size_t place, const char *text)
{
    struct bad_row fresh = {batch, place, NULL};
    unsigned i;

    pthread_mutex_lock(&b->lock);
    for (i = b->count; i > 0 && before(&fresh, &b->kept[i - 1]);) i--;
    if (i < b->limit) {
        if (b->count == b->limit) free(b->kept[--b->count].text);
        memmove(&b->kept[i + 1], &b->kept[i], (b->count - i) * sizeof fresh);
        fresh.text = mem_copy(text, strlen(text));
        b->kept[i] = fresh;
        b->count++;
        if (b->count == b->limit) atomic_store(&b->last_batch, b->kept[b->count - 1].batch);
    }
    pthread_mutex_unlock(&b->lock);
}
