/* nodes.c: the points by which sums of any loss are read off the moments of cells, made once for all
   settings */
#include "evaluate/internal.h"
#include "loss/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NODES = TALLY_MOMENTS };

/* So many bins make a patch, where they are side by side and of one run. */
enum { MOST_TOGETHER = 8 };
static const unsigned together[NODE_SETS] = {[NODES_BROAD] = MOST_TOGETHER, [NODES_COARSE] = 4, 1, 1, 1};

/* T_j(x_n) = cos(j (2 n + 1) π / 18), x_n the zeros of T_9. */
static double chebyshev_at(int j, int n)
{
    static const double quarter[] = {1,
                                     0.98480775301220806,
                                     0.93969262078590838,
                                     0.86602540378443865,
                                     0.76604444311897804,
                                     0.64278760968653933,
                                     0.5,
                                     0.34202014332566873,
                                     0.17364817766693035,
                                     0};
    int m = j * (2 * n + 1) % 36;

    if (m > 18) m = 36 - m;
    return m > 9 ? -quarter[18 - m] : quarter[m];
}

void chebyshev_table_fill(struct chebyshev_table *t)
{
    for (int j = 0; j < NODES; j++)
        for (int n = 0; n < NODES; n++) t->at[j][n] = chebyshev_at(j, n);
}

/* Weights of the nodes: Σ_n weight[n] f(x_n) = Σ over the rows of f, for polynomials f up to the degree; for
   smooth f that is interpolation in the nodes. weight[n] = Σ_j (2 − [j = 0]) T_j(x_n) Σ T_j(t) / 9, with
   Chebyshev's polynomials by powers of t. */
static void node_weights(const struct chebyshev_table *t, const double moment[NODES], int degree,
                         double weight[NODES])
{
    static const double cheb[NODES][NODES] = {{1},
                                              {0, 1},
                                              {-1, 0, 2},
                                              {0, -3, 0, 4},
                                              {1, 0, -8, 0, 8},
                                              {0, 5, 0, -20, 0, 16},
                                              {-1, 0, 18, 0, -48, 0, 32},
                                              {0, -7, 0, 56, 0, -112, 0, 64},
                                              {1, 0, -32, 0, 160, 0, -256, 0, 128}};

    for (int n = 0; n < NODES; n++) weight[n] = moment[0];
    for (int j = 1; j <= degree; j++) {
        double sum = 0;

        for (int k = j & 1; k <= j; k += 2) sum += cheb[j][k] * moment[k];
        for (int n = 0; n < NODES; n++) weight[n] += 2 * t->at[j][n] * sum;
    }
    for (int n = 0; n < NODES; n++) weight[n] /= NODES;
}

/* Rows of one kind of bin as if they were one cell: |s| = centre (1 + slope t), and their moments in t. */
struct patch {
    enum bin_kind kind;
    double centre, slope;
    double sum[NODES], square[NODES];
    int degree; /* of the moments that are worth something */
};

/* Without weights the squares' sums are the sums themselves, and are not made. */
static bool is_weighted(const struct cell *c)
{
    return c->square != c->sum;
}

/* The distance from the centre of bin n to that of a patch of `bins` bins, in half widths of a bin. */
static double patch_offset(size_t n, unsigned bins)
{
    return 2 * (double)n - (bins - 1.0);
}

/* Bins side by side; shift[n]: from the n-th of the patch. */
static void patch_of_bins(const struct cell *c, size_t cells, unsigned bins, const struct shift *shift,
                          struct patch *p)
{
    p->slope *= p->centre;
    p->centre -= p->slope * patch_offset(c->bin % bins, bins);
    p->slope *= bins / p->centre;
    for (size_t i = 0; i < cells; i++) {
        shift_add(&shift[c[i].bin % bins], c[i].sum, p->sum);
        if (is_weighted(c)) shift_add(&shift[c[i].bin % bins], c[i].square, p->square);
    }
}

/* A bin, or, in `drawn`, what lies of it between the cuts. Moments are known to 2^-45 a row: in a narrow
   piece the higher ones are nothing but that. */
