/* layout.c: the size of a figure's page, and where its key stands so that no curve passes through it */
#include "figures/figure.h"

/* Part of a plot's area, by the axes' ends. */
struct box {
    double x[2], y[2];
};

static double part_of(double v, const double range[2], bool logarithmic)
{
    return logarithmic ? (log(fmax(v, 1e-300)) - log(range[0])) / (log(range[1]) - log(range[0]))
                       : (v - range[0]) / (range[1] - range[0]);
}

/* Whether the line from (x0, y0) to (x1, y1) enters the box (Liang and Barsky's clipping). */
static bool passes(const struct box *b, double x0, double y0, double x1, double y1)
{
    const double way[4] = {x0 - x1, x1 - x0, y0 - y1, y1 - y0};
    const double room[4] = {x0 - b->x[0], b->x[1] - x0, y0 - b->y[0], b->y[1] - y0};
    double from = 0, to = 1;

    for (int i = 0; i < 4; i++) {
        if (way[i] < 0)
            from = fmax(from, room[i] / way[i]);
        else if (way[i] > 0)
            to = fmin(to, room[i] / way[i]);
        else if (room[i] < 0)
            return false;
    }
    return from <= to;
}

static bool is_free(const struct drawing *g, const struct box *b)
{
    const struct table *t = &g->points;

    for (size_t k = 0; k < g->count; k++)
        for (size_t i = 0; (g->styles.id[k] != NO_CURVE || !g->styles.curves) && i < g->block[k].count; i++) {
            size_t r = g->block[k].first + i;
            double x0 = part_of(points_number(t, i ? r - 1 : r, POINT_X), g->x, g->xlog),
                   x1 = part_of(points_number(t, r, POINT_X), g->x, g->xlog),
                   y0 = part_of(points_number(t, i ? r - 1 : r, POINT_Y), g->y, g->ylog),
                   y1 = part_of(points_number(t, r, POINT_Y), g->y, g->ylog);

            double low = part_of(points_number(t, r, POINT_LOW), g->y, g->ylog),
                   high = part_of(points_number(t, r, POINT_HIGH), g->y, g->ylog);

            if (isfinite(low) && isfinite(high) && passes(b, x1, low, x1, high)) return false;
            if (isfinite(x0) && isfinite(x1) && isfinite(y0) && isfinite(y1) && passes(b, x0, y0, x1, y1))
                return false;
        }
    return true;
}

/* The first corner that the figure allows and that has the room: width and height are parts of the plot. */
static enum key_place free_corner(const struct drawing *g, double width, double height)
{
    static const enum key_place order[] = {KEY_TOP_RIGHT, KEY_TOP_LEFT, KEY_BOTTOM_RIGHT, KEY_BOTTOM_LEFT};

    if (width > 0.8 || height > (g->labels ? 0.5 : 0.9)) return KEY_SIDE;
    for (size_t i = 0; i < KEY_CORNERS; i++) {
        bool right = order[i] == KEY_TOP_RIGHT || order[i] == KEY_BOTTOM_RIGHT,
             top = order[i] == KEY_TOP_RIGHT || order[i] == KEY_TOP_LEFT;
        struct box b = {{right ? 1 - width : 0, right ? 1 : width}, {top ? 1 - height : 0, top ? 1 : height}};

        if ((g->corners & 1u << order[i]) && is_free(g, &b)) return order[i];
    }
    return KEY_SIDE;
}

/* The width of the key in letters' heights: gnuplot takes a character for 0.6, and with the sample. */
static double key_ems(const struct drawing *g)
{
    return 0.6 * (double)(g->styles.longest - g->key_slack) + 5.5;
}

/* Whether what a corner cannot hold goes above the plot, in lines of one entry or two, and not beside it. */
static bool goes_above(struct drawing *g, double em)
{
    size_t columns = 2 * key_ems(g) * em < g->width ? 2 : 1;

    g->key_lines = (g->styles.entries + columns - 1) / columns;
    return g->key_lines <= 3 && !g->styles.bar && g->panel_columns * g->rows == 1;
}

