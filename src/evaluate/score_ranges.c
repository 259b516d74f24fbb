/* score_ranges.c: the cells of both sides by p */
#include "evaluate/score_ranges.h"

#include <math.h>
#include <stdlib.h>

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

static bool is_one_score(const struct side_sums *s)
{
    double mean = s->first / s->weight;

    return s->weight > 0 && s->second / s->weight - mean * mean < NEAR_SCORES * NEAR_SCORES;
}

static enum range_order order_of(const struct score_range *r, enum region region)
{
    const struct side_sums *negative = &r->side[0], *positive = &r->side[1];
    double ahead = positive->first / positive->weight - negative->first / negative->weight;

    if (!(positive->weight > 0 && negative->weight > 0)) return RANGE_TIED;
    if (region == CLIPPED_LOW || region == CLIPPED_HIGH) return RANGE_UNKNOWN;
    if (!is_one_score(positive) || !is_one_score(negative)) return RANGE_UNKNOWN;
    if (fabs(ahead) < NEAR_SCORES) return RANGE_TIED;
    return (ahead > 0) == (region == LOW || region == FAR_HIGH) ? RANGE_POSITIVES_HIGHER
                                                                : RANGE_NEGATIVES_HIGHER;
}

struct ranked_cell *cells_by_score(const struct cell *cells, size_t count, const int *side, double clip)
{
    struct ranked_cell *ranked = mem_alloc(count, sizeof *ranked);

    for (size_t i = 0; i < count; i++) ranked[i] = rank(&cells[i], side[cells[i].part], clip);
    qsort(ranked, count, sizeof *ranked, by_score);
    return ranked;
}

struct score_range *score_ranges_make(const struct cell *cells, size_t count, const int *side, double clip,
                                      size_t *ranges)
{
    struct ranked_cell *ranked = cells_by_score(cells, count, side, clip);
    struct score_range *out = mem_alloc(count, sizeof *out);
    size_t n = 0;

    for (size_t i = 0, first; i < count;) {
        enum region region = ranked[i].region;
        struct score_range *r = &out[n++];

        for (first = i; i < count && ranked_as_one(&ranked[i], &ranked[first]); i++) {
            struct side_sums *s = &r->side[ranked[i].side];

            s->weight += ranked[i].cell->sum[0];
            s->first += ranked[i].cell->sum[1];
            s->second += ranked[i].cell->sum[2];
        }
        r->one_score = region != CLIPPED_LOW && region != CLIPPED_HIGH && is_one_score(&r->side[1]);
        r->order = order_of(r, region);
    }
    free(ranked);
    *ranges = n;
    return out;
}
