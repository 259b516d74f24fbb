/* rows.h: the rows of a batch: one by one, with their fields or numbers, and runs of usual rows by their
   separators alone

       struct batch_row row = {0};
       for (bool any = batch_first(&batch, &row); any; any = batch_next(&row)) ... row_text(&row, 0, scratch)
   ... batch_row_free(&row); */
#ifndef READ_ROWS_H
#define READ_ROWS_H

#include "base/number.h"
#include "read/reader.h"

/* One row. Zero-initialise; reused. */
struct batch_row {
    const struct batch *batch;
    size_t place, size; /* of text: its first byte in the batch, and its bytes; of an array: its index, 1 */
    uint64_t line, number; /* as in struct batch: its first line, and its number among all rows */
    enum row_kind kind;
    size_t count;    /* fields */
    struct row text; /* the fields of text, and of an array of texts */
};

/* The row at a place of a batch, which is of any kind (also a blank line or a comment). */
void batch_row_at(const struct batch *b, size_t place, uint64_t line, uint64_t number, struct batch_row *row);
/* The rows of a batch that are neither blank nor comments, in order. False: there are no more. */
bool batch_first(const struct batch *b, struct batch_row *row);
bool batch_next(struct batch_row *row);
void batch_row_free(struct batch_row *row);

/* Of an array of numbers: the number in a column. False: the row is text. */
bool row_number(const struct batch_row *row, size_t column, double *out);
/* The text in a column; a number's is written to scratch, as short as reads back to the same. A row with
   fewer fields has an empty one there. */
struct field row_text(const struct batch_row *row, size_t column, char scratch[NUMBER_SIZE]);

/* Rows one behind the other, each of as many fields as there are columns, each in a line of its own, without
   quotes: their separators tell the fields. Of an array: any of its rows. */
struct row_run {
    const uint32_t *at; /* [rows · columns]: where the fields end; NULL: of an array */
    size_t origin;      /* of text: the first byte in the batch; of an array: the first row in it */
    size_t rows, columns;
    bool returns; /* a '\r' at the end of a row is none of it */
    uint64_t line, number;
};

/* Do separators tell the fields of a batch of text? Not with quotes, comments, or spaces in runs. */
bool batch_is_separated(const struct batch *b);
/* All rows of a batch as a run, as far as counts go: nothing is known yet of where the newlines of a text
   stand. rows is 0 where its counts are those of no run. */
struct row_run batch_run(const struct batch *b, size_t columns);
/* Do the newlines of such a run stand at the ends of its rows? */
bool run_is_regular(const struct batch *b, const struct row_run *run);
/* The run that begins at a place of a separated text, which is separator number `separator` on; rows is 0
   where the row there is of another kind. */
struct row_run batch_run_at(const struct batch *b, size_t columns, size_t place, size_t separator,
                            uint64_t line, uint64_t number);

/* Where the field of a column begins and ends in the batch (text only). */
static inline size_t run_begin(const struct row_run *run, size_t row, size_t column)
{
    size_t i = row * run->columns + column;

    return i ? run->at[i - 1] + (size_t)1 : run->origin;
}
static inline size_t run_end(const struct batch *b, const struct row_run *run, size_t row, size_t column)
{
    size_t end = run->at[row * run->columns + column];
    bool last = column + 1 == run->columns;

    return end - (run->returns && last && end > run_begin(run, row, column) && b->bytes[end - 1] == '\r');
}
/* `rows` rows of the run from row `from` on. */
struct row_run run_part(const struct row_run *run, size_t from, size_t rows);

/* The numbers of a column; NaN where a field of text is not of the usual shape (kernel.h says of which).
   Returns the number of these. slow: room for as many as there are rows. */
size_t run_numbers(const struct batch *b, const struct row_run *run, size_t column, double *out,
                   uint32_t *slow);

#endif
