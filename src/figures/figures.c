/* figures.c: the table of figures, and what is done with any of them */
#include "base/output.h"
#include "figures/figure.h"

#include <stdlib.h>
#include <string.h>

static const double two[] = {2}, five[] = {0, 0.5, 1, 2, 5}, four[] = {0, 0.5, 1, 2}, pair[] = {0, 2};
static const double fine[] = {0,   0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7,  0.8, 0.9,  1,   1.1,
                              1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9,  2,   2.2,  2.4, 2.6,
                              2.8, 3,   3.2, 3.4, 3.6, 3.8, 4,   4.25, 4.5, 4.75, 5};
static const double even[] = {0,    0.25, 0.5,  0.75, 1,    1.25, 1.5,  1.75, 2,    2.25, 2.5,
                              2.75, 3,    3.25, 3.5,  3.75, 4,    4.25, 4.5,  4.75, 5};
#define GAMMAS(list) .gamma = list, .gamma_count = sizeof list / sizeof *list
#define BLOCKS(...)  .block_column = {__VA_ARGS__}

static bool has_classes(const struct facts *f)
{
    return f->task != TASK_BINARY;
}

static bool has_files(const struct facts *f)
{
    return f->grouped && !f->by.size && f->group_count > 1;
}

/* A page shows those with a caption, in this order. */
const struct figure figure_table[] = {
    {"fig1", "loss", "Figure 1", "loss against p_t for several γ",
     "the focal loss against the probability of the true class.\n"
     "The marked region of well-classified examples begins at 0.6, as in the paper's figure; the paper's "
     "text and losscope's report\ncall an example easy from p_t = 0.5 on.",
     FILE_TAKEN, FIGURE_CURVES | FIGURE_EASY | FIGURE_XLOG | FIGURE_YLOG, FIGURE_EASY,
     .caption = "CE and focal loss against p_t, and below them where the examples lie.", GAMMAS(five),
     .formulas = &fig1_formulas, BLOCKS(POINT_X, POINT_X_END, POINT_Y), .width = 4, .height = 3,
     .cuts = strip_cuts, .points = paper_points, .layout = fig1_layout, .axes = fig1_axes,
     .draw = paper_draw},
    {"fig2", "tradeoff", "Figure 2", "speed against accuracy on COCO, the published numbers",
     "speed against accuracy on COCO test-dev: ms an image on an Nvidia M40, AP.\n"
     "RetinaNet from Table 1e. RetinaNet-50-500 takes 72 ms there and 73 ms in the figure's own inset: 72 "
     "is drawn.\n"
     "The time of D (R-FCN) was extrapolated. A (YOLOv2: 25 ms, AP 21.6) lies outside, as in the paper.",
     FILE_REFUSED, FIGURE_KEY, BLOCKS(POINT_X, POINT_Y), .width = 4, .height = 3, .points = fig2_points,
     .layout = fig2_layout, .axes = fig2_axes, .draw = fig2_draw},
    {"fig4", "cdf", "Figure 4", "cumulative normalised loss against the fraction of examples",
     "cumulative normalised loss of the examples of each side, lowest loss first.\n"
     "Blocks: fraction of the examples, share of the loss.",
     FILE_NEEDED, FIGURE_CURVES | FIGURE_BY | FIGURE_XLOG | FIGURE_YLOG,
     .caption = "Cumulative normalised loss, lowest loss first, as in Figure 4 of the paper: the flatter, "
                "the fewer examples hold it.",
     .apart = APART_SIDELESS, GAMMAS(four), .panel_column = POINT_PANEL, .most_panels = 12,
     BLOCKS(POINT_X, POINT_Y), .width = 7, .height = 3, .points = fig4_points, .layout = fig4_layout,
     .axes = fig4_axes, .draw = fig4_draw},
    {"fig5", "margin", "Figure 5", "CE, FL and FL* against x_t",
     "FL and its variant FL* against x_t = yx, where y = ±1 and x is the logit", FILE_TAKEN,
     FIGURE_CURVES | FIGURE_YLOG, GAMMAS(two), .formulas = &fig5_formulas,
     BLOCKS(POINT_X, POINT_X_END, POINT_Y), .width = 4, .height = 3, .cuts = strip_cuts,
     .points = paper_points, .layout = fig5_layout, .axes = fig5_axes, .draw = paper_draw},
    {"fig6", "gradient", "Figure 6", "the derivatives of CE, FL and FL* against x_t",
     "the derivatives of the losses of Figure 5 with respect to x, for y = 1", FILE_TAKEN, FIGURE_CURVES,
     GAMMAS(two), .formulas = &fig6_formulas, BLOCKS(POINT_X, POINT_X_END, POINT_Y), .width = 4, .height = 3,
     .cuts = strip_cuts, .points = paper_points, .layout = fig6_layout, .axes = fig6_axes,
     .draw = paper_draw},
    {"fig7", "settings", "Figure 7", "FL* for a grid of γ and β against x_t",
     "FL* at several settings. The paper does not say which: this grid of γ and β is a choice.\n"
     "Its models were trained with α = 0.25, a factor on every curve alike: it is left out here, as the "
     "axis of the paper shows.",
     FILE_REFUSED, FIGURE_CURVES | FIGURE_YLOG, GAMMAS(two), .formulas = &fig7_formulas,
     .panel_column = POINT_BETA, .most_panels = 9, BLOCKS(POINT_X, POINT_Y), .width = 4, .height = 3,
     .points = paper_points, .layout = fig7_layout, .axes = fig7_axes, .draw = fig7_draw},
    {"share", "shares", NULL, "shares of easy and hard, positive and negative against γ",
     "which examples hold the loss at which γ.\n"
     "Blocks: γ, share, sum of this and the shares below it.",
     FILE_NEEDED, FIGURE_CURVES | FIGURE_EASY | FIGURE_GRADIENT | FIGURE_BY,
     FIGURE_LOSS | FIGURE_BETA | FIGURE_ALPHA | FIGURE_EASY,
     .caption = "Who holds the loss: shares of easy and hard, positive and negative examples against γ.",
     GAMMAS(fine), .panel_column = POINT_PANEL, .most_panels = 4, BLOCKS(POINT_X, POINT_Y, POINT_Z),
     .width = 4, .height = 3, .points = share_points, .layout = share_layout, .axes = share_axes,
     .draw = share_draw},
    {"concentration", "lorenz", NULL, "share of the loss in the hardest examples",
     "the share of the loss that the hardest examples hold.\nBlocks: fraction of the examples, share.",
     FILE_NEEDED, FIGURE_CURVES | FIGURE_BY | FIGURE_XLOG | FIGURE_YLOG,
     .caption = "The share of the loss that the hardest examples hold.", GAMMAS(four),
     BLOCKS(POINT_X, POINT_Y), .width = 4, .height = 3, .points = concentration_points,
     .layout = concentration_layout, .axes = concentration_axes, .draw = concentration_draw},
    {"mass", "bands", NULL, "examples and loss in bands of p_t",
     "where the examples lie, and where their loss, by bands of p_t.\nBlocks: p_t from, to, share of all.",
     FILE_NEEDED, FIGURE_CURVES | FIGURE_YLOG,
     .caption = "Where the examples lie, and where their loss: shares by bands of p_t.", GAMMAS(four),
     BLOCKS(POINT_X, POINT_X_END, POINT_Y), .width = 4, .height = 3, .cuts = mass_cuts, .points = mass_points,
     .layout = mass_layout, .axes = mass_axes, .draw = mass_draw},
    {"density", "ghm", NULL, "how many examples have which gradient norm",
     "how many examples have a gradient of which norm, g = |dCE/dx| = 1 - p_t (as in GHM, arXiv "
     "1811.05181).\n"
     "Blocks: from, to, examples, sum of their g.",
     FILE_NEEDED, FIGURE_KEY, .caption = "How many examples have a gradient of which norm.",
     BLOCKS(POINT_X, POINT_X_END, POINT_Y, POINT_Z), .width = 4, .height = 3, .cuts = density_cuts,
     .points = density_points, .axes = density_axes, .draw = density_draw},
    {"calibration", "reliability", NULL, "share of positives against predicted probability, and the ECE",
     "reliability: the share of positives among examples of about the same predicted probability, in 10 "
     "bins.\n"
     "Blocks: mean probability, the bin's lower edge, examples, share of positives, its 95 % interval "
     "(Wilson); the ECE.",
     FILE_NEEDED, FIGURE_BY | FIGURE_KEY,
     .caption = "Reliability: the share of positives among examples of about the same predicted "
                "probability, and the ECE.",
     BLOCKS(POINT_X, POINT_X_END, POINT_Z, POINT_Y, POINT_LOW, POINT_HIGH), .width = 4, .height = 4,
     .cuts = calibration_cuts, .points = calibration_points, .layout = calibration_layout,
     .axes = calibration_axes, .draw = calibration_draw},
    {"heatmap", "grid", NULL, "a result over γ and α",
     "a result of the report at each γ and α of balanced focal loss.\nBlocks: γ, α, the result.", FILE_NEEDED,
     FIGURE_GAMMA | FIGURE_ALPHA | FIGURE_EASY | FIGURE_RESULT, FIGURE_EASY,
     .caption = "The share of the loss that easy negatives hold, over γ and α of balanced focal loss.",
     GAMMAS(even), BLOCKS(POINT_X, POINT_X_END, POINT_Z), .width = 4.4, .height = 3, .points = heatmap_points,
     .layout = heatmap_layout, .axes = heatmap_axes, .draw = heatmap_draw},
    {"classes", "class", NULL, "each class's share of the examples and of the loss",
     "the classes' shares of the examples (bars) and of the loss (points), the largest first.\n"
     "Blocks: the class's place, share.",
     FILE_NEEDED, FIGURE_CURVES, .caption = "Each class's share of the examples and of the loss.",
     .on_page = has_classes, .apart = APART_CLASSES, GAMMAS(pair), BLOCKS(POINT_X, POINT_Y), .width = 4.6,
     .height = 3, .points = classes_points, .layout = classes_layout, .axes = classes_axes,
     .draw = classes_draw},
    {"trajectory",
     "epochs",
     NULL,
     "easy negatives' share, half and ECE from file to file",
     "how the loss divides, from file to file: the share of easy negatives, the fraction of the examples "
     "that "
     "holds half of the loss, and the ECE.\n"
     "Blocks: the file's number in the order of names, the value.",
     FILE_NEEDED,
     FIGURE_CURVES | FIGURE_EASY | FIGURE_BY,
     FIGURE_EASY,
     .caption = "From file to file: the share of the loss that easy negatives hold, the fraction of the "
                "examples that holds half of it, and the ECE.",
     .on_page = has_files,
     .by_file = true,
     GAMMAS(four),
     .panel_column = POINT_PANEL,
     .most_panels = 2,
     BLOCKS(POINT_X, POINT_Y),
     .width = 4,
     .height = 3,
     .cuts = calibration_cuts,
     .points = trajectory_points,
     .layout = trajectory_layout,
     .axes = trajectory_axes,
     .draw = trajectory_draw},
};
const size_t figure_count = sizeof figure_table / sizeof *figure_table;