static void patch_of_cell(const struct cell *c, bool drawn, struct patch *p)
{
    double low = fmax(-1, (c->low / p->centre - 1) / p->slope),
           high = fmin(1, (c->high / p->centre - 1) / p->slope), middle = 0.5 * (low + high),
           half = 0.5 * (high - low);

    if (!drawn || half > 0.999999 || !(half > 0)) {
        memcpy(p->sum, c->sum, sizeof p->sum);
        memcpy(p->square, c->square, sizeof p->square);
        return;
    }
    moments_add_moved(-middle, 1 / half, c->sum, p->sum);
    if (is_weighted(c)) moments_add_moved(-middle, 1 / half, c->square, p->square);
    p->slope *= p->centre;
    p->centre += p->slope * middle;
    p->slope *= half / p->centre;
    if (half < 0.9) p->degree = (int)fmin(7, 35 / log2(2 / half));
}

/* Whether the rows all lie in one place. */
static bool is_one_place(const struct cell *c)
{
    double mean = c->sum[1] / c->sum[0];

    return c->count == 1 || c->sum[2] / c->sum[0] - mean * mean < 1e-13;
}

static void put_node(struct nodes *to, double tail, double weight, double square)
{
    to->tail[to->count] = tail;
    to->weight[to->count] = weight;
    to->square[to->count] = square;
    loss_points_put(to->term, to->count++, tail);
}

static void put_patch(const struct measure *m, const struct cell *c, size_t cells, enum node_set which,
                      const struct shift *shift, struct nodes *to)
{
    struct patch p = {.degree = NODES - 1};
    double weight[NODES], square[NODES];

    p.kind = bin_of(c->bin, &p.centre, &p.slope);
    if (cells > 1)
        patch_of_bins(c, cells, together[which], shift, &p);
    else
        patch_of_cell(c, which == NODES_CUT, &p);
    node_weights(&m->chebyshev, p.sum, p.degree, weight);
    if (is_weighted(c)) node_weights(&m->chebyshev, p.square, p.degree, square);
    for (int n = 0; n < NODES; n++) {
        double size = p.centre * (1 + p.slope * m->chebyshev.at[1][n]);

        put_node(to, p.kind == BIN_EASY || p.kind == BIN_FAR_EASY ? size : -size, weight[n],
                 is_weighted(c) ? square[n] : weight[n]);
    }
}

static void put_rule(const struct cell *c, const double moment[NODES], bool weight, bool square,
                     struct nodes *to)
{
    struct rule r;

    rule_of(moment, &r);
    for (int i = 0; i < r.count; i++)
        put_node(to, bin_tail(c->bin, r.place[i]), weight ? r.weight[i] : 0, square ? r.weight[i] : 0);
}

/* Squared weights have places of their own. */
static void put_rules(const struct cell *c, struct nodes *to)
{
    bool weighted = memcmp(c->sum, c->square, sizeof c->sum) != 0;

    put_rule(c, c->sum, true, !weighted, to);
    if (weighted) put_rule(c, c->square, false, true, to);
}

/* All rows of some cells, if all of them are known and there are at most `most`; else false. */
static bool put_known(const struct cell *c, size_t cells, size_t most, struct nodes *to)
{
    size_t rows = 0;

    for (size_t i = 0; i < cells; i++) {
        if (c[i].kept_count < c[i].count) return false;
        rows += c[i].kept_count;
    }
    if (rows > most) return false;
    for (size_t i = 0; i < cells; i++)
        for (const struct kept_row *r = c[i].kept; r < c[i].kept + c[i].kept_count; r++) {
            double w = ldexp(r->weight, -c[i].unit);

            put_node(to, r->tail, w, w * w);
        }
    return true;
}

/* One place, or two rows without weights: exactly these. */
static bool put_few(const struct cell *c, struct nodes *to)
{
    struct mass p[2];
    bool weighted = memcmp(c->sum, c->square, sizeof c->sum) != 0;
    size_t n;

    if (is_one_place(c)) {
        put_node(to, bin_tail(c->bin, c->sum[1] / c->sum[0]), c->sum[0], c->square[0]);
        return true;
    }
    if (c->count != 2 || weighted) return false;
    n = measure_points_of(c, p);
    for (size_t i = 0; i < n; i++) put_node(to, bin_tail(c->bin, p[i].place), p[i].weight, p[i].weight);
    return true;
}

