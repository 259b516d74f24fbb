/* in_step.c: rows matched by their order: all files are read at the same time, each by its own threads

   Each file's batches become blocks, in the order of the file, in a queue. Whoever puts one there takes rows
   from the fronts of all queues as long as each has some, and compares them. A queue that is full makes its
   threads wait for the others. */
#include "compare/internal.h"

#include "base/thread.h"

#include <stdlib.h>

enum { QUEUED_MOST = 4 };

struct step;

/* What is read of one model. */
struct queue {
    struct step *step;
    size_t model;
    unsigned workers, first_worker; /* its workers, and which the first of them is among all */
    struct in_order *order;         /* [workers] */
    struct turns turns;
    struct file_copy copy;
    struct diag diag; /* of the reading */
    /* under the lock: */
    struct block *first, *last;
    size_t blocks;
    size_t taken; /* rows of the first that are taken */
    bool begun, ended;
};

/* Rows that are being compared. */
struct chunk {
    struct block **block; /* [models] */
    size_t *from;         /* [models] */
    size_t rows;
};

struct step_worker {
    struct gathered gathered;
    struct chunk chunk;
};

struct step {
    struct model *model;
    size_t models;
    struct match_sink sink;
    struct queue *queue;        /* [models] */
    struct step_worker *worker; /* [workers], of all files together */
    unsigned workers;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    /* under the lock: */
    bool ready;      /* all have begun */
    bool stopped;    /* nothing more is compared */
    uint64_t differ; /* the row that says why, where it was one */
    struct diag diag;
};

/* All files are understood: whether they go together is known, and how many workers there are. */
static void begin_all(struct step *s)
{
    for (size_t m = 1; m < s->models; m++)
        if (!match_facts(&s->model[0], &s->model[m], &s->diag)) s->stopped = true;
    for (size_t m = 0; m < s->models; m++) {
        s->queue[m].first_worker = s->workers;
        s->workers += s->queue[m].workers;
    }
    s->worker = mem_alloc(s->workers, sizeof *s->worker);
    for (unsigned w = 0; w < s->workers; w++) {
        gathered_open(&s->worker[w].gathered, s->models);
        s->worker[w].chunk.block = mem_alloc(s->models, sizeof(struct block *));
        s->worker[w].chunk.from = mem_alloc(s->models, sizeof(size_t));
    }
    if (!s->stopped) s->sink.begin(s->sink.context, s->workers);
    s->ready = true;
}

static void begin(void *context, const struct facts *facts, unsigned workers)
{
    struct queue *q = context;
    struct step *s = q->step;
    bool all = true;

    (void)facts; /* the model's */
    q->workers = workers;
    q->order = mem_alloc(workers, sizeof *q->order);
    pthread_mutex_lock(&s->lock);
    q->begun = true;
    for (size_t m = 0; m < s->models; m++) all = all && s->queue[m].begun;
    if (all) begin_all(s);
    pthread_cond_broadcast(&s->moved);
    pthread_mutex_unlock(&s->lock);
}

static void take(void *context, unsigned worker, const struct examples *e)
{
    in_order_take(&((struct queue *)context)->order[worker], e);
}

/* Will no more rows be matched, as one of the files has ended? */
static bool is_over(const struct step *s)
{
    bool over = s->stopped;

    for (size_t m = 0; m < s->models; m++) over = over || (s->queue[m].ended && !s->queue[m].first);
    return over;
}

static void put(struct queue *q, struct block *b)
{
    struct step *s = q->step;

    pthread_mutex_lock(&s->lock);
    while (q->blocks >= QUEUED_MOST && !is_over(s)) pthread_cond_wait(&s->moved, &s->lock);
    if (is_over(s)) {
        block_free(b);
    } else {
        if (q->last) q->last->next = b;
        if (!q->first) q->first = b;
        q->last = b;
        q->blocks++;
    }
    pthread_mutex_unlock(&s->lock);
}

