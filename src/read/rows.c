/* rows.c: the rows of a batch: one by one, and runs of usual rows */
#include "read/rows.h"

#include "kernel/kernel.h"

#include <math.h>
#include <string.h>

/* The place of an element in an array's batch. */
static const char *element(const struct batch *b, size_t row, size_t column)
{
    const struct npy *n = b->file->array;
    size_t place = n->fortran ? column * (size_t)b->rows + row : row * (size_t)n->columns + column;

    return b->bytes + place * n->width;
}

/* Texts of an array to fields. */
static void array_texts(struct batch_row *row)
{
    const struct npy *n = row->batch->file->array;
    struct row *t = &row->text;
    size_t from = 0;

    t->scratch.size = 0;
    t->field = mem_grow(t->field, &t->room, row->count, sizeof *t->field);
    for (size_t k = 0; k < row->count; k++) {
        npy_text(n, element(row->batch, row->place, k), &t->scratch);
        t->field[k] = (struct field){.size = t->scratch.size - from};
        from = t->scratch.size;
    }
    from = 0;
    for (size_t k = 0; k < row->count; from += t->field[k++].size)
        t->field[k].text = from < t->scratch.size ? t->scratch.text + from : "";
    t->count = row->count;
}

void batch_row_at(const struct batch *b, size_t place, uint64_t line, uint64_t number, struct batch_row *row)
{
    const struct npy *n = b->file->array;

    row->batch = b;
    row->place = place;
    row->line = line;
    row->number = number;
    if (n) {
        row->size = 1;
        row->kind = ROW_FIELDS;
        row->count = (size_t)n->columns;
        if (npy_is_text(n)) array_texts(row);
    } else {
        row->kind = csv_row(b->file->dialect, b->bytes + place, b->size - place, &row->text, &row->size);
        row->count = row->text.count;
    }
}

static bool at_fields(struct batch_row *row, size_t place, uint64_t line, uint64_t number)
{
    const struct batch *b = row->batch;
    size_t end = b->file->array ? (size_t)b->rows : b->size;

    for (; place < end; place += row->size) {
        batch_row_at(b, place, line, number, row);
        if (row->kind != ROW_BLANK && row->kind != ROW_COMMENT) return true;
        line++;
    }
    return false;
}

bool batch_first(const struct batch *b, struct batch_row *row)
{
    row->batch = b;
    return at_fields(row, 0, b->line, b->row);
}

bool batch_next(struct batch_row *row)
{
    const struct batch *b = row->batch;
    uint64_t lines = b->file->array ? 1 : csv_lines(b->bytes + row->place, row->size);

    return at_fields(row, row->place + row->size, row->line + lines, row->number + 1);
}

void batch_row_free(struct batch_row *row)
{
    row_free(&row->text);
}

bool row_number(const struct batch_row *row, size_t column, double *out)
{
    const struct npy *n = row->batch->file->array;

    if (!n || npy_is_text(n)) return false;
    npy_convert(n, element(row->batch, row->place, column), 1, 1, out);
    return true;
}

struct field row_text(const struct batch_row *row, size_t column, char scratch[NUMBER_SIZE])
{
    double x;

    if (column >= row->count) return (struct field){.text = ""};
    if (!row_number(row, column, &x)) return row->text.field[column];
    return (struct field){.text = scratch, .size = number_format(x, scratch)};
}

/* Spaces part in runs: with two in a row, or one at an end of a line, separators do not tell the fields. */
static bool has_runs(const char *text, const uint32_t *at, size_t count)
{
    bool runs = count && at[0] == 0;

    for (size_t i = 1; i < count; i++)
        runs |= at[i] == at[i - 1] + 1 && (text[at[i]] == ' ' || text[at[i - 1]] == ' ');
    return runs;
}

bool batch_is_separated(const struct batch *b)
{
    const struct dialect *d = &b->file->dialect;

    return !b->quotes && b->size < UINT32_MAX - KERNEL_PAD &&
           !(d->comment && memchr(b->bytes, d->comment, b->size)) &&
           !(d->delimiter == ' ' && has_runs(b->bytes, b->at, b->separators));
}

struct row_run batch_run(const struct batch *b, size_t columns)
{
    struct row_run run = {.columns = columns, .returns = b->returns, .line = b->line, .number = b->row};

    if (b->file->array) {
        run.rows = (size_t)b->rows;
    } else if (b->separators && b->lines * columns == b->separators) {
        run.at = b->at;
        run.rows = b->lines;
    }
    return run;
}

bool run_is_regular(const struct batch *b, const struct row_run *run)
{
    return !run->at || kernel_best()->regular(b->bytes, run->at, run->rows, run->columns);
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

struct row_run batch_run_at(const struct batch *b, size_t columns, size_t place, size_t separator,
                            uint64_t line, uint64_t number)
{
    struct row_run run = {.at = b->at + separator,
                          .origin = place,
                          .columns = columns,
                          .returns = b->returns,
                          .line = line,
                          .number = number};

    run.rows = leading(b->bytes, run.at, b->separators - separator, columns);
    return run;
}

struct row_run run_part(const struct row_run *run, size_t from, size_t rows)
{
    struct row_run part = *run;

    part.rows = rows;
    part.line += from;
    part.number += from;
    if (!run->at) {
        part.origin += from;
    } else if (from) {
        part.at += from * run->columns;
        part.origin = part.at[-1] + (size_t)1;
    }
    return part;
}

size_t run_numbers(const struct batch *b, const struct row_run *run, size_t column, double *out,
                   uint32_t *slow)
{
    const struct npy *n = b->file->array;
    struct fields f = {b->bytes,
                       run->at,
                       run->origin,
                       run->rows,
                       run->columns,
                       column,
                       run->returns && column + 1 == run->columns};
    size_t count;

    if (n) {
        npy_convert(n, element(b, run->origin, column), run->rows, n->fortran ? 1 : (size_t)n->columns, out);
        return 0;
    }
    count = kernel_best()->numbers(&f, out, slow);
    for (size_t i = 0; i < count; i++) out[slow[i]] = NAN;
    return count;
}
