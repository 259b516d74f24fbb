/* options.c: the options of the analysis, of results, messages and output */
#include "command/options.h"

#include "base/number.h"
#include "command/values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool take_gamma(void *to, const char *v, struct diag *d)
{
    struct data_options *o = to;

    o->given.gamma = true;
    return values_numbers(v, "gamma", -INFINITY, INFINITY, &o->analysis.gamma, &o->analysis.gamma_count, d);
}

static bool take_beta(void *to, const char *v, struct diag *d)
{
    struct data_options *o = to;

    o->given.beta = true;
    return values_numbers(v, "beta", -INFINITY, INFINITY, &o->analysis.beta, &o->analysis.beta_count, d);
}

static bool take_easy(void *to, const char *v, struct diag *d)
{
    struct data_options *o = to;

    o->given.easy = true;
    if (!values_numbers(v, "easy", 0, 1, &o->analysis.easy, &o->analysis.easy_count, d)) return false;
    for (size_t i = 0; i < o->analysis.easy_count; i++)
        if (o->analysis.easy[i] <= 0 || o->analysis.easy[i] >= 1)
            return diag_fail(d, STATUS_USAGE, "--easy: a threshold lies between 0 and 1, without them");
    return true;
}

/* The length of the first of a list of losses: commas within parentheses are its own. */
static size_t first_loss(const char *v)
{
    size_t depth = 0, n = 0;

    for (; v[n] && (depth || v[n] != ','); n++) {
        depth += v[n] == '(';
        depth -= depth && v[n] == ')';
    }
    return n;
}

void losses_forget(struct analysis *a)
{
    for (size_t i = 0; i < a->loss_count; i++) {
        free((void *)(uintptr_t)a->loss[i].text);
        setting_free(&a->loss[i]);
    }
    free(a->loss);
    a->loss = NULL;
    a->loss_count = 0;
}

static bool add_loss(struct analysis *a, size_t *room, const char *text, size_t size, struct diag *d)
{
    struct setting s;
    struct string shown = {0};

    if (!setting_parse(text, size, &s, d)) return false;
    setting_text(&s, &shown);
    s.text = shown.text;
    a->loss = mem_grow(a->loss, room, a->loss_count + 1, sizeof *a->loss);
    a->loss[a->loss_count++] = s;
    return true;
}

bool losses_take(struct analysis *a, const char *v, struct diag *d)
{
    size_t room = 0;

    losses_forget(a);
    do {
        size_t n = first_loss(v);
        bool all = n == 3 && memcmp(v, "all", 3) == 0; /* those of each example */

        for (size_t i = 0; all && i < loss_count; i++)
            if (!loss_table[i]->set && !loss_is_over_data(loss_table[i]) &&
                !add_loss(a, &room, loss_table[i]->name, strlen(loss_table[i]->name), d))
                return false;
        if (!all && !add_loss(a, &room, v, n, d)) return false;
        v += n;
    } while (*v++ == ',');
    return true;
}

static bool take_loss(void *to, const char *v, struct diag *d)
{
    struct data_options *o = to;

    o->given.loss = true;
    return losses_take(&o->analysis, v, d);
}

static void forget_alphas(struct analysis *a)
{
    for (size_t i = 0; i < a->alpha_count; i++) free((void *)(uintptr_t)a->alpha[i].text);
    a->alpha_count = 0;
}

static bool parse_alpha(const char *text, size_t size, struct alpha *out, struct diag *d)
{
    *out = (struct alpha){ALPHA_NUMBER, NAN, NULL};
    if (memchr(text, '=', size)) {
        out->kind = ALPHA_CLASSES;
        return true;
    }
    if (size == 7 && memcmp(text, "inverse", 7) == 0) {
        out->kind = ALPHA_INVERSE;
        return true;
    }
    if (size == 7 && memcmp(text, "balance", 7) == 0) {
        out->kind = ALPHA_BALANCE;
        return true;
    }
    if (size > 10 && memcmp(text, "effective:", 10) == 0) {
        out->kind = ALPHA_EFFECTIVE;
        if (!values_number(text + 10, size - 10, "alpha", 0, 1, &out->number, d)) return false;
        return (out->number > 0 && out->number < 1) ||
               diag_fail(d, STATUS_USAGE, "--alpha: effective:B needs a B between 0 and 1");
    }
    return values_number(text, size, "alpha", 0, 1, &out->number, d);
}

/* Weights of classes take the rest of the list. */
static bool take_alpha(void *to, const char *v, struct diag *d)
{
    struct data_options *o = to;
    struct analysis *a = &o->analysis;

    o->given.alpha = true;
    forget_alphas(a);
    do {
        size_t n = strcspn(v, ",");
        struct alpha one;

        if (memchr(v, '=', n)) n = strlen(v);
        if (!parse_alpha(v, n, &one, d)) return false;
        a->alpha = mem_resize(a->alpha, a->alpha_count + 1, sizeof *a->alpha);
        one.text = mem_copy(v, n);
        a->alpha[a->alpha_count++] = one;
        v += n;
    } while (*v++ == ',');
    return true;
}

