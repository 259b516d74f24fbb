/* join.h: labels from a file of their own, row by row or by a key */
#ifndef INPUT_JOIN_H
#define INPUT_JOIN_H

#include "input/labels.h"

struct answers;

/* Reads in->labels_file: a .npy array, or a text file with one label a line; with in->key a CSV with that column and a label's. `labels` say what
   they mean; per_row is how many a row has. NULL with d filled on failure. */
struct answers *answers_open(const struct input *in, const struct labels *labels, size_t per_row, struct diag *d);
void answers_free(struct answers *a);

/* As labels_of_text; LABEL_BAD also where there is no such row or key. */
int32_t answers_of_row(const struct answers *a, uint64_t row, size_t k);
int32_t answers_of_key(const struct answers *a, const char *key, size_t size, size_t k);
/* Why it is LABEL_BAD. */
const char *answers_explain(const struct answers *a, bool by_key, char out[LABELS_SHOWN]);

/* There must be as many as rows were read (by row; by key any number will do). */
bool answers_all_used(const struct answers *a, uint64_t rows, struct diag *d);

#endif
