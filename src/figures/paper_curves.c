/* paper_curves.c: the figures that are drawn from formulas: 1 (loss against p_t), 5 (against x_t), 6
 * (gradients), 7 (settings of FL*) */
#include "figures/internal.h"
#include "loss/tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One of the figures: which formula, over which range, with which curves. */
struct picture {
    enum formulas formulas;
    double low, high; /* x */
    const char *loss[4];
    double gamma[16], beta[16];
    size_t curves; /* the paper's: loss[min(i, last)] at gamma[i], beta[i] */
};

static const struct picture loss_picture = {FORMULA_P, 0, 1, {"focal"}, {0, 0.5, 1, 2, 5}, {0}, 5};
static const struct picture margin_picture = {
    FORMULA_X, -5, 5, {"ce", "focal", "focal-star", "focal-star"}, {0, 2, 2, 4}, {0, 0, 1, 0}, 4};
static const struct picture gradient_picture = {
    FORMULA_DX, -10, 10, {"ce", "focal", "focal-star", "focal-star"}, {0, 2, 2, 4}, {0, 0, 1, 0}, 4};
static const struct picture settings_picture = {FORMULA_X,
                                                -5,
                                                5,
                                                {"focal-star"},
                                                {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4},
                                                {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2},
                                                12};

static size_t curves_of(const struct plot *p, const struct picture *f, struct setting out[CURVES],
                        struct diag *d)
{
    struct setting own[16];

    for (size_t i = 0; i < f->curves; i++) {
        const char *name = i < 4 && f->loss[i] ? f->loss[i] : f->loss[0];

        own[i] = setting_of(loss_find(name, strlen(name)), f->gamma[i], f->beta[i], NAN);
    }
    return curves_asked(p, own, f->curves, out, d);
}

/* A loss that depends on the side has a curve of each. */
static const char *const side_name[] = {"negative", "positive"};

/* The figure's number, with the formulas of the losses themselves, so that a table and a script check each
 * other. */
static bool numbers(const struct plot *p, const struct picture *f, struct table *t, struct diag *d)
{
    enum { STEPS = 200 };
    struct setting curve[CURVES];
    size_t n = curves_of(p, f, curve, d);

    for (size_t i = 0; i < n; i++)
        for (int side = 1; side >= !curve[i].loss->sided; side--)
            for (int k = 0; k <= STEPS; k++) {
                const struct setting *c = &curve[i];
                struct spot s = NO_SPOT;
                double x = f->low + (f->high - f->low) * k / STEPS;
                double tail = f->formulas == FORMULA_P ? tail_of_pt(x) : tail_of_xt(x);

                s.panel = c->loss->sided ? side_name[side] : NULL;
                s.curve = c->loss->symbol;
                s.setting = *c;
                s.x = x;
                s.y = (c->loss->balanced ? c->alpha : 1) * (f->formulas == FORMULA_DX
                                                                ? -setting_slope(c, tail, side)
                                                                : setting_value(c, tail, side));
                numbers_put(t, p->figure, &s);
            }
    if (n && p->facts) return strip_numbers(p, f->formulas, f->low, f->high, t, d);
    return n > 0;
}

bool numbers_loss(const struct plot *p, struct table *t, struct diag *d)
{
    return numbers(p, &loss_picture, t, d);
}
bool numbers_margin(const struct plot *p, struct table *t, struct diag *d)
{
    return numbers(p, &margin_picture, t, d);
}
bool numbers_gradient(const struct plot *p, struct table *t, struct diag *d)
{
    return numbers(p, &gradient_picture, t, d);
}
bool numbers_settings(const struct plot *p, struct table *t, struct diag *d)
{
    return numbers(p, &settings_picture, t, d);
}

static bool only_focal(const struct setting *curve, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(curve[i].loss->name, "focal") != 0) return false;
    return true;
}

/* The plot command, and the strip under it where there are data. `frame`: what is set for this figure alone.
 */
static bool draw(const struct plot *p, const struct picture *f, const char *what, const char *frame,
                 const char *key, const char *xlabel, struct string *out, struct diag *d)
{
    struct setting curve[CURVES];
    struct table t = {0};
    size_t n = curves_of(p, f, curve, d);
    bool well = n > 0;

    if (!well) return false;
    script_head(p, what, out);
    script_formulas(f->formulas, curve, n, out);
    if (p->facts) {
        table_init(&t, numbers_column, N_COLUMNS);
        well = strip_numbers(p, f->formulas, f->low, f->high, &t, d);
        if (well) strip_draw(p, &t, xlabel, out);
    }
    string_puts(out, "\n");
    string_puts(out, frame);
    if (p->facts)
        string_puts(out, "set xlabel; set format x ''\n");
    else
        script_title(p, out);
    script_key(p, key, out);
    script_logs(p, out);
    string_puts(out, "plot");
    for (size_t i = 0, k = 0; i < n; i++)
        for (int side = 1; side >= !curve[i].loss->sided; side--, k++) {
            string_puts(out, k ? ", \\\n     " : " ");
            script_formula(f->formulas, &curve[i], side, out);
            string_puts(out, " title ");
            script_curve_title(NULL, &curve[i], f->formulas == FORMULA_P && only_focal(curve, n), out);
            if (curve[i].loss->sided) string_printf(out, ".', %s'", side_name[side]);
            string_printf(out, " ls %zu", script_style(f == &settings_picture ? i / 3 : k));
            if (f == &settings_picture) string_printf(out, " dt %s", script_dash(i % 3));
        }
    string_puts(out, p->facts ? "\nunset multiplot\n" : "\n");
    table_free(&t);
    return well;
}

