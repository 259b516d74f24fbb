/* by_key.c: rows matched by a key: all models but the first are read into tables, then the first is read and
   looked up in them */
#include "compare/internal.h"

#include "base/string_table.h"
#include "read/rows.h"

#include <stdatomic.h>
#include <stdlib.h>

/* A row of a table, by the number of its key. */
struct keyed_row {
    uint64_t line, first; /* its examples are example[first … first + count) */
    uint32_t count;
    uint64_t used; /* the line of the first model's row that has this key; 0: none so far */
};

/* All rows of one model. */
struct key_table {
    struct string_table keys;
    struct keyed_row *row; /* [keys.count] */
    struct row_example *example;
    size_t row_room, examples, example_room;
};

/* The keys of a batch at hand. */
struct batch_keys {
    struct in_order order;
    struct row_example *example; /* the first model's, by row */
    size_t example_room;
    struct batch_row row;
    struct string texts;
    size_t *end; /* [rows]: of each row's key in the texts; a row without one has the end of the one before */
    uint64_t *line; /* [rows] */
    bool *known;    /* [rows]: it has a key */
    ptrdiff_t *at;  /* [rows][models]: its number in each model's table, −1: it is not in it */
    size_t end_room, line_room, known_room, at_room;
};

struct key_match {
    struct model *model;
    size_t models;
    struct match_sink sink;
    struct key_table *table; /* [models]; of the first none */
    size_t reading;          /* the model that is read */
    struct batch_keys *keys; /* [workers], of this reading */
    struct gathered *gathered;
    unsigned workers;
    struct turns turns;
    atomic_bool stopped;
    struct diag diag; /* in turns */
};

static void batch_keys_free(struct batch_keys *k)
{
    in_order_free(&k->order);
    free(k->example);
    batch_row_free(&k->row);
    string_free(&k->texts);
    free(k->end);
    free(k->line);
    free(k->known);
    free(k->at);
}

/* The keys and lines of a batch's rows. */
static void read_keys(struct batch_keys *k, const struct batch *b)
{
    const struct file_schema *schema = b->file->meaning;
    size_t rows = (size_t)b->rows, column = (size_t)schema->columns.key, i = 0;
    char scratch[NUMBER_SIZE];

    k->end = mem_grow(k->end, &k->end_room, rows + 1, sizeof *k->end);
    k->line = mem_grow(k->line, &k->line_room, rows + 1, sizeof *k->line);
    k->known = mem_grow(k->known, &k->known_room, rows + 1, sizeof *k->known);
    k->texts.size = 0;
    for (bool any = batch_first(b, &k->row); any && i < rows; any = batch_next(&k->row), i++) {
        k->line[i] = k->row.line;
        k->known[i] = column < k->row.count;
        if (k->known[i]) {
            struct field f = row_text(&k->row, column, scratch);

            string_add(&k->texts, f.text, f.size);
        }
        k->end[i] = k->texts.size;
    }
}

static struct key key_of(const struct batch_keys *k, size_t row)
{
    size_t from = row ? k->end[row - 1] : 0;

    return (struct key){k->texts.size ? k->texts.text + from : (char *)(uintptr_t) "", k->end[row] - from};
}

/* What a worker does first with a batch: its examples stand by row, and its keys are known. */
static void settle(struct batch_keys *k, const struct batch *b)
{
    in_order_settle(&k->order, b);
    read_keys(k, b);
}

/* Puts a batch's rows into the table of its model. */
static void fill_table(struct key_match *m, const struct batch_keys *k, const struct batch *b)
{
    struct key_table *t = &m->table[m->reading];
    const struct in_order *o = &k->order;
    char shown[DIAG_SHOWN];

    for (size_t i = 0; i < b->rows && !m->diag.status; i++) {
        struct key key = key_of(k, i);
        bool fresh = false;
        size_t at;

        if (!k->known[i]) continue; /* a bad row */
        at = string_table_put(&t->keys, key.text, key.size, &fresh);
        if (!fresh) {
            diag_fail(&m->diag, STATUS_DATA, "%s:%llu: key %s is that of line %llu, too", b->file->name,
                      (unsigned long long)k->line[i], diag_shown(shown, key.text, key.size),
                      (unsigned long long)t->row[at].line);
            atomic_store(&m->stopped, true);
            return;
        }
        t->row = mem_grow(t->row, &t->row_room, at + 1, sizeof *t->row);
        t->row[at] = (struct keyed_row){k->line[i], t->examples, o->begin[i + 1] - o->begin[i], 0};
        t->example =
            mem_grow(t->example, &t->example_room, t->examples + t->row[at].count + 1, sizeof *t->example);
        for (size_t e = o->begin[i]; e < o->begin[i + 1]; e++) t->example[t->examples++] = *in_order_at(o, e);
    }
}

