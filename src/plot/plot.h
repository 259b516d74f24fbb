/* plot.h: the figures, as gnuplot scripts and as pictures */
#ifndef PLOT_PLOT_H
#define PLOT_PLOT_H

#include "report/report.h"

struct plot {
    const struct analysis *analysis;
    const struct facts *facts; /* NULL without data */
    struct measure *measure;
    const char *title; /* NULL: none */
};

struct figure {
    const char *name, *general, *what;
    bool data;           /* needs a FILE */
    const double *gamma; /* the paper's, drawn unless others are asked for */
    size_t gammas;
    bool (*draw)(const struct plot *p, struct string *out, struct diag *d);
};
extern const struct figure figure_table[];
extern const size_t figure_count;
const struct figure *figure_find(const char *name);

/* A gnuplot string constant that no byte of text can leave: double quotes, and \ooo for all that is not plain. */
void gnuplot_string(const char *text, struct string *out);

/* Runs gnuplot (or $LOSSCOPE_GNUPLOT) on the script. path: the picture, complete or not there, its terminal told by the ending unless
   `terminal` names one; path NULL: what the terminal writes goes to stdout. */
bool gnuplot_run(const struct string *script, const char *terminal, const char *path, struct diag *d);

#endif
