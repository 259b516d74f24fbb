/* convert.c: blocks whose rows are all of the usual shape, column by column; what is not usual in a row goes
 * the general way */
#include "examples/convert.h"
#include "base/number.h"
#include "examples/convert_internal.h"
#include "examples/label_file.h"
#include "loss/tail.h"
#include "read/npy.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows are taken in pieces, so that the arrays stay in the cache. */
enum { PIECE = 2048, GRID = 32768 };

void regular_open(struct maker *m)
{
    struct regular *r = m->regular = mem_alloc(1, sizeof *r);
    size_t scores = plan_scores(m->plan), labels = plan_labels(m->plan);

    r->piece = scores <= GRID / PIECE ? PIECE : scores >= GRID / 16 ? 16 : GRID / scores;
    r->grid = mem_alloc(scores * r->piece + KERNEL_PAD / 8, sizeof *r->grid);
    r->number = mem_alloc(r->piece + KERNEL_PAD / 8, sizeof *r->number);
    r->weight = mem_alloc(r->piece + KERNEL_PAD / 8, sizeof *r->weight);
    r->tail = mem_alloc(r->piece + KERNEL_PAD / 8, sizeof *r->tail);
    r->usual = mem_alloc(r->piece, sizeof *r->usual);
    r->place = mem_alloc(r->piece, sizeof *r->place);
    r->code = mem_alloc(labels * r->piece, sizeof *r->code);
    r->slow = mem_alloc(r->piece + scores, sizeof *r->slow);
    r->part = mem_alloc(r->piece, sizeof *r->part);
    r->group = mem_alloc(r->piece, sizeof *r->group);
    r->row = mem_alloc(r->piece, sizeof *r->row);
    r->pair = mem_alloc(2 * r->piece, sizeof *r->pair);
    r->line = mem_alloc(scores + KERNEL_PAD / 8, sizeof *r->line);
    r->digits_known = !m->plan->labels.by_text;
    for (int d = 0; d < 10; d++) r->digit_code[d] = labels_of_number(&m->plan->labels, d);
}

void regular_close(struct maker *m)
{
    struct regular *r = m->regular;

    free(r->digit);
    free(r->grid);
    free(r->number);
    free(r->weight);
    free(r->tail);
    free(r->usual);
    free(r->place);
    free(r->code);
    free(r->slow);
    free(r->part);
    free(r->group);
    free(r->row);
    free(r->pair);
    free(r->line);
    free(r);
}

size_t regular_numbers(struct maker *m, const struct piece *p, size_t column, double *out)
{
    const struct npy *array = m->block->file->array;
    struct fields f = fields_of(m, p, column);
    size_t slow = 0;

    if (array) {
        size_t step = array->fortran ? 1 : array->columns;
        size_t first = array->fortran ? column * m->block->rows + p->origin : p->origin * step + column;

        npy_convert(array, m->block->bytes + first * array->width, p->rows, step, out);
        return 0;
    }
    slow = m->plan->kernel->numbers(&f, out, m->regular->slow);
    for (size_t i = 0; i < slow; i++) out[m->regular->slow[i]] = NAN;
    return slow;
}

void regular_codes(struct maker *m, const struct piece *p, size_t k, int32_t *out)
{
    const struct file_schema *l = m->schema;
    const struct labels *labels = &m->plan->labels;
    const double *y = m->regular->number;
    size_t column;

    if (m->plan->answers) {
        for (size_t i = 0; i < p->rows; i++) out[i] = answers_of_row(m->plan->answers, p->row + i, k);
        return;
    }
    column = l->columns.label[k];
    if (!m->block->file->array && (!l->number_labels || labels->by_text)) {
        for (size_t i = 0; i < p->rows; i++) {
            size_t begin = begin_of(m, p, i, column);

            out[i] = labels_of_text(labels, m->block->bytes + begin, end_of(m, p, i, column) - begin);
        }
        return;
    }
    if (p->digit && m->regular->digits_known) {
        for (size_t i = 0; i < p->rows; i++) out[i] = m->regular->digit_code[p->digit[i]];
        return;
    }
    regular_numbers(m, p, column, m->regular->number);
    if (labels->plain)
        for (size_t i = 0; i < p->rows; i++) out[i] = y[i] == 1 ? 1 : y[i] == 0 ? 0 : LABEL_BAD;
    else
        for (size_t i = 0; i < p->rows; i++) out[i] = labels_of_number(labels, y[i]);
}

