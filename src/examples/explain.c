/* explain.c: one row to its examples, the general way: everything is checked, every mistake has its message
 */
#include "base/number.h"
#include "examples/convert.h"
#include "examples/label_file.h"
#include "examples/softmax.h"
#include "loss/tail.h"
#include "read/npy.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double rounding = 1e-6; /* a probability this far out of [0, 1] is float32's rounding */

static struct counts *counts_of_row(struct maker *m)
{
    return m->group >= 0 ? &m->finder.counts[m->group] : &m->counts;
}

static const char *file_of(const struct maker *m)
{
    return m->block->file->name;
}

/* Counts the row as bad and, if it is among the first, says why. column: −1 for the row as a whole. Returns
 * false. */
static bool bad(struct maker *m, ptrdiff_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool bad(struct maker *m, ptrdiff_t column, const char *format, ...)
{
    char what[1024], where[DIAG_SHOWN + 16] = "", shown[DIAG_SHOWN];
    struct string text = {0};
    va_list args;

    counts_of_row(m)->bad++;
    if (!complaints_wanted(m->complaints, m->block->number)) return false;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    if (column >= 0)
        snprintf(where, sizeof where,
                 "column %s: ", columns_shown(&m->schema->columns, (size_t)column, shown));
    string_printf(&text, m->block->file->array ? "%s: row %llu: %s%s" : "%s:%llu: %s%s", file_of(m),
                  (unsigned long long)m->line, where, what);
    complaints_add(m->complaints, m->block->number, m->offset, text.text);
    string_free(&text);
    return false;
}

/* The option that would read these columns as logits. */
static const char *as_logits(const struct maker *m, char out[DIAG_SHOWN])
{
    const struct columns *c = &m->schema->columns;
    struct string list = {0};

    columns_list(c, c->score, c->scores, &list);
    if (list.size <= 60)
        snprintf(out, DIAG_SHOWN, "--logit %s", list.text);
    else
        snprintf(out, DIAG_SHOWN, "--logit in place of --prob");
    string_free(&list);
    return out;
}

/* A number with the decimal sign in force. */
static bool number_of(const struct plan *p, const struct field *f, double *out)
{
    char text[64];

    if (p->in->decimal != ',') return number_parse(f->text, f->size, out);
    if (f->size >= sizeof text || memchr(f->text, '.', f->size)) return false;
    for (size_t i = 0; i < f->size; i++) text[i] = (char)(f->text[i] == ',' ? '.' : f->text[i]);
    return number_parse(text, f->size, out);
}

/* The number in a column. */
static bool read_number(struct maker *m, size_t column, double *out)
{
    const struct field *f = &m->row.field[column];
    char shown[DIAG_SHOWN];
    bool missing = f->size == 2 && memcmp(f->text, "NA", 2) == 0;
    const char *help = "", *leave = m->plan->in->skip_bad ? "" : "; --bad-rows skip leaves such rows out";

    if (number_of(m->plan, f, out) && !isnan(*out)) return true;
    if (f->size == 0) return bad(m, (ptrdiff_t)column, "an empty field where a number should be%s", leave);
    if (m->plan->in->decimal != ',' && memchr(f->text, ',', f->size))
        help = "; with decimal commas, use --decimal ,";
    if (missing || number_of(m->plan, f, out)) help = leave; /* NA and NaN */
    return bad(m, (ptrdiff_t)column, "%s is not a number%s", diag_shown(shown, f->text, f->size), help);
}

/* A probability, put into [0, 1] where rounding took it out of there. */
static bool read_prob(struct maker *m, size_t class, size_t *clamped)
{
    size_t column = m->schema->columns.score[class];
    const struct field *f = &m->row.field[column];
    double p;
    char shown[DIAG_SHOWN], option[DIAG_SHOWN];

    if (!read_number(m, column, &p)) return false;
    if (p < -rounding || p > 1 + rounding)
        return bad(m, (ptrdiff_t)column, "%s is no probability (0 to 1); if these are logits, use %s",
                   diag_shown(shown, f->text, f->size), as_logits(m, option));
    *clamped += p < 0 || p > 1;
    m->score[class] = p <= 0 ? 0 : p > 1 ? 1 : p; /* −0 becomes 0 */
    return true;
}

static bool read_scores(struct maker *m, size_t first, size_t count, size_t *clamped)
{
    const struct columns *c = &m->schema->columns;

    for (size_t k = first; k < first + count; k++) {
        if (m->plan->facts->logits) {
            if (!read_number(m, c->score[k], &m->score[k])) return false;
        } else if (!read_prob(m, k, clamped)) {
            return false;
        }
    }
    return true;
}

/* Hands one example on. side: 1 positive, 0 negative, −1 none. */
static void put(struct maker *m, double tail, size_t part, int side)
{
    struct counts *c = counts_of_row(m);
    struct pending *p = &m->pending;

    c->examples++;
    c->positives += side == 1;
    c->negatives += side == 0;
    c->clipped += tail_clip(&tail, m->plan->facts->clip);
    p->tail[p->n] = tail;
    p->part[p->n] = (uint32_t)part;
    p->weight[p->n] = m->weight;
    if (m->group >= 0) p->group[p->n] = m->finder.id[m->group];
    if (++p->n == PENDING) maker_flush(m);
}

void maker_flush(struct maker *m)
{
    struct pending *p = &m->pending;
    struct examples e = {p->n, p->tail, p->part, NULL, NULL};

    if (!p->n) return;
    if (m->plan->facts->weighted) e.weight = p->weight;
    if (m->plan->facts->grouped) e.group = p->group;
    m->sink.take(m->sink.context, m->worker, &e);
    p->n = 0;
}

/* The tail of a score that is asked one yes-or-no question. */
static double tail_of_score(const struct maker *m, double score, bool positive)
{
    if (m->plan->facts->logits) return tail_of_xt(positive ? score : -score);
    return tail_of_prob(score, positive);
}

static void put_sides(struct maker *m)
{
    const struct facts *f = m->plan->facts;

    for (size_t k = 0; k < f->classes; k++) {
        int side = f->task == TASK_MULTILABEL ? m->label[k]
                                              : m->label[0] == (int32_t)k && f->background != (ptrdiff_t)k;

        if (f->task == TASK_SIGMOID && f->background == (ptrdiff_t)k)
            continue; /* the background's column is no question */
        if (side >= 0) put(m, tail_of_score(m, m->score[k], side), plan_part(m->plan, k, side), side);
    }
}

/* The probabilities must add to 1. */
static bool sums(struct maker *m)
{
    const struct columns *c = &m->schema->columns;
    char first[DIAG_SHOWN], last[DIAG_SHOWN], total[NUMBER_SIZE], option[DIAG_SHOWN];
    double sum = 0;

    for (size_t k = 0; k < c->scores; k++) sum += m->score[k];
    if (fabs(sum - 1) <= SUM_WITHIN) return true;
    number_format(sum, total);
    return bad(m, -1,
               "columns %s to %s: the probabilities add to %.8s, not to 1; --renormalize divides by their "
               "sum; if these are logits, use %s",
               columns_shown(c, c->score[0], first), columns_shown(c, c->score[c->scores - 1], last), total,
               as_logits(m, option));
}

static bool take_softmax(struct maker *m)
{
    const struct facts *f = m->plan->facts;
    size_t class = (size_t)m->label[0], clamped = 0;
    bool renormalize = m->plan->in->renormalize;
    bool all = f->logits || renormalize || maker_checks(m->plan, m->line);
    double tail;
    int side;

    if (!read_scores(m, all ? 0 : class, all ? f->classes : 1, &clamped)) return false;
    if (f->logits)
        tail = softmax_of_logits(m->score, f->classes, 1, class);
    else if (renormalize)
        tail = softmax_of_shares(m->score, f->classes, class);
    else if (all && !sums(m))
        return false;
    else
        tail = tail_of_pt(m->score[class]);
    if (isnan(tail))
        return bad(m, -1,
                   f->logits ? "infinite logits that leave no probability" : "probabilities that add to 0");
    counts_of_row(m)->clamped += clamped;
    side = f->background < 0 ? -1 : f->background != (ptrdiff_t) class;
    put(m, tail, plan_part(m->plan, class, side), side);
    return true;
}

static bool take_binary(struct maker *m)
{
    size_t clamped = 0;

    if (!read_scores(m, 0, 1, &clamped)) return false;
    counts_of_row(m)->clamped += clamped;
    put(m, tail_of_score(m, m->score[0], m->label[0]), (size_t)m->label[0], m->label[0]);
    return true;
}

static bool take_scores(struct maker *m)
{
    size_t clamped = 0;

    if (m->plan->facts->task == TASK_BINARY) return take_binary(m);
    if (m->plan->facts->task == TASK_SOFTMAX) return take_softmax(m);
    if (!read_scores(m, 0, m->plan->facts->classes, &clamped)) return false;
    counts_of_row(m)->clamped += clamped;
    put_sides(m);
    return true;
}

/* One label. False where it is bad. */
static bool read_label(struct maker *m, size_t k, uint64_t row)
{
    const struct columns *c = &m->schema->columns;
    const struct plan *p = m->plan;
    const struct field *f;
    char why[LABELS_SHOWN];

    if (p->answers) {
        const struct field *key = c->key >= 0 ? &m->row.field[c->key] : NULL;

        m->label[k] =
            key ? answers_of_key(p->answers, key->text, key->size, k) : answers_of_row(p->answers, row, k);
        return m->label[k] != LABEL_BAD ||
               bad(m, c->key, "%s",
                   answers_explain(p->answers, key ? key->text : NULL, key ? key->size : 0, why));
    }
    f = &m->row.field[c->label[k]];
    m->label[k] = labels_of_text(&p->labels, f->text, f->size);
    return m->label[k] != LABEL_BAD ||
           bad(m, (ptrdiff_t)c->label[k], "%s", labels_explain(&p->labels, f->text, f->size, why));
}

/* The labels of the row. *ignored: every one of them is ignored. */
static bool read_labels(struct maker *m, uint64_t row, bool *ignored)
{
    *ignored = true;
    for (size_t k = 0; k < plan_labels(m->plan); k++) {
        if (!read_label(m, k, row)) return false;
        *ignored = *ignored && m->label[k] == LABEL_IGNORED;
    }
    return true;
}

static bool read_weight(struct maker *m)
{
    ptrdiff_t column = m->schema->columns.weight;
    char shown[DIAG_SHOWN];
    const struct field *f;

    m->weight = 1;
    if (column < 0) return true;
    if (!read_number(m, (size_t)column, &m->weight)) return false;
    f = &m->row.field[column];
    if (m->weight < 0 || isinf(m->weight))
        return bad(m, column, "%s is no weight (a number from 0 on)", diag_shown(shown, f->text, f->size));
    return true;
}

/* Fields that were read: each row ends up in exactly one of rows_used, ignored and bad. */
static void take_fields(struct maker *m, uint64_t row)
{
    const struct columns *c = &m->schema->columns;
    struct counts *counts;
    bool ignored;

    if (m->row.count != c->count) {
        char first = m->row.count && m->row.field[0].size ? *m->row.field[0].text : 'x', help[80] = "";

        if (strchr("#%!/", first))
            snprintf(help, sizeof help, "; --comment '%c' skips lines that begin so", first);
        bad(m, -1, "a row of %zu field%s where %s %zu%s", m->row.count, m->row.count == 1 ? "" : "s",
            c->header && !c->row_ends ? "the header has" : "the first has", c->count, help);
        return;
    }
    if (c->by >= 0) {
        const struct field *f = &m->row.field[c->by];

        m->group = (ptrdiff_t)finder_find(&m->finder, f->text, f->size, m->block->file->number,
                                          m->block->offset + m->offset);
        m->finder.counts[m->group].rows++;
    }
    if (!read_labels(m, row, &ignored)) return;
    counts = counts_of_row(m);
    if (ignored) {
        counts->ignored++;
        return;
    }
    if (!read_weight(m) || !take_scores(m)) return;
    counts->rows_used++;
    counts->zero_weight += m->weight == 0;
}

/* The place of the row at hand, and its group where that is the file. */
static void at_row(struct maker *m, size_t offset, uint64_t line)
{
    const struct batch *b = m->block;

    m->offset = offset;
    m->line = line;
    m->group = m->plan->in->by_file ? (ptrdiff_t)finder_find(&m->finder, file_of(m), strlen(file_of(m)),
                                                             b->file->number, b->offset + offset)
                                    : -1;
    m->counts.rows++;
    if (m->group >= 0) m->finder.counts[m->group].rows++;
}

size_t maker_row(struct maker *m, size_t offset, uint64_t line, uint64_t row)
{
    const struct batch *b = m->block;
    size_t taken;
    enum row_kind kind = csv_row(b->file->dialect, b->bytes + offset, b->size - offset, &m->row, &taken);

    m->is_row = kind != ROW_COMMENT && kind != ROW_BLANK;
    if (kind == ROW_COMMENT) return taken;
    at_row(m, offset, line);
    if (kind == ROW_BLANK)
        counts_of_row(m)->blank++;
    else if (kind == ROW_AFTER_QUOTE)
        bad(m, -1, "text between a closing quote and the delimiter");
    else
        take_fields(m, row);
    return taken;
}

size_t array_text(const struct maker *m, size_t index, size_t column, char out[NUMBER_SIZE])
{
    const struct npy *a = m->block->file->array;
    size_t place = a->fortran ? column * m->block->rows + index : index * a->columns + column;
    double x;

    npy_convert(a, m->block->bytes + place * a->width, 1, 1, &x);
    return number_format(x, out);
}

void maker_array_row(struct maker *m, size_t index, uint64_t line, uint64_t row)
{
    size_t columns = m->schema->columns.count;
    char(*text)[NUMBER_SIZE] = mem_alloc(columns, sizeof *text);

    m->row.field = mem_grow(m->row.field, &m->row.room, columns, sizeof *m->row.field);
    m->row.count = columns;
    for (size_t k = 0; k < columns; k++)
        m->row.field[k] = (struct field){text[k], array_text(m, index, k, text[k]), false};
    at_row(m, index, line);
    take_fields(m, row);
    free(text);
}

void maker_text(struct maker *m, const struct batch *block)
{
    size_t offset = 0;
    uint64_t line = block->line, row = block->row;

    m->block = block;
    m->schema = block->file->meaning;
    if (block->file->array)
        regular_array(m);
    else if (!regular_text(m))
        while (offset < block->size) {
            size_t taken = maker_row(m, offset, line, row);

            row += m->is_row;
            line += csv_lines(block->bytes + offset, taken);
            offset += taken;
        }
    maker_flush(m);
}

void maker_open(struct maker *m, const struct plan *plan, struct sink sink, unsigned worker,
                struct complaints *complaints, struct groups *groups)
{
    *m = (struct maker){.plan = plan, .sink = sink, .worker = worker, .complaints = complaints, .group = -1};
    m->finder.all = groups;
    m->pending.tail = mem_alloc(PENDING, sizeof *m->pending.tail);
    m->pending.weight = mem_alloc(PENDING, sizeof *m->pending.weight);
    m->pending.part = mem_alloc(PENDING, sizeof *m->pending.part);
    m->pending.group = mem_alloc(PENDING, sizeof *m->pending.group);
    m->score = mem_alloc(plan_scores(plan) + KERNEL_PAD / sizeof *m->score, sizeof *m->score);
    m->label = mem_alloc(plan_labels(plan), sizeof *m->label);
    regular_open(m);
}

void maker_close(struct maker *m, struct counts *counts)
{
    counts_add(counts, &m->counts);
    finder_close(&m->finder);
    free(m->pending.tail);
    free(m->pending.weight);
    free(m->pending.part);
    free(m->pending.group);
    free(m->score);
    free(m->label);
    row_free(&m->row);
    regular_close(m);
}
