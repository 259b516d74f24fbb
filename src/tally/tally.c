/* tally.c: what one pass keeps: integer moments of the tail by bins */
#include "base/memory.h"
#include "loss/tail.h"
#include "tally/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static uint64_t bits_of(double x)
{
    uint64_t b;

    memcpy(&b, &x, sizeof b);
    return b;
}

double tally_of_bits(uint64_t bits)
{
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

double cut_of_threshold(double threshold)
{
    /* easy half: easy ⇔ 1 − p_t ≤ 1 − threshold, exact; hard half: easy ⇔ p_t ≥ threshold ⇔ p_t > the double
     * before it */
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
enum { DENSE_PARTS = 256 };

static size_t dense_size(const struct tally *t)
{
    return t->parts * SKETCH_BINS * sizeof(struct record);
}

static struct record *dense_open(const struct tally *t)
{
    void *p =
        mmap(NULL, dense_size(t), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

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

cell_key tally_dense_key(const struct worker *w, const struct record *r)
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
    drain_to(context, tally_dense_key(context, r), r);
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

/* Some rows at a time, so that what they need is on its way from memory before it is used. */
static void take_sparse(struct worker *w, const struct examples *e)
{
    enum { AHEAD = 32 };
    const struct tally *t = w->tally;
    cell_key key[AHEAD];
    struct record *record[AHEAD];

    for (size_t i = 0; i < e->n; i += AHEAD) {
        size_t n = e->n - i < AHEAD ? e->n - i : AHEAD;

        for (size_t k = 0; k < n; k++) {
            uint64_t bits = bits_of(e->tail[i + k]);

            key[k] =
                key_of(part_of(t, e, i + k), bits >> SKETCH_SHIFT, t->cut_count ? cut_of(t, bits) : 0, 0);
            store_expect(&w->store, key[k]);
        }
        for (size_t k = 0; k < n; k++) {
            record[k] = store_at(&w->store, key[k]);
            __builtin_prefetch(record[k], 1);
        }
        for (size_t k = 0; k < n; k++)
            if (record_add(record[k], e->tail[i + k])) drain_to(w, key[k], record[k]);
    }
}

/* The whole number nearest to x, |x| < 2^94. */
static wide whole(double x)
{
    int64_t high = (int64_t)(x * 0x1p-32);
    double low = x - (double)high * 0x1p32 + SKETCH_MAGIC; /* which leaves the integer part, rounded */

    return (wide)high * ((int64_t)1 << 32) + (int64_t)(bits_of(low) - bits_of(SKETCH_MAGIC));
}

/* w = 2^(16 level) · u with 1 ≤ u < 2^16. */
static double part_weight(double w, int *level)
{
    int exponent = (int)(bits_of(w) >> 52) - 1023;

    if (exponent < -900 || exponent > 900) exponent = ilogb(w);
    *level = exponent >> 4;
    return *level < -56 || *level > 56 ? ldexp(w, -16 * *level)
                                       : w * tally_of_bits((uint64_t)(1023 - 16 * *level) << 52);
}

/* Weights are kept exactly: u, u t^k, u² t^k as integers on the grid 2^−52 (the products rounded once, row by
   row, so that order cannot matter). The squares of a cell have the place of its sums. */
static void take_weighted(struct worker *w, const struct examples *e)
{
    const struct tally *t = w->tally;

    for (size_t i = 0; i < e->n; i++) {
        uint64_t bits = bits_of(e->tail[i]);
        int level;
        double u = part_weight(e->weight[i], &level), power[9];
        cell_key key = key_of(part_of(t, e, i), bits >> SKETCH_SHIFT, t->cut_count ? cut_of(t, bits) : 0,
                              (uint64_t)(level + 128));
        struct wide_cell *c = cellmap_at(&w->sum, key), *q;
        size_t place = (size_t)(c - w->sum.cell);

        q = place < w->square.count ? &w->square.cell[place] : cellmap_at(&w->square, key);
        sketch_powers(e->tail[i], power);
        c->count++;
        for (int k = 0; k < 9; k++) {
            c->sum[k] += whole(u * power[k] * 0x1p52);
            q->sum[k] += whole(u * u * power[k] * 0x1p52);
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

void tally_worker_free(struct worker *w)
{
    if (w->sketch.dense) munmap(w->sketch.dense, dense_size(w->tally));
    free(w->sketch.touched);
    free(w->sketch.extra);
    store_free(&w->store);
    cellmap_free(&w->sum);
    cellmap_free(&w->square);
}

const struct cell *tally_cells(const struct tally *t, size_t *count)
{
    const struct cells *c = t->total.cell ? &t->total : &t->cells;

    *count = c->count;
    return c->cell;
}

const struct cell *tally_group(const struct tally *t, size_t group, size_t *count)
{
    *count = t->group_start[group + 1] - t->group_start[group];
    return t->cells.cell + t->group_start[group];
}

void tally_free(struct tally *t)
{
    if (!t) return;
    for (unsigned i = 0; i < t->workers; i++) tally_worker_free(&t->worker[i]);
    free(t->worker);
    free(t->cut);
    free(t->cells.cell);
    free(t->cells.square);
    free(t->total.cell);
    free(t->total.square);
    free(t->group_start);
    free(t);
}

enum bin_kind bin_of(uint32_t bin, double *centre, double *slope)
{
    uint64_t magnitude = bin & (SKETCH_BINS / 2 - 1);
    double a = tally_of_bits(magnitude << SKETCH_SHIFT), b = tally_of_bits((magnitude + 1) << SKETCH_SHIFT);

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