/* A row that is not usual. An ignored one needs no more than counting where there are no groups. */
static void unusual(struct maker *m, const struct piece *p, size_t row, int32_t code)
{
    const struct labels *labels = &m->plan->labels;

    if (code == LABEL_BAD && labels->plain && m->schema->number_labels && !m->plan->answers)
        code = labels_of_number(labels, m->regular->number[row]);
    if (code == LABEL_IGNORED && !m->plan->facts->grouped) {
        m->counts.rows++;
        m->counts.ignored++;
        return;
    }
    if (p->at)
        maker_row(m, begin_of(m, p, row, 0), p->line + row, p->row + row);
    else
        maker_array_row(m, p->origin + row, p->line + row, p->row + row);
}

/* The groups of the n kept rows. */
static void find_groups(struct maker *m, const struct piece *p, size_t n)
{
    struct regular *r = m->regular;
    const struct file_schema *l = m->schema;
    const char *text = l->file;
    size_t size = strlen(text);

    for (size_t j = 0; j < n; j++) {
        char number[NUMBER_SIZE];
        struct counts *c;

        if (l->columns.by >= 0 && !p->at) {
            size = array_text(m, p->origin + r->row[j], (size_t)l->columns.by, number);
            text = number;
        } else if (l->columns.by >= 0) {
            size_t begin = begin_of(m, p, r->row[j], (size_t)l->columns.by);

            text = m->block->bytes + begin;
            size = end_of(m, p, r->row[j], (size_t)l->columns.by) - begin;
        }
        r->place[j] =
            finder_find(&m->finder, text, size, m->block->file->number,
                        m->block->offset + (p->at ? begin_of(m, p, r->row[j], 0) : p->origin + r->row[j]));
        r->group[j] = m->finder.id[r->place[j]];
        c = &m->finder.counts[r->place[j]];
        c->rows++;
        c->rows_used++;
    }
}

size_t regular_sift(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    const bool *usual = r->usual;
    bool one = plan_labels(m->plan) == 1;
    size_t n = 0, rest = 0;

    for (size_t i = 0; i < p->rows; i++) {
        r->row[n] = (uint32_t)i;
        r->slow[rest] = (uint32_t)i;
        n += usual[i];
        rest += !usual[i];
    }
    for (size_t i = 0; i < rest; i++) unusual(m, p, r->slow[i], one ? r->code[r->slow[i]] : 0);
    m->counts.rows += n;
    if (m->plan->facts->grouped)
        find_groups(m, p, n);
    else
        m->counts.rows_used += n;
    if (m->plan->facts->weighted)
        for (size_t j = 0; j < n; j++) r->number[j] = r->weight[r->row[j]];
    return n;
}

void regular_weigh(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    ptrdiff_t column = m->schema->columns.weight;

    if (column < 0) {
        for (size_t i = 0; i < p->rows; i++) r->weight[i] = 1;
        return;
    }
    regular_numbers(m, p, (size_t)column, r->weight);
    for (size_t i = 0; i < p->rows; i++)
        r->usual[i] = r->usual[i] && r->weight[i] > 0 && r->weight[i] <= DBL_MAX;
}

void regular_clip_groups(struct maker *m, size_t n)
{
    struct regular *r = m->regular;

    for (size_t j = 0; j < n; j++)
        m->finder.counts[r->place[j]].clipped += tail_clip(&r->tail[j], m->plan->facts->clip);
}

void regular_hand_on(struct maker *m, size_t n, const uint32_t *part, const uint32_t *side)
{
    struct regular *r = m->regular;
    const struct facts *f = m->plan->facts;
    struct examples e = {n, r->tail, part, f->weighted ? r->number : NULL, f->grouped ? r->group : NULL};
    uint64_t positives = 0;

    if (!n) return;
    if (f->grouped) {
        for (size_t j = 0; j < n; j++) {
            struct counts *c = &m->finder.counts[r->place[j]];

            c->examples++;
            c->positives += side && side[j];
            c->negatives += side && !side[j];
        }
    } else {
        for (size_t j = 0; side && j < n; j++) positives += side[j];
        m->counts.examples += n;
        m->counts.positives += positives;
        m->counts.negatives += side ? n - positives : 0;
    }
    m->sink.take(m->sink.context, m->worker, &e);
}

/* Scores in r->tail to tails, by side. */
static void tails(struct maker *m, size_t n, const uint32_t *side)
{
    const struct facts *f = m->plan->facts;
    const struct kernel *k = m->plan->kernel;
    double eps = f->grouped ? 0 : f->clip;
    bool well; /* they are: only such rows are usual */
    size_t clipped =
        (f->logits ? k->tails_of_logits : k->tails_of_probs)(m->regular->tail, side, n, eps, &well);

    if (f->grouped)
        regular_clip_groups(m, n);
    else
        m->counts.clipped += clipped;
}

