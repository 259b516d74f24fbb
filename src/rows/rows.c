/* rows.c: the examples of the pass, batch by batch in the order of the input, as lines or to be chosen
   from */
#include "rows/rows.h"

#include "base/exact_sum.h"
#include "examples/in_order.h"
#include "rows/choice.h"
#include "rows/kept.h"
#include "rows/row_table.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* How many rows make a piece of the output. */
enum { PIECE_ROWS = 1024 };

struct rows;

/* What one worker has of the batch at hand. */
struct row_worker {
    struct rows *rows;
    struct in_order examples;
    struct batch_row text;
    double *value;             /* [2 · losses] */
    struct where_value *field; /* [FIELDS + 2 · losses] */
    struct table table;        /* the piece */
    struct string texts, out;
    uint64_t written; /* rows */
    struct choice choice;
    struct exact_sum total;
};

struct rows {
    const struct rows_request *request;
    const struct output_format *form;
    const struct facts *facts;
    struct where *where; /* NULL: none */
    bool chooses, reads_text;
    size_t rank; /* of the values of a row, the one that it is ranked by */
    struct turns turns;
    struct row_worker *worker;
    unsigned workers;
    pthread_mutex_t lock; /* of the columns, once for all */
    bool columns_known, refused;
    struct row_columns columns;
    /* in turns: */
    struct output_stream *stream;
    bool head_written;
    uint64_t written;
    struct diag diag; /* why nothing more is written */
};

/* The value that a name stands for; 2 · losses where there is none. */
static size_t find_value(const struct rows_request *q, const char *name)
{
    size_t count, found = 0;
    const char **field = row_fields(q, &count);

    while (FIELDS + found < count && strcmp(field[FIELDS + found], name) != 0) found++;
    row_fields_free(field, count);
    return found;
}

static bool chooses(const struct rows_request *q)
{
    return q->most || q->per_group || q->easiest || q->rank_by;
}

static bool check_rank(const struct rows_request *q, struct diag *d)
{
    struct string names = {0};
    char shown[DIAG_SHOWN];

    if (!q->rank_by || find_value(q, q->rank_by) < 2 * q->losses) return true;
    for (size_t i = 0; i < q->losses; i++)
        string_printf(&names, "%s%s, %s_grad", i ? ", " : "", q->loss[i].name, q->loss[i].name);
    diag_fail(d, STATUS_USAGE, "--rank-by: there is no %s among the losses and gradients: %s",
              diag_shown(shown, q->rank_by, strlen(q->rank_by)), names.text);
    string_free(&names);
    return false;
}

static struct where *parse_where(const struct rows_request *q, struct diag *d)
{
    size_t count;
    const char **name = row_fields(q, &count);
    struct where *w = where_parse(q->where, name, count, d);

    row_fields_free(name, count);
    return w;
}

bool rows_check(const struct rows_request *q, const struct input *in, struct diag *d)
{
    struct where *w = NULL;
    bool ok;

    if (chooses(q) && !q->most && !q->per_group)
        return diag_fail(d, STATUS_USAGE, "--rank-by needs --hardest N, --easiest N or --per-group N");
    if (chooses(q) && q->all)
        return diag_fail(d, STATUS_USAGE, "--all has a line for every row: leave out --hardest and its like");
    if (q->per_group && !in->by && !in->by_file)
        return diag_fail(d, STATUS_USAGE, "--per-group needs groups: --by COL or --by-file");
    if (!check_rank(q, d)) return false;
    if (!q->where) return true;
    if (q->all)
        return diag_fail(d, STATUS_USAGE,
                         "--all has a line for every row, --where not: leave one of them out");
    w = parse_where(q, d);
    ok = w && (!where_uses(w, FIELD_GROUP) || in->by || in->by_file ||
               diag_fail(d, STATUS_USAGE, "--where: group needs groups: --by COL or --by-file"));
    where_free(w);
    return ok;
}

/* What the data show to be asked in vain. */
static void refuse(struct rows *r)
{
    const struct rows_request *q = r->request;
    const char *text = NULL;
    char shown[DIAG_SHOWN];

    if (q->sides != ROWS_OF_ALL && r->facts->parts && facts_side(r->facts, 0) < 0)
        diag_fail(&r->diag, STATUS_USAGE,
                  "softmax has positives and negatives only with --background VALUE: leave out --%s",
                  q->sides == ROWS_OF_POSITIVES ? "positives" : "negatives");
    else if (r->where && r->facts->task != TASK_SOFTMAX && where_confuses(r->where, FIELD_LABEL, &text))
        diag_fail(&r->diag, STATUS_USAGE, "--where: a label is 1 (positive) or 0 (negative) here, not %s",
                  diag_shown(shown, text, strlen(text)));
    r->refused = r->diag.status != STATUS_OK;
}

