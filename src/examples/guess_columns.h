/* guess_columns.h: what columns that nobody named may be, judging by their values; for messages only */
#ifndef EXAMPLES_GUESS_COLUMNS_H
#define EXAMPLES_GUESS_COLUMNS_H

#include "examples/columns.h"

/* "--prob churn --label churned", or one of the two, or "": of columns without a role the only one that can
   hold labels, and the only one whose numbers can be probabilities, or all of these where those of each row
   add to 1; where there is no such one, "--logit" for the only column of other numbers. */
void columns_guess(const struct column_search *s, bool scores, bool labels, struct string *out);

#endif
