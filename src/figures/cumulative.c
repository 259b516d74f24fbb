/* cumulative.c: how the loss adds up over the examples: the paper's figure 4, and the share of the hardest */
#include "figures/figure.h"

#include <stdlib.h>
#include <string.h>

/* ---- points ---- */

/* Scales on which a line is drawn straight. */
struct scales {
    bool xlog, ylog;
};
/* The drawn line is that close to the curve, in parts of the axis; the lowest value that a logarithmic axis
   of y shows. */
static const double tolerance = 0.0004, lowest = 1e-5;

static double on_scale(double v, bool logarithmic)
{
    return logarithmic ? log10(fmax(v, lowest * 0.01)) / 5 : v;
}

/* Points as they are, thinned as they come: from the last point kept, a line goes on as long as one slope
   passes all points since then within the tolerance. */
struct thinned {
    struct scales scales;
    double x, y, last_x, last_y; /* the last point kept, and the last one seen, on their scales */
    double seen[2], slope[2]; /* the last one seen as it is; the slopes that pass all since the last kept */
    struct figure_point point;
    const struct figure *figure;
    struct table *out;
};

static void keep_point(struct thinned *t, double x, double y)
{
    t->point.x = x;
    t->point.y = y;
    points_add(t->out, t->figure, &t->point);
    t->x = on_scale(x, t->scales.xlog);
    t->y = on_scale(y, t->scales.ylog);
    t->slope[0] = -INFINITY;
    t->slope[1] = INFINITY;
}

static void see_point(struct thinned *t, double x, double y)
{
    double sx = on_scale(x, t->scales.xlog), sy = on_scale(y, t->scales.ylog);
    double across = sx - t->x, slope = (sy - t->y) / across;

    if (isfinite(t->slope[0]) && !(across > 0 && slope >= t->slope[0] && slope <= t->slope[1])) {
        keep_point(t, t->seen[0], t->seen[1]);
        across = sx - t->x;
    }
    t->slope[0] = fmax(t->slope[0], (sy - t->y - tolerance) / across);
    t->slope[1] = fmin(t->slope[1], (sy - t->y + tolerance) / across);
    t->seen[0] = x;
    t->seen[1] = y;
}

/* The curve through x[n], y[n], which is straight between them, in as few points as its scales allow. */
static void thin_curve(struct thinned *t, const double *x, const double *y, size_t n)
{
    keep_point(t, x[0], y[0]);
    t->seen[0] = x[0];
    t->seen[1] = y[0];
    if (t->scales.xlog && n > 2) { /* 0 has no place: the line begins at the first example */
        keep_point(t, x[1], y[1]);
        t->seen[0] = x[1];
        t->seen[1] = y[1];
    }
    for (size_t i = t->scales.xlog && n > 2 ? 2 : 1; i < n; i++) {
        const double *v = t->scales.xlog ? x : y;
        double from = fmax(v[i - 1], lowest * 0.01);
        double far = t->scales.xlog || t->scales.ylog ? log(v[i] / from) : 0;
        int steps = (int)fmin(1000, ceil(far / 0.02));

        /* what is straight is none on a logarithmic scale: points in even steps of the logarithm */
        for (int k = 1; k < steps; k++) {
            double part = (from * exp(far * k / steps) - v[i - 1]) / (v[i] - v[i - 1]);

            see_point(t, x[i - 1] + part * (x[i] - x[i - 1]), y[i - 1] + part * (y[i] - y[i - 1]));
        }
        see_point(t, x[i], y[i]);
    }
    keep_point(t, x[n - 1], y[n - 1]);
}

/* What the panels share: the settings drawn, and room for a curve. */
struct curves {
    const struct plot *plot;
    struct setting setting[CURVES];
    size_t count;
    bool hardest_first;
    double *x, *y; /* [ROOM] */
    struct table *out;
};
enum { ROOM = 1 << 17 };

/* False: the loss has no shares, as there is none, or an infinite one. */
static bool put_curve(const struct curves *k, const struct set *set, const struct setting *c,
                      const bool *keep, struct figure_point s)
{
    const struct plot *p = k->plot;
    double *factor = side_factors(p->facts, c);
    size_t n;

    measure_set(set->measure, c);
    n = measure_curve(set->measure, factor, keep, k->hardest_first, ROOM, k->x, k->y);
    s.group = set->name;
    s.curve = c->loss->symbol;
    s.setting = *c;
    if (n)
        thin_curve(&(struct thinned){.scales = {p->style.xlog || k->hardest_first, p->style.ylog},
                                     .point = s,
                                     .figure = p->figure,
                                     .out = k->out},
                   k->x, k->y, n);
    free(factor);
    return n > 0;
}

/* keep[parts] of a class. */
static bool *class_parts(const struct facts *f, size_t class)
{
    bool *keep = mem_alloc(f->parts, sizeof *keep);

    for (size_t k = 0; k < f->parts; k++) keep[k] = facts_class(f, k) == class;
    return keep;
}

