/* kept.h: columns of the input that are copied as they stand, in front of those of our own */
#ifndef ROWS_KEPT_H
#define ROWS_KEPT_H

#include "examples/columns.h"
#include "read/rows.h"
#include "report/table.h"

/* The name of kept column k of these: its own, or its number; free it. */
char *kept_name(const struct columns *c, size_t k);
/* The name of a column of ours: where a kept one has it already, it says whose it is; free it. */
char *kept_other_name(const struct column *kept, size_t count, const char *name);

/* The text of a column of a row, added to `texts` with a NUL behind it. The cell is its place there
   (as.count) until kept_settle makes a text of it. */
struct value kept_cell(const struct batch_row *row, size_t column, struct string *texts);
/* cell: [rows][columns], of which the first `kept` hold places. */
void kept_settle(struct value *cell, size_t rows, size_t columns, size_t kept, const char *texts);

#endif
