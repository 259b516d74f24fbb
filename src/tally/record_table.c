/* record_table.c: records by key: an index of places, and the records in chunks that never move */
#include "tally/record_table.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static size_t place_of(const struct store *s, cell_key key)
{
    size_t i = (size_t)((key * 0x9e3779b97f4a7c15u) >> 20) & (s->places - 1);

    while (s->place[i].record && s->place[i].key != key) i = (i + 1) & (s->places - 1);
    return i;
}

static void widen(struct store *s)
{
    s->places = s->places ? 2 * s->places : 4096;
    free(s->place);
    s->place = mem_alloc(s->places, sizeof *s->place);
    for (size_t i = 0; i < s->count; i++)
        s->place[place_of(s, s->key[i])] = (struct store_place){s->key[i], (uint32_t)(i + 1)};
}

struct record *store_record(const struct store *s, size_t i)
{
    return &s->chunk[i / STORE_CHUNK][i % STORE_CHUNK];
}

static struct record *make(struct store *s, cell_key key)
{
    size_t i = s->count++, chunk = i / STORE_CHUNK;

    s->key = mem_grow(s->key, &s->key_room, s->count, sizeof *s->key);
    s->key[i] = key;
    if (i % STORE_CHUNK == 0) {
        s->chunk = mem_grow(s->chunk, &s->chunk_room, chunk + 1, sizeof *s->chunk);
        s->chunk[chunk] = aligned_alloc(sizeof(struct record), STORE_CHUNK * sizeof(struct record));
        if (!s->chunk[chunk]) mem_exhausted();
        memset(s->chunk[chunk], 0, STORE_CHUNK * sizeof(struct record));
    }
    return store_record(s, i);
}

struct record *store_at(struct store *s, cell_key key)
{
    size_t i;

    if (2 * (s->count + 1) > s->places) widen(s);
    i = place_of(s, key);
    if (!s->place[i].record) {
        struct record *made = make(s, key);

        s->place[i] = (struct store_place){key, (uint32_t)s->count};
        return made;
    }
    return store_record(s, s->place[i].record - 1);
}

void store_free(struct store *s)
{
    for (size_t i = 0; i < s->count; i += STORE_CHUNK) free(s->chunk[i / STORE_CHUNK]);
    free(s->chunk);
    free(s->key);
    free(s->place);
    memset(s, 0, sizeof *s);
}