/* The examples of the parts kept. */
static double examples_in(const struct set *set, const bool *keep)
{
    uint64_t n = 0;

    for (size_t i = 0; i < set->cells.count; i++)
        if (keep[set->cells.cell[i].part]) n += set->cells.cell[i].count;
    return (double)n;
}

static void note_missing(const struct plot *p, const char *group, const char *panel, size_t missing,
                         size_t of)
{
    char shown[2][DIAG_SHOWN];

    diag_shown(shown[0], panel, strlen(panel));
    if (group) diag_shown(shown[1], group, strlen(group));
    plot_note(p, "%s: %s%sno loss above 0 and below infinity in %s%s: left out", p->figure->name,
              group ? shown[1] : "", group ? " has " : "there is ", shown[0],
              missing < of ? ", at some of the settings" : "");
}

/* A panel, and the parts that it shows, NULL: none. */
struct panel {
    const char *name;
    bool *keep; /* [parts] */
};

/* Every set's curves of one panel; what has none is left out, with a note. */
static void put_panel(const struct curves *k, const struct panel *panel, const struct set *set, size_t sets)
{
    struct figure_point s = NO_POINT;

    s.panel = panel->name;
    for (size_t i = 0; i < sets; i++) {
        size_t missing = 0;

        if (panel->keep) s.z = examples_in(&set[i], panel->keep);
        for (size_t c = 0; c < k->count; c++)
            missing += !panel->keep || !put_curve(k, &set[i], &k->setting[c], panel->keep, s);
        if (missing) note_missing(k->plot, set[i].name, panel->name, missing, k->count);
    }
}

/* The panels, whose parts are freed here. */
static bool put_panels(const struct plot *p, struct panel *panel, size_t panels, bool hardest_first,
                       struct table *t, struct diag *d)
{
    struct curves k = {.plot = p, .hardest_first = hardest_first, .out = t};
    struct set set[SETS];
    size_t sets;

    k.count = curves_of_data(p, k.setting, d);
    sets = k.count ? sets_open(p, true, set, d) : 0;
    k.x = mem_alloc(ROOM, sizeof *k.x);
    k.y = mem_alloc(ROOM, sizeof *k.y);
    for (size_t i = 0; i < panels; i++) {
        put_panel(&k, &panel[i], set, sets);
        free(panel[i].keep);
    }
    free(k.x);
    free(k.y);
    sets_close(set, sets);
    return sets > 0;
}

static bool something(const struct table *t, struct diag *d)
{
    return t->row_count ||
           diag_fail(d, STATUS_DATA, "nothing to draw: no loss is above 0 and below infinity");
}

/* Panels of the paper's figure 4: the two sides, or, where there are none, the classes. */
enum { PANELS = 12 };

static bool by_classes(const struct facts *f)
{
    return f->task == TASK_SOFTMAX && f->background < 0;
}

bool fig4_points(const struct plot *p, struct table *t, struct diag *d)
{
    const struct facts *f = p->facts;
    struct panel panel[PANELS];
    size_t n = 0;

    if (by_classes(f) && f->classes > PANELS)
        return diag_fail(d, STATUS_USAGE,
                         "%zu classes are too many panels for one figure: it holds %d; --background NAME "
                         "draws that class against the rest",
                         f->classes, PANELS);
    if (by_classes(f))
        for (; n < f->classes; n++) panel[n] = (struct panel){f->class_name[n], class_parts(f, n)};
    else
        for (int side = 1; side >= 0; side--)
            panel[n++] = (struct panel){side_name(f, side), side_parts(f, side)};
    return put_panels(p, panel, n, false, t, d) && something(t, d);
}

bool concentration_points(const struct plot *p, struct table *t, struct diag *d)
{
    struct panel all = {"examples", side_parts(p->facts, -1)};

    return put_panels(p, &all, 1, true, t, d) && something(t, d);
}

/* ---- the script ---- */

static void put_curves(const struct drawing *g, size_t panel, bool few, bool key, struct plot_list *l)
{
    script_curves(g, panel, "using 1:2 with lines", few, key, l);
}

void fig4_layout(struct drawing *g)
{
    size_t columns = g->panels <= 1 ? 1 : g->panels <= 4 ? 2 : g->panels <= 9 ? 3 : 4;

    g->panel_columns = columns;
    g->rows = (g->panels + columns - 1) / columns;
    g->width *= columns == 1 ? 0.57 : columns == 4 ? 1.2 : 1;
    g->height *= g->rows == 1 ? 1 : 0.85 * (double)g->rows;
    g->x[0] = g->xlog ? 1e-4 : 0;
    g->y[0] = g->ylog ? 1e-4 : 0;
    g->x[1] = g->y[1] = 1;
    g->corners = 1u << KEY_TOP_LEFT;
}

