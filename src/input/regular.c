/* regular.c: blocks whose rows are all of the usual shape, column by column; what is not usual in a row goes
 * the general way */
#include "base/number.h"
#include "input/join.h"
#include "input/make.h"
#include "input/softmax.h"
#include "loss/tail.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows are taken in pieces, so that the arrays stay in the cache. */
enum { PIECE = 2048, GRID = 32768 };

struct regular {
    uint32_t *at; /* offsets of the separators of the block */
    size_t at_room;
    size_t piece;    /* rows of a piece: fewer where a row has many scores */
    double *grid;    /* [scores · rows], column by column */
    double *number;  /* [piece]: labels or weights */
    double *weight;  /* [piece] */
    double *tail;    /* [piece] */
    bool *usual;     /* [piece] */
    int32_t *code;   /* [labels · piece] */
    uint32_t *slow;  /* [piece] */
    uint32_t *part;  /* [piece] */
    uint32_t *group; /* [piece] */
    size_t *place;   /* [piece]: of the group in the finder */
    uint32_t *row;   /* [piece]: places of the rows that are usual */
    uint32_t *pair;  /* [2 · piece]: borders of single fields */
};

/* A piece of a block: rows that have all their separators. */
struct piece {
    const uint32_t *at;
    uint32_t origin;
    size_t rows;
    uint64_t line, row;
};

void regular_open(struct maker *m)
{
    struct regular *r = m->regular = mem_alloc(1, sizeof *r);
    size_t scores = plan_scores(m->plan), labels = plan_labels(m->plan);

    r->piece = scores <= GRID / PIECE ? PIECE : scores >= GRID / 16 ? 16 : GRID / scores;
    r->grid = mem_alloc(scores * r->piece, sizeof *r->grid);
    r->number = mem_alloc(r->piece, sizeof *r->number);
    r->weight = mem_alloc(r->piece, sizeof *r->weight);
    r->tail = mem_alloc(r->piece, sizeof *r->tail);
    r->usual = mem_alloc(r->piece, sizeof *r->usual);
    r->place = mem_alloc(r->piece, sizeof *r->place);
    r->code = mem_alloc(labels * r->piece, sizeof *r->code);
    r->slow = mem_alloc(r->piece, sizeof *r->slow);
    r->part = mem_alloc(r->piece, sizeof *r->part);
    r->group = mem_alloc(r->piece, sizeof *r->group);
    r->row = mem_alloc(r->piece, sizeof *r->row);
    r->pair = mem_alloc(2 * r->piece, sizeof *r->pair);
}

void regular_close(struct maker *m)
{
    struct regular *r = m->regular;

    free(r->at);
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
    free(r);
}

/* Where the field of a column begins and ends. */
static size_t begin_of(const struct maker *m, const struct piece *p, size_t row, size_t column)
{
    size_t i = row * m->block->layout->columns.count + column;

    return i ? p->at[i - 1] + 1 : p->origin;
}

static size_t end_of(const struct maker *m, const struct piece *p, size_t row, size_t column)
{
    return p->at[row * m->block->layout->columns.count + column];
}

/* The numbers of a column; NaN where the field is not of the usual shape. */
static void numbers(struct maker *m, const struct piece *p, size_t column, double *out)
{
    struct regular *r = m->regular;
    size_t slow = m->plan->kernel->numbers(m->block->text, p->at, p->origin, p->rows,
                                           m->block->layout->columns.count, column, out, r->slow);

    for (size_t i = 0; i < slow; i++) out[r->slow[i]] = NAN;
}

