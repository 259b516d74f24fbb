/* kept_rows.h: the rows that a tally keeps as they are beside their sums: those of small parts, and of bins
   with few rows. Shares of the hardest are exact where the rows are known, and no rule of nine moments can
   tell six places from five. */
#ifndef TALLY_KEPT_ROWS_H
#define TALLY_KEPT_ROWS_H

#include "tally/moment_table.h"

/* All rows of a part of at most KEPT_PART rows are kept; else those of each bin of at most KEPT_BIN, and with
   weights the KEPT_HEAVY heaviest of each bin (of the same weight, the hardest first). So what is kept
   depends on the rows alone, not on their order, nor on where the cuts are, and what a sum of tallies keeps
   is among what they keep. Rows of weight 0 are none. */
enum { KEPT_PART = 4096, KEPT_BIN = 8, KEPT_HEAVY = 16 };

struct kept_row {
    uint64_t part; /* as in a cell's key */
    double tail, weight;
};

/* Zero-initialise. By part, then hardest first, then lightest first, once they are settled. */
struct kept_rows {
    bool weighted;
    struct kept_row *row;
    size_t count, room;
    size_t thin_at; /* when there are this many rows, those that are not wanted any more are taken out */
    /* Whether a row's bin is known to hold more rows than are kept of a bin; asked for rows of large parts
       only. NULL: the owner does not know, and rows are counted by sorting them. */
    bool (*stale)(const void *context, const struct kept_row *row);
    const void *context;
    uint16_t **seen; /* seen[part / 4096][part % 4096]: rows of the part, up to KEPT_PART + 1 */
    size_t seen_room;
    struct hash_index floor; /* of a bin with enough rows, in a large part: the last of its heaviest */
    struct kept_row *floor_row;
    size_t floor_room;
};

/* A whole number for each tail, rising from the hardest to the easiest. */
uint64_t tail_order(double tail);
/* Counts rows of a part; whether those so far are at most KEPT_PART. */
bool kept_rows_count(struct kept_rows *k, uint64_t part, uint64_t rows);
/* Counts a row, and adds it if it may be among those to keep. few: the caller has seen fewer than KEPT_BIN
   rows of its bin so far. False: no further rows of that bin will be wanted (without weights). */
bool kept_rows_offer(struct kept_rows *k, uint64_t part, double tail, double weight, bool few);
/* Adds rows that another tally kept. */
void kept_rows_add(struct kept_rows *k, uint64_t part, double tail, double weight);
/* Moves the rows that one worker kept to those of another, without the stale ones; leaves `from` empty. */
void kept_rows_move(struct kept_rows *from, struct kept_rows *to);
/* Drops the rows that need not be kept, given the cells that count all rows (in order, by these cuts), and
   sorts the rest. False: some that must be kept are missing. */
bool kept_rows_settle(struct kept_rows *k, const struct bin_cuts *cuts, const struct moments *cell,
                      size_t count);
/* Whether that has been done already. */
bool kept_rows_are_settled(const struct kept_rows *k, const struct bin_cuts *cuts, const struct moments *cell,
                           size_t count);
/* How many rows from `first` on, of settled ones, are of the part and place of a key: those of the cells in
   order follow each other. */
size_t kept_rows_at(const struct kept_rows *k, size_t first, const struct bin_cuts *cuts, cell_key key);
void kept_rows_free(struct kept_rows *k);

#endif