static void done_table(void *context, unsigned worker, const struct batch *b)
{
    struct key_match *m = context;
    struct batch_keys *k = &m->keys[worker];

    settle(k, b);
    turns_wait(&m->turns, b->number);
    fill_table(m, k, b);
    turns_pass(&m->turns);
    k->order.count = 0;
}

/* The rows of the batch side by side with those of the other models that have the same keys. */
static void find_rows(const struct key_match *m, struct batch_keys *k, size_t rows, struct gathered *g)
{
    const struct in_order *o = &k->order;

    gathered_rows(g, rows);
    k->example = mem_grow(k->example, &k->example_room, o->count + 1, sizeof *k->example);
    for (size_t i = 0; i < o->count; i++) k->example[i] = *in_order_at(o, i);
    k->at = mem_grow(k->at, &k->at_room, rows * m->models + 1, sizeof *k->at);
    for (size_t i = 0; i < rows; i++) {
        struct key key = key_of(k, i);

        g->span[0][i] = (struct row_span){k->example + o->begin[i], o->begin[i + 1] - o->begin[i]};
        for (size_t other = 1; other < m->models; other++) {
            const struct key_table *t = &m->table[other];
            ptrdiff_t at = k->known[i] ? string_table_find(&t->keys, key.text, key.size) : -1;

            k->at[i * m->models + other] = at;
            g->span[other][i] = at < 0 ? (struct row_span){0}
                                       : (struct row_span){t->example + t->row[at].first, t->row[at].count};
        }
    }
}

/* Marks the keys of a row as used, in all tables. False, with diag filled: one does not have it, or it was
   used. */
static bool use_key(struct key_match *m, const struct batch_keys *k, const struct batch *b, size_t row)
{
    struct key key = key_of(k, row);
    char shown[DIAG_SHOWN];

    for (size_t other = 1; other < m->models && k->known[row]; other++) {
        ptrdiff_t at = k->at[row * m->models + other];
        uint64_t *used = at < 0 ? NULL : &m->table[other].row[at].used;

        if (!used)
            return diag_fail(&m->diag, STATUS_DATA, "%s:%llu: key %s is not in %s", b->file->name,
                             (unsigned long long)k->line[row], diag_shown(shown, key.text, key.size),
                             match_file(&m->model[other]));
        if (*used)
            return diag_fail(&m->diag, STATUS_DATA, "%s:%llu: key %s is that of line %llu, too",
                             b->file->name, (unsigned long long)k->line[row],
                             diag_shown(shown, key.text, key.size), (unsigned long long)*used);
        *used = k->line[row];
    }
    return true;
}

/* Says what is wrong with the batch first: a key, or (row < rows) what another model has there. */
static void check_rows(struct key_match *m, const struct batch_keys *k, const struct batch *b,
                       const struct gathered *g, size_t row, size_t other)
{
    bool ok = !m->diag.status;

    for (size_t i = 0; i < b->rows && i <= row && ok; i++) ok = use_key(m, k, b, i);
    if (ok && row < b->rows) {
        ptrdiff_t at = k->at[row * m->models + other];
        const struct row_place first = {&m->model[0], g->span[0][row], k->line[row]},
                               second = {&m->model[other], g->span[other][row],
                                         at < 0 ? 0 : m->table[other].row[at].line};

        if (!first.span.count && !row_is_ignored(&m->model[0], b, row))
            ok = false; /* a bad row: the reading says what is wrong */
        else
            match_say_difference(&first, &second, &m->diag);
    }
    if (!ok || m->diag.status) atomic_store(&m->stopped, true);
}

