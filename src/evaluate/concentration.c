/* concentration.c: the points of a tally, hardest first */
#include "evaluate/concentration.h"

#include "base/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double *scratch(double **array, size_t n)
{
    if (!*array) *array = measure_array(n);
    return *array;
}

/* Running sums of n weights: before[n + 1]. */
static void prefix_weights(const double *weight, size_t n, double *before)
{
    before[0] = 0;
    for (size_t i = 0; i < n; i++) before[i + 1] = before[i] + weight[i];
}

void sorted_points_make(struct measure *m)
{
    struct sorted_points *r = &m->sorted;
    struct keyed *keyed;

    if (r->order) return;
    measure_points(m);
    r->order = mem_alloc(m->points + 1, sizeof *r->order);
    r->weight = measure_array(m->points);
    r->before = measure_array(m->points + 1);
    r->part_before = measure_array(m->points + m->parts);
    keyed = mem_alloc(m->points + 1, sizeof *keyed);
    for (size_t i = 0; i < m->points; i++)
        keyed[i] = (struct keyed){tail_order(m->point[i].tail), (uint32_t)i};
    sort_keyed(keyed, m->points);
    for (size_t i = 0; i < m->points; i++) {
        r->order[i] = keyed[i].index;
        r->weight[i] = m->weight[keyed[i].index];
    }
    free(keyed);
    prefix_weights(r->weight, m->points, r->before);
    for (size_t p = 0; p < m->parts; p++) {
        size_t first = m->part_first[p];

        prefix_weights(m->weight + first, m->part_first[p + 1] - first, r->part_before + first + p);
    }
}

void sorted_points_free(struct sorted_points *r)
{
    free(r->order);
    free(r->weight);
    free(r->before);
    free(r->part_before);
}

void sort_scratch_free(struct sort_scratch *r)
{
    double *own[] = {r->value, r->weight, r->before, r->scaled, r->block};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++) free(own[i]);
    *r = (struct sort_scratch){0};
}

/* One part: α is a factor of all alike. */
static struct list list_of_part(struct measure *m, size_t part)
{
    size_t first = m->part_first[part];

    return (struct list){measure_values(m) + first, m->weight + first, m->sorted.part_before + first + part,
                         m->part_first[part + 1] - first};
}

/* One α for all: the order of p_t. */
static struct list list_even(struct measure *m, const bool *keep)
{
    const double *value = measure_values(m);
    const struct sorted_points *r = &m->sorted;
    double *v = scratch(&m->scratch.value, m->points), *w;
    size_t n = 0;

    if (!keep) {
        for (size_t i = 0; i < m->points; i++) v[i] = value[r->order[i]];
        return (struct list){v, r->weight, r->before, m->points};
    }
    w = scratch(&m->scratch.weight, m->points);
    for (size_t i = 0; i < m->points; i++) {
        size_t p = r->order[i];

        if (!keep[m->cell[m->point[p].cell].part]) continue;
        v[n] = value[p];
        w[n++] = m->weight[p];
    }
    return (struct list){v, w, NULL, n};
}

/* ---- two parts, each with its α ---- */

/* One of them: losses with α, then −1, which is smaller than any. */
struct side {
    const double *value, *weight, *before;
    size_t count;
};

static struct side side_of(struct measure *m, size_t part, double alpha, double *scaled)
{
    struct list l = list_of_part(m, part);

    for (size_t i = 0; i < l.count; i++) scaled[i] = alpha > 0 ? alpha * l.value[i] : 0;
    scaled[l.count] = -1;
    return (struct side){scaled, l.weight, l.before, l.count};
}

