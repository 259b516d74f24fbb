/* read_off.c: many settings read off one tally, side by side on several threads */
#include "tally/read_off.h"

#include "base/memory.h"
#include "base/thread.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { WORTH = 8 }; /* settings for which another thread is worth its making */

struct job {
    const struct read_off *r;
    struct measure **view; /* [workers] */
    struct reading *out;
    atomic_size_t next;
};

static void read_one(const struct read_off *r, struct measure *m, size_t k, struct reading *out)
{
    const struct setting *s = &r->setting[k];
    size_t parts = measure_parts(m);

    measure_set(m, s->loss, s->at);
    out->sums = mem_alloc(parts * measure_segments(m), sizeof *out->sums);
    measure_sums(m, out->sums);
    if (r->positive) measure_concentration(m, NULL, r->positive, &out->positive);
    if (r->negative) measure_concentration(m, NULL, r->negative, &out->negative);
    if (s->plain) measure_concentration(m, NULL, NULL, &out->all);
    if (!s->weighted) return;
    out->factor = mem_alloc(r->alphas * parts, sizeof *out->factor);
    out->weighted = mem_alloc(r->alphas, sizeof *out->weighted);
    for (size_t a = 0; a < r->alphas; a++) {
        r->factors(r->context, k, a, out->sums, out->factor + a * parts);
        measure_concentration(m, out->factor + a * parts, NULL, &out->weighted[a]);
    }
}

static void work(void *context, unsigned worker)
{
    struct job *j = context;
    size_t k;

    while ((k = atomic_fetch_add(&j->next, 1)) < j->r->count) read_one(j->r, j->view[worker], k, &j->out[k]);
}

void read_off(struct measure *m, const struct read_off *r, struct reading *out)
{
    unsigned workers = r->threads ? r->threads : thread_count_allowed();
    struct job j = {.r = r, .out = out};
    double most = 0;

    if (workers > r->count / WORTH) workers = (unsigned)(r->count / WORTH);
    if (workers < 1) workers = 1;
    for (size_t k = 0; k < r->count; k++)
        if (!r->setting[k].loss->star) most = fmax(most, r->setting[k].at.gamma);
    measure_prepare(m, most);
    j.view = mem_alloc(workers, sizeof(struct measure *));
    j.view[0] = m;
    for (unsigned w = 1; w < workers; w++) j.view[w] = measure_view(m);
    thread_run(workers, work, &j);
    for (unsigned w = 1; w < workers; w++) measure_close(j.view[w]);
    free(j.view);
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
