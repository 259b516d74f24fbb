/* heatmap.c: one result of the report over γ × α */
#include "figures/figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The grid where none is asked for: γ from the figure's table, α evenly in (0, 1). */
enum { ALPHAS = 19 };

/* Shares of a side are empty without sides, and then α weighs all alike. */
static bool result_column(const struct plot *p, const struct table *report, size_t *column, struct diag *d)
{
    const char *name = p->result ? p->result : "easy_neg";

    *column = report_column(report, name);
    if (*column == report->column_count)
        return diag_fail(d, STATUS_USAGE, "--result: '%s' is no column of the report", name);
    for (size_t r = 0; r < report->row_count; r++) {
        const struct value *v = &report->value[r * report->column_count + *column];

        if (v->kind == CELL_TEXT) return diag_fail(d, STATUS_USAGE, "--result: '%s' is not a number", name);
        if (v->kind != CELL_EMPTY && isfinite(v->as.number)) return true;
    }
    return diag_fail(d, STATUS_DATA, "nothing to draw: %s has no value at any γ and α of these data", name);
}

static double number_of(const struct value *v)
{
    return v->kind == CELL_EMPTY ? NAN : v->kind == CELL_COUNT ? (double)v->as.count : v->as.number;
}

bool heatmap_points(const struct plot *p, struct table *t, struct diag *d)
{
    struct table report = {0};
    struct setting loss = setting_of(&loss_balanced_focal, NAN, NAN, NAN);
    struct alpha own[ALPHAS];
    size_t result = 0, gamma_count, column[2];
    const double *gamma = plot_gammas(p, &gamma_count);
    bool ok;

    if (p->facts->task == TASK_SOFTMAX && p->facts->background < 0)
        return diag_fail(d, STATUS_USAGE,
                         "heatmap is drawn over α, which is one factor for all classes here: --background "
                         "NAME gives two sides");
    for (size_t i = 0; i < ALPHAS; i++) own[i] = (struct alpha){ALPHA_NUMBER, 0.05 * (double)(i + 1), ""};
    for (size_t i = 0; p->asked.alpha && i < p->analysis->alpha_count; i++)
        if (p->analysis->alpha[i].kind != ALPHA_NUMBER)
            return diag_fail(d, STATUS_USAGE, "this figure takes numbers for --alpha, not '%s'",
                             p->analysis->alpha[i].text);
    ok = report_over(p, false, &loss, gamma, gamma_count, p->asked.alpha ? p->analysis->alpha : own,
                     p->asked.alpha ? p->analysis->alpha_count : ALPHAS, &report, d) &&
         result_column(p, &report, &result, d);
    column[0] = report_column(&report, "gamma");
    column[1] = report_column(&report, "alpha");
    for (size_t r = 0; ok && r < report.row_count; r++) {
        const struct value *row = &report.value[r * report.column_count];
        struct figure_point s = NO_POINT;

        s.panel = report.column[result].name;
        s.x = row[column[0]].as.number;
        s.x_end = row[column[1]].as.number;
        s.y = number_of(&row[result]);
        s.z = row[result].kind == CELL_SHARE ? 100 * s.y : s.y;
        points_add(t, p->figure, &s);
    }
    table_free(&report);
    return ok;
}

/* The result's name as text: "easy_neg" is "share of the loss: easy negatives". */
static const char *spelled(const char *name)
{
    static const char *const known[][2] = {
        {"easy_neg", "loss share of easy negatives"},  {"hard_neg", "loss share of hard negatives"},
        {"easy_pos", "loss share of easy positives"},  {"hard_pos", "loss share of hard positives"},
        {"easy_share", "loss share of easy examples"}, {"hard_share", "loss share of hard examples"}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i][0], name) == 0) return known[i][1];
    return name;
}

/* The grid: values[γ][α] are the table's rows. */
struct grid {
    const struct table *t;
    size_t gamma_count, alpha_count;
};

static struct grid grid_of(const struct table *t)
{
    struct grid g = {t, 0, 1};

    while (g.alpha_count < t->row_count &&
           points_number(t, g.alpha_count, POINT_X) <= points_number(t, 0, POINT_X))
        g.alpha_count++;
    g.gamma_count = t->row_count / g.alpha_count;
    return g;
}

