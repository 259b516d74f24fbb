/* ranking.c: sums over the largest losses of one sorted list, or of two together */
#include "evaluate/ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Running sums of w v: out[n + 1], and low as block_sums gives it. Blocks go side by side, as in each of them
   a sum waits for the one before. */
static void running_losses(struct measure *m, const struct list *l, const double *const before[2],
                           double *out, double low[2])
{
    enum { ABREAST = 4 };
    double *block = sort_scratch_of(&m->scratch.block, m->points / SWEEP_BLOCK + 2), all = 0;
    size_t i = 0;

    m->sweep->block_sums(l->value, l->weight, before, l->count, block, low);
    for (; i + ABREAST * SWEEP_BLOCK <= l->count; i += ABREAST * SWEEP_BLOCK) {
        double sum[ABREAST];

        for (size_t b = 0; b < ABREAST; b++) {
            sum[b] = all;
            all += block[i / SWEEP_BLOCK + b];
        }
        for (size_t k = i; k < i + SWEEP_BLOCK; k++)
#pragma GCC unroll 4
            for (size_t b = 0; b < ABREAST; b++) {
                size_t at = k + b * SWEEP_BLOCK;

                out[at] = sum[b];
                sum[b] += l->weight[at] * l->value[at];
            }
    }
    for (; i < l->count; i += SWEEP_BLOCK) {
        double sum = all;

        all += block[i / SWEEP_BLOCK];
        for (size_t k = i; k < l->count && k < i + SWEEP_BLOCK; k++) {
            out[k] = sum;
            sum += l->weight[k] * l->value[k];
        }
    }
    out[l->count] = all;
}

/* ---- the sums of one part, which serve it alone and with others ---- */

/* The running losses of a part. */
static double *part_loss_of(struct measure *m, size_t part)
{
    return sort_scratch_of(&m->scratch.part_loss, m->points + m->parts) + m->part_first[part] + part;
}

static const struct part_sums *part_sums_of(struct measure *m, size_t part)
{
    struct list l = list_of_part(m, part);
    struct part_sums *s;

    if (!m->scratch.part) m->scratch.part = mem_alloc(m->parts, sizeof *m->scratch.part);
    s = &m->scratch.part[part];
    if (s->made) return s;
    s->made = true;
    running_losses(m, &l, (const double *[]){l.before, m->sorted.all_before + m->part_first[part]},
                   part_loss_of(m, part), s->low);
    return s;
}

void ranking_forget(struct measure *m)
{
    for (size_t p = 0; m->scratch.part && p < m->parts; p++) m->scratch.part[p].made = false;
}

/* ---- two lists ---- */

/* How many of the first list are among the first `rank` of both; where equal, its own come first. */
static size_t merge_split(const struct list list[2], size_t rank)
{
    const struct list *a = &list[0], *b = &list[1];
    size_t low = rank > b->count ? rank - b->count : 0, high = rank < a->count ? rank : a->count;

    while (low < high) {
        size_t i = low + (high - low) / 2;

        if (a->value[i] >= b->value[rank - i - 1])
            low = i + 1;
        else
            high = i;
    }
    return low;
}

/* Of the k-th point of the first list, where j of the second come before it: w v times their weight, and w
   times the loss of the others of these. */
static inline double cross_of(const struct ranking *r, size_t k, size_t j)
{
    const struct list *own = &r->list[0], *other = &r->list[1];
    double smaller = r->factor[1] * (r->before[1][other->count] - r->before[1][j]);

    /* 0 times an infinite loss is 0 */
    return own->weight[k] * (own->value[k] * other->before[j] + (r->factor[1] > 0 ? smaller : 0));
}

/* Σ w v (the weight of what is larger in the other list), over both lists, each with −1 behind it. Which list
   the next of both comes from cannot be foreseen, so nothing branches on it; and stretches of both go side by
   side, as each step waits for the step before. rank[count + STRETCHES]: how many of the second list come
   before a point of the first; the stretches keep one apart, as each writes for the point that it did not
   pass, too. */
enum { STRETCHES = 4 };

