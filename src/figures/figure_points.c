/* figure_points.c: the table of a figure's points, and what it is made from: settings and data sets */
#include "figures/figure.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct column point_column[POINT_COLUMNS] = {
    [POINT_FIGURE] = {"figure", "figure"},
    [POINT_GROUP] = {"group", "group"},
    [POINT_PANEL] = {"panel", "panel"},
    [POINT_CURVE] = {"curve", "curve"},
    [POINT_LOSS] = {"loss", "loss"},
    [POINT_GAMMA] = {"gamma", "γ"},
    [POINT_BETA] = {"beta", "β"},
    [POINT_ALPHA] = {"alpha", "α"},
    [POINT_LABEL] = {"label", "label"},
    [POINT_X] = {"x", "x"},
    [POINT_X_END] = {"x_end", "x end"},
    [POINT_Y] = {"y", "y"},
    [POINT_Z] = {"z", "z"},
    [POINT_LOW] = {"low", "low"},
    [POINT_HIGH] = {"high", "high"},
};

void points_add(struct table *t, const struct figure *f, const struct figure_point *s)
{
    struct value *row = table_row(t);

    row[POINT_FIGURE] = value_text(f ? f->name : NULL);
    row[POINT_GROUP] = value_text(s->group);
    row[POINT_PANEL] = value_text(s->panel);
    row[POINT_CURVE] = value_text(s->curve);
    if (s->setting.loss) {
        row[POINT_LOSS] = value_text(s->setting.text);
        row[POINT_GAMMA] = value_setting(setting_listed(&s->setting, PARAM_GAMMA));
        row[POINT_BETA] = value_setting(setting_listed(&s->setting, PARAM_BETA));
        row[POINT_ALPHA] = value_setting(s->setting.alpha);
    }
    row[POINT_LABEL] = value_text(s->label);
    row[POINT_X] = value_number(s->x);
    row[POINT_X_END] = value_number(s->x_end);
    row[POINT_Y] = value_number(s->y);
    row[POINT_Z] = value_number(s->z);
    row[POINT_LOW] = value_number(s->low);
    row[POINT_HIGH] = value_number(s->high);
}

double points_number(const struct table *t, size_t row, int column)
{
    const struct value *v = &t->value[row * t->column_count + (size_t)column];

    return v->kind == CELL_EMPTY || v->kind == CELL_TEXT ? NAN : v->as.number;
}

const char *points_text(const struct table *t, size_t row, int column)
{
    const struct value *v = &t->value[row * t->column_count + (size_t)column];

    return v->kind == CELL_TEXT ? v->as.text : NULL;
}

struct setting points_setting(const struct table *t, size_t row)
{
    const char *text = points_text(t, row, POINT_LOSS);
    struct setting s = {0};

    if (!text) return s;
    setting_parse(text, strlen(text), &s, &(struct diag){0});
    s.text = text;
    setting_fill(&s, PARAM_GAMMA, points_number(t, row, POINT_GAMMA));
    setting_fill(&s, PARAM_BETA, points_number(t, row, POINT_BETA));
    s.alpha = points_number(t, row, POINT_ALPHA);
    return s;
}

static bool same(const struct value *a, const struct value *b)
{
    if (a->kind != b->kind) return false;
    if (a->kind == CELL_TEXT) return strcmp(a->as.text, b->as.text) == 0;
    return a->kind == CELL_EMPTY || (a->as.number <= b->as.number && a->as.number >= b->as.number);
}

static bool one_curve(const struct table *t, size_t row, size_t other)
{
    for (int c = 0; c < POINT_LABEL; c++)
        if (!same(&t->value[row * t->column_count + (size_t)c],
                  &t->value[other * t->column_count + (size_t)c]))
            return false;
    return true;
}

/* "_positives" as a part of a block's name: letters and digits stay. */
static void name_part(const char *text, char name[64])
{
    size_t n = strlen(name);

    if (!text || n > 40) return;
    if (n > 1) name[n++] = '_';
    for (size_t k = 0; text[k] && k < 16; k++) name[n++] = isalnum((unsigned char)text[k]) ? text[k] : '_';
    name[n] = '\0';
}

