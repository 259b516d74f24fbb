/* figures.c: the table of figures, and what is done with any of them */
#include "figures/internal.h"

#include <stdlib.h>
#include <string.h>

static const double two[] = {2}, five[] = {0, 0.5, 1, 2, 5}, four[] = {0, 0.5, 1, 2}, pair[] = {0, 2};
static const double fine[] = {0,   0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7,  0.8, 0.9,  1,   1.1,
                              1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9,  2,   2.2,  2.4, 2.6,
                              2.8, 3,   3.2, 3.4, 3.6, 3.8, 4,   4.25, 4.5, 4.75, 5};
static const double even[] = {0,    0.25, 0.5,  0.75, 1,    1.25, 1.5,  1.75, 2,    2.25, 2.5,
                              2.75, 3,    3.25, 3.5,  3.75, 4,    4.25, 4.5,  4.75, 5};
#define GAMMAS(list) .gamma = list, .gammas = sizeof list / sizeof *list

const struct figure figure_table[] = {
    {"fig1", "loss", "Figure 1", "loss against p_t for several γ", .strip = true, GAMMAS(five), .width = 4,
     .height = 3, .cuts = cuts_loss, .draw = draw_loss, .numbers = numbers_loss},
    {"fig2", "tradeoff", "Figure 2", "speed against accuracy on COCO, the published numbers", .width = 4,
     .height = 3, .draw = draw_tradeoff, .numbers = numbers_tradeoff},
    {"fig4", "cdf", "Figure 4", "cumulative normalised loss against the fraction of examples", .data = true,
     .apart = APART_SIDELESS, GAMMAS(four), .width = 7, .height = 3, .rows = rows_cdf, .draw = draw_cdf,
     .numbers = numbers_cdf},
    {"fig5", "margin", "Figure 5", "CE, FL and FL* against x_t", .strip = true, GAMMAS(two), .width = 4,
     .height = 3, .cuts = cuts_margin, .draw = draw_margin, .numbers = numbers_margin},
    {"fig6", "gradient", "Figure 6", "the derivatives of CE, FL and FL* against x_t", .strip = true,
     GAMMAS(two), .width = 4, .height = 3, .cuts = cuts_gradient, .draw = draw_gradient,
     .numbers = numbers_gradient},
    {"fig7", "settings", "Figure 7", "FL* for a grid of γ and β against x_t", .strip = true, GAMMAS(two),
     .width = 4, .height = 3, .cuts = cuts_margin, .draw = draw_settings, .numbers = numbers_settings},
    {"share", "shares", NULL, "shares of easy and hard, positive and negative against γ", .data = true,
     GAMMAS(fine), .width = 4, .height = 3, .draw = draw_share, .numbers = numbers_share},
    {"mass", "bands", NULL, "examples and loss in bands of p_t", .data = true, GAMMAS(four), .width = 4,
     .height = 3, .cuts = cuts_mass, .draw = draw_mass, .numbers = numbers_mass},
    {"density", "ghm", NULL, "how many examples have which gradient norm", .data = true, GAMMAS(four),
     .width = 4, .height = 3, .cuts = cuts_density, .draw = draw_density, .numbers = numbers_density},
    {"calibration", "reliability", NULL, "share of positives against predicted probability, and the ECE",
     .data = true, GAMMAS(four), .width = 4, .height = 4, .cuts = cuts_calibration, .draw = draw_calibration,
     .numbers = numbers_calibration},
    {"heatmap", "grid", NULL, "a result over γ and α", .data = true, GAMMAS(even), .width = 4.4, .height = 3,
     .draw = draw_heatmap, .numbers = numbers_heatmap},
    {"classes", "class", NULL, "each class's share of the examples and of the loss", .data = true,
     .apart = APART_CLASSES, GAMMAS(pair), .width = 6, .height = 3, .draw = draw_classes,
     .numbers = numbers_classes},
    {"concentration", "lorenz", NULL, "share of the loss in the hardest examples", .data = true, GAMMAS(four),
     .width = 4, .height = 3, .draw = draw_concentration, .numbers = numbers_concentration},
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

    if (f->cuts) f->cuts(&c);
    return c;
}

static bool check_data(const struct plot *p, struct diag *d)
{
    const struct figure *f = p->figure;

    if (f->data && !p->facts)
        return diag_fail(d, STATUS_USAGE, "%s is drawn from predictions: it needs a FILE", f->name);
    if (!f->data && !f->strip && p->facts)
        return diag_fail(d, STATUS_USAGE, "%s is drawn from published numbers: it takes no FILE", f->name);
    return true;
}

bool plot_script(const struct plot *p, struct string *out, struct diag *d)
{
    if (p->style.terminal && !terminal_check(p->style.terminal, d)) return false;
    return check_data(p, d) && p->figure->draw(p, out, d);
}

bool plot_table(const struct plot *p, struct table *t, struct diag *d)
{
    table_init(t, numbers_column, N_COLUMNS);
    return check_data(p, d) && p->figure->numbers(p, t, d);
}
