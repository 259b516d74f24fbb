/* convert.c: batches of rows to examples, column by column; what is not usual in a row is explained */
#include "examples/converter.h"
#include "loss/tail.h"

#include <stdlib.h>
#include <string.h>

struct converter *converter_open(const struct schema *schema, struct sink sink, unsigned worker,
                                 struct bad_rows *bad_rows, struct groups *groups)
{
    struct converter *c = mem_alloc(1, sizeof *c);
    struct example_buffer *b = &c->buffer;

    *c = (struct converter){.schema = schema,
                            .kernel = kernel_best(),
                            .sink = sink,
                            .worker = worker,
                            .bad_rows = bad_rows,
                            .group = -1};
    c->groups.all = groups;
    b->tail = mem_alloc(EXAMPLE_BUFFER, sizeof *b->tail);
    b->rest = mem_alloc(EXAMPLE_BUFFER, sizeof *b->rest);
    b->weight = mem_alloc(EXAMPLE_BUFFER, sizeof *b->weight);
    b->part = mem_alloc(EXAMPLE_BUFFER, sizeof *b->part);
    b->group = mem_alloc(EXAMPLE_BUFFER, sizeof *b->group);
    b->row = mem_alloc(EXAMPLE_BUFFER, sizeof *b->row);
    b->prediction = mem_alloc(EXAMPLE_BUFFER, sizeof *b->prediction);
    c->score = mem_alloc(schema_score_count(schema) + KERNEL_PAD / sizeof *c->score, sizeof *c->score);
    c->label = mem_alloc(schema_label_count(schema), sizeof *c->label);
    piece_open(&c->piece, schema);
    label_watch_open(&c->labels, schema->in);
    return c;
}

void converter_close(struct converter *c, struct counts *counts, struct label_watch *labels)
{
    counts_add(counts, &c->counts);
    label_watch_merge(labels, &c->labels);
    label_watch_free(&c->labels);
    group_lookup_close(&c->groups);
    free(c->buffer.tail);
    free(c->buffer.weight);
    free(c->buffer.rest);
    free(c->buffer.part);
    free(c->buffer.group);
    free(c->buffer.row);
    free(c->buffer.prediction);
    free(c->score);
    free(c->label);
    batch_row_free(&c->row);
    string_free(&c->key);
    piece_close(&c->piece);
    free(c->digit);
    free(c);
}

/* Scores in piece.tail to tails, by side; returns how many were clipped. *ok: as of the kernel. */
static size_t scores_to_tails(struct converter *c, size_t n, const uint32_t *side, double eps, bool *ok)
{
    struct piece *p = &c->piece;
    size_t clipped;

    if (!c->schema->facts->logits) return c->kernel->tails_of_probs(p->tail, side, n, eps, ok);
    if (keeps_rest(c)) memcpy(p->rest, p->tail, n * sizeof *p->rest);
    clipped = c->kernel->tails_of_logits(p->tail, side, n, eps, ok);
    for (size_t j = 0; keeps_rest(c) && j < n; j++)
        p->rest[j] = tail_rest(side[j] ? p->rest[j] : -p->rest[j], p->tail[j]);
    return clipped;
}

static void make_tails(struct converter *c, size_t n, const uint32_t *side)
{
    const struct facts *f = c->schema->facts;
    bool ok; /* they are: only such rows are usual */
    size_t clipped = scores_to_tails(c, n, side, facts_are_keyed(f) ? 0 : f->clip, &ok);

    if (facts_are_keyed(f))
        clip_by_group(c, n);
    else
        c->counts.clipped += clipped;
}

/* Labels that are all 0 or 1, as numbers; NULL where they are not. */
static const uint32_t *plain_sides(struct converter *c)
{
    struct piece *p = &c->piece;
    uint32_t other = 0, *side = p->part;

    if (c->schema->label_file || !c->schema->labels.plain || (p->run.at && !c->file_schema->number_labels))
        return NULL;
    if (p->digit) {
        for (size_t i = 0; i < p->run.rows; i++) other |= p->digit[i] >> 1;
        return other ? NULL : p->digit;
    }
    if (piece_numbers(c, c->file_schema->columns.label[0], p->number)) return NULL;
    return c->kernel->sides(p->number, p->run.rows, side) ? side : NULL;
}