/* The next rows that all have. */
static bool take_chunk(struct step *s, struct chunk *c)
{
    if (!s->ready || s->stopped) return false;
    c->rows = SIZE_MAX;
    for (size_t m = 0; m < s->models; m++) {
        const struct queue *q = &s->queue[m];
        size_t left = q->first ? (size_t)q->first->batch.rows - q->taken : 0;

        if (left < c->rows) c->rows = left;
    }
    if (!c->rows) return false;
    for (size_t m = 0; m < s->models; m++) {
        struct queue *q = &s->queue[m];
        struct block *b = q->first;

        c->block[m] = b;
        c->from[m] = q->taken;
        q->taken += c->rows;
        b->users++;
        if (q->taken < b->batch.rows) continue;
        b->users--; /* the queue's */
        q->first = b->next;
        if (!q->first) q->last = NULL;
        q->blocks--;
        q->taken = 0;
    }
    pthread_cond_broadcast(&s->moved);
    return true;
}

static void release_chunk(const struct step *s, struct chunk *c)
{
    for (size_t m = 0; m < s->models; m++)
        if (--c->block[m]->users == 0) block_free(c->block[m]);
}

static struct row_place place_of(const struct step *s, const struct chunk *c, size_t model, size_t row)
{
    const struct block *b = c->block[model];

    return (struct row_place){&s->model[model], block_row(b, c->from[model] + row),
                              block_line(b, c->from[model] + row)};
}

static bool is_bad(const struct step *s, const struct chunk *c, size_t model, size_t row)
{
    const struct block *b = c->block[model];

    row += c->from[model];
    return !block_row(b, row).count && !row_is_ignored(&s->model[model], &b->batch, row);
}

/* The first difference of all is kept: chunks before this one are done or being done. */
static void differ(struct step *s, const struct chunk *c, size_t row, size_t other)
{
    const struct row_place a = place_of(s, c, 0, row), b = place_of(s, c, other, row);
    uint64_t number = c->block[0]->batch.row + c->from[0] + row;
    struct diag d = {0};

    if (!is_bad(s, c, 0, row) && !is_bad(s, c, other, row)) match_say_difference(&a, &b, &d);
    pthread_mutex_lock(&s->lock);
    if (number < s->differ) {
        s->diag = d;
        s->differ = number;
    }
    s->stopped = true;
    pthread_cond_broadcast(&s->moved);
    pthread_mutex_unlock(&s->lock);
}

static void compare_chunk(struct step *s, unsigned worker)
{
    struct gathered *g = &s->worker[worker].gathered;
    const struct chunk *c = &s->worker[worker].chunk;
    size_t other = 0, same;

    gathered_rows(g, c->rows);
    for (size_t m = 0; m < s->models; m++)
        for (size_t i = 0; i < c->rows; i++) g->span[m][i] = block_row(c->block[m], c->from[m] + i);
    same = gather_rows(g, (uint32_t)c->from[0], c->rows, s->model[0].input.skip_bad, &other);
    g->matched.batch = &c->block[0]->batch;
    if (same < c->rows)
        differ(s, c, same, other);
    else if (g->matched.count)
        s->sink.take(s->sink.context, worker, &g->matched);
}

static void know_file(struct queue *q, const struct batch *b)
{
    struct step *s = q->step;

    pthread_mutex_lock(&s->lock);
    if (!q->copy.file.meaning) file_copy_make(&q->copy, b->file);
    pthread_mutex_unlock(&s->lock);
}

