/* shares.c: how the loss divides among kinds of examples against γ (share), and among classes */
#include "base/utf8.h"
#include "figures/internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- share ---- */

static const char *const kind_name[] = {"easy negatives", "hard negatives", "easy positives",
                                        "hard positives", "easy",           "hard"};
/* Colours of the four, from the background's to the foreground's: dark for hard. */
static const char *const kind_colour[2][6] = {
    {"#A6CEE3", "#0072B2", "#FDBF6F", "#D55E00", "#A6CEE3", "#0072B2"},
    {"#E0E0E0", "#A0A0A0", "#707070", "#303030", "#E0E0E0", "#707070"}};

/* Sums by kind (easy, hard of the negatives, then of the positives) at one setting. */
static void sums_by_kind(const struct plot *p, struct measure *m, const struct setting *c, bool slope,
                         double out[4])
{
    struct sums *sums = mem_alloc(2 * p->facts->parts, sizeof *sums);
    double *factor = side_factors(p->facts, c);

    memset(out, 0, 4 * sizeof *out);
    measure_set(m, c);
    measure_sums(m, sums);
    for (size_t k = 0; k < p->facts->parts; k++)
        for (int easy = 0; easy < 2; easy++) {
            const struct sums *s = &sums[2 * k + (size_t)easy];

            out[2 * (facts_side(p->facts, k) == 1) + !easy] += factor[k] * (slope ? s->slope : s->loss);
        }
    free(factor);
    free(sums);
}

static void put_shares(const struct plot *p, const double sum[4], bool sides, struct spot s, struct table *t)
{
    double all = sum[0] + sum[1] + sum[2] + sum[3], up = 0;

    for (size_t k = 0; k < (sides ? 4 : 2); k++) {
        s.curve = kind_name[sides ? k : k + 4];
        s.y = all > 0 ? sum[k] / all : NAN;
        s.z = up += s.y;
        numbers_put(t, p->figure, &s);
    }
}

static int by_curve(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    int order = strcmp(x[N_PANEL].as.text, y[N_PANEL].as.text);

    if (order) return -order; /* loss before gradient */
    for (int k = 0; k < 6; k++) {
        bool one = strcmp(x[N_CURVE].as.text, kind_name[k]) == 0,
             other = strcmp(y[N_CURVE].as.text, kind_name[k]) == 0;

        if (one != other) return one ? -1 : 1;
    }
    return x[N_X].as.number < y[N_X].as.number ? -1 : x[N_X].as.number > y[N_X].as.number;
}

bool numbers_share(const struct plot *p, struct table *t, struct diag *d)
{
    struct set set[SETS];
    double threshold = p->analysis->easy[0];
    size_t gammas, sets;
    const double *gamma = plot_gammas(p, &gammas);
    bool *sides = side_parts(p->facts, 1);
    struct setting c = setting_of(loss_find("focal", 5), NAN, 0, NAN);
    struct spot s = NO_SPOT;
    int along;

    if (p->asked.loss) c = p->analysis->loss[0];
    if (p->asked.alpha && !p->asked.loss) c = setting_of(loss_find("balanced-focal", 14), NAN, 0, NAN);
    along = loss_param_of(c.loss, PARAM_GAMMA);
    if (along < 0 || !isnan(c.param[along])) {
        free(sides);
        return diag_fail(d, STATUS_USAGE, "share is drawn against γ: %s has none", c.text);
    }
    if (c.loss->balanced && isnan(c.alpha))
        c.alpha = p->analysis->alpha[0].kind == ALPHA_NUMBER ? p->analysis->alpha[0].number : 0.25;
    setting_fill(&c, PARAM_BETA, p->asked.beta ? p->analysis->beta[0] : 0);
    sets = sets_open(p, false, (double[]){cut_of_threshold(threshold)}, 1, set, d);
    s.setting = c;
    for (size_t g = 0; sets && g < gammas; g++)
        for (int slope = 0; slope <= p->gradient; slope++) {
            double sum[4];

            c.param[along] = gamma[g];
            if (c.loss->param[along].above && gamma[g] <= c.loss->param[along].least) continue;
            sums_by_kind(p, set[0].measure, &c, slope, sum);
            s.panel = slope ? "gradient" : "loss";
            s.x = gamma[g];
            put_shares(p, sum, sides != NULL, s, t);
        }
    sets_close(set, sets);
    free(sides);
    if (sets) qsort(t->value, t->row_count, t->column_count * sizeof *t->value, by_curve);
    return sets > 0;
}

