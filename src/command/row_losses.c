/* row_losses.c: the losses that an analysis asks for of each row, with their names */
#include "command/row_losses.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct list_of_losses {
    struct row_loss *loss; /* [losses] */
    size_t losses, room;
};

static void add_value(struct string *name, const char *what, double x)
{
    char number[NUMBER_SIZE];

    number_format(x, number);
    string_printf(name, "_%s%s", what, number);
}

/* "focal_g2", "balanced_focal_g2_a0.25", "focal_star_g2_b1", "asl_gamma_pos0_gamma_neg4_margin0.05". */
static void add_name(const struct setting *s, double alpha, struct string *name)
{
    static const char *const letter[PARAM_LISTS] = {NULL, "g", "b"};

    for (const char *c = s->loss->name; *c; c++) string_putc(name, *c == '-' ? '_' : *c);
    for (size_t i = 0; i < loss_params(s->loss); i++) {
        const struct loss_param *p = &s->loss->param[i];

        add_value(name, p->list == PARAM_OWN ? p->name : letter[p->list], s->param[i]);
    }
    if (!isnan(alpha)) add_value(name, "a", alpha);
}

/* Of a sum, "focal_g2_x20_plus_ce". */
static char *name_of(const struct setting *s, double alpha)
{
    struct string name = {0};

    if (!s->terms) add_name(s, alpha, &name);
    for (size_t i = 0; i < s->terms; i++) {
        struct setting one = setting_without_coefficient(&s->term[i]);

        if (i) string_puts(&name, "_plus_");
        add_name(&one, one.alpha, &name);
        if (s->term[i].coefficient != 1) add_value(&name, "x", s->term[i].coefficient);
    }
    return name.text;
}

static void add_loss(struct list_of_losses *q, const struct setting *s, double alpha)
{
    char *name = name_of(s, alpha);

    for (size_t i = 0; i < q->losses; i++)
        if (strcmp(q->loss[i].name, name) == 0) {
            free(name);
            return;
        }
    q->loss = mem_grow(q->loss, &q->room, q->losses + 1, sizeof *q->loss);
    q->loss[q->losses++] = (struct row_loss){*s, alpha, name};
}

/* The i-th α, which has to be a number. */
static bool alpha_at(const struct analysis *a, size_t i, const char *command, double *alpha, struct diag *d)
{
    *alpha = a->alpha[i].number;
    return a->alpha[i].kind == ALPHA_NUMBER ||
           diag_fail(d, STATUS_USAGE,
                     "--alpha %s comes from all the data, which %s does not wait for: give a number",
                     a->alpha[i].text, command);
}

static bool add_alphas(struct list_of_losses *q, const struct analysis *a, const struct setting *s,
                       const char *command, struct diag *d)
{
    double alpha;

    if (!isnan(s->alpha)) {
        add_loss(q, s, s->alpha);
        return true;
    }
    for (size_t i = 0; i < a->alpha_count; i++) {
        if (!alpha_at(a, i, command, &alpha, d)) return false;
        add_loss(q, s, alpha);
    }
    return true;
}

/* Is it a loss of each example? */
static bool is_of_rows(const struct setting *asked, const char *command, struct diag *d)
{
    if (loss_is_over_data(asked->loss))
        return diag_fail(d, STATUS_USAGE, "%s depends on all the data, which %s does not wait for",
                         asked->text, command);
    return !setting_is_set(asked) ||
           diag_fail(d, STATUS_USAGE, "%s is the loss of a set of examples, not of a row", asked->text);
}

bool row_losses_list(const struct analysis *a, const char *command, struct row_loss **loss, size_t *losses,
                     struct diag *d)
{
    struct list_of_losses q = {0};
    bool ok = true;

    for (size_t i = 0; i < a->loss_count && ok; i++) {
        size_t count;
        struct setting *s = analysis_settings(a, &a->loss[i], &count);

        ok = is_of_rows(&a->loss[i], command, d);
        for (size_t k = 0; k < count && ok; k++) {
            if (analysis_is_redundant(a, &s[k])) continue;
            if (s[k].loss->balanced)
                ok = add_alphas(&q, a, &s[k], command, d);
            else
                add_loss(&q, &s[k], NAN);
        }
        free(s);
    }
    *loss = q.loss;
    *losses = q.losses;
    return ok &&
           (q.losses || diag_fail(d, STATUS_USAGE, "--loss and --gamma leave no loss: see losscope losses"));
}

bool row_losses_each(const struct analysis *a, const char *command, struct row_loss **loss, size_t *losses,
                     struct diag *d)
{
    struct analysis one = *a;
    bool ok;

    one.gamma_count = one.beta_count = 1;
    *losses = 0;
    *loss = mem_alloc(a->loss_count, sizeof **loss);
    ok = analysis_check(&one, d);
    for (size_t i = 0; i < a->loss_count && ok; i++) {
        struct row_loss *l = &(*loss)[i];
        size_t count;
        struct setting *s = analysis_settings(&one, &a->loss[i], &count);

        ok = is_of_rows(&a->loss[i], command, d);
        l->setting = s[0];
        l->alpha = l->setting.loss->balanced ? l->setting.alpha : NAN;
        if (ok && l->setting.loss->balanced && isnan(l->alpha)) ok = alpha_at(a, 0, command, &l->alpha, d);
        l->name = name_of(&l->setting, l->alpha);
        ++*losses;
        free(s);
    }
    return ok;
}

void row_losses_free(struct row_loss *loss, size_t losses)
{
    for (size_t i = 0; i < losses; i++) free(loss[i].name);
    free(loss);
}
