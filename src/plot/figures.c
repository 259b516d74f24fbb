/* figures.c: the table of figures, and the paper's figures 1 and 4 */
#include "base/number.h"
#include "plot/plot.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Okabe and Ito's colours, and dashes besides, so that curves part in grey too. */
static const char *const colour[] = {"#0072B2", "#D55E00", "#E69F00", "#CC79A7", "#009E73", "#56B4E9", "#000000"};
enum { COLOURS = sizeof colour / sizeof *colour };

void gnuplot_string(const char *text, struct string *out)
{
    string_putc(out, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c < 0x20 || c == 0x7f)
            string_putc(out, ' ');
        else if (isalnum(c) || strchr(" .,:;=+-_()/", c) || c >= 0x80)
            string_putc(out, (char)c);
        else
            string_printf(out, "\\%03o", c);
    }
    string_putc(out, '"');
}

static void head(const struct plot *p, const char *what, struct string *out)
{
    string_printf(out,
                  "# %s\n# drawn by losscope " VERSION "; run it with: gnuplot THIS_FILE, or change it as you like\n"
                  "reset\nset encoding utf8\nset decimalsign '.'\n"
                  "if (GPVAL_TERM eq 'unknown') set terminal dumb 100 32\n"
                  "tex = (GPVAL_TERM eq 'cairolatex' || GPVAL_TERM eq 'tikz' || GPVAL_TERM eq 'epslatex')\n"
                  "gammaname = tex ? '$\\gamma$' : 'γ'\n"
                  "set border 3 lw 1.2\nset tics nomirror out\n",
                  what);
    if (p->title) {
        string_puts(out, "set title ");
        gnuplot_string(p->title, out);
        string_puts(out, " noenhanced\n");
    }
}

static void curve_style(size_t i, struct string *out)
{
    string_printf(out, "lw %s dt %zu lc rgb '%s'", i ? "2" : "3", i % 5 + 1, colour[i % COLOURS]);
}

/* Figure 1: FL(p_t) = −(1 − p_t)^γ log(p_t) against p_t. */
static bool draw_loss(const struct plot *p, struct string *out, struct diag *d)
{
    const struct analysis *a = p->analysis;
    char number[NUMBER_SIZE];

    (void)d;
    head(p, "Figure 1 of arXiv 1708.02002: the focal loss against the probability of the true class", out);
    string_puts(out, "if (!exists(\"easy\")) easy = 0.6  # where the well-classified examples begin\n"
                     "if (!exists(\"top\")) top = 5\n"
                     "FL(p, g) = p > 0 ? -(1 - p)**g * log(p) : 1/0\n\n"
                     "set samples 1001\nset xrange [0:1]\nset yrange [0:top]\nset xtics 0.2\nset ytics 1\n"
                     "set xlabel 'probability of ground truth class'\nset ylabel 'loss'\n"
                     "set key top right Left reverse samplen 3 spacing 1.2\n"
                     "set object 1 rectangle from easy, 0 to 1, 0.25*top fc rgb '#009E73' fs solid 0.12 noborder behind\n"
                     "set label 1 \"well-classified\\nexamples\" at (easy + 1)/2., 0.2*top center front\n"
                     "set label 2 (tex ? '$\\mathrm{CE}(p_t) = -\\log(p_t)$' : 'CE(p_t) = −log(p_t)') at 0.25, 0.93*top front\n"
                     "set label 3 (tex ? '$\\mathrm{FL}(p_t) = -(1-p_t)^\\gamma\\log(p_t)$' : 'FL(p_t) = −(1−p_t)^γ log(p_t)') "
                     "at 0.25, 0.83*top front\n\nplot");
    for (size_t i = 0; i < a->gammas; i++) {
        number_format(a->gamma[i], number);
        string_printf(out, "%s FL(x, %s) title gammaname.' = %s' ", i ? ", \\\n    " : "", number, number);
        curve_style(i, out);
    }
    string_puts(out, "\n");
    return true;
}

enum { CURVE_POINTS = 240 };

/* The blocks $side_i of one panel of figure 4. */
static bool curve_blocks(const struct plot *p, const bool *keep, const char *side, struct string *out, struct diag *d)
{
    double x[CURVE_POINTS], y[CURVE_POINTS];
    char a[NUMBER_SIZE], b[NUMBER_SIZE];

    for (size_t i = 0; i < p->analysis->gammas; i++) {
        size_t n;

        measure_set(p->measure, loss_find("focal", 5), (struct loss_at){p->analysis->gamma[i], 0});
        n = measure_curve(p->measure, NULL, keep, false, CURVE_POINTS, x, y);
        if (n == 0) return diag_fail(d, STATUS_DATA, "there is no %s example with a loss above 0 and below infinity to draw", side);
        string_printf(out, "$%s_%zu << EOD\n", side, i);
        for (size_t k = 0; k < n; k++) {
            number_format(x[k], a);
            number_format(y[k], b);
            string_printf(out, "%s %s\n", a, b);
        }
        string_puts(out, "EOD\n");
    }
    return true;
}

/* Figure 4: the examples of each side sorted by loss, lowest first, and how their loss adds up. */
static bool draw_cdf(const struct plot *p, struct string *out, struct diag *d)
{
    static const char *const side[] = {"background", "foreground"};
    size_t parts = p->facts->parts;
    bool *keep = mem_alloc(parts, 1), well = true;
    char number[NUMBER_SIZE];

    head(p, "Figure 4 of arXiv 1708.02002: cumulative normalised loss, lowest loss first", out);
    for (int s = 1; s >= 0 && well; s--) {
        bool any = false;

        for (size_t k = 0; k < parts; k++) any |= keep[k] = facts_side(p->facts, k) == s;
        if (!any) well = diag_fail(d, STATUS_USAGE, "the figure needs positives and negatives: see --background");
        if (well) well = curve_blocks(p, keep, side[s], out, d);
    }
    string_puts(out, "\nset xrange [0:1]\nset yrange [0:1]\nset xtics 0.2\nset ytics 0.2\n"
                     "set ylabel 'cumulative normalized loss'\nset key top left Left reverse samplen 3 spacing 1.2\n"
                     "set multiplot layout 1,2\n");
    for (int s = 1; s >= 0 && well; s--) {
        string_printf(out, "set xlabel 'fraction of %s examples'\nplot", side[s]);
        for (size_t i = 0; i < p->analysis->gammas; i++) {
            number_format(p->analysis->gamma[i], number);
            string_printf(out, "%s $%s_%zu with lines title gammaname.' = %s' ", i ? ", \\\n    " : "", side[s], i, number);
            curve_style(i, out);
        }
        string_puts(out, "\n");
    }
    string_puts(out, "unset multiplot\n");
    free(keep);
    return well;
}

static const double five[] = {0, 0.5, 1, 2, 5}, four[] = {0, 0.5, 1, 2};

const struct figure figure_table[] = {
    {"fig1", "loss", "loss against p_t for several γ", false, five, 5, draw_loss},
    {"fig4", "cdf", "cumulative normalised loss against the fraction of examples", true, four, 4, draw_cdf},
};
const size_t figure_count = sizeof figure_table / sizeof *figure_table;

const struct figure *figure_find(const char *name)
{
    for (size_t i = 0; i < figure_count; i++)
        if (strcmp(figure_table[i].name, name) == 0 || strcmp(figure_table[i].general, name) == 0) return &figure_table[i];
    return NULL;
}
