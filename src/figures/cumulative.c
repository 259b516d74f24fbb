/* cumulative.c: how the loss adds up over the examples: the paper's figure 4, and the share of the hardest */
#include "figures/internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 240 };

static bool put_curve(const struct plot *p, const struct set *set, const struct setting *c, const bool *keep,
                      bool hardest_first, struct spot s, struct table *t, struct diag *d)
{
    double x[POINTS], y[POINTS], *factor = side_factors(p->facts, c);
    size_t n;

    measure_set(set->measure, c);
    n = measure_curve(set->measure, factor, keep, hardest_first, POINTS, x, y);
    free(factor);
    s.group = set->name;
    s.curve = c->loss->symbol;
    s.setting = *c;
    for (size_t i = 0; i < n; i++) {
        s.x = x[i];
        s.y = y[i];
        numbers_put(t, p->figure, &s);
    }
    return n || diag_fail(d, STATUS_DATA, "nothing to draw: no %s%s with a loss above 0 and below infinity",
                          s.panel, strcmp(s.panel, "examples") == 0 ? "" : " examples");
}

/* keep[parts] of a class. */
static bool *class_parts(const struct facts *f, size_t class)
{
    bool *keep = mem_alloc(f->parts, sizeof *keep);

    for (size_t k = 0; k < f->parts; k++) keep[k] = facts_class(f, k) == class;
    return keep;
}

/* Every set's curves of one panel, of the parts kept (freed here). */
static bool put_panel(const struct plot *p, const char *panel, bool *keep, bool hardest_first,
                      struct table *t, struct diag *d)
{
    struct setting curve[CURVES];
    struct set set[SETS];
    struct spot s = NO_SPOT;
    size_t curves = focal_curves(p, curve, d), sets = curves ? sets_open(p, true, NULL, 0, set, d) : 0;
    bool well = sets > 0;

    if (!keep) well = diag_fail(d, STATUS_DATA, "nothing to draw: no %s examples", panel);
    s.panel = panel;
    for (size_t i = 0; i < sets && well; i++)
        for (size_t c = 0; c < curves && well; c++)
            well = put_curve(p, &set[i], &curve[c], keep, hardest_first, s, t, d);
    sets_close(set, sets);
    free(keep);
    return well;
}

/* Panels of the paper's figure 4: the two sides, or, where there are none, the classes. */
enum { PANELS = 12 };
static const char *const side_panel[] = {"foreground", "background"};

static size_t cdf_panels(const struct plot *p)
{
    bool softmax = p->facts->task == TASK_SOFTMAX && p->facts->background < 0;

    return !softmax ? 2 : p->facts->classes < PANELS ? p->facts->classes : PANELS;
}

static const char *cdf_panel(const struct plot *p, size_t i)
{
    return p->facts->task == TASK_SOFTMAX && p->facts->background < 0 ? p->facts->class_name[i]
                                                                      : side_panel[i];
}

static size_t cdf_columns(const struct plot *p)
{
    size_t n = cdf_panels(p);

    if (p->style.stacked) return 1;
    return n <= 4 ? 2 : n <= 9 ? 3 : 4;
}

size_t rows_cdf(const struct plot *p)
{
    return p->facts ? (cdf_panels(p) + cdf_columns(p) - 1) / cdf_columns(p) : 1;
}

bool numbers_cdf(const struct plot *p, struct table *t, struct diag *d)
{
    const struct facts *f = p->facts;
    bool classes = f->task == TASK_SOFTMAX && f->background < 0, well = true;

    if (classes && f->classes > PANELS)
        return diag_fail(d, STATUS_USAGE,
                         "%zu classes are too many panels for one figure: it holds %d; --background NAME "
                         "draws that class against the rest",
                         f->classes, PANELS);
    for (size_t i = 0; i < cdf_panels(p) && well; i++)
        well =
            put_panel(p, cdf_panel(p, i), classes ? class_parts(f, i) : side_parts(f, i == 0), false, t, d);
    return well;
}

bool numbers_concentration(const struct plot *p, struct table *t, struct diag *d)
{
    return put_panel(p, "examples", side_parts(p->facts, -1), true, t, d);
}

static bool only_focal(const struct table *t)
{
    for (size_t r = 0; r < t->row_count; r++) {
        const char *loss = numbers_text(t, r, N_LOSS);

        if (!loss || strcmp(loss, "focal") != 0) return false;
    }
    return true;
}

/* "plot $foreground_1 with lines …": the blocks of one panel, colours by setting, dashes by group where there
 * are several. */
