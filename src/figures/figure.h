/* figure.h: what the families of figures share: points, curves, the layout, and the parts of a script */
#ifndef FIGURES_FIGURE_H
#define FIGURES_FIGURE_H

#include "figures/figures.h"

#include <math.h>

/* ---- points ---- */

/* One point, bar or cell of a figure. NaN and NULL are empty. */
struct figure_point {
    const char *group, *panel, *curve;
    struct setting setting; /* without a loss: none */
    const char *label;
    double x, x_end, y, z, low, high; /* low, high: an interval of y */
};
#define NO_POINT ((struct figure_point){NULL, NULL, NULL, {0}, NULL, NAN, NAN, NAN, NAN, NAN, NAN})
/* The columns of every figure's table. Rows that agree in those before POINT_LABEL belong to one curve. */
enum {
    POINT_FIGURE,
    POINT_GROUP,
    POINT_PANEL,
    POINT_CURVE,
    POINT_LOSS,
    POINT_GAMMA,
    POINT_BETA,
    POINT_ALPHA,
    POINT_LABEL,
    POINT_X,
    POINT_X_END,
    POINT_Y,
    POINT_Z,
    POINT_LOW,
    POINT_HIGH,
    POINT_COLUMNS
};
extern const struct column point_column[POINT_COLUMNS];
void points_add(struct table *t, const struct figure *f, const struct figure_point *s);
double points_number(const struct table *t, size_t row, int column);    /* NaN where empty */
const char *points_text(const struct table *t, size_t row, int column); /* NULL where empty */

/* Rows that follow each other and belong to one curve; written as one block of data, $PANEL_g2. */
struct block {
    char name[64];
    size_t first, count;
};
/* All blocks of a table; free it. */
struct block *points_blocks(const struct table *t, size_t *count);

enum { CURVES = 128 };
/* The settings of a figure's curves, those that were asked for: losses × γ × β × α, where γ = 0 of a focal
   loss is CE and stands once. What was not asked for is taken from `own`: its losses, and its first γ, β.
   Nothing asked: `own` as it is. Returns the number; 0 with d filled if there are too many. */
size_t curves_asked(const struct plot *p, const struct setting *own, size_t own_count,
                    struct setting out[CURVES], struct diag *d);
/* The same where the figure's own are FL at its γ. */
size_t curves_of_data(const struct plot *p, struct setting out[CURVES], struct diag *d);
/* The γ asked for, or the figure's. */
const double *plot_gammas(const struct plot *p, size_t *count);
/* The setting of a row; loss NULL: it has none. */
struct setting points_setting(const struct table *t, size_t row);

/* The data's sets that are drawn over each other: the groups, or one unnamed. */
struct set {
    const char *name; /* NULL: all the data */
    struct cells cells;
    struct measure *measure;
    int *side; /* of its parts */
};
enum { SETS = 8 };
/* Parted at the figure's own cuts. overlay: groups apart, at most SETS. Returns how many were opened; 0 with
   d filled. */
size_t sets_open(const struct plot *p, bool overlay, struct set out[SETS], struct diag *d);
void sets_close(struct set *set, size_t count);
/* keep[parts] of the side (1, 0; −1: all); NULL if there is no such part. Free it. */
bool *side_parts(const struct facts *f, int side);
/* What adds the points of all examples of a side, measured at CE; it is called for each side that there is,
   or once for side −1. False with d filled. */
typedef void side_points(const struct plot *p, struct measure *m, int side, struct table *t);
bool points_of_sides(const struct plot *p, side_points *add, struct table *t, struct diag *d);
/* "positives", "negatives", in a detector's data "foreground", "background"; side −1: "examples". */
const char *side_name(const struct facts *f, int side);
/* α of the side where the curve has one, else 1: alpha[parts]. Free it. */
double *side_factors(const struct facts *f, const struct setting *c);
/* The report of all the data, and (groups) of each group before it, of one loss at the given γ and α, at the
   first threshold; the table is to be freed. */
bool report_over(const struct plot *p, bool groups, const struct setting *loss, const double *gamma,
                 size_t gamma_count, struct alpha *alpha, size_t alpha_count, struct table *report,
                 struct diag *d);
