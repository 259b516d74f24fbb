/* moment_table.h: exact sums by bin, in a hash table */
#ifndef TALLY_MOMENT_TABLE_H
#define TALLY_MOMENT_TABLE_H

#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128 wide;

/* The key of a sum: which part of which group, bin, cut, and (with weights) which scale of weights. */
typedef uint64_t cell_key;
enum { KEY_LEVEL_BITS = 8, KEY_CUT_BITS = 9, KEY_BIN_BITS = 19, KEY_PART_BITS = 28 };
static inline cell_key key_of(uint64_t part, uint64_t bin, uint64_t cut, uint64_t level)
{
    return ((part << KEY_BIN_BITS | bin) << KEY_CUT_BITS | cut) << KEY_LEVEL_BITS | level;
}

/* Exact integer sums of one key. Unweighted: sum[0] the rows, sum[1 … 7] Σ t^k · 2^44, sum[8] Σ t^8 · 2^16,
   square unused. Weighted: Σ w t^k and Σ w² t^k on the grids of the weights' level. */
struct wide_cell {
    cell_key key;
    uint64_t count;
    wide sum[9];
};

struct cellmap {
    struct wide_cell *cell; /* in the order of their making */
    size_t count, room;
    uint32_t *slot; /* 1 + index, 0: free */
    size_t slots;   /* a power of two, 0 before the first */
};

/* The cell of that key, made (all zero) if there is none. Valid until the next call. */
struct wide_cell *cellmap_at(struct cellmap *m, cell_key key);
void cellmap_free(struct cellmap *m);

#endif
