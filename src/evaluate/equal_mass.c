/* equal_mass.c: calibration error over bins of p that hold the same weight */
#include "evaluate/equal_mass.h"

#include "evaluate/internal.h"
#include "evaluate/score_ranges.h"

#include <math.h>
#include <stdlib.h>

/* Examples whose scores lie beside each other: of one p, or not known one by one. */
struct piece {
    double weight, positive;
    double gap; /* Σ w (y − p) */
    bool one_score;
    double low, high; /* of p, where it is not one */
};
struct pieces {
    struct piece *piece;
    size_t count, room;
};

static void add_piece(struct pieces *to, const struct piece *p)
{
    to->piece = mem_grow(to->piece, &to->room, to->count + 1, sizeof *to->piece);
    to->piece[to->count++] = *p;
}

/* One p of a cell. */
struct score_point {
    double order; /* rises with p within the region */
    double weight, p;
    int side;
};

static int by_order(const void *a, const void *b)
{
    const struct score_point *x = a, *y = b;

    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    return x->side - y->side;
}

/* The points of a cell; false: they are not its rows. */
static bool points_of(const struct ranked_cell *r, struct score_point out[MOST_POINTS], size_t *count)
{
    struct point p[MOST_POINTS];
    bool exact = true, weighted = r->cell->square != r->cell->sum;

    if (r->region == ZERO || r->region == ONE) {
        *count = 1;
        out[0] = (struct score_point){0, r->cell->sum[0], r->region == ONE, r->side};
        return true;
    }
    *count = measure_cell_points(r->cell, MOST_POINTS, &exact, p);
    for (size_t i = 0; exact && i < *count; i++) {
        double size = fabs(bin_tail(r->cell->bin, p[i].place)), tail = size >= 1 ? exp(-size) : size,
               w = p[i].weight;
        bool low = r->region == LOW || r->region == FAR_LOW;

        if (!weighted && fabs(w - rint(w)) < 1e-4) w = rint(w); /* so many rows */
        out[i] = (struct score_point){r->region == LOW || r->region == FAR_HIGH ? size : -size, w,
                                      low ? tail : 1 - tail, r->side};
    }
    return exact;
}

/* The n cells of one range, as points; false: they are not known one by one. */
static bool add_points(const struct ranked_cell *r, size_t n, struct pieces *to)
{
    struct score_point *p = mem_alloc(n * MOST_POINTS, sizeof *p);
    size_t count = 0;
    bool exact = r->region != CLIPPED_LOW && r->region != CLIPPED_HIGH;

    for (size_t i = 0, own; exact && i < n; i++, count += own) exact = points_of(&r[i], p + count, &own);
    qsort(p, exact ? count : 0, sizeof *p, by_order);
    for (size_t i = 0, first = 0; exact && i < count; first = i) {
        struct piece own = {.one_score = true};

        for (; i < count && p[i].order - p[first].order <= fabs(p[first].order) * NEAR_SCORES / 257; i++) {
            own.weight += p[i].weight;
            own.positive += p[i].side == 1 ? p[i].weight : 0;
            own.gap += p[i].weight * ((p[i].side == 1) - p[i].p);
        }
        add_piece(to, &own);
    }
    free(p);
    return exact;
}

static void add_whole(const struct ranked_cell *r, size_t n, struct pieces *to)
{
    struct piece own = {.low = 1};

    for (size_t i = 0; i < n; i++) {
        const struct cell *c = r[i].cell;
        double centre, slope;
        enum bin_kind kind = bin_of(c->bin, &centre, &slope);
        bool inner = kind == BIN_EASY || kind == BIN_HARD, holds_p = cell_holds_p(kind, r[i].side);
        double low = inner ? c->low : 0, high = inner ? c->high : 0;

        own.weight += c->sum[0];
        own.positive += r[i].side == 1 ? c->sum[0] : 0;
        own.gap += (r[i].side == 1 ? c->sum[0] : 0) - cell_score_sum(c, r[i].side);
        own.low = fmin(own.low, holds_p ? low : 1 - high);
        own.high = fmax(own.high, holds_p ? high : 1 - low);
    }
    add_piece(to, &own);
}

static double within(double x, double low, double high)
{
    return fmax(low, fmin(high, x));
}

/* How far Σ w (y − p) of a piece's lower part, which has so much weight at least, may be from an even share
   of the piece's: more than that weight where equal p go with it. */
static double split_bound(const struct piece *p, double part)
{
    double share = p->gap * part / p->weight, negative = p->weight - p->positive,
           least = within(negative, part, p->weight), most = within(p->positive, part, p->weight);

    least = fmax(0, least - negative) - least * p->high;
    most = fmin(most, p->positive) - most * p->low;
    return fmax(most - share, share - least);
}

/* The bins of equal mass as pieces fill them. */
struct filling {
    double all, before; /* weight: in all, and of the pieces so far */
    double gap;         /* of the bin at hand */
    int bin;
    double error, bound;
};

/* The weight at which the bin at hand ends. */
static double bin_end(const struct filling *f)
{
    return f->bin + 1 < CALIBRATION_BINS ? (f->bin + 1) * f->all / CALIBRATION_BINS : INFINITY;
}

static void end_bin(struct filling *f)
{
    f->error += fabs(f->gap);
    f->gap = 0;
    f->bin++;
}

static void fill(struct filling *f, const struct piece *p)
{
    double after = f->before + p->weight, used = 0;

    while (!p->one_score && bin_end(f) < after) {
        double part = fmax(used, bin_end(f) - f->before);

        f->gap += p->gap * (part - used) / p->weight;
        f->bound += 2 * split_bound(p, part);
        used = part;
        end_bin(f);
    }
    f->gap += p->gap * (p->weight - used) / p->weight;
    while (bin_end(f) <= after) end_bin(f);
    f->before = after;
}

void add_adaptive_ece(const struct cell *cells, size_t count, const int *side, double clip,
                      struct metric_sums *out)
{
    struct ranked_cell *ranked = cells_by_score(cells, count, side, clip);
    struct pieces pieces = {0};
    struct filling f = {0};

    for (size_t i = 0, first = 0; i < count; first = i) {
        while (i < count && ranked_as_one(&ranked[i], &ranked[first])) i++;
        if (!add_points(ranked + first, i - first, &pieces)) add_whole(ranked + first, i - first, &pieces);
    }
    for (size_t i = 0; i < pieces.count; i++) f.all += pieces.piece[i].weight;
    for (size_t i = 0; i < pieces.count; i++) fill(&f, &pieces.piece[i]);
    end_bin(&f);
    out->adaptive_ece = f.error / f.all;
    out->adaptive_ece_bound = fmin(1, f.bound / f.all);
    free(pieces.piece);
    free(ranked);
}
