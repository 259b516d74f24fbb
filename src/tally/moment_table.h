/* moment_table.h: exact sums by key */
#ifndef TALLY_MOMENT_TABLE_H
#define TALLY_MOMENT_TABLE_H

#include "base/hash.h"
#include "tally/bins.h"

#include <stdbool.h>
#include <stddef.h>

__extension__ typedef __int128 wide_int;
__extension__ typedef unsigned __int128 unsigned_wide;

enum { TALLY_MOMENTS = 9 };

/* The exact sums of the rows of one cell. Without weights: sum[0] the rows, sum[1 … 7] Σ t^k · 2^44,
   sum[8] Σ t^8 · 2^16, each row's product rounded to the nearest. With weights w = 2^(16 level) · u: Σ u
   t^k · 2^52. */
struct moments {
    cell_key key;
    uint64_t count; /* rows */
    wide_int sum[TALLY_MOMENTS];
    union slice_sums {
        uint32_t rows[SLICES];          /* in each slice of the bin; UINT32_MAX: that many or more */
        uint64_t weight[WEIGHT_SLICES]; /* with weights: Σ u · 2^16, likewise */
    } slice;
};
/* With weights only: Σ u² t^k · 2^52. */
struct square_moments {
    wide_int sum[TALLY_MOMENTS];
};

/* Zero-initialise; weighted: squares are kept, too. */
struct moment_table {
    bool weighted;
    bool sorted;          /* the cells, and the rows that are kept beside them, are in their final order */
    struct moments *cell; /* in the order of their making */
    struct square_moments *square;
    size_t count, room, square_room;
    struct hash_index index;
};

/* Makes room for `count` cells in all. */
void moment_table_reserve(struct moment_table *m, size_t count);
/* The number of the cell of that key, made (all zero) if there is none. */
size_t moment_table_at(struct moment_table *m, cell_key key);
/* Adds to sums of rows, or of weights. */
static inline void slice_rows_add(union slice_sums *to, const union slice_sums *from)
{
    for (int k = 0; k < SLICES; k++)
        to->rows[k] = to->rows[k] > UINT32_MAX - from->rows[k] ? UINT32_MAX : to->rows[k] + from->rows[k];
}
static inline void slice_weights_add(union slice_sums *to, const union slice_sums *from)
{
    for (int k = 0; k < WEIGHT_SLICES; k++)
        to->weight[k] =
            to->weight[k] > UINT64_MAX - from->weight[k] ? UINT64_MAX : to->weight[k] + from->weight[k];
}
/* Adds the sums of a cell (square: NULL without weights) under a key of its own. Returns the sum's cell,
   until the next is made; NULL: a sum grows beyond its integer. */
const struct moments *moment_table_add(struct moment_table *m, cell_key key, const struct moments *cell,
                                       const struct square_moments *square);
void moment_table_free(struct moment_table *m);

#endif
