/* settings.c: the options that commands share */
#include "base/number.h"
#include "command/command.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void list_add(struct list *l, const char *text)
{
    l->item = mem_grow(l->item, &l->room, l->count + 1, sizeof *l->item);
    l->item[l->count++] = text;
}

void settings_init(struct settings *s)
{
    *s = (struct settings){0};
    input_defaults(&s->input);
}

static bool number(const char *text, size_t size, const char *option, double least, double most, double *out,
                   struct diag *d)
{
    char shown[DIAG_SHOWN];

    if (!number_parse(text, size, out) || !isfinite(*out))
        return diag_fail(d, STATUS_USAGE, "--%s: %s is not a number", option, diag_shown(shown, text, size));
    if (*out < least && isinf(most))
        return diag_fail(d, STATUS_USAGE, "--%s: %s is below %g", option, diag_shown(shown, text, size),
                         least);
    if (*out < least || *out > most)
        return diag_fail(d, STATUS_USAGE, "--%s: %s is not from %g to %g", option,
                         diag_shown(shown, text, size), least, most);
    return true;
}

static void add(double **list, size_t *count, double x)
{
    *list = mem_resize(*list, *count + 1, sizeof **list);
    (*list)[(*count)++] = x;
}

/* "0,0.5,1:3:0.5": numbers and ranges A:B:STEP; the ends of a range belong to it. */
static bool numbers(const char *text, const char *option, double least, double most, double **list,
                    size_t *count, struct diag *d)
{
    free(*list);
    *list = NULL;
    *count = 0;
    do {
        size_t n = strcspn(text, ","), colon = strcspn(text, ":"), second;
        double a, b, step;

        if (colon >= n) {
            if (!number(text, n, option, least, most, &a, d)) return false;
            add(list, count, a);
        } else {
            second = colon + 1 + strcspn(text + colon + 1, ":");
            if (second >= n)
                return diag_fail(d, STATUS_USAGE, "--%s: a range is FROM:TO:STEP, not '%.*s'", option, (int)n,
                                 text);
            if (!number(text, colon, option, least, most, &a, d) ||
                !number(text + colon + 1, second - colon - 1, option, least, most, &b, d) ||
                !number(text + second + 1, n - second - 1, option, -INFINITY, INFINITY, &step, d))
                return false;
            if (!(step > 0) || b < a || (b - a) / step > 100000)
                return diag_fail(d, STATUS_USAGE,
                                 "--%s: the range '%.*s' does not go up in at most 100000 steps", option,
                                 (int)n, text);
            for (size_t i = 0; a + (double)i * step <= b + step * 1e-9; i++)
                add(list, count, fmin(b, rint((a + (double)i * step) * 1e12) / 1e12));
        }
        text += n;
    } while (*text++ == ',');
    return true;
}

static bool take_gamma(void *to, const char *v, struct diag *d)
{
    struct settings *s = to;

    s->asked.gamma = true;
    return numbers(v, "gamma", 0, INFINITY, &s->analysis.gamma, &s->analysis.gammas, d);
}

static bool take_beta(void *to, const char *v, struct diag *d)
{
    struct settings *s = to;

    s->asked.beta = true;
    return numbers(v, "beta", -1e6, 1e6, &s->analysis.beta, &s->analysis.betas, d);
}

static bool take_easy(void *to, const char *v, struct diag *d)
{
    struct settings *s = to;

    s->asked.easy = true;
    if (!numbers(v, "easy", 0, 1, &s->analysis.easy, &s->analysis.easies, d)) return false;
    for (size_t i = 0; i < s->analysis.easies; i++)
        if (s->analysis.easy[i] <= 0 || s->analysis.easy[i] >= 1)
            return diag_fail(d, STATUS_USAGE, "--easy: a threshold lies between 0 and 1, without them");
    return true;
}