const struct figure *figure_find(const char *name)
{
    for (size_t i = 0; i < figure_count; i++)
        if (strcmp(figure_table[i].name, name) == 0 || strcmp(figure_table[i].general, name) == 0)
            return &figure_table[i];
    return NULL;
}

struct cuts figure_cuts(const struct figure *f, const struct plot *p)
{
    struct cuts c = analysis_cuts(p->analysis);

    if (f->cuts) f->cuts(f, &c);
    return c;
}

static const struct {
    const char *name;
    enum figure_option option;
} option_table[] = {
    {"loss", FIGURE_LOSS},     {"gamma", FIGURE_GAMMA}, {"beta", FIGURE_BETA},  {"alpha", FIGURE_ALPHA},
    {"easy", FIGURE_EASY},     {"by", FIGURE_BY},       {"by-file", FIGURE_BY}, {"gradient", FIGURE_GRADIENT},
    {"result", FIGURE_RESULT}, {"xlog", FIGURE_XLOG},   {"ylog", FIGURE_YLOG},  {"key", FIGURE_KEY},
};
enum { OPTIONS = sizeof option_table / sizeof *option_table };

bool figure_check_option(const struct figure *f, const char *option, struct diag *d)
{
    struct string all = {0};
    size_t i = 0;
    bool ok;

    while (i < OPTIONS && strcmp(option_table[i].name, option) != 0) i++;
    if (i == OPTIONS || (f->options & option_table[i].option)) return true;
    for (size_t k = 0; k < figure_count; k++)
        if (figure_table[k].options & option_table[i].option)
            string_printf(&all, "%s%s", all.size ? ", " : "", figure_table[k].name);
    ok = diag_fail(d, STATUS_USAGE, "%s takes no --%s; it is for %s", f->name, option, all.text);
    string_free(&all);
    return ok;
}

