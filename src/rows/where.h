/* where.h: conditions on rows: comparisons joined by and, or, not and parentheses

       p_t < 0.1 and (label == 0 or not group == 'a')

   A comparison has < <= > >= == != between fields, numbers and texts in quotes. A text compared with a number
   is taken as a number where it is one, else they differ. A field's name that is no plain word stands in
   `backquotes`. */
#ifndef ROWS_WHERE_H
#define ROWS_WHERE_H

#include "base/error.h"

/* What a field holds in a row; text NULL: a number. */
struct where_value {
    double number;
    const char *text;
    size_t size;
};

struct where;

/* names: [count] fields that there are. NULL with d filled (STATUS_USAGE): the place is marked by a caret. */
struct where *where_parse(const char *text, const char *const *names, size_t count, struct diag *d);
/* Whether the row meets it; value[count]: what its fields hold. */
bool where_holds(const struct where *w, const struct where_value *value);
/* Whether it looks at that field. */
bool where_uses(const struct where *w, size_t field);
/* Whether it compares that field, which holds numbers, with a text that is none: *text (NUL-terminated). */
bool where_confuses(const struct where *w, size_t field, const char **text);
void where_free(struct where *w);

#endif