static bool take_loss(void *to, const char *v, struct diag *d)
{
    struct analysis *a = &((struct settings *)to)->analysis;
    char shown[DIAG_SHOWN];

    ((struct settings *)to)->asked.loss = true;
    a->losses = 0;
    do {
        size_t n = strcspn(v, ",");
        const struct loss *l = loss_find(v, n);

        if (!l)
            return diag_fail(d, STATUS_USAGE,
                             "unknown loss %s: there are ce, balanced-ce, focal, balanced-focal, focal-star "
                             "and balanced-focal-star",
                             diag_shown(shown, v, n));
        if (a->losses < sizeof a->loss / sizeof *a->loss) a->loss[a->losses++] = l;
        v += n;
    } while (*v++ == ',');
    return true;
}

static void forget_alphas(struct analysis *a)
{
    for (size_t i = 0; i < a->alphas; i++) free((void *)(uintptr_t)a->alpha[i].text);
    a->alphas = 0;
}

static bool take_alpha(void *to, const char *v, struct diag *d)
{
    struct analysis *a = &((struct settings *)to)->analysis;

    ((struct settings *)to)->asked.alpha = true;
    forget_alphas(a);
    do {
        size_t n = strchr(v, '=') ? strlen(v) : strcspn(v, ",");
        struct alpha one = {ALPHA_CLASSES, NAN, NULL};

        if (n == 7 && memcmp(v, "inverse", 7) == 0)
            one.kind = ALPHA_INVERSE;
        else if (n == 7 && memcmp(v, "balance", 7) == 0)
            one.kind = ALPHA_BALANCE;
        else if (n > 10 && memcmp(v, "effective:", 10) == 0) {
            one.kind = ALPHA_EFFECTIVE;
            if (!number(v + 10, n - 10, "alpha", 0, 1, &one.number, d)) return false;
            if (one.number >= 1 || one.number <= 0)
                return diag_fail(d, STATUS_USAGE, "--alpha: effective:B needs a B between 0 and 1");
        } else if (!strchr(v, '=')) {
            one.kind = ALPHA_NUMBER;
            if (!number(v, n, "alpha", 0, INFINITY, &one.number, d)) return false;
        }
        a->alpha = mem_resize(a->alpha, a->alphas + 1, sizeof *a->alpha);
        one.text = mem_copy(v, n);
        a->alpha[a->alphas++] = one;
        v += n;
    } while (*v++ == ',');
    return true;
}

#define TAKE_TEXT(name, member)                                                                              \
    static bool name(void *to, const char *v, struct diag *d)                                                \
    {                                                                                                        \
        (void)d;                                                                                             \
        ((struct settings *)to)->member = v;                                                                 \
        return true;                                                                                         \
    }
TAKE_TEXT(take_prob, input.prob)
TAKE_TEXT(take_logit, input.logit)
TAKE_TEXT(take_label, input.label)
TAKE_TEXT(take_weight, input.weight)
TAKE_TEXT(take_by, input.by)
TAKE_TEXT(take_labels, input.labels_file)
TAKE_TEXT(take_key, input.key)
TAKE_TEXT(take_background, input.background)
TAKE_TEXT(take_output, output)
TAKE_TEXT(take_title, style.title)
TAKE_TEXT(take_terminal, style.terminal)
TAKE_TEXT(take_result, result)

#define TAKE_FLAG(name, member, value)                                                                       \
    static bool name(void *to, const char *v, struct diag *d)                                                \
    {                                                                                                        \
        (void)v;                                                                                             \
        (void)d;                                                                                             \
        ((struct settings *)to)->member = value;                                                             \
        return true;                                                                                         \
    }
TAKE_FLAG(take_header, input.header, 1)
TAKE_FLAG(take_no_header, input.header, 0)
TAKE_FLAG(take_by_file, input.by_file, true)
TAKE_FLAG(take_renormalize, input.renormalize, true)
TAKE_FLAG(take_check_rows, input.check_rows, true)
TAKE_FLAG(take_quiet, quiet, true)
TAKE_FLAG(take_progress, input.progress, 1)
TAKE_FLAG(take_dry_run, input.dry_run, true)
TAKE_FLAG(take_no_title, style.title, "")
TAKE_FLAG(take_xlog, style.xlog, true)
TAKE_FLAG(take_ylog, style.ylog, true)
TAKE_FLAG(take_colour, style.colour, true)
TAKE_FLAG(take_data, data, true)
TAKE_FLAG(take_gradient, gradient, true)

