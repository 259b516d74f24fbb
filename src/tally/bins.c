/* bins.c: the bins of tails, and the cuts that part them */
#include "tally/bins.h"

#include "base/memory.h"
#include "loss/tail.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum {
    HALF = BIN_COUNT / 2,
    ONE = 1023 << BIN_MANTISSA,
    SURE = 1 << BIN_MANTISSA
}; /* bins from ONE on in each half: far tails, |s| ≥ 1 */

static double of_bits(uint64_t bits)
{
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

enum bin_kind bin_of(uint32_t bin, double *centre, double *slope)
{
    uint64_t magnitude = bin & (HALF - 1);
    double a = of_bits(magnitude << BIN_SHIFT), b = of_bits((magnitude + 1) << BIN_SHIFT), half;

    if (isinf(b) && !isinf(a)) b = a, a = of_bits((magnitude - 1) << BIN_SHIFT); /* as wide as the last bin */
    half = 0.5 * b - 0.5 * a;
    a = of_bits(magnitude << BIN_SHIFT);
    *centre = a + half;
    *slope = half / *centre;
    if (bin < HALF) return magnitude < SURE ? BIN_SURE : a >= 1 ? BIN_FAR_EASY : BIN_EASY;
    if (isinf(a)) return BIN_NEVER;
    return a >= 1 ? BIN_FAR_HARD : BIN_HARD;
}

double bin_tail(uint32_t bin, double t)
{
    double centre, slope;

    switch (bin_of(bin, &centre, &slope)) {
    case BIN_SURE: return 0;
    case BIN_NEVER: return -INFINITY;
    case BIN_EASY:
    case BIN_FAR_EASY: return centre * (1 + slope * t);
    default: return -centre * (1 + slope * t);
    }
}

double cut_of_threshold(double threshold)
{
    if (threshold < DBL_MIN) return tail_of_pt(threshold); /* among the far tails, by the logarithm */
    /* easy half: easy ⇔ 1 − p_t ≤ 1 − threshold, exact; hard half: easy ⇔ p_t ≥ threshold ⇔ p_t > the double
       before it */
    return threshold >= 0.5 ? 1 - threshold : -nextafter(threshold, 0);
}

double cut_of_tail(double tail)
{
    return signbit(tail) ? -nextafter(-tail, 0) : tail;
}

static int by_place(const void *a, const void *b)
{
    const struct bin_cut *x = a, *y = b;

    if (x->bin != y->bin) return x->bin < y->bin ? -1 : 1;
    return x->above < y->above ? -1 : x->above > y->above;
}

/* Sorts the cuts, and leaves those out that stand twice. */
static void put_in_order(struct bin_cuts *c)
{
    size_t n = 0;

    if (!c->count) return;
    qsort(c->cut, c->count, sizeof *c->cut, by_place);
    for (size_t i = 0; i < c->count; i++)
        if (!n || by_place(&c->cut[n - 1], &c->cut[i]) != 0) c->cut[n++] = c->cut[i];
    c->count = n;
    c->hard = bin_cuts_below(c, HALF);
    c->far = bin_cuts_below(c, HALF + ONE);
}

bool bin_cuts_make(const struct cuts *cuts, struct bin_cuts *out, struct diag *d)
{
    *out = (struct bin_cuts){.cut = mem_alloc(cuts->count, sizeof *out->cut)};
    for (size_t i = 0; i < cuts->count; i++) {
        uint64_t bits;

        if (tail_compare(cuts->at[i], 0.5) == 0) continue;
        memcpy(&bits, &cuts->at[i], sizeof bits);
        out->cut[out->count++] = (struct bin_cut){(uint32_t)(bits >> BIN_SHIFT), bits & INT64_MAX};
    }
    put_in_order(out);
    if (out->count <= CUTS_MOST) return true;
    diag_fail(d, STATUS_USAGE, "%zu thresholds are more than one pass can hold: at most %d", out->count,
              CUTS_MOST);
    bin_cuts_free(out);
    return false;
}

void bin_cuts_copy(const struct bin_cuts *from, struct bin_cuts *out)
{
    *out = (struct bin_cuts){.cut = mem_alloc(from->count, sizeof *out->cut), .count = from->count};
    if (from->count) memcpy(out->cut, from->cut, from->count * sizeof *out->cut);
    put_in_order(out);
}

size_t bin_cuts_below(const struct bin_cuts *c, uint32_t bin)
{
    size_t low = 0, high = c->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (c->cut[middle].bin < bin)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void bin_cuts_index(struct bin_cuts *c)
{
    if (!c->count) return;
    c->first = mem_alloc(BIN_COUNT, sizeof *c->first);
    for (size_t i = c->count; i-- > 0;) c->first[c->cut[i].bin] = (uint32_t)i + 1;
}

bool bin_cuts_equal(const struct bin_cuts *a, const struct bin_cuts *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++)
        if (by_place(&a->cut[i], &b->cut[i]) != 0) return false;
    return true;
}

void bin_cuts_free(struct bin_cuts *c)
{
    free(c->cut);
    free(c->first);
    *c = (struct bin_cuts){0};
}

uint32_t place_search(const struct bin_cuts *c, double tail)
{
    uint64_t bits;
    uint32_t bin, place;

    memcpy(&bits, &tail, sizeof bits);
    place = bin = tail_bin(tail);
    for (size_t i = bin_cuts_below(c, bin); i < c->count && c->cut[i].bin == bin; i++)
        if ((bits & INT64_MAX) > c->cut[i].above) place = BIN_COUNT + (uint32_t)i;
    return place;
}

uint32_t place_bin(const struct bin_cuts *c, uint32_t place)
{
    return place < BIN_COUNT ? place : c->cut[place - BIN_COUNT].bin;
}

uint32_t place_bounds(const struct bin_cuts *c, uint32_t place, double *low, double *high)
{
    uint32_t bin = place_bin(c, place);
    size_t first = bin_cuts_below(c, bin), next = place < BIN_COUNT ? first : place - (size_t)BIN_COUNT + 1;
    uint64_t bits = (uint64_t)(bin & (HALF - 1)) << BIN_SHIFT;

    *low = bits ? of_bits(bits - 1) : -1;
    *high = of_bits((bits + ((uint64_t)1 << BIN_SHIFT)) - 1);
    if (place >= BIN_COUNT) *low = of_bits(c->cut[place - BIN_COUNT].above);
    if (next < c->count && c->cut[next].bin == bin) *high = of_bits(c->cut[next].above);
    return (uint32_t)(next - first);
}

/* Hardest first: the far hard tails by falling |s|, the hard half by rising |s|, the easy half by falling
   |s|, the far easy tails, where no cuts are, by rising |s|, and p_t = 1; and before each place the places of
   the cuts in harder bins. */
static uint64_t hardness(const struct bin_cuts *c, uint32_t place)
{
    uint32_t bin, b;
    size_t below, with, own; /* own: the cuts of the bin that lie below the place */

    if (place_is_aside(place)) return place;
    bin = place_bin(c, place);
    b = bin & (HALF - 1);
    below = bin_cuts_below(c, bin);
    for (with = below; with < c->count && c->cut[with].bin == bin;) with++;
    own = place < BIN_COUNT ? 0 : place - BIN_COUNT - below + 1;
    if (bin < SURE) return 3 * HALF - 1 - b + c->count;
    if (bin < HALF && b >= ONE) return 2 * HALF + (b - SURE) + c->count;
    if (bin < HALF) return 2 * HALF + (ONE - 1 - b) + (c->count - with) + (with - below - own);
    if (b >= ONE) return (HALF - 1 - b) + (c->count - with) + (with - below - own);
    return HALF + b + (c->count - c->far) + (below - c->hard) + own;
}

uint64_t key_order(const struct bin_cuts *c, cell_key key)
{
    return (key_part(key) << KEY_PLACE_BITS | hardness(c, key_place(key))) << KEY_LEVEL_BITS |
           (key & ((1u << KEY_LEVEL_BITS) - 1));
}
