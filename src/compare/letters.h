/* letters.h: what models are called for reading */
#ifndef COMPARE_LETTERS_H
#define COMPARE_LETTERS_H

#include "base/memory.h"

/* A, B, C, ... in the order of the models; behind Z, numbers. */
void add_letter(size_t model, struct string *out);

#endif
