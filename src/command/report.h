/* report.h: what the report and the merge command share: a tally kept as a state, and reported */
#ifndef COMMAND_REPORT_H
#define COMMAND_REPORT_H

#include "command/command.h"

struct state_options {
    const char *path; /* NULL: no state is kept */
    bool only;        /* and no report is made */
    bool append;      /* to what the state at that path holds, under its lock */
    bool repeated;    /* then also the same data */
};
extern const struct option_row options_state[]; /* --state, --state-only */

struct report_options {
    struct data_options data;
    struct output_options output;
    struct assertions assertions;
    struct state_options state;
};
/* Refuses what would be ignored. */
bool report_options_check(const struct report_options *o, struct diag *d);

/* Writes the state where it is asked for, then the report. `cuts`: those of the analysis, where the tally has
   more; NULL: the tally's own. `command`: the command line that gives all results. *status becomes that of an
   assertion that does not hold. */
bool report_tally(const struct report_options *o, struct tally *tally, const struct cuts *cuts,
                  const char *command, int *status, struct diag *d);

#endif
