/* bands.c: figures over bands of p_t: where examples and loss lie (mass), and the gradient's norm
   (density) */
#include "figures/figure.h"

#include <stdlib.h>

/* Edges of the bands of p_t, without 0 and 1: closer at the ends, where a detector's examples are. */
static const double mass_edge[] = {0.0001, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999};
enum { MASS_EDGES = sizeof mass_edge / sizeof *mass_edge, DENSITY_BANDS = 30 };

static double density_edge(size_t i)
{
    return (double)i / DENSITY_BANDS;
}

static void cut(struct cuts *c, double edge)
{
    c->at = mem_resize(c->at, c->count + 1, sizeof *c->at);
    c->at[c->count++] = cut_of_threshold(edge);
}

void mass_cuts(const struct figure *f, struct cuts *c)
{
    (void)f;
    for (size_t i = 0; i < MASS_EDGES; i++) cut(c, mass_edge[i]);
}

void density_cuts(const struct figure *f, struct cuts *c)
{
    (void)f;
    for (size_t i = 1; i < DENSITY_BANDS; i++) cut(c, density_edge(i));
}

/* ---- mass ---- */

/* The share of each band in the loss of one curve, or in the examples (c NULL). */
static bool put_bands(const struct plot *p, struct measure *m, const struct setting *c, struct table *t)
{
    enum { BANDS = MASS_EDGES + 1 };
    struct sums *sums = mem_alloc(p->facts->parts * BANDS, sizeof *sums);
    struct setting ce = setting_of(&loss_ce, NAN, NAN, NAN);
    double *factor = side_factors(p->facts, c ? c : &ce), value[BANDS] = {0}, all = 0;
    struct figure_point s = NO_POINT;

    measure_set(m, c ? c : &ce);
    measure_sums(m, sums);
    for (size_t k = 0; k < p->facts->parts; k++)
        for (size_t i = 0; i < BANDS; i++)
            value[i] += c ? factor[k] * sums[k * BANDS + i].loss : sums[k * BANDS + i].weight;
    for (size_t i = 0; i < BANDS; i++) all += value[i];
    s.panel = c ? "loss" : "examples";
    if (c) s.curve = c->loss->symbol, s.setting = *c;
    for (size_t i = 0; i < BANDS && all > 0 && isfinite(all); i++) {
        s.x = i ? mass_edge[i - 1] : 0;
        s.x_end = i < MASS_EDGES ? mass_edge[i] : 1;
        s.y = value[i] / all;
        s.z = value[i];
        points_add(t, p->figure, &s);
    }
    free(factor);
    free(sums);
    return all > 0 && isfinite(all);
}

bool mass_points(const struct plot *p, struct table *t, struct diag *d)
{
    struct setting curve[CURVES];
    struct set set[SETS];
    size_t curves = curves_of_data(p, curve, d), sets = curves ? sets_open(p, false, set, d) : 0, drawn = 0;

    if (!sets) return false;
    put_bands(p, set[0].measure, NULL, t);
    for (size_t c = 0; c < curves; c++) drawn += put_bands(p, set[0].measure, &curve[c], t);
    sets_close(set, sets);
    if (drawn && drawn < curves)
        plot_note(p, "mass: at %zu of the settings the loss is 0 or infinite: left out", curves - drawn);
    return drawn || diag_fail(d, STATUS_DATA, "nothing to draw: the loss is 0 or infinite");
}

/* The axis' position of a share, as the script computes it. */
static double band_place(double p)
{
    return p <= 0 ? -11 : p >= 1 ? 11 : log(p / (1 - p));
}

/* The bands from the first to the last that has examples. */
static void bands_seen(const struct drawing *g, double *low, double *high)
{
    const struct block *b = &g->block[0];

    *low = *high = NAN;
    for (size_t r = b->first; r < b->first + b->count; r++) {
        if (!(points_number(&g->points, r, POINT_Y) > 0)) continue;
        if (isnan(*low)) *low = band_place(points_number(&g->points, r, POINT_X));
        *high = band_place(points_number(&g->points, r, POINT_X_END));
    }
    if (isnan(*low)) *low = -11, *high = 11;
}

void mass_layout(struct drawing *g)
{
    double most = 0;

    for (size_t r = 0; r < g->points.row_count; r++) most = fmax(most, points_number(&g->points, r, POINT_Y));
    bands_seen(g, &g->x[0], &g->x[1]);
    g->y[0] = g->ylog ? 0.01 : 0;
    g->y[1] = most > 0.5 ? 100 : fmin(100, 10 * ceil(12 * most));
    if (!g->plot->style.stacked) g->width *= 1.25;
    g->markers = true;
    styles_add_entry(&g->styles, "examples");
    g->corners = 0;
}

