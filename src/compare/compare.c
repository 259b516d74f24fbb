/* compare.c: the losses of matched examples, added up for each loss, threshold and model */
#include "compare/compare.h"

#include "compare/cluster_sums.h"
#include "compare/moved.h"
#include "loss/tail.h"
#include "rows/row_table.h"

#include <stdlib.h>
#include <string.h>

/* Examples are worked on in pieces that fit the cache. */
enum { PIECE = 1024 };

/* What one worker adds up. */
struct compare_worker {
    struct pair_sums *sums;  /* as struct comparison's results */
    double *value;           /* [models][PIECE]: of one loss */
    unsigned char *easy;     /* [models][PIECE]: of one threshold, 1 or 0 */
    unsigned char *category; /* [models][PIECE] */
};

struct compare {
    struct comparison *out;
    size_t *own; /* [losses + 1]: the loss whose sums it has: its own, or of one that differs by α alone */
    double *cut; /* [thresholds]: the tails from which on examples are easy */
    struct compare_worker *worker;
    unsigned workers;
    struct cluster_sums *clusters; /* NULL: examples are independent */
};

static size_t result_place(const struct comparison *c, size_t loss, size_t threshold, size_t model)
{
    return (loss * c->request->thresholds + threshold) * (c->models - 1) + model - 1;
}

const struct pair_result *comparison_at(const struct comparison *c, size_t loss, size_t threshold,
                                        size_t model)
{
    return &c->result[result_place(c, loss, threshold, model)];
}

size_t comparison_losses(const struct compare_request *q)
{
    return q->losses + (q->trained != NULL);
}

const struct row_loss *comparison_loss(const struct compare_request *q, size_t loss, size_t model)
{
    return loss < q->losses ? &q->loss[loss] : &q->trained[model];
}

static size_t results_of(const struct comparison *c)
{
    return comparison_losses(c->request) * c->request->thresholds * (c->models - 1);
}

static void begin(void *context, unsigned workers)
{
    struct compare *c = context;
    size_t models = c->out->models;

    c->workers = workers;
    if (c->out->request->moved)
        c->out->moved =
            moved_open(c->out->model, models, &c->out->request->loss[0], c->out->request->moved, workers);
    c->worker = mem_alloc(workers, sizeof *c->worker);
    for (unsigned w = 0; w < workers; w++)
        c->worker[w] = (struct compare_worker){mem_alloc(results_of(c->out), sizeof(struct pair_sums)),
                                               mem_alloc(models * PIECE, sizeof(double)),
                                               mem_alloc(models * PIECE, 1), mem_alloc(models * PIECE, 1)};
}

/* own_alpha: with it, which differs by model. */
static void put_values(double *out, const double *tail, const int *side, size_t n, const struct row_loss *l,
                       bool own_alpha)
{
    for (size_t i = 0; i < n; i++) out[i] = setting_value_at(&l->setting, tail[i], side[i]);
    for (size_t i = 0; i < n && own_alpha; i++) {
        double factor = row_factor(l, side[i]);

        out[i] = factor > 0 ? factor * out[i] : 0;
    }
}

/* Of each model beside the first one: the categories of the examples. */
static void put_categories(const struct compare_worker *w, size_t models, const int *side, size_t n)
{
    for (size_t m = 1; m < models; m++)
        for (size_t i = 0; i < n; i++)
            w->category[m * PIECE + i] =
                (unsigned char)(w->easy[i] * EASY_FIRST | w->easy[m * PIECE + i] * EASY_SECOND |
                                (side[i] ? NOT_NEGATIVE : 0));
}

/* A model beside the first one, by the values of one loss and the categories of one threshold. */
static void add_pair(const struct compare *c, struct compare_worker *w, size_t place, size_t model,
                     const struct matched *m, size_t from, size_t n)
{
    const double *second = w->value + model * PIECE;
    const unsigned char *category = w->category + model * PIECE;

    pair_sums_add(&w->sums[place], n, w->value, second, m->weight + from, category);
    if (c->clusters)
        cluster_sums_add(c->clusters, place, n, w->value, second, m->weight + from, category,
                         m->cluster + from);
}