/* The labels of column k of labels as codes; LABEL_BAD goes the general way, which knows more. */
static void codes(struct maker *m, const struct piece *p, size_t k, int32_t *out)
{
    const struct layout *l = m->block->layout;
    const struct labels *labels = &m->plan->labels;
    const double *y = m->regular->number;
    size_t column;

    if (m->plan->answers) {
        for (size_t i = 0; i < p->rows; i++) out[i] = answers_of_row(m->plan->answers, p->row + i, k);
        return;
    }
    column = l->columns.label[k];
    if (!l->number_labels || labels->by_text) {
        for (size_t i = 0; i < p->rows; i++) {
            size_t begin = begin_of(m, p, i, column);

            out[i] = labels_of_text(labels, m->block->text + begin, end_of(m, p, i, column) - begin);
        }
        return;
    }
    numbers(m, p, column, m->regular->number);
    if (labels->plain)
        for (size_t i = 0; i < p->rows; i++) out[i] = y[i] == 1 ? 1 : y[i] == 0 ? 0 : LABEL_BAD;
    else
        for (size_t i = 0; i < p->rows; i++) out[i] = labels_of_number(labels, y[i]);
}

/* A row that is not usual. An ignored one needs no more than counting where there are no groups. */
static void unusual(struct maker *m, const struct piece *p, size_t row, int32_t code)
{
    const struct labels *labels = &m->plan->labels;

    if (code == LABEL_BAD && labels->plain && m->block->layout->number_labels && !m->plan->answers)
        code = labels_of_number(labels, m->regular->number[row]);
    if (code == LABEL_IGNORED && !m->plan->facts->grouped) {
        m->counts.rows++;
        m->counts.ignored++;
        return;
    }
    maker_row(m, begin_of(m, p, row, 0), p->line + row, p->row + row);
}

/* The groups of the n kept rows. */
static void find_groups(struct maker *m, const struct piece *p, size_t n)
{
    struct regular *r = m->regular;
    const struct layout *l = m->block->layout;
    const char *text = l->file;
    size_t size = strlen(text);

    for (size_t j = 0; j < n; j++) {
        struct counts *c;

        if (l->columns.by >= 0) {
            size_t begin = begin_of(m, p, r->row[j], (size_t)l->columns.by);

            text = m->block->text + begin;
            size = end_of(m, p, r->row[j], (size_t)l->columns.by) - begin;
        }
        r->place[j] =
            finder_find(&m->finder, text, size, l->number, m->block->offset + begin_of(m, p, r->row[j], 0));
        r->group[j] = m->finder.id[r->place[j]];
        c = &m->finder.counts[r->place[j]];
        c->rows++;
        c->rows_used++;
    }
}

/* Keeps the rows whose flag is set, in r->row; the others go the general way. Returns how many are kept. */
static size_t sift(struct maker *m, const struct piece *p)
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

/* Flags the rows whose weight is one: finite and above 0. */
static void weigh(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    ptrdiff_t column = m->block->layout->columns.weight;

    if (column < 0) {
        for (size_t i = 0; i < p->rows; i++) r->weight[i] = 1;
        return;
    }
    numbers(m, p, (size_t)column, r->weight);
    for (size_t i = 0; i < p->rows; i++)
        r->usual[i] = r->usual[i] && r->weight[i] > 0 && r->weight[i] <= DBL_MAX;
}

/* Clips tails of grouped rows, so that each group has its count. */
static void clip_groups(struct maker *m, size_t n)
{
    struct regular *r = m->regular;

    for (size_t j = 0; j < n; j++)
        m->finder.counts[r->place[j]].clipped += tail_clip(&r->tail[j], m->plan->facts->clip);
}

/* Hands the kept rows on: r->tail and r->part are theirs. side: NULL where they have none. */
static void hand_on(struct maker *m, size_t n, const uint32_t *side)
{
    struct regular *r = m->regular;
    const struct facts *f = m->plan->facts;
    struct examples e = {n, r->tail, r->part, f->weighted ? r->number : NULL, f->grouped ? r->group : NULL};
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
    size_t bad, clipped;

    clipped = (f->logits ? k->tails_of_logits : k->tails_of_probs)(m->regular->tail, side, n, eps, &bad);
    if (f->grouped)
        clip_groups(m, n);
    else
        m->counts.clipped += clipped;
}