/* The most usual piece: nothing but good scores and labels of 0 and 1. False: it is none, and nothing was
   done. */
static bool convert_plain(struct converter *c)
{
    struct piece *p = &c->piece;
    const struct facts *f = c->schema->facts;
    const uint32_t *side = f->weighted || facts_are_keyed(f) ? NULL : plain_sides(c);
    size_t n = p->run.rows, clipped;
    bool ok;

    if (!side || piece_numbers(c, c->file_schema->columns.score[0], p->tail)) return false;
    if (c->labels.left)
        for (size_t i = 0; i < n && c->labels.left; i++) label_watch_number(&c->labels, side[i]);
    clipped = scores_to_tails(c, n, side, f->clip, &ok);
    if (!ok) return false;
    c->counts.clipped += clipped;
    c->counts.rows += n;
    c->counts.rows_used += n;
    emit_piece(c, n, false, side, side);
    return true;
}

static void convert_binary(struct converter *c)
{
    struct piece *p = &c->piece;
    size_t n;

    if (c->file_schema->columns.predicted < 0 && convert_plain(c)) return;
    piece_labels(c, 0, p->code);
    piece_numbers(c, c->file_schema->columns.score[0], p->grid);
    for (size_t i = 0; i < p->run.rows; i++)
        p->usual[i] = p->code[i] >= 0 && c->file_schema->columns.predicted < 0;
    flag_scores(c, p->grid);
    flag_weights(c);
    n = keep_usual_rows(c);
    gather_kept(c, p->grid, n);
    for (size_t j = 0; j < n; j++) p->part[j] = (uint32_t)p->code[p->row[j]];
    make_tails(c, n, p->part);
    emit_piece(c, n, true, p->part, p->part);
}

/* One versus the rest, and several labels a row: column for column the binary question. */
static void convert_columns(struct converter *c)
{
    struct piece *p = &c->piece;
    const struct facts *f = c->schema->facts;
    bool several = f->task == TASK_MULTILABEL;
    size_t rows = p->run.rows, n;

    for (size_t i = 0; i < rows; i++) p->usual[i] = true;
    for (size_t k = 0; k < schema_label_count(c->schema); k++) {
        int32_t *code = p->code + k * rows;

        piece_labels(c, k, code);
        for (size_t i = 0; i < rows; i++)
            p->usual[i] = p->usual[i] && (code[i] >= 0 || (!several && code[i] == LABEL_NO_CLASS));
    }
    for (size_t k = 0; k < f->classes; k++) {
        piece_numbers(c, c->file_schema->columns.score[k], p->grid + k * rows);
        flag_scores(c, p->grid + k * rows);
    }
    flag_weights(c);
    n = keep_usual_rows(c);
    for (size_t k = 0; k < f->classes; k++) {
        const int32_t *code = p->code + (several ? k * rows : 0);

        if (!several && f->background == (ptrdiff_t)k) continue;
        gather_kept(c, p->grid + k * rows, n);
        for (size_t j = 0; j < n; j++)
            p->slow[j] = several ? (uint32_t)code[p->row[j]] : code[p->row[j]] == (int32_t)k;
        make_tails(c, n, p->slow);
        for (size_t j = 0; j < n; j++) p->part[j] = (uint32_t)schema_part(c->schema, k, (int)p->slow[j]);
        emit_piece(c, n, true, p->part, p->slow);
    }
}

/* A run of any size, in pieces that fit the cache. digit: its labels, or NULL. */
static void convert_run(struct converter *c, const struct row_run *run, const uint32_t *digit)
{
    struct piece *p = &c->piece;

    for (size_t done = 0; done < run->rows; done += p->run.rows) {
        p->run = run_part(run, done, run->rows - done < p->rows ? run->rows - done : p->rows);
        p->digit = digit ? digit + done : NULL;
        if (c->schema->facts->scores == 1)
            convert_binary(c);
        else if (facts_is_softmax(c->schema->facts))
            convert_softmax_piece(c);
        else
            convert_columns(c);
    }
}

