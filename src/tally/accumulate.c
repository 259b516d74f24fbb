/* accumulate.c: the inner loop's choice of instruction set, and reading its records */
#include "tally/accumulate.h"

#include "base/cpu.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define MAGIC_BITS 0x4338000000000000u

extern accumulator_loop accumulate_rows_base, accumulate_rows_avx2, accumulate_rows_avx512;

void accumulate_rows(const struct dense_records *s, const double *tail, const uint32_t *part, size_t n)
{
    ISA_BEST(accumulate_rows)(s, tail, part, n);
}

struct record *records_make(size_t count)
{
    struct record *r = aligned_alloc(sizeof *r, (count ? count : 1) * sizeof *r);

    if (!r) mem_exhausted();
    memset(r, 0, count * sizeof *r);
    return r;
}

void record_read(const struct record *r, uint64_t rows, int64_t sum[9])
{
    sum[0] = (int64_t)rows;
    for (int k = 1; k < 8; k++) sum[k] = (int64_t)((uint64_t)r->word[k] - rows * MAGIC_BITS);
    sum[8] = (int64_t)((uint64_t)r->word[0] & 0xffffffffu);
}

void tail_powers(double tail, double power[9])
{
    double t = tail_place(tail), t2 = t * t, t4 = t2 * t2;

    power[0] = 1;
    power[1] = t;
    power[2] = t2;
    power[3] = t * t2;
    for (int k = 4; k < 8; k++) power[k] = power[k - 4] * t4;
    power[8] = t4 * t4;
}

bool record_add(struct record *r, double tail)
{
    double power[9];

    tail_powers(tail, power);
    for (int k = 0; k < 8; k++) {
        double w = k ? power[k] * GRID + MAGIC : power[8] * GRID_8 + MAGIC_0;
        uint64_t bits;

        memcpy(&bits, &w, sizeof bits);
        r->word[k] = (int64_t)((uint64_t)r->word[k] + bits); /* wraps, by design */
    }
    r->slice[tail_slice(tail)]++;
    return (r->word[0] >> 47) & 1; /* RECORD_FULL rows */
}