/* Flags the scores that are logits, or probabilities without rounding to undo. */
static void flag(const struct maker *m, const double *x, size_t n, bool *usual)
{
    double low = m->plan->facts->logits ? -INFINITY : 0, high = m->plan->facts->logits ? INFINITY : 1;

    for (size_t i = 0; i < n; i++) usual[i] = usual[i] & (x[i] >= low) & (x[i] <= high);
}

/* The kept rows of a column of scores; + 0.0 makes 0 of −0. */
static void gather(struct maker *m, const double *x, size_t n)
{
    struct regular *r = m->regular;

    for (size_t j = 0; j < n; j++) r->tail[j] = x[r->row[j]] + 0.0;
}

static void take_binary(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    size_t n;

    codes(m, p, 0, r->code);
    numbers(m, p, m->block->layout->columns.score[0], r->grid);
    for (size_t i = 0; i < p->rows; i++) r->usual[i] = r->code[i] >= 0;
    flag(m, r->grid, p->rows, r->usual);
    weigh(m, p);
    n = sift(m, p);
    gather(m, r->grid, n);
    for (size_t j = 0; j < n; j++) r->part[j] = (uint32_t)r->code[r->row[j]];
    tails(m, n, r->part);
    hand_on(m, n, r->part);
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

        codes(m, p, k, code);
        for (size_t i = 0; i < p->rows; i++)
            r->usual[i] = r->usual[i] && (code[i] >= 0 || (!several && code[i] == LABEL_NO_CLASS));
    }
    for (size_t k = 0; k < f->classes; k++) {
        numbers(m, p, m->block->layout->columns.score[k], r->grid + k * p->rows);
        flag(m, r->grid + k * p->rows, p->rows, r->usual);
    }
    weigh(m, p);
    n = sift(m, p);
    for (size_t k = 0; k < f->classes; k++) {
        const int32_t *code = r->code + (several ? k * p->rows : 0);

        if (!several && f->background == (ptrdiff_t)k) continue;
        gather(m, r->grid + k * p->rows, n);
        for (size_t j = 0; j < n; j++)
            r->slow[j] = several ? (uint32_t)code[r->row[j]] : code[r->row[j]] == (int32_t)k;
        tails(m, n, r->slow);
        for (size_t j = 0; j < n; j++) r->part[j] = (uint32_t)plan_part(m->plan, k, r->slow[j]);
        hand_on(m, n, r->slow);
    }
}

/* The tails of the kept rows stand in r->grid by row. */
static void take_classes(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    const struct facts *f = m->plan->facts;
    size_t n;

    weigh(m, p);
    n = sift(m, p);
    gather(m, r->grid, n);
    for (size_t j = 0; j < n; j++) {
        r->part[j] = (uint32_t)r->code[r->row[j]];
        r->slow[j] = f->background != (ptrdiff_t)r->part[j];
        if (!f->grouped) m->counts.clipped += tail_clip(&r->tail[j], f->clip);
    }
    if (f->grouped) clip_groups(m, n);
    hand_on(m, n, f->background >= 0 ? r->slow : NULL);
}

static void take_softmax_logits(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    size_t classes = m->plan->facts->classes;

    codes(m, p, 0, r->code);
    for (size_t k = 0; k < classes; k++)
        numbers(m, p, m->block->layout->columns.score[k], r->grid + k * p->rows);
    for (size_t i = 0; i < p->rows; i++)
        r->tail[i] =
            r->code[i] >= 0 ? softmax_of_logits(r->grid + i, classes, p->rows, (size_t)r->code[i]) : NAN;
    for (size_t i = 0; i < p->rows; i++) {
        r->grid[i] = r->tail[i];
        r->usual[i] = !isnan(r->tail[i]);
    }
    take_classes(m, p);
}