/* One value where the figure draws but one. */
static bool check_single(const struct plot *p, struct diag *d)
{
    const struct analysis *a = p->analysis;
    const struct {
        const char *name;
        enum figure_option option;
        size_t count;
        bool given;
    } list[] = {{"loss", FIGURE_LOSS, a->loss_count, p->asked.loss},
                {"beta", FIGURE_BETA, a->beta_count, p->asked.beta},
                {"alpha", FIGURE_ALPHA, a->alpha_count, p->asked.alpha},
                {"easy", FIGURE_EASY, a->easy_count, p->asked.easy}};

    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if ((p->figure->single & list[i].option) && list[i].given && list[i].count > 1)
            return diag_fail(d, STATUS_USAGE, "%s is drawn at one --%s, not at %zu", p->figure->name,
                             list[i].name, list[i].count);
    return true;
}

static bool check_plot(const struct plot *p, struct diag *d)
{
    const struct figure *f = p->figure;

    if (f->file == FILE_NEEDED && !p->facts)
        return diag_fail(d, STATUS_USAGE, "%s is drawn from predictions: it needs a FILE", f->name);
    if (f->file == FILE_REFUSED && p->facts) return diag_fail(d, STATUS_USAGE, "%s takes no FILE", f->name);
    for (size_t i = 0; p->asked.loss && i < p->analysis->loss_count; i++)
        if (p->analysis->loss[i].terms || loss_is_over_data(p->analysis->loss[i].loss))
            return diag_fail(d, STATUS_USAGE,
                             "%s: figures draw losses of examples by themselves, and no sums",
                             p->analysis->loss[i].text);
    return check_single(p, d);
}

