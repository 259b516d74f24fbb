/* gnuplot_script.c: the parts that scripts are made of: heads, styles, keys, blocks of data, formulas */
#include "figures/internal.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* Okabe and Ito's colours; dashes besides, so that curves part in grey too. */
enum { STYLES = 7 };
static const struct theme {
    const char *colour[STYLES], *ink, *ground, *shade, *pale; /* pale: bars behind curves */
    double width;
} theme_table[] = {
    [THEME_PAPER] = {{"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"},
                     "#000000",
                     NULL,
                     "#009E73",
                     "#B8C4CC",
                     2},
    [THEME_TALK] = {{"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"},
                    "#000000",
                    NULL,
                    "#009E73",
                    "#B8C4CC",
                    4},
    [THEME_DARK] = {{"#56B4E9", "#FF8C42", "#2FD1A5", "#E69BC8", "#F0E442", "#9AA7FF", "#FFFFFF"},
                    "#E8E8E8",
                    "#16191D",
                    "#2FD1A5",
                    "#4A545E",
                    2.5},
    [THEME_PRINT] = {{"#000000", "#000000", "#000000", "#000000", "#000000", "#707070", "#707070"},
                     "#000000",
                     NULL,
                     "#808080",
                     "#C8C8C8",
                     1.5},
};

static const struct theme *theme_of(const struct plot *p)
{
    return &theme_table[p->style.theme];
}

void script_number(double x, struct string *out)
{
    string_printf(out, "%.7g", x);
}

void script_foreign(const char *text, struct string *out)
{
    string_puts(out, "(tex ? ");
    gnuplot_tex_string(text, out);
    string_puts(out, " : ");
    gnuplot_string(text, out);
    string_putc(out, ')');
}

size_t script_style(size_t i)
{
    return i % STYLES + 1;
}

const char *script_dash(size_t i)
{
    static const char *const dash[] = {"1", "(10,4)", "(3,3)", "(10,3,3,3)", "(16,3,3,3,3,3)"};

    return dash[i % (sizeof dash / sizeof *dash)];
}

static const char *user_title(const struct plot *p)
{
    const char *title = p->style.title;

    return title && *title ? title : NULL;
}

void script_head(const struct plot *p, const char *what, struct string *out)
{
    const struct theme *t = theme_of(p);

    string_printf(out,
                  "# %s\n"
                  "# drawn by losscope " VERSION
                  "; change it as you like, and run it with gnuplot THIS_FILE\n"
                  "reset\nset encoding utf8\nset decimalsign '.'\n",
                  what);
    if (p->style.terminal) terminal_put(p, p->style.terminal, out);
    string_puts(
        out, "if (GPVAL_TERM eq 'unknown') set terminal dumb 100 32\n"
             "tex = (strstrt('|cairolatex|tikz|epslatex|pslatex|pstex|context|', '|'.GPVAL_TERM.'|') > 0)\n"
             "dumb = (GPVAL_TERM eq 'dumb')\n"
             "G = tex ? '$\\gamma$' : 'γ'; B = tex ? '$\\beta$' : 'β'; A = tex ? '$\\alpha$' : 'α'\n"
             "pt = tex ? '$p_t$' : 'p_t'; xt = tex ? '$x_t$' : 'x_t'\n\n");
    string_printf(out, "ink = '%s'; shade = '%s'\n", t->ink, t->shade);
    for (size_t i = 0; i < STYLES; i++)
        string_printf(out, "set style line %zu lc rgb '%s' lw %g dt %s pt %d ps 0.7\n", i + 1, t->colour[i],
                      t->width, script_dash(i), (int[]){7, 5, 9, 11, 13, 4, 6}[i]);
    string_printf(
        out,
        "set style line 8 lc rgb '%s' lw 1 dt 1 # bars behind curves\n"
        "set border 3 lw 1 lc rgb ink\nset format '%%h'\nset tics nomirror out scale 0.6 textcolor rgb ink\n",
        t->pale);
    if (t->ground)
        string_printf(
            out,
            "set object 99 rectangle from screen 0, 0 to screen 1, 1 fc rgb '%s' fs solid noborder behind\n",
            t->ground);
}

void script_title(const struct plot *p, struct string *out)
{
    if (!user_title(p)) return;
    string_puts(out, "set title ");
    script_foreign(user_title(p), out);
    string_puts(out, " textcolor rgb ink noenhanced\n");
}

