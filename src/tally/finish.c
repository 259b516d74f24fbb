/* finish.c: what the workers hold becomes cells, in their final order */
#include "base/memory.h"
#include "base/sort.h"
#include "tally/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    uint64_t cut = key >> KEY_LEVEL_BITS & ((1u << KEY_CUT_BITS) - 1),
             bin = key >> (KEY_LEVEL_BITS + KEY_CUT_BITS) & (SKETCH_BINS - 1);
    uint64_t part = key >> (KEY_LEVEL_BITS + KEY_CUT_BITS + KEY_BIN_BITS);

    if (bin < SKETCH_BINS / 2)
        cut = (1u << KEY_CUT_BITS) - 1 - cut; /* the easy half: the larger tail is the harder */
    part = rank[part / t->parts] * (uint64_t)t->parts + part % t->parts;
    return (part << 21 | hardness((uint32_t)bin)) << KEY_CUT_BITS | cut;
}

/* What one worker has of one key. */
struct entry {
    cell_key key;
    struct record *record; /* NULL: wide */
    const struct wide_cell *wide, *square;
};

struct entries {
    struct entry *entry; /* NULL: they are being counted */
    struct keyed *seat;  /* their order */
    size_t count;
    bool total; /* whatever the group */
};

static const struct entry *entry_at(const struct entries *e, size_t i)
{
    return &e->entry[e->seat[i].index];
}

/* Into the final order; where that is the same, by key: the levels of weights. */
static void put_in_order(struct entries *e)
{
    sort_keyed(e->seat, e->count);
    for (size_t i = 1; i < e->count; i++)
        for (size_t k = i;
             k > 0 && e->seat[k - 1].key == e->seat[k].key && entry_at(e, k - 1)->key > entry_at(e, k)->key;
             k--) {
            struct keyed x = e->seat[k];

            e->seat[k] = e->seat[k - 1];
            e->seat[k - 1] = x;
        }
}

static void entries_free(struct entries *e)
{
    free(e->entry);
    free(e->seat);
}

static void put_entry(const struct tally *t, struct entries *e, const uint32_t *rank, struct entry entry)
{
    if (!e->entry) {
        e->count++;
        return;
    }
    if (e->total) {
        const int below = KEY_LEVEL_BITS + KEY_CUT_BITS + KEY_BIN_BITS;

        entry.key = (entry.key >> below) % t->parts << below | (entry.key & (((cell_key)1 << below) - 1));
    }
    e->seat[e->count] = (struct keyed){order_of(t, entry.key, rank), (uint32_t)e->count};
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
            if (!is_empty(&s->dense[i]))
                put_entry(t, e, rank,
                          (struct entry){.key = tally_dense_key(w, &s->dense[i]), .record = &s->dense[i]});
    for (size_t i = 0; s->dense && i < t->parts * s->cut_count; i++)
        if (!is_empty(&s->extra[i]))
            put_entry(t, e, rank,
                      (struct entry){.key = tally_dense_key(w, &s->extra[i]), .record = &s->extra[i]});
}

/* Everything that the workers hold. */
static void gather_all(const struct tally *t, struct entries *e, const uint32_t *rank)
{
    for (unsigned i = 0; i < t->workers; i++) {
        struct worker *w = &t->worker[i];

        gather_dense(t, w, e, rank);
        for (size_t k = 0; k < w->store.count; k++)
            if (!is_empty(store_record(&w->store, k)))
                put_entry(t, e, rank,
                          (struct entry){.key = w->store.key[k], .record = store_record(&w->store, k)});
        for (size_t k = 0; k < w->sum.count; k++)
            put_entry(t, e, rank,
                      (struct entry){.key = w->sum.cell[k].key,
                                     .wide = &w->sum.cell[k],
                                     .square = t->weighted ? &w->square.cell[k] : NULL});
    }
}

