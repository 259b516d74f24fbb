/* row_sums.h: what one row adds to the exact sums of its cell */
#ifndef TALLY_ROW_SUMS_H
#define TALLY_ROW_SUMS_H

#include "tally/moment_table.h"

/* w = 2^(16 level) · u with 1 ≤ u < 2^16: the level; *u may be NULL. */
int weight_level(double weight, double *u);

/* Adds a row without weights. */
void row_add(double tail, struct moments *to);
/* Adds a row of that weight > 0, whose level is the cell's. */
void weighted_row_add(double tail, double weight, struct moments *to, struct square_moments *square);

#endif
