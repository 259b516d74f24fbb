/* record_table.h: records by key: an index, and the records in chunks that never move */
#ifndef TALLY_RECORD_TABLE_H
#define TALLY_RECORD_TABLE_H

#include "base/hash.h"
#include "tally/accumulate.h"
#include "tally/bins.h"

enum { RECORD_CHUNK = 1024 };

/* Zero-initialise. */
struct record_table {
    struct hash_index index;
    cell_key *key; /* [count] */
    struct record **chunk;
    size_t count, key_room, chunk_room;
};

/* The record of that key, made (all zero) if there is none. */
struct record *record_table_at(struct record_table *t, cell_key key);
struct record *record_table_get(const struct record_table *t, size_t i);
void record_table_free(struct record_table *t);

#endif
