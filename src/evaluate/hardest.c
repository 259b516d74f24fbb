/* hardest.c: the hardest examples of each group, as a tally of their own */
#include "evaluate/hardest.h"

#include "evaluate/internal.h"
#include "loss/tail.h"
#include "tally/row_sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The rows that are kept of a cell's part and place, whatever their level. */
struct known {
    size_t first, count; /* in tally.kept */
    bool all, again;     /* there are no others; the cell before had them already */
};

/* A cell of the group at hand. */
struct ranked {
    uint64_t order; /* rises from the hardest; the same for all cells of a place */
    size_t cell;
    double weight;
    bool positive;
};

struct choice {
    const struct tally *tally;
    struct known *known; /* [cells of the tally] */
    struct ranked *ranked;
    size_t count;
    struct moment_table sums;
    struct kept_rows rows;
    bool all_known; /* so far all rows that are chosen are */
    double bound;
};

/* Σ w of a cell. */
static double weight_of(const struct tally *t, size_t i)
{
    double sum = (double)t->cell[i].sum[0];

    return t->square ? ldexp(sum, 16 * key_level(t->cell[i].key) - 52) : sum;
}

static bool same_place(const struct tally *t, size_t i, size_t k)
{
    return t->cell[i].key >> KEY_LEVEL_BITS == t->cell[k].key >> KEY_LEVEL_BITS;
}

static struct known *find_known(const struct tally *t)
{
    struct known *known = mem_alloc(t->count, sizeof *known);

    for (size_t i = 0, end, row = 0; i < t->count; i = end) {
        size_t n = kept_rows_at(&t->kept, row, &t->cuts, t->cell[i].key);
        uint64_t rows = 0;

        for (end = i; end < t->count && same_place(t, i, end); end++) rows += t->cell[end].count;
        for (size_t k = i; k < end; k++) known[k] = (struct known){row, n, n == rows, k > i};
        row += n;
    }
    return known;
}

static int by_order(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    if (x->positive != y->positive) return x->positive ? -1 : 1;
    return x->cell < y->cell ? -1 : x->cell > y->cell;
}

/* Ranks the cells of a group; weight[]: of negatives, of positives. */
static void rank(struct choice *c, size_t group, double weight[2])
{
    const struct tally *t = c->tally;

    c->count = 0;
    weight[0] = weight[1] = 0;
    for (size_t i = t->group_first[group]; i < t->group_first[group + 1]; i++) {
        cell_key key = t->cell[i].key;
        struct ranked *r = &c->ranked[c->count];

        if (place_is_aside(key_place(key))) continue;
        *r = (struct ranked){.order = key_order(&t->cuts, key_of(0, key_place(key), 0)),
                             .cell = i,
                             .weight = weight_of(t, i),
                             .positive = facts_side(&t->facts, key_part(key) % t->facts.parts) != 0};
        weight[r->positive] += r->weight;
        c->count++;
    }
    qsort(c->ranked, c->count, sizeof *c->ranked, by_order);
}

static void keep_whole(struct choice *c, size_t cell)
{
    const struct tally *t = c->tally;
    const struct known *k = &c->known[cell];

    moment_table_add(&c->sums, t->cell[cell].key, &t->cell[cell], t->square ? &t->square[cell] : NULL);
    c->all_known &= k->all;
    for (size_t i = k->first; c->all_known && !k->again && i < k->first + k->count; i++)
        kept_rows_add(&c->rows, t->kept.row[i].part, t->kept.row[i].tail, t->kept.row[i].weight);
}

/* ---- the place in which the bound falls: its rows are known ---- */

/* One of them. */
struct known_row {
    struct kept_row row;
    bool positive;
};

static int known_first(const void *a, const void *b)
{
    const struct known_row *x = a, *y = b;
    uint64_t own = tail_order(x->row.tail), other = tail_order(y->row.tail);

    if (own != other) return own < other ? -1 : 1;
    if (x->positive != y->positive) return x->positive ? -1 : 1;
    if (x->row.part != y->row.part) return x->row.part < y->row.part ? -1 : 1;
    return (x->row.weight > y->row.weight) - (x->row.weight < y->row.weight);
}

static void keep_row(struct choice *c, const struct kept_row *row, uint32_t place, double weight)
{
    struct moments own = {0};
    struct square_moments square = {{0}};
    int level = 0;

    if (c->tally->square) {
        level = weight_level(weight, NULL);
        weighted_row_add(row->tail, weight, &own, &square);
    } else {
        row_add(row->tail, &own);
    }
    moment_table_add(&c->sums, key_of(row->part, place, (uint32_t)(level + LEVEL_ZERO)), &own,
                     c->tally->square ? &square : NULL);
    kept_rows_add(&c->rows, row->part, row->tail, weight);
}

