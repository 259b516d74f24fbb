/* sort.h: many things in the order of whole numbers */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

struct keyed {
    uint64_t key;
    uint32_t index; /* of what has that key */
};

/* Ascending by key; equal keys stay in the order in which they stood. */
void sort_keyed(struct keyed *item, size_t n);

#endif
