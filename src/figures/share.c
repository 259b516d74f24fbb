/* share.c: how the loss, and the gradient, divide among kinds of examples against γ */
#include "figures/figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_name[] = {"easy negatives", "hard negatives", "easy positives",
                                        "hard positives", "easy",           "hard"};
/* Colours of the four, from the background's to the foreground's: dark for hard. */
static const char *const kind_colour[2][6] = {
    {"#A6CEE3", "#0072B2", "#FDBF6F", "#D55E00", "#A6CEE3", "#0072B2"},
    {"#E0E0E0", "#A0A0A0", "#707070", "#303030", "#E0E0E0", "#707070"}};

static void put_shares(const struct plot *p, const double sum[4], bool sides, struct figure_point s,
                       struct table *t)
{
    double all = sum[0] + sum[1] + sum[2] + sum[3], up = 0;

    for (size_t k = 0; k < (sides ? 4 : 2); k++) {
        s.curve = kind_name[sides ? k : k + 4];
        s.y = all > 0 ? sum[k] / all : NAN;
        s.z = up += s.y;
        points_add(t, p->figure, &s);
    }
}

static int by_curve(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    int order = strcmp(x[POINT_PANEL].as.text, y[POINT_PANEL].as.text);

    if (order) return -order; /* loss before gradient */
    for (int k = 0; k < 6; k++) {
        bool one = strcmp(x[POINT_CURVE].as.text, kind_name[k]) == 0,
             other = strcmp(y[POINT_CURVE].as.text, kind_name[k]) == 0;

        if (one != other) return one ? -1 : 1;
    }
    return x[POINT_X].as.number < y[POINT_X].as.number ? -1 : x[POINT_X].as.number > y[POINT_X].as.number;
}

/* The loss whose shares are drawn: FL, or with an α balanced FL, unless one is asked for. */
static bool share_loss(const struct plot *p, struct setting *out, struct diag *d)
{
    int along;

    *out = p->asked.loss    ? p->analysis->loss[0]
           : p->asked.alpha ? setting_of(&loss_balanced_focal, NAN, NAN, NAN)
                            : setting_of(&loss_focal, NAN, NAN, NAN);
    along = loss_param_of(out->loss, PARAM_GAMMA);
    if (along < 0 || !isnan(out->param[along]))
        return diag_fail(d, STATUS_USAGE, "share is drawn against γ: %s has none", out->text);
    if (p->asked.alpha && !out->loss->balanced)
        return diag_fail(d, STATUS_USAGE, "--alpha: %s has no α", out->text);
    if (p->asked.beta && loss_param_of(out->loss, PARAM_BETA) < 0)
        return diag_fail(d, STATUS_USAGE, "--beta: %s has no β", out->text);
    return true;
}

/* The shares of one row of the report; false where it has none. */
static bool shares_at(const struct table *report, size_t row, bool sides, bool gradient, double out[4])
{
    static const char *const name[2][6] = {
        {"easy_neg", "hard_neg", "easy_pos", "hard_pos", "easy_share", "hard_share"},
        {"grad_easy_neg", "grad_hard_neg", "grad_easy_pos", "grad_hard_pos", "grad_easy_share",
         "grad_hard_share"}};
    bool any = false;

    for (size_t k = 0; k < 4; k++) {
        size_t column = report_column(report, name[gradient][sides ? k : 4 + k % 2]);
        const struct value *v = &report->value[row * report->column_count + column];

        out[k] = v->kind == CELL_EMPTY || (!sides && k > 1) ? 0 : v->as.number;
        any |= v->kind != CELL_EMPTY;
    }
    return any;
}

/* What a row of the report says of the setting, and where it stands on the axis. */
static void put_setting(const struct plot *p, const struct table *report, size_t r, struct figure_point *s)
{
    const struct value *row = &report->value[r * report->column_count],
                       *alpha = &row[report_column(report, "alpha")];

    if (p->analysis->alpha[0].kind != ALPHA_NUMBER)
        s->label = p->analysis->alpha[0].text; /* it may differ by γ and by class */
    else if (alpha->kind != CELL_EMPTY)
        s->setting.alpha = alpha->as.number;
    s->x = row[report_column(report, "gamma")].as.number;
}

/* All the data: areas. Returns how many γ there are something of. */
static size_t put_whole(const struct plot *p, const struct table *report, bool sides, struct figure_point s,
                        struct table *t)
{
    size_t at = 0;

    for (size_t r = 0; r < report->row_count; r++)
        for (int slope = 0; slope <= p->gradient; slope++) {
            double share[4];

            if (!shares_at(report, r, sides, slope, share)) continue;
            put_setting(p, report, r, &s);
            s.panel = slope ? "gradient" : "loss";
            put_shares(p, share, sides, s, t);
            at += !slope;
        }
    if (t->row_count) qsort(t->value, t->row_count, t->column_count * sizeof *t->value, by_curve);
    return at;
}

/* Groups: of each kind a panel, in it a line for each group. */
static size_t put_groups(const struct plot *p, const struct table *report, bool sides, struct figure_point s,
                         struct table *t)
{
    size_t at = 0, level = report_column(report, "level"), group = report_column(report, "group");

    for (size_t k = 0; k < (sides ? 4 : 2); k++)
        for (size_t r = 0; r < report->row_count; r++) {
            const struct value *row = &report->value[r * report->column_count];
            double share[4];

            if (strcmp(row[level].as.text, "group") != 0) continue;
            if (!shares_at(report, r, sides, p->gradient, share)) continue;
            put_setting(p, report, r, &s);
            s.group = row[group].as.text;
            s.panel = kind_name[sides ? k : k + 4];
            s.curve = p->gradient ? "gradient" : "loss";
            s.y = share[k] / (share[0] + share[1] + share[2] + share[3]);
            points_add(t, p->figure, &s);
            at++;
        }
    return at;
}

