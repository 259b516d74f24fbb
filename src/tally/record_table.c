/* record_table.c: records by key */
#include "tally/record_table.h"

#include "base/memory.h"

#include <stdlib.h>

struct record *record_table_get(const struct record_table *t, size_t i)
{
    return &t->chunk[i / RECORD_CHUNK][i % RECORD_CHUNK];
}

static struct record *make(struct record_table *t, cell_key key)
{
    size_t i = t->count++, chunk = i / RECORD_CHUNK;

    t->key = mem_grow(t->key, &t->key_room, t->count, sizeof *t->key);
    t->key[i] = key;
    if (i % RECORD_CHUNK == 0) {
        t->chunk = mem_grow(t->chunk, &t->chunk_room, chunk + 1, sizeof *t->chunk);
        t->chunk[chunk] = records_make(RECORD_CHUNK);
    }
    return record_table_get(t, i);
}

struct record *record_table_at(struct record_table *t, cell_key key)
{
    struct hash_slot *s = hash_at(&t->index, key);

    if (s->item) return record_table_get(t, s->item - 1);
    s->item = (uint32_t)(t->count + 1);
    return make(t, key);
}

void record_table_free(struct record_table *t)
{
    for (size_t i = 0; i < t->count; i += RECORD_CHUNK) free(t->chunk[i / RECORD_CHUNK]);
    free(t->chunk);
    free(t->key);
    hash_free(&t->index);
    *t = (struct record_table){0};
}
