/* read_all.h: the pass with its tunable parts, for tests */
#ifndef EXAMPLES_READ_ALL_H
#define EXAMPLES_READ_ALL_H

#include "examples/input.h"

/* input_read with blocks of that many bytes. */
bool pass_read(const struct input *in, size_t block, struct sink sink, struct facts *facts, struct diag *d);

#endif
