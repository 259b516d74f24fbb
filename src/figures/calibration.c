/* calibration.c: the reliability diagram: how often what was called probable is so */
#include "figures/figure.h"

#include <stdlib.h>
#include <string.h>

enum { BINS = 10 };

/* Bins (k/10, (k + 1)/10] of p, the estimated probability of y = 1. A row is in a higher bin than edge a if p
   > a. With the tails that stand for p or 1 − p: |s| = p where p ≤ ½, and p > a ⇔ |s| > a; |s| = 1 − p where
   p ≥ ½, and p > a ⇔ |s| ≤ the double below 1 − a. */
static double edge_of(int k)
{
    return (double)k / BINS;
}

static double cut_of_edge(int k)
{
    return 2 * k < BINS ? edge_of(k) : nextafter(1 - edge_of(k), 0);
}

void calibration_cuts(const struct figure *f, struct cuts *c)
{
    (void)f;
    c->at = mem_resize(c->at, c->count + (size_t)2 * BINS, sizeof *c->at);
    for (int k = 1; k < BINS; k++) {
        c->at[c->count++] = cut_of_edge(k);
        c->at[c->count++] = -cut_of_edge(k);
    }
}

struct bin {
    double weight, positive, p, square; /* Σ w, of positives, Σ w p, Σ w² */
};

/* The bin of p in which a cell lies: cuts part cells at the bins' edges. */
static int bin_at(const struct cell *c, bool small)
{
    int k = 1;

    if (small) {
        while (2 * k < BINS && c->low >= edge_of(k)) k++;
        return k - 1;
    }
    for (k = BINS / 2; k < BINS && c->high <= cut_of_edge(k);) k++;
    return k - 1;
}

static void add_cell(const struct cell *c, int side, struct bin *bin)
{
    double centre, slope, tail, p;
    enum bin_kind kind = bin_of(c->bin, &centre, &slope);
    bool easy = kind == BIN_EASY || kind == BIN_FAR_EASY || kind == BIN_SURE,
         small = easy != (side == 1); /* the tail is p, else 1 − p */
    int k;

    if (kind != BIN_EASY && kind != BIN_HARD) {
        tail = kind == BIN_FAR_HARD || kind == BIN_FAR_EASY ? exp(-centre) : 0;
        k = small ? 0 : BINS - 1;
    } else {
        tail = centre * (1 + slope * c->sum[1] / c->sum[0]);
        k = bin_at(c, small);
    }
    p = small ? tail : 1 - tail;
    bin[k].weight += ldexp(c->sum[0], c->unit);
    bin[k].p += ldexp(c->sum[0], c->unit) * p;
    bin[k].square += ldexp(c->square[0], 2 * c->unit);
    if (side == 1) bin[k].positive += ldexp(c->sum[0], c->unit);
}

/* Expected calibration error: Σ w_b |share of positives − mean p| / Σ w (Naeini et al., AAAI 2015). */
static double error_of(const struct bin *bin)
{
    double all = 0, sum = 0;

    for (int k = 0; k < BINS; k++) {
        all += bin[k].weight;
        sum += fabs(bin[k].positive - bin[k].p);
    }
    return sum / all;
}

double calibration_error(const struct facts *f, const struct cells *cells)
{
    struct bin bin[BINS] = {0};

    for (size_t i = 0; i < cells->count; i++)
        add_cell(&cells->cell[i], facts_side(f, cells->cell[i].part), bin);
    return error_of(bin);
}

/* Wilson's interval of a share at 95 % (1927), of as many examples as the weights are worth. */
static void wilson(const struct bin *bin, double *low, double *high)
{
    static const double z = 1.959963984540054;
    double n = bin->weight * bin->weight / bin->square, share = bin->positive / bin->weight;
    double centre = (share + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n));

    *low = fmax(0, centre - half);
    *high = fmin(1, centre + half);
}

/* False: there is no example in it. */
static bool put_group(const struct plot *p, const char *name, const struct cells *cells, struct table *t)
{
    struct bin bin[BINS] = {0};
    struct figure_point s = NO_POINT;

    for (size_t i = 0; i < cells->count; i++)
        add_cell(&cells->cell[i], facts_side(p->facts, cells->cell[i].part), bin);
    if (!cells->count) return false;
    s.panel = "bins";
    s.group = name;
    for (int k = 0; k < BINS; k++) {
        if (!(bin[k].weight > 0)) continue;
        s.x = bin[k].p / bin[k].weight;
        s.x_end = edge_of(k);
        s.y = bin[k].positive / bin[k].weight;
        s.z = bin[k].weight;
        wilson(&bin[k], &s.low, &s.high);
        points_add(t, p->figure, &s);
    }
    s = NO_POINT;
    s.panel = "ECE";
    s.group = name;
    s.y = error_of(bin);
    points_add(t, p->figure, &s);
    return true;
}

