/* figures.h: the figures: as gnuplot scripts, as numbers, and as pictures */
#ifndef FIGURES_FIGURES_H
#define FIGURES_FIGURES_H

#include "report/report.h"

/* How a command uses it: figure_find(operand); figure_check_option for each option that was given; a FILE is
   read where f->file says so. figure_cuts are those that the pass over the data needs (free at); then facts
   and tally are set, and plot_write writes the script or its picture, plot_table gives its numbers. */

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
    bool stacked;         /* for narrow places: panels below each other, and so the key */
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
    const struct analysis *analysis; /* the whole of it, also what was not asked for */
    const struct facts *facts;       /* NULL without data */
    const struct figure *figure;
    const struct tally *tally; /* NULL without data. Groups are overlaid where the figure can, else
                                  their total is drawn */
    struct plot_asked asked;
    bool gradient;      /* share: of the gradient too */
    const char *result; /* heatmap: a column of the report; NULL: easy_neg */
    struct plot_style style;
    const char *command;  /* the command line that says the same, for the script's head; NULL: none */
    struct string *notes; /* what was left out of the figure is added, a line each; NULL: nobody asks */
};

/* The options that only some figures understand. */
enum figure_option {
    FIGURE_LOSS = 1 << 0,
    FIGURE_GAMMA = 1 << 1,
    FIGURE_BETA = 1 << 2,
    FIGURE_ALPHA = 1 << 3,
    FIGURE_EASY = 1 << 4,
    FIGURE_BY = 1 << 5, /* groups are drawn over each other */
    FIGURE_GRADIENT = 1 << 6,
    FIGURE_RESULT = 1 << 7,
    FIGURE_XLOG = 1 << 8,
    FIGURE_YLOG = 1 << 9,
    FIGURE_KEY = 1 << 10,
    FIGURE_CURVES = FIGURE_LOSS | FIGURE_GAMMA | FIGURE_BETA | FIGURE_ALPHA | FIGURE_KEY
};
enum figure_file { FILE_REFUSED, FILE_TAKEN, FILE_NEEDED };

/* A row is all there is to know of a figure. It is made as points → layout → script: its axes, the points as
   blocks of data, what is drawn of them. */
struct drawing;
struct figure {
    const char *name, *general, *number, *what; /* number: the paper's, "Figure 1"; NULL: none */
    const char *head;                       /* what the script's first lines say of it and of its blocks */
    enum figure_file file;                  /* taken: it then shows where the examples lie, too */
    unsigned options;                       /* enum figure_option */
    unsigned single;                        /* those of which it draws one value only */
    const char *caption;                    /* of a page with all figures; NULL: not on it */
    bool (*on_page)(const struct facts *f); /* whether it says anything of such data; NULL: it does */
    bool by_file;                           /* it has a point for each file, or each group of --by */
    enum apart apart;                       /* which classes it needs apart */
    const double *gamma;                    /* drawn unless others are asked for */
    size_t gamma_count;
    const struct paper_figure *formulas; /* its curves are drawn from formulas; NULL: from blocks of points */
    int panel_column;                    /* what stands in panels of their own; 0: nothing */
    size_t most_panels;                  /* if there are no more panels than these */
    int block_column[8];                 /* of the points, in the blocks; 0 ends */
    double width, height;                /* inches */
    void (*cuts)(const struct figure *f, struct cuts *c); /* adds those that the figure needs; NULL: none */
    bool (*points)(const struct plot *p, struct table *t, struct diag *d);
    void (*layout)(struct drawing *g); /* ranges, panels, size; NULL: one panel of its own ranges */
    void (*axes)(const struct drawing *g, struct string *out);
    void (*draw)(const struct drawing *g, struct string *out);
};
extern const struct figure figure_table[];
extern const size_t figure_count;
const struct figure *figure_find(const char *name);

/* Whether the figure understands the option of that name. */
bool figure_check_option(const struct figure *f, const char *option, struct diag *d);
struct cuts figure_cuts(const struct figure *f, const struct plot *p);
/* Tidy, one row a point. Its texts belong to the analysis and the facts. */
bool plot_table(const struct plot *p, struct table *t, struct diag *d);
/* The script, where there is neither -t nor a path, or one that ends in .gp; else the picture that gnuplot
   ($LOSSCOPE_GNUPLOT, or gnuplot on PATH) makes of it, complete or not there. path NULL: standard output. */
bool plot_write(const struct plot *p, const char *path, struct diag *d);

/* Whether a file's name ends as that of a picture does. */
bool plot_is_picture(const char *path);

/* The gnuplot that is run: $LOSSCOPE_GNUPLOT, or "gnuplot", to be found on PATH. */
const char *plot_program(void);

/* The figure as an SVG, by gnuplot. */
bool plot_svg(const struct plot *p, struct string *svg, struct diag *d);

/* A gnuplot string constant that no byte of text can leave: double quotes, and \ooo for all that is not
   plain. */
void gnuplot_string(const char *text, struct string *out);
/* The same, of the text as TeX has to be told it. */
void gnuplot_tex_string(const char *text, struct string *out);

#endif
