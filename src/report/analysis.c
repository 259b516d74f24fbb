/* analysis.c: what was asked: losses over lists of parameters, thresholds, α */
#include "report/report.h"

#include "evaluate/gradient_bins.h"
#include "evaluate/metrics.h"

#include <math.h>
#include <stdlib.h>

/* The values that a loss takes from a list; NULL: none, its spec sets it or it has none. */
static const double *values_of(const struct analysis *a, const struct setting *asked, enum param_list list,
                               size_t *count)
{
    *count = 1;
    if (!setting_is_open(asked, list)) return NULL;
    *count = list == PARAM_GAMMA ? a->gamma_count : a->beta_count;
    return list == PARAM_GAMMA ? a->gamma : a->beta;
}

/* α of a sum is within its value: one setting for each of the list. */
static size_t alphas_of_sum(const struct analysis *a, const struct setting *asked)
{
    return asked->terms && setting_alpha_is_open(asked) ? a->alpha_count : 1;
}

struct setting *analysis_settings(const struct analysis *a, const struct setting *asked, size_t *count)
{
    size_t gamma_count, beta_count;
    const double *gamma = values_of(a, asked, PARAM_GAMMA, &gamma_count),
                 *beta = values_of(a, asked, PARAM_BETA, &beta_count);
    size_t alpha_count = alphas_of_sum(a, asked);
    struct setting *out = mem_alloc(gamma_count * beta_count * alpha_count + 1, sizeof *out);

    *count = 0;
    for (size_t g = 0; g < gamma_count; g++)
        for (size_t b = 0; b < beta_count; b++) {
            struct setting s = *asked;

            /* a list may hold the one value that a loss does not take, the end of its range */
            if (gamma && setting_passes_over(&s, PARAM_GAMMA, gamma[g])) continue;
            if (gamma) setting_fill(&s, PARAM_GAMMA, gamma[g]);
            if (beta) setting_fill(&s, PARAM_BETA, beta[b]);
            for (size_t i = 0; i < alpha_count; i++) {
                out[*count] = s;
                if (asked->terms) setting_fill_alpha(&out[*count], a->alpha[i].number);
                ++*count;
            }
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
        for (size_t k = 0; a->loss[i].terms && setting_alpha_is_open(&a->loss[i]) && k < a->alpha_count; k++)
            ok = ok && (a->alpha[k].kind == ALPHA_NUMBER ||
                        diag_fail(d, STATUS_USAGE, "--alpha %s: in a sum of losses α is a number",
                                  a->alpha[k].text));
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
    c = (struct cuts){mem_alloc(a->easy_count + SETTING_KINKS * a->loss_count + 1, sizeof(double)),
                      a->easy_count};
    for (size_t i = 0; i < a->easy_count; i++) c.at[i] = cut_of_threshold(a->easy[i]);
    for (size_t i = 0; i < a->loss_count; i++) c.count += setting_kinks(&a->loss[i], c.at + c.count);
    for (size_t i = 0; i < a->loss_count; i++)
        if (a->loss[i].loss->bins) gradient_bins_cuts(a->loss[i].loss->bins(a->loss[i].param), &c);
    return c;
}
