/* workers.c: several threads' examples become a tally: dense, sparse or weighted sums */
#include "tally/workers.h"

#include "base/memory.h"
#include "tally/accumulate.h"
#include "tally/record_table.h"
#include "tally/row_sums.h"

#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>

/* A worker keeps one of three forms: dense records (few parts, no groups, no weights: the common case and the
   fastest), sparse records found by their key, or exact sums directly (weights). Full records are drained
   into the sums. */
struct worker {
    struct accumulator *all;
    struct dense_records dense;
    struct record_table sparse;
    struct moment_table sums;
    struct kept_rows kept;
    uint64_t rows_refused; /* their part is beyond the keys */
};

struct accumulator {
    struct bin_cuts cuts;
    size_t parts, classes;
    bool dense, weighted;
    struct worker *worker;
    unsigned workers;
};

struct accumulator *accumulator_open(const struct cuts *cuts, struct diag *d)
{
    struct bin_cuts own;
    struct accumulator *a;

    if (!bin_cuts_make(cuts, &own, d)) return NULL;
    bin_cuts_index(&own);
    a = mem_alloc(1, sizeof *a);
    a->cuts = own;
    return a;
}

/* Dense records stand in untouched memory that costs nothing until a bin is used. */
enum { DENSE_PARTS = 256, DENSE_CUTS = 1 << 20 };

static size_t dense_size(const struct accumulator *a)
{
    return a->parts * BIN_COUNT * sizeof(struct record);
}