/* Flags the scores that are logits, or probabilities without rounding to undo. */
static void flag(const struct maker *m, const double *x, size_t n, bool *usual)
{
    double low = m->plan->facts->logits ? -INFINITY : 0, high = m->plan->facts->logits ? INFINITY : 1;

    for (size_t i = 0; i < n; i++) usual[i] = usual[i] & (x[i] >= low) & (x[i] <= high);
}

void regular_gather(struct maker *m, const double *x, size_t n)
{
    struct regular *r = m->regular;

    for (size_t j = 0; j < n; j++) r->tail[j] = x[r->row[j]] + 0.0;
}

/* Labels that are all 0 or 1, as numbers; NULL where they are not. */
static const uint32_t *plain_sides(struct maker *m, const struct piece *p)
{
    const struct file_schema *l = m->schema;
    uint32_t other = 0, *side = m->regular->part;

    if (m->plan->answers || !m->plan->labels.plain || (p->at && !l->number_labels)) return NULL;
    if (p->digit) {
        for (size_t i = 0; i < p->rows; i++) other |= p->digit[i] >> 1;
        return other ? NULL : p->digit;
    }
    if (regular_numbers(m, p, l->columns.label[0], m->regular->number)) return NULL;
    return m->plan->kernel->sides(m->regular->number, p->rows, side) ? side : NULL;
}

/* The most usual piece: nothing but good scores and labels of 0 and 1. False: it is none, and nothing was
 * done. */
static bool take_plain(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    const struct facts *f = m->plan->facts;
    const struct kernel *k = m->plan->kernel;
    const uint32_t *side = f->weighted || f->grouped ? NULL : plain_sides(m, p);
    bool well;
    size_t clipped;

    if (!side || regular_numbers(m, p, m->schema->columns.score[0], r->tail)) return false;
    clipped = (f->logits ? k->tails_of_logits : k->tails_of_probs)(r->tail, side, p->rows, f->clip, &well);
    if (!well) return false;
    m->counts.clipped += clipped;
    m->counts.rows += p->rows;
    m->counts.rows_used += p->rows;
    regular_hand_on(m, p->rows, side, side);
    return true;
}

static void take_binary(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    size_t n;

    if (take_plain(m, p)) return;
    regular_codes(m, p, 0, r->code);
    regular_numbers(m, p, m->schema->columns.score[0], r->grid);
    for (size_t i = 0; i < p->rows; i++) r->usual[i] = r->code[i] >= 0;
    flag(m, r->grid, p->rows, r->usual);
    regular_weigh(m, p);
    n = regular_sift(m, p);
    regular_gather(m, r->grid, n);
    for (size_t j = 0; j < n; j++) r->part[j] = (uint32_t)r->code[r->row[j]];
    tails(m, n, r->part);
    regular_hand_on(m, n, r->part, r->part);
}

/* One versus the rest, and several labels a row: column for column the binary question. */
static void take_columns(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    const struct facts *f = m->plan->facts;
    bool several = f->task == TASK_MULTILABEL;
    size_t n;

    for (size_t i = 0; i < p->rows; i++) r->usual[i] = true;
    for (size_t k = 0; k < plan_labels(m->plan); k++) {
        int32_t *code = r->code + k * p->rows;

        regular_codes(m, p, k, code);
        for (size_t i = 0; i < p->rows; i++)
            r->usual[i] = r->usual[i] && (code[i] >= 0 || (!several && code[i] == LABEL_NO_CLASS));
    }
    for (size_t k = 0; k < f->classes; k++) {
        regular_numbers(m, p, m->schema->columns.score[k], r->grid + k * p->rows);
        flag(m, r->grid + k * p->rows, p->rows, r->usual);
    }
    regular_weigh(m, p);
    n = regular_sift(m, p);
    for (size_t k = 0; k < f->classes; k++) {
        const int32_t *code = r->code + (several ? k * p->rows : 0);

        if (!several && f->background == (ptrdiff_t)k) continue;
        regular_gather(m, r->grid + k * p->rows, n);
        for (size_t j = 0; j < n; j++)
            r->slow[j] = several ? (uint32_t)code[r->row[j]] : code[r->row[j]] == (int32_t)k;
        tails(m, n, r->slow);
        for (size_t j = 0; j < n; j++) r->part[j] = (uint32_t)plan_part(m->plan, k, (int)r->slow[j]);
        regular_hand_on(m, n, r->part, r->slow);
    }
}