/* Neither -t nor a path, or a path that ends in .gp. */
static bool wants_script(const struct plot_style *style, const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;

    return dot ? strcmp(dot, ".gp") == 0 || strcmp(dot, ".gnuplot") == 0 || strcmp(dot, ".plt") == 0
               : !path && !style->terminal;
}

bool plot_table(const struct plot *p, struct table *t, struct diag *d)
{
    table_init(t, point_column, POINT_COLUMNS);
    return check_plot(p, d) && p->figure->points(p, t, d);
}

/* Points, their blocks, styles and layout; to be closed in any case. */
static bool drawing_open(const struct plot *p, const char *terminal, struct drawing *g, struct diag *d)
{
    *g = (struct drawing){.plot = p, .text = terminal && strncmp(terminal, "dumb", 4) == 0};
    if (p->style.terminal && !terminal_check(p->style.terminal, d)) return false;
    if (!plot_table(p, &g->points, d)) return false;
    g->block = points_blocks(&g->points, &g->count);
    if (!styles_make(g, d)) return false;
    drawing_layout(g);
    return true;
}

static void drawing_close(struct drawing *g)
{
    styles_free(&g->styles);
    free(g->block);
    table_free(&g->points);
}

static void drawing_script(const struct drawing *g, struct string *out)
{
    script_head(g, out);
    string_puts(out, "\n# axes\n");
    g->plot->figure->axes(g, out);
    string_puts(out, "\n");
    script_blocks(g, out);
    string_puts(out, "\n# the plot\n");
    g->plot->figure->draw(g, out);
}

bool plot_write(const struct plot *p, const char *path, struct diag *d)
{
    const char *terminal = p->style.terminal ? p->style.terminal : path ? terminal_by_ending(path) : NULL;
    struct drawing g;
    struct string script = {0}, endings = {0};
    bool ok = drawing_open(p, terminal, &g, d) && terminal_check_style(terminal, &p->style, d);

    if (ok) drawing_script(&g, &script);
    if (ok && wants_script(&p->style, path)) {
        ok = output_write(path, script.text, script.size, d);
    } else if (ok && !terminal) {
        terminal_endings(&endings);
        ok = diag_fail(d, STATUS_USAGE,
                       "%s: its ending is of no picture (%s) and of no script (gp); or name a --terminal",
                       path ? path : "standard output", endings.text);
    } else if (ok) {
        ok = gnuplot_picture(&g, terminal, &script, path, d);
    }
    string_free(&endings);
    string_free(&script);
    drawing_close(&g);
    return ok;
}

bool plot_svg(const struct plot *p, struct string *svg, struct diag *d)
{
    struct drawing g;
    struct string all = {0};
    bool ok = drawing_open(p, "svg", &g, d);

    if (ok) {
        terminal_put(&g, "svg", &all);
        drawing_script(&g, &all);
        ok = gnuplot_run("svg", &all, svg, d);
    }
    string_free(&all);
    drawing_close(&g);
    return ok;
}
