/* paper_curves.c: the figures that are drawn from formulas: 1 (loss against p_t), 5 (against x_t),
   6 (gradients), 7 (settings of FL*) */
#include "figures/figure.h"
#include "loss/tail.h"

#include <stdlib.h>

const struct paper_figure fig1_formulas = {
    .formulas = FORMULA_P,
    .low = 0,
    .high = 1,
    .loss = {&loss_focal},
    .gamma = {0, 0.5, 1, 2, 5},
    .curves = 5,
};
const struct paper_figure fig5_formulas = {
    .formulas = FORMULA_X,
    .low = -5,
    .high = 5,
    .loss = {&loss_ce, &loss_focal, &loss_focal_star, &loss_focal_star},
    .gamma = {0, 2, 2, 4},
    .beta = {0, 0, 1, 0},
    .curves = 4,
};
const struct paper_figure fig6_formulas = {
    .formulas = FORMULA_DX,
    .low = -10,
    .high = 10,
    .loss = {&loss_ce, &loss_focal, &loss_focal_star, &loss_focal_star},
    .gamma = {0, 2, 2, 4},
    .beta = {0, 0, 1, 0},
    .curves = 4,
};
const struct paper_figure fig7_formulas = {
    .formulas = FORMULA_X,
    .low = -5,
    .high = 5,
    .loss = {&loss_focal_star},
    .gamma = {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4},
    .beta = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2},
    .curves = 12,
};

static size_t curves_of(const struct plot *p, struct setting out[CURVES], struct diag *d)
{
    const struct paper_figure *f = p->figure->formulas;
    struct setting own[16];

    for (size_t i = 0; i < f->curves; i++) {
        const struct loss *loss = i < 4 && f->loss[i] ? f->loss[i] : f->loss[0];

        own[i] = setting_of(loss, f->gamma[i], f->beta[i], NAN);
    }
    return curves_asked(p, own, f->curves, out, d);
}

/* One curve, by the functions of the loss itself, so that a table and a script check each other. */
static void put_curve(const struct plot *p, const struct setting *c, int side, struct table *t)
{
    enum { STEPS = 200 };
    const struct paper_figure *f = p->figure->formulas;
    double factor = !c->loss->balanced ? 1 : side == 1 ? c->alpha : 1 - c->alpha;
    struct figure_point s = NO_POINT;

    s.group = c->loss->sided ? formula_side[side] : NULL;
    s.curve = c->loss->symbol;
    s.setting = *c;
    for (int k = 0; k <= STEPS; k++) {
        double x = f->low + (f->high - f->low) * k / STEPS;
        double tail = f->formulas == FORMULA_P ? tail_of_pt(x) : tail_of_xt(x);

        s.x = x;
        s.y = factor *
              (f->formulas == FORMULA_DX ? -setting_slope_at(c, tail, side) : setting_value_at(c, tail, side));
        points_add(t, p->figure, &s);
    }
}

bool paper_points(const struct plot *p, struct table *t, struct diag *d)
{
    struct setting curve[CURVES];
    size_t n = curves_of(p, curve, d);

    for (size_t i = 0; i < n; i++)
        for (int side = 1; side >= !curve[i].loss->sided; side--) put_curve(p, &curve[i], side, t);
    if (n && p->facts) return strip_points(p, t, d);
    return n > 0;
}

/* A strip of examples below makes the page higher. */
static void layout(struct drawing *g, double low, double high, unsigned corners)
{
    const struct paper_figure *f = g->plot->figure->formulas;

    g->x[0] = g->xlog ? 1e-4 : f->low;
    g->x[1] = f->high;
    g->y[0] = g->ylog ? 1e-4 : low;
    g->y[1] = g->ylog ? 10 : high;
    g->corners = corners;
    if (!g->plot->facts) return;
    g->height *= f->formulas == FORMULA_P ? 1.35 : 1.45; /* its key has one line, or two */
    g->strip = f->formulas == FORMULA_P ? 0.34 : 0.38;
}

