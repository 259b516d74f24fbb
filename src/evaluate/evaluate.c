/* evaluate.c: many settings read off one tally, side by side on several threads */
#include "evaluate/evaluate.h"

#include "base/memory.h"
#include "base/thread.h"
#include "evaluate/internal.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

struct job;
/* Reads the requests from `first` up to `end`. */
typedef void read_settings(const struct job *j, struct measure *m, size_t first, size_t end);

struct job {
    const struct read_off *r;
    read_settings *some;
    enum node_set nodes;   /* sums: only of settings that are read off these */
    struct measure **view; /* [workers] */
    struct reading *out;
    atomic_size_t next;
};

/* So many settings are read at once. */
enum { AT_ONCE = 16 };

static bool is_wanted(const struct request *r)
{
    return r->plain || r->weighted;
}

static const struct concentration undefined = {NAN, NAN, NAN, NAN, NAN, NAN};

/* Whether the factor is the same above 0 for all the parts of the side: then it changes no share. */
static bool is_uniform(const double *factor, const bool *side, size_t parts)
{
    const double *first = NULL;

    for (size_t p = 0; p < parts; p++) {
        if (!side[p]) continue;
        if (!(factor[p] > 0) || (first && factor[p] != *first)) return false;
        first = &factor[p];
    }
    return true;
}

static void weighted_side(struct measure *m, const double *factor, const bool *side,
                          const struct concentration *plain, struct concentration *out)
{
    *out = *plain;
    if (side && !is_uniform(factor, side, measure_parts(m))) measure_concentration(m, factor, side, out);
}

static void weighted_distribution(struct measure *m, const struct read_off *r, const double *factor,
                                  const struct distribution *plain, struct distribution *out)
{
    *out = (struct distribution){undefined, undefined, undefined};
    for (size_t p = 0; p < measure_parts(m); p++)
        if (isnan(factor[p])) return; /* α itself is not defined */
    measure_concentration(m, factor, NULL, &out->all);
    weighted_side(m, factor, r->positive, &plain->positive, &out->positive);
    weighted_side(m, factor, r->negative, &plain->negative, &out->negative);
}

static void read_one(const struct read_off *r, struct measure *m, size_t k, struct reading *out)
{
    const struct request *s = &r->request[k];
    size_t parts = measure_parts(m);

    if (!is_wanted(s)) return;
    measure_set(m, &s->setting);
    out->plain = (struct distribution){undefined, undefined, undefined};
    if (r->positive) measure_concentration(m, NULL, r->positive, &out->plain.positive);
    if (r->negative) measure_concentration(m, NULL, r->negative, &out->plain.negative);
    if (s->plain) measure_concentration(m, NULL, NULL, &out->plain.all);
    if (!s->weighted) return;
    out->factor = mem_alloc(r->alpha_count * parts, sizeof *out->factor);
    out->weighted = mem_alloc(r->alpha_count, sizeof *out->weighted);
    for (size_t a = 0; a < r->alpha_count; a++) {
        r->factors(r->context, k, a, out->sums, out->factor + a * parts);
        weighted_distribution(m, r, out->factor + a * parts, &out->plain, &out->weighted[a]);
    }
}

static bool is_of(const struct request *r, enum node_set nodes)
{
    return is_wanted(r) && nodes_of(&r->setting) == nodes;
}

static void sum_some(const struct job *j, struct measure *m, size_t first, size_t end)
{
    const struct setting *at[AT_ONCE] = {NULL};
    struct sums *sums[AT_ONCE];
    size_t wanted = 0;

    for (size_t k = first; k < end; k++) {
        if (!is_of(&j->r->request[k], j->nodes)) continue;
        at[wanted] = &j->r->request[k].setting;
        j->out[k].sums = mem_alloc(measure_parts(m) * measure_segments(m), sizeof(struct sums));
        sums[wanted++] = j->out[k].sums;
    }
    measure_sums_of(m, at, wanted, j->r->squares, sums);
}

static void read_some(const struct job *j, struct measure *m, size_t first, size_t end)
{
    for (size_t k = first; k < end; k++) read_one(j->r, m, k, &j->out[k]);
}

static void work(void *context, unsigned worker)
{
    struct job *j = context;
    size_t k;

    while ((k = AT_ONCE * atomic_fetch_add(&j->next, 1)) < j->r->count)
        j->some(j, j->view[worker], k, k + AT_ONCE < j->r->count ? k + AT_ONCE : j->r->count);
}

/* Does something for all requests, on several threads. */
static void do_all(struct measure *m, const struct read_off *r, read_settings *some, enum node_set nodes,
                   struct reading *out)
{
    struct job j = {.r = r, .some = some, .nodes = nodes, .out = out};
    unsigned workers = r->threads ? r->threads : thread_count_allowed();

    if (workers > r->count / AT_ONCE) workers = (unsigned)(r->count / AT_ONCE);
    if (workers < 1) workers = 1;
    j.view = mem_alloc(workers, sizeof(struct measure *));
    j.view[0] = m;
    for (unsigned w = 1; w < workers; w++) j.view[w] = measure_view(m);
    thread_run(workers, work, &j);
    for (unsigned w = 1; w < workers; w++) measure_close(j.view[w]);
    free(j.view);
}

void read_off(struct measure *m, const struct read_off *r, struct reading *out)
{
    for (enum node_set nodes = 0; nodes < NODE_SETS; nodes++) { /* one set is there at a time */
        const struct setting *any = NULL;

        for (size_t k = 0; k < r->count; k++)
            if (is_of(&r->request[k], nodes)) any = &r->request[k].setting;
        if (!any) continue;
        measure_prepare_sums(m, any);
        do_all(m, r, sum_some, nodes, out);
        measure_drop_sums(m);
    }
    measure_prepare_order(m);
    do_all(m, r, read_some, NODE_SETS, out);
}

void readings_free(struct reading *reading, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(reading[i].sums);
        free(reading[i].factor);
        free(reading[i].weighted);
    }
    free(reading);
}