bool draw_loss(const struct plot *p, struct string *out, struct diag *d)
{
    struct string frame = {0};
    double easy = p->asked.easy && p->analysis->easies ? p->analysis->easy[0] : 0.6;
    bool well;

    string_puts(&frame, "if (!exists(\"easy\")) easy = ");
    script_number(easy, &frame);
    string_puts(
        &frame,
        "  # from here on examples are well classified: another with gnuplot -e \"easy=0.7\"\n"
        "if (!exists(\"top\")) top = 5\n"
        "set samples 1001\nset xrange [0:1]\nset yrange [0:top]\nset xtics 0.2\nset ytics 1\n"
        "set xlabel 'probability of ground truth class' textcolor rgb ink\nset ylabel 'loss' textcolor rgb "
        "ink\n"
        "set object 100 rectangle from easy, 0 to 1, 0.2*top fc rgb shade fillstyle transparent solid 0.15 "
        "noborder behind\n"
        "if (!dumb) set arrow 1 from 0.5*(easy + 1), 0.35*top to 0.5*(easy + 1), 0.21*top lc rgb ink lw 1 "
        "size screen "
        "0.015, 20 front\n"
        "set label 1 'well-classified examples' at 0.5*(easy + 1), 0.41*top center textcolor rgb ink front\n"
        "set label 2 (tex ? '$\\mathrm{CE}(p_t) = -\\log(p_t)$' : 'CE(p_t) = −log(p_t)') "
        "at 0.1, 0.95*top textcolor rgb ink front\n"
        "set label 3 (tex ? '$\\mathrm{FL}(p_t) = -(1-p_t)^\\gamma\\log(p_t)$' : "
        "dumb ? 'FL(p_t) = −(1 − p_t)^γ log(p_t)' : 'FL(p_t) = −(1 − p_t)^{γ} log(p_t)') at 0.1, 0.86*top "
        "textcolor rgb ink front\n");
    well = draw(p, &loss_picture,
                "Figure 1 of arXiv 1708.02002: the focal loss against the probability of the true class",
                frame.text, "top right", "'probability of ground truth class'", out, d);
    string_free(&frame);
    return well;
}

bool draw_margin(const struct plot *p, struct string *out, struct diag *d)
{
    return draw(p, &margin_picture,
                "Figure 5 of arXiv 1708.02002: FL and its variant FL* against x_t = yx, where y = ±1 and x "
                "is the logit",
                "set samples 1001\nset xrange [-5:5]\nset yrange [0:5]\nset xtics 1\nset ytics 1\n"
                "set xlabel xt textcolor rgb ink\nset ylabel 'loss' textcolor rgb ink\n",
                "top right", "xt", out, d);
}

bool draw_gradient(const struct plot *p, struct string *out, struct diag *d)
{
    return draw(p, &gradient_picture,
                "Figure 6 of arXiv 1708.02002: the derivatives of the losses of Figure 5 with respect to x, "
                "for y = 1",
                "set samples 1001\nset xrange [-10:10]\nset yrange [-1.2:0]\nset xtics 5\nset mxtics 5\nset "
                "ytics 0.2\n"
                "set xlabel xt textcolor rgb ink\nset ylabel 'gradient' textcolor rgb ink\n",
                "bottom right", "xt", out, d);
}

bool draw_settings(const struct plot *p, struct string *out, struct diag *d)
{
    return draw(p, &settings_picture,
                "Figure 7 of arXiv 1708.02002: FL* at several settings. The paper does not say which: this "
                "grid of γ and β is a choice.\n"
                "# Its models were trained with α = 0.25, a factor on every curve alike: it is left out "
                "here, as the axis of the paper shows.",
                "set samples 1001\nset xrange [-5:5]\nset yrange [0:5]\nset xtics 1\nset ytics 1\n"
                "set xlabel xt textcolor rgb ink\nset ylabel 'loss' textcolor rgb ink\n",
                "top right", "xt", out, d);
}