void fig4_axes(const struct drawing *g, struct string *out)
{
    script_ranges(g, out);
    if (!g->xlog) string_printf(out, "set xtics %g\n", g->panel_columns > 2 ? 0.5 : 0.2);
    if (!g->ylog) string_puts(out, "set ytics 0.2\n");
    script_ylabel(g, "'cumulative normalized loss'", out);
    script_colour_bar(g, out);
}

/* "n = 72": how many examples the panel of a block shows, of all its groups; where all have as many, as
   models of the same examples have, "n = 72 each". */
static void put_panel_count(const struct drawing *g, size_t block, struct string *out)
{
    const struct table *t = &g->points;
    const char *panel = points_text(t, g->block[block].first, POINT_PANEL), *last = NULL;
    double sum = 0, first = 0;
    size_t groups = 0;
    bool same = true;

    for (size_t b = 0; b < g->count; b++) {
        const char *group = points_text(t, g->block[b].first, POINT_GROUP);
        double n = points_number(t, g->block[b].first, POINT_Z);

        if (strcmp(points_text(t, g->block[b].first, POINT_PANEL), panel) != 0) continue;
        if (groups && !(group && strcmp(group, last) != 0)) continue;
        if (!groups++) first = n;
        sum += n;
        same = same && n >= first && n <= first;
        last = group;
    }
    if (groups > 1 && same)
        string_printf(out, "n = %.0f each", first);
    else
        string_printf(out, "n = %.0f", sum);
}

/* "positive examples" in the axis' title, "background examples" as in the paper. */
static void side_xlabel(const char *panel, struct string *out)
{
    size_t letters = strlen(panel) - (panel[strlen(panel) - 1] == 's');

    string_printf(out, "set xlabel 'fraction of %.*s examples' textcolor rgb ink\n", (int)letters, panel);
}

void fig4_draw(const struct drawing *g, struct string *out)
{
    const struct facts *f = g->plot->facts;

    script_page(g, out);
    if (g->panels > 1) string_puts(out, "set lmargin 9; set rmargin 2; set bmargin 3.5; set tmargin 2.5\n");
    for (size_t i = 0; i < g->panels; i++) {
        size_t block = panel_block(g, i);
        const char *panel = points_text(&g->points, g->block[block].first, POINT_PANEL);
        struct string n = {0};

        put_panel_count(g, block, &n);
        if (g->panels > 1) script_panel(g, i, out);
        if (by_classes(f)) {
            string_puts(out, "set title ");
            script_name(panel, out);
            string_printf(out, ".', %s' noenhanced textcolor rgb ink offset 0, -0.5\n", n.text);
            string_puts(
                out, i == 0
                         ? "if (dumb) set label 50 at screen 0, graph 1 offset 1, 2 # titles are below it\n"
                     : i == 1 ? "if (dumb) unset label 50\n"
                              : "");
            script_xlabel("'fraction of examples'", out);
        } else {
            side_xlabel(panel, out);
        }
        if (!by_classes(f))
            string_printf(
                out, "set label 52 '%s' at graph 1, graph 1 offset 0, 0.6 right textcolor rgb ink\n", n.text);
        string_free(&n);
        script_key(g, i + 1 == g->panels, out);
        script_plot(g, g->panels > 1 ? block : ALL_PANELS, g->key[0] != KEY_SIDE || i + 1 == g->panels,
                    put_curves, out);
    }
    script_key_pane(g, "using 1:2 with lines", out);
    script_page_end(g, out);
}

void concentration_layout(struct drawing *g)
{
    double least = 0.1;

    for (size_t r = 0; r < g->points.row_count; r++)
        if (points_number(&g->points, r, POINT_X) > 0)
            least = fmin(least, points_number(&g->points, r, POINT_X));
    g->xlog = true;
    g->x[0] = pow(10, floor(log10(least)));
    g->y[0] = g->ylog ? 1e-4 : 0;
    g->x[1] = g->y[1] = 1;
    g->corners = 1u << KEY_TOP_LEFT | 1u << KEY_BOTTOM_RIGHT;
}

void concentration_axes(const struct drawing *g, struct string *out)
{
    script_ranges(g, out);
    if (!g->ylog) string_puts(out, "set ytics 0.2\n");
    script_xlabel("'fraction of the examples, hardest first'", out);
    script_ylabel(g, "'share of the loss'", out);
    string_puts(
        out,
        "set arrow 1 from graph 0, first 0.5 to graph 1, first 0.5 nohead lc rgb ink lw 0.5 dt 3 back\n");
    script_colour_bar(g, out);
}

void concentration_draw(const struct drawing *g, struct string *out)
{
    script_page(g, out);
    script_key(g, true, out);
    script_plot(g, ALL_PANELS, true, put_curves, out);
}
