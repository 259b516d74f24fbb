/* bands.c: figures over bands of p_t: where examples and loss lie (mass), and the gradient's norm (density)
 */
#include "figures/internal.h"

#include <stdlib.h>
#include <string.h>

enum { MASS_BANDS = 10, DENSITY_BANDS = 30 };

/* Edges of even bands of p_t in [0, 1]. */
static void even_edges(size_t bands, double *edge)
{
    for (size_t i = 0; i <= bands; i++) edge[i] = (double)i / (double)bands;
}

/* The cuts between them: [bands − 1]. */
static void even_cuts(size_t bands, double *cut)
{
    for (size_t i = 1; i < bands; i++) cut[i - 1] = cut_of_threshold((double)i / (double)bands);
}

static void cut_at_edges(size_t bands, struct cuts *c)
{
    c->at = mem_resize(c->at, c->count + bands, sizeof *c->at);
    even_cuts(bands, c->at + c->count);
    c->count += bands - 1;
}

void cuts_mass(struct cuts *c)
{
    cut_at_edges(MASS_BANDS, c);
}

void cuts_density(struct cuts *c)
{
    cut_at_edges(DENSITY_BANDS, c);
}

/* ---- mass ---- */

/* The share of each band in the sum over all: of the examples (which 0), the loss (1), the gradient (2). */
static double band_value(const struct sums *s, int which)
{
    return which == 0 ? s->weight : which == 1 ? s->loss : s->slope;
}

static void put_bands(const struct plot *p, struct spot s, const double *edge, size_t bands,
                      const double *value, struct table *t)
{
    double all = 0;

    for (size_t i = 0; i < bands; i++) all += value[i];
    for (size_t i = 0; i < bands; i++) {
        s.x = edge[i];
        s.x_end = edge[i + 1];
        s.y = all > 0 ? value[i] / all : NAN;
        s.z = value[i];
        numbers_put(t, p->figure, &s);
    }
}

/* α's factor of a side enters side by side. */
static void bands_of(const struct plot *p, struct measure *m, const struct setting *c, size_t bands,
                     int which, double *value)
{
    struct sums sums[DENSITY_BANDS];
    double *factor = side_factors(p->facts, c);

    for (size_t i = 0; i < bands; i++) value[i] = 0;
    measure_set(m, c);
    for (int side = -1; side < 2; side++) {
        bool *keep = mem_alloc(p->facts->parts, sizeof *keep), any = false;
        double f = 1;

        for (size_t k = 0; k < p->facts->parts; k++)
            if ((keep[k] = facts_side(p->facts, k) == side)) any = true, f = factor[k];
        if (any) measure_bands(m, keep, sums);
        for (size_t i = 0; any && i < bands; i++) value[i] += (which ? f : 1) * band_value(&sums[i], which);
        free(keep);
    }
    free(factor);
}

bool numbers_mass(const struct plot *p, struct table *t, struct diag *d)
{
    struct setting curve[CURVES];
    struct set set[SETS];
    double edge[MASS_BANDS + 1], cut[MASS_BANDS], value[MASS_BANDS];
    size_t curves = focal_curves(p, curve, d), sets = 0;
    struct spot s = NO_SPOT;

    even_edges(MASS_BANDS, edge);
    even_cuts(MASS_BANDS, cut);
    if (curves) sets = sets_open(p, false, cut, MASS_BANDS - 1, set, d);
    for (size_t c = 0; sets && c <= curves; c++) {
        bands_of(p, set[0].measure, &curve[c ? c - 1 : 0], MASS_BANDS, c > 0, value);
        s.panel = c ? "loss" : "examples";
        if (c) {
            s.curve = curve[c - 1].loss->symbol;
            s.setting = curve[c - 1];
        }
        put_bands(p, s, edge, MASS_BANDS, value, t);
    }
    sets_close(set, sets);
    return sets > 0;
}

