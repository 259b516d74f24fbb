/* convert_softmax.c: pieces of usual rows of softmax scores */
#include "examples/converter.h"
#include "examples/softmax.h"
#include "loss/tail.h"

#include <math.h>

/* The sides of n rows, whose classes stand in class[]; NULL where there are none. Their parts, too. */
static const uint32_t *sides(struct converter *c, const uint32_t *class, size_t n)
{
    struct piece *p = &c->piece;
    const struct facts *f = c->schema->facts;
    bool any = f->background >= 0;

    for (size_t j = 0; j < n; j++) {
        p->slow[j] = f->background != (ptrdiff_t) class[j];
        p->part[j] = f->by_class ? class[j] : any & p->slow[j];
    }
    return any ? p->slow : NULL;
}

/* The prediction of a row of the piece, whose scores are x[], where it is wanted. */
static void predict(struct converter *c, size_t row, const double *x, size_t stride)
{
    const struct facts *f = c->schema->facts;
    struct piece *p = &c->piece;

    if (f->predictions)
        p->prediction[row] =
            (struct prediction){(uint32_t)p->code[row], (uint32_t)softmax_largest(x, f->classes, stride)};
}

/* The tails of the rows whose flag is set stand in piece.grid by row. */
static void take_tails(struct converter *c)
{
    struct piece *p = &c->piece;
    const struct facts *f = c->schema->facts;
    size_t n;

    flag_weights(c);
    n = keep_usual_rows(c);
    gather_kept(c, p->grid, n);
    for (size_t j = 0; j < n; j++) {
        p->part[j] = (uint32_t)p->code[p->row[j]];
        if (!facts_are_keyed(f)) c->counts.clipped += tail_clip(&p->tail[j], f->clip);
    }
    if (facts_are_keyed(f)) clip_by_group(c, n);
    emit_piece(c, n, true, p->part, sides(c, p->part, n));
}

/* Do the scores stand side by side, in the order of the classes? */
static bool in_order(const struct columns *columns)
{
    for (size_t k = 1; k < columns->scores; k++)
        if (columns->score[k] != columns->score[0] + k) return false;
    return true;
}

/* The scores of a row to piece.line; NaN where the field is not of the usual shape. */
static void row_numbers(struct converter *c, size_t row)
{
    struct piece *p = &c->piece;
    const struct columns *columns = &c->file_schema->columns;
    struct row_run one = run_part(&p->run, row, 1);

    if (p->run.at && in_order(columns)) {
        /* side by side: as if they were a column */
        size_t first = columns->score[0], last = first + columns->scores;
        struct row_run line = {.at = one.at + first,
                               .origin = run_begin(&one, 0, first),
                               .rows = columns->scores,
                               .columns = 1,
                               .returns = one.returns && last == columns->count};

        run_numbers(c->batch, &line, 0, p->line, p->slow);
        return;
    }
    for (size_t k = 0; k < columns->scores; k++)
        run_numbers(c->batch, &one, columns->score[k], &p->line[k], p->slow);
}

/* The scores of a piece, class after class: piece.grid[class · rows + row]. */
static void all_numbers(struct converter *c)
{
    enum { MANY = 32 }; /* a row of at least as many columns is read at once */
    struct piece *p = &c->piece;
    const struct columns *columns = &c->file_schema->columns;
    size_t rows = p->run.rows;

    if (!p->run.at || columns->scores < MANY || !in_order(columns)) {
        for (size_t k = 0; k < columns->scores; k++) piece_numbers(c, columns->score[k], p->grid + k * rows);
        return;
    }
    for (size_t i = 0; i < rows; i++) {
        row_numbers(c, i);
        for (size_t k = 0; k < columns->scores; k++) p->grid[k * rows + i] = p->line[k];
    }
}

static void take_logits(struct converter *c)
{
    struct piece *p = &c->piece;
    size_t classes = c->schema->facts->classes, rows = p->run.rows;

    all_numbers(c);
    c->kernel->softmax(p->grid, rows, (const uint32_t *)p->code, rows, classes, p->tail);
    for (size_t i = 0; i < rows; i++) {
        predict(c, i, p->grid + i, rows);
        if (p->code[i] < 0)
            p->tail[i] = NAN;
        else if (isnan(p->tail[i]))
            p->tail[i] = softmax_of_logits(p->grid + i, classes, rows, (size_t)p->code[i]);
        p->usual[i] = !isnan(p->tail[i]);
    }
    for (size_t i = 0; i < rows; i++) p->grid[i] = p->tail[i];
    take_tails(c);
}

/* Are the numbers in piece.line probabilities, without rounding to undo? */
static bool are_probs(const struct piece *p, size_t count, double *sum)
{
    *sum = 0;
    for (size_t k = 0; k < count; k++) {
        if (!(p->line[k] >= 0 && p->line[k] <= 1)) return false;
        *sum += p->line[k];
    }
    return true;
}

