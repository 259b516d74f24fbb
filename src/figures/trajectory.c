/* trajectory.c: how the shares, the concentration and the calibration go from file to file, as over the
 * epochs of a training */
#include "figures/figure.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So many have their names at the axis, where none is longer. */
enum { NAMES_MOST = 12, NAME_MOST = 16 };

/* A group in the order of names; its number counts from 1. */
struct step {
    const char *name;
    size_t group; /* its place in the tally */
};

static int by_name(const void *a, const void *b)
{
    const struct step *x = a, *y = b;

    return text_compare(x->name, y->name);
}

/* The groups in the order of their names; free it. */
static struct step *steps_of(const struct facts *f)
{
    struct step *step = mem_alloc(f->group_count, sizeof *step);

    for (size_t i = 0; i < f->group_count; i++) step[i] = (struct step){f->groups[f->group_order[i]].name, i};
    qsort(step, f->group_count, sizeof *step, by_name);
    return step;
}

/* The report of every group at one setting; the table is to be freed. */
static bool report_groups(const struct plot *p, struct setting *c, struct table *report, struct diag *d)
{
    struct analysis a = *p->analysis;
    double zero = 0;

    a.loss = c;
    a.loss_count = 1;
    a.gamma = a.beta = &zero; /* the setting has its own */
    a.gamma_count = a.beta_count = a.easy_count = 1;
    a.by_class = false;
    a.top_groups = 0;
    return report_build(&a, p->facts, p->tally, report, d);
}

static double cell_of(const struct table *report, size_t row, size_t column)
{
    const struct value *v = &report->value[row * report->column_count + column];

    return v->kind == CELL_EMPTY || v->kind == CELL_TEXT ? NAN : v->as.number;
}

/* One result of the report for each step: y[steps], NaN where it has none. */
static void read_result(const struct table *report, const char *name, const struct step *step, size_t steps,
                        double *y)
{
    size_t group = report_column(report, "group"), result = report_column(report, name);

    for (size_t i = 0; i < steps; i++) y[i] = NAN;
    for (size_t r = 0; r < report->row_count; r++) {
        const struct value *v = &report->value[r * report->column_count];
        struct step own = {v[group].kind == CELL_TEXT ? v[group].as.text : "", 0}, *at;

        if (strcmp(v[report_column(report, "level")].as.text, "group") != 0) continue;
        at = bsearch(&own, step, steps, sizeof *step, by_name);
        if (at) y[at - step] = cell_of(report, r, result);
    }
}

static void put_line(const struct plot *p, struct figure_point s, const struct step *step, size_t steps,
                     const double *y, struct table *t)
{
    for (size_t i = 0; i < steps; i++) {
        s.label = step[i].name;
        s.x = (double)(i + 1);
        s.y = y[i];
        points_add(t, p->figure, &s);
    }
}

/* The two panels of results: each curve's share of easy negatives (of easy examples without sides), then the
   smallest fraction that holds half of its loss. */
static bool put_results(const struct plot *p, const struct step *step, size_t steps, bool sides,
                        struct table *t, struct diag *d)
{
    const char *const result[2] = {sides ? "easy_neg" : "easy_share", "half"}, *const panel[2] = {
                                                                                   sides ? "easy negatives"
                                                                                         : "easy examples",
                                                                                   "half"};
    struct setting curve[CURVES];
    size_t curves = curves_of_data(p, curve, d);
    double *y = mem_alloc(curves * 2 * steps, sizeof *y);
    bool ok = curves && (curves <= STYLES ||
                         diag_fail(d, STATUS_USAGE, "trajectory draws %d curves, not %zu", STYLES, curves));

    for (size_t c = 0; ok && c < curves; c++) {
        struct table report = {0};

        ok = report_groups(p, &curve[c], &report, d);
        for (size_t k = 0; ok && k < 2; k++)
            read_result(&report, result[k], step, steps, y + (k * curves + c) * steps);
        table_free(&report);
    }
    for (size_t k = 0; ok && k < 2; k++)
        for (size_t c = 0; c < curves; c++) {
            struct figure_point s = NO_POINT;

            s.panel = panel[k];
            s.curve = curve[c].loss->symbol;
            s.setting = curve[c];
            put_line(p, s, step, steps, y + (k * curves + c) * steps, t);
        }
    free(y);
    return ok;
}

