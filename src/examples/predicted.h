/* predicted.h: predicted classes and the confidence in them, which are no truth and no probability of a
   positive */
#ifndef EXAMPLES_PREDICTED_H
#define EXAMPLES_PREDICTED_H

#include "examples/columns.h"

/* False with d filled where the score seems to be the confidence in a predicted class that another column
   holds, and nobody has said what it is. */
bool check_predicted(const struct column_search *s, struct diag *d);

#endif
