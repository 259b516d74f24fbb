/* first_line.h: what a first line that cannot be used may be */
#ifndef EXAMPLES_FIRST_LINE_H
#define EXAMPLES_FIRST_LINE_H

#include "examples/input.h"
#include "read/reader.h"

/* Where columns were not found (d says so) and the file's first line may be the cause (a comment, a title
   above the header, fields between other quotes), says that instead, with the option that helps. Always
   false. */
bool first_line_explain(const struct input *in, const struct sample *s, struct diag *d);

#endif
