/* record_table.h: records by key: an index of places, and the records in chunks that never move */
#ifndef TALLY_RECORD_TABLE_H
#define TALLY_RECORD_TABLE_H

#include "tally/moment_table.h"
#include "tally/accumulate.h"

enum { STORE_CHUNK = 1024 };

struct store {
    struct store_place {
        cell_key key;
        uint32_t record; /* 1 + its number, 0: free */
    } * place;
    size_t places; /* a power of two, 0 before the first */
    cell_key *key; /* [count] */
    struct record **chunk;
    size_t count, key_room, chunk_room;
};

/* The record of that key, made (all zero) if there is none. */
struct record *store_at(struct store *s, cell_key key);
/* Brings the place of a key into the cache. */
static inline void store_expect(const struct store *s, cell_key key)
{
    if (s->places)
        __builtin_prefetch(&s->place[(size_t)((key * 0x9e3779b97f4a7c15u) >> 20) & (s->places - 1)]);
}
struct record *store_record(const struct store *s, size_t i);
void store_free(struct store *s);

#endif