#define TAKE_STYLE(name, parse)                                                                              \
    static bool name(void *to, const char *v, struct diag *d)                                                \
    {                                                                                                        \
        return parse(v, &((struct settings *)to)->style, d);                                                 \
    }
TAKE_STYLE(take_size, plot_size_parse)
TAKE_STYLE(take_theme, plot_theme_parse)
TAKE_STYLE(take_key_place, plot_key_parse)
TAKE_STYLE(take_font, plot_font_parse)

static bool take_by_class(void *to, const char *v, struct diag *d)
{
    struct settings *s = to;

    (void)v;
    (void)d;
    s->analysis.by_class = true;
    return true;
}

static bool take_top_groups(void *to, const char *v, struct diag *d)
{
    uint64_t n;
    bool well = number_parse_whole(v, strlen(v), &n) && n >= 1;

    ((struct settings *)to)->analysis.top_groups = well ? (size_t)n : 0;
    return well || diag_fail(d, STATUS_USAGE, "--top-groups takes a number from 1 on, not '%s'", v);
}

#define TAKE_LIST(name, member)                                                                              \
    static bool name(void *to, const char *v, struct diag *d)                                                \
    {                                                                                                        \
        (void)d;                                                                                             \
        for (;; v++) {                                                                                       \
            size_t n = strcspn(v, ",");                                                                      \
            list_add(&((struct settings *)to)->member, mem_copy(v, n));                                      \
            v += n;                                                                                          \
            if (!*v) return true;                                                                            \
        }                                                                                                    \
    }
TAKE_LIST(take_positive, input.positive)
TAKE_LIST(take_negative, input.negative)
TAKE_LIST(take_ignore, input.ignore)

static bool take_delimiter(void *to, const char *v, struct diag *d)
{
    struct settings *s = to;

    s->input.delimiter = strcmp(v, "\\t") == 0 || strcmp(v, "tab") == 0 ? '\t' : *v;
    if ((strlen(v) == 1 && *v != '"' && *v != '\n') || s->input.delimiter == '\t') return true;
    return diag_fail(d, STATUS_USAGE, "--delimiter takes one character (or tab), not '%s'", v);
}

static bool take_comment(void *to, const char *v, struct diag *d)
{
    ((struct settings *)to)->input.comment = *v;
    return strlen(v) == 1 || diag_fail(d, STATUS_USAGE, "--comment takes one character, not '%s'", v);
}

static bool take_decimal(void *to, const char *v, struct diag *d)
{
    ((struct settings *)to)->input.decimal = *v;
    return strcmp(v, ",") == 0 || strcmp(v, ".") == 0 ||
           diag_fail(d, STATUS_USAGE, "--decimal takes . or , and not '%s'", v);
}

static bool take_clip(void *to, const char *v, struct diag *d)
{
    struct settings *s = to;

    if (!number(v, strlen(v), "clip", 0, 0.5, &s->input.clip, d)) return false;
    return s->input.clip == 0 || s->input.clip >= 0x1p-1022 ||
           diag_fail(d, STATUS_USAGE, "--clip: %s is too small; use 0", v);
}

static bool take_threads(void *to, const char *v, struct diag *d)
{
    uint64_t n;
    bool well = number_parse_whole(v, strlen(v), &n) && n >= 1 && n <= 1024;

    ((struct settings *)to)->input.threads = ((struct settings *)to)->analysis.threads =
        well ? (unsigned)n : 0;
    return well || diag_fail(d, STATUS_USAGE, "--threads takes a number from 1 to 1024, not '%s'", v);
}

