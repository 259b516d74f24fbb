/* column_names.h: finding columns by the names that people give them */
#ifndef EXAMPLES_COLUMN_NAMES_H
#define EXAMPLES_COLUMN_NAMES_H

#include "examples/columns.h"

/* Of columns that have no role yet. False with d filled where there are several readings, or none for scores
 * and labels. */
bool roles_find_scores(struct columns *c, const char *file, struct diag *d);
bool roles_find_label(struct columns *c, const char *file, struct diag *d);
bool roles_find_weight(struct columns *c, const char *file, struct diag *d);

/* Whether a field of a first row says by itself that the row is a header: it is the usual name of a column,
 * and no usual label. */
bool roles_known(const char *text, size_t size);

/* "the columns are ..." for messages. */
enum { ROLES_SHOWN = 512 };
const char *roles_there_are(const struct columns *c, char out[ROLES_SHOWN]);

#endif
