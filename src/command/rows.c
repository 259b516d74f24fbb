/* rows.c: the rows command: one line for each example, or the hardest of them */
#include "command/command.h"

#include "command/row_losses.h"
#include "command/values.h"
#include "rows/rows.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct rows_options {
    struct data_options data;
    struct output_options output;
    struct rows_request request;
};

TAKE_TEXT(take_keep, struct rows_options, data.input.keep)
TAKE_TEXT(take_where, struct rows_options, request.where)
TAKE_TEXT(take_rank_by, struct rows_options, request.rank_by)
TAKE_FLAG(take_all, struct rows_options, request.all, true)
TAKE_FLAG(take_where_from, struct rows_options, request.where_from, true)
TAKE_FLAG(take_positives, struct rows_options, request.sides, ROWS_OF_POSITIVES)
TAKE_FLAG(take_negatives, struct rows_options, request.sides, ROWS_OF_NEGATIVES)

static bool take_hardest(void *to, const char *value, struct diag *d)
{
    struct rows_request *q = &((struct rows_options *)to)->request;

    if (q->most && q->easiest)
        return diag_fail(d, STATUS_USAGE, "--hardest and --easiest: only one of them can be asked for");
    return values_whole(value, "hardest", 1, UINT64_MAX, &q->most, d);
}

static bool take_easiest(void *to, const char *value, struct diag *d)
{
    struct rows_request *q = &((struct rows_options *)to)->request;

    if (q->most && !q->easiest)
        return diag_fail(d, STATUS_USAGE, "--hardest and --easiest: only one of them can be asked for");
    q->easiest = true;
    return values_whole(value, "easiest", 1, UINT64_MAX, &q->most, d);
}

static bool take_per_group(void *to, const char *value, struct diag *d)
{
    return values_whole(value, "per-group", 1, UINT64_MAX, &((struct rows_options *)to)->request.per_group,
                        d);
}

static const struct option_row options_rows[] = {
    {"keep", 0, "COLS", "input columns to copy as they stand, in front; '*' all", take_keep},
    {"hardest", 0, "N", "only the N rows of the largest loss, largest first", take_hardest},
    {"easiest", 0, "N", "only the N rows of the smallest loss, smallest first", take_easiest},
    {"per-group", 0, "N", "at most N rows of each group, hardest first", take_per_group},
    {"rank-by", 0, "NAME", "the loss or gradient that ranks them (default: the first loss)", take_rank_by},
    {"positives", 0, NULL, "only positives", take_positives},
    {"negatives", 0, NULL, "only negatives", take_negatives},
    {"where", 0, "COND", "only rows that meet it, as in 'p_t < 0.1 and label == 0'", take_where},
    {"all", 0, NULL, "a line for ignored and bad rows, too, without losses", take_all},
    {"where-from", 0, NULL, "the file and the line of each row", take_where_from},
    {0},
};

static const struct option_group groups[] = {
    {"Rows", options_rows, 0},
    {"Losses", options_losses, offsetof(struct rows_options, data)},
    {"Output", options_output, offsetof(struct rows_options, output)},
    {"", options_messages, offsetof(struct rows_options, data)},
    {"Input", options_scores, offsetof(struct rows_options, data.input)},
    {"", options_input, offsetof(struct rows_options, data.input)},
    {"", options_threads, offsetof(struct rows_options, data.input)},
    {0}};

static bool write_rows(struct rows_options *o, struct diag *d)
{
    const struct output_format *form = output_form(&o->output, &output_formats[0]);
    const struct page page = {.text = {command_width(), false}};
    struct input *in = &o->data.input;
    struct facts facts = {0};
    bool ok;

    if (!form->rows) return diag_fail(d, STATUS_USAGE, "rows are not written as %s", form->name);
    in->apart = APART_CLASSES;
    ok = command_check_input(in, d) && command_check_output(o->output.path, in, d) &&
         rows_check(&o->request, in, d) &&
         rows_write(in, &o->request, form, &page, o->output.path, &facts, d);
    for (size_t i = 0; ok && in->progress != 0 && i < facts.notes; i++) diag_say("%s", facts.note[i]);
    facts_free(&facts);
    return ok;
}

static int work(void *settings, struct operands *operands, struct diag *d)
{
    struct rows_options *o = settings;

    (void)operands;
    if (data_options_complete(&o->data, d) && data_options_check_used(&o->data, d) &&
        row_losses_list(&o->data.analysis, "rows", &o->request.loss, &o->request.losses, d))
        write_rows(o, d);
    row_losses_free(o->request.loss, o->request.losses);
    return STATUS_OK;
}

static int run(const struct command *self, int argc, char **argv)
{
    struct rows_options o = {.data = {.standard_losses = "ce,focal", .standard_gammas = "2"}};

    return command_run(self, argc, argv, &o, &o.data, work);
}

const struct command command_rows = {
    "rows",
    "one line for each example: p_t, loss and gradient; or the hardest",
    "rows [options] [FILE...]",
    groups,
    "  losscope rows -f csv preds.csv\n"
    "  losscope rows --hardest 20 --keep image,anchor --ignore=-1 anchors.csv\n",
    NULL,
    run};
