/* input_options.c: the options that say how the input is to be read */
#include "command/options.h"

#include "base/number.h"
#include "base/text.h"
#include "command/values.h"

#include <stdlib.h>
#include <string.h>

TAKE_TEXT(take_prob, struct input, prob)
TAKE_TEXT(take_logit, struct input, logit)
TAKE_TEXT(take_weight, struct input, weight)
TAKE_TEXT(take_by, struct input, by)
TAKE_TEXT(take_labels, struct input, labels_file)
TAKE_TEXT(take_key, struct input, key)
TAKE_TEXT(take_background, struct input, background)
TAKE_TEXT(take_predicted, struct input, predicted)
TAKE_TEXT(take_classes, struct input, classes)
TAKE_FLAG(take_header, struct input, header, 1)
TAKE_FLAG(take_no_header, struct input, header, 0)
TAKE_FLAG(take_by_file, struct input, by_file, true)
TAKE_FLAG(take_renormalize, struct input, renormalize, true)
TAKE_FLAG(take_check_rows, struct input, check_rows, true)

static void list_add(struct list *l, const char *text)
{
    l->item = mem_grow(l->item, &l->room, l->count + 1, sizeof *l->item);
    l->item[l->count++] = text;
}

/* The items of a list are copied: they are parts of one text. */
#define TAKE_LIST(name, member)                                                                              \
    static bool name(void *to, const char *v, struct diag *d)                                                \
    {                                                                                                        \
        (void)d;                                                                                             \
        for (;; v++) {                                                                                       \
            list_add(&((struct input *)to)->member, text_list_item(&v));                                     \
            if (!*v) return true;                                                                            \
        }                                                                                                    \
    }
TAKE_LIST(take_positive, positive)
TAKE_LIST(take_negative, negative)
TAKE_LIST(take_ignore, ignore)

/* A column; a file of labels is what --labels takes. */
static bool take_label(void *to, const char *v, struct diag *d)
{
    size_t n = strlen(v);

    ((struct input *)to)->label = v;
    return n <= 4 || strcmp(v + n - 4, ".npy") != 0 ||
           diag_fail(d, STATUS_USAGE, "--label names a column; labels in a file of their own: --labels %s",
                     v);
}

static bool take_delimiter(void *to, const char *v, struct diag *d)
{
    struct input *in = to;

    in->delimiter = strcmp(v, "\\t") == 0 || strcmp(v, "tab") == 0 ? '\t' : *v;
    if ((strlen(v) == 1 && *v != '"' && *v != '\n') || in->delimiter == '\t') return true;
    return diag_fail(d, STATUS_USAGE, "--delimiter takes one character (or tab), not '%s'", v);
}

static bool take_comment(void *to, const char *v, struct diag *d)
{
    ((struct input *)to)->comment = *v;
    return strlen(v) == 1 || diag_fail(d, STATUS_USAGE, "--comment takes one character, not '%s'", v);
}

static bool take_quote(void *to, const char *v, struct diag *d)
{
    struct input *in = to;

    in->quote = strcmp(v, "none") == 0 ? -1 : (unsigned char)*v;
    if (in->quote < 0 || (strlen(v) == 1 && *v != '\n')) return true;
    return diag_fail(d, STATUS_USAGE, "--quote takes one character, or none, not '%s'", v);
}

static bool take_skip(void *to, const char *v, struct diag *d)
{
    return values_whole(v, "skip", 0, UINT64_MAX, &((struct input *)to)->skip, d);
}

static bool take_decimal(void *to, const char *v, struct diag *d)
{
    ((struct input *)to)->decimal = *v;
    return strcmp(v, ",") == 0 || strcmp(v, ".") == 0 ||
           diag_fail(d, STATUS_USAGE, "--decimal takes . or , and not '%s'", v);
}

static bool take_clip(void *to, const char *v, struct diag *d)
{
    struct input *in = to;

    if (!values_number(v, strlen(v), "clip", 0, 0.5, &in->clip, d)) return false;
    return in->clip == 0 || in->clip >= 0x1p-1022 ||
           diag_fail(d, STATUS_USAGE, "--clip: %s is too small; use 0", v);
}

static bool take_threads(void *to, const char *v, struct diag *d)
{
    uint64_t n = 0;
    bool ok = values_whole(v, "threads", 1, 1024, &n, d);

    ((struct input *)to)->threads = (unsigned)n;
    return ok;
}

