/* preview.h: how a file is understood, for --dry-run: its first rows, its labels, and the options that say
   so */
#ifndef EXAMPLES_PREVIEW_H
#define EXAMPLES_PREVIEW_H

#include "examples/columns.h"

/* Appends three rows as they are understood and how often each label stands in the first rows, a line
   each. */
void preview_rows(const struct columns *c, const struct first_rows *rows, struct string *out);

/* Appends the command that says explicitly what was found: "losscope --prob score --label y --header
   FILE". */
void preview_command(const struct input *in, const struct columns *c, const struct facts *f,
                     struct string *out);

#endif
