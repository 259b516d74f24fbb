/* internal.h: what the families of figures share: numbers, curves, and the parts of a script */
#ifndef FIGURES_INTERNAL_H
#define FIGURES_INTERNAL_H

#include "figures/figures.h"

#include <math.h>

/* One point, bar or cell of a figure. NaN and NULL are empty. */
struct spot {
    const char *group, *panel, *curve;
    struct setting setting; /* without a loss: none */
    const char *label;
    double x, x_end, y, z;
};
#define NO_SPOT ((struct spot){NULL, NULL, NULL, {0}, NULL, NAN, NAN, NAN, NAN})
/* The columns of every figure's table. */
enum {
    N_FIGURE,
    N_GROUP,
    N_PANEL,
    N_CURVE,
    N_LOSS,
    N_GAMMA,
    N_BETA,
    N_ALPHA,
    N_LABEL,
    N_X,
    N_X_END,
    N_Y,
    N_Z,
    N_COLUMNS
};
extern const struct column numbers_column[N_COLUMNS];
void numbers_put(struct table *t, const struct figure *f, const struct spot *s);
double numbers_at(const struct table *t, size_t row, int column);        /* NaN where empty */
const char *numbers_text(const struct table *t, size_t row, int column); /* NULL where empty */
struct setting numbers_setting(const struct table *t, size_t row);       /* of a row that has a loss */

/* Rows that follow each other and belong to one curve; written as one block of data, $PANEL_N. */
struct block {
    char name[48];
    size_t first, count;
};
/* All blocks of a table; free it. */
struct block *numbers_blocks(const struct table *t, size_t *count);

enum { CURVES = 64 };
/* The settings of a figure's curves, those that were asked for: losses × γ × β × α, where γ = 0 of a focal
   loss is CE and stands once. What was not asked for is taken from `own`: its losses, and its first γ, β.
   Nothing asked: `own` as it is. Returns the number; 0 with d filled if there are too many. */
size_t curves_asked(const struct plot *p, const struct setting *own, size_t own_count,
                    struct setting out[CURVES], struct diag *d);
/* The same of a figure whose own curves are FL at its γ. */
size_t focal_curves(const struct plot *p, struct setting out[CURVES], struct diag *d);
/* The γ asked for, or the figure's. */
const double *plot_gammas(const struct plot *p, size_t *count);

/* The data's sets that are drawn over each other: the groups, or one unnamed. */
struct set {
    const char *name; /* NULL: all the data */
    struct cells cells;
    struct measure *measure;
    int *side; /* of its parts */
};
enum { SETS = 8 };
/* cuts as for measure_open. `overlay`: groups apart, at most SETS. Returns how many were opened; 0 with
 * d filled. */
size_t sets_open(const struct plot *p, bool overlay, const double *cuts, size_t cut_count,
                 struct set out[SETS], struct diag *d);
void sets_close(struct set *set, size_t count);
/* keep[parts] of the side (1, 0; −1: all); NULL if there is no such part. Free it. */
bool *side_parts(const struct facts *f, int side);
/* α of the side where the curve has one, else 1: alpha[parts]. Free it. */
double *side_factors(const struct facts *f, const struct setting *c);

/* Parts of a script. `what` is ours; none of the texts below may come from outside. */
void script_head(const struct plot *p, const char *what, struct string *out);
void script_title(const struct plot *p, struct string *out); /* set title, of a figure of one panel */
void script_key(const struct plot *p, const char *own, struct string *out);
void script_logs(const struct plot *p, struct string *out);
void script_multiplot(const struct plot *p, const char *layout,
                      struct string *out); /* "layout 1,2", with the user's title */
void script_panel_end(const struct plot *p,
                      struct string *out); /* after the first panel: the dark ground is there already */
void script_number(double x, struct string *out);
/* The blocks of data: the given columns of the table. A comment above each says what it is. */
void script_blocks(const struct table *t, const struct block *block, size_t count, const int *column,
                   size_t columns, struct string *out);
/* An expression of gnuplot for the key: 'FL, '.G.' = 2', with the group's name where there is one. short: γ
 * alone. */
void script_curve_title(const char *group, const struct setting *c, bool short_form, struct string *out);
/* "tex ? \"…\" : \"…\"" of a text from outside. */
void script_foreign(const char *text, struct string *out);
/* The line style of curve i. */
size_t script_style(size_t i);
/* A dash type: solid for 0. */
const char *script_dash(size_t i);
/* The formulas in terms of p_t, of x_t, and their derivatives: the losses of the curves as gnuplot functions,
 * and one curve's term. */
enum formulas { FORMULA_P, FORMULA_X, FORMULA_DX };
void script_formulas(enum formulas which, const struct setting *c, size_t count, struct string *out);
void script_formula(enum formulas which, const struct setting *c, int side, struct string *out);

/* Terminals: that of a path's ending (NULL: none), whether the user's is plain, and "set terminal …" with
 * size, font and lines. */
const char *terminal_by_ending(const char *path);
bool terminal_check(const char *terminal, struct diag *d);
void terminal_put(const struct plot *p, const char *terminal, struct string *out);

/* A strip under a figure: where the examples lie, x in p_t (FORMULA_P) or in x_t from low to high. */
bool strip_numbers(const struct plot *p, enum formulas which, double low, double high, struct table *t,
                   struct diag *d);
void strip_draw(const struct plot *p, const struct table *t, const char *xlabel, struct string *out);

/* Cuts at the edges of their bands, or of their strips. */
void cuts_mass(struct cuts *c), cuts_density(struct cuts *c), cuts_calibration(struct cuts *c),
    cuts_loss(struct cuts *c), cuts_margin(struct cuts *c), cuts_gradient(struct cuts *c);

size_t rows_cdf(const struct plot *p);

/* The figures. */
typedef bool figure_draw(const struct plot *p, struct string *out, struct diag *d);
typedef bool figure_numbers(const struct plot *p, struct table *t, struct diag *d);
figure_draw draw_loss, draw_margin, draw_gradient, draw_settings, draw_tradeoff, draw_cdf, draw_concentration,
    draw_share, draw_mass, draw_density, draw_heatmap, draw_classes, draw_calibration;
figure_numbers numbers_loss, numbers_margin, numbers_gradient, numbers_settings, numbers_tradeoff,
    numbers_cdf, numbers_concentration, numbers_share, numbers_mass, numbers_density, numbers_heatmap,
    numbers_classes, numbers_calibration;

#endif
