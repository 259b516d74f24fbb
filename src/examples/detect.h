/* detect.h: what a file's first rows say about it: dialect, header, columns and their roles */
#ifndef EXAMPLES_DETECT_H
#define EXAMPLES_DETECT_H

#include "examples/columns.h"
#include "examples/labels.h"
#include "read/reader.h"

enum { LABELS_LISTED = 200 };

/* What the columns of one file mean. */
struct file_schema {
    const char *file; /* for messages */
    bool array;       /* it holds no text */
    bool empty;       /* it holds nothing: a part without rows, and nothing below is known */
    struct dialect dialect;
    struct columns columns;     /* scores in the order of the classes */
    struct string preview;      /* for --dry-run: preview_rows */
    char labels[LABELS_LISTED]; /* the first few, for messages */
    bool number_labels;         /* the first row's label is a number: it is worth trying whether all are */
};

/* Fills in *schema, and of the sample the dialect and where its rows begin. first: the first file's, where
   this is a further one, which may have its columns without a header; NULL: this is the first. False with d
   filled. To be freed by file_schema_free (as the reader's `forget`), which frees the schema itself, too. */
bool detect_file(const struct input *in, struct sample *sample, const struct file_schema *first,
                 struct file_schema *schema, struct diag *d);
void file_schema_free(void *schema);

/* The first different labels of a column, at most six: "a, b, c". */
void detect_list_labels(const struct row *row, size_t rows, size_t column, char out[LABELS_LISTED]);

/* The same of any table: the dialect (delimiter: 0 finds it), the header, the columns. classes, labels: for
   TABLE_LABELS. False with d filled; columns_free(c) in both cases. */
bool detect_table(const struct input *in, enum table_kind kind, struct sample *sample, char delimiter,
                  size_t classes, const struct labels *labels, const struct columns *first, struct columns *c,
                  struct diag *d);

#endif