static void place_key(struct drawing *g, double em)
{
    const struct curve_styles *s = &g->styles;
    double room, text_room = (double)s->few_longest + 9;
    double width = g->width / (double)g->panel_columns - 8 * em,
           height = (g->height * (1 - g->strip)) / (double)g->rows - 5 * em;
    double few = (double)(s->curves > STYLES ? FEW : s->by ? s->curves : s->entries);
    bool fixed = g->plot->style.unit != UNIT_NONE;

    g->key_slack = g->plot->figure->formulas ? s->longest / 4 : 0; /* few of their letters are wide */
    room = key_ems(g) * em;
    g->key[0] = width > ROOMY * em && room + g->taken * em > width
                    ? KEY_SIDE
                    : free_corner(g, room / width, (1.8 * em * (double)s->entries + 0.5 * em) / height);
    g->key[1] = free_corner(g, text_room / (g->columns / (double)g->panel_columns - 10),
                            (few + 1) / (g->lines * (1 - g->strip) / (double)g->rows - 4));
    if (g->key[0] == KEY_SIDE && (goes_above(g, em) || (g->plot->style.stacked && !s->bar && g->strip > 0)))
        g->key[0] = KEY_ABOVE;
    if (g->key[0] == KEY_SIDE && !s->bar && g->panel_columns == 1 &&
        (g->plot->style.stacked || (fixed && width - room < 14 * em)))
        g->key[0] = KEY_BELOW; /* the page is too narrow for both */
    if (s->entries == 0) g->key[0] = KEY_TOP_LEFT;
    if (g->plot->style.key || g->own_key) g->key[0] = g->key[1] = KEY_TOP_LEFT;
    g->side[0] = g->key[0] == KEY_SIDE ? room + em : 0;
    if (s->bar) g->side[0] = fmax(g->side[0], 6.5 * em);
    g->side[1] = g->key[1] == KEY_SIDE ? text_room : 0;
    if (!fixed) {
        g->width += g->side[0];
        g->columns += g->side[1];
        if (g->key[0] == KEY_SIDE)
            g->height = fmax(g->height, (double)g->rows * (1.8 * (double)s->entries + 14) * em);
        if (g->key[0] == KEY_ABOVE || g->key[0] == KEY_BELOW) g->height += 1.8 * em * (double)g->key_lines;
    }
    if (g->key[0] == KEY_BELOW && g->rows > 1)
        g->foot = (1.8 * (double)g->key_lines + 1) * em / g->height; /* for all panels, below them */
    g->side[0] /= g->width;
    g->side[1] /= g->columns;
    height = (g->height * (1 - g->strip)) / (double)g->rows - 5 * em;
    g->key_part = s->entries ? (1.8 * (double)s->entries + 2) * em / height : 0;
}

/* The key names a marked region that has no labels; where that leaves no room on a page of a given size, none
   is marked. */
static void place_region(struct drawing *g, double em)
{
    struct curve_styles without = g->styles;

    if (g->region && !g->labels) styles_add_entry(&g->styles, g->region);
    place_key(g, em);
    if (!g->region || g->labels || g->plot->style.unit == UNIT_NONE || g->key[0] < KEY_SIDE) return;
    g->styles = without;
    g->region = NULL;
    place_key(g, em);
}

double plot_ems(const struct drawing *g)
{
    double em = style_points(&g->plot->style) / 72;

    return g->width * (1 - g->side[0]) / (double)g->panel_columns / em - 8;
}

void drawing_layout(struct drawing *g)
{
    const struct plot_style *s = &g->plot->style;
    double points = style_points(s), em = points / 72, grow = style_growth(s);

    g->width = g->plot->figure->width;
    g->height = g->plot->figure->height;
    g->panel_columns = g->rows = 1;
    g->xlog = s->xlog;
    g->ylog = s->ylog;
    if (g->plot->figure->layout) g->plot->figure->layout(g);
    if (s->stacked && g->panel_columns > 1) {
        size_t panels = g->panels > 1 ? g->panels : g->panel_columns;

        g->height *= (double)panels / (double)g->rows;
        g->width = fmin(4, g->width);
        g->rows = panels;
        g->panel_columns = 1;
    }
    g->columns = g->width > 5 ? 100 : 80;
    g->lines = 24 * fmax(1, g->height / g->plot->figure->height);
    if (s->unit == UNIT_NONE) {
        g->width *= grow; /* larger letters need a larger page */
        g->height *= grow;
    } else if (s->unit == UNIT_PIXELS && g->text) {
        g->columns = s->width;
        g->lines = s->height;
    } else if (s->unit == UNIT_PIXELS) {
        g->scale = fmin(s->width / g->width, s->height / g->height);
        g->width = s->width / g->scale;
        g->height = s->height / g->scale;
    } else {
        g->width = s->width / (s->unit == UNIT_CM ? 2.54 : 1);
        g->height = s->height / (s->unit == UNIT_CM ? 2.54 : 1);
        g->columns = fmax(20, 20 * g->width);
        g->lines = fmax(8, 8 * g->height);
    }
    g->labels = g->region && plot_ems(g) > g->region_ems;
    place_region(g, em);
}
