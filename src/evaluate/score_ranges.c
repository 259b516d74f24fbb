/* score_ranges.c: the cells of both sides by p */
#include "evaluate/score_ranges.h"

#include "evaluate/internal.h"
#include "tally/kept_rows.h"

#include <math.h>
#include <stdlib.h>

/* 2^-22 of a bin's half-width, 1e-9 of p or 1 − p: the sums of t and t² tell no less. */
#define NEAR 0x1p-22

/* Where p lies, in rising order. CLIPPED: so close to 0 or 1 that clipping may have moved it. */
enum region { CLIPPED_LOW, ZERO, FAR_LOW, LOW, HIGH, FAR_HIGH, ONE, CLIPPED_HIGH };

/* A cell by p. */
struct ranked_cell {
    const struct cell *cell;
    enum region region;
    double order; /* rises with p within the region */
    int side;
};

bool cell_holds_p(enum bin_kind kind, int side)
{
    return (kind == BIN_EASY || kind == BIN_FAR_EASY || kind == BIN_SURE) != (side == 1);
}

double cell_score_sum(const struct cell *c, int side)
{
    double centre, slope, tail;
    enum bin_kind kind = bin_of(c->bin, &centre, &slope);

    if (kind == BIN_EASY || kind == BIN_HARD)
        tail = centre * c->sum[0] + centre * slope * c->sum[1];
    else /* beyond the doubles it is as good as 0 beside 1 */
        tail = kind == BIN_SURE || kind == BIN_NEVER ? 0 : exp(-centre) * c->sum[0];
    return cell_holds_p(kind, side) ? tail : c->sum[0] - tail;
}

static struct ranked_cell rank(const struct cell *c, int side, double clip)
{
    double centre, slope;
    enum bin_kind kind = bin_of(c->bin, &centre, &slope);
    bool low = cell_holds_p(kind, side);
    struct ranked_cell r = {c, low ? ZERO : ONE, 0, side};

    if (kind == BIN_EASY || kind == BIN_HARD) {
        low = low || c->high >= 0.5; /* a bin that begins at ½ holds ½ alone: p = 1 − p */
        r.region = low ? LOW : HIGH;
        r.order = low ? c->low : -c->low;
    } else if (kind == BIN_FAR_EASY || kind == BIN_FAR_HARD) {
        r.region = low ? FAR_LOW : FAR_HIGH;
        r.order = low ? -c->low : c->low;
    }
    if (clip > 0 && ((r.region != LOW && r.region != HIGH) || c->low < clip)) {
        r.region = low ? CLIPPED_LOW : CLIPPED_HIGH;
        r.order = 0;
    }
    return r;
}

static int by_score(const void *a, const void *b)
{
    const struct ranked_cell *x = a, *y = b;

    if (x->region != y->region) return x->region < y->region ? -1 : 1;
    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell); /* so that sums are added in one order */
}

/* ---- cells whose scores are known one by one ---- */

struct score_point {
    double order; /* rises with p within the region */
    double weight, p;
    int side;
    bool row; /* it is one */
};

static int by_order(const void *a, const void *b)
{
    const struct score_point *x = a, *y = b;

    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    if (x->side != y->side) return x->side - y->side;
    return (x->weight > y->weight) - (x->weight < y->weight);
}

static struct score_point point_of(const struct ranked_cell *r, double tail, double weight, bool row)
{
    double size = fabs(tail), p = size >= 1 ? exp(-size) : size;
    bool low = r->region == LOW || r->region == FAR_LOW;

    return (struct score_point){r->region == LOW || r->region == FAR_HIGH ? size : -size, weight,
                                low ? p : 1 - p, r->side, row};
}

/* Whether few points are where the rows of a cell are. */
static bool is_exact(const struct cell *c, bool exact)
{
    double mean = c->sum[1] / c->sum[0], variance = c->sum[2] / c->sum[0] - mean * mean;

    return exact && (c->count <= 2 || variance < NEAR * NEAR || variance > 1e-10);
}