static void begin(void *context, const struct facts *facts, unsigned workers)
{
    struct rows *r = context;
    const struct rows_request *q = r->request;

    r->facts = facts;
    r->workers = workers;
    r->worker = mem_alloc(workers, sizeof *r->worker);
    for (unsigned i = 0; i < workers; i++) {
        r->worker[i] = (struct row_worker){.rows = r};
        r->worker[i].value = mem_alloc(2 * q->losses + 1, sizeof(double));
        r->worker[i].field = mem_alloc(FIELDS + 2 * q->losses, sizeof(struct where_value));
        choice_open(&r->worker[i].choice, q->per_group ? q->per_group : q->most, q->per_group != 0,
                    q->easiest);
    }
    refuse(r);
}

static void take(void *context, unsigned worker, const struct examples *e)
{
    in_order_take(&((struct rows *)context)->worker[worker].examples, e);
}

static bool is_wanted(struct row_worker *w, const struct row_view *view)
{
    const struct rows *r = w->rows;
    char scratch[NUMBER_SIZE];

    if (r->request->sides == ROWS_OF_POSITIVES && view->side != 1) return false;
    if (r->request->sides == ROWS_OF_NEGATIVES && view->side != 0) return false;
    if (!r->where) return true;
    row_values(view, w->field, scratch);
    return where_holds(r->where, w->field);
}

/* Writes the piece to w->out. */
static void end_piece(struct row_worker *w)
{
    struct rows *r = w->rows;

    if (!w->table.row_count) return;
    kept_settle(w->table.value, w->table.row_count, r->columns.count, r->columns.keeps, w->texts.text);
    if (w->written) string_puts(&w->out, r->form->between);
    r->form->rows(&w->table, &w->out);
    w->written += w->table.row_count;
    w->table.row_count = 0;
    w->texts.size = 0;
}

static void choose(struct row_worker *w, const struct row_view *view)
{
    struct rows *r = w->rows;
    double key = view->value[r->rank];
    size_t place, size = 0;
    const char *group = "";
    char scratch[NUMBER_SIZE];
    struct chosen c = {.key = key, .row = view->number, .class = view->class};

    if (r->request->per_group) {
        row_values(view, w->field, scratch);
        group = w->field[FIELD_GROUP].text;
        size = w->field[FIELD_GROUP].size;
    }
    if (!choice_wants(&w->choice, group, size, key, view->number, view->class, &place)) return;
    w->table.row_count = 0;
    w->texts.size = 0;
    c.cell = table_row(&w->table);
    c.loss = view->weight > 0 ? key * view->weight : 0;
    row_cells(&r->columns, view, c.cell, &w->texts);
    kept_settle(c.cell, 1, r->columns.count, r->columns.keeps, w->texts.text);
    choice_take(&w->choice, place, &c, r->columns.count, r->columns.keeps);
}

static void put_example(struct row_worker *w, struct row_view *view, const struct row_example *e)
{
    struct rows *r = w->rows;

    view->terms = tail_terms_of((long double)e->tail + e->rest);
    view->weight = e->weight;
    view->side = facts_side(r->facts, e->part);
    view->class = facts_class(r->facts, e->part);
    view->value = w->value;
    row_losses(view);
    if (r->chooses && e->weight > 0) exact_sum_add(&w->total, w->value[r->rank] * e->weight);
    if (!is_wanted(w, view)) return;
    if (r->chooses) {
        choose(w, view);
        return;
    }
    row_cells(&r->columns, view, table_row(&w->table), &w->texts);
    if (w->table.row_count == PIECE_ROWS) end_piece(w);
}

static void put_row(struct row_worker *w, struct row_view *view, size_t row)
{
    const struct in_order *e = &w->examples;

    view->empty = e->begin[row] == e->begin[row + 1];
    if (view->empty && w->rows->request->all && !w->rows->chooses) {
        row_cells(&w->rows->columns, view, table_row(&w->table), &w->texts);
        if (w->table.row_count == PIECE_ROWS) end_piece(w);
    }
    for (size_t i = e->begin[row]; i < e->begin[row + 1]; i++) put_example(w, view, in_order_at(e, i));
}

static void put_rows(struct row_worker *w, const struct batch *b)
{
    struct row_view view = {.request = w->rows->request,
                            .facts = w->rows->facts,
                            .schema = b->file->meaning,
                            .number = b->row,
                            .line = b->line};
    bool any;

    if (!w->rows->reads_text) {
        for (size_t i = 0; i < b->rows; i++, view.number++) put_row(w, &view, i);
        return;
    }
    view.text = &w->text;
    for (any = batch_first(b, &w->text); any; any = batch_next(&w->text)) {
        view.number = w->text.number;
        view.line = w->text.line;
        put_row(w, &view, (size_t)(w->text.number - b->row));
    }
}

static void open_columns(struct rows *r, const struct batch *b)
{
    pthread_mutex_lock(&r->lock);
    if (!r->columns_known) /* further files have as many, under the names of the first */
        row_columns_open(&r->columns, r->request, r->facts, b->file->meaning, r->chooses);
    r->columns_known = true;
    pthread_mutex_unlock(&r->lock);
}

