/* figure_points.c: the table of a figure's points, and what it is made from: settings and data sets */
#include "figures/internal.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct column numbers_column[N_COLUMNS] = {
    [N_FIGURE] = {"figure", "figure"},
    [N_GROUP] = {"group", "group"},
    [N_PANEL] = {"panel", "panel"},
    [N_CURVE] = {"curve", "curve"},
    [N_LOSS] = {"loss", "loss"},
    [N_GAMMA] = {"gamma", "γ"},
    [N_BETA] = {"beta", "β"},
    [N_ALPHA] = {"alpha", "α"},
    [N_LABEL] = {"label", "label"},
    [N_X] = {"x", "x"},
    [N_X_END] = {"x_end", "x end"},
    [N_Y] = {"y", "y"},
    [N_Z] = {"z", "z"},
};

void numbers_put(struct table *t, const struct figure *f, const struct spot *s)
{
    struct value *row = table_row(t);

    row[N_FIGURE] = value_text(f ? f->name : NULL);
    row[N_GROUP] = value_text(s->group);
    row[N_PANEL] = value_text(s->panel);
    row[N_CURVE] = value_text(s->curve);
    if (s->setting.loss) {
        row[N_LOSS] = value_text(s->setting.text);
        row[N_GAMMA] = value_setting(setting_listed(&s->setting, PARAM_GAMMA));
        row[N_BETA] = value_setting(setting_listed(&s->setting, PARAM_BETA));
        row[N_ALPHA] = value_setting(s->setting.alpha);
    }
    row[N_LABEL] = value_text(s->label);
    row[N_X] = value_number(s->x);
    row[N_X_END] = value_number(s->x_end);
    row[N_Y] = value_number(s->y);
    row[N_Z] = value_number(s->z);
}

double numbers_at(const struct table *t, size_t row, int column)
{
    const struct value *v = &t->value[row * t->column_count + (size_t)column];

    return v->kind == CELL_EMPTY || v->kind == CELL_TEXT ? NAN : v->as.number;
}

const char *numbers_text(const struct table *t, size_t row, int column)
{
    const struct value *v = &t->value[row * t->column_count + (size_t)column];

    return v->kind == CELL_TEXT ? v->as.text : NULL;
}

struct setting numbers_setting(const struct table *t, size_t row)
{
    const char *text = numbers_text(t, row, N_LOSS);
    struct setting s;

    setting_parse(text, strlen(text), &s, &(struct diag){0});
    s.text = text;
    setting_fill(&s, PARAM_GAMMA, numbers_at(t, row, N_GAMMA));
    setting_fill(&s, PARAM_BETA, numbers_at(t, row, N_BETA));
    s.alpha = numbers_at(t, row, N_ALPHA);
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
    for (int c = 0; c < N_LABEL; c++)
        if (!same(&t->value[row * t->column_count + (size_t)c],
                  &t->value[other * t->column_count + (size_t)c]))
            return false;
    return true;
}

struct block *numbers_blocks(const struct table *t, size_t *count)
{
    struct block *block = NULL;
    size_t room = 0, n = 0;

    for (size_t r = 0; r < t->row_count; r++) {
        const char *panel;
        size_t k = 0;

        if (n && one_curve(t, r, block[n - 1].first)) {
            block[n - 1].count++;
            continue;
        }
        block = mem_grow(block, &room, n + 1, sizeof *block);
        block[n].first = r;
        block[n].count = 1;
        panel = numbers_text(t, r, N_PANEL);
        block[n].name[k++] = '$';
        for (panel = panel ? panel : "data"; *panel && k < 32; panel++)
            block[n].name[k++] = isalnum((unsigned char)*panel) ? *panel : '_';
        snprintf(block[n].name + k, sizeof block[n].name - k, "_%zu", n + 1);
        n++;
    }
    *count = n;
    return block;
}

const double *plot_gammas(const struct plot *p, size_t *count)
{
    bool asked = p->asked.gamma;

    *count = asked ? p->analysis->gamma_count : p->figure->gammas;
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
    size_t alphas = p->asked.alpha ? p->analysis->alphas : 1;

    if (!c->loss->balanced || !isnan(c->alpha)) return put_curve(c, out, n, d);
    for (size_t k = 0; k < alphas; k++) {
        if (alpha[k].kind != ALPHA_NUMBER)
            return diag_fail(d, STATUS_USAGE, "this figure takes numbers for --alpha, not '%s'",
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
    for (size_t i = 0; i < a.loss_count; i++)
        if (!put_loss(p, &a, &a.loss[i], out, &n, d)) return 0;
    return n;
}

size_t focal_curves(const struct plot *p, struct setting out[CURVES], struct diag *d)
{
    struct setting own[CURVES];
    size_t n;
    const double *gamma = plot_gammas(p, &n);

    if (n > CURVES) n = CURVES;
    for (size_t i = 0; i < n; i++) own[i] = setting_of(loss_find("focal", 5), gamma[i], 0, NAN);
    return curves_asked(p, own, n, out, d);
}

static struct set set_open(const struct plot *p, const char *name, struct cells cells, const double *cuts,
                           size_t cut_count)
{
    struct set s = {name, cells, NULL, mem_alloc(p->facts->parts, sizeof(int))};

    for (size_t k = 0; k < p->facts->parts; k++) s.side[k] = facts_side(p->facts, k);
    s.measure = measure_open(cells.cell, cells.count, p->facts->parts, s.side, cuts, cut_count);
    return s;
}

size_t sets_open(const struct plot *p, bool overlay, const double *cuts, size_t cut_count,
                 struct set out[SETS], struct diag *d)
{
    size_t n = 0, groups = p->facts->group_count;

    if (!p->tally) {
        diag_fail(d, STATUS_USAGE, "the figure needs a FILE of predictions");
        return 0;
    }
    if (overlay && p->facts->grouped && groups > SETS) {
        diag_fail(d, STATUS_USAGE, "%zu groups are too many for one figure: it holds %d", groups, SETS);
        return 0;
    }
    for (size_t g = 0; overlay && p->facts->grouped && g < groups; g++) {
        out[n++] = set_open(p, p->facts->groups[p->facts->group_order[g]].name, cells_of_group(p->tally, g),
                            cuts, cut_count);
    }
    if (!n) out[n++] = set_open(p, NULL, cells_of_all(p->tally), cuts, cut_count);
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

double *side_factors(const struct facts *f, const struct setting *c)
{
    double *factor = mem_alloc(f->parts, sizeof *factor);

    for (size_t k = 0; k < f->parts; k++) {
        int side = facts_side(f, k);

        factor[k] = !c->loss->balanced ? 1 : side == 0 ? 1 - c->alpha : c->alpha;
    }
    return factor;
}