static double grid_gamma(const struct grid *g, size_t i)
{
    return points_number(g->t, i * g->alpha_count, POINT_X);
}

static double grid_alpha(const struct grid *g, size_t k)
{
    return points_number(g->t, k, POINT_X_END);
}

static double grid_value(const struct grid *g, size_t i, size_t k)
{
    return points_number(g->t, i * g->alpha_count + k, POINT_Z);
}

/* The edge of a cell below place i of a list: halfway to its neighbour. */
static double edge(double (*at)(const struct grid *, size_t), const struct grid *g, size_t i, size_t n,
                   double alone)
{
    if (n < 2) return at(g, 0) + (i ? alone : -alone);
    if (i == 0) return 1.5 * at(g, 0) - 0.5 * at(g, 1);
    if (i == n) return 1.5 * at(g, n - 1) - 0.5 * at(g, n - 2);
    return 0.5 * (at(g, i - 1) + at(g, i));
}

void heatmap_layout(struct drawing *d)
{
    struct grid g = grid_of(&d->points);

    if (d->text) d->height *= fmax(1, ((double)g.alpha_count + 7) / 24); /* a line for each α */
    d->x[0] = edge(grid_gamma, &g, 0, g.gamma_count, 0.5);
    d->x[1] = edge(grid_gamma, &g, g.gamma_count, g.gamma_count, 0.5);
    d->y[0] = fmax(0, edge(grid_alpha, &g, 0, g.alpha_count, 0.05));
    d->y[1] = fmin(1, edge(grid_alpha, &g, g.alpha_count, g.alpha_count, 0.05));
}

/* Where the line of a level crosses the side between two corners, each x, y, value. */
static bool crossing(const double a[3], const double b[3], double level, double out[2])
{
    double part = (level - a[2]) / (b[2] - a[2]);

    if ((a[2] < level) == (b[2] < level) || isnan(part)) return false;
    out[0] = a[0] + part * (b[0] - a[0]);
    out[1] = a[1] + part * (b[1] - a[1]);
    return true;
}

/* The contour lines of a level. */
struct contour {
    double level;
    size_t count;
    double (*line)[4]; /* [count]: x, y of its ends */
};

/* By marching squares: of every square between four cells that the level passes. Free line. */
static void contour_make(const struct grid *g, double level, struct contour *out)
{
    *out = (struct contour){level, 0, mem_alloc(2 * g->gamma_count * g->alpha_count, sizeof *out->line)};
    for (size_t i = 0; i + 1 < g->gamma_count; i++)
        for (size_t k = 0; k + 1 < g->alpha_count; k++) {
            double corner[5][3], at[4][2];
            size_t n = 0;

            for (size_t c = 0; c < 5; c++) {
                size_t right = c == 1 || c == 2, up = c == 2 || c == 3;

                corner[c][0] = grid_gamma(g, i + right);
                corner[c][1] = grid_alpha(g, k + up);
                corner[c][2] = grid_value(g, i + right, k + up);
            }
            for (size_t c = 0; c < 4; c++) n += crossing(corner[c], corner[c + 1], level, at[n]);
            for (size_t c = 0; c + 1 < n; c += 2) {
                double *line = out->line[out->count++];

                line[0] = at[c][0], line[1] = at[c][1];
                line[2] = at[c + 1][0], line[3] = at[c + 1][1];
            }
        }
}

/* Where x, y lie from another point, in parts of the plot; letters are wider than high. */
static double distance(const struct drawing *d, double x, double y, const double other[2])
{
    double a = (x - other[0]) / (d->x[1] - d->x[0]), b = 1.6 * (y - other[1]) / (d->y[1] - d->y[0]);

    return sqrt(a * a + b * b);
}

/* A contour's label stands on the line whose middle is the furthest from the other contours, the plot's
   edges, the paper's choice and the labels that stand already. */