/* Probabilities that are divided by their sum. */
static void take_shares(struct converter *c)
{
    struct piece *p = &c->piece;
    size_t classes = c->schema->facts->classes;
    double sum;

    for (size_t i = 0; i < p->run.rows; i++) {
        p->usual[i] = p->code[i] >= 0;
        if (!p->usual[i]) continue;
        row_numbers(c, i);
        p->usual[i] = are_probs(p, classes, &sum);
        if (!p->usual[i]) continue;
        predict(c, i, p->line, 1);
        p->grid[i] = softmax_of_shares(p->line, classes, (size_t)p->code[i]);
        p->usual[i] = !isnan(p->grid[i]);
    }
    take_tails(c);
}

/* Where the scores of a row, which stand in order, begin and end. */
static size_t scores_of_row(const struct converter *c, size_t row, size_t *size)
{
    const struct columns *columns = &c->file_schema->columns;
    const struct row_run *run = &c->piece.run;
    size_t first = columns->score[0], begin = run_begin(run, row, first);

    *size = run_end(c->batch, run, row, first + columns->scores - 1) - begin;
    return begin;
}

/* Is every score of the row a number, and do they add to 1 where that is checked? False also where that is
   left to explain_row. The fields of text that are checked for no more than that are looked at, not read. */
static bool is_sound(struct converter *c, size_t row, bool ordered)
{
    struct piece *p = &c->piece;
    bool checked = sum_is_checked(c->schema, p->run.line + row);
    size_t classes = c->schema->facts->classes, begin, size;
    double sum = 0;

    if (!checked && p->run.at && ordered) {
        begin = scores_of_row(c, row, &size);
        if (c->kernel->are_numbers(c->batch->bytes + begin, size, c->batch->file->dialect.delimiter))
            return true;
    }
    row_numbers(c, row);
    if (checked) return are_probs(p, classes, &sum) && fabs(sum - 1) <= SUM_WITHIN;
    for (size_t k = 0; k < classes; k++) sum += 0 * p->line[k]; /* NaN of NaN, and of an infinity */
    return sum == 0;
}

/* The rows that are valid: their true classes' fields as pairs of borders, or of an array as numbers in
   piece.tail; piece.row[] and the flags say which. Returns how many. */
static size_t true_fields(struct converter *c)
{
    struct piece *p = &c->piece;
    const struct row_run *run = &p->run;
    const struct columns *columns = &c->file_schema->columns;
    bool ordered = in_order(columns);
    size_t n = 0;

    for (size_t i = 0; i < run->rows; i++) {
        p->usual[i] = p->code[i] >= 0 && is_sound(c, i, ordered);
        if (!p->usual[i]) continue;
        predict(c, i, p->line, 1);
        if (run->at) {
            size_t column = columns->score[p->code[i]], begin = run_begin(run, i, column);

            p->usual[i] = begin > 0;
            if (!begin) continue;
            p->pair[2 * n] = (uint32_t)begin - 1;
            p->pair[2 * n + 1] = (uint32_t)run_end(c->batch, run, i, column);
        } else {
            p->tail[n] = p->line[p->code[i]];
        }
        p->row[n++] = (uint32_t)i;
    }
    return n;
}

/* Of probabilities, the true class's alone is read, but for the rows whose sum is checked. */
static void take_probs(struct converter *c)
{
    struct piece *p = &c->piece;
    const struct facts *f = c->schema->facts;
    size_t n = true_fields(c);
    struct fields fields = {c->batch->bytes, p->pair, p->pair[0] + (size_t)1, n, 2, 1, false};
    size_t slow = p->run.at && n ? c->kernel->numbers(&fields, p->tail, p->slow) : 0;
    bool ok = false;

    if (n == p->run.rows && !slow && !f->weighted && !facts_are_keyed(f)) { /* the most usual piece */
        size_t clipped;

        for (size_t i = 0; i < n; i++) p->slow[i] = 1; /* p_t itself: as if all were positive */
        for (size_t i = 0; i < n; i++) p->grid[i] = p->tail[i];
        clipped = c->kernel->tails_of_probs(p->tail, p->slow, n, f->clip, &ok);
        if (ok) {
            c->counts.clipped += clipped;
            c->counts.rows += n;
            c->counts.rows_used += n;
            emit_piece(c, n, false, p->part, sides(c, (const uint32_t *)p->code, n));
            return;
        }
        for (size_t i = 0; i < n; i++) p->tail[i] = p->grid[i];
    }
    for (size_t j = 0; j < slow; j++) p->tail[p->slow[j]] = NAN;
    for (size_t j = 0; j < n; j++) {
        double x = p->tail[j];

        p->usual[p->row[j]] = x >= 0 && x <= 1;
        p->grid[p->row[j]] = x >= 0 && x <= 1 ? tail_of_pt(x + 0.0) : 0;
    }
    take_tails(c);
}

void convert_softmax_piece(struct converter *c)
{
    piece_labels(c, 0, c->piece.code);
    if (c->schema->facts->logits)
        take_logits(c);
    else if (c->schema->in->renormalize)
        take_shares(c);
    else
        take_probs(c);
}