/* Keeps the hardest of the rows of the place's n cells, if all are known: else false. */
static bool cut_known(struct choice *c, const struct ranked *r, size_t n, double left)
{
    const struct tally *t = c->tally;
    struct known_row *row;
    size_t room = 0, rows = 0;

    for (size_t k = 0; k < n; k++) {
        if (!c->known[r[k].cell].all) return false;
        room += c->known[r[k].cell].count;
    }
    row = mem_alloc(room, sizeof *row);
    for (size_t k = 0; k < n; k++) {
        const struct known *own = &c->known[r[k].cell];

        for (size_t i = own->first; !own->again && i < own->first + own->count; i++)
            row[rows++] = (struct known_row){t->kept.row[i], r[k].positive};
    }
    qsort(row, rows, sizeof *row, known_first);
    for (size_t i = 0; i < rows && left > 0; i++) {
        double weight = fmin(left, row[i].row.weight);

        keep_row(c, &row[i].row, key_place(t->cell[r->cell].key), weight);
        left -= weight;
    }
    free(row);
    return true;
}

/* ---- the same where they are not ---- */

/* A point of one of its cells. */
struct place_point {
    double tail, place, weight;
    bool positive;
    size_t of; /* which of the place's cells */
};

static int hardest_first(const void *a, const void *b)
{
    const struct place_point *x = a, *y = b;
    int order = tail_compare(x->tail, y->tail);

    if (order) return order;
    return x->positive != y->positive ? (x->positive ? -1 : 1) : (x->of > y->of) - (x->of < y->of);
}

/* Without weights: a cell's sums as doubles. */
static struct cell cell_of(const struct tally *t, const struct moments *m)
{
    struct cell c = {
        .bin = place_bin(&t->cuts, key_place(m->key)), .count = m->count, .slice_rows = slice_rows_of(m)};

    for (int k = 0; k < TALLY_MOMENTS; k++)
        c.sum[k] = (double)m->sum[k] * (k == 0 ? 1 : k == 8 ? 0x1p-16 : 0x1p-44);
    return c;
}

/* How far apart the losses of two rows of the place may be. */
static double loss_range(const struct tally *t, uint32_t place)
{
    double low, high, centre, slope;
    enum bin_kind kind = bin_of(place_bin(&t->cuts, place), &centre, &slope);
    double sign = kind == BIN_HARD || kind == BIN_FAR_HARD ? -1 : 1;

    if (measure_is_end(kind)) return 0;
    place_bounds(&t->cuts, place, &low, &high);
    return fabs(tail_lp(sign * low) - tail_lp(sign * high));
}

/* The largest of rows that share a mean and a deviation are within half of it a row of each other. */
static double spread_bound(const struct place_point *p, size_t n)
{
    double w = 0, sum = 0, square = 0;

    for (size_t i = 0; i < n; i++) {
        w += p[i].weight;
        sum += p[i].weight * -tail_lp(p[i].tail);
    }
    for (size_t i = 0; i < n; i++) {
        double d = -tail_lp(p[i].tail) - sum / w;

        square += p[i].weight * d * d;
    }
    return 0.5 * sqrt(w * square);
}

/* Adds `rows` of a cell: those of its points that are the hardest. */
static void keep_some(struct choice *c, const struct place_point *p, size_t points, size_t of, size_t cell,
                      uint64_t rows)
{
    struct moments part = {.key = c->tally->cell[cell].key, .count = rows};
    double left = (double)rows, sum[TALLY_MOMENTS] = {0};

    for (size_t i = 0; i < points && left > 0; i++) {
        double w = fmin(left, p[i].weight), power = w;

        if (p[i].of != of) continue;
        for (int k = 1; k < TALLY_MOMENTS; k++) sum[k] += power *= p[i].place;
        left -= w;
    }
    part.sum[0] = (wide_int)rows;
    for (int k = 1; k < TALLY_MOMENTS; k++) part.sum[k] = (wide_int)rint(ldexp(sum[k], k == 8 ? 16 : 44));
    if (rows) moment_table_add(&c->sums, part.key, &part, NULL);
}

/* How many rows of each of the place's n cells are among the hardest `rows` of all; out[n]. */
static void share_out(const struct place_point *p, size_t points, const struct ranked *r, size_t n,
                      uint64_t rows, uint64_t *out)
{
    double *wanted = mem_alloc(n, sizeof *wanted), left = (double)rows;
    uint64_t given = 0;

    for (size_t i = 0; i < points && left > 0; i++) {
        double w = fmin(left, p[i].weight);

        wanted[p[i].of] += w;
        left -= w;
    }
    for (size_t k = 0; k < n; k++) {
        out[k] = (uint64_t)fmin(floor(wanted[k] + 1e-6), r[k].weight);
        given += out[k];
    }
    while (given < rows) { /* what rounding left goes where most is missing */
        size_t most = n;

        for (size_t k = 0; k < n; k++)
            if ((double)out[k] < r[k].weight &&
                (most == n || wanted[k] - (double)out[k] > wanted[most] - (double)out[most]))
                most = k;
        out[most]++;
        given++;
    }
    free(wanted);
}