static bool choose(const char *v, const char *option, const char *const *choice, int *out, struct diag *d)
{
    char all[128] = "";

    for (int i = 0; choice[i]; i++) {
        if (strcmp(choice[i], v) == 0) {
            *out = i;
            return true;
        }
        if (strlen(all) < 100) strcat(strcat(all, i ? ", " : ""), choice[i]);
    }
    return diag_fail(d, STATUS_USAGE, "--%s: '%s' is none of %s", option, v, all);
}

static bool take_format(void *to, const char *v, struct diag *d)
{
    static const char *const name[] = {"text", "csv", "tsv", "json", "jsonl", "markdown", NULL};
    int i = 0;
    bool well = choose(v, "format", name, &i, d);

    ((struct settings *)to)->format_told = true;
    ((struct settings *)to)->format = (enum report_format)i;
    return well;
}

static bool take_task(void *to, const char *v, struct diag *d)
{
    static const char *const name[] = {"auto", "binary", "softmax", "sigmoid", "multilabel", NULL};
    int i = 0;
    bool well = choose(v, "task", name, &i, d);

    ((struct settings *)to)->input.task = (enum task)i;
    return well;
}

static bool take_bad_rows(void *to, const char *v, struct diag *d)
{
    static const char *const name[] = {"fail", "skip", NULL};
    int i = 0;
    bool well = choose(v, "bad-rows", name, &i, d);

    ((struct settings *)to)->input.skip_bad = i == 1;
    return well;
}

const struct option_row options_input[] = {
    {"prob", 'p', "COLS", "columns of probabilities: names, numbers from 1, a range, a pattern", take_prob},
    {"logit", 'z', "COLS", "columns of logits", take_logit},
    {"label", 'y', "COLS", "columns of labels", take_label},
    {"labels", 0, "FILE", "the labels stand in this file (.npy, or text): one for each row, or by --key",
     take_labels},
    {"key", 0, "COL", "join predictions and --labels by this column", take_key},
    {"weight", 'w', "COL", "column of sample weights", take_weight},
    {"by", 'b', "COL", "a result for each value of this column", take_by},
    {"by-file", 0, NULL, "a result for each file", take_by_file},
    {"positive", 0, "VALUES", "labels that are positive; all others are negative", take_positive},
    {"negative", 0, "VALUES", "labels that are negative", take_negative},
    {"ignore", 0, "VALUES", "labels whose rows are left out", take_ignore},
    {"background", 0, "VALUE", "several classes: the label with no positive class", take_background},
    {"task", 0, "TASK", "binary, softmax, sigmoid or multilabel (default: by the columns)", take_task},
    {"clip", 0, "EPS", "raise p_t to EPS (default 2^-52 for probabilities, 0 for logits)", take_clip},
    {"renormalize", 0, NULL, "divide softmax probabilities by their sum", take_renormalize},
    {"check-rows", 0, NULL, "check every row's sum, not only a sample", take_check_rows},
    {"bad-rows", 0, "fail|skip", "stop at a bad row (default), or count it", take_bad_rows},
    {"delimiter", 'd', "C", "between fields (default: found)", take_delimiter},
    {"comment", 0, "C", "skip lines that begin with C", take_comment},
    {"decimal", 0, "C", "decimal point, . or ,", take_decimal},
    {"header", 0, NULL, "the first row is a header", take_header},
    {"no-header", 0, NULL, "there is no header", take_no_header},
    {"threads", 'j', "N", "threads that read (default: all the cores it may use)", take_threads},
    {0},
};

const struct option_row options_analysis[] = {
    {"loss", 'l', "LIST", "losses (default ce,balanced-ce,focal,balanced-focal)", take_loss},
    {"gamma", 'g', "LIST", "numbers and ranges A:B:STEP (default 0,0.5,1,2,5)", take_gamma},
    {"alpha", 'a', "LIST", "numbers, inverse, effective:B, balance, NAME=W,... (default 0.25)", take_alpha},
    {"beta", 0, "LIST", "the shift of focal-star (default 0)", take_beta},
    {"easy", 'e', "LIST", "thresholds of p_t from which an example is easy (default 0.5)", take_easy},
    {0},
};