/* The end of the cells from `first` up to `end` that go into one patch with it. A bin that is cut keeps its
   cells apart. */
static size_t patch_end(const struct measure *m, enum node_set which, size_t first, size_t end)
{
    const struct cell *c = m->cell;
    unsigned bins = together[which];
    size_t i = first + 1;

    if (bins == 1 || (m->kind[first] != BIN_EASY && m->kind[first] != BIN_HARD)) return i;
    while (i < end && c[i].bin / bins == c[first].bin / bins) i++;
    for (size_t k = first; k < i; k++)
        if (c[k].cut || (k > first && c[k].bin == c[k - 1].bin)) return first + 1;
    return i;
}

/* Fills the nodes up to whole lanes with points of no weight. */
static void pad(struct nodes *to)
{
    size_t missing = (LOSS_LANES - to->count % LOSS_LANES) % LOSS_LANES;

    if (!missing) return;
    put_node(to, 0.25, 0, 0);
    loss_points_repeat(to->term, to->count - 1, missing - 1);
    for (; missing > 1; missing--, to->count++) {
        to->tail[to->count] = 0.25;
        to->weight[to->count] = to->square[to->count] = 0;
    }
}

static void nodes_open(const struct measure *m, enum node_set which, struct nodes *to)
{
    bool weighted = m->count && is_weighted(m->cell);
    size_t room = 0;

    for (size_t r = 0; r < m->runs; r++, room += LOSS_LANES)
        for (size_t i = m->run[r].begin; i < m->run[r].end; i = patch_end(m, which, i, m->run[r].end))
            room += NODES + (together[which] > 1 ? 0 : m->cell[i].kept_count);
    *to = (struct nodes){.run = mem_alloc(m->runs + 1, sizeof *to->run)};
    to->tail = to->array = mem_resize(NULL, (2 + LOSS_TERMS + weighted) * room, sizeof *to->array);
    to->weight = to->array + room;
    for (size_t k = 0; k < LOSS_TERMS; k++) to->term[k] = to->array + (2 + k) * room;
    to->square = weighted ? to->array + (2 + LOSS_TERMS) * room : to->weight;
}

void nodes_make(const struct measure *m, enum node_set which, struct nodes *to)
{
    struct shift shift[MOST_TOGETHER];

    for (unsigned n = 0; n < together[which]; n++)
        shift_make(patch_offset(n, together[which]), 1.0 / together[which], &shift[n]);
    nodes_open(m, which, to);
    for (size_t r = 0; r < m->runs; r++) {
        to->run[r] = to->count;
        for (size_t i = m->run[r].begin, end; i < m->run[r].end; i = end) {
            end = i + 1;
            if (measure_is_end(m->kind[i]) || !(m->cell[i].sum[0] > 0)) continue; /* too light to be seen */
            end = patch_end(m, which, i, m->run[r].end);
            if (put_known(&m->cell[i], end - i, together[which] > 1 ? NODES : KEPT_PART, to)) continue;
            if (end == i + 1 && put_few(&m->cell[i], to)) continue;
            if (which == NODES_STEEP)
                put_rules(&m->cell[i], to);
            else
                put_patch(m, &m->cell[i], end - i, which, shift, to);
        }
        pad(to);
    }
    to->run[m->runs] = to->count;
}

void nodes_free(struct nodes *n)
{
    free(n->array);
    free(n->run);
}

/* Interpolation of e^(a t) in nine nodes leaves out 6e-16 of it at a = 0.15, 3e-12 at 0.4, 2e-8 at 1. In
   eight bins a is the exponent over 33, in four over 65, in one over 257. Beyond 1 the weights below 0 may
   outweigh the rest, and a rule of few places is better: exact for that few, and never out of range. */
enum { BROAD_EXPONENT = 4, COARSE_EXPONENT = 10, FINE_EXPONENT = 250 };

enum node_set nodes_of(const struct setting *s)
{
    double tail[SETTING_KINKS], exponent = setting_exponent(s);

    if (setting_kinks(s, tail)) return NODES_CUT;
    if (exponent > FINE_EXPONENT) return NODES_STEEP;
    if (exponent > COARSE_EXPONENT) return NODES_FINE;
    return exponent > BROAD_EXPONENT ? NODES_COARSE : NODES_BROAD;
}
