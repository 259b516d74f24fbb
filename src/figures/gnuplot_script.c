/* gnuplot_script.c: the parts that scripts are made of: head, styles, axes, panels, keys, blocks of data */
#include "base/utf8.h"
#include "figures/figure.h"

#include <ctype.h>
#include <string.h>

/* Okabe and Ito's colours; dashes besides, so that curves part in grey too. */
static const struct theme {
    const char *colour[STYLES], *ink, *ground, *shade, *bars; /* bars: behind curves */
    const char *palette;
    double width, dash; /* of lines; what a unit of the dashes is */
} theme_table[] = {
    [THEME_PAPER] = {{"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C510A"},
                     "#000000",
                     NULL,
                     "#009E73",
                     "#8797A3",
                     "0 '#440154', 0.35 '#3B528B', 0.7 '#21918C', 1 '#6CC24A'",
                     2,
                     1},
    [THEME_TALK] = {{"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C510A"},
                    "#000000",
                    NULL,
                    "#009E73",
                    "#8797A3",
                    "0 '#440154', 0.35 '#3B528B', 0.7 '#21918C', 1 '#6CC24A'",
                    4,
                    0.6},
    [THEME_DARK] = {{"#56B4E9", "#FF8C42", "#2FD1A5", "#E69BC8", "#F0E442", "#9AA7FF", "#FFFFFF", "#C9A27A"},
                    "#E8E8E8",
                    "#16191D",
                    "#2FD1A5",
                    "#6B7884",
                    "0 '#7A6FD0', 0.35 '#4FA3C7', 0.7 '#5EC962', 1 '#FDE725'",
                    2.5,
                    0.9},
    [THEME_PRINT] = {{"#000000", "#000000", "#000000", "#000000", "#808080", "#808080", "#808080", "#808080"},
                     "#000000",
                     NULL,
                     "#808080",
                     "#D8D8D8",
                     "0 '#000000', 1 '#A0A0A0'",
                     1.5,
                     1},
};

static const struct theme *theme_of(const struct plot *p)
{
    return &theme_table[p->style.theme];
}

bool theme_is_print(const struct plot *p)
{
    return p->style.theme == THEME_PRINT;
}

const char *theme_bars(const struct plot *p, bool apart)
{
    if (theme_is_print(p)) return "fillstyle solid 1 border lc rgb ink ls 10";
    if (!apart) return "fillstyle solid 1 noborder ls 10";
    return p->style.theme == THEME_DARK ? "fillstyle solid 1 border lc rgb '#16191D' ls 10"
                                        : "fillstyle solid 1 border lc rgb '#FFFFFF' ls 10";
}

const char *theme_palette(const struct plot *p)
{
    return theme_of(p)->palette;
}

void theme_dash(const struct plot *p, size_t i, struct string *out)
{
    static const double dash[STYLES][7] = {
        {0}, {10, 4}, {3, 3}, {10, 3, 3, 3}, {16, 3, 3, 3, 3, 3}, {20, 4, 8, 4}, {5, 2, 5, 8}, {2, 6}};
    const double *d = dash[i % STYLES], unit = theme_of(p)->dash;

    if (d[0] <= 0) string_putc(out, '1');
    for (size_t k = 0; d[k] > 0; k++) string_printf(out, "%s%g", k ? "," : "(", unit * d[k]);
    if (d[0] > 0) string_putc(out, ')');
}

void script_number(double x, struct string *out)
{
    string_printf(out, "%.7g", x);
}

/* "(tex ? \"…\" : \"…\")" of a text from outside. */
static void script_foreign(const char *text, struct string *out)
{
    string_puts(out, "(tex ? ");
    gnuplot_tex_string(text, out);
    string_puts(out, " : ");
    gnuplot_string(text, out);
    string_putc(out, ')');
}

/* The bytes of the first `count` characters (a byte that is no UTF-8 counts as one). */
static size_t first_characters(const char *text, size_t size, size_t count)
{
    size_t at = 0;

    while (at < size && count--) {
        size_t n = utf8_decode(text + at, size - at, NULL);

        at += n ? n : 1;
    }
    return at;
}

