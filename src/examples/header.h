/* header.h: whether the first row of a file is a header */
#ifndef EXAMPLES_HEADER_H
#define EXAMPLES_HEADER_H

#include "examples/columns.h"
#include "examples/labels.h"

enum header { HEADER_NO, HEADER_YES, HEADER_EITHER };

/* A table's first rows: row[0] may be a header. facts: [columns] of the rows below it. */
struct table_head {
    enum table_kind kind;
    const struct row *row; /* [rows], rows ≥ 1 */
    size_t rows;
    size_t columns; /* the leading fields that count as columns */
    const struct column_facts *facts;
    const struct labels *labels; /* TABLE_LABELS: what labels mean */
};

/* By the options, and by comparing the first row with those below it: a field that would be used as a number
   and is none speaks for a header; fields that count 0, 1, 2, ... do where the rows below do not. */
enum header header_judge(const struct input *in, const struct table_head *t);

/* Do the fields count 0, 1, 2, ..., an empty one before them left aside? */
bool header_counts(const struct row *r, size_t columns);

#endif