/* Without weights: `rows` of the place's n cells. */
static void cut_rows(struct choice *c, const struct ranked *r, size_t n, uint64_t rows, double all)
{
    struct place_point *p = mem_alloc(n * MOST_POINTS, sizeof *p);
    uint64_t *share = mem_alloc(n, sizeof *share);
    size_t points = 0;
    bool exact = true;

    for (size_t k = 0; k < n; k++) {
        struct cell cell = cell_of(c->tally, &c->tally->cell[r[k].cell]);
        struct cell_points own;

        measure_cell_points(&cell, MOST_POINTS, &own);
        exact &= own.exact;
        for (size_t i = 0; i < own.count; i++) {
            double w = own.point[i].weight, rounded = rint(w);

            if (own.exact && fabs(w - rounded) < 1e-4) w = rounded; /* a whole number of rows */
            p[points++] = (struct place_point){bin_tail(cell.bin, own.point[i].place), own.point[i].place, w,
                                               r[k].positive, k};
        }
    }
    qsort(p, points, sizeof *p, hardest_first);
    share_out(p, points, r, n, rows, share);
    for (size_t k = 0; k < n; k++) keep_some(c, p, points, k, r[k].cell, share[k]);
    if (!exact)
        c->bound += fmin(n == 1 ? spread_bound(p, points) : INFINITY,
                         fmin((double)rows, all - (double)rows) *
                             loss_range(c->tally, key_place(c->tally->cell[r->cell].key)));
    free(share);
    free(p);
}

/* With weights: the same fraction of each of the place's cells. */
static void cut_weight(struct choice *c, const struct ranked *r, size_t n, double weight, double all)
{
    const struct tally *t = c->tally;

    for (size_t k = 0; k < n; k++) {
        const struct moments *from = &t->cell[r[k].cell];
        struct moments part = {.key = from->key,
                               .count = (uint64_t)fmax(1, rint((double)from->count * weight / all))};
        struct square_moments square;

        for (int i = 0; i < WEIGHT_SLICES; i++)
            part.slice.weight[i] = (uint64_t)((long double)from->slice.weight[i] * weight / all);
        for (int i = 0; i < TALLY_MOMENTS; i++) {
            part.sum[i] = (wide_int)((long double)from->sum[i] * weight / all);
            square.sum[i] = (wide_int)((long double)t->square[r[k].cell].sum[i] * weight / all);
        }
        moment_table_add(&c->sums, part.key, &part, &square);
    }
    if (n > 1 || t->cell[r->cell].count > 1)
        c->bound += fmin(weight, all - weight) * loss_range(t, key_place(t->cell[r->cell].key));
}

/* ---- walking from the hardest ---- */

/* Keeps `weight` of the n cells of a place, which weigh `all`. */
static void keep_part(struct choice *c, const struct ranked *r, size_t n, double weight, double all)
{
    if (cut_known(c, r, n, weight)) return;
    c->all_known = false;
    if (c->tally->square)
        cut_weight(c, r, n, weight, all);
    else
        cut_rows(c, r, n, (uint64_t)weight, all);
}

/* Keeps the hardest of the ranked cells of a side (−1: of both) up to a weight. */
static void keep_hardest(struct choice *c, int side, double limit)
{
    struct ranked *r = mem_alloc(c->count, sizeof *r);
    size_t n = 0;
    double left = c->tally->square ? limit : floor(limit);

    for (size_t i = 0; i < c->count; i++)
        if (side < 0 || c->ranked[i].positive == side) r[n++] = c->ranked[i];
    for (size_t i = 0, end; i < n && left > 0; i = end) {
        double all = 0;

        for (end = i; end < n && r[end].order == r[i].order; end++) all += r[end].weight;
        for (size_t k = i; all <= left && k < end; k++) keep_whole(c, r[k].cell);
        if (all > left) keep_part(c, r + i, end - i, left, all);
        left -= all;
    }
    free(r);
}

void hardest_make(const struct tally *t, const struct setting *at, struct tally *out, double **bound)
{
    struct choice c = {.tally = t,
                       .sums = {.weighted = t->square != NULL},
                       .rows = {.weighted = t->square != NULL},
                       .all_known = true};

    c.known = find_known(t);
    c.ranked = mem_alloc(t->count, sizeof *c.ranked);
    *bound = mem_alloc(t->facts.group_count, sizeof **bound);
    for (size_t g = 0; g < t->facts.group_count; g++) {
        double weight[2];
        struct kept kept;

        rank(&c, g, weight);
        kept = at->loss->keep(weight, at->param);
        c.bound = 0;
        if (!kept.by_side) keep_hardest(&c, -1, kept.all);
        for (int side = 0; kept.by_side && side < 2; side++) keep_hardest(&c, side, kept.side[side]);
        (*bound)[g] = c.bound;
    }
    free(c.ranked);
    free(c.known);
    *out = (struct tally){0};
    out->facts.parts = t->facts.parts;
    out->facts.group_count = t->facts.group_count;
    bin_cuts_copy(&t->cuts, &out->cuts);
    if (!c.all_known) c.rows.count = 0; /* some rows beside others that are missing would count twice */
    tally_take(out, &c.sums, &c.rows);
}