static void put(struct rows *r, const char *bytes, size_t size)
{
    if (size && !r->diag.status) output_add(r->stream, bytes, size, &r->diag);
}

static void put_head(struct rows *r)
{
    struct table t = {.column = r->columns.column,
                      .column_count = r->columns.count,
                      .row_count = 1,
                      .value = r->columns.kind};
    struct string head = {0};

    if (r->form->head) r->form->head(&t, &head);
    put(r, head.text, head.size);
    r->head_written = true;
    string_free(&head);
}

/* Writes what the worker has made of its batch, when its turn comes. */
static void write_batch(struct row_worker *w, const struct batch *b)
{
    struct rows *r = w->rows;

    turns_wait(&r->turns, b->number);
    if (w->written) {
        if (!r->head_written) put_head(r);
        if (r->written) put(r, r->form->between, strlen(r->form->between));
        put(r, w->out.text, w->out.size);
        r->written += w->written;
    }
    turns_pass(&r->turns);
    w->out.size = 0;
    w->written = 0;
}

static void done(void *context, unsigned worker, const struct batch *b)
{
    struct rows *r = context;
    struct row_worker *w = &r->worker[worker];

    open_columns(r, b);
    w->table.column = r->columns.column;
    w->table.column_count = r->columns.count;
    in_order_settle(&w->examples, b);
    if (!r->refused) put_rows(w, b);
    w->examples.count = 0;
    if (r->chooses) return;
    end_piece(w);
    write_batch(w, b);
}

/* The chosen rows, with their shares of the total loss of all examples. */
static bool write_choice(struct rows *r, const struct page *page, struct diag *d)
{
    struct choice *all = &r->worker[0].choice;
    struct exact_sum *total = &r->worker[0].total;
    struct table t;
    struct string out = {0};
    struct chosen *row;
    size_t count;
    double sum, running = 0;
    bool ok;

    for (unsigned i = 1; i < r->workers; i++) {
        choice_merge(all, &r->worker[i].choice);
        exact_sum_merge(total, &r->worker[i].total);
    }
    sum = exact_sum_value(total);
    row = choice_sorted(all, r->request->most, &count);
    table_init(&t, r->columns.column, r->columns.count);
    t.fit = r->columns.fit;
    for (size_t i = 0; i < count; i++) {
        struct value *cell = table_row(&t);

        running += row[i].loss;
        memcpy(cell, row[i].cell, r->columns.count * sizeof *cell);
        cell[r->columns.count - 2] = value_share(sum > 0 ? row[i].loss / sum : NAN);
        cell[r->columns.count - 1] = value_share(sum > 0 ? running / sum : NAN);
    }
    r->form->table(&t, page, &out);
    ok = output_add(r->stream, out.text, out.size, d);
    r->written = count;
    string_free(&out);
    table_free(&t);
    free(row);
    return ok;
}

static bool finish(struct rows *r, const struct page *page, struct diag *d)
{
    bool ok = true;

    if (r->diag.status) {
        *d = r->diag;
        return false;
    }
    if (r->chooses) {
        ok = write_choice(r, page, d);
    } else {
        if (!r->head_written) put_head(r);
        put(r, r->form->tail, strlen(r->form->tail));
        if (r->diag.status) *d = r->diag;
        ok = !r->diag.status;
    }
    return ok;
}

static void close_workers(struct rows *r)
{
    for (unsigned i = 0; i < r->workers; i++) {
        struct row_worker *w = &r->worker[i];

        in_order_free(&w->examples);
        batch_row_free(&w->text);
        free(w->value);
        free(w->field);
        table_free(&w->table);
        string_free(&w->texts);
        string_free(&w->out);
        choice_close(&w->choice);
    }
    free(r->worker);
}

bool rows_write(const struct input *in, const struct rows_request *q, const struct output_format *form,
                const struct page *page, const char *path, struct facts *facts, struct diag *d)
{
    struct rows r = {.request = q, .form = form, .chooses = chooses(q)};
    struct sink sink = {.context = &r, .begin = begin, .take = take, .done = done, .rows = true};
    bool ok;

    r.rank = q->rank_by ? find_value(q, q->rank_by) : 0;
    if (q->where) r.where = parse_where(q, d);
    r.reads_text = in->keep || q->where_from || q->per_group || (r.where && where_uses(r.where, FIELD_GROUP));
    r.stream = output_open(path, d);
    if (!r.stream) {
        where_free(r.where);
        return false;
    }
    turns_open(&r.turns);
    pthread_mutex_init(&r.lock, NULL);
    ok = input_read(in, sink, facts, d) && finish(&r, page, d);
    ok = output_close(r.stream, ok, d) && ok;
    if (ok && !r.written && in->progress != 0 && q->where) diag_say("no example meets --where");
    close_workers(&r);
    row_columns_free(&r.columns);
    pthread_mutex_destroy(&r.lock);
    turns_close(&r.turns);
    where_free(r.where);
    return ok;
}
