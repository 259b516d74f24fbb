/* cells.c: the exact sums of a tally as doubles */
#include "evaluate/cells.h"

#include "tally/row_sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The nearest double; most sums are of 64 bits, which the machine converts itself. */
static double double_of(wide_int sum)
{
    return sum == (int64_t)sum ? (double)(int64_t)sum : (double)sum;
}

/* Adds exact sums on their grids, see struct moments; those with weights in units of 2^exponent. */
static void add_sums(double to[TALLY_MOMENTS], const wide_int *sum, bool weighted, int exponent)
{
    static const double grid[TALLY_MOMENTS] = {1,       0x1p-44, 0x1p-44, 0x1p-44, 0x1p-44,
                                               0x1p-44, 0x1p-44, 0x1p-44, 0x1p-16};

    for (int k = 0; k < TALLY_MOMENTS; k++)
        to[k] += weighted ? ldexp(double_of(sum[k]), exponent - 52) : double_of(sum[k]) * grid[k];
}

static struct cell cell_at(const struct tally *t, cell_key key)
{
    struct cell c = {.part = (uint32_t)(key_part(key) % t->facts.parts)};

    c.bin = place_bin(&t->cuts, key_place(key));
    c.cut = place_bounds(&t->cuts, key_place(key), &c.low, &c.high);
    return c;
}

/* The unit of the largest weights: their squares and products stay within the doubles. */
static int unit_of(const struct tally *t, size_t first, size_t end)
{
    int most = -1000;

    for (size_t i = first; i < end; i++)
        if (!place_is_aside(key_place(t->cell[i].key)) && key_level(t->cell[i].key) > most)
            most = key_level(t->cell[i].key);
    return t->square && most > -1000 ? 16 * most : 0;
}

/* In which sums of the weights, and of losses of any size, lie within the doubles: one for all groups. */
static int scale_of(const struct tally *t)
{
    int unit = t->square ? 16 * t->top_level : 0;

    return unit > 960 ? 256 : unit < -900 ? -512 : 0;
}

/* Adds to `rest` and `slice` the sums of a cell without those of its rows that are among n of its place. */
static void add_rest(double rest[TALLY_MOMENTS], double slice[WEIGHT_SLICES], const struct moments *m,
                     const struct kept_row *row, size_t n, int exponent)
{
    struct moments kept = {0};
    struct square_moments square = {{0}};

    for (size_t i = 0; i < n; i++)
        if (weight_level(row[i].weight, NULL) == key_level(m->key))
            weighted_row_add(row[i].tail, row[i].weight, &kept, &square);
    for (int k = 0; k < TALLY_MOMENTS; k++) kept.sum[k] = m->sum[k] - kept.sum[k];
    if (kept.count == m->count) return;
    add_sums(rest, kept.sum, true, exponent);
    for (int k = 0; k < WEIGHT_SLICES; k++)
        slice[k] += ldexp((double)(m->slice.weight[k] - kept.slice.weight[k]), exponent - 16);
}