/* The same, in the final order. Counted first, so that no more memory is used than that. */
static struct entries gather(const struct tally *t, const uint32_t *rank, bool total)
{
    struct entries e = {.total = total};

    gather_all(t, &e, rank);
    e.entry = mem_alloc(e.count + 1, sizeof *e.entry);
    e.seat = mem_alloc(e.count + 1, sizeof *e.seat);
    e.count = 0;
    gather_all(t, &e, rank);
    put_in_order(&e);
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
            sum[k] += k == 0 ? x : x * (k == 8 ? 0x1p-16 : 1.0 / SKETCH_GRID);
    }
}

/* The edges of the bin, drawn in to the cuts on both sides of the cell. */
static void cell_bounds(const struct tally *t, struct cell *c)
{
    uint64_t low = (uint64_t)(c->bin & (SKETCH_BINS / 2 - 1)) << SKETCH_SHIFT;

    c->low = low ? tally_of_bits(low - 1) : -1;
    c->high = tally_of_bits((low + ((uint64_t)1 << SKETCH_SHIFT)) - 1);
    if (c->cut) c->low = tally_of_bits(t->cut[c->cut - 1].above);
    if (c->cut < t->cut_count && t->cut[c->cut].bin == c->bin) c->high = tally_of_bits(t->cut[c->cut].above);
    for (size_t i = 0; !c->cut && i < t->cut_count; i++)
        if (t->cut[i].bin == c->bin) {
            c->high = tally_of_bits(t->cut[i].above);
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
static struct cells cells_of(const struct tally *t, const struct entries *e, const uint32_t *rank)
{
    struct cells out = {mem_alloc(e->count + 1, sizeof *out.cell), NULL, 0};

    if (t->weighted) out.square = mem_alloc(e->count + 1, sizeof *out.square);
    for (size_t i = 0; i < e->count;) {
        struct wide_cell sum = {0}, square = {0};
        uint64_t order = e->seat[i].key;
        cell_key key = entry_at(e, i)->key;
        struct cell *c;

        if (i == 0 || e->seat[i - 1].key != order) out.cell[out.count++] = cell_of(t, key, rank);
        for (; i < e->count && entry_at(e, i)->key == key; i++) add_entry(&sum, &square, entry_at(e, i));
        c = &out.cell[out.count - 1];
        c->count += sum.count;
        cell_take(c->sum, &sum, t->weighted);
        c->square = t->weighted ? out.square[out.count - 1] : c->sum;
        for (int k = 0; t->weighted && k < TALLY_MOMENTS; k++)
            out.square[out.count - 1][k] +=
                ldexp((double)square.sum[k], 32 * ((int)(key & ((1u << KEY_LEVEL_BITS) - 1)) - 128) - 52);
    }
    return out;
}

void tally_seal(struct tally *t, const struct facts *facts)
{
    uint32_t *rank = mem_alloc(facts->group_count + 1, sizeof *rank);
    struct entries e;

    for (size_t i = 0; i < facts->group_count; i++) rank[facts->group_order[i]] = (uint32_t)i;
    e = gather(t, rank, false);
    t->cells = cells_of(t, &e, rank);
    entries_free(&e);
    if (facts->group_count > 1) { /* of all groups together, exactly: so the groups' order cannot matter */
        memset(rank, 0, facts->group_count * sizeof *rank);
        e = gather(t, rank, true);
        t->total = cells_of(t, &e, rank);
        entries_free(&e);
    }
    free(rank);
    for (unsigned i = 0; i < t->workers; i++) tally_worker_free(&t->worker[i]);
    free(t->worker);
    t->worker = NULL;
    t->workers = 0;
    t->groups = facts->group_count;
    t->group_start = mem_alloc(t->groups + 2, sizeof *t->group_start);
    for (size_t g = 0, i = 0; g <= t->groups; g++) {
        while (i < t->cells.count && t->cells.cell[i].group < g) i++;
        t->group_start[g] = g == t->groups ? t->cells.count : i;
    }
}
