/* example_strip.c: under a figure of formulas, a strip that shows where the data's examples lie */
#include "figures/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BANDS_P = 20, BANDS_X = 40 };

static const char *const side_name[] = {"background", "foreground", "examples"};

static void side_bands(const struct plot *p, struct measure *m, int side, enum formulas which, double low,
                       double high, struct table *t)
{
    size_t bands = which == FORMULA_P ? BANDS_P : BANDS_X;
    bool *keep = side_parts(p->facts, side);
    double edge[BANDS_X + 1];
    struct sums sums[BANDS_X], all;

    if (!keep) return;
    for (size_t i = 0; i <= bands; i++) {
        double x = low + (high - low) * (double)i / (double)bands;

        edge[i] = which == FORMULA_P ? x : 1 / (1 + exp(-x));
    }
    measure_bands(m, keep, edge, bands + 1, sums);
    measure_bands(m, keep, (double[]){0, 1}, 2, &all);
    for (size_t i = 0; i < bands; i++) {
        struct spot s = NO_SPOT;

        s.panel = "examples";
        s.curve = side_name[side < 0 ? 2 : side];
        s.x = low + (high - low) * (double)i / (double)bands;
        s.x_end = low + (high - low) * (double)(i + 1) / (double)bands;
        s.y = sums[i].weight;
        s.z = all.weight > 0 ? sums[i].weight / all.weight : NAN;
        numbers_put(t, p->figure, &s);
    }
    free(keep);
}

bool strip_numbers(const struct plot *p, enum formulas which, double low, double high, struct table *t,
                   struct diag *d)
{
    struct set set[SETS];
    size_t n = sets_open(p, false, NULL, 0, set, d);
    bool *sides = side_parts(p->facts, 1);

    if (n) measure_set(set[0].measure, &(struct setting){.loss = loss_find("ce", 2)});
    for (int side = sides ? 0 : -1; n && side <= (sides ? 1 : -1); side++)
        side_bands(p, set[0].measure, side, which, low, high, t);
    sets_close(set, n);
    free(sides);
    return n > 0;
}

/* "background", and how many of its examples lie beyond the axis. */
static void band_title(const struct table *t, const struct block *b, struct string *out)
{
    double inside = 0, beyond;

    for (size_t r = b->first; r < b->first + b->count; r++) inside += numbers_at(t, r, N_Z);
    beyond = 100 * (1 - inside);
    string_printf(out, "'%s", numbers_text(t, b->first, N_CURVE));
    if (beyond >= 0.05) string_printf(out, " (%.1f'.(tex ? '\\%%' : '%%').' beyond)", beyond);
    string_putc(out, '\'');
}

void strip_draw(const struct plot *p, const struct table *t, const char *xlabel, struct string *out)
{
    static const int column[] = {N_X, N_X_END, N_Y};
    size_t count;
    struct block *block = numbers_blocks(t, &count);
    double most = 1;

    for (size_t r = 0; r < t->row_count; r++) most = fmax(most, numbers_at(t, r, N_Y));
    string_puts(out, "\n# where the examples lie: from, to, how many\n");
    script_blocks(t, block, count, column, 3, out);
    string_puts(out, "\n");
    script_multiplot(p, "", out);
    string_printf(
        out,
        "set lmargin 8; set rmargin 2\n"
        "set origin 0, 0; set size 1, 0.34\n"
        "set xrange [%g:%g]\nset yrange [0.5:%.0e]\nset logscale y\n"
        "set format y (tex ? '$10^{%%T}$' : dumb ? '1e%%T' : '10^{%%T}')\nset ytics 1, %s\n"
        "set xlabel %s textcolor rgb ink\nset ylabel 'examples' textcolor rgb ink\n"
        "set key tmargin left horizontal Left reverse samplen 1.5 width 2 textcolor rgb ink noenhanced\nplot",
        numbers_at(t, 0, N_X), numbers_at(t, block[0].count - 1, N_X_END), most * 2,
        most > 2e3 ? "100" : "10", xlabel);
    for (size_t b = 0; b < count; b++) {
        string_printf(out, "%s%s using (0.5*($1 + $2)):3:($2 - $1) with boxes %s title ",
                      b ? ", \\\n     " : " ", block[b].name,
                      b ? "fillstyle empty ls 2 dt 1" : "fillstyle solid 1 noborder ls 8");
        band_title(t, &block[b], out);
    }
    string_puts(out, "\n\n# the figure above them\n");
    script_panel_end(p, out);
    string_printf(
        out, "set key default\nset origin 0, 0.34; set size 1, %s\nunset logscale y\nset format y '%%h'\n",
        p->style.title && *p->style.title ? "0.6" : "0.66");
    free(block);
}
