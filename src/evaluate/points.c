/* points.c: the points that stand for the rows of cells in curves */
#include "evaluate/internal.h"
#include "loss/tail.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

double *measure_array(size_t n)
{
    double *array = mem_resize(NULL, n + LOSS_LANES, sizeof *array);

    memset(array + n, 0, LOSS_LANES * sizeof *array);
    return array;
}

/* ---- one cell's rows as points, as many as its share of the data is worth ---- */

/* The place below which a weight of `below` lies, by a straight line between the middles of the rule's
   weights, continued beyond the first and the last. */
static double quantile(const struct rule *r, double below)
{
    double at[RULE], sum = 0;
    int i = 0;

    for (int k = 0; k < r->count; k++) {
        at[k] = sum + 0.5 * r->weight[k];
        sum += r->weight[k];
    }
    while (i + 2 < r->count && below > at[i + 1]) i++;
    return r->place[i] + (below - at[i]) / (at[i + 1] - at[i]) * (r->place[i + 1] - r->place[i]);
}

/* Rows that are spread: `count` points of equal weight with their mean and variance. */
static void spread_points(const struct rule *r, const struct cell *c, double mean, double sigma, size_t count,
                          struct mass *out)
{
    double sum = 0, square = 0, scale;

    for (size_t k = 0; k < count; k++) {
        out[k].place = quantile(r, ((double)k + 0.5) / (double)count * c->sum[0]);
        sum += out[k].place / (double)count;
    }
    for (size_t k = 0; k < count; k++) square += (out[k].place - sum) * (out[k].place - sum) / (double)count;
    scale = sigma / sqrt(square);
    for (size_t k = 0; k < count; k++) {
        out[k].place = fmin(1, fmax(-1, mean + scale * (out[k].place - sum)));
        out[k].weight = c->sum[0] / (double)count;
    }
}

/* Whether the rows' slices are looked at: they are worth it, and tell more than nine moments. */
static bool asks_slices(const struct cell *c, size_t wanted)
{
    struct slices slices;

    return wanted > RULE && slices_find(c, &slices);
}

static void put_rule_points(const struct rule *r, struct cell_points *out)
{
    for (int i = 0; i < r->count; i++) out->point[i] = (struct mass){r->place[i], r->weight[i]};
    out->count = (size_t)r->count;
    out->blur = r->exact ? r->blur : 0;
}

void measure_cell_points(const struct cell *c, size_t wanted, struct cell_points *out)
{
    double mean = c->sum[1] / c->sum[0], sigma = sqrt(fmax(0, c->sum[2] / c->sum[0] - mean * mean));
    struct rule r = {0};

    *out = (struct cell_points){.exact = c->count <= 2 || sigma < 1e-5};
    if (c->count > 2) out->blur = c->sum[0] * fmin(sigma, 1e-5);
    if (wanted > 2 && !out->exact) rule_of(c->sum, &r);
    if (r.count < 2) {
        out->count = measure_points_of(c, out->point);
        return;
    }
    out->exact = r.exact || c->count <= (uint64_t)r.count;
    out->sliced = !out->exact && asks_slices(c, wanted);
    if (out->exact)
        put_rule_points(&r, out);
    else if (out->sliced)
        out->count = slices_points(c, out->point);
    else
        spread_points(&r, c, mean, sigma, out->count = wanted, out->point);
}

/* ---- how many points each cell is worth ---- */

enum { MOST_EVEN = 32 }; /* points of equal weight */

/* The losses by which shares are judged: FL at these γ. */
static const double judged[] = {0, 2, 5};
enum { JUDGED = sizeof judged / sizeof *judged };

static void judge(const struct cell *c, enum bin_kind kind, double loss[JUDGED])
{
    bool has_loss =
        !measure_is_end(kind) && c->sum[0] > 0; /* else none, an infinite one, or too light a one */
    double tail = has_loss ? bin_tail(c->bin, c->sum[1] / c->sum[0]) : 0.5, lq = tail_lq(tail),
           ce = -tail_lp(tail);

    for (int g = 0; g < JUDGED; g++) loss[g] = !has_loss ? 0 : c->sum[0] * exp(judged[g] * lq) * ce;
}

