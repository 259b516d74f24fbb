/* convert_rows.c: the columns of a piece of usual rows: numbers, labels, flags, and the rows that are kept */
#include "examples/converter.h"
#include "examples/label_file.h"
#include "loss/tail.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 2048, GRID = 32768 };

void piece_open(struct piece *p, const struct schema *schema)
{
    size_t scores = schema_score_count(schema), labels = schema_label_count(schema);

    p->rows = scores <= GRID / PIECE ? PIECE : scores >= GRID / 16 ? 16 : GRID / scores;
    p->grid = mem_alloc(scores * p->rows + KERNEL_PAD / 8, sizeof *p->grid);
    p->number = mem_alloc(p->rows + KERNEL_PAD / 8, sizeof *p->number);
    p->weight = mem_alloc(p->rows + KERNEL_PAD / 8, sizeof *p->weight);
    p->tail = mem_alloc(p->rows + KERNEL_PAD / 8, sizeof *p->tail);
    p->rest = mem_alloc(p->rows, sizeof *p->rest);
    p->usual = mem_alloc(p->rows, sizeof *p->usual);
    p->place = mem_alloc(p->rows, sizeof *p->place);
    p->code = mem_alloc(labels * p->rows, sizeof *p->code);
    p->slow = mem_alloc(p->rows + scores, sizeof *p->slow);
    p->part = mem_alloc(p->rows, sizeof *p->part);
    p->group = mem_alloc(p->rows, sizeof *p->group);
    p->row = mem_alloc(p->rows, sizeof *p->row);
    p->prediction = mem_alloc(p->rows, sizeof *p->prediction);
    p->pair = mem_alloc(2 * p->rows, sizeof *p->pair);
    p->line = mem_alloc(scores + KERNEL_PAD / 8, sizeof *p->line);
    p->digits_known = !schema->labels.by_text;
    for (int d = 0; d < 10; d++) p->digit_code[d] = labels_of_number(&schema->labels, d);
}

void piece_close(struct piece *p)
{
    free(p->grid);
    free(p->number);
    free(p->weight);
    free(p->tail);
    free(p->rest);
    free(p->usual);
    free(p->place);
    free(p->code);
    free(p->slow);
    free(p->part);
    free(p->group);
    free(p->row);
    free(p->prediction);
    free(p->pair);
    free(p->line);
}

size_t piece_numbers(struct converter *c, size_t column, double *out)
{
    return run_numbers(c->batch, &c->piece.run, column, out, c->piece.slow);
}

static void read_codes(struct converter *c, size_t k, int32_t *out)
{
    const struct file_schema *schema = c->file_schema;
    const struct labels *labels = &c->schema->labels;
    struct piece *p = &c->piece;
    const struct row_run *run = &p->run;
    const double *y = p->number;
    size_t column;

    if (c->schema->one_hot) { /* several fields make a class: explain_row puts them together */
        for (size_t i = 0; i < run->rows; i++) out[i] = LABEL_BAD;
        return;
    }
    if (c->schema->label_file) {
        for (size_t i = 0; i < run->rows; i++)
            out[i] = label_file_of_row(c->schema->label_file, run->number + i, k);
        return;
    }
    column = schema->columns.label[k];
    if (run->at && (!schema->number_labels || labels->by_text)) {
        for (size_t i = 0; i < run->rows; i++) {
            size_t begin = run_begin(run, i, column);

            out[i] =
                labels_of_text(labels, c->batch->bytes + begin, run_end(c->batch, run, i, column) - begin);
        }
        return;
    }
    if (p->digit && p->digits_known) {
        for (size_t i = 0; i < run->rows; i++) out[i] = p->digit_code[p->digit[i]];
        return;
    }
    piece_numbers(c, column, p->number);
    for (size_t i = 0; i < run->rows; i++)
        out[i] = labels->plain && y[i] == 1 ? 1 : labels->plain && y[i] == 0 ? 0 : LABEL_BAD;
    for (size_t i = 0; i < run->rows; i++)
        if (out[i] == LABEL_BAD && !isnan(y[i])) out[i] = labels_of_number(labels, y[i]);
}