static void place_label(const struct drawing *d, const struct contour *all, size_t count, size_t own,
                        double label[][2])
{
    static const double cross[2] = {2, 0.25};
    const struct contour *c = &all[own];
    size_t best = 0;
    double most = -1;

    for (size_t i = 0; i < c->count; i++) {
        double x = 0.5 * (c->line[i][0] + c->line[i][2]), y = 0.5 * (c->line[i][1] + c->line[i][3]);
        double near = fmin(distance(d, x, y, cross), fmin(x - d->x[0], d->x[1] - x) / (d->x[1] - d->x[0]));

        near = fmin(near, 1.6 * fmin(y - d->y[0], d->y[1] - y) / (d->y[1] - d->y[0]));
        for (size_t k = 0; k < count; k++) {
            for (size_t j = 0; k != own && j < all[k].count; j++)
                near = fmin(near, distance(d, x, y, all[k].line[j]));
            if (k < own && all[k].count) near = fmin(near, 0.4 * distance(d, x, y, label[k]));
        }
        if (near > most) most = near, best = i;
    }
    label[own][0] = 0.5 * (c->line[best][0] + c->line[best][2]);
    label[own][1] = 0.5 * (c->line[best][1] + c->line[best][3]);
}

/* The lines as blocks, and where they are said: $contours. */
static void put_contours(const struct drawing *d, const struct contour *c, size_t count, struct string *out)
{
    double label[8][2];

    for (size_t i = 0; i < count; i++) {
        string_printf(out, "# where it is %g %%: γ, α, and to the line's next point\n$contour_%g << EOD\n",
                      c[i].level, c[i].level);
        for (size_t k = 0; k < c[i].count; k++) {
            const double *l = c[i].line[k];

            string_printf(out, "%.6g %.6g %.6g %.6g\n", l[0], l[1], l[2] - l[0], l[3] - l[1]);
        }
        string_puts(out, "EOD\n");
    }
    string_puts(out, "# labels of these lines: γ, α, percent\n$contours << EOD\n");
    for (size_t i = 0; i < count; i++) {
        if (!c[i].count) continue;
        place_label(d, c, count, i, label);
        string_printf(out, "%.6g %.6g %g\n", label[i][0], label[i][1], c[i].level);
    }
    string_puts(out, "EOD\n");
}

static bool is_share(const struct drawing *d)
{
    return strstr(spelled(points_text(&d->points, 0, POINT_PANEL)), "share") != NULL;
}

/* Few values are said each at its place. */
static void put_tics(const char *axis, double (*at)(const struct grid *, size_t), const struct grid *g,
                     size_t n, struct string *out)
{
    enum { FEW_VALUES = 8 };

    if (n > FEW_VALUES) return;
    string_printf(out, "set %stics (", axis);
    for (size_t i = 0; i < n; i++) {
        string_puts(out, i ? ", " : "");
        script_number(at(g, i), out);
    }
    string_puts(out, ")\n");
}

void heatmap_axes(const struct drawing *d, struct string *out)
{
    const struct table *t = &d->points;
    struct grid g = grid_of(t);
    double least = INFINITY, most = -INFINITY;

    for (size_t r = 0; r < t->row_count; r++) {
        double z = points_number(t, r, POINT_Z);

        if (isfinite(z)) least = fmin(least, z), most = fmax(most, z);
    }
    if (is_share(d)) least = 0;
    if (!(most > least)) most = least + 1;
    script_ranges(d, out);
    put_tics("x", grid_gamma, &g, g.gamma_count, out);
    put_tics("y", grid_alpha, &g, g.alpha_count, out);
    script_xlabel("G", out);
    script_ylabel(d, "A", out);
    string_printf(
        out,
        "set cblabel '%s'%s noenhanced offset 1 textcolor rgb ink\nset cbrange [%.7g:%.7g]\nset "
        "palette defined (%s)\nset colorbox noborder\nset tmargin 2.5\nset key at graph 1, graph "
        "1.03 right bottom samplen 1 textcolor rgb ink noenhanced\n",
        spelled(points_text(t, 0, POINT_PANEL)), is_share(d) ? ".(tex ? ' (\\%)' : ' (%)')" : "", least, most,
        theme_is_print(d->plot) ? "0 '#F5F5F5', 1 '#202020'"
                                : "0 '#440154', 0.25 '#3B528B', 0.5 '#21918C', 0.75 '#5EC962', 1 '#FDE725'");
}