/* Its points, of which there are at most MOST_POINTS or its known rows; false: they are not its rows. */
static bool points_of(const struct ranked_cell *r, struct score_point *out, size_t *count)
{
    const struct cell *c = r->cell;
    struct cell_points p;
    bool weighted = c->square != c->sum;

    *count = 1;
    if (r->region == ZERO || r->region == ONE) {
        out[0] = (struct score_point){0, c->sum[0], r->region == ONE, r->side, true};
        return true;
    }
    if (c->kept_count == c->count) {
        for (size_t i = 0; i < c->kept_count; i++)
            out[i] = point_of(r, c->kept[i].tail, ldexp(c->kept[i].weight, -c->unit), true);
        *count = c->kept_count;
        return true;
    }
    measure_cell_points(c, MOST_POINTS, &p);
    *count = p.count;
    for (size_t i = 0; i < p.count; i++) {
        double w = p.point[i].weight;

        if (!weighted && fabs(w - rint(w)) < 1e-4) w = rint(w); /* a whole number of rows */
        out[i] = point_of(r, bin_tail(c->bin, p.point[i].place), w, false);
    }
    return is_exact(c, p.exact);
}

/* ---- ranges ---- */

struct range_list {
    struct score_range *range;
    size_t count, room;
};

static void add_range(struct range_list *to, const struct score_range *r)
{
    to->range = mem_grow(to->range, &to->room, to->count + 1, sizeof *to->range);
    to->range[to->count++] = *r;
}

/* Whether two points are of one score. */
static bool same_score(const struct score_point *a, const struct score_point *b)
{
    return b->order - a->order <= (a->row && b->row ? 0 : fabs(a->order) * NEAR / 257);
}

static void add_points(const struct score_point *p, size_t count, struct range_list *to)
{
    for (size_t i = 0, first = 0; i < count; first = i) {
        struct score_range own = {.one_score = true, .one_positive = true};

        for (; i < count && same_score(&p[first], &p[i]); i++) {
            own.weight[p[i].side] += p[i].weight;
            own.score += p[i].weight * p[i].p;
        }
        add_range(to, &own);
    }
}

/* Whether all the positives of n cells have one score. */
static bool is_one_positive(const struct ranked_cell *r, size_t n)
{
    double sum[3] = {0}, mean;

    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < 3 && r[i].side == 1; k++) sum[k] += r[i].cell->sum[k];
    mean = sum[1] / sum[0];
    return r->region != CLIPPED_LOW && r->region != CLIPPED_HIGH && sum[0] > 0 &&
           sum[2] / sum[0] - mean * mean < NEAR * NEAR;
}

/* n cells of one region and order, as one range. */
static void add_whole(const struct ranked_cell *r, size_t n, struct range_list *to)
{
    struct score_range own = {.one_positive = is_one_positive(r, n), .low = 1};

    for (size_t i = 0; i < n; i++) {
        const struct cell *c = r[i].cell;
        double centre, slope;
        enum bin_kind kind = bin_of(c->bin, &centre, &slope);
        bool inner = kind == BIN_EASY || kind == BIN_HARD, holds_p = cell_holds_p(kind, r[i].side);
        double low = inner ? c->low : 0, high = inner ? c->high : 0;

        own.weight[r[i].side] += c->sum[0];
        own.score += cell_score_sum(c, r[i].side);
        own.low = fmin(own.low, holds_p ? low : 1 - high);
        own.high = fmax(own.high, holds_p ? high : 1 - low);
    }
    add_range(to, &own);
}

static void add_cells(const struct ranked_cell *r, size_t n, struct range_list *to)
{
    struct score_point *p;
    size_t room = 0, count = 0;
    bool exact = r->region != CLIPPED_LOW && r->region != CLIPPED_HIGH;

    for (size_t i = 0; i < n; i++) room += r[i].cell->kept_count + MOST_POINTS;
    p = mem_alloc(room, sizeof *p);
    for (size_t i = 0, own; exact && i < n; i++, count += own) exact = points_of(&r[i], p + count, &own);
    if (exact) {
        qsort(p, count, sizeof *p, by_order);
        add_points(p, count, to);
    } else {
        add_whole(r, n, to);
    }
    free(p);
}

struct score_range *score_ranges_make(const struct cell *cells, size_t count, const int *side, double clip,
                                      size_t *ranges)
{
    struct ranked_cell *r = mem_alloc(count, sizeof *r);
    struct range_list list = {0};

    for (size_t i = 0; i < count; i++) r[i] = rank(&cells[i], side[cells[i].part], clip);
    qsort(r, count, sizeof *r, by_score);
    for (size_t i = 0, first = 0; i < count; first = i) {
        while (i < count && r[i].region == r[first].region && r[i].order == r[first].order) i++;
        add_cells(r + first, i - first, &list);
    }
    free(r);
    *ranges = list.count;
    return list.range;
}
