/* curve_styles.c: how the curves of a figure are told apart: by styles, or by colour and dashes */
#include "base/utf8.h"
#include "figures/figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The columns whose values make curves different. */
static const int curve_column[] = {POINT_GAMMA, POINT_BETA, POINT_ALPHA, POINT_GROUP, POINT_LOSS};
enum { CURVE_COLUMNS = sizeof curve_column / sizeof *curve_column };

/* The column that says a parameter: one without a list is a part of the loss' text. */
static const int param_column[PARAM_LISTS] = {POINT_LOSS, POINT_GAMMA, POINT_BETA};

static const struct value *cell(const struct drawing *g, size_t block, int column)
{
    return &g->points.value[g->block[block].first * g->points.column_count + (size_t)column];
}

static bool same_value(const struct value *a, const struct value *b)
{
    if (a->kind != b->kind) return false;
    if (a->kind == CELL_TEXT) return strcmp(a->as.text, b->as.text) == 0;
    return a->kind == CELL_EMPTY || !(a->as.number < b->as.number || a->as.number > b->as.number);
}

/* Whether two blocks agree in `only` (0: in all columns but `except` and that of the panels). */
static bool same_curve(const struct drawing *g, size_t a, size_t b, int only, int except)
{
    for (size_t i = 0; i < CURVE_COLUMNS; i++) {
        int c = curve_column[i];

        if (only ? c != only : c == except || c == g->panel_column) continue;
        if (!same_value(cell(g, a, c), cell(g, b, c))) return false;
    }
    return true;
}

/* Numbers the blocks' different values from 0 in the order in which they come; returns how many there are. */
static size_t number_values(const struct drawing *g, int only, int except, size_t *number)
{
    size_t n = 0;

    for (size_t b = 0; b < g->count; b++) {
        size_t k = 0;

        number[b] = NO_CURVE;
        if (!points_text(&g->points, g->block[b].first, POINT_LOSS)) continue;
        while (k < b && (number[k] == NO_CURVE || !same_curve(g, k, b, only, except))) k++;
        number[b] = k < b ? number[k] : n++;
    }
    return n;
}

/* Where the values are numbers, in ascending order. */
static void sort_values(const struct drawing *g, int column, size_t *number)
{
    size_t *rank = mem_alloc(g->count + 1, sizeof *rank);

    for (size_t b = 0; b < g->count; b++)
        for (size_t k = 0; number[b] != NO_CURVE && k < g->count; k++) {
            bool first = number[k] != NO_CURVE;

            for (size_t j = 0; j < k && first; j++) first = number[j] != number[k];
            if (first && cell(g, k, column)->kind != CELL_TEXT && cell(g, b, column)->kind != CELL_TEXT &&
                ((cell(g, k, column)->kind == CELL_EMPTY && cell(g, b, column)->kind != CELL_EMPTY) ||
                 cell(g, k, column)->as.number < cell(g, b, column)->as.number))
                rank[b]++;
        }
    for (size_t b = 0; b < g->count; b++)
        if (number[b] != NO_CURVE && cell(g, b, column)->kind != CELL_TEXT) number[b] = rank[b];
    free(rank);
}

static size_t digits(double x)
{
    char text[32];

    return isnan(x) ? 0 : (size_t)snprintf(text, sizeof text, "%.7g", x);
}

/* Characters of the group's name in it, with what follows it. */
static size_t group_width(const struct drawing *g, size_t b)
{
    const char *group = points_text(&g->points, g->block[b].first, POINT_GROUP);
    size_t wide = group ? utf8_width(group, strlen(group)) : 0;

    return group ? (wide < NAME_WIDTH ? wide : NAME_WIDTH) + 2 : 0;
}

/* Characters of the title of a block's curve, as put_title writes it. */
static size_t title_width(const struct drawing *g, size_t b)
{
    struct setting c = points_setting(&g->points, g->block[b].first);
    size_t n = group_width(g, b);

    if (!g->styles.brief) n += utf8_width(c.loss->symbol, strlen(c.loss->symbol)) + 1;
    for (size_t i = 0; i < loss_params(c.loss); i++)
        if (param_column[c.loss->param[i].list] != g->panel_column && !isnan(c.param[i])) /* else the axis */
            n +=
                5 + utf8_width(c.loss->param[i].symbol, strlen(c.loss->param[i].symbol)) + digits(c.param[i]);
    if (c.loss->balanced) n += 6 + digits(c.alpha);
    return n;
}