/* What is not known of a cell's rows. */
static struct cell rest_of(const struct cell *c)
{
    struct cell rest = *c;

    rest.count -= c->kept_count;
    if (c->kept_count) rest.slice_rows = NULL;
    if (c->rest) memcpy(rest.sum, c->rest, sizeof rest.sum);
    if (!rest.count || !(rest.sum[0] > 0)) memset(rest.sum, 0, sizeof rest.sum);
    return rest;
}

/* A cell of share s whose losses range over r, relatively, is off by at most s r / (8 k²) in k points of
   equal weight, at γ = 5, where r is 6 times the range of |s|: that shall be 1e-5. The share is the largest
   that it has in its part, of the weight and of the losses judged. */
static void wanted_points(const struct measure *m, size_t *wanted)
{
    double *all = mem_alloc(m->parts * (JUDGED + 1), sizeof *all),
           (*loss)[JUDGED] = mem_alloc(m->count, sizeof *loss);

    for (size_t i = 0; i < m->count; i++) {
        double *part = all + m->cell[i].part * (JUDGED + 1);

        judge(&m->cell[i], m->kind[i], loss[i]);
        for (int g = 0; g < JUDGED; g++) part[g] += loss[i][g];
        part[JUDGED] += m->cell[i].sum[0];
    }
    for (size_t i = 0; i < m->count; i++) {
        struct cell c = rest_of(&m->cell[i]);
        double *part = all + c.part * (JUDGED + 1), share = m->cell[i].sum[0] / part[JUDGED], centre, slope,
               mean, range;

        if (!(c.sum[0] > 0)) continue;
        for (int g = 0; g < JUDGED; g++)
            if (part[g] > 0) share = fmax(share, loss[i][g] / part[g]);
        share *= c.sum[0] / m->cell[i].sum[0];
        bin_of(c.bin, &centre, &slope);
        mean = c.sum[1] / c.sum[0];
        range = 6 * slope * sqrt(12 * fmax(0, c.sum[2] / c.sum[0] - mean * mean));
        wanted[i] = (size_t)fmin(MOST_EVEN, 1 + ceil(sqrt(share * range / 8e-5)));
    }
    free(loss);
    free(all);
}

/* Where each part's points and spreads begin. */
static void parts_find(struct measure *m)
{
    size_t i = 0, s = 0;

    for (size_t p = 0; p <= m->parts; p++) {
        while (i < m->points && m->cell[m->point[i].cell].part < p) i++;
        while (s < m->spreads && m->spread[s].first < i) s++;
        m->part_first[p] = i;
        m->part_spread[p] = s;
    }
}

/* What makes looking through a part's spreads short. */
static void find_most_behind(struct measure *m)
{
    for (size_t p = 0; p < m->parts; p++) {
        double most = 0;

        for (size_t s = m->part_spread[p + 1]; s-- > m->part_spread[p];)
            m->spread[s].most_behind = most = fmax(most, m->spread[s].share);
    }
}

static void put_point(struct measure *m, size_t cell, double tail, double weight, bool known)
{
    bool end = measure_is_end(m->kind[cell]);

    m->point[m->points] = (struct point){tail, (uint32_t)cell, known};
    if (end) m->end_point[m->end_points++] = m->points;
    loss_points_put(m->term, m->points, end ? 0.5 : tail);
    m->weight[m->points++] = weight;
}

/* Puts a cell's known rows from *row on, those in one place together, that are harder than `tail`. */
static void put_known(struct measure *m, size_t cell, size_t *row, double tail)
{
    const struct cell *c = &m->cell[cell];

    while (*row < c->kept_count && tail_order(c->kept[*row].tail) <= tail_order(tail)) {
        double own = c->kept[*row].tail, weight = 0;

        for (; *row < c->kept_count && c->kept[*row].tail == own; ++*row)
            weight += ldexp(c->kept[*row].weight, -c->unit);
        put_point(m, cell, own, weight, true);
    }
}

/* Of rows that share a mean and a deviation σ, the largest hold at most σ / 2 a row more than their share of
   the mean; of rows within a distance from their places, half of that. As a share of the range of the points,
   in the bin and of losses, which are as good as straight in it. */
