/* calibration.c: the reliability diagram: how often what was called probable is so */
#include "figures/internal.h"

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

void cuts_calibration(struct cuts *c)
{
    c->at = mem_resize(c->at, c->count + (size_t)2 * BINS, sizeof *c->at);
    for (int k = 1; k < BINS; k++) {
        c->at[c->count++] = cut_of_edge(k);
        c->at[c->count++] = -cut_of_edge(k);
    }
}

struct bin {
    double weight, positive, p; /* Σ w, of positives, Σ w p */
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
    bool easy = kind == BIN_EASY || kind == BIN_SURE,
         small = easy != (side == 1); /* the tail is p, else 1 − p */
    int k;

    if (kind == BIN_SURE || kind == BIN_NEVER || kind == BIN_FAR) {
        tail = kind == BIN_FAR ? exp(-centre) : 0;
        k = small ? 0 : BINS - 1;
    } else {
        tail = centre * (1 + slope * c->sum[1] / c->sum[0]);
        k = bin_at(c, small);
    }
    p = small ? tail : 1 - tail;
    bin[k].weight += c->sum[0];
    bin[k].p += c->sum[0] * p;
    if (side == 1) bin[k].positive += c->sum[0];
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

bool numbers_calibration(const struct plot *p, struct table *t, struct diag *d)
{
    size_t groups = p->facts->grouped ? p->facts->group_count : 1;

    if (p->facts->task == TASK_SOFTMAX)
        return diag_fail(d, STATUS_USAGE,
                         "calibration needs scores of yes or no: one column of scores, or --task sigmoid");
    if (groups > SETS)
        return diag_fail(d, STATUS_USAGE, "%zu groups are too many for one figure: it holds %d", groups,
                         SETS);
    for (size_t g = 0; g < groups; g++) {
        struct bin bin[BINS] = {0};
        struct spot s = NO_SPOT;
        struct cells cells = p->facts->grouped ? cells_of_group(p->tally, g) : cells_of_all(p->tally);

        for (size_t i = 0; i < cells.count; i++)
            add_cell(&cells.cell[i], facts_side(p->facts, cells.cell[i].part), bin);
        cells_free(&cells);
        s.panel = "bins";
        s.group = p->facts->grouped ? p->facts->groups[p->facts->group_order[g]].name : NULL;
        for (int k = 0; k < BINS; k++) {
            if (!(bin[k].weight > 0)) continue;
            s.x = bin[k].p / bin[k].weight;
            s.x_end = edge_of(k);
            s.y = bin[k].positive / bin[k].weight;
            s.z = bin[k].weight;
            numbers_put(t, p->figure, &s);
        }
        s.panel = "ECE";
        s.x = s.x_end = s.z = NAN;
        s.y = error_of(bin);
        numbers_put(t, p->figure, &s);
    }
    return true;
}

static void draw_counts(const struct block *block, size_t count, struct string *out)
{
    string_puts(out, "set lmargin 9; set rmargin 2\nset origin 0, 0; set size 1, 0.32\nset tmargin 0.5\n"
                     "set xrange [0:1]\nset yrange [0.5:*]\nset logscale y\nset format y (tex ? '$10^{%T}$' "
                     ": dumb ? '1e%T' : '10^{%T}')\n"
                     "set ytics 1, 100\nset xtics 0.2\nunset key\n"
                     "set xlabel 'predicted probability of a positive' textcolor rgb ink\nset ylabel "
                     "'examples' textcolor rgb ink\nplot");
    for (size_t b = 0, n = 0; b < count; b += 2, n++)
        string_printf(out, "%s %s using ($2 + 0.05):3:(0.1) with boxes %s", n ? ", \\\n    " : "",
                      block[b].name,
                      n ? "fillstyle empty ls 2 dt 1" : "fillstyle solid 1 border rgb '#FFFFFF' ls 8");
    string_puts(out, "\n\n");
}

bool draw_calibration(const struct plot *p, struct string *out, struct diag *d)
{
    static const int column[] = {N_X, N_X_END, N_Z, N_Y};
    struct table t = {0};
    struct block *block = NULL;
    size_t count = 0;
    bool well;

    table_init(&t, numbers_column, N_COLUMNS);
    well = numbers_calibration(p, &t, d);
    if (well) {
        script_head(p,
                    "reliability: the share of positives among examples of about the same predicted "
                    "probability, in 10 bins\n"
                    "# mean probability, the bin's lower edge, examples, share of positives",
                    out);
        block = numbers_blocks(&t, &count);
        for (size_t b = 0; b < count; b += 2) script_blocks(&t, &block[b], 1, column, 4, out);
        string_putc(out, '\n');
        script_multiplot(p, "", out);
        draw_counts(block, count, out);
        script_panel_end(p, out);
        string_printf(out,
                      "set origin 0, 0.32; set size 1, %s\nset tmargin 1; set bmargin 1\nunset logscale "
                      "y\nset format y '%%h'\n"
                      "set yrange [0:1]\nset ytics 0.2\nset format x ''\nunset xlabel\nset ylabel 'share of "
                      "positives' textcolor rgb ink\n",
                      p->style.title && *p->style.title ? "0.62" : "0.68");
        script_key(p, "top left", out);
        string_puts(out, "plot x with lines lc rgb ink lw 1 dt (3,3) title 'perfect'");
        for (size_t b = 0, n = 0; b < count; b += 2, n++) {
            const char *group = numbers_text(&t, block[b].first, N_GROUP);

            string_printf(out, ", \\\n     %s using 1:4 with linespoints ls %zu title ", block[b].name,
                          script_style(n));
            if (group) {
                script_foreign(group, out);
                string_puts(out, ".', '.");
            }
            string_printf(out, "'ECE %.4f'", numbers_at(&t, block[b + 1].first, N_Y));
        }
        string_puts(out, "\nunset multiplot\n");
    }
    free(block);
    table_free(&t);
    return well;
}
