/* fig2.c: the paper's figure 2: speed against accuracy on COCO test-dev, from its inset and its Table 1e */
#include "figures/figure.h"

#include <string.h>

/* Milliseconds an image on an Nvidia M40, and AP. */
struct detector {
    const char *curve, *label, *name;
    double ms, ap;
    enum { RIGHT, LEFT, BELOW, UNDER, LOWER_RIGHT } side; /* where its label stands */
};
static const struct detector detector_table[] = {
    {"RetinaNet-50", "50-400", NULL, 64, 30.5, UNDER},
    {"RetinaNet-50", "50-500", NULL, 72, 32.5, LEFT},
    {"RetinaNet-50", "50-600", NULL, 98, 34.3, LOWER_RIGHT},
    {"RetinaNet-50", "50-700", NULL, 121, 35.1, LOWER_RIGHT},
    {"RetinaNet-50", "50-800", NULL, 153, 35.7, LOWER_RIGHT},
    {"RetinaNet-101", "101-400", NULL, 81, 31.9, LOWER_RIGHT},
    {"RetinaNet-101", "101-500", NULL, 90, 34.4, LEFT},
    {"RetinaNet-101", "101-600", NULL, 122, 36.0, LEFT},
    {"RetinaNet-101", "101-700", NULL, 154, 37.1, LEFT},
    {"RetinaNet-101", "101-800", NULL, 198, 37.8, LEFT},
    {"others", "B", "SSD321", 61, 28.0, BELOW},
    {"others", "C", "DSSD321", 85, 28.0, RIGHT},
    {"others", "D", "R-FCN", 85, 29.9, RIGHT},
    {"others", "E", "SSD513", 125, 31.2, RIGHT},
    {"others", "F", "DSSD513", 156, 33.2, RIGHT},
    {"others", "G", "FPN FRCN", 172, 36.2, RIGHT},
};
enum { DETECTORS = sizeof detector_table / sizeof *detector_table };

bool fig2_points(const struct plot *p, struct table *t, struct diag *d)
{
    (void)d;
    for (size_t i = 0; i < DETECTORS; i++) {
        struct figure_point s = NO_POINT;

        s.panel = "detectors";
        s.curve = detector_table[i].curve;
        s.label = detector_table[i].name ? detector_table[i].name : detector_table[i].label;
        s.x = detector_table[i].ms;
        s.y = detector_table[i].ap;
        points_add(t, p->figure, &s);
    }
    return true;
}

void fig2_layout(struct drawing *g)
{
    g->x[0] = 50;
    g->x[1] = 250;
    g->y[0] = 24.5;
    g->y[1] = 39;
    styles_add_entry(&g->styles, "RetinaNet-50");
    styles_add_entry(&g->styles, "RetinaNet-101");
    styles_add_entry(&g->styles, "others");
    g->own_key = g->plot->style.theme != THEME_TALK; /* larger letters have no room within the plot */
    g->corners = 0;
}

void fig2_axes(const struct drawing *g, struct string *out)
{
    script_ranges(g, out);
    string_puts(out, "set xtics 50\nset mxtics 2\nset ytics 28, 2\n");
    script_xlabel("'inference time (ms)'", out);
    script_ylabel(g, "'COCO AP'", out);
    for (size_t i = 0; i < DETECTORS; i++) {
        const struct detector *t = &detector_table[i];
        static const char *const place[] = {[RIGHT] = "left offset 1, 0",
                                            [LEFT] = "right offset -0.8, dumb ? 0 : 0.4",
                                            [BELOW] = "left offset -1, dumb ? -1 : -0.9",
                                            [UNDER] = "center offset 0, dumb ? -1 : -0.9",
                                            [LOWER_RIGHT] = "left offset dumb ? 1 : 0.6, dumb ? -1 : -0.6"};

        string_printf(out, "set label %zu '%s%s%s' at %g, %g %s textcolor rgb ink front\n", i + 1,
                      t->name ? t->label : strchr(t->label, '-') + 1, t->name ? "  " : "",
                      t->name ? t->name : "", t->ms, t->ap, place[t->side]);
    }
    string_puts(out,
                "set label 40 'A (YOLOv2: 25 ms, AP 21.6) lies outside;' at 248, 26.2 right textcolor rgb "
                "ink\nset label 41 'the time of D is extrapolated' at 248, 25.2 right textcolor rgb ink\n");
    if (g->own_key && !g->plot->style.key)
        string_puts(out, "set key at 249, 31 right top Left reverse samplen 3 spacing 1.2 textcolor "
                         "rgb ink noenhanced\n");
    else
        script_key(g, true, out);
}

void fig2_draw(const struct drawing *g, struct string *out)
{
    script_page(g, out);
    string_printf(out,
                  "if (dumb) plot %s using 1:2:('+') with labels notitle, \\\n"
                  "     %s using 1:2:('#') with labels notitle, %s using 1:2:('o') with labels notitle, \\\n"
                  "     NaN with points pt '+' title 'RetinaNet-50', NaN with points pt '#' title "
                  "'RetinaNet-101', \\\n     NaN with points pt 'o' title 'others'\n"
                  "if (!dumb) plot %s with linespoints title 'RetinaNet-50' ls 1, \\\n"
                  "     %s with linespoints title 'RetinaNet-101' ls 2, \\\n"
                  "     %s with points title 'others' ls 7 pt 4 lc rgb ink lw 1.2\n",
                  g->block[0].name, g->block[1].name, g->block[2].name, g->block[0].name, g->block[1].name,
                  g->block[2].name);
}