/* The rows of a piece of any size, in pieces that fit the cache. */
static void take_rows(struct maker *m, const struct piece *whole)
{
    const struct facts *f = m->plan->facts;
    size_t columns = m->schema->columns.count;

    for (size_t done = 0; done < whole->rows;) {
        struct piece p = *whole;

        p.rows = whole->rows - done < m->regular->piece ? whole->rows - done : m->regular->piece;
        p.line += done;
        p.row += done;
        if (p.digit) p.digit += done;
        if (p.at && done) {
            p.at += done * columns;
            p.origin = p.at[-1] + (size_t)1;
        } else {
            p.origin += done;
        }
        if (f->task == TASK_BINARY)
            take_binary(m, &p);
        else if (f->task != TASK_SOFTMAX)
            take_columns(m, &p);
        else if (f->logits)
            regular_softmax_logits(m, &p);
        else
            regular_softmax_probs(m, &p);
        done += p.rows;
    }
}

/* The leading rows that have `columns` fields, each line a row. */
static size_t leading(const char *text, const uint32_t *at, size_t count, size_t columns)
{
    for (size_t rows = 0;; rows++) {
        const uint32_t *a = at + rows * columns;

        if (count - rows * columns < columns || text[a[columns - 1]] != '\n') return rows;
        for (size_t k = 0; k + 1 < columns; k++)
            if (text[a[k]] == '\n') return rows;
    }
}

/* Spaces part in runs: with two in a row, or one at an end of a line, separators do not tell the fields. */
static bool has_runs(const char *text, const uint32_t *at, size_t count)
{
    bool runs = count && at[0] == 0;

    for (size_t i = 1; i < count; i++)
        runs |= at[i] == at[i - 1] + 1 && (text[at[i]] == ' ' || text[at[i - 1]] == ' ');
    return runs;
}

/* Can rows of this file go the fast way at all? */
static bool is_fast(const struct maker *m)
{
    const struct batch *b = m->block;
    const struct input *in = m->plan->in;

    if (b->quotes || in->decimal == ',' || in->renormalize || b->size >= UINT32_MAX - KERNEL_PAD)
        return false;
    if (b->file->dialect.comment && memchr(b->bytes, b->file->dialect.comment, b->size)) return false;
    /* by row, a blank line that looks like a row of one column would shift the labels */
    return !m->plan->answers || (!in->key && m->schema->columns.count > 1);
}

/* Are the rows of a block, `count` separators, all of the usual shape? Then their labels, too, where each is
 * one digit: p->digit. */
static bool is_whole(struct maker *m, struct piece *p, size_t count)
{
    const struct batch *b = m->block;
    const struct columns *c = &m->schema->columns;
    const struct kernel *k = m->plan->kernel;
    struct regular *r = m->regular;
    bool whole, digits = !m->plan->answers && c->labels == 1 && m->schema->number_labels,
                last = digits && c->label[0] + 1 == c->count;
    struct fields f;

    if (!count || b->lines * c->count != count) return false;
    if (digits) {
        r->digit = mem_grow(r->digit, &r->digit_room, p->rows, sizeof *r->digit);
        f = fields_of(m, p, c->label[0]);
    }
    whole = last && k->digits(&f, r->digit);
    if (whole) {
        p->digit = r->digit;
        return true;
    }
    whole = k->regular(b->bytes, p->at, p->rows, c->count);
    if (whole && digits && !last && k->digits(&f, r->digit)) p->digit = r->digit;
    return whole;
}

bool regular_text(struct maker *m)
{
    const struct batch *b = m->block;
    size_t columns = m->schema->columns.count, count = b->separators, i = 0, start = 0;
    uint64_t line = b->line, row = b->row;
    struct piece all = {.at = b->at, .rows = b->lines, .returns = b->returns, .line = line, .row = row};

    if (!is_fast(m)) return false;
    if (b->file->dialect.delimiter == ' ' && has_runs(b->bytes, b->at, count)) return false;
    if (is_whole(m, &all, count)) {
        take_rows(m, &all);
        i = count;
        start = b->at[count - 1] + (size_t)1; /* a last row without a newline, or a field, may be left */
        line += all.rows;
        row += all.rows;
    }
    while (start < b->size) {
        size_t rows = leading(b->bytes, b->at + i, count - i, columns), end;

        if (rows) {
            take_rows(m, &(struct piece){b->at + i, start, rows, b->returns, line, row, NULL});
            i += rows * columns;
            start = b->at[i - 1] + (size_t)1;
            line += rows;
            row += rows;
            continue;
        }
        end = start + maker_row(m, start, line, row);
        while (i < count && b->at[i] < end) i++;
        start = end;
        line++;
        row += m->is_row;
    }
    return true;
}

void regular_array(struct maker *m)
{
    const struct batch *b = m->block;

    take_rows(m, &(struct piece){.rows = b->rows, .line = b->line, .row = b->row});
}