void mass_axes(const struct drawing *g, struct string *out)
{
    script_ranges(g, out);
    string_puts(out, "# the axis is x_t = log(p_t/(1 - p_t)), so that both ends are seen; its tics are "
                     "p_t\nX(p) = p <= 0 ? -11 : p >= 1 ? 11 : log(p/(1 - p))\nset xtics (");
    for (size_t i = 0; i < MASS_EDGES; i++) {
        bool outer = (i == 0 || i + 1 == MASS_EDGES) && g->x[1] - g->x[0] > 16; /* no room for its text */

        string_printf(out, "%s'", i ? ", " : "");
        if (!outer) script_number(mass_edge[i], out);
        string_printf(out, "' X(%g)", mass_edge[i]);
    }
    string_puts(out, ")\n");
    if (!g->ylog) string_puts(out, "set ytics 20\n");
    string_puts(out, "set format y percent\n");
    script_xlabel("'probability of ground truth class'", out);
    script_ylabel(g, "'share of all'", out);
    script_colour_bar(g, out);
}

/* Bars for the examples; the loss of each setting as steps, a little beside each other where they are few. */
static void put_items(const struct drawing *g, size_t panel, bool few, bool key, struct plot_list *l)
{
    script_item(l);
    string_printf(l->out,
                  "%s using (0.5*(X($1) + X($2))):(100*$3):(X($2) - X($1)) with boxes %s title 'examples'",
                  g->block[0].name, theme_bars(g->plot, true));
    script_curves(g, panel,
                  few ? "using (0.5*(X($1) + X($2))):(100*$3) with points"
                      : "using (X($1)):(100*$3):(X($2) - X($1)):(0) with vectors nohead",
                  few, key, l);
}

void mass_draw(const struct drawing *g, struct string *out)
{
    script_page(g, out);
    script_key(g, true, out);
    script_plot(g, ALL_PANELS, true, put_items, out);
}

/* ---- density ---- */

/* Bands of g = 1 − p_t, the norm of CE's gradient (Li, Liu, Wang, AAAI 2019: GHM), are those of p_t the other
   way round: each with its upper end, unlike the bins of ghm-c (evaluate/gradient_bins.h). */
static void density_side(const struct plot *p, struct measure *m, int side, struct table *t)
{
    struct sums sums[DENSITY_BANDS];
    bool *keep = side_parts(p->facts, side);
    struct figure_point s = NO_POINT;

    if (!keep) return;
    measure_bands(m, keep, sums);
    s.panel = "examples";
    s.curve = side_name(p->facts, side);
    for (size_t i = DENSITY_BANDS; i-- > 0;) {
        s.x = 1 - density_edge(i + 1);
        s.x_end = 1 - density_edge(i);
        s.y = sums[i].weight;
        s.z = sums[i].slope; /* what they pull: Σ g */
        points_add(t, p->figure, &s);
    }
    free(keep);
}

bool density_points(const struct plot *p, struct table *t, struct diag *d)
{
    if (!points_of_sides(p, density_side, t, d)) return false;
    for (size_t r = 0; r < t->row_count; r++)
        if (points_number(t, r, POINT_Y) > 0) return true;
    return diag_fail(d, STATUS_DATA, "nothing to draw: there are no examples");
}

void density_axes(const struct drawing *g, struct string *out)
{
    (void)g;
    string_puts(out, "set xrange [0:1]\nset xtics 0.2\n");
    script_counts_axis(g, POINT_Y, out);
    script_xlabel("(tex ? 'gradient norm $1 - p_t$' : 'gradient norm 1 − '.pt)", out);
    script_ylabel(g, "'examples'", out);
    script_key_above(g, false, out);
}

void density_draw(const struct drawing *g, struct string *out)
{
    struct plot_list l = {out, 0};

    script_page(g, out);
    for (size_t b = 0; b < g->count; b++) {
        script_item(&l);
        string_printf(out, "%s using (0.5*($1 + $2)):3:($2 - $1) with boxes %s title '%s'", g->block[b].name,
                      b ? "fillstyle empty ls 2 lw 2 dt 1" : theme_bars(g->plot, false),
                      points_text(&g->points, g->block[b].first, POINT_CURVE));
    }
    string_putc(out, '\n');
}
