/* string_table.h: texts to numbers 0, 1, 2, ... in the order of their first being put in */
#ifndef BASE_STRING_TABLE_H
#define BASE_STRING_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct key {
    char *text; /* NUL-terminated besides */
    size_t size;
};

/* Zero-initialise. */
struct string_table {
    struct key *key;
    size_t count, room;
    uint32_t *slot; /* 1 + number of the key, 0: free */
    size_t slots;   /* a power of two, 0 before the first */
};

enum { STRING_TABLE_NONE = -1 };
/* The number of a text, STRING_TABLE_NONE where it is not in. */
ptrdiff_t string_table_find(const struct string_table *m, const char *text, size_t size);
/* The same, put in where it was not; *fresh tells. */
size_t string_table_put(struct string_table *m, const char *text, size_t size, bool *fresh);
void string_table_free(struct string_table *m);

#endif