/* The column of that name; column_count if there is none. */
size_t report_column(const struct table *report, const char *name);
/* Adds a line to the plot's notes. */
void plot_note(const struct plot *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- a figure being drawn ---- */

/* How its curves are told apart: each by a style of its own, or, where they are many, the value of one column
   by the colour, all the rest by dashes. */
struct curve_styles {
    size_t curves; /* different ones; those of several panels count once */
    size_t *id;    /* [blocks]: which curve; NO_CURVE: the block is none */
    int by;        /* the column that colours show; 0: each curve has a style of its own */
    size_t colours, kinds, *colour, *kind; /* different values of it and of the rest; [blocks]: which */
    bool bar;                              /* a colour bar says which colour is which value, not the key */
    bool brief;                            /* the key says γ alone */
    size_t entries, longest;               /* of the key: lines, and characters of the longest */
    size_t few_longest;                    /* of the key of a text picture that shows FEW of many curves */
};
#define NO_CURVE SIZE_MAX
enum { STYLES = 8, FEW = 7 };

/* Where the key stands: in a corner of the plot, at the right of the page, below the plot, or above it. */
enum key_place {
    KEY_TOP_LEFT,
    KEY_TOP_RIGHT,
    KEY_BOTTOM_RIGHT,
    KEY_BOTTOM_LEFT,
    KEY_SIDE,
    KEY_BELOW,
    KEY_ABOVE
};
enum { KEY_CORNERS = KEY_SIDE };

struct drawing {
    const struct plot *plot;
    struct table points;
    struct block *block;
    size_t count;
    size_t panels;    /* different panels among the points */
    int panel_column; /* the points' column whose values stand in panels of their own; 0: one panel */
    struct curve_styles styles;
    bool text;                  /* it is drawn with characters */
    double width, height;       /* of the page, inches; of one in pixels: by its shape */
    double scale;               /* pixels an inch of it, where --size is in pixels */
    double columns, lines;      /* of the page as text */
    double x[2], y[2];          /* the ranges of the axes, where the figure sets them */
    bool xlog, ylog;            /* their kind */
    size_t panel_columns, rows; /* of panels */
    double strip;               /* the part of the page's height that a second plot takes at its foot */
    bool markers;               /* curves are drawn as points, or as such in a text picture */
    const char *region;         /* a marked region's title; NULL: there is none */
    double region_ems;          /* the width from which labels say so; infinite: the key does */
    bool labels;                /* they do */
    double taken;               /* ems of the plot's width beside the key that labels take */
    bool own_key;               /* the figure places its key itself */
    const char *title;          /* where the user gives none; NULL: none */
    unsigned corners;           /* where the key may stand if no curve passes there: 1 << enum key_place */
    enum key_place key[2];      /* in a picture, in a text */
    size_t key_lines;           /* of one that stands above */
    double foot;                /* the part of the page's height that it takes below several panels */
    double key_part;            /* its height, of a panel's plot */
    size_t key_slack;           /* characters by which it may be narrower than gnuplot takes it for */
    double side[2];             /* the part of the width at the right that the key and the colour bar take */
};

/* Sets styles. False: the curves cannot be told apart. */
bool styles_make(struct drawing *g, struct diag *d);
/* The key has one more line, of what is no curve. */
void styles_add_entry(struct curve_styles *s, const char *title);
void styles_free(struct curve_styles *s);
/* Sets key, side, and where --size does not, the size of the page. */
void drawing_layout(struct drawing *g);
/* The width of a panel's plot in letters' heights; with less than ROOMY, there is no room for long labels. */
enum { ROOMY = 24 };
double plot_ems(const struct drawing *g);
/* Points of the font that the style asks for. */
double style_points(const struct plot_style *s);
/* By which a page that may choose its size, and its lines, grow with the letters. */
double style_growth(const struct plot_style *s);

/* ---- parts of a script; `out` is added to; none of the texts may come from outside ---- */

/* Comments, terminal, variables, styles. */
void script_head(const struct drawing *g, struct string *out);
/* All points, but for curves that are drawn from formulas. */
void script_blocks(const struct drawing *g, struct string *out);
void script_number(double x, struct string *out);
/* "(tex ? \"…\" : \"…\")" of a group's or class's name, without its middle where it is longer than
   NAME_WIDTH. */
enum { NAME_WIDTH = 36 };
void script_name(const char *name, struct string *out);
/* "set ylabel", in a text picture a line above the axis. text: an expression of gnuplot. */
void script_ylabel(const struct drawing *g, const char *text, struct string *out);
void script_xlabel(const char *text, struct string *out);
/* The ranges in g, and whether the axes are logarithmic. */
void script_ranges(const struct drawing *g, struct string *out);
/* The user's title, the room for the key, and "set multiplot" where there is more than one plot. */
void script_page(const struct drawing *g, struct string *out);
/* Before panel i of the page. */
void script_panel(const struct drawing *g, size_t i, struct string *out);
/* A logarithmic axis of y for counts (or weights), which stand in that column of what is no curve. */
void script_counts_axis(const struct drawing *g, int column, struct string *out);
/* Before the second plot at the foot of the page; what: a comment. */
void script_strip(const struct drawing *g, const char *what, struct string *out);
void script_page_end(const struct drawing *g, struct string *out);
/* Where the key of several panels stands below them, draws it; `with` as for script_curves. */
void script_key_pane(const struct drawing *g, const char *with, struct string *out);
/* "set key" for the curves of a panel; where it stands at the side of the page, only the last panel has
   one. */
void script_key(const struct drawing *g, bool last, struct string *out);
/* "set key": horizontal, above the plot; page: above all plots of the page, for the first of them. */
void script_key_above(const struct drawing *g, bool page, struct string *out);

/* The items of a plot command. */
struct plot_list {
    struct string *out;
    size_t count;
};
/* Begins the next item. */
void script_item(struct plot_list *l);
/* The block that stands for the i-th panel; ALL_PANELS: there are fewer panels. */
#define ALL_PANELS SIZE_MAX
size_t panel_block(const struct drawing *g, size_t i);
/* The curves of a panel (that of the block; ALL_PANELS) as items: `with` says how ("using 1:2 with lines").
   few: as a text picture shows them, of many only FEW. key: with titles. */
void script_curves(const struct drawing *g, size_t panel, const char *with, bool few, bool key,
                   struct plot_list *l);
/* "plot …", its items by put. Where a text picture is drawn in another way, put is called for it besides,
   with few set. */
void script_plot(const struct drawing *g, size_t panel, bool key,
                 void (*put)(const struct drawing *g, size_t panel, bool few, bool key, struct plot_list *l),
                 struct string *out);
/* Where curves are drawn by colour: palette, range and tics, and the script's variable "shown", what they
 * show. */
void script_colour_bar(const struct drawing *g, struct string *out);
/* "0 '#440154', 1 '#5EC962'": of curves. */
const char *theme_palette(const struct plot *p);
/* A dash type: solid for 0, then STYLES − 1 others; added to out. */
void theme_dash(const struct plot *p, size_t i, struct string *out);
bool theme_is_print(const struct plot *p);
/* The style of bars that stand for examples; apart: with a gap between neighbours. */
const char *theme_bars(const struct plot *p, bool apart);

/* The formulas in terms of p_t, of x_t, and their derivatives, as gnuplot functions. */
enum formulas { FORMULA_P, FORMULA_X, FORMULA_DX };
void script_formulas(const struct drawing *g, struct string *out);
void script_formula(enum formulas which, const struct setting *c, int side, struct string *out);

/* Terminals: that of a path's ending (NULL: none), whether the user's is plain, and "set terminal …" with
   size, font and lines. */
const char *terminal_by_ending(const char *path);
/* The endings that there are, added to out, which is empty: "png, svg". */
void terminal_endings(struct string *out);
bool terminal_check(const char *terminal, struct diag *d);
void terminal_put(const struct drawing *g, const char *terminal, struct string *out);
/* Whether the terminal follows what the style asks for. */
bool terminal_check_style(const char *terminal, const struct plot_style *s, struct diag *d);
/* What the last bytes of its pictures hold; terminal: a name, or an ending. NULL: not known. */
const char *terminal_end(const char *terminal);
/* Whether the path's picture stands in a page of its own. */
bool terminal_is_page(const char *path);

/* ---- gnuplot ---- */

/* What gnuplot draws of a script, on its standard output, for a terminal that draws one picture. Whole or
   none. */
bool gnuplot_run(const char *terminal, const struct string *script, struct string *picture, struct diag *d);
/* The picture at path (NULL: standard output). */
bool gnuplot_picture(const struct drawing *g, const char *terminal, const struct string *script,
                     const char *path, struct diag *d);

/* ---- the families ---- */

/* A figure that is drawn from formulas: which, over which range of x, with which curves. */
struct paper_figure {
    enum formulas formulas;
    double low, high;
    const struct loss *loss[4];
    double gamma[16], beta[16];
    size_t curves; /* loss[i] (from the 4th on loss[0]) at gamma[i], beta[i] */
};
/* The groups of the two curves that a loss has whose value depends on the side. */
extern const char *const formula_side[2];
extern const struct paper_figure fig1_formulas, fig5_formulas, fig6_formulas, fig7_formulas;

/* A strip under a figure of formulas: where the examples lie, over the same range of x; and its cuts. */
bool strip_points(const struct plot *p, struct table *t, struct diag *d);
void strip_draw(const struct drawing *g, const char *xlabel, struct string *out);

typedef bool figure_points(const struct plot *p, struct table *t, struct diag *d);
typedef void figure_layout(struct drawing *g);
typedef void figure_script(const struct drawing *g, struct string *out);
figure_points paper_points, fig2_points, fig4_points, concentration_points, share_points, mass_points,
    density_points, calibration_points, heatmap_points, classes_points, trajectory_points;
figure_layout fig1_layout, fig2_layout, fig5_layout, heatmap_layout, fig6_layout, fig7_layout, fig4_layout,
    concentration_layout, share_layout, mass_layout, calibration_layout, classes_layout, trajectory_layout;
figure_script paper_draw, fig1_axes, fig5_axes, fig6_axes, fig7_axes, fig7_draw, fig2_axes, fig2_draw,
    fig4_axes, fig4_draw, concentration_axes, concentration_draw, share_axes, share_draw, mass_axes,
    mass_draw, density_axes, density_draw, calibration_axes, calibration_draw, heatmap_axes, heatmap_draw,
    classes_axes, classes_draw, trajectory_axes, trajectory_draw;

/* The ECE, as calibration draws it, of cells that calibration_cuts part; NaN of none. */
double calibration_error(const struct facts *f, const struct cells *cells);

/* Cuts at the edges of their bands. */
typedef void figure_cuts_add(const struct figure *f, struct cuts *c);
figure_cuts_add mass_cuts, density_cuts, calibration_cuts, strip_cuts;

#endif