/* Of probabilities, the true class's alone is read, but for the rows whose sum is checked. */
static void take_softmax_probs(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    const size_t *score = m->block->layout->columns.score;
    size_t n = 0, slow;

    codes(m, p, 0, r->code);
    for (size_t i = 0; i < p->rows; i++) {
        size_t begin;

        r->usual[i] = r->code[i] >= 0 && !maker_checks(m->plan, p->line + i);
        if (!r->usual[i]) continue;
        begin = begin_of(m, p, i, score[r->code[i]]);
        r->usual[i] = begin > 0;
        if (!begin) continue;
        r->pair[2 * n] = (uint32_t)begin - 1;
        r->pair[2 * n + 1] = (uint32_t)end_of(m, p, i, score[r->code[i]]);
        r->row[n++] = (uint32_t)i;
    }
    slow =
        n ? m->plan->kernel->numbers(m->block->text, r->pair, r->pair[0] + 1, n, 2, 1, r->tail, r->slow) : 0;
    for (size_t j = 0; j < slow; j++) r->tail[r->slow[j]] = NAN;
    for (size_t j = 0; j < n; j++) {
        double x = r->tail[j];

        r->usual[r->row[j]] = x >= 0 && x <= 1;
        r->grid[r->row[j]] = x >= 0 && x <= 1 ? tail_of_pt(x + 0.0) : 0;
    }
    take_classes(m, p);
}

/* `rows` rows with all their separators from at on. */
static void take_rows(struct maker *m, const uint32_t *at, size_t origin, size_t rows, uint64_t line,
                      uint64_t row)
{
    const struct facts *f = m->plan->facts;
    size_t columns = m->block->layout->columns.count;

    for (size_t done = 0; done < rows;) {
        size_t n = rows - done < m->regular->piece ? rows - done : m->regular->piece;
        struct piece p = {at + done * columns, (uint32_t)(done ? at[done * columns - 1] + 1 : origin), n,
                          line + done, row + done};

        if (f->task == TASK_BINARY)
            take_binary(m, &p);
        else if (f->task != TASK_SOFTMAX)
            take_columns(m, &p);
        else if (f->logits)
            take_softmax_logits(m, &p);
        else
            take_softmax_probs(m, &p);
        done += n;
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
    const struct block *b = m->block;
    const struct input *in = m->plan->in;

    if (in->decimal == ',' || in->renormalize || b->size >= UINT32_MAX - KERNEL_PAD) return false;
    if (b->layout->dialect.comment && memchr(b->text, b->layout->dialect.comment, b->size)) return false;
    /* by row, a blank line that looks like a row of one column would shift the labels */
    return !m->plan->answers || (!in->key && b->layout->columns.count > 1);
}

bool regular_text(struct maker *m)
{
    const struct block *b = m->block;
    struct regular *r = m->regular;
    size_t columns = b->layout->columns.count, count, newlines, i = 0, start = 0;
    uint64_t line = b->line, row = b->row;
    bool odd, whole;

    if (!is_fast(m)) return false;
    r->at = mem_grow(r->at, &r->at_room, b->size, sizeof *r->at);
    count = m->plan->kernel->split(b->text, b->size, b->layout->dialect.delimiter, r->at, &newlines, &odd);
    if (odd || (b->layout->dialect.delimiter == ' ' && has_runs(b->text, r->at, count))) return false;
    whole =
        newlines * columns == count && m->plan->kernel->regular(b->text, r->at, count, columns) == newlines;
    while (start < b->size) {
        size_t rows = whole ? newlines : leading(b->text, r->at + i, count - i, columns), end;

        whole = false;
        if (rows) {
            take_rows(m, r->at + i, start, rows, line, row);
            i += rows * columns;
            start = r->at[i - 1] + 1;
            line += rows;
            row += rows;
            continue;
        }
        end = start + maker_row(m, start, line, row);
        while (i < count && r->at[i] < end) i++;
        start = end;
        line++;
        row += m->is_row;
    }
    return true;
}
