/* sketch.inc.h: the inner loop of the tally, compiled once for each instruction set (SKETCH_NAME) */
#include "tally/sketch_row.h"

static struct record *cut_record(const struct sketch *s, uint32_t bin, uint64_t magnitude, uint32_t part,
                                 struct record *r)
{
    for (size_t i = 0; i < s->cut_count; i++)
        if (s->cut[i].bin == bin && magnitude > s->cut[i].above) r = &s->extra[part * s->cut_count + i];
    return r;
}

void SKETCH_NAME(const struct sketch *s, const double *tail, const uint32_t *part, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t bits;
        uint32_t bin;
        size_t index;
        struct record *r;

        memcpy(&bits, &tail[i], sizeof bits);
        bin = (uint32_t)(bits >> SKETCH_SHIFT);
        index = (size_t)part[i] * SKETCH_BINS + bin;
        r = &s->dense[index];
        s->touched[index >> 7] = 1;
        if (__builtin_expect(s->cut_count != 0, 0)) r = cut_record(s, bin, bits & INT64_MAX, part[i], r);
        if (__builtin_expect(row_add(r, bits), 0)) s->drain(s->context, r);
    }
}
