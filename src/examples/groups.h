/* groups.h: the keys of groups to numbers, by several workers at once */
#ifndef EXAMPLES_GROUPS_H
#define EXAMPLES_GROUPS_H

#include "base/string_table.h"
#include "examples/examples.h"

#include <pthread.h>

/* All groups. A group's number depends on which worker comes first; where it was seen first does not. */
struct groups {
    pthread_mutex_t lock;
    struct string_table keys;
    struct group *group; /* [keys.count], names empty until the end */
    size_t room;
};
void groups_open(struct groups *g);
/* Hands the groups over to f: names, counts, order. */
void groups_close(struct groups *g, struct facts *f);

/* What one worker knows of them, and its counts. */
struct group_lookup {
    struct groups *all;
    struct string_table keys;
    uint32_t *id;          /* [keys.count] */
    struct counts *counts; /* [keys.count] */
    uint64_t (*seen)[2];   /* [keys.count]: its first row, as far as it knows */
    size_t id_room, counts_room, seen_room;
};
/* The lookup's own place of a key, good for id and counts; a key that it has not met is put
   into all groups. seen: the file, and the place in it, of the row. */
size_t group_lookup_find(struct group_lookup *f, const char *text, size_t size, uint64_t file, uint64_t seen);
/* Adds its counts to the groups'. */
void group_lookup_close(struct group_lookup *f);

#endif
