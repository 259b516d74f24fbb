/* pass.h: the pass with its tunable parts, for tests */
#ifndef INPUT_PASS_H
#define INPUT_PASS_H

#include "input/input.h"

/* input_read with blocks of that many bytes. */
bool pass_read(const struct input *in, size_t block, struct sink sink, struct facts *facts, struct diag *d);

#endif
