/* moved.h: the examples whose loss differs most between the first model and each other one */
#ifndef COMPARE_MOVED_H
#define COMPARE_MOVED_H

#include "compare/match.h"
#include "report/table.h"
#include "rows/rows.h"

struct moved;

/* At most `most` examples of each model and direction, by this loss. */
struct moved *moved_open(const struct model *model, size_t models, const struct row_loss *loss, uint64_t most,
                         unsigned workers);
/* By one of the workers: n of the matched examples, from number `from` on; value[k stride + i]: the loss
   of example i of these under model k, without α. */
void moved_take(struct moved *all, unsigned worker, const struct matched *m, size_t from, size_t n,
                const int *side, const double *value, size_t stride);
/* When all is taken: a row for each, of each model those that became better (of the lower loss), the largest
   difference first, then those that became worse. Models have their letters, or their names. The table points
   to what is moved's. */
void moved_table(struct moved *all, bool letters, struct table *out);
void moved_free(struct moved *m);

#endif