static struct record *dense_open(const struct accumulator *a)
{
    void *p =
        mmap(NULL, dense_size(a), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return p == MAP_FAILED ? NULL : p;
}

static void drain(struct worker *w, cell_key key, struct record *r, uint64_t rows)
{
    int64_t sum[TALLY_MOMENTS];
    union slice_sums slice;
    size_t i;

    if (!rows) return;
    record_read(r, rows, sum);
    i = moment_table_at(&w->sums, key);
    w->sums.cell[i].count += rows;
    for (int k = 0; k < TALLY_MOMENTS; k++) w->sums.cell[i].sum[k] += sum[k];
    for (int k = 0; k < SLICES; k++) slice.rows[k] = r->slice[k];
    slice_rows_add(&w->sums.cell[i].slice, &slice);
    *r = (struct record){0};
}

static cell_key dense_key(const struct dense_records *s, size_t parts, const struct record *r)
{
    size_t i = (size_t)(r - s->bin), cuts = s->cuts->count;

    if (r >= s->cut && r < s->cut + parts * cuts) {
        i = (size_t)(r - s->cut);
        return key_of(i / cuts, BIN_COUNT + (uint32_t)(i % cuts), LEVEL_ZERO);
    }
    return key_of(i / BIN_COUNT, i % BIN_COUNT, LEVEL_ZERO);
}

/* Rows of a record, settled or not, that is not full. */
static uint64_t dense_rows(const struct record *r)
{
    return record_rows(r) % RECORD_FULL;
}

static void drain_dense(struct worker *w, struct record *r, uint64_t rows)
{
    drain(w, dense_key(&w->dense, w->all->parts, r), r, rows);
}

static void look_dense(void *context, struct record *r, uint32_t part, double tail)
{
    struct worker *w = context;
    uint64_t rows = dense_rows(r);

    w->dense.touched[(part * (size_t)BIN_COUNT + tail_bin(tail)) >> 7] = 1;
    if (!rows)
        drain_dense(w, r, RECORD_FULL);
    else if (kept_rows_offer(&w->kept, part, tail, 1, rows <= KEPT_BIN))
        return;
    r->word[0] |= RECORD_SETTLED;
}

static bool stale_dense(const void *context, const struct kept_row *r)
{
    const struct worker *w = context;

    return record_rows(&w->dense.bin[r->part * BIN_COUNT + tail_bin(r->tail)]) > KEPT_BIN;
}

static bool stale_sparse(const void *context, const struct kept_row *r)
{
    struct worker *w = (struct worker *)(uintptr_t)context;
    cell_key key = key_of(r->part, place_of(&w->all->cuts, r->tail), LEVEL_ZERO);

    return record_rows(record_table_at(&w->sparse, key)) > KEPT_BIN;
}

static void begin(void *context, const struct facts *facts, unsigned workers)
{
    struct accumulator *a = context;

    a->parts = facts->parts;
    a->classes = facts->classes;
    a->weighted = facts->weighted;
    a->workers = workers;
    a->worker = mem_alloc(workers, sizeof *a->worker);
    a->dense = facts->parts <= DENSE_PARTS && facts->parts * a->cuts.count <= DENSE_CUTS &&
               !facts_are_keyed(facts) && !facts->weighted;
    for (unsigned i = 0; i < workers; i++) {
        a->worker[i].all = a;
        a->worker[i].sums.weighted = a->worker[i].kept.weighted = a->weighted;
        if (!a->weighted) a->worker[i].kept.stale = stale_sparse;
        a->worker[i].kept.context = &a->worker[i];
    }
}

static bool dense_ready(struct worker *w)
{
    struct accumulator *a = w->all;

    if (w->dense.bin) return true;
    if (!a->dense || !(w->dense.bin = dense_open(a))) return false;
    w->dense.touched = mem_alloc(a->parts * BIN_COUNT / 128, 1);
    w->dense.cut = records_make(a->parts * a->cuts.count);
    w->dense.cuts = &a->cuts;
    w->dense.look = look_dense;
    w->kept.stale = stale_dense;
    w->dense.context = w;
    return true;
}

/* Part of a group; false: it is beyond the keys. */
static inline bool part_of(const struct accumulator *a, const struct examples *e, size_t i, uint64_t *part)
{
    *part = (e->group ? (uint64_t)e->group[i] * a->parts : 0) + e->part[i];
    return *part >> KEY_PART_BITS == 0;
}

/* Some rows at a time, so that what they need is on its way from memory before it is used. */
static void take_sparse(struct worker *w, const struct examples *e)
{
    enum { AHEAD = 32 };
    const struct accumulator *a = w->all;
    cell_key key[AHEAD];
    struct record *record[AHEAD];
    double tail[AHEAD];

    for (size_t i = 0; i < e->n; i += AHEAD) {
        size_t rows = e->n - i < AHEAD ? e->n - i : AHEAD, n = 0;

        for (size_t k = i; k < i + rows; k++) {
            uint64_t part;

            if (!part_of(a, e, k, &part)) {
                w->rows_refused++;
                continue;
            }
            key[n] = key_of(part, place_of(&a->cuts, e->tail[k]), LEVEL_ZERO);
            tail[n] = e->tail[k];
            hash_prefetch(&w->sparse.index, key[n++]);
        }
        for (size_t k = 0; k < n; k++) {
            record[k] = record_table_at(&w->sparse, key[k]);
            __builtin_prefetch(record[k], 1);
        }
        for (size_t k = 0; k < n; k++) {
            kept_rows_offer(&w->kept, key_part(key[k]), tail[k], 1, record_rows(record[k]) < KEPT_BIN);
            if (record_add(record[k], tail[k])) drain(w, key[k], record[k], RECORD_FULL);
        }
    }
}

static void take_weighted(struct worker *w, const struct examples *e)
{
    const struct accumulator *a = w->all;

    for (size_t i = 0; i < e->n; i++) {
        uint64_t part;
        size_t c;

        if (!part_of(a, e, i, &part)) {
            w->rows_refused++;
            continue;
        }
        if (e->weight[i] == 0) {
            c = moment_table_at(&w->sums, key_of(part, PLACE_WEIGHTLESS, LEVEL_ZERO));
            w->sums.cell[c].count++;
            continue;
        }
        c = moment_table_at(&w->sums, key_of(part, place_of(&a->cuts, e->tail[i]),
                                             (uint32_t)(weight_level(e->weight[i], NULL) + LEVEL_ZERO)));
        weighted_row_add(e->tail[i], e->weight[i], &w->sums.cell[c], &w->sums.square[c]);
        kept_rows_offer(&w->kept, part, e->tail[i], e->weight[i], false);
    }
}

_Static_assert(3 * PREDICTED_MOST <= PLACE_WEIGHTLESS - PLACE_ASIDE, "a place for each count of each class");

/* Counts an example, or its weight, beside the tails. */
static void count_aside(struct worker *w, uint64_t part, uint32_t place, double weight)
{
    const double centre = 0x1.01p-2; /* a tail whose powers in its bin are 0 */
    int level = w->sums.weighted ? weight_level(weight, NULL) : 0;
    size_t i = moment_table_at(&w->sums, key_of(part, place, (uint32_t)(level + LEVEL_ZERO)));

    if (w->sums.weighted)
        weighted_row_add(centre, weight, &w->sums.cell[i], &w->sums.square[i]);
    else
        w->sums.cell[i].sum[0] = (wide_int)++w->sums.cell[i].count;
}

static void take_predictions(struct worker *w, const struct examples *e)
{
    const struct accumulator *a = w->all;

    for (size_t i = 0; i < e->n; i++) {
        const struct prediction *p = &e->prediction[i];
        double weight = e->weight ? e->weight[i] : 1;
        uint64_t part;

        if (weight == 0 || !part_of(a, e, i, &part)) continue;
        count_aside(w, part, place_of_true(p->truth, p->truth == p->predicted), weight);
        count_aside(w, part, place_of_predicted(p->predicted, a->classes), weight);
    }
}

static void take(void *context, unsigned worker, const struct examples *e)
{
    struct accumulator *a = context;
    struct worker *w = &a->worker[worker];

    if (a->weighted)
        take_weighted(w, e);
    else if (dense_ready(w))
        accumulate_rows(&w->dense, e->tail, e->part, e->n);
    else
        take_sparse(w, e);
    if (e->prediction) take_predictions(w, e);
}

struct sink accumulator_sink(struct accumulator *a)
{
    return (struct sink){.context = a, .begin = begin, .take = take};
}

static void worker_free(struct worker *w)
{
    if (w->dense.bin) munmap(w->dense.bin, dense_size(w->all));
    free(w->dense.touched);
    free(w->dense.cut);
    record_table_free(&w->sparse);
    moment_table_free(&w->sums);
    kept_rows_free(&w->kept);
    *w = (struct worker){.all = w->all};
}

enum { OCTAVE = 1 << BIN_MANTISSA };

/* Bins of an octave in which any dense worker has rows. */
static size_t octave_count(const struct accumulator *a, size_t octave)
{
    bool any[OCTAVE] = {false};
    size_t count = 0;

    for (unsigned w = 0; w < a->workers; w++)
        for (size_t i = 0; a->worker[w].dense.bin && a->worker[w].dense.touched[octave] && i < OCTAVE; i++)
            any[i] |= a->worker[w].dense.bin[OCTAVE * octave + i].word[0] != 0;
    for (size_t i = 0; i < OCTAVE; i++) count += any[i];
    return count;
}

static size_t dense_count(const struct accumulator *a)
{
    size_t count = 0;

    for (size_t o = 0; o < a->parts * BIN_COUNT / OCTAVE; o++) {
        bool touched = false;

        for (unsigned w = 0; w < a->workers; w++)
            touched |= a->worker[w].dense.bin && a->worker[w].dense.touched[o];
        if (touched) count += octave_count(a, o);
    }
    return count;
}

/* All records of a worker go into its sums, and their memory back. */
static void drain_all(struct worker *w)
{
    size_t parts = w->all->parts;

    for (size_t o = 0; w->dense.bin && o < parts * BIN_COUNT / OCTAVE; o++) {
        struct record *octave = &w->dense.bin[OCTAVE * o];

        if (!w->dense.touched[o]) continue;
        for (size_t i = 0; i < OCTAVE; i++) drain_dense(w, &octave[i], dense_rows(&octave[i]));
        madvise(octave, OCTAVE * sizeof *octave, MADV_DONTNEED);
    }
    for (size_t i = 0; w->dense.bin && i < parts * w->all->cuts.count; i++)
        drain_dense(w, &w->dense.cut[i], dense_rows(&w->dense.cut[i]));
    for (size_t i = 0; i < w->sparse.count; i++) {
        struct record *r = record_table_get(&w->sparse, i);

        drain(w, w->sparse.key[i], r, record_rows(r));
    }
}

bool accumulator_finish(struct accumulator *a, struct tally *out, struct diag *d)
{
    struct moment_table sums = {.weighted = a->weighted};
    struct kept_rows kept = {.weighted = a->weighted};
    uint64_t refused = 0;
    bool ok = true;

    for (unsigned i = 0; i < a->workers; i++) {
        struct worker *w = &a->worker[i];
        struct moment_table own = w->sums;

        kept_rows_move(&w->kept, &kept);
        w->sums = sums;
        if (!sums.count) {
            moment_table_free(&w->sums);
            w->sums = own;
            own = (struct moment_table){0};
        }
        if (!i && a->dense) moment_table_reserve(&w->sums, dense_count(a)); /* does not move while it grows */
        for (size_t k = 0; k < own.count; k++)
            ok &= moment_table_add(&w->sums, own.cell[k].key, &own.cell[k],
                                   own.weighted ? &own.square[k] : NULL) != NULL;
        moment_table_free(&own);
        drain_all(w);
        refused += w->rows_refused;
        sums = w->sums;
        w->sums = (struct moment_table){0};
        worker_free(w);
    }
    bin_cuts_copy(&a->cuts, &out->cuts);
    tally_take(out, &sums, &kept);
    if (refused)
        return diag_fail(d, STATUS_DATA,
                         "%zu groups of %zu parts each are more than a tally holds: 2^%d in all",
                         out->facts.group_count, out->facts.parts, KEY_PART_BITS);
    return ok || diag_fail(d, STATUS_DATA, "the weights add up beyond what a tally holds");
}

void accumulator_close(struct accumulator *a)
{
    if (!a) return;
    for (unsigned i = 0; i < a->workers; i++) worker_free(&a->worker[i]);
    free(a->worker);
    bin_cuts_free(&a->cuts);
    free(a);
}