/* Areas one upon the other; text pictures have no areas, but their upper edges. */
static void share_plot(const struct plot *p, const struct table *t, const struct block *block, size_t count,
                       const char *panel, bool areas, struct string *out)
{
    const char *between = areas ? "if (!dumb) plot" : "if (dumb) plot";

    for (size_t b = 0; b < count; b++) {
        const char *curve = numbers_text(t, block[b].first, N_CURVE);
        size_t k = 0;

        if (strcmp(numbers_text(t, block[b].first, N_PANEL), panel) != 0) continue;
        while (strcmp(kind_name[k], curve) != 0) k++;
        string_printf(out, "%s %s ", between, block[b].name);
        if (areas)
            string_printf(out, "using 1:(100*($3 - $2)):(100*$3) with filledcurves fc rgb '%s' title '%s'",
                          kind_colour[p->style.theme == THEME_PRINT][k], curve);
        else
            string_printf(out, "using 1:(100*$3) with lines title '%s%s'", k % 4 ? "+ " : "", curve);
        between = ", \\\n    ";
    }
    string_putc(out, '\n');
}

static void share_panel(const struct plot *p, const struct table *t, const struct block *block, size_t count,
                        const char *panel, struct string *out)
{
    string_printf(out, "set ylabel 'share of the %s' textcolor rgb ink\n", panel);
    share_plot(p, t, block, count, panel, true, out);
    share_plot(p, t, block, count, panel, false, out);
}

bool draw_share(const struct plot *p, struct string *out, struct diag *d)
{
    static const int column[] = {N_X, N_Y, N_Z};
    struct table t = {0};
    struct block *block = NULL;
    size_t count = 0, panels = p->gradient ? 2 : 1;
    bool well;

    table_init(&t, numbers_column, N_COLUMNS);
    well = numbers_share(p, &t, d);
    if (well) {
        script_head(
            p, "which examples hold the loss at which γ\n# γ, share, sum of this and the shares below it",
            out);
        block = numbers_blocks(&t, &count);
        script_blocks(&t, block, count, column, 3, out);
        string_printf(out,
                      "\nset xrange [%.7g:%.7g]\nset yrange [0:100]\nset ytics 20\nset format y (tex ? "
                      "'%%.0f\\,\\%%%%' : '%%.0f %%%%')\n"
                      "set xlabel G textcolor rgb ink\nset style fill solid 1 noborder\n",
                      numbers_at(&t, 0, N_X), numbers_at(&t, block[0].count - 1, N_X));
        string_printf(out, "set key %s Left reverse samplen 1.5 spacing 1.2 textcolor rgb ink noenhanced%s\n",
                      p->style.key ? p->style.key : "tmargin center horizontal maxcols 2",
                      p->style.key && strcmp(p->style.key, "off") == 0 ? "\nunset key" : "");
        script_logs(p, out);
        if (panels == 2)
            script_multiplot(p, "layout 1, 2", out);
        else
            script_title(p, out);
        share_panel(p, &t, block, count, "loss", out);
        if (panels == 2) {
            script_panel_end(p, out);
            share_panel(p, &t, block, count, "gradient", out);
            string_puts(out, "unset multiplot\n");
        }
    }
    free(block);
    table_free(&t);
    return well;
}

/* ---- classes ---- */

enum { MOST_CLASSES = 20 };

/* One class's part of the whole. */
struct class_share {
    const char *name;
    double examples;
    double *loss; /* [curves] */
};

static int by_first_loss(const void *a, const void *b)
{
    const struct class_share *x = a, *y = b;

    return x->loss[0] > y->loss[0] ? -1 : x->loss[0] < y->loss[0];
}

static void add_classes(const struct plot *p, struct measure *m, const struct setting *curve, size_t curves,
                        struct class_share *class)
{
    struct sums *sums = mem_alloc(p->facts->parts, sizeof *sums);

    for (size_t c = 0; c < curves; c++) {
        double *factor = side_factors(p->facts, &curve[c]), all = 0, weight = 0;

        measure_set(m, &curve[c]);
        measure_sums(m, sums);
        for (size_t k = 0; k < p->facts->parts; k++) {
            all += factor[k] * sums[k].loss;
            weight += sums[k].weight;
        }
        for (size_t k = 0; k < p->facts->parts; k++) {
            struct class_share *own = &class[facts_class(p->facts, k)];

            own->loss[c] += all > 0 ? factor[k] * sums[k].loss / all : NAN;
            if (c == 0) own->examples += sums[k].weight / weight;
        }
        free(factor);
    }
    free(sums);
}