static bool take_label_base(void *to, const char *v, struct diag *d)
{
    uint64_t n = 0;
    bool ok = values_whole(v, "label-base", 0, 1000000, &n, d);

    ((struct input *)to)->label_base = (int)n;
    return ok;
}

static bool take_shard(void *to, const char *v, struct diag *d)
{
    struct input *in = to;
    const char *slash = strchr(v, '/');
    uint64_t i, n;

    if (!slash || !number_parse_whole(v, (size_t)(slash - v), &i) ||
        !number_parse_whole(slash + 1, strlen(slash + 1), &n) || i < 1 || i > n || n > UINT32_MAX)
        return diag_fail(d, STATUS_USAGE, "--shard takes I/N, I from 1 to N, not '%s'", v);
    in->shard = (uint32_t)i;
    in->shards = (uint32_t)n;
    return true;
}

static bool take_task(void *to, const char *v, struct diag *d)
{
    int i = 0;
    bool ok = values_choice(v, "task", task_names, &i, d);

    ((struct input *)to)->task = (enum task)i;
    return ok;
}

static bool take_bad_rows(void *to, const char *v, struct diag *d)
{
    static const char *const name[] = {"fail", "skip", NULL};
    int i = 0;
    bool ok = values_choice(v, "bad-rows", name, &i, d);

    ((struct input *)to)->skip_bad = i == 1;
    return ok;
}

const struct option_row options_scores[] = {
    {"prob", 'p', "COLS", "columns of probabilities: names, numbers from 1, a range, a pattern", take_prob},
    {"logit", 'z', "COLS", "columns of logits", take_logit},
    {0},
};

const struct option_row options_input[] = {
    {"label", 'y', "COLS", "columns of labels", take_label},
    {"labels", 0, "FILE", "the labels stand in this file (.npy, or text): one for each row, or by --key",
     take_labels},
    {"key", 0, "COLS", "join predictions and --labels by this column (of each: COL,COL2)", take_key},
    {"weight", 'w', "COL", "column of sample weights", take_weight},
    {"by", 'b', "COL", "a result for each value of this column", take_by},
    {"by-file", 0, NULL, "a result for each file", take_by_file},
    {"positive", 0, "VALUES", "labels that are positive; all others are negative", take_positive},
    {"negative", 0, "VALUES", "labels that are negative", take_negative},
    {"ignore", 0, "VALUES", "labels whose rows are left out", take_ignore},
    {"background", 0, "VALUE", "several classes: the label with no positive class", take_background},
    {"predicted", 0, "COL", "the score is the confidence in this column's class", take_predicted},
    {"classes", 0, "LIST", "the classes of the columns of scores, in order", take_classes},
    {"label-base", 0, "N", "several classes: the number of the first (default 0)", take_label_base},
    {"task", 0, "TASK", "binary, softmax, sigmoid or multilabel (default: by the columns)", take_task},
    {"clip", 0, "EPS", "raise p_t to EPS (default 2^-52 for probabilities, 0 for logits)", take_clip},
    {"renormalize", 0, NULL, "divide softmax probabilities by their sum", take_renormalize},
    {"check-rows", 0, NULL, "check every row's sum, not only a sample", take_check_rows},
    {"bad-rows", 0, "fail|skip", "stop at a bad row (default), or count it", take_bad_rows},
    {"delimiter", 'd', "C", "between fields (default: found)", take_delimiter},
    {"quote", 0, "C|none", "what quotes a field (default \"; in tab-separated text it holds no newline)",
     take_quote},
    {"comment", 0, "C", "skip lines that begin with C", take_comment},
    {"skip", 0, "N", "skip the first N lines of each file", take_skip},
    {"decimal", 0, "C", "decimal point, . or ,", take_decimal},
    {"header", 0, NULL, "the first row is a header", take_header},
    {"no-header", 0, NULL, "there is no header", take_no_header},
    {"shard", 0, "I/N", "only the I-th of N parts of one plain file", take_shard},
    {0},
};

const struct option_row options_threads[] = {
    {"threads", 'j', "N", "threads that read (default: all the cores it may use)", take_threads},
    {0},
};

static void list_free(struct list *l)
{
    for (size_t i = 0; i < l->count; i++) free((char *)(uintptr_t)l->item[i]);
    free(l->item);
    *l = (struct list){0};
}

void input_options_free(struct input *input)
{
    list_free(&input->positive);
    list_free(&input->negative);
    list_free(&input->ignore);
}
