/* column_names.h: finding columns by the names that people give them */
#ifndef EXAMPLES_COLUMN_NAMES_H
#define EXAMPLES_COLUMN_NAMES_H

#include "examples/columns.h"

/* A file whose columns are being found. */
struct search {
    const struct input *in;
    enum table_kind kind;
    size_t classes;                   /* TABLE_LABELS: how many there are */
    const struct first_rows *data;    /* below the header */
    const struct column_facts *facts; /* [c->count] */
    const char *file;                 /* for messages */
    struct columns *c;
    bool *used; /* [c->count]: the column has a role that leaves no room for another */
};

/* Of columns that have no role yet. False with d filled where there are several readings, or none for scores
 * and labels. */
bool find_scores(struct search *s, struct diag *d);
bool find_label(struct search *s, struct diag *d);
bool find_weight(struct search *s, struct diag *d);

/* False with d filled where the score seems to be the confidence in a predicted class that another column
   holds, and nobody has said what it is. */
bool check_predicted(const struct search *s, struct diag *d);

/* Whether a field of a first row says by itself that the row is a header: it is the usual name of a column,
 * and no usual label. */
bool column_name_known(const char *text, size_t size);

/* "the columns are ..." for messages. */
enum { ROLES_SHOWN = 512 };
const char *column_names_listed(const struct columns *c, char out[ROLES_SHOWN]);

#endif