static bool take_top_groups(void *to, const char *v, struct diag *d)
{
    uint64_t n = 0;
    bool ok = values_whole(v, "top-groups", 1, UINT64_MAX, &n, d);

    ((struct data_options *)to)->analysis.top_groups = (size_t)n;
    return ok;
}

static bool take_ci(void *to, const char *v, struct diag *d)
{
    double *ci = &((struct data_options *)to)->analysis.ci, per_cent = 0;
    char shown[DIAG_SHOWN];

    *ci = USUAL_LEVEL;
    if (!v || (number_parse(v, strlen(v), ci) && *ci > 0 && *ci < 1)) return true;
    if (number_parse(v, strlen(v), &per_cent) && per_cent > 1 && per_cent < 100)
        return diag_fail(d, STATUS_USAGE, "--ci takes a level between 0 and 1: %g for %s %%", per_cent / 100,
                         v);
    return diag_fail(d, STATUS_USAGE, "--ci takes a level between 0 and 1, as 0.95, not %s",
                     diag_shown(shown, v, strlen(v)));
}

TAKE_TEXT(take_cluster, struct data_options, input.cluster)
TAKE_FLAG(take_by_class, struct data_options, analysis.by_class, true)
TAKE_FLAG(take_metrics, struct data_options, analysis.metrics, true)
TAKE_FLAG(take_quiet, struct data_options, quiet, true)
TAKE_FLAG(take_progress, struct data_options, input.progress, 1)
TAKE_FLAG(take_dry_run, struct input, dry_run, true)

static bool take_assert(void *to, const char *v, struct diag *d)
{
    struct assertions *a = to;

    a->item = mem_grow(a->item, &a->room, a->count + 1, sizeof *a->item);
    return assertion_parse(v, &a->item[a->count++], d);
}

void assertions_free(struct assertions *a)
{
    for (size_t i = 0; i < a->count; i++) assertion_free(&a->item[i]);
    free(a->item);
    *a = (struct assertions){0};
}

