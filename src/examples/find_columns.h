/* find_columns.h: the roles of a file's columns: as told, by names, by places */
#ifndef EXAMPLES_FIND_COLUMNS_H
#define EXAMPLES_FIND_COLUMNS_H

#include "examples/columns.h"

/* Roles by the options and by names and places, where the header is known: c->count, usable, name, header,
   counting and first are filled in. classes: for TABLE_LABELS, how many there are. data: the rows below the
   header; facts: [c->count] of them. False with d filled; `file` names the file in it. */
bool columns_find(const struct input *in, enum table_kind kind, size_t classes, const struct first_rows *data,
                  const struct column_facts *facts, const char *file, struct columns *c, struct diag *d);

#endif