static double cross_sum(const struct ranking *r, uint32_t *rank)
{
    const struct list *l = r->list;
    const double *a = l[0].value, *b = l[1].value;
    size_t n = l[0].count + l[1].count, each = n / STRETCHES, i[STRETCHES], first[STRETCHES + 1];
    double sum[STRETCHES] = {0};

    for (size_t s = 0; s < STRETCHES; s++) i[s] = first[s] = merge_split(l, s * each);
    first[STRETCHES] = l[0].count;
    for (size_t k = 0; k < each; k++)
#pragma GCC unroll 4
        for (size_t s = 0; s < STRETCHES; s++) {
            size_t j = s * each + k - i[s];

            rank[i[s] + s] = (uint32_t)j;
            i[s] += a[i[s]] >= b[j];
        }
    for (size_t k = STRETCHES * each, s = STRETCHES - 1; k < n; k++) {
        rank[i[s] + s] = (uint32_t)(k - i[s]);
        i[s] += a[i[s]] >= b[k - i[s]];
    }
    for (size_t s = 0; s < STRETCHES; s++) {
        size_t k = first[s];

        for (; k + STRETCHES <= first[s + 1]; k += STRETCHES)
#pragma GCC unroll 4
            for (size_t u = 0; u < STRETCHES; u++) sum[u] += cross_of(r, k + u, rank[k + u + s]);
        for (; k < first[s + 1]; k++) sum[0] += cross_of(r, k, rank[k + s]);
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* A list times α, then −1, which is smaller than any loss. */
static const double *scaled(const struct measure *m, const struct list *l, double alpha, double *out)
{
    if (alpha > 0)
        m->sweep->scale(l->value, alpha, l->count, out);
    else
        memset(out, 0, l->count * sizeof *out);
    out[l->count] = -1;
    return out;
}

static void put_parts(struct measure *m, const struct kept_parts *k, const double *alpha, struct ranking *r)
{
    bool in_order = k->count == 1 || (k->even && k->all && !setting_is_sided(&m->at));
    double *room = in_order ? NULL : sort_scratch_of(&m->scratch.scaled, m->points + 2);

    for (size_t s = 0; s < k->count; s++) {
        struct list *l = &r->list[s];
        const struct part_sums *sums = part_sums_of(m, k->part[s]);

        *l = list_of_part(m, k->part[s]);
        r->before[s] = part_loss_of(m, k->part[s]);
        r->factor[s] = k->even ? 1 : alpha[k->part[s]] > 0 ? alpha[k->part[s]] : 0;
        r->weight += l->before[l->count];
        if (r->factor[s] > 0) {
            r->loss += r->factor[s] * r->before[s][l->count];
            r->low += r->factor[s] * sums->low[in_order && k->count == 2];
        }
        if (in_order) continue;
        l->value = scaled(m, l, r->factor[s], room);
        room += l->count + 1;
    }
    if (in_order) return;
    if (!m->scratch.rank) m->scratch.rank = mem_alloc(m->points + STRETCHES, sizeof *m->scratch.rank);
    r->low += cross_sum(r, m->scratch.rank);
}

/* ---- any ---- */

static void put_list(struct measure *m, struct ranking *r)
{
    struct list *l = &r->list[0];
    double *loss = sort_scratch_of(&m->scratch.loss, m->points + 1), low[2];

    running_losses(m, l, (const double *[]){l->before, l->before}, loss, low);
    r->factor[0] = 1;
    r->before[0] = loss;
    r->weight = l->before[l->count];
    r->loss = loss[l->count];
    r->low = low[0];
}

bool ranking_make(struct measure *m, const double *alpha, const bool *keep, struct ranking *out)
{
    struct kept_parts k;

    *out = (struct ranking){.bound = 0};
    sorted_points_make(m);
    measure_values(m);
    k = kept_parts_of(m, alpha, keep);
    if (k.count && k.count <= 2 && !setting_is_unsorted(&m->at) &&
        !(k.even && alpha && !(alpha[k.part[0]] > 0)))
        put_parts(m, &k, alpha, out);
    else if (list_make(m, alpha, keep, &out->list[0]))
        put_list(m, out);
    for (size_t p = 0; p < m->parts; p++)
        if (!keep || keep[p]) out->bound += (k.even ? 1 : alpha[p]) * m->part_bound[p];
    return out->loss > 0 && isfinite(out->loss) && out->weight > 0;
}

/* ---- searches ---- */

/* The first `rank` points of both lists together: how many of them are of each list. */
struct place {
    size_t of[2];
};

static struct place place_of_rank(const struct ranking *r, size_t rank)
{
    size_t first = merge_split(r->list, rank);

    return (struct place){{first, rank - first}};
}

static double weight_before(const struct ranking *r, const struct place *p)
{
    double sum = 0;

    for (int s = 0; s < 2; s++)
        if (r->list[s].count) sum += r->list[s].before[p->of[s]];
    return sum;
}

static double loss_before(const struct ranking *r, const struct place *p)
{
    double sum = 0;

    for (int s = 0; s < 2; s++)
        if (r->list[s].count && r->factor[s] > 0) sum += r->factor[s] * r->before[s][p->of[s]];
    return sum;
}

/* The loss of the next point. */
static double value_at(const struct ranking *r, const struct place *p)
{
    double most = 0;

    for (int s = 0; s < 2; s++)
        if (p->of[s] < r->list[s].count) most = fmax(most, r->list[s].value[p->of[s]]);
    return most;
}

typedef double sum_before(const struct ranking *r, const struct place *p);

/* The largest number of whole points, below `end`, whose sum is at most `most`. */
static struct place whole_points(const struct ranking *r, sum_before *sum, double most, size_t end)
{
    size_t low = 0, high = end - 1;

    while (low < high) {
        size_t middle = high - (high - low) / 2;
        struct place p = place_of_rank(r, middle);

        if (sum(r, &p) <= most)
            low = middle;
        else
            high = middle - 1;
    }
    return place_of_rank(r, low);
}

double ranking_top(const struct ranking *r, double fraction)
{
    double want = fraction * r->weight;
    struct place p = whole_points(r, weight_before, want, r->list[0].count + r->list[1].count);

    return fmin(1, (loss_before(r, &p) + (want - weight_before(r, &p)) * value_at(r, &p)) / r->loss);
}

double ranking_half(const struct ranking *r, double *value)
{
    struct place p = whole_points(r, loss_before, 0.5 * r->loss, r->list[0].count + r->list[1].count);

    *value = value_at(r, &p);
    return fmin(1, (weight_before(r, &p) + (0.5 * r->loss - loss_before(r, &p)) / *value) / r->weight);
}
