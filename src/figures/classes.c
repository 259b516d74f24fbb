/* classes.c: each class's share of the examples and of the loss */
#include "base/utf8.h"
#include "figures/figure.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CLASSES = 40 };

/* One class's part of the whole. */
struct class_share {
    const char *name;
    double examples;
    double *loss; /* [curves] */
};

static int by_first_loss(const void *a, const void *b)
{
    const struct class_share *x = a, *y = b;

    if (x->loss[0] > y->loss[0] || x->loss[0] < y->loss[0]) return x->loss[0] > y->loss[0] ? -1 : 1;
    return strcmp(x->name, y->name);
}

static void add_classes(const struct plot *p, struct measure *m, const struct setting *curve, size_t curves,
                        struct class_share *class)
{
    struct sums *sums = mem_alloc(p->facts->parts, sizeof *sums);

    for (size_t c = 0; c < curves; c++) {
        double *factor = side_factors(p->facts, &curve[c]), all = 0, weight = 0;

        measure_set(m, &curve[c]);
        measure_sums(m, sums);
        for (size_t k = 0; k < p->facts->parts; k++) {
            all += factor[k] * sums[k].loss;
            weight += sums[k].weight;
        }
        for (size_t k = 0; k < p->facts->parts; k++) {
            struct class_share *own = &class[facts_class(p->facts, k)];

            own->loss[c] += all > 0 ? factor[k] * sums[k].loss / all : NAN;
            if (c == 0) own->examples += sums[k].weight / weight;
        }
        free(factor);
    }
    free(sums);
}

/* Beyond the largest, the rest come together as one. */
static size_t gather_rest(struct class_share *class, size_t classes, size_t curves)
{
    if (classes <= MOST_CLASSES) return classes;
    class[MOST_CLASSES - 1].name = "others";
    for (size_t k = MOST_CLASSES; k < classes; k++) {
        class[MOST_CLASSES - 1].examples += class[k].examples;
        for (size_t c = 0; c < curves; c++) class[MOST_CLASSES - 1].loss[c] += class[k].loss[c];
    }
    return MOST_CLASSES;
}

bool classes_points(const struct plot *p, struct table *t, struct diag *d)
{
    struct setting curve[CURVES];
    struct set set[SETS];
    size_t classes = p->facts->classes, shown, curves = curves_of_data(p, curve, d),
           sets = curves ? sets_open(p, false, set, d) : 0;
    struct class_share *class;

    if (!sets) return false;
    class = mem_alloc(classes, sizeof *class);
    for (size_t k = 0; k < classes; k++)
        class[k] = (struct class_share){p->facts->class_name[k], 0, mem_alloc(curves, sizeof(double))};
    add_classes(p, set[0].measure, curve, curves, class);
    qsort(class, classes, sizeof *class, by_first_loss);
    shown = gather_rest(class, classes, curves);
    for (size_t c = 0; c <= curves; c++)
        for (size_t k = 0; k < shown; k++) {
            struct figure_point s = NO_POINT;

            s.panel = c ? "loss" : "examples";
            if (c) s.curve = curve[c - 1].loss->symbol, s.setting = curve[c - 1];
            s.label = class[k].name;
            s.x = (double)k;
            s.y = c ? class[k].loss[c - 1] : class[k].examples;
            points_add(t, p->figure, &s);
        }
    for (size_t k = 0; k < classes; k++) free(class[k].loss);
    free(class);
    sets_close(set, sets);
    for (size_t r = 0; r < t->row_count; r++)
        if (points_text(t, r, POINT_LOSS) && isfinite(points_number(t, r, POINT_Y))) return true;
    return diag_fail(d, STATUS_DATA, "nothing to draw: the loss is 0 or infinite");
}

/* A line for each class: higher with their number, wider with their names. */
void classes_layout(struct drawing *g)
{
    const struct block *b = &g->block[0];
    double most = 0, longest = 12;

    for (size_t r = 0; r < b->count; r++) {
        const char *name = points_text(&g->points, b->first + r, POINT_LABEL);

        longest = fmax(longest, fmin(NAME_WIDTH, (double)utf8_width(name, strlen(name))));
    }
    g->width += 0.55 * (longest - 12) * style_points(&g->plot->style) / 72;
    for (size_t r = 0; r < g->points.row_count; r++) most = fmax(most, points_number(&g->points, r, POINT_Y));
    g->markers = true;
    styles_add_entry(&g->styles, "examples");
    g->height = 0.9 + 0.17 * (double)fmax(4, (double)b->count);
    g->x[0] = g->xlog ? 1e-4 : 0;
    g->x[1] = g->xlog ? 100 : 105 * most;
    g->y[0] = (double)b->count - 0.4;
    g->y[1] = -0.6;
}

void classes_axes(const struct drawing *g, struct string *out)
{
    const struct block *b = &g->block[0];

    script_ranges(g, out);
    string_puts(out, "set format x percent\nset ytics scale 0 noenhanced (");
    for (size_t r = 0; r < b->count; r++) {
        string_puts(out, r ? ", " : "");
        script_name(points_text(&g->points, b->first + r, POINT_LABEL), out);
        string_printf(out, " %zu", r);
    }
    string_puts(out, ")\n");
    script_xlabel("'share of all'", out);
    script_colour_bar(g, out);
}

/* Bars for the examples, points for the loss of each setting. */
static void put_items(const struct drawing *g, size_t panel, bool few, bool key, struct plot_list *l)
{
    script_item(l);
    string_printf(l->out,
                  "%s using (0):1:(0):(100*$2):($1 - 0.3):($1 + 0.3) with boxxyerror %s title 'examples'",
                  g->block[0].name, theme_bars(g->plot, false));
    script_curves(g, panel, "using (100*$2):1 with points", few, key, l);
}

void classes_draw(const struct drawing *g, struct string *out)
{
    script_page(g, out);
    script_key(g, true, out);
    script_plot(g, ALL_PANELS, true, put_items, out);
}
