/* sketch_row.h: the arithmetic of one row, for every build of the inner loop: the same operations in the same order */
#ifndef TALLY_SKETCH_ROW_H
#define TALLY_SKETCH_ROW_H

#include "tally/sketch.h"

#include <string.h>

typedef double lanes __attribute__((vector_size(64)));
typedef int64_t words __attribute__((vector_size(64)));
typedef uint64_t wrapping __attribute__((vector_size(64)));

#define ONE 0x3ff0000000000000
#define GRID 17592186044416.0 /* 2^44 */
#define MAGIC 6755399441055744.0 /* 3 · 2^51: adding it leaves the integer part, rounded, in the low bits */

/* The place t in the bin from the low 45 bits of the tail: u in [1, 2), t = 2u − 3 in [−1, 1), both exact. */
static inline double row_place(uint64_t bits)
{
    uint64_t u_bits = (bits & (((uint64_t)1 << SKETCH_SHIFT) - 1)) << 7 | ONE;
    double u;

    memcpy(&u, &u_bits, sizeof u);
    return 2 * u - 3;
}

/* Lanes t^8, t, t^2, …, t^7, each a product of three factors in a fixed order. */
static inline lanes row_powers(double t)
{
    const words odd = {0, -1, 0, -1, 0, -1, 0, -1}, two = {0, 0, -1, -1, 0, 0, -1, -1};
    const words four = {-1, 0, 0, 0, -1, -1, -1, -1}, first = {-1, 0, 0, 0, 0, 0, 0, 0};
    const words one = {ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE};
    double t2 = t * t, t4 = t2 * t2;
    lanes vt = {t, t, t, t, t, t, t, t}, v2 = {t2, t2, t2, t2, t2, t2, t2, t2};
    lanes v4 = {t4, t4, t4, t4, t4, t4, t4, t4};
    lanes a = (lanes)(((words)vt & odd) | ((words)v4 & first) | (one & ~(odd | first)));
    lanes b = (lanes)(((words)v2 & two) | (one & ~two));
    lanes c = (lanes)(((words)v4 & four) | (one & ~four));

    return a * b * c;
}

/* What the row adds to its record. */
static inline words row_words(uint64_t bits)
{
    const lanes scale = {65536.0, GRID, GRID, GRID, GRID, GRID, GRID, GRID};
    const lanes magic = {MAGIC + 4294967296.0, MAGIC, MAGIC, MAGIC, MAGIC, MAGIC, MAGIC, MAGIC};

    return (words)(row_powers(row_place(bits)) * scale + magic);
}

static inline _Bool row_add(struct record *r, uint64_t bits)
{
    words w;

    memcpy(&w, r, sizeof w);
    w = (words)((wrapping)w + (wrapping)row_words(bits)); /* wraps, by design */
    memcpy(r, &w, sizeof w);
    return (w[0] >> 47) & 1; /* SKETCH_FULL rows */
}

#endif