static void plot_panel(const struct plot *p, const struct table *t, const struct block *block, size_t count,
                       const char *panel, struct string *out)
{
    size_t sets = p->facts->grouped ? p->facts->group_count : 1, curves = count, k = 0;
    bool short_form = only_focal(t);

    for (size_t b = 0; b < count; b++)
        if (strcmp(numbers_text(t, block[b].first, N_PANEL), panel) != 0) curves--;
    curves /= sets;
    string_puts(out, "plot");
    for (size_t b = 0; b < count; b++) {
        size_t row = block[b].first, i = k % curves;
        struct setting c = numbers_setting(t, row);

        if (strcmp(numbers_text(t, row, N_PANEL), panel) != 0) continue;
        string_printf(out, "%s%s with lines title ", k ? ", \\\n     " : " ", block[b].name);
        script_curve_title(numbers_text(t, row, N_GROUP), &c, short_form, out);
        string_printf(out, " ls %zu", script_style(i));
        if (sets > 1) string_printf(out, " dt %s", script_dash(k / curves));
        k++;
    }
    string_puts(out, "\n");
}

/* What stands around panel i: many small ones have their class as a title, and one key and one label for all.
 */
static void cdf_panel_texts(const struct plot *p, size_t i, struct string *out)
{
    bool small = cdf_columns(p) > 2;

    if (i) script_panel_end(p, out);
    string_puts(out, small ? "\nset xtics 0.5\nset title " : "\nset xlabel 'fraction of '.");
    script_foreign(cdf_panel(p, i), out);
    string_puts(out,
                small ? " noenhanced textcolor rgb ink\n" : ".' examples' noenhanced textcolor rgb ink\n");
    if (!small) return;
    string_printf(out, "set xlabel '%s' textcolor rgb ink\n",
                  i / cdf_columns(p) + 1 == rows_cdf(p) || i + cdf_columns(p) >= cdf_panels(p)
                      ? "fraction of examples"
                      : "");
    string_printf(out, "set ylabel '%s' textcolor rgb ink\n", i % cdf_columns(p) ? "" : "loss so far");
    if (i) string_puts(out, "unset key\n");
}

bool draw_cdf(const struct plot *p, struct string *out, struct diag *d)
{
    static const int column[] = {N_X, N_Y};
    struct table t = {0};
    struct block *block = NULL;
    char layout[64];
    size_t count;
    bool well;

    table_init(&t, numbers_column, N_COLUMNS);
    well = numbers_cdf(p, &t, d);
    if (well) {
        script_head(p,
                    "Figure 4 of arXiv 1708.02002: cumulative normalised loss of the examples of each side, "
                    "lowest loss first",
                    out);
        block = numbers_blocks(&t, &count);
        script_blocks(&t, block, count, column, 2, out);
        string_puts(out, "\nset xrange [0:1]\nset yrange [0:1]\nset xtics 0.2\nset ytics 0.2\n"
                         "set ylabel 'cumulative normalized loss' textcolor rgb ink\n"
                         "if (dumb) unset ylabel; set title 'cumulative normalized loss' # a text picture "
                         "has no room beside the axis\n");
        script_key(p, "top left", out);
        script_logs(p, out);
        snprintf(layout, sizeof layout, "layout %zu, %zu", rows_cdf(p), cdf_columns(p));
        script_multiplot(p, layout, out);
        for (size_t i = 0; i < cdf_panels(p); i++) {
            cdf_panel_texts(p, i, out);
            plot_panel(p, &t, block, count, cdf_panel(p, i), out);
        }
        string_puts(out, "unset multiplot\n");
    }
    free(block);
    table_free(&t);
    return well;
}

bool draw_concentration(const struct plot *p, struct string *out, struct diag *d)
{
    static const int column[] = {N_X, N_Y};
    struct table t = {0};
    struct block *block = NULL;
    size_t count;
    double least = 0.1;
    bool well;

    table_init(&t, numbers_column, N_COLUMNS);
    well = numbers_concentration(p, &t, d);
    if (well) {
        for (size_t r = 0; r < t.row_count; r++)
            if (numbers_at(&t, r, N_X) > 0) least = fmin(least, numbers_at(&t, r, N_X));
        script_head(p, "the share of the loss that the hardest examples hold", out);
        block = numbers_blocks(&t, &count);
        script_blocks(&t, block, count, column, 2, out);
        script_title(p, out);
        string_printf(
            out,
            "\nset logscale x\nset xrange [%g:1]\nset yrange [0:1]\nset ytics 0.2\n"
            "set format x (tex ? '$10^{%%T}$' : dumb ? '1e%%T' : '10^{%%T}')\n"
            "set xlabel 'fraction of the examples, hardest first' textcolor rgb ink\n"
            "set ylabel 'share of the loss' textcolor rgb ink\n"
            "set arrow 1 from graph 0, first 0.5 to graph 1, first 0.5 nohead lc rgb ink lw 0.5 dt 3 back\n",
            pow(10, floor(log10(least))));
        script_key(p, "top left", out);
        script_logs(p, out);
        plot_panel(p, &t, block, count, "examples", out);
    }
    free(block);
    table_free(&t);
    return well;
}
