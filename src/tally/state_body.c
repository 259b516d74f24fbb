/* state_body.c: the body of a state: its cells, and the rows that are kept */
#include "tally/row_sums.h"
#include "tally/state.h"
#include "tally/state_parts.h"

#include <math.h>
#include <stdlib.h>

static wide_int get_integer(struct cursor *c, int size)
{
    wide_int x = 0;

    if (!cursor_have(c, (uint64_t)size)) return 0;
    x = (signed char)c->at[size - 1];
    for (int b = size - 2; b >= 0; b--) x = x * 256 + c->at[b];
    c->at += size;
    return x;
}

/* Integers of one size each: false where that is none. size: 0 where it was read as 0. */
static void get_integers(struct cursor *c, wide_int *x, int count, int *size)
{
    *size = (int)cursor_little(c, 1);
    if (*size > 16) c->bad = true;
    for (int i = 0; i < count && *size && !c->bad; i++) x[i] = get_integer(c, *size);
}

/* Whether no sum from `first` on lies beyond ±most. */
static bool sums_fit(const wide_int *sum, int first, wide_int most)
{
    for (int k = first; k < TALLY_MOMENTS; k++)
        if (sum[k] > most || sum[k] < -most) return false;
    return true;
}

/* So many bits, at most 32, from the first on: the lowest of the first byte is bit 0. */
static inline uint64_t bits_at(const unsigned char *bytes, int first, int count)
{
    const unsigned char *b = bytes + first / 8;
    uint64_t x = (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
                 (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;

    return x >> first % 8 & (((uint64_t)1 << count) - 1);
}

/* Sums of slices, all of one number of bits; *full: one of them may be larger. Returns their sum. */
static wide_int get_slices(struct cursor *c, union slice_sums *out, bool weighted, bool *full)
{
    int count = weighted ? WEIGHT_SLICES : SLICES, most = weighted ? 64 : 32, bits = (int)cursor_little(c, 1);
    unsigned char bytes[SLICES * 4 + 8] = {0}; /* and some behind, for `bits_at` */
    wide_int sum = 0;

    *full = false;
    if (bits > most || !cursor_have(c, (uint64_t)(count * bits / 8))) c->bad = true;
    if (c->bad) return 0;
    memcpy(bytes, c->at, (size_t)(count * bits / 8));
    c->at += count * bits / 8;
    for (int i = 0; i < count; i++) {
        int low = bits < 32 ? bits : 32;
        uint64_t x = bits_at(bytes, i * bits, low);

        if (bits > 32) x |= bits_at(bytes, i * bits + low, bits - low) << low;
        if (weighted)
            out->weight[i] = x;
        else
            out->rows[i] = (uint32_t)x;
        *full |= x == (weighted ? UINT64_MAX : UINT32_MAX);
        sum += x;
    }
    return sum;
}

static void get_weighted(struct cursor *c, struct moments *m, struct square_moments *q)
{
    int size, other;
    bool full;
    wide_int slices, off;

    get_integers(c, m->sum, TALLY_MOMENTS, &size);
    get_integers(c, q->sum, TALLY_MOMENTS, &other);
    slices = get_slices(c, &m->slice, true, &full);
    if (!size || !other || m->sum[0] <= 0 || q->sum[0] <= 0 || m->count >> 40) c->bad = true;
    if (c->bad || m->sum[0] > (wide_int)m->count << 68 || q->sum[0] > (wide_int)m->count << 84 ||
        !sums_fit(m->sum, 1, m->sum[0] + (wide_int)m->count) ||
        !sums_fit(q->sum, 1, q->sum[0] + (wide_int)m->count))
        c->bad = true;
    off = slices * ((wide_int)1 << 36) - m->sum[0]; /* each row's weight is rounded to 2^-16, and to 2^-52 */
    if (!full && (off > (wide_int)m->count << 36 || off < -((wide_int)m->count << 36))) c->bad = true;
}

static void get_unweighted(struct cursor *c, struct moments *m)
{
    int size;
    bool full;
    wide_int rows;

    get_integers(c, m->sum + 1, TALLY_MOMENTS - 2, &size);
    m->sum[TALLY_MOMENTS - 1] = cursor_varint(c);
    if (!size || m->count >> 60 || !sums_fit(m->sum, 1, (wide_int)m->count << 44) ||
        m->sum[TALLY_MOMENTS - 1] > (wide_int)m->count << 16)
        c->bad = true;
    rows = get_slices(c, &m->slice, false, &full);
    if (rows > m->count || (rows < m->count && !full)) c->bad = true;
}

/* Whether a tally can have cells of that place. */
static bool place_fits(const struct tally *t, int64_t place, bool weighted)
{
    const struct facts *f = &t->facts;

    if (place < PLACE_ASIDE) return place >= 0 && place < (int64_t)(BIN_COUNT + t->cuts.count);
    return (weighted && place == PLACE_WEIGHTLESS) ||
           (f->predictions && place < (int64_t)(PLACE_ASIDE + 3 * f->classes));
}

/* The place of the next cell, of those that there are. */
static uint32_t get_place(struct cursor *c, const struct tally *t, uint32_t before, bool weighted)
{
    int64_t place = (int64_t)before + (cursor_signed(c) % ((int64_t)1 << 32));

    if (!place_fits(t, place, weighted)) c->bad = true;
    return c->bad ? 0 : (uint32_t)place;
}

/* A cell behind the others, which are not looked up by their keys. */
static size_t cell_make(struct moment_table *m, cell_key key)
{
    size_t i = m->count++;

    m->cell = mem_grow(m->cell, &m->room, i + 1, sizeof *m->cell);
    m->cell[i] = (struct moments){.key = key};
    if (!m->weighted) return i;
    m->square = mem_grow(m->square, &m->square_room, i + 1, sizeof *m->square);
    m->square[i] = (struct square_moments){{0}};
    return i;
}

/* The cells of a part: those that were read, in order, and behind them those that its rows make. */
struct part_cells {
    const struct tally *t;
    struct moment_table *m;
    uint64_t part;
    size_t begin, made;
    uint64_t *order; /* key_order of all of them, from `begin` on */
    size_t room;
    size_t passed;       /* of those that were read, these come before the last row's */
    struct moments *own; /* scratch */
    size_t own_room;
};

static size_t put_cell(struct part_cells *p, cell_key key, uint64_t order)
{
    size_t n = p->m->count - p->begin;

    p->order = mem_grow(p->order, &p->room, n + 1, sizeof *p->order);
    p->order[n] = order;
    return cell_make(p->m, key);
}

static void get_cell(struct cursor *c, struct part_cells *p, uint32_t *place)
{
    const struct tally *t = p->t;
    struct moment_table *m = p->m;
    bool weighted = m->weighted;
    uint64_t level = LEVEL_ZERO;
    uint64_t order;
    cell_key key;
    size_t i, n = m->count - p->begin;

    *place = get_place(c, t, *place, weighted);
    if (weighted) level = cursor_varint(c);
    if (level < LEVEL_ZERO - 68 || level > LEVEL_ZERO + 63) c->bad = true;
    if (c->bad) return;
    key = key_of(p->part, *place, (uint32_t)level);
    order = key_order(&t->cuts, key);
    if (n && p->order[n - 1] >= order) c->bad = true;
    i = put_cell(p, key, order);
    m->cell[i].count = cursor_varint(c);
    if (!m->cell[i].count) c->bad = true;
    if (*place == PLACE_WEIGHTLESS) return;
    if (!weighted) m->cell[i].sum[0] = m->cell[i].count;
    if (!weighted && place_is_aside(*place)) return;
    if (weighted)
        get_weighted(c, &m->cell[i], &m->square[i]);
    else
        get_unweighted(c, &m->cell[i]);
}

/* ---- rows that are kept ---- */

/* Whether a cell of that order was read; places rise from row to row. */
static bool cell_was_read(struct part_cells *p, uint64_t order)
{
    size_t cells = p->made - p->begin, i = p->passed;

    while (i < cells && p->order[i] < order) i++;
    while (p->passed < i && p->order[p->passed] >> KEY_LEVEL_BITS < order >> KEY_LEVEL_BITS) p->passed++;
    return i < cells && p->order[i] == order;
}

/* Adds a row to the sums of its cell, where these were not read. */
static void add_row(struct part_cells *p, double tail, double weight)
{
    struct moment_table *m = p->m;
    int level = m->weighted ? weight_level(weight, NULL) : 0;
    cell_key key = key_of(p->part, place_search(&p->t->cuts, tail), (uint32_t)(level + LEVEL_ZERO));
    size_t i = m->count;

    while (i > p->made && m->cell[i - 1].key >> KEY_LEVEL_BITS == key >> KEY_LEVEL_BITS) /* its place's */
        if (m->cell[--i].key == key) break;
    if (i == m->count || m->cell[i].key != key) {
        uint64_t order = key_order(&p->t->cuts, key);

        if (cell_was_read(p, order)) return;
        i = put_cell(p, key, order);
    }
    if (m->weighted)
        weighted_row_add(tail, weight, &m->cell[i], &m->square[i]);
    else
        row_add(tail, &m->cell[i]);
}

/* Whether row b may follow row a of its bin. */
static bool are_in_order(const struct kept_row *a, const struct kept_row *b)
{
    uint64_t before = tail_order(a->tail), order = tail_order(b->tail);

    return before < order || (before == order && a->weight <= b->weight);
}

/* Rows of one bin, each with its copies. */
static void get_bin_rows(struct cursor *c, struct part_cells *p, uint32_t bin, struct kept_rows *kept)
{
    size_t entries = cursor_count(c, p->m->weighted ? 14 : 6);
    struct kept_row last = {0};

    if (!entries) c->bad = true;
    for (size_t i = 0; i < entries && !c->bad; i++) {
        uint64_t place = cursor_little(c, 6), bits = (uint64_t)bin << BIN_SHIFT;
        struct kept_row r = {.part = p->part, .weight = p->m->weighted ? cursor_double(c) : 1};

        bits |= place & (((uint64_t)1 << BIN_SHIFT) - 1);
        memcpy(&r.tail, &bits, sizeof bits);
        if (isnan(r.tail) || fpclassify(r.tail) == FP_SUBNORMAL || !(r.weight > 0 && isfinite(r.weight)) ||
            (i && !are_in_order(&last, &r)))
            c->bad = true;
        last = r;
        for (uint64_t copies = c->bad ? 0 : (place >> BIN_SHIFT) + 1; copies > 0; copies--) {
            kept_rows_add(kept, r.part, r.tail, r.weight);
            add_row(p, r.tail, r.weight);
        }
    }
}

static void get_rows(struct cursor *c, struct part_cells *p, struct kept_rows *kept)
{
    size_t bins = cursor_count(c, 8);
    int64_t bin = 0;
    uint64_t last = 0;

    for (size_t i = 0; i < bins && !c->bad; i++) {
        uint64_t order;

        bin += cursor_signed(c) % ((int64_t)1 << 32);
        if (bin < 0 || bin >= BIN_COUNT) c->bad = true;
        if (c->bad) return;
        order = key_order(&p->t->cuts, key_of(p->part, (uint32_t)bin, LEVEL_ZERO)) + 1;
        if (order <= last) c->bad = true;
        last = order;
        get_bin_rows(c, p, (uint32_t)bin, kept);
    }
}

/* The cells that rows made, which are in order, go among those that were read. */
static void part_in_order(struct part_cells *p)
{
    struct moment_table *m = p->m;
    size_t own = m->count - p->made, read_all = p->made - p->begin, read = read_all, to = m->count;

    if (!own || !read) return;
    p->own = mem_grow(p->own, &p->own_room, own, sizeof *p->own);
    memcpy(p->own, m->cell + p->made, own * sizeof *p->own);
    while (own) {
        uint64_t order = p->order[read_all + --own];

        while (read && p->order[read - 1] > order) m->cell[--to] = m->cell[p->begin + --read];
        m->cell[--to] = p->own[own];
    }
}

bool state_body_read(struct cursor *c, const struct tally *t, struct moment_table *m, struct kept_rows *kept)
{
    size_t count = cursor_count(c, 3);
    uint64_t next = 0, parts = (uint64_t)t->facts.group_count * t->facts.parts;
    struct part_cells p = {.t = t, .m = m};

    m->sorted = !m->weighted; /* rows of one place may have several levels */
    while (count-- > 0 && !c->bad) {
        uint64_t skipped = cursor_varint(c);
        size_t cells = cursor_count(c, 2);
        uint32_t place = 0;

        if (skipped >= parts - next) c->bad = true;
        if (c->bad) break;
        next += skipped + 1;
        p.part = next - 1;
        p.begin = m->count;
        p.passed = 0;
        for (size_t i = 0; i < cells && !c->bad; i++) get_cell(c, &p, &place);
        p.made = m->count;
        if (!c->bad) get_rows(c, &p, kept);
        if (!c->bad && m->sorted) part_in_order(&p);
        if (m->count == p.begin) c->bad = true;
    }
    free(p.order);
    free(p.own);
    return !c->bad && c->at == c->end;
}