static void add_piece(struct compare *c, unsigned worker, const struct matched *m, size_t from, size_t n)
{
    struct compare_worker *w = &c->worker[worker];
    const struct comparison *out = c->out;
    const struct compare_request *q = out->request;
    int side[PIECE];

    for (size_t i = 0; i < n; i++) side[i] = facts_side(&out->model->facts, m->part[from + i]);
    for (size_t l = 0; l < comparison_losses(q); l++) {
        if (c->own[l] != l) continue;
        for (size_t k = 0; k < out->models; k++)
            put_values(w->value + k * PIECE, m->tail[k] + from, side, n, comparison_loss(q, l, k),
                       l == q->losses);
        if (out->moved && l == 0) moved_take(out->moved, worker, m, from, n, side, w->value, PIECE);
        for (size_t t = 0; t < q->thresholds; t++) {
            for (size_t k = 0; k < out->models; k++)
                for (size_t i = 0; i < n; i++)
                    w->easy[k * PIECE + i] = tail_compare(m->tail[k][from + i], c->cut[t]) >= 0;
            put_categories(w, out->models, side, n);
            for (size_t k = 1; k < out->models; k++)
                add_pair(c, w, result_place(out, l, t, k), k, m, from, n);
        }
    }
}

static void take(void *context, unsigned worker, const struct matched *m)
{
    struct compare *c = context;

    for (size_t from = 0; from < m->count; from += PIECE)
        add_piece(c, worker, m, from, m->count - from < PIECE ? m->count - from : PIECE);
}

static void put_result(const struct compare *c, size_t loss, size_t threshold, size_t model)
{
    struct comparison *out = c->out;
    const struct compare_request *q = out->request;
    struct pair_result *r = &out->result[result_place(out, loss, threshold, model)];
    size_t sums = result_place(out, c->own[loss], threshold, model);

    *r = pair_result(&c->worker->sums[sums], loss < q->losses ? q->loss[loss].alpha : NAN, out->sides,
                     c->clusters, sums);
    if (loss == q->losses) r->mean.difference = r->mean.error = NAN;
}

/* The workers' sums together, read as results. */
static void conclude(struct compare *c)
{
    struct comparison *out = c->out;
    const struct compare_request *q = out->request;
    struct pair_sums *all = c->worker[0].sums;

    for (unsigned w = 1; w < c->workers; w++)
        for (size_t i = 0; i < results_of(out); i++) pair_sums_merge(&all[i], &c->worker[w].sums[i]);
    out->result = mem_alloc(results_of(out), sizeof *out->result);
    for (size_t l = 0; l < comparison_losses(q); l++)
        for (size_t t = 0; t < q->thresholds; t++)
            for (size_t m = 1; m < out->models; m++) put_result(c, l, t, m);
}

bool compare_models(struct model *model, size_t models, const struct compare_request *q,
                    struct comparison *out, struct diag *d)
{
    struct compare c = {.out = out};
    const struct match_sink sink = {&c, begin, take};
    bool ok;

    *out = (struct comparison){.model = model, .models = models, .request = q};
    c.own = mem_alloc(q->losses + 1, sizeof *c.own);
    c.own[q->losses] = q->losses;
    c.cut = mem_alloc(q->thresholds, sizeof *c.cut);
    for (size_t i = 0; i < q->losses; i++)
        while (!setting_equal(&q->loss[c.own[i]].setting, &q->loss[i].setting)) c.own[i]++;
    for (size_t t = 0; t < q->thresholds; t++) c.cut[t] = tail_of_pt(q->easy[t]);
    if (model->input.cluster) c.clusters = cluster_sums_open(results_of(out));
    ok = match_models(model, models, sink, &out->left_out, d);
    out->sides = ok && facts_side(&model->facts, 0) >= 0;
    if (ok) conclude(&c);
    for (unsigned w = 0; w < c.workers; w++) {
        free(c.worker[w].sums);
        free(c.worker[w].value);
        free(c.worker[w].easy);
        free(c.worker[w].category);
    }
    free(c.worker);
    cluster_sums_free(c.clusters);
    free(c.own);
    free(c.cut);
    return ok;
}

void comparison_free(struct comparison *c)
{
    free(c->result);
    moved_free(c->moved);
}