static void done(void *context, unsigned worker, const struct batch *b)
{
    struct queue *q = context;
    struct step *s = q->step;
    struct block *block = NULL;
    struct chunk *chunk;

    in_order_settle(&q->order[worker], b);
    know_file(q, b);
    if (b->rows) block = block_make(b, &q->order[worker], &q->copy.file);
    q->order[worker].count = 0;
    turns_wait(&q->turns, b->number);
    if (block) put(q, block);
    turns_pass(&q->turns);
    pthread_mutex_lock(&s->lock);
    if (s->ready) {
        worker += q->first_worker;
        chunk = &s->worker[worker].chunk;
        while (take_chunk(s, chunk)) {
            pthread_mutex_unlock(&s->lock);
            compare_chunk(s, worker);
            pthread_mutex_lock(&s->lock);
            release_chunk(s, chunk);
        }
    }
    pthread_mutex_unlock(&s->lock);
}

static bool enough(void *context)
{
    struct step *s = ((struct queue *)context)->step;
    bool stopped;

    pthread_mutex_lock(&s->lock);
    stopped = s->stopped;
    pthread_mutex_unlock(&s->lock);
    return stopped;
}

static void read_model(void *context, unsigned model)
{
    struct step *s = context;
    struct queue *q = &s->queue[model];
    struct sink sink = {
        .context = q, .begin = begin, .take = take, .done = done, .rows = true, .enough = enough};

    input_read(&s->model[model].input, sink, &s->model[model].facts, &q->diag);
    pthread_mutex_lock(&s->lock);
    q->ended = true;
    pthread_cond_broadcast(&s->moved);
    pthread_mutex_unlock(&s->lock);
}

static uint64_t rows_of(const struct model *m)
{
    return m->facts.counts.rows - m->facts.counts.blank;
}

/* What went wrong: rows that differ come first, as they stand before whatever ended the reading. */
static bool conclude(struct step *s, struct diag *d)
{
    if (s->diag.status) *d = s->diag;
    for (size_t m = 0; m < s->models && !d->status; m++) *d = s->queue[m].diag;
    for (size_t m = 1; m < s->models && !d->status; m++)
        if (rows_of(&s->model[m]) != rows_of(&s->model[0]))
            diag_fail(d, STATUS_DATA,
                      "%s has %llu rows, %s %llu: the same examples in the same order are needed, or --key "
                      "COL",
                      match_file(&s->model[m]), (unsigned long long)rows_of(&s->model[m]),
                      match_file(&s->model[0]), (unsigned long long)rows_of(&s->model[0]));
    return !d->status;
}

static void step_close(struct step *s)
{
    for (size_t m = 0; m < s->models; m++) {
        struct queue *q = &s->queue[m];

        while (q->first) {
            struct block *b = q->first;

            q->first = b->next;
            block_free(b);
        }
        for (unsigned w = 0; w < q->workers; w++) in_order_free(&q->order[w]);
        free(q->order);
        turns_close(&q->turns);
        file_copy_free(&q->copy);
    }
    for (unsigned w = 0; w < s->workers; w++) {
        gathered_close(&s->worker[w].gathered);
        free(s->worker[w].chunk.block);
        free(s->worker[w].chunk.from);
    }
    free(s->worker);
    free(s->queue);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->moved);
}

bool match_in_step(struct model *model, size_t models, struct match_sink sink, uint64_t *left_out,
                   struct diag *d)
{
    struct step s = {.model = model, .models = models, .sink = sink, .differ = UINT64_MAX};
    bool ok;

    s.queue = mem_alloc(models, sizeof *s.queue);
    pthread_mutex_init(&s.lock, NULL);
    pthread_cond_init(&s.moved, NULL);
    for (size_t m = 0; m < models; m++) {
        unsigned threads = model[m].input.threads ? model[m].input.threads : thread_count_allowed();

        s.queue[m] = (struct queue){.step = &s, .model = m};
        turns_open(&s.queue[m].turns);
        model[m].input.threads = threads > models ? threads / (unsigned)models : 1;
    }
    ok = thread_run_all((unsigned)models, read_model, &s, d) && conclude(&s, d);
    for (unsigned w = 0; w < s.workers; w++) *left_out += s.worker[w].gathered.left_out;
    step_close(&s);
    return ok;
}
