/* fig2.c: the paper's figure 2: speed against accuracy on COCO test-dev, from its inset and its Table 1e
 */
#include "figures/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Milliseconds an image on an Nvidia M40, and AP. */
struct detector {
    const char *curve, *label, *name;
    double ms, ap;
};
static const struct detector detector_table[] = {
    {"RetinaNet-50", "50-400", NULL, 64, 30.5},
    {"RetinaNet-50", "50-500", NULL, 72, 32.5},
    {"RetinaNet-50", "50-600", NULL, 98, 34.3},
    {"RetinaNet-50", "50-700", NULL, 121, 35.1},
    {"RetinaNet-50", "50-800", NULL, 153, 35.7},
    {"RetinaNet-101", "101-400", NULL, 81, 31.9},
    {"RetinaNet-101", "101-500", NULL, 90, 34.4},
    {"RetinaNet-101", "101-600", NULL, 122, 36.0},
    {"RetinaNet-101", "101-700", NULL, 154, 37.1},
    {"RetinaNet-101", "101-800", NULL, 198, 37.8},
    {"others", "B", "SSD321", 61, 28.0},
    {"others", "C", "DSSD321", 85, 28.0},
    {"others", "D", "R-FCN", 85, 29.9},
    {"others", "E", "SSD513", 125, 31.2},
    {"others", "F", "DSSD513", 156, 33.2},
    {"others", "G", "FPN FRCN", 172, 36.2},
};
enum { DETECTORS = sizeof detector_table / sizeof *detector_table };

bool numbers_tradeoff(const struct plot *p, struct table *t, struct diag *d)
{
    (void)d;
    for (size_t i = 0; i < DETECTORS; i++) {
        struct spot s = NO_SPOT;

        s.panel = "detectors";
        s.curve = detector_table[i].curve;
        s.label = detector_table[i].name ? detector_table[i].name : detector_table[i].label;
        s.x = detector_table[i].ms;
        s.y = detector_table[i].ap;
        numbers_put(t, p->figure, &s);
    }
    return true;
}

bool draw_tradeoff(const struct plot *p, struct string *out, struct diag *d)
{
    static const int column[] = {N_X, N_Y};
    struct table t = {0};
    struct block *block;
    size_t count;

    table_init(&t, numbers_column, N_COLUMNS);
    numbers_tradeoff(p, &t, d);
    block = numbers_blocks(&t, &count);
    script_head(
        p,
        "Figure 2 of arXiv 1708.02002: speed against accuracy on COCO test-dev; ms an image on an Nvidia "
        "M40, AP\n"
        "# RetinaNet from Table 1e. RetinaNet-50-500 takes 72 ms there and 73 ms in the figure's own inset: "
        "72 is drawn.\n"
        "# The time of D (R-FCN) was extrapolated. A (YOLOv2: 25 ms, AP 21.6) lies outside, as in the paper.",
        out);
    script_blocks(&t, block, count, column, 2, out);
    script_title(p, out);
    string_puts(
        out, "\nset xrange [50:250]\nset yrange [28:38.4]\nset xtics 50\nset mxtics 2\nset ytics 2\n"
             "set xlabel 'inference time (ms)' textcolor rgb ink\nset ylabel 'COCO AP' textcolor rgb ink\n");
    script_key(p, "bottom right", out);
    for (size_t i = 0; i < DETECTORS; i++)
        if (detector_table[i].name)
            string_printf(out, "set label %zu '%s  %s' at %g, %g offset %s textcolor rgb ink front\n", i + 1,
                          detector_table[i].label, detector_table[i].name, detector_table[i].ms,
                          detector_table[i].ap,
                          *detector_table[i].label == 'B'   ? "-0.7, 1.4"
                          : *detector_table[i].label == 'C' ? "1, 0.5"
                                                            : "1, 0");
    string_printf(out,
                  "plot %s with linespoints title 'RetinaNet-50' ls 1, \\\n"
                  "     %s with linespoints title 'RetinaNet-101' ls 2, \\\n"
                  "     %s with points title 'others' ls 7 pt 4 lw 1.2\n",
                  block[0].name, block[1].name, block[2].name);
    free(block);
    table_free(&t);
    return true;
}
