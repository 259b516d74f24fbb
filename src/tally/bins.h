/* bins.h: the bins of tails, the cuts that part them, and the key of a cell */
#ifndef TALLY_BINS_H
#define TALLY_BINS_H

#include "base/error.h"
#include <stdint.h>
#include <string.h>

/* A bin holds the tails s that share the top 19 bits as doubles: sign (which half), exponent, and the first 7
   bits of the mantissa: 128 bins an octave. Within it t ∈ [−1, 1) is the place in the bin, exact: |s| =
   centre · (1 + d t), d ≤ 1/257. */
enum { BIN_MANTISSA = 7, BIN_SHIFT = 52 - BIN_MANTISSA, BIN_COUNT = 1 << 19 };
/* Slices of a bin, alike in t, by rising |s|: those of weights are twice as wide. */
enum {
    SLICE_BITS = 5,
    SLICES = 1 << SLICE_BITS,
    SLICE_SHIFT = BIN_SHIFT - SLICE_BITS,
    WEIGHT_SLICES = SLICES / 2
};

/* What a bin holds. */
enum bin_kind {
    BIN_EASY,     /* 1 - p_t = |s| */
    BIN_HARD,     /* p_t = |s| */
    BIN_FAR_HARD, /* x_t = -|s|, beyond the doubles */
    BIN_FAR_EASY, /* x_t = |s|, beyond the doubles */
    BIN_SURE,     /* p_t = 1 */
    BIN_NEVER     /* p_t = 0 */
};
/* |s| = centre (1 + slope t) in the bin. */
enum bin_kind bin_of(uint32_t bin, double *centre, double *slope);
/* The tail at place t of a bin. */
double bin_tail(uint32_t bin, double t);
static inline uint32_t tail_bin(double tail)
{
    uint64_t bits;

    memcpy(&bits, &tail, sizeof bits);
    return (uint32_t)(bits >> BIN_SHIFT);
}

static inline uint32_t tail_slice(double tail)
{
    uint64_t bits;

    memcpy(&bits, &tail, sizeof bits);
    return bits >> SLICE_SHIFT & (SLICES - 1);
}

/* Where thresholds (and the kinks of losses) fall, as tails c: a row belongs to the upper part of its bin if
   |s| > |c|. In any order; ½, the edge of the halves, may be among them. */
struct cuts {
    double *at;
    size_t count;
};
/* The cut that parts p_t ≥ threshold from the rest; threshold in (0, 1). */
double cut_of_threshold(double threshold);
/* The cut that parts the tails that are as easy as `tail`, or easier, from the rest. */
double cut_of_tail(double tail);

/* The cuts that part bins: in the order of bins, then by rising |c|; none stands twice. */
struct bin_cut {
    uint32_t bin;
    uint64_t above; /* bits of |c| */
};
enum {
    CUTS_MOST = 1 << 17,
    PLACE_ASIDE = 3 * (BIN_COUNT / 2) + CUTS_MOST, /* places from here on are of no tails */
    PLACE_WEIGHTLESS = (1 << 20) - 1               /* examples of weight 0 */
};
struct bin_cuts {
    struct bin_cut *cut;
    size_t count;
    size_t hard, far; /* cuts below the bins of the hard half, and below those of its far tails */
    uint32_t *first;  /* by bin_cuts_index; [BIN_COUNT]: 1 + the first cut of the bin, 0: it is whole */
};
/* False with d filled where there are more than CUTS_MOST. */
bool bin_cuts_make(const struct cuts *cuts, struct bin_cuts *out, struct diag *d);
/* Makes ready for place_of. */
void bin_cuts_index(struct bin_cuts *c);
/* How many cuts lie in bins below `bin`. */
size_t bin_cuts_below(const struct bin_cuts *c, uint32_t bin);
void bin_cuts_copy(const struct bin_cuts *from, struct bin_cuts *out);
bool bin_cuts_equal(const struct bin_cuts *a, const struct bin_cuts *b);
void bin_cuts_free(struct bin_cuts *c);

/* The place of a tail: its bin, where it lies below all cuts of it; else BIN_COUNT + the highest cut below
   it. */
static inline uint32_t place_of(const struct bin_cuts *c, double tail)
{
    uint64_t bits;
    uint32_t bin, place;

    memcpy(&bits, &tail, sizeof bits);
    place = bin = tail_bin(tail);
    if (!c->first || !c->first[bin]) return place;
    for (size_t i = c->first[bin] - 1; i < c->count && c->cut[i].bin == bin; i++)
        if ((bits & INT64_MAX) > c->cut[i].above) place = BIN_COUNT + (uint32_t)i;
    return place;
}
/* The same without bin_cuts_index. */
uint32_t place_search(const struct bin_cuts *c, double tail);
uint32_t place_bin(const struct bin_cuts *c, uint32_t place);
/* How many cuts of its bin lie below a place, and low < |s| <= high there. */
uint32_t place_bounds(const struct bin_cuts *c, uint32_t place, double *low, double *high);

/* Of several classes, where predictions are counted: examples of a class whose largest score is another's,
   or its own (right), and those whose largest score is that of a class, whatever their own. */
static inline uint32_t place_of_true(size_t class, bool right)
{
    return (uint32_t)(PLACE_ASIDE + 2 * class + right);
}
static inline uint32_t place_of_predicted(size_t class, size_t classes)
{
    return (uint32_t)(PLACE_ASIDE + 2 * classes + class);
}
static inline bool place_is_aside(uint32_t place)
{
    return place >= PLACE_ASIDE;
}

/* The key of a cell: part of a group (group · parts + part), place, and the scale of the weights
   (level_of). */
typedef uint64_t cell_key;
enum { KEY_LEVEL_BITS = 8, KEY_PLACE_BITS = 20, KEY_PART_BITS = 36, LEVEL_ZERO = 128 };
static inline cell_key key_of(uint64_t part, uint32_t place, uint32_t level)
{
    return (part << KEY_PLACE_BITS | place) << KEY_LEVEL_BITS | level;
}
static inline uint64_t key_part(cell_key key)
{
    return key >> (KEY_PLACE_BITS + KEY_LEVEL_BITS);
}
static inline uint32_t key_place(cell_key key)
{
    return key >> KEY_LEVEL_BITS & ((1u << KEY_PLACE_BITS) - 1);
}
static inline int key_level(cell_key key)
{
    return (int)(key & ((1u << KEY_LEVEL_BITS) - 1)) - LEVEL_ZERO;
}
/* A whole number in whose order cells are listed: by part, then hardest first, then by level. */
uint64_t key_order(const struct bin_cuts *c, cell_key key);

#endif
