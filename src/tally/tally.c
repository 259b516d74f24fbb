/* tally.c: what one pass keeps: integer moments of the tail by bins */
#include "tally/tally.h"
#include "base/memory.h"
#include "loss/tail.h"
#include "tally/cellmap.h"
#include "tally/sketch.h"
#include "tally/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* A worker keeps one of three forms: dense records (few parts, no groups, no weights: the common case and the fastest), sparse
   records found by a hash of the bin, or wide sums directly (weights). */
struct worker {
    struct tally *tally;
    struct sketch sketch;      /* dense */
    struct store store;        /* sparse */
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
    struct cell *total;  /* of all groups, where there are several */
    size_t totals;
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
enum { DENSE_PARTS = 16 };

static size_t dense_size(const struct tally *t)
{
    return t->parts * SKETCH_BINS * sizeof(struct record);
}

static struct record *dense_open(const struct tally *t)
{
    void *p = mmap(NULL, dense_size(t), PROT_READ | PROT_WRITE,
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

static cell_key dense_key(const struct worker *w, const struct record *r)
{
    const struct sketch *s = &w->sketch;
    size_t i = (size_t)(r - s->dense), cut = 0;

    if (r >= s->extra && r < s->extra + w->tally->parts * s->cut_count) {
        cut = (size_t)(r - s->extra) % s->cut_count + 1;
        return key_of((size_t)(r - s->extra) / s->cut_count, s->cut[cut - 1].bin, cut, 0);
    }
    return key_of(i / SKETCH_BINS, i % SKETCH_BINS, 0, 0);
}

static void drain_dense(void *context, struct record *r)
{
    drain_to(context, dense_key(context, r), r);
}

static void tally_begin(void *context, const struct facts *facts, unsigned workers)
{
    struct tally *t = context;

    t->parts = facts->parts;
    t->weighted = facts->weighted;
    t->workers = workers;
    t->worker = mem_alloc(workers, sizeof *t->worker);
    t->dense = facts->parts <= DENSE_PARTS && !facts->grouped && !facts->weighted;
    for (unsigned i = 0; i < workers; i++) t->worker[i].tally = t;
}

static bool dense_ready(struct worker *w)
{
    struct tally *t = w->tally;

    if (w->sketch.dense) return true;
    if (!t->dense || !(w->sketch.dense = dense_open(t))) return false;
    w->sketch.touched = mem_alloc(t->parts * SKETCH_BINS / 128, 1);
    w->sketch.extra = records_open(t->parts * t->cut_count + 1);
    w->sketch.cut = t->cut;
    w->sketch.cut_count = t->cut_count;
    w->sketch.drain = drain_dense;
    w->sketch.context = w;
    return true;
}

static uint64_t part_of(const struct tally *t, const struct examples *e, size_t i)
{
    return (e->group ? (uint64_t)e->group[i] * t->parts : 0) + e->part[i];
}

static void take_sparse(struct worker *w, const struct examples *e)
{
    enum { AHEAD = 16 };
    const struct tally *t = w->tally;
    cell_key key[AHEAD];

    for (size_t i = 0; i < e->n; i += AHEAD) {
        size_t n = e->n - i < AHEAD ? e->n - i : AHEAD;

        for (size_t k = 0; k < n; k++) {
            uint64_t bits = bits_of(e->tail[i + k]);

            key[k] = key_of(part_of(t, e, i + k), bits >> SKETCH_SHIFT, t->cut_count ? cut_of(t, bits) : 0, 0);
            store_expect(&w->store, key[k]);
        }
        for (size_t k = 0; k < n; k++) {
            struct record *r = store_at(&w->store, key[k]);

            if (record_add(r, e->tail[i + k])) drain_to(w, key[k], r);
        }
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

static void worker_free(struct worker *w)
{
    if (w->sketch.dense) munmap(w->sketch.dense, dense_size(w->tally));
    free(w->sketch.touched);
    free(w->sketch.extra);
    store_free(&w->store);
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

/* A place in the final order: group (first-seen order), part, then hardest first. */
static uint64_t order_of(const struct tally *t, cell_key key, const uint32_t *rank)
{
    uint64_t cut = key >> KEY_LEVEL_BITS & ((1u << KEY_CUT_BITS) - 1), bin = key >> (KEY_LEVEL_BITS + KEY_CUT_BITS) & (SKETCH_BINS - 1);
    uint64_t part = key >> (KEY_LEVEL_BITS + KEY_CUT_BITS + KEY_BIN_BITS);

    if (bin < SKETCH_BINS / 2) cut = (1u << KEY_CUT_BITS) - 1 - cut; /* the easy half: the larger tail is the harder */
    part = rank[part / t->parts] * (uint64_t)t->parts + part % t->parts;
    return (part << 21 | hardness((uint32_t)bin)) << KEY_CUT_BITS | cut;
}

/* What one worker has of one key. */
struct entry {
    uint64_t order;
    cell_key key;
    struct record *record; /* NULL: wide */
    const struct wide_cell *wide, *square;
};

static int by_order(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key; /* levels of weights */
}

struct entries {
    struct entry *entry;
    size_t count, room;
    bool total; /* whatever the group */
};

static void put_entry(const struct tally *t, struct entries *e, const uint32_t *rank, struct entry entry)
{
    if (e->total) {
        const int below = KEY_LEVEL_BITS + KEY_CUT_BITS + KEY_BIN_BITS;

        entry.key = (entry.key >> below) % t->parts << below | (entry.key & (((cell_key)1 << below) - 1));
    }
    entry.order = order_of(t, entry.key, rank);
    e->entry = mem_grow(e->entry, &e->room, e->count + 1, sizeof *e->entry);
    e->entry[e->count++] = entry;
}

static bool is_empty(const struct record *r)
{
    return (r->word[0] & 0xffff00000000) == 0;
}

static void gather_dense(const struct tally *t, struct worker *w, struct entries *e, const uint32_t *rank)
{
    struct sketch *s = &w->sketch;

    for (size_t o = 0; s->dense && o < t->parts * SKETCH_BINS / 128; o++)
        for (size_t i = 128 * o; s->touched[o] && i < 128 * (o + 1); i++)
            if (!is_empty(&s->dense[i])) put_entry(t, e, rank, (struct entry){.key = dense_key(w, &s->dense[i]), .record = &s->dense[i]});
    for (size_t i = 0; s->dense && i < t->parts * s->cut_count; i++)
        if (!is_empty(&s->extra[i])) put_entry(t, e, rank, (struct entry){.key = dense_key(w, &s->extra[i]), .record = &s->extra[i]});
}

/* Everything that the workers hold, in the final order. */
static struct entries gather(struct tally *t, const uint32_t *rank, bool total)
{
    struct entries e = {.total = total};

    for (unsigned i = 0; i < t->workers; i++) {
        struct worker *w = &t->worker[i];

        gather_dense(t, w, &e, rank);
        for (size_t k = 0; k < w->store.count; k++)
            if (!is_empty(store_record(&w->store, k))) put_entry(t, &e, rank, (struct entry){.key = w->store.key[k], .record = store_record(&w->store, k)});
        for (size_t k = 0; k < w->sum.count; k++)
            put_entry(t, &e, rank, (struct entry){.key = w->sum.cell[k].key, .wide = &w->sum.cell[k], .square = t->weighted ? &w->square.cell[k] : NULL});
    }
    if (e.count) qsort(e.entry, e.count, sizeof *e.entry, by_order);
    return e;
}

/* The sums of all workers for one key, exactly. */
static void add_entry(struct wide_cell *sum, struct wide_cell *square, const struct entry *e)
{
    uint64_t n;
    int64_t part[9];

    sum->key = square->key = e->key;
    if (e->record) {
        record_read(e->record, &n, part);
        sum->count += n;
        for (int k = 0; k < 9; k++) sum->sum[k] += part[k];
        return;
    }
    sum->count += e->wide->count;
    for (int k = 0; k < 9; k++) {
        sum->sum[k] += e->wide->sum[k];
        if (e->square) square->sum[k] += e->square->sum[k];
    }
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

static struct cell cell_of(const struct tally *t, cell_key key, const uint32_t *rank)
{
    struct cell c = {0};
    uint64_t part;

    key >>= KEY_LEVEL_BITS;
    c.cut = (uint32_t)(key & ((1u << KEY_CUT_BITS) - 1));
    key >>= KEY_CUT_BITS;
    c.bin = (uint32_t)(key & (SKETCH_BINS - 1));
    part = key >> KEY_BIN_BITS;
    c.group = rank[part / t->parts];
    c.part = (uint32_t)(part % t->parts);
    cell_bounds(t, &c);
    return c;
}

/* Exact sums become cells of doubles; the weights' levels of one bin come together. */
static struct cell *cells_of(const struct tally *t, const struct entries *e, const uint32_t *rank, size_t *cells)
{
    struct cell *cell = mem_alloc(e->count + 1, sizeof *cell);

    *cells = 0;
    for (size_t i = 0; i < e->count;) {
        struct wide_cell sum = {0}, square = {0};
        uint64_t order = e->entry[i].order;
        cell_key key = e->entry[i].key;
        struct cell *c;

        if (i == 0 || e->entry[i - 1].order != order) cell[(*cells)++] = cell_of(t, key, rank);
        for (; i < e->count && e->entry[i].key == key; i++) add_entry(&sum, &square, &e->entry[i]);
        c = &cell[*cells - 1];
        c->count += sum.count;
        cell_take(c->sum, &sum, t->weighted);
        if (t->weighted) {
            int level = (int)(key & ((1u << KEY_LEVEL_BITS) - 1)) - 128;

            for (int k = 0; k < TALLY_MOMENTS; k++) c->square[k] += ldexp((double)square.sum[k], 32 * level - 52);
        } else {
            memcpy(c->square, c->sum, sizeof c->square);
        }
    }
    return cell;
}

void tally_seal(struct tally *t, const struct facts *facts)
{
    uint32_t *rank = mem_alloc(facts->group_count + 1, sizeof *rank);
    struct entries e;

    for (size_t i = 0; i < facts->group_count; i++) rank[facts->group_order[i]] = (uint32_t)i;
    e = gather(t, rank, false);
    t->cell = cells_of(t, &e, rank, &t->cells);
    free(e.entry);
    if (facts->group_count > 1) { /* of all groups together, exactly: so the groups' order cannot matter */
        memset(rank, 0, facts->group_count * sizeof *rank);
        e = gather(t, rank, true);
        t->total = cells_of(t, &e, rank, &t->totals);
        free(e.entry);
    }
    free(rank);
    for (unsigned i = 0; i < t->workers; i++) worker_free(&t->worker[i]);
    free(t->worker);
    t->worker = NULL;
    t->workers = 0;
    t->groups = facts->group_count;
    t->group_start = mem_alloc(t->groups + 2, sizeof *t->group_start);
    for (size_t g = 0, i = 0; g <= t->groups; g++) {
        while (i < t->cells && t->cell[i].group < g) i++;
        t->group_start[g] = g == t->groups ? t->cells : i;
    }
}

const struct cell *tally_cells(const struct tally *t, size_t *count)
{
    *count = t->total ? t->totals : t->cells;
    return t->total ? t->total : t->cell;
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
    free(t->total);
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