/* "$background_g2": what is shown, and the settings; with a number where that is not enough. */
static void name_block(const struct table *t, struct block *block, size_t b)
{
    static const int number[] = {POINT_GAMMA, POINT_BETA, POINT_ALPHA};
    size_t row = block[b].first;
    char *name = block[b].name, part[32];
    const char *loss = points_text(t, row, POINT_LOSS);

    strcpy(name, "$");
    name_part(points_text(t, row, POINT_PANEL), name);
    if (!loss) name_part(points_text(t, row, POINT_CURVE), name);
    name_part(points_text(t, row, POINT_GROUP), name);
    if (loss && strcmp(loss, loss_focal.name) != 0) name_part(loss, name); /* the plain case says γ alone */
    for (size_t i = 0; loss && i < 3; i++)
        if (!isnan(points_number(t, row, number[i]))) {
            snprintf(part, sizeof part, "%c%.6g", "gba"[i], points_number(t, row, number[i]));
            name_part(part, name);
        }
    if (!name[1] || isdigit((unsigned char)name[1]))
        memmove(name + 5, name + 1, strlen(name)), memcpy(name, "$data", 5);
    for (size_t i = 0; i < b; i++)
        if (strcmp(block[i].name, name) == 0) {
            snprintf(name + strlen(name), sizeof block[b].name - strlen(name), "_%zu", b + 1);
            break;
        }
}

struct block *points_blocks(const struct table *t, size_t *count)
{
    struct block *block = NULL;
    size_t room = 0, n = 0;

    for (size_t r = 0; r < t->row_count; r++) {
        if (n && one_curve(t, r, block[n - 1].first)) {
            block[n - 1].count++;
            continue;
        }
        block = mem_grow(block, &room, n + 1, sizeof *block);
        block[n].first = r;
        block[n].count = 1;
        name_block(t, block, n);
        n++;
    }
    *count = n;
    return block;
}

const double *plot_gammas(const struct plot *p, size_t *count)
{
    bool asked = p->asked.gamma;

    *count = asked ? p->analysis->gamma_count : p->figure->gamma_count;
    return asked ? p->analysis->gamma : p->figure->gamma;
}

static bool same_alpha(double a, double b)
{
    return isnan(a) ? isnan(b) : a >= b && a <= b;
}

static bool put_curve(const struct setting *c, struct setting out[CURVES], size_t *n, struct diag *d)
{
    for (size_t i = 0; i < *n; i++)
        if (out[i].loss == c->loss && setting_equal(&out[i], c) && same_alpha(out[i].alpha, c->alpha))
            return true;
    if (*n == CURVES) return diag_fail(d, STATUS_USAGE, "a figure holds at most %d curves", CURVES);
    out[(*n)++] = *c;
    return true;
}

/* A setting at each α. */
static bool put_alphas(const struct plot *p, struct setting *c, struct setting out[CURVES], size_t *n,
                       struct diag *d)
{
    static const struct alpha quarter = {ALPHA_NUMBER, 0.25, "0.25"};
    const struct alpha *alpha = p->asked.alpha ? p->analysis->alpha : &quarter;
    size_t alpha_count = p->asked.alpha ? p->analysis->alpha_count : 1;

    if (!c->loss->balanced || !isnan(c->alpha)) return put_curve(c, out, n, d);
    for (size_t k = 0; k < alpha_count; k++) {
        if (alpha[k].kind != ALPHA_NUMBER)
            return diag_fail(d, STATUS_USAGE, "%s takes numbers for --alpha, not '%s'", p->figure->name,
                             alpha[k].text);
        c->alpha = alpha[k].number;
        if (!put_curve(c, out, n, d)) return false;
    }
    return true;
}