/* The first row that is kept of a part, or of one behind it. */
static size_t row_of_part(const struct kept_rows *k, uint64_t part)
{
    size_t low = 0, high = k->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (k->row[middle].part < part)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The rows that are kept of the cells from `first` up to `end`, and what that leaves of cells of which some
   rows are kept: without weights there are none. */
static void rows_find(const struct tally *t, size_t first, size_t end, struct cells *out)
{
    size_t begin, row, i = first;

    if (first == end) return;
    begin = row = row_of_part(&t->kept, key_part(t->cell[first].key));
    out->kept =
        mem_alloc(row_of_part(&t->kept, key_part(t->cell[end - 1].key) + 1) - begin, sizeof *out->kept);
    for (struct cell *c = out->cell; c < out->cell + out->count; c++) {
        double *rest = t->square ? out->rest[c - out->cell] : NULL;
        cell_key place;

        while (place_is_aside(key_place(t->cell[i].key))) i++;
        place = t->cell[i].key >> KEY_LEVEL_BITS;
        c->kept_count = kept_rows_at(&t->kept, row, &t->cuts, t->cell[i].key);
        c->kept = out->kept + (row - begin);
        if (c->kept_count)
            memcpy(out->kept + (row - begin), t->kept.row + row, c->kept_count * sizeof *c->kept);
        if (rest && c->kept_count < c->count) {
            c->rest = rest;
            c->slice_weight = out->slice[c - out->cell];
        }
        for (; i < end && t->cell[i].key >> KEY_LEVEL_BITS == place; i++)
            if (c->rest)
                add_rest(rest, out->slice[c - out->cell], &t->cell[i], c->kept, c->kept_count,
                         16 * key_level(t->cell[i].key) - c->unit);
        row += c->kept_count;
    }
}

const uint32_t *slice_rows_of(const struct moments *m)
{
    uint64_t rows = 0;

    for (int k = 0; k < SLICES; k++) rows += m->slice.rows[k];
    return rows == m->count ? m->slice.rows : NULL;
}

/* The weights' levels of one place come together. */
static struct cells cells_between(const struct tally *t, size_t first, size_t end)
{
    struct cells out = {.cell = mem_resize(NULL, end - first, sizeof *out.cell)};
    cell_key place = 0;
    int unit = unit_of(t, first, end), scale = t->square ? scale_of(t) : 0;

    out.weightless = mem_alloc(t->facts.parts, sizeof *out.weightless);
    if (t->square) {
        out.square = mem_alloc(end - first, sizeof *out.square);
        out.rest = mem_alloc(end - first, sizeof *out.rest);
        out.slice = mem_alloc(end - first, sizeof *out.slice);
    }
    for (size_t i = first; i < end; i++) {
        const struct moments *m = &t->cell[i];
        int level = key_level(m->key);
        struct cell *c;

        if (place_is_aside(key_place(m->key))) {
            if (key_place(m->key) == PLACE_WEIGHTLESS)
                out.weightless[key_part(m->key) % t->facts.parts] += m->count;
            continue;
        }
        if (!out.count || m->key >> KEY_LEVEL_BITS != place) out.cell[out.count++] = cell_at(t, m->key);
        place = m->key >> KEY_LEVEL_BITS;
        c = &out.cell[out.count - 1];
        c->count += m->count;
        c->unit = unit;
        c->scale = scale;
        add_sums(c->sum, m->sum, t->square, 16 * level - unit);
        c->square = c->sum;
        if (!t->square) {
            c->slice_rows = slice_rows_of(m);
            continue;
        }
        add_sums(out.square[out.count - 1], t->square[i].sum, true, 2 * (16 * level - unit));
        c->square = out.square[out.count - 1];
    }
    rows_find(t, first, end, &out);
    return out;
}

struct cells cells_of_group(const struct tally *t, size_t group)
{
    return cells_between(t, t->group_first[group], t->group_first[group + 1]);
}

struct cells cells_take(struct tally *t)
{
    struct cells out = cells_between(t, 0, t->count);
    size_t n = 0;

    if (!t->square) out.slice_rows = mem_resize(NULL, out.count, sizeof *out.slice_rows);
    for (struct cell *c = out.cell; c < out.cell + out.count; c++) {
        if (!c->slice_rows) continue;
        memcpy(out.slice_rows[n], c->slice_rows, sizeof out.slice_rows[n]);
        c->slice_rows = out.slice_rows[n++];
    }
    tally_spend(t);
    return out;
}

struct cells cells_of_all(const struct tally *t)
{
    struct tally total;
    struct cells out;

    if (t->facts.group_count <= 1) return cells_between(t, 0, t->count);
    tally_total(t, &total);
    out = cells_take(&total);
    tally_free(&total);
    return out;
}

void cells_free(struct cells *c)
{
    free(c->cell);
    free(c->weightless);
    free(c->square);
    free(c->rest);
    free(c->slice);
    free(c->slice_rows);
    free(c->kept);
    *c = (struct cells){0};
}
