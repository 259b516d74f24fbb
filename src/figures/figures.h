/* figures.h: the figures: as gnuplot scripts, as numbers, and as pictures */
#ifndef FIGURES_FIGURES_H
#define FIGURES_FIGURES_H

#include "report/report.h"

/* How a command uses it: figure_find(operand); a FILE is needed where f->data, taken where f->strip (it then
   shows where the examples lie). figure_cuts are those that the pass over the data needs (free at); then
   facts and tally are set, and plot_script makes the script, plot_render its picture, plot_table its numbers.
 */

enum plot_theme { THEME_PAPER, THEME_TALK, THEME_DARK, THEME_PRINT };
enum plot_unit { UNIT_NONE, UNIT_INCH, UNIT_CM, UNIT_PIXELS }; /* pixels: of dumb, characters */

/* All zero is the default. */
struct plot_style {
    const char *title; /* NULL: none */
    const char *font;  /* "FAMILY", "FAMILY,SIZE" or ",SIZE"; NULL: the terminal's */
    double width, height;
    enum plot_unit unit;
    const char *key; /* a place, as "top left", "below"; "off"; NULL: the figure's own */
    enum plot_theme theme;
    bool xlog, ylog;
    const char *terminal; /* a terminal of gnuplot with its options; NULL: by the ending */
    bool colour;          /* colours in a text picture */
    bool stacked;         /* panels below each other, for narrow screens */
};
/* The arguments of --size ("8cm,6cm", "3.5in,2.6in", "1600x1200", "80x24"), --style, --key and --font. */
bool plot_size_parse(const char *text, struct plot_style *style, struct diag *d);
bool plot_theme_parse(const char *text, struct plot_style *style, struct diag *d);
bool plot_key_parse(const char *text, struct plot_style *style, struct diag *d);
bool plot_font_parse(const char *text, struct plot_style *style, struct diag *d);

/* Which lists of the analysis the user gave; for the others the figure has its own. */
struct plot_asked {
    bool loss, gamma, beta, alpha, easy;
};

struct figure;
struct plot {
    const struct analysis *analysis;
    const struct facts *facts; /* NULL without data */
    const struct figure *figure;
    const struct tally *tally; /* NULL without data. Groups are overlaid where the figure can, else
                                  their total is drawn */
    struct plot_asked asked;
    bool gradient;      /* share: of the gradient too */
    const char *result; /* heatmap: a column of the report; NULL: easy_neg */
    struct plot_style style;
};

struct figure {
    const char *name, *general, *number, *what; /* number: the paper's, "Figure 1"; NULL: none */
    bool data;                                  /* needs a FILE */
    bool strip;                                 /* takes one */
    enum apart apart;                           /* which classes it needs apart */
    const double *gamma;                        /* drawn unless others are asked for */
    size_t gammas;
    double width, height;                 /* inches */
    size_t (*rows)(const struct plot *p); /* of panels, where the data decide; NULL: one */
    void (*cuts)(struct cuts *c);         /* adds those that the figure needs; NULL: none */
    bool (*draw)(const struct plot *p, struct string *out, struct diag *d);
    bool (*numbers)(const struct plot *p, struct table *t, struct diag *d);
};
extern const struct figure figure_table[];
extern const size_t figure_count;
const struct figure *figure_find(const char *name);

struct cuts figure_cuts(const struct figure *f, const struct plot *p);
bool plot_script(const struct plot *p, struct string *out, struct diag *d);
/* Tidy, one row a point. Its texts belong to the analysis and the facts. */
bool plot_table(const struct plot *p, struct table *t, struct diag *d);
/* Neither -t nor a path, or a path that ends in .gp. */
bool plot_wants_script(const struct plot_style *style, const char *path);
/* The gnuplot that is run: $LOSSCOPE_GNUPLOT, or "gnuplot", to be found on PATH. */
const char *plot_program(void);
/* Runs gnuplot on the script; the picture is complete or not there.
 */
bool plot_render(const struct string *script, const struct plot *p, const char *path, struct diag *d);

/* The figure as an SVG, by gnuplot. */
bool plot_svg(const struct plot *p, struct string *svg, struct diag *d);

/* A gnuplot string constant that no byte of text can leave: double quotes, and \ooo for all that is not
 * plain. */
void gnuplot_string(const char *text, struct string *out);
/* The same, of the text as TeX has to be told it. */
void gnuplot_tex_string(const char *text, struct string *out);

#endif
