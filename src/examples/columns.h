/* columns.h: which column is what: header, roles, classes */
#ifndef EXAMPLES_COLUMNS_H
#define EXAMPLES_COLUMNS_H

#include "read/csv.h"
#include "examples/input.h"

/* Indexes from 0 into the fields of a row. */
struct columns {
    size_t count; /* fields of a row */
    char **name;  /* [count]: from the header; NULL without one */
    bool header;
    size_t *score; /* [scores] */
    size_t scores;
    size_t *label; /* [labels] */
    size_t labels;
    ptrdiff_t weight, by, key; /* −1: none */
    bool logits;
    bool found_score, found_label, found_weight;
};

/* From the first row of a file. labels_elsewhere: the labels come from a file of their own, no label column
   is wanted. False with d filled; `file` names the file in it. Free c in both cases. */
bool columns_find(const struct input *in, const struct row *first, const char *file, bool labels_elsewhere,
                  struct columns *c, struct diag *d);
void columns_free(struct columns *c);

/* The name of column i as messages and options take it: the header's, or its number. out has room for
 * DIAG_SHOWN. */
const char *columns_shown(const struct columns *c, size_t i, char *out);

/* "a,b,c" of these columns, or their numbers; ranges of numbers and of many columns are cut down to
 * "first-last". */
void columns_list(const struct columns *c, const size_t *index, size_t count, struct string *out);

/* The classes that the score columns stand for: their names without the family's prefix (p_, prob_, logit_,
   ...), or any other that ends in an underscore, where all have it, else the names as they are; without a
   header "0", "1", ... [scores] texts, each to be freed, and the list too. */
char **columns_classes(const struct columns *c);

#endif
