/* sorted_points.c: the points of a tally, and their losses, largest first */
#include "evaluate/sorted_points.h"

#include "base/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double *sort_scratch_of(double **array, size_t n)
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
    double before = 0;

    if (r->order) return;
    measure_points(m);
    r->order = mem_alloc(m->points + 1, sizeof *r->order);
    keyed = mem_alloc(m->points + 1, sizeof *keyed);
    for (size_t i = 0; i < m->points; i++)
        keyed[i] = (struct keyed){tail_order(m->point[i].tail), (uint32_t)i};
    sort_keyed(keyed, m->points);
    for (size_t i = 0; i < m->points; i++) r->order[i] = keyed[i].index;
    free(keyed);
    r->all_before = measure_array(m->points);
    r->part_before = measure_array(m->points + m->parts);
    for (size_t i = 0; i < m->points; i++) {
        r->all_before[r->order[i]] = before;
        before += m->weight[r->order[i]];
    }
    for (size_t p = 0; p < m->parts; p++) {
        size_t first = m->part_first[p];

        prefix_weights(m->weight + first, m->part_first[p + 1] - first, r->part_before + first + p);
    }
}

void sorted_points_free(struct sorted_points *r)
{
    free(r->order);
    free(r->part_before);
    free(r->all_before);
}

void sort_scratch_free(struct sort_scratch *r)
{
    double *own[] = {r->value, r->weight, r->before, r->scaled, r->block, r->loss, r->part_loss};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++) free(own[i]);
    free(r->rank);
    free(r->part);
    *r = (struct sort_scratch){0};
}

struct list list_of_part(struct measure *m, size_t part)
{
    size_t first = m->part_first[part];

    return (struct list){measure_values(m) + first, m->weight + first, m->sorted.part_before + first + part,
                         m->part_first[part + 1] - first};
}

/* One α for all: the order of p_t. */
static struct list list_even(struct measure *m, const bool *keep)
{
    const double *value = measure_values(m);
    double *v = sort_scratch_of(&m->scratch.value, m->points),
           *w = sort_scratch_of(&m->scratch.weight, m->points);
    size_t n = 0;

    for (size_t i = 0; i < m->points; i++) {
        size_t p = m->sorted.order[i];

        if (keep && !keep[m->cell[m->point[p].cell].part]) continue;
        v[n] = value[p];
        w[n++] = m->weight[p];
    }
    return (struct list){v, w, NULL, n};
}

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
    double *v = sort_scratch_of(&m->scratch.value, m->points),
           *w = sort_scratch_of(&m->scratch.weight, m->points);
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

struct kept_parts kept_parts_of(const struct measure *m, const double *alpha, const bool *keep)
{
    struct kept_parts k = {.even = true, .all = true};

    for (size_t p = 0; p < m->parts; p++) {
        if (m->part_first[p] == m->part_first[p + 1]) continue;
        if (keep && !keep[p]) {
            k.all = false;
            continue;
        }
        if (k.count < 2) k.part[k.count] = p;
        k.count++;
        if (alpha && alpha[p] != alpha[k.part[0]]) k.even = false;
    }
    return k;
}

static struct list list_of(struct measure *m, const double *alpha, const bool *keep)
{
    struct kept_parts k = kept_parts_of(m, alpha, keep);

    if (k.even && alpha && k.count && !(alpha[k.part[0]] > 0)) return (struct list){NULL, NULL, NULL, 0};
    if (k.count == 1 && !setting_is_unsorted(&m->at)) return list_of_part(m, k.part[0]);
    if (!k.even || setting_is_unsorted(&m->at) || setting_is_sided(&m->at))
        return list_sorted(m, alpha, keep);
    return list_even(m, keep);
}

bool list_make(struct measure *m, const double *alpha, const bool *keep, struct list *out)
{
    struct list l;

    sorted_points_make(m);
    l = list_of(m, alpha, keep);
    if (!l.before) {
        double *before = sort_scratch_of(&m->scratch.before, m->points + 1);

        prefix_weights(l.weight, l.count, before);
        l.before = before;
    }
    *out = l;
    return l.count > 0;
}