/* Whether γ alone makes the curves different, and none has anything else to say. */
static bool only_gamma(const struct drawing *g)
{
    for (size_t b = 0; b < g->count; b++) {
        struct setting c = points_setting(&g->points, g->block[b].first);

        if (!c.loss) continue;
        if (c.loss->balanced || loss_param_of(c.loss, PARAM_GAMMA) < 0) return false;
        for (size_t i = 0; i < loss_params(c.loss); i++)
            if (c.loss->param[i].list != PARAM_GAMMA &&
                param_column[c.loss->param[i].list] != g->panel_column)
                return false;
    }
    return true;
}

/* Whether groups that have several curves each can be told apart by colour, and these by dashes. */
static bool by_groups(const struct drawing *g)
{
    const struct curve_styles *s = &g->styles;
    size_t groups = number_values(g, POINT_GROUP, 0, s->colour),
           rest = number_values(g, 0, POINT_GROUP, s->kind);

    return !g->plot->figure->formulas && groups > 1 && groups <= STYLES && rest > 1 && rest <= STYLES;
}

/* The longest title of those that name the group, and of those that name the rest. */
static size_t longest_part(const struct drawing *g)
{
    size_t longest = 0;

    for (size_t b = 0; b < g->count; b++) {
        size_t all, group;

        if (g->styles.id[b] == NO_CURVE) continue;
        all = title_width(g, b);
        group = group_width(g, b);
        if (group > longest) longest = group;
        if (all - group > longest) longest = all - group;
    }
    return longest;
}

/* Groups, or of many curves the column of most values, by colour, the rest by dashes. */
static bool two_ways(struct drawing *g, bool groups, struct diag *d)
{
    struct curve_styles *s = &g->styles;
    size_t most = 0;

    for (size_t i = 0; i < CURVE_COLUMNS && !groups; i++) {
        size_t n = number_values(g, curve_column[i], 0, s->colour);

        if (curve_column[i] != g->panel_column && n > most) most = n, s->by = curve_column[i];
    }
    if (groups) s->by = POINT_GROUP;
    if (groups) s->longest = longest_part(g);
    s->colours = number_values(g, s->by, 0, s->colour);
    sort_values(g, s->by, s->colour);
    s->kinds = number_values(g, 0, s->by, s->kind);
    s->bar = s->colours > STYLES;
    s->entries = (s->bar ? 0 : s->colours) + (s->kinds > 1 || !s->brief ? s->kinds : 0);
    if (s->kinds > STYLES)
        return diag_fail(d, STATUS_USAGE,
                         "%zu curves of %zu values of %s by %zu of the rest cannot be told apart: ask for "
                         "fewer settings",
                         s->curves, s->colours, point_column[s->by].name, s->kinds);
    return true;
}

/* Whether a block is a curve of the panel that block `panel` stands for. */
static bool in_panel(const struct drawing *g, size_t b, size_t panel)
{
    return g->styles.id[b] != NO_CURVE &&
           (panel == ALL_PANELS || same_value(cell(g, b, g->panel_column), cell(g, panel, g->panel_column)));
}

size_t panel_block(const struct drawing *g, size_t i)
{
    for (size_t b = 0; b < g->count; b++) {
        bool first = g->styles.id[b] != NO_CURVE;

        for (size_t k = 0; k < b && first; k++) first = !in_panel(g, k, b);
        if (first && i-- == 0) return b;
    }
    return ALL_PANELS;
}

static void find_panels(struct drawing *g)
{
    g->panel_column = g->plot->figure->panel_column;
    for (g->panels = 0; g->panel_column && panel_block(g, g->panels) != ALL_PANELS;) g->panels++;
    if (g->panels > 1 && g->panels <= g->plot->figure->most_panels) return;
    g->panel_column = 0;
    g->panels = 1;
}

