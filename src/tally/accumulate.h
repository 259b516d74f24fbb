/* accumulate.h: the inner loop of the tally: the powers of a row's place in its bin, added to the bin's
   record as integers */
#ifndef TALLY_ACCUMULATE_H
#define TALLY_ACCUMULATE_H

#include "tally/bins.h"

#include <stdbool.h>
#include <stddef.h>

/* The running sums of a bin since they were last drained, as raw bits of doubles: word k (1 … 7) has grown by
   the bits of t^k · 2^44 + 3 · 2^51, word 0 by those of t^8 · 2^16 + 3 · 2^51 + 2^32, for each row. The
   constant's bits are taken off again when the record is drained. slice: the rows in each slice of the
   bin. */
struct record {
    int64_t word[8];
    uint16_t slice[SLICES];
} __attribute__((aligned(64)));

enum { RECORD_FULL = 1 << 15 }; /* rows */
/* In word 0 of a dense record, where the rows have 15 bits below it: nobody looks at its rows one by one. The
   last row that it has room for takes the flag off. */
#define RECORD_SETTLED ((int64_t)1 << 47)

/* 2^44 and 2^16: the grids. Adding 3 · 2^51 leaves the integer part, rounded, in the low bits; word 0 counts
   rows beside it. */
#define GRID     0x1p44
#define GRID_8   0x1p16
#define MAGIC    0x1.8p52
#define MAGIC_0  (0x1.8p52 + 0x1p32)
#define ONE_BITS 0x3ff0000000000000

/* The place t in the bin from the low 45 bits of the tail: u in [1, 2), t = 2u − 3 in [−1, 1), both exact. */
static inline double tail_place(double tail)
{
    uint64_t bits;
    double u;

    memcpy(&bits, &tail, sizeof bits);
    bits = (bits & (((uint64_t)1 << BIN_SHIFT) - 1)) << (52 - BIN_SHIFT) | ONE_BITS;
    memcpy(&u, &bits, sizeof u);
    return 2 * u - 3;
}

/* The dense form: a record for each place of each part. touched[] has a byte for
   each octave of each part, which `look` sets. */
struct dense_records {
    struct record *bin;     /* [parts · BIN_COUNT]: part · BIN_COUNT + bin */
    unsigned char *touched; /* [parts · BIN_COUNT / 128] */
    struct record *cut;     /* [parts · cuts]: part · cuts + place − BIN_COUNT */
    const struct bin_cuts *cuts;
    /* Called for each row that was added to a record which then is not settled: a new one, or one that is
       full, with no rows in its 15 bits. */
    void (*look)(void *context, struct record *record, uint32_t part, double tail);
    void *context;
};

/* Adds n rows. */
typedef void accumulator_loop(const struct dense_records *s, const double *tail, const uint32_t *part,
                              size_t n);
accumulator_loop accumulate_rows;

/* `count` records, all zero; free them. */
struct record *records_make(size_t count);
/* Rows in it (and RECORD_FULL more where it is settled). */
static inline uint64_t record_rows(const struct record *r)
{
    return ((uint64_t)r->word[0] & 0xffffffffffffu) >> 32;
}
/* What a record of `rows` rows holds: Σ t^k on the grids 2^−44 (sum[1 … 7]) and 2^−16 (sum[8]), and the rows
 * in sum[0]. */
void record_read(const struct record *r, uint64_t rows, int64_t sum[9]);

/* Adds a row to a record of a sparse tally. True when it is full. */
bool record_add(struct record *r, double tail);

/* t^k, k = 0 … 8, of a tail's place in its bin, multiplied in the order of the inner loop: what is rounded
   and added. */
void tail_powers(double tail, double power[9]);

#endif
