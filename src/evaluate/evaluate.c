/* evaluate.c: many settings read off one tally, side by side on several threads */
#include "evaluate/evaluate.h"

#include "base/memory.h"
#include "base/thread.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

struct job {
    const struct read_off *r;
    struct measure **view; /* [workers] */
    struct reading *out;
    atomic_size_t next;
};

/* Settings of one loss that stand together are read at once. */
enum { AT_ONCE = 16 };

static void read_one(const struct read_off *r, struct measure *m, size_t k, struct reading *out)
{
    const struct setting *s = &r->setting[k];
    size_t parts = measure_parts(m);

    measure_set(m, s->loss, s->at);
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

static void read_some(const struct read_off *r, struct measure *m, size_t first, size_t count,
                      struct reading *out)
{
    struct loss_at at[AT_ONCE] = {{0, 0}};
    struct sums *sums[AT_ONCE];

    for (size_t k = 0; k < count; k++) {
        at[k] = r->setting[first + k].at;
        sums[k] = out[first + k].sums = mem_alloc(measure_parts(m) * measure_segments(m), sizeof *sums[k]);
    }
    measure_sums_of(m, r->setting[first].loss, at, count, sums);
    for (size_t k = first; k < first + count; k++) read_one(r, m, k, &out[k]);
}

static void work(void *context, unsigned worker)
{
    struct job *j = context;
    size_t k;

    while ((k = AT_ONCE * atomic_fetch_add(&j->next, 1)) < j->r->count) {
        size_t end = k + AT_ONCE < j->r->count ? k + AT_ONCE : j->r->count, n;

        for (; k < end; k += n) {
            n = 1;
            while (k + n < end && j->r->setting[k + n].loss == j->r->setting[k].loss) n++;
            read_some(j->r, j->view[worker], k, n, j->out);
        }
    }
}

void read_off(struct measure *m, const struct read_off *r, struct reading *out)
{
    unsigned workers = r->threads ? r->threads : thread_count_allowed();
    struct job j = {.r = r, .out = out};
    double most = 0;

    if (workers > r->count / AT_ONCE) workers = (unsigned)(r->count / AT_ONCE);
    if (workers < 1) workers = 1;
    for (size_t k = 0; k < r->count; k++)
        if (!r->setting[k].loss->star) most = fmax(most, r->setting[k].at.gamma);
    measure_prepare(m, most, r->count > AT_ONCE);
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