static void put_error(const struct plot *p, const struct step *step, size_t steps, struct table *t)
{
    struct figure_point s = NO_POINT;
    double *y = mem_alloc(steps, sizeof *y);

    for (size_t i = 0; i < steps; i++) {
        struct cells cells = cells_of_group(p->tally, step[i].group);

        y[i] = calibration_error(p->facts, &cells);
        cells_free(&cells);
    }
    s.panel = "ECE";
    put_line(p, s, step, steps, y, t);
    free(y);
}

bool trajectory_points(const struct plot *p, struct table *t, struct diag *d)
{
    const struct facts *f = p->facts;
    struct step *step = steps_of(f);
    bool *negatives = side_parts(f, 0), sides = negatives != NULL;
    bool ok = put_results(p, step, f->group_count, sides, t, d);

    if (ok && f->task != TASK_SOFTMAX) put_error(p, step, f->group_count, t);
    free(negatives);
    free(step);
    return ok;
}

/* ---- the script ---- */

static size_t steps_in(const struct drawing *g)
{
    return g->block[0].count;
}

/* What all names begin with, up to the last slash, and end in, from the last dot on. */
struct common {
    size_t head, tail;
};

static struct common common_of(const struct drawing *g)
{
    const char *first = points_text(&g->points, 0, POINT_LABEL), *slash = strrchr(first, '/'),
               *dot = strrchr(slash ? slash : first, '.');
    struct common c = {slash ? (size_t)(slash + 1 - first) : 0, dot ? strlen(dot) : 0};

    for (size_t i = 1; i < steps_in(g); i++) {
        const char *name = points_text(&g->points, i, POINT_LABEL);
        size_t n = strlen(name);

        if (strncmp(name, first, c.head) != 0 || strchr(name + c.head, '/')) c.head = 0;
        if (n <= c.tail || (dot && strcmp(name + n - c.tail, dot) != 0)) c.tail = 0;
    }
    return c;
}

/* A step's name without what is common to all. */
static char *short_name(const struct drawing *g, size_t i, const struct common *c)
{
    const char *name = points_text(&g->points, i, POINT_LABEL);
    size_t n = strlen(name), head = c->head < n ? c->head : 0, tail = head + c->tail < n ? c->tail : 0;

    return mem_copy(name + head, n - head - tail);
}

/* Characters of the longest name at the axis; 0: numbers stand there. */
static size_t longest_name(const struct drawing *g)
{
    struct common c = common_of(g);
    size_t longest = 1;

    if (steps_in(g) > NAMES_MOST) return 0;
    for (size_t i = 0; i < steps_in(g); i++) {
        char *name = short_name(g, i, &c);
        size_t n = utf8_width(name, strlen(name));

        if (n > longest) longest = n;
        free(name);
    }
    return longest <= NAME_MOST ? longest : 0;
}

/* Whether the names do not fit beside each other; room: in characters. */
static bool crowded(const struct drawing *g, double room)
{
    return (double)steps_in(g) * (double)(longest_name(g) + 2) > room;
}

static double em_of(const struct drawing *g)
{
    return style_points(&g->plot->style) / 72;
}

static bool has_error(const struct drawing *g)
{
    return !points_text(&g->points, g->block[g->count - 1].first, POINT_LOSS);
}

static double plot_characters(const struct drawing *g)
{
    return (g->width / em_of(g) - 10) / 0.6;
}

static size_t key_lines(const struct drawing *g)
{
    return g->plot->style.key ? 0 : (g->styles.curves + 1) / 2;
}

void trajectory_layout(struct drawing *g)
{
    const struct plot_style *s = &g->plot->style;
    bool fixed = s->unit == UNIT_INCH || s->unit == UNIT_CM;
    double em = em_of(g), names = 2;

    g->x[0] = 0.5;
    g->x[1] = (double)steps_in(g) + 0.5;
    g->y[1] = 1;
    g->own_key = true;
    g->markers = steps_in(g) <= 40;
    g->rows = g->panels + has_error(g);
    if (!longest_name(g))
        names = 3.5;
    else if (crowded(g, plot_characters(g)))
        names = 1.5 + 0.45 * (double)longest_name(g);
    g->height = 1.4 * (double)g->rows + names * em + 2 * em * (double)key_lines(g);
    g->strip = names * em / (!fixed ? g->height : s->unit == UNIT_CM ? s->height / 2.54 : s->height);
}

void trajectory_axes(const struct drawing *g, struct string *out)
{
    script_ranges(g, out);
    string_printf(out, "set xtics %s\nset lmargin 9; set rmargin 2; set tmargin 2; set bmargin 1\n",
                  longest_name(g) ? "1" : "autofreq");
}

