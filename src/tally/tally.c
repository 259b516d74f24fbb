/* tally.c: what one pass keeps: integer moments of the tail by bins */
#include "tally/tally.h"
#include "base/memory.h"
#include "loss/tail.h"
#include "tally/cellmap.h"
#include "tally/sketch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* A worker keeps one of three forms: dense records (two parts, no groups, no weights: the common case and the fastest), sparse
   records found by a hash of the bin, or wide sums directly (weights). */
struct sparse_slot {
    cell_key key; /* 0 is no key of a row: bins of p_t = 1 are given cut 0 … and are kept as key + 1 */
    struct record record;
};

struct worker {
    struct tally *tally;
    struct sketch sketch;      /* dense */
    struct sparse_slot *slot;  /* sparse */
    size_t slots, used;
    struct cellmap sum, square; /* what records were drained into; square: Σ w² t^k, with weights only */
};

struct tally {
    struct sketch_cut *cut;
    size_t cut_count;
    size_t parts;
    bool dense, weighted;
    struct worker *worker;
    unsigned workers;
    struct cell *cell; /* sealed */
    size_t cells;
    size_t *group_start; /* [groups + 1] */
    size_t groups;
};

static uint64_t bits_of(double x)
{
    uint64_t b;

    memcpy(&b, &x, sizeof b);
    return b;
}