bool calibration_points(const struct plot *p, struct table *t, struct diag *d)
{
    const struct facts *f = p->facts;
    size_t groups = f->grouped ? f->group_count : 1;

    if (f->task == TASK_SOFTMAX)
        return diag_fail(d, STATUS_USAGE,
                         "calibration needs scores of yes or no: one column of scores, or --task sigmoid");
    if (groups > SETS)
        return diag_fail(d, STATUS_USAGE, "%zu groups are too many for one figure: it holds %d", groups,
                         SETS);
    for (size_t g = 0; g < groups; g++) {
        const char *name = f->grouped ? f->groups[f->group_order[g]].name : NULL;
        char shown[DIAG_SHOWN];
        struct cells cells = f->grouped ? cells_of_group(p->tally, g) : cells_of_all(p->tally);

        if (!put_group(p, name, &cells, t) && name)
            plot_note(p, "calibration: %s has no examples: left out", diag_shown(shown, name, strlen(name)));
        cells_free(&cells);
    }
    return t->row_count || diag_fail(d, STATUS_DATA, "nothing to draw: there are no examples");
}

void calibration_layout(struct drawing *g)
{
    g->strip = 0.32;
    g->x[0] = g->y[0] = 0;
    g->x[1] = g->y[1] = 1;
    g->corners = 1u << KEY_TOP_LEFT | 1u << KEY_BOTTOM_RIGHT;
    styles_add_entry(&g->styles, "bins, with 95 % intervals");
    for (size_t b = 0; b < g->count; b += 2) {
        const char *group = points_text(&g->points, g->block[b].first, POINT_GROUP);
        struct string title = {0};

        string_printf(&title, "%s, ECE 0.1234", group ? group : "");
        styles_add_entry(&g->styles, title.text);
        string_free(&title);
    }
}

void calibration_axes(const struct drawing *g, struct string *out)
{
    (void)g;
    string_puts(out, "set xrange [0:1]\nset xtics 0.2\nset lmargin 9; set rmargin 2\n");
}

static void put_counts(const struct drawing *g, struct string *out)
{
    struct plot_list l = {out, 0};

    script_strip(g, "the examples in each bin", out);
    string_puts(out, "set tmargin 0.5; set bmargin 3.5\nset format x plain\nunset key\n");
    script_counts_axis(g, POINT_Z, out);
    script_xlabel("'predicted probability of a positive'", out);
    string_puts(out, "if (!dumb) set ylabel 'examples' textcolor rgb ink\n");
    for (size_t b = 0; b < g->count; b += 2) {
        script_item(&l);
        string_printf(out, "%s using ($2 + 0.05):3:(0.1) with boxes ", g->block[b].name);
        if (g->count > 2)
            string_printf(out, "fillstyle empty ls %zu", b / 2 + 1);
        else
            string_puts(out, theme_bars(g->plot, true));
    }
    string_putc(out, '\n');
}

/* "ECE 0.0340", with the group's name before it. */
static void put_ece(const struct drawing *g, size_t b, struct string *out)
{
    const char *group = points_text(&g->points, g->block[b].first, POINT_GROUP);

    if (group) {
        script_name(group, out);
        string_puts(out, ".', '.");
    }
    string_printf(out, "'ECE %.4f'", points_number(&g->points, g->block[b + 1].first, POINT_Y));
}

void calibration_draw(const struct drawing *g, struct string *out)
{
    struct plot_list l = {out, 0};
    double most = 1;

    for (size_t r = 0; r < g->points.row_count; r++) most = fmax(most, points_number(&g->points, r, POINT_Z));
    script_page(g, out);
    script_panel(g, 0, out);
    string_printf(out, "set tmargin %zu; set bmargin 1\nset yrange [0:1]\nset ytics 0.2\nset format x ''\n",
                  g->key[0] == KEY_ABOVE ? 3 + 5 * g->key_lines / 4 : 2);
    script_ylabel(g, "'share of positives'", out);
    if (g->count == 2 && !g->plot->style.title) {
        string_puts(out, "set title ");
        put_ece(g, 0, out);
        string_puts(out, " offset 0, -0.5 textcolor rgb ink\n");
    }
    string_printf(out, "S(n) = 0.4 + 1.2*sqrt(n/%.7g) # a point's size: by the examples in the bin\n", most);
    script_key(g, true, out);
    script_item(&l);
    string_puts(out, "x with lines lc rgb ink lw 1 dt (3,3) title 'perfect'");
    for (size_t b = 0; b < g->count; b += 2) {
        script_item(&l);
        string_printf(out, "%s using 1:4 with lines ls %zu notitle", g->block[b].name, b / 2 + 1);
        script_item(&l);
        string_printf(out, "%s using 1:5:(0):($6 - $5) with vectors nohead ls %zu dt 1 lw 1 notitle",
                      g->block[b].name, b / 2 + 1);
        script_item(&l);
        string_printf(out, "%s using 1:4:(S($3)) with points ls %zu ps variable title ", g->block[b].name,
                      b / 2 + 1);
        if (g->count == 2)
            string_puts(out, "'bins, with 95 '.(tex ? '\\%' : '%').' intervals'");
        else
            put_ece(g, b, out);
    }
    string_putc(out, '\n');
    put_counts(g, out);
    script_page_end(g, out);
}
