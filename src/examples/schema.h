/* schema.h: from the columns of the first file to what every row is asked */
#ifndef EXAMPLES_SCHEMA_H
#define EXAMPLES_SCHEMA_H

#include "examples/convert.h"

/* Fills facts and plan (zeroed, but for plan->in and plan->facts) from the first file. False with d filled.
 * plan_close frees what is the plan's in any case. */
bool plan_open(struct plan *p, struct facts *facts, const struct file_schema *first, struct diag *d);
void plan_close(struct plan *p);

/* Makes a further file's columns fit: its scores (and labels) in the order of the classes. False with d
 * filled where they cannot. */
bool plan_fit(const struct plan *p, const struct file_schema *first, struct file_schema *l, struct diag *d);

#endif