/* Beyond the largest, the rest come together as one. */
static size_t gather_rest(struct class_share *class, size_t classes, size_t curves)
{
    if (classes <= MOST_CLASSES) return classes;
    class[MOST_CLASSES - 1].name = "others";
    for (size_t k = MOST_CLASSES; k < classes; k++) {
        class[MOST_CLASSES - 1].examples += class[k].examples;
        for (size_t c = 0; c < curves; c++) class[MOST_CLASSES - 1].loss[c] += class[k].loss[c];
    }
    return MOST_CLASSES;
}

bool numbers_classes(const struct plot *p, struct table *t, struct diag *d)
{
    struct setting curve[CURVES];
    struct set set[SETS];
    size_t classes = p->facts->classes, shown, curves = focal_curves(p, curve, d), sets;
    struct class_share *class;

    sets = curves ? sets_open(p, false, NULL, 0, set, d) : 0;
    if (!sets) return false;
    class = mem_alloc(classes, sizeof *class);
    for (size_t k = 0; k < classes; k++)
        class[k] = (struct class_share){p->facts->class_name[k], 0, mem_alloc(curves, sizeof(double))};
    add_classes(p, set[0].measure, curve, curves, class);
    qsort(class, classes, sizeof *class, by_first_loss);
    shown = p->facts->classes;
    shown = gather_rest(class, shown, curves);
    for (size_t c = 0; c <= curves; c++)
        for (size_t k = 0; k < shown; k++) {
            struct spot s = NO_SPOT;

            s.panel = c ? "loss" : "examples";
            if (c) s.curve = curve[c - 1].loss->symbol, s.setting = curve[c - 1];
            s.label = class[k].name;
            s.x = (double)k;
            s.y = c ? class[k].loss[c - 1] : class[k].examples;
            numbers_put(t, p->figure, &s);
        }
    for (size_t k = 0; k < classes; k++) free(class[k].loss);
    free(class);
    sets_close(set, sets);
    return true;
}

bool draw_classes(const struct plot *p, struct string *out, struct diag *d)
{
    static const int column[] = {N_X, N_Y};
    struct table t = {0};
    struct block *block = NULL;
    size_t count = 0, longest = 0;
    bool well;

    table_init(&t, numbers_column, N_COLUMNS);
    well = numbers_classes(p, &t, d);
    if (well) {
        double bar;

        script_head(p, "the classes' shares of the examples and of the loss, the largest first", out);
        block = numbers_blocks(&t, &count);
        bar = 0.8 / (double)count;
        script_blocks(&t, block, count, column, 2, out);
        for (size_t r = 0; r < block[0].count; r++) {
            size_t n = utf8_width(numbers_text(&t, r, N_LABEL), strlen(numbers_text(&t, r, N_LABEL)));

            if (n > longest) longest = n;
        }
        script_title(p, out);
        string_printf(out,
                      "\nset xrange [-0.6:%zu.6]\nset yrange [0:*]\nset format y (tex ? '%%.0f\\,\\%%%%' : "
                      "'%%.0f %%%%')\nset xtics scale 0%s noenhanced (",
                      block[0].count - 1, longest * block[0].count > 60 ? " rotate by -40" : "");
        for (size_t r = 0; r < block[0].count; r++) {
            string_puts(out, r ? ", " : "");
            script_foreign(numbers_text(&t, r, N_LABEL), out);
            string_printf(out, " %zu", r);
        }
        string_puts(out, ")\nset ylabel 'share of all' textcolor rgb ink\n");
        script_key(p, "tmargin center horizontal", out);
        script_logs(p, out);
        for (size_t b = 0; b < count; b++) {
            string_printf(
                out,
                "%s %s using ($1 + %.4g):(100*$2):(%.4g) with boxes fillstyle solid 1 noborder ls %zu title ",
                b ? ", \\\n    " : "plot", block[b].name, bar * ((double)b - 0.5 * (double)(count - 1)), bar,
                b ? script_style(b - 1) : 8);
            if (b) {
                struct setting c = numbers_setting(&t, block[b].first);

                string_puts(out, "'loss, '.");
                script_curve_title(NULL, &c, false, out);
            } else {
                string_puts(out, "'examples'");
            }
        }
        string_putc(out, '\n');
    }
    free(block);
    table_free(&t);
    return well;
}