static double bound_share(const struct cell *c, const struct cell_points *p)
{
    double range = p->count ? p->point[p->count - 1].place - p->point[0].place : 0, w = c->sum[0],
           mean = c->sum[1] / w, sigma = sqrt(fmax(0, c->sum[2] / w - mean * mean));

    return range > 0 ? 0.5 * (p->exact ? p->blur : w * sigma) / range : 0;
}

/* The points of a cell, hardest first: its known rows, and those that stand for the others. */
static void put_cell(struct measure *m, size_t i, size_t wanted)
{
    struct cell rest = rest_of(&m->cell[i]);
    struct cell_points p = {.exact = true};
    bool falling = m->kind[i] == BIN_EASY || m->kind[i] == BIN_FAR_HARD;
    size_t first = m->points, row = 0;

    if (rest.sum[0] > 0) measure_cell_points(&rest, wanted, &p);
    for (size_t k = 0; k < p.count; k++) {
        const struct mass *q = &p.point[falling ? p.count - 1 - k : k];
        double tail = bin_tail(rest.bin, q->place);

        put_known(m, i, &row, tail);
        put_point(m, i, tail, q->weight, false);
        m->unknown++;
    }
    put_known(m, i, &row, 0); /* p_t = 1 is the easiest */
    m->guessed += !p.exact;
    if (!p.exact || p.blur > 0)
        m->spread[m->spreads++] = (struct spread){.first = (uint32_t)first,
                                                  .end = (uint32_t)m->points,
                                                  .share = bound_share(&rest, &p),
                                                  .edges = p.sliced};
}

/* The edges of the slices of a spread that asked for them go behind the points. */
static void put_edges(struct measure *m, struct spread *s)
{
    uint32_t i = m->point[s->first].cell;
    struct slices slices;
    bool falling = m->kind[i] == BIN_EASY || m->kind[i] == BIN_FAR_HARD;

    if (!s->edges) return;
    slices_find(&m->cell[i], &slices);
    s->first_edge = (uint32_t)(m->points + m->edges);
    s->edges = (uint32_t)(slices.end - slices.first + 1);
    for (int k = 0; k <= slices.end - slices.first; k++) {
        size_t at = m->points + m->edges++;
        double tail =
            bin_tail(m->cell[i].bin, slice_edge(&slices, falling ? slices.end - k : slices.first + k));

        m->point[at] = (struct point){tail, i, false};
        loss_points_put(m->term, at, tail);
    }
}

void measure_points(struct measure *m)
{
    size_t *wanted = mem_alloc(m->count + 1, sizeof *wanted), room = 0, ends = 0;

    wanted_points(m, wanted);
    for (size_t i = 0; i < m->count; i++) {
        size_t rest = wanted[i] > RULE ? wanted[i] : wanted[i] > 2 ? RULE : 2;

        if (asks_slices(&m->cell[i], wanted[i])) rest = MOST_POINTS + SLICES + 1;
        room += m->cell[i].kept_count + rest;
        if (measure_is_end(m->kind[i])) ends += m->cell[i].kept_count + rest;
    }
    m->end_point = mem_alloc(ends, sizeof *m->end_point);
    m->point = mem_resize(NULL, room + 1, sizeof *m->point);
    m->part_first = mem_alloc(m->parts + 1, sizeof *m->part_first);
    m->part_spread = mem_alloc(m->parts + 1, sizeof *m->part_spread);
    for (int k = 0; k < LOSS_VALUE_TERMS; k++) m->term[k] = measure_array(room);
    m->weight = measure_array(room);
    m->spread = mem_alloc(m->count + 1, sizeof *m->spread);
    for (size_t i = 0; i < m->count; i++) put_cell(m, i, wanted[i]);
    for (size_t i = 0; i < m->spreads; i++) put_edges(m, &m->spread[i]);
    loss_points_put(m->term, m->points + m->edges, 0.5);
    loss_points_repeat(m->term, m->points + m->edges, LOSS_LANES - 1);
    free(wanted);
    parts_find(m);
    find_most_behind(m);
}

/* Rows of known slices are no further from their points than the edges of these, some above and some below,
   as the mean is the same. */