/* --json is --format json. */
#define X(name, ...)                                                                                         \
    static bool take_##name(void *to, const char *value, struct diag *d)                                     \
    {                                                                                                        \
        (void)value;                                                                                         \
        return output_take_format(to, #name, d);                                                             \
    }
#include "report/formats.def.h"
#undef X

const struct option_row options_format_names[] = {
#define X(name, ...) {#name, 0, NULL, "", take_##name},
#include "report/formats.def.h"
#undef X
    {0},
};

bool output_take_path(void *to, const char *value, struct diag *d)
{
    (void)d;
    ((struct output_options *)to)->path = value;
    return true;
}

/* "text, csv or html": their names, or the ending that each is known by. */
static void list_formats(bool endings, struct string *out)
{
    for (size_t i = 0; i < output_format_count; i++) {
        const struct output_format *f = &output_formats[i];

        string_puts(out, i == 0 ? "" : i + 1 < output_format_count ? ", " : " or ");
        if (endings)
            string_add(out, f->endings + 1, strcspn(f->endings + 1, " "));
        else
            string_puts(out, f->name);
    }
}

bool output_take_format(void *to, const char *value, struct diag *d)
{
    struct output_options *o = to;
    struct string all = {0};
    char shown[DIAG_SHOWN];

    o->format = output_format_find(value);
    if (o->format) return true;
    list_formats(false, &all);
    diag_fail(d, STATUS_USAGE, "--format takes %s, not %s", all.text,
              diag_shown(shown, value, strlen(value)));
    string_free(&all);
    return false;
}

const struct output_format *output_form(const struct output_options *o, const struct output_format *standard)
{
    const struct output_format *by_path = o->path ? output_format_of_path(o->path) : NULL;

    return o->format ? o->format : by_path ? by_path : standard;
}

#define OPTION_EASY                                                                                          \
    {                                                                                                        \
        "easy", 'e', "LIST", "thresholds of p_t from which an example is easy (default 0.5)", take_easy      \
    }

const struct option_row options_losses[] = {
    {"loss", 'l', "LIST", "losses, or sums of them (default ce,focal)", take_loss},
    {"gamma", 'g', "LIST", "numbers and ranges A:B:STEP (default 2)", take_gamma},
    {"alpha", 'a', "LIST", "numbers (default 0.25)", take_alpha},
    {"beta", 0, "LIST", "the shift of focal-star (default 0)", take_beta},
    {0},
};

const struct option_row options_analysis[] = {
    {"loss", 'l', "LIST",
     "losses, sums as 20*focal+1*dice, or all (default ce,balanced-ce,focal,balanced-focal)", take_loss},
    {"gamma", 'g', "LIST", "numbers and ranges A:B:STEP (default 0,0.5,1,2,5)", take_gamma},
    {"alpha", 'a', "LIST", "numbers, inverse, effective:B, balance, NAME=W,... (default 0.25)", take_alpha},
    {"beta", 0, "LIST", "the shift of focal-star (default 0)", take_beta},
    OPTION_EASY,
    {0},
};

const struct option_row options_easy[] = {OPTION_EASY, {0}};

const struct option_row options_results[] = {
    {"by-class", 0, NULL, "several classes: a result for each, too", take_by_class},
    {"top-groups", 0, "N", "only the N groups with the largest share of the loss", take_top_groups},
    {0},
};

const struct option_row options_intervals[] = {
    {"ci", 0, "[LEVEL]", "intervals of means and shares (default 0.95)", take_ci},
    {0},
};

const struct option_row options_cluster[] = {
    {"cluster", 0, "COL", "--ci by clusters: rows with one value of this column belong together",
     take_cluster},
    {0},
};

const struct option_row options_metrics[] = {
    {"metrics", 0, NULL, "measures in place of losses: accuracy, log loss, ROC AUC, ECE and so on",
     take_metrics},
    {0},
};

const struct option_row options_messages[] = {
    {"quiet", 'q', NULL, "no notes on standard error", take_quiet},
    {"progress", 0, NULL, "how far it has come on standard error, even where that is no terminal",
     take_progress},
    {0},
};

const struct option_row options_dry_run[] = {
    {"dry-run", 0, NULL, "say how the input is understood, and read no further", take_dry_run},
    {0},
};

const struct option_row options_assert[] = {
    {"assert", 0, "EXPR", "exit 3 unless it holds: 'focal[gamma=2].easy_neg < 0.2'; may repeat", take_assert},
    {0},
};

/* Of results: a picture's name is a mistake. */
static bool take_path(void *to, const char *value, struct diag *d)
{
    struct string all = {0};

    if (output_format_of_path(value) || !plot_is_picture(value)) return output_take_path(to, value, d);
    list_formats(true, &all);
    diag_fail(d, STATUS_USAGE,
              "--output: %s is a picture's name: losscope plot draws pictures, and results end in %s", value,
              all.text);
    string_free(&all);
    return false;
}

const struct option_row options_output[] = {
    {"format", 'f', "FORMAT",
     "one of "
#define X(name, ...) #name " "
#include "report/formats.def.h"
#undef X
     "(default: by FILE's ending)",
     output_take_format},
    {"output", 'o', "FILE", "write to FILE, whole or not at all", take_path},
    {0},
};

bool data_options_complete(struct data_options *o, struct diag *d)
{
    struct analysis *a = &o->analysis;
    const struct plot_asked given = o->given;

    if (!a->loss_count)
        take_loss(o, o->standard_losses ? o->standard_losses : "ce,balanced-ce,focal,balanced-focal", d);
    if (!a->gamma_count) take_gamma(o, o->standard_gammas ? o->standard_gammas : "0,0.5,1,2,5", d);
    if (!a->alpha_count) take_alpha(o, "0.25", d);
    if (!a->beta_count) take_beta(o, "0", d);
    if (!a->easy_count) take_easy(o, "0.5", d);
    o->given = given;
    a->threads = o->input.threads;
    if (o->input.cluster && !(a->ci > 0)) take_ci(o, NULL, d);
    if (o->quiet) o->input.progress = 0;
    return analysis_check(a, d);
}

static bool takes_list(const struct analysis *a, enum param_list list)
{
    for (size_t i = 0; i < a->loss_count; i++)
        if (setting_is_open(&a->loss[i], list)) return true;
    return false;
}

static bool takes_alpha(const struct analysis *a)
{
    for (size_t i = 0; i < a->loss_count; i++)
        if (setting_alpha_is_open(&a->loss[i])) return true;
    return false;
}

bool data_options_check_used(const struct data_options *o, struct diag *d)
{
    const struct analysis *a = &o->analysis;
    bool zero = true; /* γ = 0 is what CE has */

    for (size_t i = 0; i < a->gamma_count; i++) zero = zero && a->gamma[i] == 0;
    if (o->given.gamma && !zero && !takes_list(a, PARAM_GAMMA))
        return diag_fail(d, STATUS_USAGE, "--gamma: none of the losses takes it (see losscope losses)");
    if (o->given.beta && !takes_list(a, PARAM_BETA))
        return diag_fail(d, STATUS_USAGE, "--beta: none of the losses takes it: -l focal-star does");
    return !o->given.alpha || takes_alpha(a) ||
           diag_fail(d, STATUS_USAGE, "--alpha: none of the losses takes it: -l balanced-focal does");
}

void data_options_free(struct data_options *o)
{
    input_options_free(&o->input);
    losses_forget(&o->analysis);
    free(o->analysis.gamma);
    free(o->analysis.beta);
    free(o->analysis.easy);
    forget_alphas(&o->analysis);
    free(o->analysis.alpha);
}
