/* values.h: the values of options: numbers, lists and ranges of numbers, choices */
#ifndef COMMAND_VALUES_H
#define COMMAND_VALUES_H

#include "base/error.h"

#include <stdint.h>

/* The whole of text[0..size) as a finite number from least to most, ends included. `option` is the long
   name, for the message. False: d filled, STATUS_USAGE (so all below). */
bool values_number(const char *text, size_t size, const char *option, double least, double most, double *out,
                   struct diag *d);

/* "0,0.5,1:3:0.5": numbers and ranges FROM:TO:STEP, the ends of a range belong to it. Replaces *list (free
   it), *count of them. A range is stepped in decimal: 0:1:0.1 holds 0.3, not 0.30000000000000004. */
bool values_numbers(const char *text, const char *option, double least, double most, double **list,
                    size_t *count, struct diag *d);

/* A whole number from least to most. */
bool values_whole(const char *text, const char *option, uint64_t least, uint64_t most, uint64_t *out,
                  struct diag *d);

/* The place of text in `choice`, ended by NULL. */
bool values_choice(const char *text, const char *option, const char *const *choice, int *out, struct diag *d);

#endif
