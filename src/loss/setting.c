/* setting.c: losses with values of their parameters, one or a weighted sum */
#include "loss/internal.h"

#include "base/number.h"

#include <stdlib.h>
#include <string.h>

/* One loss is as good as a sum of one. */
static size_t term_count(const struct setting *s)
{
    return s->terms ? s->terms : 1;
}

static struct term term_at(const struct setting *s, size_t i)
{
    struct term t = {.coefficient = 1, .loss = s->loss, .alpha = s->alpha};

    if (s->terms) return s->term[i];
    memcpy(t.param, s->param, sizeof t.param);
    return t;
}

struct setting setting_without_coefficient(const struct term *term)
{
    struct setting s = {.loss = term->loss, .text = term->text, .alpha = term->alpha};

    memcpy(s.param, term->param, sizeof s.param);
    return s;
}

struct setting setting_of_term(const struct setting *sum, size_t term)
{
    const struct term *t = &sum->term[term];
    struct setting whole = setting_without_coefficient(t),
                   s = {.loss = &loss_sum, .text = t->text, .alpha = t->alpha, .terms = 1, .term = {*t}};

    for (size_t i = 0; i < loss_params(&loss_sum); i++)
        s.param[i] = setting_listed(&whole, loss_sum.param[i].list);
    return s;
}

bool setting_parse(const char *text, size_t size, struct setting *out, struct diag *d)
{
    struct term one = {0};

    if (sum_is_one(text, size)) return sum_parse(text, size, out, d);
    if (!term_parse(text, size, &one, d)) return false;
    *out = setting_without_coefficient(&one);
    return true;
}

void setting_free(struct setting *s)
{
    for (size_t i = 0; i < s->terms; i++) free(s->term[i].text);
    s->terms = 0;
}

void setting_text(const struct setting *s, struct string *out)
{
    const char *between = "(";
    char number[NUMBER_SIZE];

    for (size_t i = 0; i < s->terms; i++) string_printf(out, "%s%s", i ? "+" : "", s->term[i].text);
    if (s->terms) return;
    string_puts(out, s->loss->name);
    for (size_t i = 0; i < loss_params(s->loss); i++) {
        if (s->loss->param[i].list != PARAM_OWN || isnan(s->param[i])) continue;
        number_format(s->param[i], number);
        string_printf(out, "%s%s=%s", between, s->loss->param[i].name, number);
        between = ",";
    }
    if (*between == ',') string_putc(out, ')');
}

struct setting setting_of(const struct loss *loss, double gamma, double beta, double alpha)
{
    struct setting s = {.loss = loss, .text = loss->name, .alpha = loss->balanced ? alpha : NAN};

    for (size_t i = 0; i < loss_params(loss); i++) {
        const struct loss_param *p = &loss->param[i];

        s.param[i] = p->list == PARAM_GAMMA ? gamma : p->list == PARAM_BETA ? beta : p->standard;
    }
    return s;
}

double setting_listed(const struct setting *s, enum param_list list)
{
    int i = loss_param_of(s->loss, list);

    return i < 0 ? NAN : s->param[i];
}

bool setting_is_open(const struct setting *s, enum param_list list)
{
    for (size_t i = 0; i < term_count(s); i++) {
        struct term t = term_at(s, i);
        int k = loss_param_of(t.loss, list);

        if (k >= 0 && isnan(t.param[k])) return true;
    }
    return false;
}

bool setting_alpha_is_open(const struct setting *s)
{
    for (size_t i = 0; i < term_count(s); i++) {
        struct term t = term_at(s, i);

        if (t.loss->balanced && isnan(t.alpha)) return true;
    }
    return false;
}

bool setting_passes_over(const struct setting *s, enum param_list list, double x)
{
    for (size_t i = 0; i < term_count(s); i++) {
        struct term t = term_at(s, i);
        int k = loss_param_of(t.loss, list);

        if (k >= 0 && isnan(t.param[k]) && t.loss->param[k].above && x <= t.loss->param[k].least &&
            x >= t.loss->param[k].least)
            return true;
    }
    return false;
}

void setting_fill(struct setting *s, enum param_list list, double x)
{
    int i = loss_param_of(s->loss, list);

    if (i < 0 || !isnan(s->param[i]) || !setting_is_open(s, list)) return;
    s->param[i] = x;
    for (size_t k = 0; k < s->terms; k++) {
        i = loss_param_of(s->term[k].loss, list);
        if (i >= 0 && isnan(s->term[k].param[i])) s->term[k].param[i] = x;
    }
}

void setting_fill_alpha(struct setting *s, double alpha)
{
    if (!setting_alpha_is_open(s)) return;
    s->alpha = alpha;
    for (size_t k = 0; k < s->terms; k++)
        if (s->term[k].loss->balanced && isnan(s->term[k].alpha)) s->term[k].alpha = alpha;
}

bool setting_check(const struct setting *s, struct diag *d)
{
    for (size_t i = 0; i < term_count(s); i++) {
        struct term t = term_at(s, i);

        for (size_t k = 0; k < loss_params(t.loss); k++)
            if (!isnan(t.param[k]) && !loss_param_check(t.loss, &t.loss->param[k], t.param[k], d))
                return false;
    }
    return true;
}

static bool same_number(double a, double b)
{
    return (a <= b && a >= b) || (isnan(a) && isnan(b));
}

static bool same_term(const struct term *a, const struct term *b)
{
    if (a->loss->value != b->loss->value || a->loss->slope != b->loss->slope ||
        a->loss->keep != b->loss->keep || a->loss->bins != b->loss->bins)
        return false;
    for (size_t i = 0; i < loss_params(a->loss); i++)
        if (!same_number(a->param[i], b->param[i])) return false;
    return true;
}

bool setting_equal(const struct setting *a, const struct setting *b)
{
    if (a->terms != b->terms) return false;
    for (size_t i = 0; i < term_count(a); i++) {
        struct term x = term_at(a, i), y = term_at(b, i);

        if (!same_term(&x, &y)) return false;
        if (a->terms && !(same_number(x.coefficient, y.coefficient) && same_number(x.alpha, y.alpha) &&
                          x.loss->set == y.loss->set))
            return false;
    }
    return true;
}

double setting_exponent(const struct setting *s)
{
    double most = 0;

    for (size_t i = 0; i < term_count(s); i++) {
        struct term t = term_at(s, i);

        for (size_t k = 0; k < loss_params(t.loss); k++)
            if (t.loss->param[k].exponent) most = fmax(most, t.loss->param[k].exponent * t.param[k]);
    }
    return most;
}

bool setting_is_set(const struct setting *s)
{
    bool set = false;

    for (size_t i = 0; i < term_count(s); i++) set |= term_at(s, i).loss->set != NULL;
    return set;
}

/* α_t is within a sum's value. */
bool setting_is_sided(const struct setting *s)
{
    bool sided = false;

    for (size_t i = 0; i < term_count(s); i++) {
        struct term t = term_at(s, i);

        sided |= t.loss->sided || (s->terms && t.loss->balanced);
    }
    return sided;
}

bool setting_is_unsorted(const struct setting *s)
{
    bool unsorted = false;

    for (size_t i = 0; i < term_count(s); i++) unsorted |= term_at(s, i).loss->unsorted;
    return unsorted;
}

size_t setting_kinks(const struct setting *s, double tail[SETTING_KINKS])
{
    size_t n = 0;

    for (size_t i = 0; i < term_count(s); i++) {
        struct term t = term_at(s, i);

        if (t.loss->kinks) n += t.loss->kinks(t.param, tail + n);
    }
    return n;
}