static double slices_bound(const struct measure *m, const struct spread *s)
{
    double sum = 0;
    size_t e = s->first_edge;

    for (size_t k = s->first; k < s->end; k++) {
        while (e + 2 < s->first_edge + s->edges &&
               tail_order(m->point[e + 1].tail) <= tail_order(m->point[k].tail))
            e++;
        sum += (m->point[k].known ? 0 : m->weight[k]) *
               fmax(fabs(m->value[k] - m->value[e]), fabs(m->value[k] - m->value[e + 1]));
    }
    return 0.5 * sum;
}

static double value_range(const double *value, size_t first, size_t end)
{
    double least = value[first], most = least;

    for (size_t k = first + 1; k < end; k++) {
        if (value[k] < least) least = value[k];
        if (value[k] > most) most = value[k];
    }
    return most - least;
}

/* How far the largest losses of a cell may be off; at any place only one cell of a part is cut. */
static double bound_of_part(const struct measure *m, size_t part, bool sorted)
{
    const double *value = m->value;
    double most = 0;

    for (const struct spread *s = m->spread + m->part_spread[part],
                             *end = m->spread + m->part_spread[part + 1];
         s < end; s++) {
        double bound;

        if (sorted && s->most_behind * value[s->first] <= most) break; /* ranges are below the largest loss */
        bound = s->share *
                (sorted ? fabs(value[s->first] - value[s->end - 1]) : value_range(value, s->first, s->end));
        if (s->edges && bound > most) bound = fmin(bound, slices_bound(m, s));
        if (bound > most) most = bound;
    }
    return most;
}

/* The largest finite value: where losses fall with p_t, the first of a part that is finite. */
static double largest_value(const struct measure *m)
{
    double most = 0;
    bool unsorted = setting_is_unsorted(&m->at);

    for (size_t p = 0; p < m->parts; p++)
        for (size_t i = m->part_first[p]; i < m->part_first[p + 1]; i++) {
            if (!(m->value[i] <= DBL_MAX)) continue;
            if (m->value[i] > most) most = m->value[i];
            if (!unsorted) break;
        }
    return most;
}

/* Values of which products leave the doubles are taken in another unit: shares do not depend on it. */
static void fit_values(struct measure *m)
{
    double most = largest_value(m), scale;

    if (!(most > 0) || (most > 1e-100 && most < 1e100)) return;
    scale = ldexp(1, -ilogb(most) / 2);
    for (size_t i = 0; i < m->points + m->edges; i++) m->value[i] = m->value[i] * scale * scale;
}

static void terms_make(struct measure *m)
{
    if (m->terms) return;
    m->terms = mem_alloc(m->points + m->edges + 1, sizeof *m->terms);
    for (size_t i = 0; i < m->points + m->edges; i++) m->terms[i] = tail_terms_of(m->point[i].tail);
}

const double *measure_values(struct measure *m)
{
    loss_lanes *lanes = loss_lanes_best(m->at.loss->vector);
    size_t all = m->points + m->edges;

    if (m->value_made) return m->value;
    m->value_made = true;
    if (!lanes) terms_make(m);
    if (!m->value) {
        m->value = measure_array(all);
        m->part_bound = mem_alloc(m->parts, sizeof *m->part_bound);
    }
    if (lanes)
        lanes(&(struct loss_points){{m->term[0], m->term[1], m->term[2]}},
              (all + LOSS_LANES - 1) / LOSS_LANES * LOSS_LANES, m->at.param, m->value, NULL);
    for (size_t k = 0; k < (lanes ? m->end_points : all); k++) {
        size_t i = lanes ? m->end_point[k] : k;
        int side = m->side[m->cell[m->point[i].cell].part];

        m->value[i] = lanes ? setting_value_at(&m->at, m->point[i].tail, side)
                            : setting_value(&m->at, &m->terms[i], side);
    }
    fit_values(m);
    for (size_t p = 0; p < m->parts; p++)
        m->part_bound[p] = bound_of_part(m, p, !setting_is_unsorted(&m->at));
    return m->value;
}

double measure_least(struct measure *m, const bool *keep)
{
    double least = NAN;

    for (size_t p = 0; p < m->parts; p++)
        if ((!keep || keep[p]) && m->part_first[p] < m->part_first[p + 1])
            least =
                fmin(least, setting_value_at(&m->at, m->point[m->part_first[p + 1] - 1].tail, m->side[p]));
    return least;
}