bool styles_make(struct drawing *g, struct diag *d)
{
    struct curve_styles *s = &g->styles;
    bool groups;

    s->id = mem_alloc(g->count + 1, sizeof *s->id);
    s->colour = mem_alloc(g->count + 1, sizeof *s->colour);
    s->kind = mem_alloc(g->count + 1, sizeof *s->kind);
    number_values(g, POINT_LOSS, 0, s->id);
    find_panels(g);
    s->curves = s->entries = number_values(g, 0, 0, s->id);
    s->brief = s->curves > 1 && only_gamma(g);
    for (size_t b = 0; b < g->count; b++)
        if (s->id[b] != NO_CURVE)
            s->longest = s->longest > title_width(g, b) ? s->longest : title_width(g, b);
    s->few_longest = s->longest;
    groups = by_groups(g);
    return (s->curves <= STYLES && !groups) || two_ways(g, groups, d);
}

void styles_add_entry(struct curve_styles *s, const char *title)
{
    size_t n = utf8_width(title, strlen(title));

    if (n > NAME_WIDTH + 12) n = NAME_WIDTH + 12; /* a name and an ECE */
    s->entries++;
    if (s->longest < n) s->longest = n;
    if (s->few_longest < n) s->few_longest = n;
}

void styles_free(struct curve_styles *s)
{
    free(s->id);
    free(s->colour);
    free(s->kind);
}

/* ---- what stands in the script ---- */

/* An expression of gnuplot that joins texts and expressions: 'FL '.G.' = 2'. */
struct joined {
    struct string *out;
    size_t start; /* where it begins in out */
    bool open;    /* within quotes */
};

static void join_text(struct joined *j, const char *text)
{
    if (!j->open) string_puts(j->out, j->out->size > j->start ? ".'" : "'");
    string_puts(j->out, text);
    j->open = true;
}

static void join_expression(struct joined *j, const char *expression)
{
    if (j->open)
        string_puts(j->out, "'.");
    else if (j->out->size > j->start)
        string_putc(j->out, '.');
    string_puts(j->out, expression);
    j->open = false;
}

/* "γ = 2", after what is there. */
static void join_number(struct joined *j, const char *letter, double x, const char **between)
{
    struct string number = {0};

    if (**between) join_text(j, *between);
    join_expression(j, letter);
    join_text(j, " = ");
    if (x < 0) join_expression(j, "M");
    script_number(fabs(x), &number);
    join_text(j, number.text);
    string_free(&number);
    *between = ", ";
}

/* Whether a title names what a column says: only that, or all but one. */
static bool names(int column, int only, int except)
{
    return only ? column == only : column != except;
}

/* The title: of what one column says, or of all but one. */
static void put_title(const struct drawing *g, size_t b, int only, int except, struct string *out)
{
    struct setting c = points_setting(&g->points, g->block[b].first);
    const char *group = points_text(&g->points, g->block[b].first, POINT_GROUP), *between = "",
               *symbol = c.loss->symbol;
    struct joined j = {out, out->size, false};

    if (group && names(POINT_GROUP, only, except)) {
        if (g->plot->figure->formulas)
            join_text(&j, group); /* a side */
        else
            script_name(group, out);
        between = ", ";
    }
    if (names(POINT_LOSS, only, except) && !g->styles.brief) {
        join_text(&j, between);
        join_text(&j, c.loss->balanced && strncmp(symbol, "α", 2) == 0 ? symbol + 2
                                                                       : symbol); /* its value follows */
        between = " ";
    }
    for (size_t i = 0; i < loss_params(c.loss); i++) {
        int column = param_column[c.loss->param[i].list];

        if (column != g->panel_column && names(column, only, except) && !isnan(c.param[i]))
            join_number(&j, c.loss->param[i].script, c.param[i], &between);
    }
    if (c.loss->balanced && names(POINT_ALPHA, only, except)) join_number(&j, "A", c.alpha, &between);
    if (out->size == j.start) join_text(&j, "");
    if (j.open) string_putc(out, '\'');
}