/* How many of a's are among the first `rank` of both; where equal, a's come first. */
static size_t merge_split(const struct side *a, const struct side *b, size_t rank)
{
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

/* The next of both, of which a's i-th and b's j-th are the first left, goes out to place k. Which side it
   comes from cannot be foreseen, so nothing branches on it. Returns 1 where it is a's, else 0. */
static inline size_t merge_one(const struct side *a, const struct side *b, size_t i, size_t j, size_t k,
                               const struct list_room *out)
{
    double x = a->value[i], y = b->value[j];
    size_t first = x >= y;

    out->value[k] = x > y ? x : y; /* one instruction, as it stands */
    out->weight[k] = *(first ? a->weight + i : b->weight + j);
    out->before[k] = a->before[i] + b->before[j];
    return first;
}

/* Two sorted lists become one: four stretches of it side by side, as each step of one waits for the step
   before. */
enum { STRETCHES = 4 };

static struct list list_of_two(struct measure *m, const double *alpha, size_t p, size_t q)
{
    struct sort_scratch *r = &m->scratch;
    double *scaled = scratch(&r->scaled, m->points + 2);
    struct side a = side_of(m, p, alpha[p], scaled), b = side_of(m, q, alpha[q], scaled + a.count + 1);
    size_t n = a.count + b.count, each = n / STRETCHES, at[STRETCHES];
    struct list_room out = {scratch(&r->value, m->points), scratch(&r->weight, m->points),
                            scratch(&r->before, m->points + 1)};

    for (size_t s = 0; s < STRETCHES; s++) at[s] = merge_split(&a, &b, s * each);
    for (size_t k = 0; k < each; k++)
        for (size_t s = 0; s < STRETCHES; s++)
            at[s] += merge_one(&a, &b, at[s], s * each + k - at[s], s * each + k, &out);
    for (size_t k = STRETCHES * each; k < n; k++)
        at[STRETCHES - 1] += merge_one(&a, &b, at[STRETCHES - 1], k - at[STRETCHES - 1], k, &out);
    out.before[n] = a.before[a.count] + b.before[b.count];
    return (struct list){out.value, out.weight, out.before, n};
}

/* ---- any parts and any α ---- */

/* A whole number for each loss ≥ 0, rising from the largest. */
static uint64_t sort_key_by_loss(double loss)
{
    uint64_t bits;

    memcpy(&bits, &loss, sizeof bits);
    return INT64_MAX - (bits & INT64_MAX);
}

/* A loss with α; 0 times an infinite one is 0. */
static double scaled(const double *alpha, size_t part, double value)
{
    return !alpha ? value : alpha[part] > 0 ? alpha[part] * value : 0;
}

static struct list list_sorted(struct measure *m, const double *alpha, const bool *keep)
{
    const double *value = measure_values(m);
    double *v = scratch(&m->scratch.value, m->points), *w = scratch(&m->scratch.weight, m->points);
    struct keyed *keyed = mem_alloc(m->points + 1, sizeof *keyed);
    size_t n = 0;

    for (size_t i = 0; i < m->points; i++) {
        size_t part = m->cell[m->point[i].cell].part;

        if (keep && !keep[part]) continue;
        keyed[n++] = (struct keyed){sort_key_by_loss(scaled(alpha, part, value[i])), (uint32_t)i};
    }
    sort_keyed(keyed, n);
    for (size_t i = 0; i < n; i++) {
        size_t p = keyed[i].index, part = m->cell[m->point[p].cell].part;

        v[i] = scaled(alpha, part, value[p]);
        w[i] = m->weight[p];
    }
    free(keyed);
    return (struct list){v, w, NULL, n};
}

static struct list list_of(struct measure *m, const double *alpha, const bool *keep)
{
    size_t part[2] = {0}, parts = 0;
    bool even = true, all = true;

    for (size_t p = 0; p < m->parts; p++) {
        if (m->part_first[p] == m->part_first[p + 1]) continue;
        if (keep && !keep[p]) {
            all = false;
            continue;
        }
        if (parts < 2) part[parts] = p;
        parts++;
        if (alpha && alpha[p] != alpha[part[0]]) even = false;
    }
    if (even && alpha && parts && !(alpha[part[0]] > 0)) return (struct list){NULL, NULL, NULL, 0};
    if (setting_is_unsorted(&m->at) || (setting_is_sided(&m->at) && parts > 1))
        return list_sorted(m, alpha, keep);
    if (parts == 1) return list_of_part(m, part[0]);
    if (even) return list_even(m, all ? NULL : keep);
    if (parts == 2) return list_of_two(m, alpha, part[0], part[1]);
    return list_sorted(m, alpha, keep);
}

bool list_make(struct measure *m, const double *alpha, const bool *keep, struct list *out)
{
    struct sort_scratch *r = &m->scratch;
    struct list l;

    sorted_points_make(m);
    l = list_of(m, alpha, keep);
    if (!l.before) {
        double *before = scratch(&r->before, m->points + 1);

        prefix_weights(l.weight, l.count, before);
        l.before = before;
    }
    *out = l;
    return l.count > 0;
}