void fig1_layout(struct drawing *g)
{
    bool logarithmic = g->xlog || g->ylog;

    layout(g, 0, 5, logarithmic ? 1u << KEY_BOTTOM_LEFT : 1u << KEY_TOP_RIGHT);
    g->taken = logarithmic ? 0 : 17; /* by the formulas */
    g->region = "well-classified";
    g->region_ems = logarithmic ? INFINITY : 22;
}

void fig5_layout(struct drawing *g)
{
    layout(g, 0, 5, 1u << KEY_TOP_RIGHT | 1u << KEY_BOTTOM_LEFT);
}

void fig6_layout(struct drawing *g)
{
    double least = -1.2; /* the paper's; lower where a curve goes lower */

    for (size_t r = 0; r < g->points.row_count; r++)
        if (points_text(&g->points, r, POINT_LOSS))
            least = fmin(least, points_number(&g->points, r, POINT_Y));
    layout(g, 0.2 * floor(least / 0.2 + 1e-9), 0, 1u << KEY_BOTTOM_RIGHT);
}

/* Panels by β, where they are few, so that a γ has the same style in each. */
void fig7_layout(struct drawing *g)
{
    const struct plot *p = g->plot;

    layout(g, 0, 5, 1u << KEY_TOP_RIGHT);
    if (!p->asked.gamma && !p->asked.beta) g->title = "FL* at a grid of our choice";
    if (g->panels < 2) return;
    g->panel_columns = g->panels <= 3 ? g->panels : g->panels == 4 ? 2 : 3;
    g->rows = (g->panels + g->panel_columns - 1) / g->panel_columns;
    g->width *= 0.6 * (double)g->panel_columns;
    g->height *= g->rows > 1 ? 0.8 * (double)g->rows : 1;
}

static void axes(const struct drawing *g, const char *xlabel, const char *ylabel, struct string *out)
{
    string_puts(out, "set samples 1001\n");
    script_ranges(g, out);
    script_xlabel(xlabel, out);
    script_ylabel(g, ylabel, out);
    script_formulas(g, out);
    script_colour_bar(g, out);
}

static bool is_drawn(const struct plot *p, const struct loss *loss)
{
    for (size_t i = 0; i < p->analysis->loss_count; i++)
        if (p->analysis->loss[i].loss == loss) return true;
    return false;
}

/* The labels stand at parts of the plot, so that they stay in it where axes are logarithmic. */
void fig1_axes(const struct drawing *g, struct string *out)
{
    const struct plot *p = g->plot;

    string_puts(out, "if (!exists(\"easy\")) easy = ");
    script_number(p->asked.easy ? p->analysis->easy[0] : 0.6, out);
    string_puts(out, "  # from here on examples are well classified: another with gnuplot -e \"easy=0.7\"\n");
    axes(g, "'probability of ground truth class'", "'loss'", out);
    if (!g->xlog) string_puts(out, "set xtics 0.2\n");
    if (!g->ylog) string_puts(out, "set ytics 1\n");
    if (!g->region) return;
    string_printf(out,
                  "set object 100 rectangle from first easy, graph 0 to first 1, graph %g fc rgb shade "
                  "fillstyle transparent solid 0.15 noborder behind\n",
                  isinf(g->region_ems) ? 1 : 0.2);
    if (!g->labels) return;
    string_printf(
        out,
        "set label 1 'well-classified examples' at graph 0.98, graph 0.41 right textcolor rgb ink "
        "front\nset label 4 (tex ? sprintf('$p_t \\geq %%g$', easy) : pt.sprintf(' ≥ %%g', easy)).'%s' "
        "at graph 0.98, graph 0.34 right textcolor rgb ink front\n",
        p->asked.easy ? "" : " (report: 0.5)");
    string_puts(out, "if (!dumb) set arrow 1 from first 0.5*(easy + 1), graph 0.29 to first 0.5*(easy + 1), "
                     "graph 0.21 lc rgb ink lw 1 size screen 0.015, 20 front\n");
    if (plot_ems(g) < (g->key[0] == KEY_TOP_RIGHT ? ROOMY : 18) || !is_drawn(p, &loss_focal)) return;
    string_puts(out,
                "set label 2 (tex ? '$\\mathrm{CE}(p_t) = -\\log(p_t)$' : 'CE('.pt.') = −log('.pt.')') at "
                "graph 0.1, graph 0.95 textcolor rgb ink front\n"
                "set label 3 (tex ? '$\\mathrm{FL}(p_t) = -(1-p_t)^\\gamma\\log(p_t)$' : 'FL('.pt.') = "
                "−(1 − '.pt.')'.(dumb ? '^γ' : '^{γ}').' log('.pt.')') at graph 0.1, graph 0.86 "
                "textcolor rgb ink front\n");
}

