/* workers.h: several threads' examples become a tally */
#ifndef TALLY_WORKERS_H
#define TALLY_WORKERS_H

#include "examples/examples.h"
#include "tally/tally.h"

/* What the workers of one pass hold, each its own. */
struct accumulator;

/* NULL with d filled where the cuts are too many. */
struct accumulator *accumulator_open(const struct cuts *cuts, struct diag *d);
struct sink accumulator_sink(struct accumulator *a);
/* All the workers' sums together. out->facts are those of the pass (and stay); its cells and cuts are made.
   False with d filled: a sum or a key is too large. */
bool accumulator_finish(struct accumulator *a, struct tally *out, struct diag *d);
void accumulator_close(struct accumulator *a);

#endif