static double of_bits(uint64_t bits)
{
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

double cut_of_threshold(double threshold)
{
    /* easy half: easy ⇔ 1 − p_t ≤ 1 − threshold, exact; hard half: easy ⇔ p_t ≥ threshold ⇔ p_t > the double before it */
    return threshold >= 0.5 ? 1 - threshold : -nextafter(threshold, 0);
}

static int by_place(const void *a, const void *b)
{
    const struct sketch_cut *x = a, *y = b;

    if (x->bin != y->bin) return x->bin < y->bin ? -1 : 1;
    return x->above < y->above ? -1 : x->above > y->above;
}

struct tally *tally_open(const struct cuts *cuts)
{
    struct tally *t = mem_alloc(1, sizeof *t);

    t->cut = mem_alloc(cuts->count + 1, sizeof *t->cut);
    for (size_t i = 0; i < cuts->count; i++) {
        uint64_t bits = bits_of(cuts->at[i]);
        struct sketch_cut c = {(uint32_t)(bits >> SKETCH_SHIFT), bits & INT64_MAX};

        if (tail_compare(cuts->at[i], 0.5) != 0) t->cut[t->cut_count++] = c; /* ½ is the edge of the halves */
    }
    qsort(t->cut, t->cut_count, sizeof *t->cut, by_place);
    return t;
}

/* Dense records stand in untouched memory that costs nothing until a bin is used. */
static struct record *dense_open(void)
{
    void *p = mmap(NULL, 2 * (size_t)SKETCH_BINS * sizeof(struct record), PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return p == MAP_FAILED ? NULL : p;
}

static struct record *records_open(size_t count)
{
    struct record *r = aligned_alloc(sizeof *r, count * sizeof *r);

    if (!r) mem_exhausted();
    memset(r, 0, count * sizeof *r);
    return r;
}

/* Which cut of its bin a row lies above: 0 none, else 1 + its place among all cuts. */
static uint32_t cut_of(const struct tally *t, uint64_t bits)
{
    uint32_t bin = (uint32_t)(bits >> SKETCH_SHIFT), found = 0;

    for (size_t i = 0; i < t->cut_count; i++)
        if (t->cut[i].bin == bin && (bits & INT64_MAX) > t->cut[i].above) found = (uint32_t)i + 1;
    return found;
}

static void drain_to(struct worker *w, cell_key key, struct record *r)
{
    uint64_t n;
    int64_t sum[9];
    struct wide_cell *c;

    record_read(r, &n, sum);
    if (!n) return;
    c = cellmap_at(&w->sum, key);
    c->count += n;
    for (int k = 0; k < 9; k++) c->sum[k] += sum[k];
    memset(r, 0, sizeof *r);
}

static void drain_dense(void *context, struct record *r)
{
    struct worker *w = context;
    const struct sketch *s = &w->sketch;
    size_t part, bin, cut = 0;

    if (r >= s->extra && r < s->extra + 2 * s->cut_count) {
        part = (size_t)(r - s->extra) / s->cut_count;
        cut = (size_t)(r - s->extra) % s->cut_count + 1;
        bin = s->cut[cut - 1].bin;
    } else {
        part = (size_t)(r - s->dense) / SKETCH_BINS;
        bin = (size_t)(r - s->dense) % SKETCH_BINS;
    }
    drain_to(w, key_of(part, bin, cut, 0), r);
}

static void tally_begin(void *context, const struct facts *facts, unsigned workers)
{
    struct tally *t = context;

    t->parts = facts->parts;
    t->weighted = facts->weighted;
    t->workers = workers;
    t->worker = mem_alloc(workers, sizeof *t->worker);
    t->dense = facts->parts <= 2 && !facts->grouped && !facts->weighted;
    for (unsigned i = 0; i < workers; i++) t->worker[i].tally = t;
}

static bool dense_ready(struct worker *w)
{
    struct tally *t = w->tally;

    if (w->sketch.dense) return true;
    if (!t->dense || !(w->sketch.dense = dense_open())) return false;
    w->sketch.touched = mem_alloc(2 * SKETCH_BINS / 128, 1);
    w->sketch.extra = records_open(2 * t->cut_count + 1);
    w->sketch.cut = t->cut;
    w->sketch.cut_count = t->cut_count;
    w->sketch.drain = drain_dense;
    w->sketch.context = w;
    return true;
}

static size_t slot_place(const struct worker *w, cell_key key)
{
    size_t i = (size_t)((key * 0x9e3779b97f4a7c15u) >> 20) & (w->slots - 1);

    while (w->slot[i].key && w->slot[i].key != key) i = (i + 1) & (w->slots - 1);
    return i;
}

static void slots_widen(struct worker *w)
{
    struct sparse_slot *old = w->slot;
    size_t old_slots = w->slots;

    w->slots = old_slots ? 2 * old_slots : 4096;
    w->slot = aligned_alloc(64, w->slots * sizeof *w->slot);
    if (!w->slot) mem_exhausted();
    memset(w->slot, 0, w->slots * sizeof *w->slot);
    for (size_t i = 0; i < old_slots; i++)
        if (old[i].key) w->slot[slot_place(w, old[i].key)] = old[i];
    free(old);
}

static struct sparse_slot *slot_at(struct worker *w, cell_key key)
{
    size_t i;

    if (!w->slots) slots_widen(w);
    i = slot_place(w, key);
    if (w->slot[i].key) return &w->slot[i];
    if (2 * ++w->used > w->slots) {
        slots_widen(w);
        i = slot_place(w, key);
    }
    w->slot[i].key = key;
    return &w->slot[i];
}

static uint64_t part_of(const struct tally *t, const struct examples *e, size_t i)
{
    return (e->group ? (uint64_t)e->group[i] * t->parts : 0) + e->part[i];
}

static void take_sparse(struct worker *w, const struct examples *e)
{
    const struct tally *t = w->tally;

    for (size_t i = 0; i < e->n; i++) {
        uint64_t bits = bits_of(e->tail[i]);
        cell_key key = key_of(part_of(t, e, i), bits >> SKETCH_SHIFT, t->cut_count ? cut_of(t, bits) : 0, 0);
        struct sparse_slot *s = slot_at(w, key + 1);

        if (record_add(&s->record, e->tail[i])) drain_to(w, key, &s->record);
    }
}

/* Weights are kept exactly: w = 2^(16 level) · u with 1 ≤ u < 2^16, and u, u t^k, u² t^k as integers on the grid 2^−52 (the products
   rounded once, row by row, so that order cannot matter). */
static void take_weighted(struct worker *w, const struct examples *e)
{
    const struct tally *t = w->tally;

    for (size_t i = 0; i < e->n; i++) {
        uint64_t bits = bits_of(e->tail[i]);
        int level = (int)floor(ilogb(e->weight[i]) / 16.0);
        double u = ldexp(e->weight[i], -16 * level), power[9];
        cell_key key = key_of(part_of(t, e, i), bits >> SKETCH_SHIFT, cut_of(t, bits), (uint64_t)(level + 128));
        struct wide_cell *c = cellmap_at(&w->sum, key), *q = cellmap_at(&w->square, key);

        sketch_powers(e->tail[i], power);
        c->count++;
        q->count++;
        for (int k = 0; k < 9; k++) {
            c->sum[k] += (wide)rint(u * power[k] * 0x1p52);
            q->sum[k] += (wide)rint(u * u * power[k] * 0x1p52);
        }
    }
}

static void tally_take(void *context, unsigned worker, const struct examples *e)
{
    struct tally *t = context;
    struct worker *w = &t->worker[worker];

    if (t->weighted)
        take_weighted(w, e);
    else if (dense_ready(w))
        sketch_add(&w->sketch, e->tail, e->part, e->n);
    else
        take_sparse(w, e);
}

struct sink tally_sink(struct tally *t)
{
    return (struct sink){t, tally_begin, tally_take};
}

static void drain_all(struct worker *w)
{
    struct sketch *s = &w->sketch;

    for (size_t o = 0; s->dense && o < 2 * SKETCH_BINS / 128; o++)
        for (size_t i = 128 * o; s->touched[o] && i < 128 * (o + 1); i++) drain_dense(w, &s->dense[i]);
    for (size_t i = 0; s->dense && i < 2 * s->cut_count; i++) drain_dense(w, &s->extra[i]);
    for (size_t i = 0; i < w->slots; i++)
        if (w->slot[i].key) drain_to(w, w->slot[i].key - 1, &w->slot[i].record);
}

static void worker_free(struct worker *w)
{
    if (w->sketch.dense) munmap(w->sketch.dense, 2 * (size_t)SKETCH_BINS * sizeof(struct record));
    free(w->sketch.touched);
    free(w->sketch.extra);
    free(w->slot);
    cellmap_free(&w->sum);
    cellmap_free(&w->square);
}

/* Hardest first: the far tails by falling |s|, the hard half by rising |s|, the easy half by falling |s|. */
static uint32_t hardness(uint32_t bin)
{
    const uint32_t half = SKETCH_BINS / 2, one = 1023u << TALLY_MANTISSA;
    uint32_t b = bin & (half - 1), rising = b + 1;

    if (bin < half) return 2 * half + (half - b);
    return b >= one ? half - b : half + rising;
}

static int by_hardness(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    uint32_t hx, hy;

    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    if (x->part != y->part) return x->part < y->part ? -1 : 1;
    hx = hardness(x->bin);
    hy = hardness(y->bin);
    if (hx != hy) return hx < hy ? -1 : 1;
    if (x->cut == y->cut) return 0;
    return (x->cut < y->cut) == (x->bin >= SKETCH_BINS / 2) ? -1 : 1;
}

static int by_key(const void *a, const void *b)
{
    const struct wide_cell *x = a, *y = b;

    return x->key < y->key ? -1 : x->key > y->key;
}

/* Adds the exact sums of one key to a cell, as doubles. */
static void cell_take(double sum[TALLY_MOMENTS], const struct wide_cell *w, bool weighted)
{
    int level = (int)(w->key & ((1u << KEY_LEVEL_BITS) - 1)) - 128;

    for (int k = 0; k < TALLY_MOMENTS; k++) {
        double x = (double)w->sum[k];

        if (weighted)
            sum[k] += ldexp(x, 16 * level - 52);
        else
            sum[k] += k == 0 ? x : ldexp(x, k == 8 ? -16 : -TALLY_GRID);
    }
}

/* The edges of the bin, drawn in to the cuts on both sides of the cell. */
static void cell_bounds(const struct tally *t, struct cell *c)
{
    uint64_t low = (uint64_t)(c->bin & (SKETCH_BINS / 2 - 1)) << SKETCH_SHIFT;

    c->low = low ? of_bits(low - 1) : -1;
    c->high = of_bits((low + ((uint64_t)1 << SKETCH_SHIFT)) - 1);
    if (c->cut) c->low = of_bits(t->cut[c->cut - 1].above);
    if (c->cut < t->cut_count && t->cut[c->cut].bin == c->bin) c->high = of_bits(t->cut[c->cut].above);
    for (size_t i = 0; !c->cut && i < t->cut_count; i++)
        if (t->cut[i].bin == c->bin) {
            c->high = of_bits(t->cut[i].above);
            break;
        }
}

static struct cell cell_of(const struct tally *t, const struct wide_cell *w, const uint32_t *rank)
{
    uint64_t key = w->key >> KEY_LEVEL_BITS;
    struct cell c = {0};
    uint64_t part;

    c.cut = (uint32_t)(key & ((1u << KEY_CUT_BITS) - 1));
    key >>= KEY_CUT_BITS;
    c.bin = (uint32_t)(key & (SKETCH_BINS - 1));
    part = key >> KEY_BIN_BITS;
    c.group = rank[part / t->parts];
    c.part = (uint32_t)(part % t->parts);
    cell_bounds(t, &c);
    return c;
}

/* The sorted exact sums become cells of doubles; the weights' levels of one bin come together. */
static void cells_of(struct tally *t, struct cellmap *sum, struct cellmap *square, const struct facts *facts)
{
    uint32_t *rank = mem_alloc(facts->group_count + 1, sizeof *rank);

    for (size_t i = 0; i < facts->group_count; i++) rank[facts->group_order[i]] = (uint32_t)i;
    if (sum->count) qsort(sum->cell, sum->count, sizeof *sum->cell, by_key);
    if (square->count) qsort(square->cell, square->count, sizeof *square->cell, by_key);
    t->cell = mem_alloc(sum->count + 1, sizeof *t->cell);
    for (size_t i = 0; i < sum->count; i++) {
        const struct wide_cell *w = &sum->cell[i];
        struct cell *c;

        if (i == 0 || w->key >> KEY_LEVEL_BITS != sum->cell[i - 1].key >> KEY_LEVEL_BITS)
            t->cell[t->cells++] = cell_of(t, w, rank);
        c = &t->cell[t->cells - 1];
        c->count += w->count;
        cell_take(c->sum, w, t->weighted);
        if (t->weighted) {
            int level = (int)(w->key & ((1u << KEY_LEVEL_BITS) - 1)) - 128;

            for (int k = 0; k < TALLY_MOMENTS; k++)
                c->square[k] += ldexp((double)square->cell[i].sum[k], 32 * level - 52);
        } else {
            memcpy(c->square, c->sum, sizeof c->square);
        }
    }
    free(rank);
}

void tally_seal(struct tally *t, const struct facts *facts)
{
    struct cellmap none = {0};

    for (unsigned i = 0; i < t->workers; i++) {
        drain_all(&t->worker[i]);
        if (i == 0) continue;
        cellmap_merge(&t->worker[0].sum, &t->worker[i].sum);
        cellmap_merge(&t->worker[0].square, &t->worker[i].square);
        worker_free(&t->worker[i]);
    }
    cells_of(t, t->workers ? &t->worker[0].sum : &none, t->workers ? &t->worker[0].square : &none, facts);
    if (t->workers) worker_free(&t->worker[0]);
    free(t->worker);
    t->worker = NULL;
    t->workers = 0;
    qsort(t->cell, t->cells, sizeof *t->cell, by_hardness);
    t->groups = facts->group_count;
    t->group_start = mem_alloc(t->groups + 2, sizeof *t->group_start);
    for (size_t g = 0, i = 0; g <= t->groups; g++) {
        while (i < t->cells && t->cell[i].group < g) i++;
        t->group_start[g] = g == t->groups ? t->cells : i;
    }
}

const struct cell *tally_cells(const struct tally *t, size_t *count)
{
    *count = t->cells;
    return t->cell;
}

const struct cell *tally_group(const struct tally *t, size_t group, size_t *count)
{
    *count = t->group_start[group + 1] - t->group_start[group];
    return t->cell + t->group_start[group];
}

void tally_free(struct tally *t)
{
    if (!t) return;
    for (unsigned i = 0; i < t->workers; i++) worker_free(&t->worker[i]);
    free(t->worker);
    free(t->cut);
    free(t->cell);
    free(t->group_start);
    free(t);
}

enum bin_kind bin_of(uint32_t bin, double *centre, double *slope)
{
    uint64_t magnitude = bin & (SKETCH_BINS / 2 - 1);
    double a = of_bits(magnitude << SKETCH_SHIFT), b = of_bits((magnitude + 1) << SKETCH_SHIFT);

    *centre = 0.5 * a + 0.5 * b;
    *slope = (0.5 * b - 0.5 * a) / *centre; /* halves: the sum of the largest doubles is none */
    if (bin < SKETCH_BINS / 2) return magnitude < 1 << TALLY_MANTISSA ? BIN_SURE : BIN_EASY;
    if (isinf(a)) return BIN_NEVER;
    if (isinf(b)) *centre = a, *slope = 1.0 / 257; /* the last bin of the doubles: b is 2^1024 */
    return a >= 1 ? BIN_FAR : BIN_HARD;
}

double bin_tail(uint32_t bin, double t)
{
    double centre, slope;

    switch (bin_of(bin, &centre, &slope)) {
    case BIN_SURE: return 0;
    case BIN_NEVER: return -INFINITY;
    case BIN_EASY: return centre * (1 + slope * t);
    default: return -centre * (1 + slope * t);
    }
}