void fig5_axes(const struct drawing *g, struct string *out)
{
    axes(g, "xt", "'loss'", out);
    string_puts(out, g->ylog ? "set xtics 1\n" : "set xtics 1\nset ytics 1\n");
}

void fig6_axes(const struct drawing *g, struct string *out)
{
    axes(g, "xt", "'gradient'", out);
    string_puts(out, "set xtics 5\nset mxtics 5\nset ytics 0.2\n");
}

void fig7_axes(const struct drawing *g, struct string *out)
{
    axes(g, "xt", "'loss'", out);
    string_puts(out, g->panel_columns > 1 ? "set xtics 2.5\n" : "set xtics 1\n");
    if (!g->ylog) string_puts(out, "set ytics 1\n");
}

static void put_curves(const struct drawing *g, size_t panel, bool few, bool key, struct plot_list *l)
{
    script_curves(g, panel, "", few, key, l);
    if (g->plot->figure->formulas->formulas != FORMULA_P || g->labels || !g->region) return;
    script_item(l);
    string_printf(
        l->out,
        "NaN with boxes fc rgb shade fillstyle transparent solid 0.15 noborder title dumb ? '' : '%s'",
        g->region);
}

/* The curves, and under them the strip where there are data. */
void paper_draw(const struct drawing *g, struct string *out)
{
    const char *xlabel =
        g->plot->figure->formulas->formulas == FORMULA_P ? "'probability of ground truth class'" : "xt";

    script_page(g, out);
    if (g->strip > 0) {
        script_panel(g, 0, out);
        string_puts(out, "set lmargin 9; set rmargin 2; set bmargin 1\nset xlabel; set format x ''\n");
    }
    script_key(g, true, out);
    script_plot(g, ALL_PANELS, true, put_curves, out);
    if (g->strip > 0) strip_draw(g, xlabel, out);
    script_page_end(g, out);
}

void fig7_draw(const struct drawing *g, struct string *out)
{
    if (g->panels < 2) {
        paper_draw(g, out);
        return;
    }
    script_page(g, out);
    string_puts(out, "set lmargin 6; set rmargin 2; set bmargin 3.5; set tmargin 3\n");
    for (size_t i = 0; i < g->panels; i++) {
        size_t panel = panel_block(g, i);
        double beta = points_number(&g->points, g->block[panel].first, POINT_BETA);

        script_panel(g, i, out);
        string_printf(out, "set title B.' = %s", beta < 0 ? "'.M.'" : "");
        script_number(fabs(beta), out);
        string_printf(out, "%s' textcolor rgb ink\n", beta == 0 ? ", where '.G.' = 1 is CE" : "");
        if (i == 1) string_puts(out, "set ylabel; unset label 50\n");
        script_key(g, i + 1 == g->panels, out);
        script_plot(g, panel, i + 1 == g->panels || g->key[0] != KEY_SIDE, put_curves, out);
    }
    script_key_pane(g, "", out);
    script_page_end(g, out);
}