static bool put_loss(const struct plot *p, const struct analysis *a, const struct setting *asked,
                     struct setting out[CURVES], size_t *n, struct diag *d)
{
    size_t count;
    struct setting *at = analysis_settings(a, asked, &count);
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++)
        if (!analysis_is_redundant(a, &at[i])) ok = put_alphas(p, &at[i], out, n, d);
    free(at);
    return ok;
}

/* A list that none of the curves has: to draw as if it had not been given would mislead. */
static bool check_used(const struct plot *p, const struct setting *curve, size_t n, struct diag *d)
{
    bool gamma = !p->asked.gamma, beta = !p->asked.beta, alpha = !p->asked.alpha;

    for (size_t i = 0; i < n; i++) {
        gamma |= loss_param_of(curve[i].loss, PARAM_GAMMA) >= 0;
        beta |= loss_param_of(curve[i].loss, PARAM_BETA) >= 0;
        alpha |= curve[i].loss->balanced;
    }
    if (!gamma) return diag_fail(d, STATUS_USAGE, "--gamma: no loss that is drawn has a γ");
    if (!beta) return diag_fail(d, STATUS_USAGE, "--beta: no loss that is drawn has a β: try -l focal-star");
    return alpha ||
           diag_fail(d, STATUS_USAGE, "--alpha: no loss that is drawn has an α: try -l balanced-focal");
}

size_t curves_asked(const struct plot *p, const struct setting *own, size_t own_count,
                    struct setting out[CURVES], struct diag *d)
{
    double zero = 0;
    struct setting loss[CURVES];
    struct analysis a = *p->analysis;
    size_t n = 0;

    if (!p->asked.loss && !p->asked.gamma && !p->asked.beta && !p->asked.alpha) {
        memcpy(out, own, own_count * sizeof *own);
        return own_count;
    }
    if (!p->asked.loss) {
        a.loss = loss;
        a.loss_count = 0;
        for (size_t i = 0; i < own_count; i++)
            if (i == 0 || own[i].loss != own[i - 1].loss)
                loss[a.loss_count++] = setting_of(own[i].loss, NAN, NAN, NAN);
    }
    a.gamma = (double *)(uintptr_t)plot_gammas(p, &a.gamma_count);
    if (!p->asked.beta) a.beta = &zero, a.beta_count = 1;
    if (!analysis_check(&a, d)) return 0;
    for (size_t i = 0; i < a.loss_count; i++) {
        if (setting_is_set(&a.loss[i])) {
            diag_fail(d, STATUS_USAGE, "%s is the loss of a set of examples: it has no curve",
                      a.loss[i].text);
            return 0;
        }
        if (!put_loss(p, &a, &a.loss[i], out, &n, d)) return 0;
    }
    if (!n) diag_fail(d, STATUS_USAGE, "there is nothing to draw: no setting of these losses");
    return n && check_used(p, out, n, d) ? n : 0;
}

size_t curves_of_data(const struct plot *p, struct setting out[CURVES], struct diag *d)
{
    struct setting own[CURVES];
    size_t n;
    const double *gamma = plot_gammas(p, &n);

    if (n > CURVES) {
        diag_fail(d, STATUS_USAGE, "a figure holds at most %d curves", CURVES);
        return 0;
    }
    for (size_t i = 0; i < n; i++) own[i] = setting_of(&loss_focal, gamma[i], 0, NAN);
    return curves_asked(p, own, n, out, d);
}

static struct set set_open(const struct plot *p, const char *name, struct cells cells,
                           const struct cuts *cuts)
{
    struct set s = {name, cells, NULL, mem_alloc(p->facts->parts, sizeof(int))};

    for (size_t k = 0; k < p->facts->parts; k++) s.side[k] = facts_side(p->facts, k);
    s.measure = measure_open(cells.cell, cells.count, p->facts->parts, s.side, cuts->at, cuts->count);
    return s;
}

