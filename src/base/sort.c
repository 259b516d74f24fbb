/* sort.c: many things in the order of whole numbers */
#include "base/sort.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void insert_all(struct keyed *item, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct keyed x = item[i];
        size_t k = i;

        for (; k > 0 && item[k - 1].key > x.key; k--) item[k] = item[k - 1];
        item[k] = x;
    }
}

static bool is_sorted(const struct keyed *item, size_t n)
{
    size_t i = 1;

    while (i < n && item[i - 1].key <= item[i].key) i++;
    return i >= n;
}

/* Byte by byte from the lowest, each pass a stable distribution; bytes in which no two keys differ need
   none. */
void sort_keyed(struct keyed *item, size_t n)
{
    enum { FEW = 32, BYTES = 8 };
    size_t(*count)[256];
    struct keyed *from = item, *to;

    if (is_sorted(item, n)) return;
    if (n <= FEW) {
        insert_all(item, n);
        return;
    }
    count = mem_alloc(BYTES, sizeof *count);
    to = mem_alloc(n, sizeof *to);
    for (size_t i = 0; i < n; i++)
        for (int b = 0; b < BYTES; b++) count[b][item[i].key >> 8 * b & 255]++;
    for (int b = 0; b < BYTES; b++) {
        size_t at = 0;
        struct keyed *swap = from;

        if (count[b][from[0].key >> 8 * b & 255] == n) continue;
        for (int v = 0; v < 256; v++) {
            size_t own = count[b][v];

            count[b][v] = at;
            at += own;
        }
        for (size_t i = 0; i < n; i++) to[count[b][from[i].key >> 8 * b & 255]++] = from[i];
        from = to;
        to = swap;
    }
    if (from != item) {
        memcpy(item, from, n * sizeof *item);
        to = from;
    }
    free(to);
    free(count);
}
