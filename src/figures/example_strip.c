/* example_strip.c: under a figure of formulas, a strip that shows where the data's examples lie */
#include "figures/internal.h"

#include "loss/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BANDS_P = 20, BANDS_X = 40 };

static const char *const side_name[] = {"background", "foreground", "examples"};

static double edge_of(enum formulas which, double low, double high, size_t i)
{
    return low + (high - low) * (double)i / (double)(which == FORMULA_P ? BANDS_P : BANDS_X);
}

/* The cuts at the edges of the bands (the ends of p_t need none); returns how many. */
static size_t strip_cuts(enum formulas which, double low, double high, double cut[BANDS_X + 1])
{
    size_t n = 0;

    if (which == FORMULA_P)
        for (size_t i = 1; i < BANDS_P; i++) cut[n++] = cut_of_threshold(edge_of(which, low, high, i));
    else
        for (size_t i = 0; i <= BANDS_X; i++)
            cut[n++] = cut_of_tail(tail_of_xt(edge_of(which, low, high, i)));
    return n;
}

static void add_strip_cuts(enum formulas which, double low, double high, struct cuts *c)
{
    c->at = mem_resize(c->at, c->count + BANDS_X + 1, sizeof *c->at);
    c->count += strip_cuts(which, low, high, c->at + c->count);
}

void cuts_loss(struct cuts *c)
{
    add_strip_cuts(FORMULA_P, 0, 1, c);
}

void cuts_margin(struct cuts *c)
{
    add_strip_cuts(FORMULA_X, -5, 5, c);
}

void cuts_gradient(struct cuts *c)
{
    add_strip_cuts(FORMULA_DX, -10, 10, c);
}

static void side_bands(const struct plot *p, struct measure *m, int side, enum formulas which, double low,
                       double high, struct table *t)
{
    size_t bands = which == FORMULA_P ? BANDS_P : BANDS_X,
           beyond = which != FORMULA_P; /* band 0: below low */
    bool *keep = side_parts(p->facts, side);
    struct sums sums[BANDS_X + 2];
    double all = 0;

    if (!keep) return;
    measure_bands(m, keep, sums);
    for (size_t i = 0; i < measure_segments(m); i++) all += sums[i].weight;
    for (size_t i = 0; i < bands; i++) {
        struct spot s = NO_SPOT;

        s.panel = "examples";
        s.curve = side_name[side < 0 ? 2 : side];
        s.x = edge_of(which, low, high, i);
        s.x_end = edge_of(which, low, high, i + 1);
        s.y = sums[i + beyond].weight;
        s.z = all > 0 ? s.y / all : NAN;
        numbers_put(t, p->figure, &s);
    }
    free(keep);
}

bool strip_numbers(const struct plot *p, enum formulas which, double low, double high, struct table *t,
                   struct diag *d)
{
    struct set set[SETS];
    double cut[BANDS_X + 1];
    size_t n = sets_open(p, false, cut, strip_cuts(which, low, high, cut), set, d);
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
