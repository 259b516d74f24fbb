/* column_names.h: finding columns by the names that people give them */
#ifndef EXAMPLES_COLUMN_NAMES_H
#define EXAMPLES_COLUMN_NAMES_H

#include "examples/columns.h"

/* Of columns that have no role yet. False with d filled where there are several readings, or none for scores
   and labels. */
bool find_scores(struct column_search *s, struct diag *d);
bool find_label(struct column_search *s, struct diag *d);
bool find_weight(struct column_search *s, struct diag *d);

/* Whether a field of a first row says by itself that the row is a header: it is the usual name of a column,
   and no usual label. */
bool column_name_known(const char *text, size_t size);
/* Is it a usual name of a column of labels, also where it may be a label (y, true)? */
bool column_name_is_label(const char *text, size_t size);

/* Is a column's name, or its beginning, a known one ("true label")? Case does not count, nor what stands
   between the words. begins: the length of that part of the name, 0: none. names: ends in NULL. */
size_t column_name_begins(const char *known, const char *name);
bool column_name_is(const char *known, const char *name);
bool column_name_is_one_of(const char *const *names, const char *name);

/* The classes that the score columns stand for: their names without the family's prefix (p_, prob_, logit_,
   ...), or any other that ends in one of _ . : = where all have it, else the names as they are; without a
   header "0", "1", ... [scores] texts, each to be freed, and the list too. */
char **columns_classes(const struct columns *c);

#endif