void script_multiplot(const struct plot *p, const char *layout, struct string *out)
{
    string_printf(out, "set multiplot%s%s", *layout ? " " : "", layout);
    if (user_title(p)) {
        string_puts(out, " title ");
        script_foreign(user_title(p), out);
        string_puts(out, " noenhanced");
    }
    string_putc(out, '\n');
}

void script_panel_end(const struct plot *p, struct string *out)
{
    if (theme_of(p)->ground) string_puts(out, "unset object 99\n");
}

void script_key(const struct plot *p, const char *own, struct string *out)
{
    const char *place = p->style.key ? p->style.key : own;

    if (strcmp(place, "off") == 0)
        string_puts(out, "unset key\n");
    else
        string_printf(out,
                      "set key %s Left reverse samplen 3 spacing 1.2 width -1 textcolor rgb ink noenhanced\n",
                      place);
}

void script_logs(const struct plot *p, struct string *out)
{
    if (p->style.xlog) string_puts(out, "set logscale x\n");
    if (p->style.ylog) string_puts(out, "set logscale y\n");
}

/* A comment ends at a newline, and a backslash at its end would swallow the next line: letters, digits and
 * spaces stay. */
static void comment_text(const char *text, struct string *out)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        string_putc(out, isalnum(c) || c == '_' || c == '-' || c == '.' || c == ' ' ? (char)c : '?');
    }
}

static void block_comment(const struct table *t, const struct block *b, struct string *out)
{
    static const int setting[] = {N_GAMMA, N_BETA, N_ALPHA};
    static const char *const letter[] = {"γ", "β", "α"};
    static const int text[] = {N_PANEL, N_LOSS, N_CURVE, N_GROUP};
    const char *between = "# ";

    for (size_t i = 0; i < 4; i++) {
        const char *s = numbers_text(t, b->first, text[i]);

        if (!s) continue;
        string_puts(out, between);
        comment_text(s, out);
        between = ", ";
    }
    for (size_t i = 0; i < 3; i++)
        if (!isnan(numbers_at(t, b->first, setting[i]))) {
            string_printf(out, "%s%s = ", between, letter[i]);
            script_number(numbers_at(t, b->first, setting[i]), out);
            between = ", ";
        }
    string_putc(out, '\n');
}

void script_blocks(const struct table *t, const struct block *block, size_t count, const int *column,
                   size_t columns, struct string *out)
{
    for (size_t b = 0; b < count; b++) {
        block_comment(t, &block[b], out);
        string_printf(out, "%s << EOD\n", block[b].name);
        for (size_t r = block[b].first; r < block[b].first + block[b].count; r++)
            for (size_t c = 0; c < columns; c++) {
                double x = numbers_at(t, r, column[c]);

                if (isnan(x))
                    string_putc(out, '?');
                else
                    script_number(x, out);
                string_putc(out, c + 1 < columns ? ' ' : '\n');
            }
        string_puts(out, "EOD\n");
    }
}

void script_curve_title(const char *group, const struct setting *c, bool short_form, struct string *out)
{
    const char *between = " ", *symbol = c->loss->symbol;

    if (group) {
        script_foreign(group, out);
        string_puts(out, ".', '.");
    }
    if (c->loss->balanced && strncmp(symbol, "α", strlen("α")) == 0)
        symbol += strlen("α"); /* its value follows */
    if (!short_form) string_printf(out, "'%s", symbol);
    for (size_t i = 0; i < loss_params(c->loss); i++, between = ", ") {
        string_printf(out, short_form ? "" : "%s'.", between);
        string_printf(out, "%s.' = ", c->loss->param[i].script);
        script_number(c->param[i], out);
    }
    if (c->loss->balanced) {
        string_printf(out, "%s'.A.' = ", between);
        script_number(c->alpha, out);
    }
    string_putc(out, '\'');
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

void script_formulas(enum formulas which, const struct setting *c, size_t count, struct string *out)
{
    if (which != FORMULA_P) string_puts(out, "sigma(x) = 1 / (1 + exp(-x)) # p_t of x_t\n");
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;

        while (strcmp(c[k].loss->function, c[i].loss->function) != 0) k++;
        if (k == i) script_function(c[i].loss, which == FORMULA_DX, out);
    }
}

void script_formula(enum formulas which, const struct setting *c, int side, struct string *out)
{
    if (which == FORMULA_DX) string_putc(out, '-');
    if (c->loss->balanced) {
        script_number(c->alpha, out);
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