static void done_first(void *context, unsigned worker, const struct batch *b)
{
    struct key_match *m = context;
    struct batch_keys *k = &m->keys[worker];
    struct gathered *g = &m->gathered[worker];
    size_t rows = (size_t)b->rows, same, other = 0;

    settle(k, b);
    find_rows(m, k, rows, g);
    same = gather_rows(g, 0, rows, m->model[0].input.skip_bad, &other);
    turns_wait(&m->turns, b->number);
    check_rows(m, k, b, g, same, other);
    turns_pass(&m->turns);
    k->order.count = 0;
    g->matched.batch = b;
    if (g->matched.count && !atomic_load(&m->stopped)) m->sink.take(m->sink.context, worker, &g->matched);
}

static void begin(void *context, const struct facts *facts, unsigned workers)
{
    struct key_match *m = context;

    (void)facts; /* the model's */
    m->workers = workers;
    m->keys = mem_alloc(workers, sizeof *m->keys);
    if (m->reading > 0) return;
    for (size_t other = 1; other < m->models; other++)
        if (!match_facts(&m->model[0], &m->model[other], &m->diag)) atomic_store(&m->stopped, true);
    m->gathered = mem_alloc(workers, sizeof *m->gathered);
    for (unsigned w = 0; w < workers; w++) gathered_open(&m->gathered[w], m->models);
    m->sink.begin(m->sink.context, workers);
}

static void take(void *context, unsigned worker, const struct examples *e)
{
    in_order_take(&((struct key_match *)context)->keys[worker].order, e);
}

static bool enough(void *context)
{
    return atomic_load(&((struct key_match *)context)->stopped);
}

/* Reads one of the models. */
static bool read_model(struct key_match *m, size_t model, struct diag *d)
{
    struct sink sink = {.context = m,
                        .begin = begin,
                        .take = take,
                        .done = model ? done_table : done_first,
                        .rows = true,
                        .enough = enough};
    bool ok;

    m->reading = model;
    m->workers = 0;
    turns_open(&m->turns);
    ok = input_read(&m->model[model].input, sink, &m->model[model].facts, d);
    if (m->diag.status) *d = m->diag; /* it stands before whatever ended the reading */
    for (unsigned w = 0; w < m->workers; w++) batch_keys_free(&m->keys[w]);
    free(m->keys);
    m->keys = NULL;
    turns_close(&m->turns);
    return ok && !m->diag.status;
}

/* The first key of another model that no row of the first one has. */
static bool check_used(const struct key_match *m, struct diag *d)
{
    char shown[DIAG_SHOWN];

    for (size_t other = 1; other < m->models; other++) {
        const struct key_table *t = &m->table[other];

        for (size_t i = 0; i < t->keys.count; i++)
            if (!t->row[i].used)
                return diag_fail(d, STATUS_DATA, "%s:%llu: key %s is not in %s", match_file(&m->model[other]),
                                 (unsigned long long)t->row[i].line,
                                 diag_shown(shown, t->keys.key[i].text, t->keys.key[i].size),
                                 match_file(&m->model[0]));
    }
    return true;
}

bool match_by_key(struct model *model, size_t models, struct match_sink sink, uint64_t *left_out,
                  struct diag *d)
{
    struct key_match m = {.model = model, .models = models, .sink = sink};
    bool ok = true;

    m.table = mem_alloc(models, sizeof *m.table);
    for (size_t i = 1; i < models && ok; i++) ok = read_model(&m, i, d);
    ok = ok && read_model(&m, 0, d) && check_used(&m, d);
    for (unsigned w = 0; m.gathered && w < m.workers; w++) {
        *left_out += m.gathered[w].left_out;
        gathered_close(&m.gathered[w]);
    }
    free(m.gathered);
    for (size_t i = 0; i < models; i++) {
        string_table_free(&m.table[i].keys);
        free(m.table[i].row);
        free(m.table[i].example);
    }
    free(m.table);
    return ok;
}