/* The names at the lowest axis, or the numbers where there are many; a text picture has them in a row or not
   at all. */
static void put_names(const struct drawing *g, struct string *out)
{
    struct common c = common_of(g);
    bool by_files = !g->plot->facts->by.size;
    const char *numbers = by_files ? "'number of the file, in the order of names'"
                                   : "'number of the group, in the order of names'";

    string_puts(out, "set format x plain\n");
    if (!longest_name(g) || crowded(g, g->columns - 12)) {
        string_puts(out, longest_name(g) ? "if (dumb) " : "");
        script_xlabel(numbers, out);
    }
    if (!longest_name(g)) return;
    string_puts(out, crowded(g, g->columns - 12) ? "if (!dumb) " : "");
    string_printf(out, "set xtics %snoenhanced (",
                  crowded(g, plot_characters(g)) ? "rotate by 45 right " : "");
    for (size_t i = 0; i < steps_in(g); i++) {
        char *name = short_name(g, i, &c);

        string_puts(out, i ? ", " : "");
        script_name(name, out);
        string_printf(out, " %zu", i + 1);
        free(name);
    }
    string_puts(out, ")\n");
}

static double panel_most(const struct drawing *g, size_t panel)
{
    const char *name = points_text(&g->points, g->block[panel].first, POINT_PANEL);
    double most = 0;

    for (size_t r = 0; r < g->points.row_count; r++)
        if (strcmp(points_text(&g->points, r, POINT_PANEL), name) == 0)
            most = fmax(most, points_number(&g->points, r, POINT_Y));
    return most > 0 ? fmin(1, 1.1 * most) : 1;
}

/* 1, 2 or 5 times a power of ten: at most five of them up to there. */
static double tic_step(double most)
{
    double ten = pow(10, floor(log10(most / 5)));

    return ten * (most <= 5 * ten ? 1 : most <= 10 * ten ? 2 : most <= 25 * ten ? 5 : 10);
}

static void put_curves(const struct drawing *g, size_t panel, bool few, bool key, struct plot_list *l)
{
    script_curves(g, panel, g->markers ? "using 1:(100*$2) with linespoints" : "using 1:(100*$2) with lines",
                  few, key, l);
}

/* The key stands above all panels. */
static void put_key(const struct drawing *g, struct string *out)
{
    const char *own = g->plot->style.key;

    if (own && strcmp(own, "off") == 0) {
        string_puts(out, "unset key\n");
        return;
    }
    string_puts(out, "set key ");
    if (own)
        string_puts(out, own);
    else
        string_puts(out, "at screen 0.5, screen above center top horizontal maxcols 2");
    string_puts(out, " Left reverse samplen 2 spacing 1.2 textcolor rgb ink noenhanced\n");
}

void trajectory_draw(const struct drawing *g, struct string *out)
{
    size_t lines = key_lines(g);
    double most;

    script_page(g, out);
    string_printf(out, "above = top - (dumb ? 0 : 0.01); top = top - (dumb ? %.3g : %.3g) # the key's room\n",
                  (double)lines / g->lines, 1.8 * em_of(g) * (double)lines / g->height);
    for (size_t i = 0; i < g->rows; i++) {
        bool error = i == g->panels, last = i + 1 == g->rows;
        size_t block = error ? g->count - 1 : panel_block(g, i);

        most = panel_most(g, block) * (error ? 1 : 100);
        script_panel(g, i, out);
        string_printf(out, "set yrange [0:%.4g]\nset ytics %.4g\nset format y %s\nset format x ''\n", most,
                      tic_step(most), error ? "plain" : "percent");
        string_printf(
            out, "set label 52 '%s%s' at graph 0, graph 1 offset 0, (dumb ? 1.4 : 0.6) textcolor rgb ink\n",
            i == 0 ? "share of the loss: " : "",
            i == 1 ? "examples that hold half of the loss"
                   : points_text(&g->points, g->block[block].first, POINT_PANEL));
        if (last) put_names(g, out);
        if (i == 0)
            put_key(g, out);
        else
            string_puts(out, "unset key\n");
        if (error)
            string_printf(out, "plot %s using 1:2 with lines%s ls 1 lc rgb ink dt 1 notitle\n",
                          g->block[block].name, g->markers ? "points" : "");
        else
            script_plot(g, g->panels > 1 ? block : ALL_PANELS, i == 0, put_curves, out);
    }
    script_page_end(g, out);
}