/* Whether points of different shapes stand for colours: in print. */
static bool with_points(const struct drawing *g)
{
    return g->styles.by && !g->styles.bar && theme_is_print(g->plot);
}

/* "ls 2", or "lc palette cb 3 lw thin dt 1". */
static void put_style(const struct drawing *g, size_t block, struct string *out)
{
    const struct curve_styles *s = &g->styles;

    if (!s->by)
        string_printf(out, g->markers ? "ls %zu ps 1" : "ls %zu", s->id[block] + 1);
    else if (s->bar)
        string_printf(out, "lc palette cb %zu lw thin pt 7 ps 0.7 dt ", s->colour[block]);
    else if (with_points(g))
        string_printf(out, "ls %zu lc rgb ink lw thin ps 1 pi 16 dt ", s->colour[block] + 1);
    else
        string_printf(out, "ls %zu dt ", s->colour[block] + 1);
    if (s->by) theme_dash(g->plot, s->kind[block], out);
}

/* Lines of the key that say what colours and dashes mean. */
static void key_entries(const struct drawing *g, struct plot_list *l)
{
    const struct curve_styles *s = &g->styles;

    for (size_t c = 0; !s->bar && c < s->colours; c++)
        for (size_t b = 0; b < g->count; b++)
            if (s->id[b] != NO_CURVE && s->colour[b] == c) {
                script_item(l);
                if (with_points(g))
                    string_printf(l->out, "NaN with points ls %zu lc rgb ink lw thin ps 1 title ", c + 1);
                else
                    string_printf(l->out, "NaN with lines ls %zu dt 1 title ", c + 1);
                put_title(g, b, s->by, 0, l->out);
                break;
            }
    for (size_t k = 0; (s->kinds > 1 || !s->brief) && k < s->kinds; k++)
        for (size_t b = 0; b < g->count; b++)
            if (s->id[b] != NO_CURVE && s->kind[b] == k) {
                script_item(l);
                string_puts(l->out, "NaN with lines lc rgb ink lw thin dt ");
                theme_dash(g->plot, k, l->out);
                string_puts(l->out, " title ");
                put_title(g, b, 0, s->by, l->out);
                break;
            }
}

/* What is drawn, and how; points: lines with points. */
static void curve_source(const struct drawing *g, size_t b, const char *with, bool points, struct string *out)
{
    struct setting c = points_setting(&g->points, g->block[b].first);
    const char *side = points_text(&g->points, g->block[b].first, POINT_GROUP);

    if (g->plot->figure->formulas)
        script_formula(g->plot->figure->formulas->formulas, &c, !side || strcmp(side, formula_side[0]) != 0,
                       out);
    else
        string_puts(out, g->block[b].name);
    string_printf(out, "%s%s ", *with ? " " : "", with);
    if (points && !*with) string_puts(out, "with linespoints ");
    if (points && out->size > 6 && strcmp(out->text + out->size - 6, "lines ") == 0) {
        out->size--;
        string_puts(out, "points ");
    }
}

/* Whether a text picture shows a curve, and as which: all, or of too many the first, the last, and those
   evenly between. */
static bool is_of_few(const struct drawing *g, size_t id, size_t *place)
{
    *place = id;
    if (g->styles.curves <= STYLES) return true;
    for (*place = 0; *place < FEW; ++*place)
        if (id == *place * (g->styles.curves - 1) / (FEW - 1)) return true;
    return false;
}

void script_curves(const struct drawing *g, size_t panel, const char *with, bool few, bool key,
                   struct plot_list *l)
{
    for (size_t b = 0; b < g->count; b++) {
        size_t place = 0;

        if (!in_panel(g, b, panel) || (few && !is_of_few(g, g->styles.id[b], &place))) continue;
        script_item(l);
        curve_source(g, b, with, !few && with_points(g), l->out);
        if (few)
            string_printf(l->out, "ls %zu", place + 1);
        else
            put_style(g, b, l->out);
        if (key && (few || !g->styles.by)) {
            string_puts(l->out, " title ");
            put_title(g, b, 0, 0, l->out);
        } else {
            string_puts(l->out, " notitle");
        }
    }
    if (key && !few && g->styles.by) key_entries(g, l);
}