void script_name(const char *name, struct string *out)
{
    enum { HEAD = 22, TAIL = 11 };
    size_t size = strlen(name), characters = 0, head = first_characters(name, size, HEAD);
    struct string text = {0};

    for (size_t at = 0; at < size; characters++) at += first_characters(name + at, size - at, 1);
    if (characters <= NAME_WIDTH) {
        script_foreign(name, out);
        return;
    }
    string_add(&text, name, head);
    string_printf(&text, "...%s", name + first_characters(name, size, characters - TAIL));
    script_foreign(text.text, out);
    string_free(&text);
}

/* A comment ends at a newline, and a backslash at its end would swallow the next line: plain characters
   stay. */
static void comment_text(const char *text, struct string *out)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        string_putc(out, isalnum(c) || strchr("_-.,:=+*/() ", c) ? (char)c : '?');
    }
}

static void put_counts(const struct facts *f, struct string *out)
{
    const struct counts *c = &f->counts;

    string_printf(out, "# %llu examples", (unsigned long long)c->examples);
    if (c->positives + c->negatives)
        string_printf(out, ": %llu positives, %llu negatives", (unsigned long long)c->positives,
                      (unsigned long long)c->negatives);
    if (c->ignored) string_printf(out, "; %llu ignored", (unsigned long long)c->ignored);
    if (c->bad) string_printf(out, "; %llu bad rows left out", (unsigned long long)c->bad);
    string_putc(out, '\n');
}

static void put_comments(const struct drawing *g, struct string *out)
{
    const struct plot *p = g->plot;

    string_puts(out, "# ");
    if (p->figure->number) string_printf(out, "%s of arXiv 1708.02002: ", p->figure->number);
    for (const char *c = p->figure->head; *c; c++) {
        string_putc(out, *c);
        if (*c == '\n') string_puts(out, "# ");
    }
    string_puts(out, "\n#\n# losscope " VERSION);
    if (p->command) {
        string_puts(out, ": losscope ");
        comment_text(p->command, out);
    }
    string_putc(out, '\n');
    if (p->facts) put_counts(p->facts, out);
    string_printf(out,
                  "# Change it as you like. A picture of it:\n# gnuplot -e \"set terminal pngcairo size "
                  "%.0f,%.0f font 'sans-serif,%.0f' linewidth 2; set output '%s.png'\" THIS_FILE\n",
                  200 * g->width, 200 * g->height, style_points(&p->style) * 200 / 72 * 0.75,
                  p->figure->name);
}

/* Dashes by which curves part in grey too, and points of different shapes. */
static void put_styles(const struct drawing *g, struct string *out)
{
    static const int points[STYLES] = {7, 5, 9, 11, 13, 4, 6, 8};
    const struct theme *t = theme_of(g->plot);
    bool print = theme_is_print(g->plot);
    double grow = style_growth(&g->plot->style), width = t->width * grow;

    string_printf(out, "ink = '%s'; shade = '%s'; thin = %.3g\n", t->ink, t->shade, 0.6 * width);
    for (size_t i = 0; i < STYLES; i++) {
        string_printf(out, "set style line %zu lc rgb '%s' lw %.3g dt ", i + 1, t->colour[i],
                      print && i >= 4 ? 1.6 * width : width);
        theme_dash(g->plot, print ? i % 4 : i, out);
        string_printf(out, " pt %d ps %.3g\n", points[i], 0.7 * grow);
    }
    string_puts(out, "if (dumb) do for [i=1:8] { set style line i pt 'ox+#%@&='[i:i] }\n");
    string_printf(out, "set style line 10 lc rgb '%s' lw 1 dt 1 # bars behind curves\n", t->bars);
    string_printf(out, "set border 3 lw %.3g lc rgb ink\nset tics nomirror out scale 0.6 textcolor rgb ink\n",
                  grow);
    if (t->ground)
        string_printf(
            out,
            "set object 99 rectangle from screen 0, 0 to screen 1, 1 fc rgb '%s' fs solid noborder behind\n",
            t->ground);
}