/* Cells reach a little under those drawn after them, so that no seams are seen between them. */
static void put_cells(const struct grid *g, struct string *out)
{
    string_puts(out, "# cells: γ from, to, α from, to, the result\n$cells << EOD\n");
    for (size_t i = 0; i < g->gamma_count; i++)
        for (size_t k = 0; k < g->alpha_count; k++) {
            double low = edge(grid_gamma, g, i, g->gamma_count, 0.5),
                   high = edge(grid_gamma, g, i + 1, g->gamma_count, 0.5),
                   lower = edge(grid_alpha, g, k, g->alpha_count, 0.05),
                   upper = edge(grid_alpha, g, k + 1, g->alpha_count, 0.05);

            if (isnan(grid_value(g, i, k))) continue;
            string_printf(out, "%.7g %.7g %.7g %.7g %.7g\n", low,
                          i + 1 < g->gamma_count ? high + 0.1 * (high - low) : high, lower,
                          k + 1 < g->alpha_count ? upper + 0.1 * (upper - lower) : upper,
                          grid_value(g, i, k));
        }
    string_puts(out, "EOD\n");
}

/* The lines, each with a dark edge, and their labels upon them. */
static void draw_contours(const struct contour *c, size_t count, struct plot_list *l)
{
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        if (!c[i].count) continue;
        script_item(l);
        string_printf(l->out, "$contour_%g with vectors nohead lc rgb '#000000' lw 2.4 notitle", c[i].level);
        script_item(l);
        string_printf(l->out, "$contour_%g with vectors nohead lc rgb '#FFFFFF' lw 1.2 notitle", c[i].level);
        any = true;
    }
    if (!any) return;
    script_item(l);
    string_puts(l->out, "$contours using 1:2:(sprintf(tex ? '%g\\,\\%%' : ' %g %% ', $3)) with labels boxed "
                        "textcolor rgb '#000000' notitle");
}

/* The paper's own choice: a white disc with a dark edge, seen on any colour. */
static void draw_choice(struct plot_list *l)
{
    static const char *const disc[][2] = {{"1.5", "#000000"}, {"1.1", "#FFFFFF"}};

    for (size_t i = 0; i < 2; i++) {
        script_item(l);
        string_printf(l->out, "'+' using (2):(0.25) every ::0::0 with points pt 7 ps %s lc rgb '%s' notitle",
                      disc[i][0], disc[i][1]);
    }
    script_item(l);
    string_puts(l->out,
                "NaN with points pt 6 ps 1.1 lw 1.5 lc rgb ink title 'the paper, '.G.' = 2, '.A.' = 0.25'");
}

void heatmap_draw(const struct drawing *d, struct string *out)
{
    static const double level[] = {1, 5, 20, 50};
    enum { LEVELS = sizeof level / sizeof *level };
    struct contour contour[LEVELS] = {{0}};
    struct grid g = grid_of(&d->points);
    struct plot_list l = {out, 0};

    put_cells(&g, out);
    for (size_t i = 0; i < LEVELS && is_share(d); i++) contour_make(&g, level[i], &contour[i]);
    if (is_share(d)) put_contours(d, contour, LEVELS, out);
    script_page(d, out);
    string_printf(out, "if (dumb) set label 51 '%s%s' at graph 1, graph 1 offset 0, 1 right\n",
                  spelled(points_text(&d->points, 0, POINT_PANEL)), is_share(d) ? ", %" : "");
    string_printf(out, "if (dumb) plot %s using 1:2:(sprintf('%%%s', $3)) with labels noenhanced notitle\n",
                  d->block[0].name, is_share(d) ? ".0f" : ".2g");
    string_puts(
        out,
        "if (!dumb) set style textbox opaque noborder fillcolor rgb '#FFFFFF' margins 1.3, 1.3\nif (!dumb) ");
    script_item(&l);
    string_puts(out,
                "$cells using 1:3:1:2:3:4:5 with boxxyerror fillstyle solid 1 noborder fc palette notitle");
    draw_contours(contour, LEVELS, &l);
    if (d->x[0] <= 2 && d->x[1] >= 2 && d->y[0] <= 0.25 && d->y[1] >= 0.25) draw_choice(&l);
    string_putc(out, '\n');
    for (size_t i = 0; i < LEVELS; i++) free(contour[i].line);
}
