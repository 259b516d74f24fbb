/* accumulate.h: the inner loop of the tally: the powers of a row's place in its bin, added to the bin's record as
 * integers */
#ifndef TALLY_ACCUMULATE_H
#define TALLY_ACCUMULATE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* One bin's running sums since it was last drained, as raw bits of doubles: word k (1 … 7) has grown by the
   bits of t^k · 2^44 + 3 · 2^51, word 0 by those of t^8 · 2^16 + 3 · 2^51 + 2^32, for each row. The
   constant's bits are taken off again when the record is drained. */
struct record {
    int64_t word[8];
} __attribute__((aligned(64)));

enum { SKETCH_BINS = 1 << 19, SKETCH_SHIFT = 45, SKETCH_FULL = 1 << 15 };

/* 2^44 and 2^16: the grids. Adding 3 · 2^51 leaves the integer part, rounded, in the low bits; word 0 counts
 * rows beside it. */
#define SKETCH_GRID    0x1p44
#define SKETCH_GRID_8  0x1p16
#define SKETCH_MAGIC   0x1.8p52
#define SKETCH_MAGIC_0 (0x1.8p52 + 0x1p32)
#define SKETCH_ONE     0x3ff0000000000000

/* The place t in the bin from the low 45 bits of the tail: u in [1, 2), t = 2u − 3 in [−1, 1), both exact. */
static inline double sketch_place(double tail)
{
    uint64_t bits;
    double u;

    memcpy(&bits, &tail, sizeof bits);
    bits = (bits & (((uint64_t)1 << SKETCH_SHIFT) - 1)) << (52 - SKETCH_SHIFT) | SKETCH_ONE;
    memcpy(&u, &bits, sizeof u);
    return 2 * u - 3;
}

/* A cut within a bin: rows of that bin with |s| above `above` (bits of a positive double) go to the record
 * extra[i]. */
struct sketch_cut {
    uint32_t bin;
    uint64_t above;
};

/* The dense form: a record for each bin of each part. touched[] has a byte for each octave of each part. */
struct sketch {
    struct record *dense;         /* [parts · SKETCH_BINS]: part · SKETCH_BINS + bin */
    unsigned char *touched;       /* [parts · SKETCH_BINS / 128] */
    struct record *extra;         /* [parts · cut_count]: part · cut_count + cut */
    const struct sketch_cut *cut; /* ascending by bin, then by above */
    size_t cut_count;
    /* Called when a record holds SKETCH_FULL rows: drains it and sets it to zero. */
    void (*drain)(void *context, struct record *record);
    void *context;
};

/* Adds n rows. */
void sketch_add(const struct sketch *s, const double *tail, const uint32_t *part, size_t n);

/* What a record holds: *count rows, and Σ t^k on the grids 2^−44 (sum[1 … 7]) and 2^−16 (sum[8]). */
void record_read(const struct record *r, uint64_t *count, int64_t sum[9]);

/* The same two for one row at a time: the record of a sparse tally. True when it is full. */
_Bool record_add(struct record *r, double tail);

/* t^k, k = 0 … 8, of a tail's place in its bin, multiplied in the order of the inner loop: what is rounded
 * and added. */
void sketch_powers(double tail, double power[9]);

#endif
