/* analysis.c: what was asked: losses over lists of parameters, thresholds, α */
#include "report/report.h"

#include "evaluate/metrics.h"

#include <math.h>
#include <stdlib.h>

/* The values of a parameter of a loss as it was asked for: what its spec sets, or its list's. */
static const double *values_of(const struct analysis *a, const struct setting *asked, enum param_list list,
                               size_t *count)
{
    int i = loss_param_of(asked->loss, list);

    *count = 1;
    if (i < 0 || !isnan(asked->param[i])) return i < 0 ? NULL : &asked->param[i];
    *count = list == PARAM_GAMMA ? a->gamma_count : a->beta_count;
    return list == PARAM_GAMMA ? a->gamma : a->beta;
}

/* A list may hold the one value that a loss does not take, the end of its range: it is passed over. */
static bool is_passed_over(const struct loss *loss, enum param_list list, double x)
{
    int i = loss_param_of(loss, list);

    return i >= 0 && loss->param[i].above && x <= loss->param[i].least && x >= loss->param[i].least;
}

struct setting *analysis_settings(const struct analysis *a, const struct setting *asked, size_t *count)
{
    size_t gamma_count, beta_count;
    const double *gamma = values_of(a, asked, PARAM_GAMMA, &gamma_count),
                 *beta = values_of(a, asked, PARAM_BETA, &beta_count);
    struct setting *out = mem_alloc(gamma_count * beta_count + 1, sizeof *out);

    *count = 0;
    for (size_t g = 0; g < gamma_count; g++)
        for (size_t b = 0; b < beta_count; b++) {
            struct setting s = *asked;

            if (gamma && is_passed_over(s.loss, PARAM_GAMMA, gamma[g])) continue;
            if (gamma) setting_fill(&s, PARAM_GAMMA, gamma[g]);
            if (beta) setting_fill(&s, PARAM_BETA, beta[b]);
            out[(*count)++] = s;
        }
    return out;
}

bool analysis_is_redundant(const struct analysis *a, const struct setting *s)
{
    if (!s->loss->at_zero || s->param[0] > 0) return false;
    for (size_t i = 0; i < a->loss_count; i++)
        if (a->loss[i].loss == s->loss->at_zero) return true;
    return false;
}

bool analysis_check(const struct analysis *a, struct diag *d)
{
    for (size_t i = 0; i < a->loss_count; i++) {
        size_t count, gamma;
        struct setting *s = analysis_settings(a, &a->loss[i], &count);
        bool ok = true;

        if (count == 0) {
            struct setting first = a->loss[i];

            setting_fill(&first, PARAM_GAMMA, *values_of(a, &first, PARAM_GAMMA, &gamma));
            ok = setting_check(&first, d);
        }
        for (size_t k = 0; k < count && ok; k++) ok = setting_check(&s[k], d);
        free(s);
        if (!ok) return false;
    }
    if (a->easy_count > 500)
        return diag_fail(d, STATUS_USAGE, "--easy: at most 500 thresholds, not %zu", a->easy_count);
    return true;
}

bool analysis_check_classes(const struct analysis *a, const struct facts *facts, struct diag *d)
{
    return !a->by_class || facts->task != TASK_BINARY ||
           diag_fail(
               d, STATUS_USAGE,
               "--by-class is for several classes; of one column of scores the sides are in every result");
}

enum apart analysis_apart(const struct analysis *a)
{
    enum apart apart = a->by_class ? APART_CLASSES : APART_SIDES;

    for (size_t i = 0; i < a->alpha_count; i++) {
        enum alpha_kind kind = a->alpha[i].kind;
        enum apart wants = kind == ALPHA_CLASSES                              ? APART_CLASSES
                           : kind == ALPHA_INVERSE || kind == ALPHA_EFFECTIVE ? APART_SOFTMAX
                                                                              : APART_SIDES;

        if (wants > apart) apart = wants;
    }
    return apart;
}

struct cuts analysis_cuts(const struct analysis *a)
{
    struct cuts c = {0};

    if (a->metrics) {
        metrics_cuts(&c);
        return c;
    }
    c = (struct cuts){mem_alloc(a->easy_count + LOSS_KINKS * a->loss_count + 1, sizeof(double)),
                      a->easy_count};
    for (size_t i = 0; i < a->easy_count; i++) c.at[i] = cut_of_threshold(a->easy[i]);
    for (size_t i = 0; i < a->loss_count; i++)
        if (a->loss[i].loss->kinks) c.count += a->loss[i].loss->kinks(a->loss[i].param, c.at + c.count);
    return c;
}