bool share_points(const struct plot *p, struct table *t, struct diag *d)
{
    struct setting loss;
    struct table report = {0};
    size_t gamma_count;
    const double *gamma = plot_gammas(p, &gamma_count);
    bool *positives = side_parts(p->facts, 1), sides = positives != NULL, ok;
    struct figure_point s = NO_POINT;

    free(positives);
    if (p->facts->grouped && p->facts->group_count > SETS)
        return diag_fail(d, STATUS_USAGE, "%zu groups are too many for one figure: it holds %d",
                         p->facts->group_count, SETS);
    ok = share_loss(p, &loss, d) &&
         report_over(p, p->facts->grouped, &loss, gamma, gamma_count, p->analysis->alpha, 1, &report, d);
    if (ok) s.setting = loss;
    if (ok && !(p->facts->grouped ? put_groups : put_whole)(p, &report, sides, s, t))
        ok = diag_fail(d, STATUS_DATA, "nothing to draw: the loss is 0 or infinite at every γ");
    table_free(&report);
    return ok;
}

/* Areas one upon the other; text pictures have no areas, but their upper edges. */
static void put_panel(const struct drawing *g, const char *panel, bool areas, struct string *out)
{
    struct plot_list l = {out, 0};

    string_puts(out, areas ? "if (!dumb) " : "if (dumb) ");
    for (size_t b = 0; b < g->count; b++) {
        const char *curve = points_text(&g->points, g->block[b].first, POINT_CURVE);
        size_t k = 0;

        if (strcmp(points_text(&g->points, g->block[b].first, POINT_PANEL), panel) != 0) continue;
        while (strcmp(kind_name[k], curve) != 0) k++;
        script_item(&l);
        if (areas)
            string_printf(out, "%s using 1:(100*($3 - $2)):(100*$3) with filledcurves fc rgb '%s' title '%s'",
                          g->block[b].name, kind_colour[theme_is_print(g->plot)][k], curve);
        else
            string_printf(out, "%s using 1:(100*$3) with lines ls %zu title '%s%s'", g->block[b].name,
                          k % 4 + 1, k % 4 ? "+ " : "", curve);
    }
    string_putc(out, '\n');
}

static const char *const panel_name[] = {"loss", "gradient"};

/* Whether groups are drawn, each kind in a panel. */
static bool has_groups(const struct drawing *g)
{
    return g->plot->facts->grouped;
}

void share_layout(struct drawing *g)
{
    const struct block *b = &g->block[0];

    g->x[0] = points_number(&g->points, b->first, POINT_X);
    g->x[1] = points_number(&g->points, b->first + b->count - 1, POINT_X);
    if (!(g->x[1] > g->x[0])) g->x[0] -= 0.5, g->x[1] += 0.5;
    g->y[0] = 0;
    g->y[1] = 100;
    if (has_groups(g)) {
        g->panel_columns = 2;
        g->rows = g->panels / 2;
        g->width *= 1.75;
        g->height *= 0.85 * (double)g->rows;
        return;
    }
    g->own_key = true;
    g->panel_columns = 1 + g->plot->gradient;
    g->width *= g->plot->gradient ? 1.75 : 1;
    g->height *= g->plot->gradient ? 1.1 : 1;
}

void share_axes(const struct drawing *g, struct string *out)
{
    script_ranges(g, out);
    string_puts(out, "set ytics 20\nset format y percent\nset style fill solid 1 noborder\n");
    script_xlabel("G", out);
}

static void put_lines(const struct drawing *g, size_t panel, bool few, bool key, struct plot_list *l)
{
    script_curves(g, panel, "using 1:(100*$2) with lines", few, key, l);
}

static void draw_groups(const struct drawing *g, struct string *out)
{
    string_puts(out, "set lmargin 11; set rmargin 2; set bmargin 3.5; set tmargin 2.5\n");
    for (size_t i = 0; i < g->panels; i++) {
        size_t block = panel_block(g, i);
        char text[64];

        script_panel(g, i, out);
        snprintf(text, sizeof text, "'%s of %s'", panel_name[g->plot->gradient],
                 points_text(&g->points, g->block[block].first, POINT_PANEL));
        script_ylabel(g, text, out);
        script_key(g, i + 1 == g->panels, out);
        script_plot(g, block, g->key[0] != KEY_SIDE || i + 1 == g->panels, put_lines, out);
    }
    script_key_pane(g, "using 1:(100*$2) with lines", out);
}

static void draw_areas(const struct drawing *g, struct string *out)
{
    char text[64];

    script_key_above(g, g->panel_columns * g->rows > 1, out);
    if (g->panel_columns * g->rows > 1)
        string_puts(out, "set lmargin 9; set rmargin 2; set bmargin 3.5; set tmargin 4\n");
    for (size_t i = 0; i < g->panel_columns * g->rows; i++) {
        if (g->panel_columns * g->rows > 1) script_panel(g, i, out);
        if (i == 1 && !g->plot->style.key) string_puts(out, "if (!dumb) unset key\n");
        snprintf(text, sizeof text, "'share of the %s'", panel_name[i]);
        script_ylabel(g, text, out);
        if (g->panel_columns * g->rows > 1) string_puts(out, "if (dumb) set tmargin 3; set bmargin 6\n");
        put_panel(g, panel_name[i], true, out);
        put_panel(g, panel_name[i], false, out);
    }
}

void share_draw(const struct drawing *g, struct string *out)
{
    script_page(g, out);
    (has_groups(g) ? draw_groups : draw_areas)(g, out);
    script_page_end(g, out);
}
