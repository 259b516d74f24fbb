/* metrics.h: the measures of the whole, of groups and of classes, as a table */
#ifndef REPORT_METRICS_H
#define REPORT_METRICS_H

#include "report/report.h"

enum { M_GROUP, M_CLASS, M_LEVEL, M_METRIC, M_VALUE, M_BOUND, M_COLUMNS };

/* One row a measure, with its value and, where it has one, its bound: of each group, then of the whole, each
   followed by its classes where these were asked for. The tally has the cuts of analysis_cuts and no others.
   False with d filled: there are no classes. */
bool metrics_build(const struct analysis *a, const struct tally *tally, struct table *out, struct diag *d);

#endif