bool draw_mass(const struct plot *p, struct string *out, struct diag *d)
{
    static const int column[] = {N_X, N_X_END, N_Y};
    struct table t = {0};
    struct block *block = NULL;
    size_t count = 0;
    bool well;

    table_init(&t, numbers_column, N_COLUMNS);
    well = numbers_mass(p, &t, d);
    if (well) {
        script_head(p, "where the examples lie, and where their loss: shares by bands of p_t", out);
        block = numbers_blocks(&t, &count);
        script_blocks(&t, block, count, column, 3, out);
        script_title(p, out);
        string_puts(out, "\nset xrange [0:1]\nset xtics 0.1\nset format y (tex ? '%.0f\\,\\%%' : '%.0f %%')\n"
                         "set xlabel 'probability of ground truth class' textcolor rgb ink\n"
                         "set ylabel 'share of all' textcolor rgb ink\n");
        if (!p->style.ylog) string_puts(out, "set yrange [0:100]\nset ytics 20\n");
        script_key(p, "top center", out);
        script_logs(p, out);
        string_printf(out,
                      "plot %s using (0.5*($1 + $2)):(100*$3):($2 - $1) with boxes fillstyle solid 1 "
                      "noborder ls 8 title 'examples'",
                      block[0].name);
        for (size_t b = 1; b < count; b++) {
            struct setting c = numbers_setting(&t, block[b].first);

            /* points a little beside each other, so that equal ones are seen */
            string_printf(
                out, ", \\\n     %s using (0.5*($1 + $2) + %.3g):(100*$3) with linespoints ls %zu title ",
                block[b].name, 0.012 * ((double)b - 0.5 * (double)count), script_style(b - 1));
            script_curve_title(NULL, &c, false, out);
        }
        string_putc(out, '\n');
    }
    free(block);
    table_free(&t);
    return well;
}

/* ---- density ---- */

static const char *const side_name[] = {"background", "foreground", "examples"};

/* Bands of g = 1 − p_t, the norm of CE's gradient (Li, Liu, Wang, AAAI 2019: GHM), are those of p_t the other
 * way round. */
static void density_side(const struct plot *p, struct measure *m, int side, struct table *t)
{
    double edge[DENSITY_BANDS + 1];
    struct sums sums[DENSITY_BANDS];
    bool *keep = side_parts(p->facts, side);
    struct spot s = NO_SPOT;

    if (!keep) return;
    even_edges(DENSITY_BANDS, edge);
    measure_bands(m, keep, sums);
    s.panel = "examples";
    s.curve = side_name[side < 0 ? 2 : side];
    for (size_t i = DENSITY_BANDS; i-- > 0;) {
        s.x = 1 - edge[i + 1];
        s.x_end = 1 - edge[i];
        s.y = sums[i].weight;
        s.z = sums[i].slope; /* what they pull: Σ g */
        numbers_put(t, p->figure, &s);
    }
    free(keep);
}

bool numbers_density(const struct plot *p, struct table *t, struct diag *d)
{
    struct set set[SETS];
    double cut[DENSITY_BANDS];
    size_t sets;
    bool *sides = side_parts(p->facts, 1);

    even_cuts(DENSITY_BANDS, cut);
    sets = sets_open(p, false, cut, DENSITY_BANDS - 1, set, d);
    if (sets) measure_set(set[0].measure, &(struct setting){.loss = loss_find("ce", 2)});
    for (int side = sides ? 0 : -1, last = sides ? 1 : -1; sets && side <= last; side++)
        density_side(p, set[0].measure, side, t);
    sets_close(set, sets);
    free(sides);
    return sets > 0;
}

bool draw_density(const struct plot *p, struct string *out, struct diag *d)
{
    static const int column[] = {N_X, N_X_END, N_Y, N_Z};
    struct table t = {0};
    struct block *block = NULL;
    size_t count = 0;
    bool well;

    table_init(&t, numbers_column, N_COLUMNS);
    well = numbers_density(p, &t, d);
    if (well) {
        script_head(p,
                    "how many examples have a gradient of which norm, g = |dCE/dx| = 1 - p_t (as in GHM, "
                    "arXiv 1811.05181)\n"
                    "# from, to, examples, sum of their g",
                    out);
        block = numbers_blocks(&t, &count);
        script_blocks(&t, block, count, column, 4, out);
        script_title(p, out);
        string_puts(
            out, "\nset xrange [0:1]\nset xtics 0.2\nset yrange [0.5:*]\n"
                 "set logscale y\nset format y (tex ? '$10^{%T}$' : dumb ? '1e%T' : '10^{%T}')\n"
                 "set xlabel (tex ? 'gradient norm $1 - p_t$' : 'gradient norm 1 − p_t') textcolor rgb ink\n"
                 "set ylabel 'examples' textcolor rgb ink\n");
        script_key(p, "top center", out);
        for (size_t b = 0; b < count; b++)
            string_printf(out, "%s %s using (0.5*($1 + $2)):3:($2 - $1) with boxes %s title '%s'",
                          b ? ", \\\n    " : "plot", block[b].name,
                          b ? "fillstyle empty ls 2 dt 1" : "fillstyle solid 1 noborder ls 8",
                          numbers_text(&t, block[b].first, N_CURVE));
        string_putc(out, '\n');
    }
    free(block);
    table_free(&t);
    return well;
}
