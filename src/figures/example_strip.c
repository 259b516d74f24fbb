/* example_strip.c: under a figure of formulas, a strip that shows where the data's examples lie */
#include "figures/figure.h"
#include "loss/tail.h"

#include <stdlib.h>

enum { BANDS_P = 20, BANDS_X = 40 };

static size_t strip_bands(const struct paper_figure *f)
{
    return f->formulas == FORMULA_P ? BANDS_P : BANDS_X;
}

static double edge_of(const struct paper_figure *f, size_t i)
{
    return f->low + (f->high - f->low) * (double)i / (double)strip_bands(f);
}

/* The ends of p_t need none. */
void strip_cuts(const struct figure *figure, struct cuts *c)
{
    const struct paper_figure *f = figure->formulas;

    c->at = mem_resize(c->at, c->count + BANDS_X + 1, sizeof *c->at);
    if (f->formulas == FORMULA_P)
        for (size_t i = 1; i < BANDS_P; i++) c->at[c->count++] = cut_of_threshold(edge_of(f, i));
    else
        for (size_t i = 0; i <= BANDS_X; i++) c->at[c->count++] = cut_of_tail(tail_of_xt(edge_of(f, i)));
}

/* The examples of one side in each band, and which part of all of them that is. */
static void side_bands(const struct plot *p, struct measure *m, int side, struct table *t)
{
    const struct paper_figure *f = p->figure->formulas;
    size_t beyond = f->formulas != FORMULA_P; /* band 0: below the axis */
    bool *keep = side_parts(p->facts, side);
    struct sums sums[BANDS_X + 2];
    double all = 0;

    if (!keep) return;
    measure_bands(m, keep, sums);
    for (size_t i = 0; i < measure_segments(m); i++) all += sums[i].weight;
    for (size_t i = 0; i < strip_bands(f); i++) {
        struct figure_point s = NO_POINT;

        s.panel = "examples";
        s.curve = side_name(p->facts, side);
        s.x = edge_of(f, i);
        s.x_end = edge_of(f, i + 1);
        s.y = sums[i + beyond].weight;
        s.z = all > 0 ? s.y / all : NAN;
        points_add(t, p->figure, &s);
    }
    free(keep);
}

bool strip_points(const struct plot *p, struct table *t, struct diag *d)
{
    return points_of_sides(p, side_bands, t, d);
}

/* "background", and how many of its examples lie beyond the axis. */
static void band_title(const struct table *t, const struct block *b, struct string *out)
{
    double inside = 0, beyond;

    for (size_t r = b->first; r < b->first + b->count; r++) inside += points_number(t, r, POINT_Z);
    beyond = 100 * (1 - inside);
    string_printf(out, "'%s", points_text(t, b->first, POINT_CURVE));
    if (beyond >= 0.05) string_printf(out, " (%.1f'.(tex ? '\\,\\%%' : ' %%').' beyond)", beyond);
    string_putc(out, '\'');
}

void strip_draw(const struct drawing *g, const char *xlabel, struct string *out)
{
    const struct table *t = &g->points;
    const struct paper_figure *f = g->plot->figure->formulas;
    struct plot_list l = {out, 0};

    script_strip(g, "where the examples lie", out);
    string_printf(out, "set tmargin %g; set bmargin 3.5\nset xrange [%g:%g]\nset format x %s\n",
                  f->formulas == FORMULA_P ? 1.5 : 3, g->xlog ? g->x[0] : f->low, f->high,
                  g->xlog ? "ten" : "plain");
    script_counts_axis(g, POINT_Y, out);
    script_xlabel(xlabel, out);
    string_puts(out, "if (!dumb) set ylabel 'examples' textcolor rgb ink\nset key tmargin left horizontal "
                     "Left reverse samplen 1.5 width 2 textcolor rgb ink noenhanced\n");
    if (g->styles.bar) string_puts(out, "unset colorbox\n");
    for (size_t b = 0; b < g->count; b++) {
        if (g->styles.id[b] != NO_CURVE) continue;
        script_item(&l);
        string_printf(out, "%s using (0.5*($1 + $2)):3:($2 - $1) with boxes %s title ", g->block[b].name,
                      l.count > 1 ? "fillstyle empty ls 2 lw 2 dt 1" : theme_bars(g->plot, false));
        band_title(t, &g->block[b], out);
    }
    string_putc(out, '\n');
}
