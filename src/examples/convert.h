/* convert.h: batches of rows to examples, for one worker */
#ifndef EXAMPLES_CONVERT_H
#define EXAMPLES_CONVERT_H

#include "examples/bad_rows.h"
#include "examples/groups.h"
#include "examples/notes.h"
#include "examples/schema.h"

struct converter;

/* All but the sink are borrowed; bad_rows and groups are shared by the workers. */
struct converter *converter_open(const struct schema *schema, struct sink sink, unsigned worker,
                                 struct bad_rows *bad_rows, struct groups *groups);

/* Hands all examples of a batch to the sink, and then the batch itself (sink.done). */
void convert_batch(struct converter *c, const struct batch *batch);

/* Adds its counts to these and to the groups', what it saw to the watches, and frees it. */
void converter_close(struct converter *c, struct counts *counts, struct label_watch *labels);

#endif
