/* label_file.h: labels from a file of their own, row by row or by a key */
#ifndef EXAMPLES_LABEL_FILE_H
#define EXAMPLES_LABEL_FILE_H

#include "examples/labels.h"
#include "examples/notes.h"

struct label_file;

/* Reads in->labels_file: a .npy array, or a text file with one label a line; with in->key a CSV with that
   column and a label's. `labels` say what they mean; per_row is how many a row has. scores: the columns of
   the predictions. With --task softmax and one label a row, a file of `classes` columns is one-hot. NULL with
   d filled on failure. */
struct label_file *label_file_open(const struct input *in, const struct labels *labels, size_t per_row,
                                   size_t classes, const struct columns *scores, struct diag *d);
void label_file_free(struct label_file *a);

/* As labels_of_text; LABEL_BAD also where there is no such key. Beyond the last row: ignored, as
   label_file_check_used will fail. */
int32_t label_file_of_row(const struct label_file *a, uint64_t row, size_t k);
int32_t label_file_of_key(const struct label_file *a, const char *key, size_t size, size_t k);
/* Why it is LABEL_BAD; key NULL: by row. */
const char *label_file_explain(const struct label_file *a, const char *key, size_t size,
                               char out[LABELS_SHOWN]);

/* Whether it is an array, and no text. */
bool label_file_is_array(const struct label_file *a);

/* Which labels that options name are in the file; the first few labels of it, for messages. */
const struct label_watch *label_file_watch(const struct label_file *a);
const char *label_file_shown(const struct label_file *a);

/* There must be as many as rows were read; by key any number will do, and what was not used is said on
   standard error. */
bool label_file_check_used(const struct label_file *a, uint64_t rows, struct diag *d);

#endif