/* Curves whose points lie beyond the axes leave nothing but the key. */
void script_key_pane(const struct drawing *g, const char *with, struct string *out)
{
    struct plot_list l = {out, 0};

    if (!(g->foot > 0)) return;
    string_puts(out,
                "\n# the key\nif (!dumb) {\nset origin 0, 0; set size 1, foot\nset lmargin 0; set rmargin "
                "0; set bmargin 0; set tmargin 0\nunset border; unset tics; unset xlabel; unset ylabel; "
                "unset title; unset label; unset arrow; unset object 100\nset xrange [-9e8:-8e8]\nset key "
                "center center vertical Left reverse samplen 3 spacing 1.2 textcolor rgb ink "
                "noenhanced\n");
    script_curves(g, panel_block(g, 0), with, false, true, &l);
    string_puts(out, "\n}\n");
}

void script_plot(const struct drawing *g, size_t panel, bool key,
                 void (*put)(const struct drawing *g, size_t panel, bool few, bool key, struct plot_list *l),
                 struct string *out)
{
    struct plot_list l = {out, 0};

    if (g->styles.by || g->markers) {
        string_puts(out, "if (dumb) {\n");
        if (g->styles.curves > STYLES)
            string_printf(out, "set label 51 '%d of the %zu curves' at graph 1, graph 1 offset 0, %d right\n",
                          FEW, g->styles.curves, g->panel_columns > 1 ? 2 : 1);
        put(g, panel, true, key, &l);
        string_puts(out, "\n} else {\n");
        l.count = 0;
        put(g, panel, false, key, &l);
        string_puts(out, "\n}\n");
        return;
    }
    put(g, panel, false, key, &l);
    string_putc(out, '\n');
}

/* The value of the i-th colour. */
static double colour_value(const struct drawing *g, size_t i)
{
    const struct curve_styles *s = &g->styles;

    for (size_t b = 0; b < g->count; b++)
        if (s->id[b] != NO_CURVE && s->colour[b] == i)
            return points_number(&g->points, g->block[b].first, s->by);
    return NAN;
}

/* The round step (1, 2 or 5 times a power of ten) by which at most seven of the values are said; 0: fewer
   than three of them are multiples of it. */
static double round_step(const struct drawing *g)
{
    size_t colours = g->styles.colours, round = 0;
    double least = (colour_value(g, colours - 1) - colour_value(g, 0)) / 6, step, ten;

    if (!(least > 0)) return 0;
    ten = pow(10, floor(log10(least)));
    step = least <= ten ? ten : least <= 2 * ten ? 2 * ten : least <= 5 * ten ? 5 * ten : 10 * ten;
    for (size_t c = 0; c < colours; c++) round += fabs(remainder(colour_value(g, c), step)) < 1e-6 * step;
    return round >= 3 ? step : 0;
}

/* "set cbtics ('0' 0, '0.5' 8)": some of the values, at the places of their colours. */
void script_colour_bar(const struct drawing *g, struct string *out)
{
    static const char *const letter[POINT_COLUMNS] = {
        [POINT_GAMMA] = "G", [POINT_BETA] = "B", [POINT_ALPHA] = "A"};
    const struct curve_styles *s = &g->styles;
    const char *between = "";
    size_t every = (s->colours + 5) / 6;
    double step;

    if (!s->bar) return;
    string_printf(out, "shown = %s\nset palette defined (%s)\nset cbrange [0:%zu]\n",
                  letter[s->by] ? letter[s->by] : "''", theme_palette(g->plot), s->colours - 1);
    step = round_step(g);
    string_puts(out, "set cbtics scale 0 (");
    for (size_t c = 0; c < s->colours; c++) {
        double x = colour_value(g, c);

        if (step > 0 ? fabs(remainder(x, step)) > 1e-6 * step : c % every > 0) continue;
        string_printf(out, "%s%s'", between, x < 0 ? "M." : "");
        script_number(fabs(x), out);
        string_printf(out, "' %zu", c);
        between = ", ";
    }
    string_puts(out, ")\n");
}