void script_head(const struct drawing *g, struct string *out)
{
    put_comments(g, out);
    string_puts(out, "reset\nset encoding utf8\nset decimalsign '.'\n");
    if (g->plot->style.terminal) terminal_put(g, g->plot->style.terminal, out);
    string_puts(out, "if (GPVAL_TERM eq 'unknown') set terminal dumb 100 32\ntex = "
                     "(strstrt('|cairolatex|tikz|epslatex|pslatex|pstex|context|', '|'.GPVAL_TERM.'|') > "
                     "0)\ndumb = (GPVAL_TERM eq 'dumb')\nplain = tex ? '$%h$' : '%h'; ten = tex ? "
                     "'$10^{%T}$' : dumb ? '1e%T' : '10^{%T}'; percent = tex ? '%g\\,\\%%' : '%g %%'\nset "
                     "format plain; if (!tex) set minussign\nM = tex ? '$-$' : '−'; G = tex ? '$\\gamma$' : "
                     "'γ'; B = tex ? "
                     "'$\\beta$' : 'β'; A = tex ? '$\\alpha$' : 'α'\npt = tex ? '$p_t$' : dumb ? 'p_t' : "
                     "'{/:Italic p}_t'; xt = tex ? '$x_t$' : dumb ? 'x_t' : '{/:Italic x}_t'\n\n");
    put_styles(g, out);
}

static const char *page_title(const struct drawing *g)
{
    const char *title = g->plot->style.title;

    return !title ? g->title : *title ? title : NULL;
}

static bool has_panels(const struct drawing *g)
{
    return g->panel_columns * g->rows > 1 || g->strip > 0;
}

/* The room at the right, and at the top, is kept free for the key and for the title. */
void script_page(const struct drawing *g, struct string *out)
{
    const char *title = page_title(g);
    bool panels = has_panels(g);

    if (g->side[0] > 0 || g->side[1] > 0 || panels)
        string_printf(out, "side = dumb ? %.3g : %.3g # of the width: room for the key\n", g->side[1],
                      g->side[0]);
    if (!panels) {
        if (g->side[0] > 0) string_puts(out, "if (!dumb) set rmargin at screen 1 - side\n");
        if (g->side[1] > 0) string_puts(out, "if (dumb) set rmargin at screen 1 - side\n");
        if (!title) return;
        string_puts(out, "set title ");
        script_foreign(title, out);
        string_puts(out, " textcolor rgb ink noenhanced\n");
        return;
    }
    if (title) {
        string_puts(out, "set label 90 ");
        script_foreign(title, out);
        string_puts(out,
                    " at screen 0.5*(1 - side), screen 1 offset 0, -1 center textcolor rgb ink noenhanced\n");
    }
    string_printf(out, "top = %s # of the height: what the title leaves\n", title ? "0.92" : "1");
    if (g->foot > 0)
        string_printf(out, "foot = dumb ? 0 : %.3g # of the height: room for the key\n", g->foot);
    string_puts(out, "set multiplot\n");
}

void script_panel(const struct drawing *g, size_t i, struct string *out)
{
    size_t column = i % g->panel_columns, row = i / g->panel_columns;
    double width = 1 / (double)g->panel_columns, height = (1 - g->strip) / (double)g->rows;

    if (i == 1 && theme_of(g->plot)->ground) string_puts(out, "unset object 99\n");
    if (i == 1 && page_title(g)) string_puts(out, "unset label 90\n");
    if (g->foot > 0)
        string_printf(out, "\nset origin 0, foot + %.4g*(top - foot); set size 1, %.4g*(top - foot)\n",
                      1 - (double)(row + 1) * height, height);
    else
        string_printf(out, "\nset origin %.4g*(1 - side), %.4g*top; set size %.4g*(1 - side), %.4g*top\n",
                      (double)column * width, 1 - (double)(row + 1) * height, width, height);
}

void script_strip(const struct drawing *g, const char *what, struct string *out)
{
    string_printf(out,
                  "\n# below it: %s\nset origin 0, 0; set size 1 - side, %g*top\nunset label; unset arrow; "
                  "unset title; unset object\n",
                  what, g->strip);
}

void script_counts_axis(const struct drawing *g, int column, struct string *out)
{
    double least = INFINITY, most = 0, low;

    for (size_t b = 0; b < g->count; b++)
        for (size_t i = 0; g->styles.id[b] == NO_CURVE && i < g->block[b].count; i++) {
            double n = points_number(&g->points, g->block[b].first + i, column);

            most = fmax(most, n);
            if (n > 0) least = fmin(least, n);
        }
    if (!(most > 0)) least = most = 1;
    low = pow(10, floor(log10(least)));
    string_printf(out, "set yrange [%.3g:%.3g]\nset logscale y\nset format y ten\nset ytics %g, %d\n",
                  low / 2, most * 2, low, most / low > 2e3 ? 100 : 10);
}