const struct option_row options_report[] = {
    {"by-class", 0, NULL, "several classes: a result for each, too", take_by_class},
    {"top-groups", 0, "N", "only the N groups with the largest share of the loss", take_top_groups},
    {"dry-run", 0, NULL, "say how the input is understood, and read no further", take_dry_run},
    {0},
};

const struct option_row options_output[] = {
    {"format", 'f', "FORMAT", "text, csv, tsv, json, jsonl or markdown", take_format},
    {"output", 'o', "FILE", "write to FILE, whole or not at all", take_output},
    {"quiet", 'q', NULL, "no notes on standard error", take_quiet},
    {"progress", 0, NULL, "how far it has come on standard error, even where that is no terminal",
     take_progress},
    {0},
};

const struct option_row options_plot[] = {
    {"output", 'o', "FILE", "NAME.png, svg, pdf, eps, tex, html, txt; gp: the script", take_output},
    {"terminal", 't', "TERMINAL", "a terminal of gnuplot, with its options; dumb draws right here",
     take_terminal},
    {"data", 0, NULL, "the figure's numbers, as CSV or in the --format", take_data},
    {"format", 'f', "FORMAT", "of --data: csv, tsv, json, jsonl, text or markdown", take_format},
    {"title", 0, "TEXT", "a title above the figure", take_title},
    {"no-title", 0, NULL, "no title, also where the figure has one of its own", take_no_title},
    {"size", 0, "WxH", "1600x1200 pixels, 80x24 characters, or 8cm,6cm", take_size},
    {"font", 0, "FONT", "FAMILY, FAMILY,SIZE or ,SIZE", take_font},
    {"key", 0, "PLACE", "where the key stands: \"top left\", below, off, ...", take_key_place},
    {"style", 0, "STYLE", "paper (default), talk, dark or print (greys)", take_theme},
    {"xlog", 0, NULL, "a logarithmic x axis", take_xlog},
    {"ylog", 0, NULL, "a logarithmic y axis", take_ylog},
    {"color", 0, NULL, "colours in text pictures", take_colour},
    {"gradient", 0, NULL, "share: of the gradient, too", take_gradient},
    {"result", 0, "NAME", "heatmap: a column of the report (default easy_neg)", take_result},
    {"quiet", 'q', NULL, "no notes on standard error", take_quiet},
    {"progress", 0, NULL, "how far it has come on standard error, even where that is no terminal",
     take_progress},
    {0},
};

const struct option_row options_page[] = {
    {"output", 'o', "FILE", "the page (default: standard output)", take_output},
    {"title", 0, "TEXT", "the page's title", take_title},
    {"by-class", 0, NULL, "several classes: a result for each, too", take_by_class},
    {"top-groups", 0, "N", "only the N groups with the largest share of the loss", take_top_groups},
    {"quiet", 'q', NULL, "no notes on standard error", take_quiet},
    {"progress", 0, NULL, "how far it has come on standard error, even where that is no terminal",
     take_progress},
    {0},
};

bool settings_complete(struct settings *s, struct diag *d)
{
    struct analysis *a = &s->analysis;

    struct plot_asked asked = s->asked;

    if (!a->losses) take_loss(s, "ce,balanced-ce,focal,balanced-focal", d);
    if (!a->gammas) numbers("0,0.5,1,2,5", "gamma", 0, INFINITY, &a->gamma, &a->gammas, d);
    if (!a->alphas) take_alpha(s, "0.25", d);
    if (!a->betas) take_beta(s, "0", d);
    if (!a->easies) take_easy(s, "0.5", d);
    s->asked = asked;
    if (s->quiet) s->input.progress = 0;
    return analysis_check(a, d);
}

void settings_free(struct settings *s)
{
    struct list *lists[] = {&s->input.positive, &s->input.negative, &s->input.ignore};

    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < lists[i]->count; k++) free((char *)(uintptr_t)lists[i]->item[k]);
        free(lists[i]->item);
    }
    free(s->analysis.gamma);
    free(s->analysis.beta);
    free(s->analysis.easy);
    forget_alphas(&s->analysis);
    free(s->analysis.alpha);
}
