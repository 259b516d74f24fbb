/* figures.c: the table of figures, and what is done with any of them */
#include "plot/inside.h"

#include <stdlib.h>
#include <string.h>

static const double two[] = {2}, five[] = {0, 0.5, 1, 2, 5}, four[] = {0, 0.5, 1, 2};

const struct figure figure_table[] = {
    {"fig1", "loss", "Figure 1", "loss against p_t for several γ", false, true, five, 5, 4, 3, draw_loss,
     numbers_loss},
    {"fig2", "tradeoff", "Figure 2", "speed against accuracy on COCO, the published numbers", false, false,
     NULL, 0, 4, 3, draw_tradeoff, numbers_tradeoff},
    {"fig4", "cdf", "Figure 4", "cumulative normalised loss against the fraction of examples", true, false,
     four, 4, 7, 3, draw_cdf, numbers_cdf},
    {"fig5", "margin", "Figure 5", "CE, FL and FL* against x_t", false, true, two, 1, 4, 3, draw_margin,
     numbers_margin},
    {"fig6", "gradient", "Figure 6", "the derivatives of CE, FL and FL* against x_t", false, true, two, 1, 4,
     3, draw_gradient, numbers_gradient},
    {"fig7", "settings", "Figure 7", "FL* for a grid of γ and β against x_t", false, true, two, 1, 4, 3,
     draw_settings, numbers_settings},
    {"concentration", "lorenz", NULL, "share of the loss in the hardest examples", true, false, four, 4, 4, 3,
     draw_concentration, numbers_concentration},
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
    (void)f;
    return analysis_cuts(p->analysis);
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