void script_page_end(const struct drawing *g, struct string *out)
{
    if (has_panels(g)) string_puts(out, "unset multiplot\n");
}

void script_ylabel(const struct drawing *g, const char *text, struct string *out)
{
    string_printf(out, "if (!dumb) set ylabel %s textcolor rgb ink\n", text);
    string_printf(out, "if (dumb) set label 50 %s at %s, graph 1 offset %d, 1; set tmargin 3\n", text,
                  g->panel_columns == 2 || g->panel_columns == 3 ? "graph 0" : "screen 0",
                  g->panel_columns == 2 || g->panel_columns == 3 ? -5 : 1);
}

void script_xlabel(const char *text, struct string *out)
{
    string_printf(out, "set xlabel %s textcolor rgb ink\n", text);
}

void script_ranges(const struct drawing *g, struct string *out)
{
    string_printf(out, "set xrange [%.7g:%.7g]\nset yrange [%.7g:%.7g]\n", g->x[0], g->x[1], g->y[0],
                  g->y[1]);
    if (g->xlog) string_puts(out, "set logscale x; set format x ten\n");
    if (g->ylog) string_puts(out, "set logscale y; set format y ten\n");
}

static void put_key(const struct drawing *g, const char *place, struct string *out)
{
    string_printf(out, "set key %s Left reverse samplen 3 spacing 1.2 ", place);
    if (g->key_slack) string_printf(out, "width dumb ? 0 : -%zu ", g->key_slack);
    string_puts(out, "textcolor rgb ink noenhanced\n");
}

static void put_place(const struct drawing *g, enum key_place place, struct string *out)
{
    static const char *const words[] = {[KEY_TOP_LEFT] = "top left",
                                        [KEY_TOP_RIGHT] = "top right",
                                        [KEY_BOTTOM_RIGHT] = "bottom right",
                                        [KEY_BOTTOM_LEFT] = "bottom left",
                                        [KEY_BELOW] = "bmargin center horizontal",
                                        [KEY_ABOVE] = "tmargin center horizontal maxcols 2",
                                        [KEY_SIDE] =
                                            "at screen 0.985, screen 0.96 right top vertical maxcols 1"};

    put_key(g, words[place], out);
}

/* Beside the axis of y; below the key, and with its title above it. */
static void put_bar(const struct drawing *g, struct string *out)
{
    double part = fmax(0.3, fmin(0.92, 1 - g->key_part));

    string_printf(
        out,
        "set colorbox user origin screen 1 - 0.85*side, graph 0 size screen 0.12*side, graph %.3g "
        "noborder\nif (!dumb) set label 53 shown at screen 1 - 0.79*side, graph %.3g offset 0, 0.9 center "
        "textcolor rgb ink\n",
        part, part);
}

void script_key(const struct drawing *g, bool last, struct string *out)
{
    const char *own = g->plot->style.key;

    if (own && strcmp(own, "off") == 0) {
        string_puts(out, "unset key\n");
    } else if (own) {
        put_key(g, own, out);
    } else if (g->key[0] == g->key[1]) {
        put_place(g, g->key[0], out);
    } else {
        string_puts(out, "if (dumb) {\n    ");
        put_place(g, g->key[1], out);
        string_puts(out, "} else {\n    ");
        put_place(g, g->key[0], out);
        string_puts(out, "}\n");
    }
    if (g->foot > 0) string_puts(out, "if (!dumb) unset key\n"); /* script_key_pane draws it */
    if (!own && g->key[0] == KEY_BELOW && !(g->foot > 0))
        string_printf(out, "if (!dumb) set bmargin %.3g\n", 3.8 + 1.35 * (double)g->key_lines);
    if (!own && !last) {
        if (g->key[0] == KEY_SIDE) string_puts(out, "if (!dumb) unset key\n");
        if (g->key[1] == KEY_SIDE) string_puts(out, "if (dumb) unset key\n");
    }
    if (g->styles.bar && last)
        put_bar(g, out);
    else if (g->styles.bar)
        string_puts(out, "unset colorbox\n");
}