/* Are the rows of a run, which is the whole batch, all of the usual shape? Then *digit is their labels, where
   each is one digit, else NULL. */
static bool is_regular(struct converter *c, const struct row_run *run, const uint32_t **digit)
{
    const struct columns *columns = &c->file_schema->columns;
    bool digits = run->at && !c->schema->label_file && columns->labels == 1 && c->file_schema->number_labels,
         last;
    struct fields f;

    *digit = NULL;
    if (!digits) return run_is_regular(c->batch, run);
    last = columns->label[0] + 1 == columns->count;
    c->digit = mem_grow(c->digit, &c->digit_room, run->rows, sizeof *c->digit);
    f = (struct fields){c->batch->bytes, run->at,           run->origin,         run->rows,
                        run->columns,    columns->label[0], run->returns && last};
    if (!last && !run_is_regular(c->batch, run)) return false;
    if (c->kernel->digits(&f, c->digit)) /* it knows of the newlines, too, where these are last */
        *digit = c->digit;
    return *digit || !last || run_is_regular(c->batch, run);
}

/* Must every row of the batch be explained? */
static bool is_slow(const struct converter *c)
{
    const struct batch *b = c->batch;
    const struct input *in = c->schema->in;

    if (in->decimal == ',' || (c->schema->label_file && in->key)) return true;
    if (!b->file->array && (c->file_schema->columns.by >= 0 || c->schema->facts->clustered) &&
        memchr(b->bytes, 0, b->size))
        return true;
    /* a blank line that looks like a row of one column would shift the row numbers */
    return !b->file->array && c->file_schema->columns.count == 1 && (c->schema->label_file || c->sink.rows);
}

/* Is the field behind the last of each row empty? */
static bool ends_are_empty(const struct batch *b)
{
    const uint32_t *at = b->at;

    for (size_t i = 1; i < b->separators; i++) {
        size_t between = at[i] - at[i - 1];

        if (b->bytes[at[i]] != '\n' || b->bytes[at[i - 1]] == '\n' || between == 1) continue;
        if (between != 2 || b->bytes[at[i] - 1] != '\r') return false;
    }
    return true;
}

/* The rows of a batch of text, run by run; rows that are in none are explained. */
static void convert_text(struct converter *c)
{
    const struct batch *b = c->batch;
    struct batch_row *row = &c->row;
    size_t columns = c->file_schema->columns.count, place = 0, separator = 0;
    bool separated = !is_slow(c) && batch_is_separated(b) &&
                     (!c->file_schema->columns.row_ends || ends_are_empty(b)) &&
                     !may_repeat_header(b, &c->file_schema->columns);
    struct row_run run = batch_run(b, columns);
    uint64_t line = b->line, number = b->row;
    const uint32_t *digit = NULL;

    if (!separated || !is_regular(c, &run, &digit)) run.rows = 0;
    for (;;) {
        if (run.rows) {
            convert_run(c, &run, digit);
            digit = NULL;
            separator += run.rows * columns;
            place = b->at[separator - 1] + (size_t)1;
            line += run.rows;
            number += run.rows;
        } else if (place < b->size) {
            explain_row(c, place, line, number);
            place += row->size;
            line += b->quotes ? csv_lines(b->bytes + row->place, row->size) : 1;
            number += row->kind != ROW_BLANK && row->kind != ROW_COMMENT;
            while (separated && separator < b->separators && b->at[separator] < place) separator++;
        }
        if (place >= b->size) return;
        if (separated) run = batch_run_at(b, columns, place, separator, line, number);
    }
}

void convert_batch(struct converter *c, const struct batch *batch)
{
    c->batch = batch;
    c->file_schema = batch->file->meaning;
    if (!batch->file->array) {
        convert_text(c);
    } else if (is_slow(c)) {
        for (size_t i = 0; i < batch->rows; i++) explain_row(c, i, batch->line + i, batch->row + i);
    } else {
        struct row_run run = batch_run(batch, (size_t)batch->file->array->columns);

        convert_run(c, &run, NULL);
    }
    emit_buffer(c);
    if (c->sink.done) c->sink.done(c->sink.context, c->worker, batch);
}
