/* heatmap.c: one result of the report over γ × α */
#include "figures/internal.h"

#include <stdlib.h>
#include <string.h>

/* The grid where none is asked for: γ from the figure's table, α evenly in (0, 1). */
enum { ALPHAS = 19 };

static const struct column *result_of(const struct plot *p, const struct table *report, size_t *at,
                                      struct diag *d)
{
    const char *name = p->result ? p->result : "easy_neg";

    for (size_t c = 0; c < report->column_count; c++)
        if (strcmp(report->column[c].name, name) == 0) {
            *at = c;
            return &report->column[c];
        }
    diag_fail(d, STATUS_USAGE, "--result: '%s' is no column of the report", name);
    return NULL;
}

/* The report of balanced-focal over the grid: of all the data, whatever groups there are. */
static bool report_of_grid(const struct plot *p, struct table *report, struct diag *d)
{
    struct analysis a = *p->analysis;
    struct facts all = *p->facts;
    struct alpha own[ALPHAS];
    struct setting loss = setting_of(loss_find("balanced-focal", 14), NAN, NAN, NAN);
    size_t gammas;
    const double *gamma = plot_gammas(p, &gammas);
    double *copy = mem_alloc(gammas, sizeof *copy);
    bool well = true;

    memcpy(copy, gamma, gammas * sizeof *copy);
    a.gamma = copy;
    a.gamma_count = gammas;
    a.loss = &loss;
    a.loss_count = 1;
    a.easies = 1;
    a.by_class = false;
    a.top_groups = 0;
    all.grouped = false;
    for (size_t i = 0; i < ALPHAS; i++) own[i] = (struct alpha){ALPHA_NUMBER, 0.05 * (double)(i + 1), ""};
    if (!p->asked.alpha) {
        a.alpha = own;
        a.alphas = ALPHAS;
    }
    for (size_t i = 0; well && i < a.alphas; i++)
        if (a.alpha[i].kind != ALPHA_NUMBER)
            well = diag_fail(d, STATUS_USAGE, "this figure takes numbers for --alpha, not '%s'",
                             a.alpha[i].text);
    well = well && report_build(&a, &all, p->tally, report, d);
    free(copy);
    return well;
}

bool numbers_heatmap(const struct plot *p, struct table *t, struct diag *d)
{
    struct table report = {0};
    size_t result = 0, gamma = 0, alpha = 0;
    const struct column *column = NULL;
    bool well = report_of_grid(p, &report, d) && (column = result_of(p, &report, &result, d));

    for (size_t c = 0; well && c < report.column_count; c++) {
        if (strcmp(report.column[c].name, "gamma") == 0) gamma = c;
        if (strcmp(report.column[c].name, "alpha") == 0) alpha = c;
    }
    for (size_t r = 0; well && r < report.row_count; r++) {
        const struct value *row = &report.value[r * report.column_count], *v = &row[result];
        struct spot s = NO_SPOT;

        if (v->kind == CELL_TEXT) {
            well = diag_fail(d, STATUS_USAGE, "--result: '%s' is not a number", column->name);
            break;
        }
        s.panel = column->name;
        s.x = row[gamma].as.number;
        s.x_end = row[alpha].as.number;
        s.y = v->kind == CELL_EMPTY ? NAN : v->kind == CELL_COUNT ? (double)v->as.count : v->as.number;
        s.z = v->kind == CELL_SHARE ? 100 * s.y : s.y;
        numbers_put(t, p->figure, &s);
    }
    table_free(&report);
    return well;
}

/* The result's name as text: "easy_neg" is "share of the loss: easy negatives". */
static const char *spelled(const char *name)
{
    static const char *const known[][2] = {
        {"easy_neg", "loss share of easy negatives"},  {"hard_neg", "loss share of hard negatives"},
        {"easy_pos", "loss share of easy positives"},  {"hard_pos", "loss share of hard positives"},
        {"easy_share", "loss share of easy examples"}, {"hard_share", "loss share of hard examples"}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i][0], name) == 0) return known[i][1];
    return name;
}

bool draw_heatmap(const struct plot *p, struct string *out, struct diag *d)
{
    static const int column[] = {N_X, N_X_END, N_Z};
    struct table t = {0};
    struct block *block = NULL;
    size_t count = 0;
    bool well;

    table_init(&t, numbers_column, N_COLUMNS);
    well = numbers_heatmap(p, &t, d);
    if (well) {
        const char *name = numbers_text(&t, 0, N_PANEL);
        size_t alphas = 1, gammas;
        double x[2], y[2];

        script_head(p, "a result of the report at each γ and α of balanced focal loss\n# γ, α, the result",
                    out);
        block = numbers_blocks(&t, &count);
        script_blocks(&t, block, count, column, 3, out);
        while (alphas < t.row_count && numbers_at(&t, alphas, N_X) <= numbers_at(&t, 0, N_X)) alphas++;
        gammas = t.row_count / alphas;
        x[0] = numbers_at(&t, 0, N_X);
        x[1] = gammas > 1 ? numbers_at(&t, alphas, N_X) - x[0] : 1;
        y[0] = numbers_at(&t, 0, N_X_END);
        y[1] = alphas > 1 ? numbers_at(&t, 1, N_X_END) - y[0] : 0.1;
        script_title(p, out);
        string_printf(out,
                      "\nset xrange [%.7g:%.7g]\nset yrange [%.7g:%.7g]\nset xlabel G textcolor rgb ink\nset "
                      "ylabel A textcolor rgb ink\n"
                      "set cblabel '%s%s' noenhanced textcolor rgb ink\nset palette defined (%s)\nset "
                      "colorbox noborder\nunset key\n"
                      "dx = %.7g; dy = %.7g # of a cell\n"
                      "if (dumb) plot %s using 1:2:(sprintf('%%.0f', $3)) with labels noenhanced\n"
                      "if (!dumb) plot %s using 1:2:($1 - dx/2):($1 + dx/2):($2 - dy/2):($2 + dy/2):3 with "
                      "boxxyerror fillstyle solid 1 noborder fc palette",
                      x[0] - x[1] / 2, numbers_at(&t, t.row_count - 1, N_X) + x[1] / 2, y[0] - y[1] / 2,
                      numbers_at(&t, alphas - 1, N_X_END) + y[1] / 2, spelled(name),
                      strstr(spelled(name), "share") ? " (percent)" : "",
                      p->style.theme == THEME_PRINT
                          ? "0 '#F5F5F5', 1 '#202020'"
                          : "0 '#440154', 0.25 '#3B528B', 0.5 '#21918C', 0.75 '#5EC962', 1 '#FDE725'",
                      x[1], y[1], block[0].name, block[0].name);
        string_puts(out, ", \\\n    '+' using (2):(0.25) every ::0::0 with points pt 2 ps 1.2 lw 1.5 lc rgb "
                         "'#FFFFFF' # the paper's choice\n");
    }
    free(block);
    table_free(&t);
    return well;
}