size_t sets_open(const struct plot *p, bool overlay, struct set out[SETS], struct diag *d)
{
    size_t n = 0, groups = p->facts->group_count;
    struct cuts cuts = {0};

    if (overlay && p->facts->grouped && groups > SETS) {
        diag_fail(d, STATUS_USAGE, "%zu groups are too many for one figure: it holds %d", groups, SETS);
        return 0;
    }
    if (p->figure->cuts) p->figure->cuts(p->figure, &cuts);
    for (size_t g = 0; overlay && p->facts->grouped && g < groups; g++) {
        out[n++] =
            set_open(p, p->facts->groups[p->facts->group_order[g]].name, cells_of_group(p->tally, g), &cuts);
    }
    if (!n) out[n++] = set_open(p, NULL, cells_of_all(p->tally), &cuts);
    free(cuts.at);
    return n;
}

void sets_close(struct set *set, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        measure_close(set[i].measure);
        free(set[i].side);
        cells_free(&set[i].cells);
    }
}

bool *side_parts(const struct facts *f, int side)
{
    bool *keep = mem_alloc(f->parts, sizeof *keep), any = false;

    for (size_t k = 0; k < f->parts; k++) any |= keep[k] = side < 0 || facts_side(f, k) == side;
    if (any) return keep;
    free(keep);
    return NULL;
}

bool points_of_sides(const struct plot *p, side_points *add, struct table *t, struct diag *d)
{
    struct setting ce = setting_of(&loss_ce, NAN, NAN, NAN);
    struct set set[SETS];
    bool *sides;

    if (!sets_open(p, false, set, d)) return false;
    sides = side_parts(p->facts, 1);
    measure_set(set[0].measure, &ce);
    for (int side = sides ? 0 : -1; side <= (sides ? 1 : -1); side++) add(p, set[0].measure, side, t);
    sets_close(set, 1);
    free(sides);
    return true;
}

const char *const formula_side[2] = {"negatives", "positives"};

/* A detector's data have a background class, or anchors that are to be ignored. */
const char *side_name(const struct facts *f, int side)
{
    static const char *const name[2][2] = {{"negatives", "positives"}, {"background", "foreground"}};

    return side < 0 ? "examples" : name[f->background >= 0 || f->counts.ignored > 0][side];
}

double *side_factors(const struct facts *f, const struct setting *c)
{
    double *factor = mem_alloc(f->parts, sizeof *factor);

    for (size_t k = 0; k < f->parts; k++) {
        int side = facts_side(f, k);

        factor[k] = !c->loss->balanced ? 1 : side == 0 ? 1 - c->alpha : c->alpha;
    }
    return factor;
}

bool report_over(const struct plot *p, bool groups, const struct setting *loss, const double *gamma,
                 size_t gamma_count, struct alpha *alpha, size_t alpha_count, struct table *report,
                 struct diag *d)
{
    struct analysis a = *p->analysis;
    struct facts all = *p->facts;
    struct setting own = *loss;
    double *copy = mem_alloc(gamma_count, sizeof *copy), zero = 0;
    int along = loss_param_of(loss->loss, PARAM_GAMMA);
    bool ok;

    a.gamma_count = 0;
    for (size_t i = 0; i < gamma_count; i++)
        if (along < 0 || !loss->loss->param[along].above || gamma[i] > loss->loss->param[along].least)
            copy[a.gamma_count++] = gamma[i];
    a.gamma = copy;
    a.alpha = alpha;
    a.alpha_count = alpha_count;
    a.loss = &own;
    a.loss_count = 1;
    if (!p->asked.beta) a.beta = &zero;
    a.beta_count = a.easy_count = 1;
    a.by_class = false;
    a.top_groups = 0;
    all.grouped = all.grouped && groups;
    ok = a.gamma_count ? report_build(&a, &all, p->tally, report, d)
                       : diag_fail(d, STATUS_USAGE, "%s needs a gamma above 0", loss->text);
    free(copy);
    return ok;
}

size_t report_column(const struct table *report, const char *name)
{
    size_t c = 0;

    while (c < report->column_count && strcmp(report->column[c].name, name) != 0) c++;
    return c;
}

void plot_note(const struct plot *p, const char *format, ...)
{
    va_list arguments;
    char line[512];

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (p->notes) string_printf(p->notes, "%s\n", line);
}
