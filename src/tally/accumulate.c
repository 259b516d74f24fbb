/* accumulate.c: the inner loop's choice of instruction set, and reading its records */
#include "tally/accumulate.h"

#include "base/cpu.h"

#define MAGIC_BITS 0x4338000000000000u

#define SKETCH_NAME sketch_add_portable
static void sketch_add_portable(const struct sketch *s, const double *tail, const uint32_t *part, size_t n);
#include "tally/accumulate.inc.h"

#if ISA_X86
void sketch_add_avx2(const struct sketch *s, const double *tail, const uint32_t *part, size_t n);
void sketch_add_avx512(const struct sketch *s, const double *tail, const uint32_t *part, size_t n);
#endif

void sketch_add(const struct sketch *s, const double *tail, const uint32_t *part, size_t n)
{
#if ISA_X86
    switch (isa_best()) {
    case ISA_AVX512: sketch_add_avx512(s, tail, part, n); return;
    case ISA_AVX2: sketch_add_avx2(s, tail, part, n); return;
    default: break;
    }
#endif
    sketch_add_portable(s, tail, part, n);
}

void record_read(const struct record *r, uint64_t *count, int64_t sum[9])
{
    uint64_t first = (uint64_t)r->word[0], n = (first & 0xffffffffffffu) >> 32;

    *count = n;
    sum[0] = (int64_t)n;
    for (int k = 1; k < 8; k++) sum[k] = (int64_t)((uint64_t)r->word[k] - n * MAGIC_BITS);
    sum[8] = (int64_t)(first & 0xffffffffu);
}

void sketch_powers(double tail, double power[9])
{
    double t = sketch_place(tail), t2 = t * t, t4 = t2 * t2;

    power[0] = 1;
    power[1] = t;
    power[2] = t2;
    power[3] = t * t2;
    for (int k = 4; k < 8; k++) power[k] = power[k - 4] * t4;
    power[8] = t4 * t4;
}

_Bool record_add(struct record *r, double tail)
{
    double power[9];

    sketch_powers(tail, power);
    for (int k = 0; k < 8; k++) {
        double w = k ? power[k] * SKETCH_GRID + SKETCH_MAGIC : power[8] * SKETCH_GRID_8 + SKETCH_MAGIC_0;
        uint64_t bits;

        memcpy(&bits, &w, sizeof bits);
        r->word[k] = (int64_t)((uint64_t)r->word[k] + bits); /* wraps, by design */
    }
    return (r->word[0] >> 47) & 1; /* SKETCH_FULL rows */
}
