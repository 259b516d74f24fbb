/* gnuplot_run.h: what gnuplot draws of a script, between the files that make pictures of it */
#ifndef FIGURES_GNUPLOT_RUN_H
#define FIGURES_GNUPLOT_RUN_H

#include "figures/figure.h"

#include <signal.h>

/* Runs the script; *picture gets what it writes to standard output, whole or not. A signal that ends the
   program meanwhile waits, and gnuplot is killed: false, d filled. */
bool gnuplot_send(const struct string *script, struct string *picture, struct diag *d);
/* Whether a picture of a terminal (or an ending) ends as such pictures do; one of a terminal that we do not
   know has to be there. */
bool gnuplot_check_whole(const char *terminal, const struct string *picture, struct diag *d);
/* Blocks the signals that end the program; returns the mask before, for sigprocmask. */
sigset_t gnuplot_hold_endings(void);

/* Draws for TeX, which needs two files: path and the graphic that it includes, both or none. head: the lines
   that set the terminal. */
bool gnuplot_tex(const struct string *head, const struct string *script, const char *path, struct diag *d);

#endif