/* Which labels that options name are among those of a piece? */
static void watch_labels(struct converter *c, size_t column)
{
    const struct row_run *run = &c->piece.run;

    if (!run->at) piece_numbers(c, column, c->piece.number);
    for (size_t i = 0; i < run->rows && c->labels.left; i++) {
        if (run->at) {
            size_t begin = run_begin(run, i, column);

            label_watch_text(&c->labels, c->batch->bytes + begin, run_end(c->batch, run, i, column) - begin);
        } else {
            label_watch_number(&c->labels, c->piece.number[i]);
        }
    }
}

void piece_labels(struct converter *c, size_t k, int32_t *out)
{
    read_codes(c, k, out);
    if (c->labels.left && !c->schema->label_file) watch_labels(c, c->file_schema->columns.label[k]);
    if (c->schema->labels.kind != LABELS_CLASSES) return;
    for (size_t i = 0; i < c->piece.run.rows && !(c->labels.first_class && c->labels.last_class); i++) {
        c->labels.first_class = c->labels.first_class || out[i] == 0;
        c->labels.last_class = c->labels.last_class || out[i] == (int32_t)c->schema->classes - 1;
    }
}

void flag_weights(struct converter *c)
{
    struct piece *p = &c->piece;

    if (c->file_schema->columns.weight < 0) return;
    piece_numbers(c, (size_t)c->file_schema->columns.weight, p->weight);
    for (size_t i = 0; i < p->run.rows; i++)
        p->usual[i] = p->usual[i] && p->weight[i] > 0 && p->weight[i] <= DBL_MAX;
}

void flag_scores(struct converter *c, const double *x)
{
    bool logits = c->schema->facts->logits, *usual = c->piece.usual;
    double low = logits ? -INFINITY : 0, high = logits ? INFINITY : 1;

    for (size_t i = 0; i < c->piece.run.rows; i++) usual[i] = usual[i] & (x[i] >= low) & (x[i] <= high);
}

/* A row that is not usual. An ignored one needs no more than counting where there are no groups. */
static void explain_unusual(struct converter *c, size_t row, int32_t code)
{
    const struct row_run *run = &c->piece.run;

    if (code == LABEL_IGNORED && !facts_are_keyed(c->schema->facts)) {
        c->counts.rows++;
        c->counts.ignored++;
        return;
    }
    explain_row(c, run->at ? run_begin(run, row, 0) : run->origin + row, run->line + row, run->number + row);
}

size_t keep_usual_rows(struct converter *c)
{
    struct piece *p = &c->piece;
    const bool *usual = p->usual;
    bool one = schema_label_count(c->schema) == 1;
    size_t n = 0, rest = 0;

    for (size_t i = 0; i < p->run.rows; i++) {
        p->row[n] = (uint32_t)i;
        p->slow[rest] = (uint32_t)i;
        n += usual[i];
        rest += !usual[i];
    }
    for (size_t i = 0; i < rest; i++) explain_unusual(c, p->slow[i], one ? p->code[p->slow[i]] : 0);
    c->counts.rows += n;
    if (facts_are_keyed(c->schema->facts))
        find_piece_groups(c, n);
    else
        c->counts.rows_used += n;
    if (c->schema->facts->weighted)
        for (size_t j = 0; j < n; j++) p->number[j] = p->weight[p->row[j]];
    return n;
}

void gather_kept(struct converter *c, const double *x, size_t n)
{
    struct piece *p = &c->piece;

    for (size_t j = 0; j < n; j++) p->tail[j] = x[p->row[j]] + 0.0;
}

void clip_by_group(struct converter *c, size_t n)
{
    struct piece *p = &c->piece;

    for (size_t j = 0; j < n; j++)
        c->groups.counts[p->place[j]].clipped += tail_clip(&p->tail[j], c->schema->facts->clip);
}