void script_key_above(const struct drawing *g, bool page, struct string *out)
{
    const char *own = g->plot->style.key,
               *place = own    ? own
                        : page ? "at screen 0.5, screen top - 0.01 center top vertical maxrows 2"
                               : "tmargin center horizontal maxcols 2";

    if (own && strcmp(own, "off") == 0)
        string_puts(out, "unset key\n");
    else
        string_printf(out, "set key %s Left reverse samplen 1.5 spacing 1.2 textcolor rgb ink noenhanced\n",
                      place);
    if (!own) string_puts(out, "if (dumb) set key bmargin\n"); /* above it stands the axis' title */
}

void script_item(struct plot_list *l)
{
    string_puts(l->out, l->count++ ? ", \\\n     " : "plot ");
}

static void block_comment(const struct table *t, const struct block *b, struct string *out)
{
    static const int setting[] = {POINT_GAMMA, POINT_BETA, POINT_ALPHA};
    static const char *const letter[] = {"γ", "β", "α"};
    static const int text[] = {POINT_PANEL, POINT_LOSS, POINT_CURVE, POINT_GROUP};
    const char *between = "# ";

    for (size_t i = 0; i < 4; i++) {
        const char *s = points_text(t, b->first, text[i]);

        if (!s || (text[i] == POINT_CURVE && points_text(t, b->first, POINT_LOSS))) continue;
        string_puts(out, between);
        comment_text(s, out);
        between = ", ";
    }
    for (size_t i = 0; i < 3; i++)
        if (!isnan(points_number(t, b->first, setting[i]))) {
            string_printf(out, "%s%s = ", between, letter[i]);
            script_number(points_number(t, b->first, setting[i]), out);
            between = ", ";
        }
    string_putc(out, '\n');
}

void script_blocks(const struct drawing *g, struct string *out)
{
    const int *column = g->plot->figure->block_column;
    const struct table *t = &g->points;

    for (size_t b = 0; b < g->count; b++) {
        if (g->plot->figure->formulas && g->styles.id[b] != NO_CURVE) continue;
        block_comment(t, &g->block[b], out);
        string_printf(out, "%s << EOD\n", g->block[b].name);
        for (size_t r = g->block[b].first; r < g->block[b].first + g->block[b].count; r++)
            for (size_t c = 0; column[c]; c++) {
                double x = points_number(t, r, column[c]);

                if (isnan(x))
                    string_putc(out, '?');
                else
                    script_number(x, out);
                string_putc(out, column[c + 1] ? ' ' : '\n');
            }
        string_puts(out, "EOD\n");
    }
}

/* "FL(p, gamma) = …": of a loss, or of its slope. */
static void script_function(const struct loss *loss, bool slope, struct string *out)
{
    string_printf(out, "%s%s(p", slope ? "d" : "", loss->function);
    if (loss->sided) string_puts(out, ", y");
    for (size_t i = 0; i < loss_params(loss); i++) string_printf(out, ", %s", loss->param[i].name);
    string_printf(out, ") = %s # %s\n", slope ? loss->script_slope : loss->script_value,
                  slope ? "the size of its derivative with respect to x" : loss->source);
}

void script_formulas(const struct drawing *g, struct string *out)
{
    enum formulas which = g->plot->figure->formulas->formulas;
    const struct table *t = &g->points;

    if (which != FORMULA_P) string_puts(out, "sigma(x) = 1 / (1 + exp(-x)) # p_t of x_t\n");
    for (size_t b = 0; b < g->count; b++) {
        struct setting c = points_setting(t, g->block[b].first);
        size_t k = 0;

        while (k < b && (!c.loss ||
                         strcmp(points_setting(t, g->block[k].first).loss->function, c.loss->function) != 0))
            k++;
        if (k == b && c.loss) script_function(c.loss, which == FORMULA_DX, out);
    }
}

void script_formula(enum formulas which, const struct setting *c, int side, struct string *out)
{
    if (which == FORMULA_DX) string_putc(out, '-');
    if (c->loss->balanced) {
        script_number(side == 1 ? c->alpha : 1 - c->alpha, out);
        string_puts(out, " * ");
    }
    string_printf(out, "%s%s(%s", which == FORMULA_DX ? "d" : "", c->loss->function,
                  which == FORMULA_P ? "x" : "sigma(x)");
    if (c->loss->sided) string_printf(out, ", %d", side);
    for (size_t i = 0; i < loss_params(c->loss); i++) {
        string_puts(out, ", ");
        script_number(c->param[i], out);
    }
    string_putc(out, ')');
}
