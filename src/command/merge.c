/* merge.c: the merge command: states added up, and reported as the data would be that they were made from */
#include "command/report.h"

#include "command/values.h"
#include "tally/state.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct merge_options {
    struct report_options report;
    const char *from; /* a file of names */
    uint64_t expect;  /* 0: any number */
    bool repeated;
};

TAKE_TEXT(take_from, struct merge_options, from)
TAKE_FLAG(take_repeated, struct merge_options, repeated, true)

static bool take_expect(void *to, const char *v, struct diag *d)
{
    return values_whole(v, "expect", 1, UINT64_MAX, &((struct merge_options *)to)->expect, d);
}

static const struct option_row options_merge[] = {
    {"from", 0, "LIST", "a file that names the states, one a line; - is standard input", take_from},
    {"expect", 0, "N", "fail unless they hold the data of N shards", take_expect},
    {"allow-repeated", 0, NULL, "shards with the same data are no error", take_repeated},
    {0},
};

static const struct option_group groups[] = {
    {"States", options_merge, 0},
    {"", options_threads, offsetof(struct merge_options, report.data.input)},
    {"Analysis", options_analysis, offsetof(struct merge_options, report.data)},
    {"Report", options_results, offsetof(struct merge_options, report.data)},
    {"", options_intervals, offsetof(struct merge_options, report.data)},
    {"", options_cluster, offsetof(struct merge_options, report.data)},
    {"", options_metrics, offsetof(struct merge_options, report.data)},
    {"", options_assert, offsetof(struct merge_options, report.assertions)},
    {"Output", options_output, offsetof(struct merge_options, report.output)},
    {"", options_format_names, offsetof(struct merge_options, report.output)},
    {"", options_state, offsetof(struct merge_options, report.state)},
    {"", options_messages, offsetof(struct merge_options, report.data)},
    {0}};

/* Appends the names of a list to the operands; the last of them ends `text`. */
static bool read_list(const char *path, struct operands *o, struct string *text, struct diag *d)
{
    bool stdin_too = strcmp(path, "-") == 0;
    FILE *f = stdin_too ? stdin : fopen(path, "re");
    char piece[1 << 14];
    size_t n, names = 0, kept = 0;

    if (!f) return diag_errno(d, errno, "cannot read %s", path);
    while ((n = fread(piece, 1, sizeof piece, f)) > 0) string_add(text, piece, n);
    if (ferror(f)) diag_errno(d, errno, "cannot read %s", path);
    if (!stdin_too) fclose(f);
    if (d->status || !text->size) return !d->status;
    for (size_t i = 0; i < text->size; i++) names += text->text[i] == '\n';
    o->item = mem_resize(o->item, o->count + names + 1, sizeof *o->item);
    for (char *line = text->text; line < text->text + text->size; line += n + 1) {
        n = strcspn(line, "\n");
        line[n] = 0;
        if (n) o->item[o->count + kept++] = line;
    }
    o->count += kept;
    return true;
}

/* Names the shards I/N that are not there, for the first file of which one is missing. */
static bool check_whole(const struct tally *t, uint64_t expect, struct diag *d)
{
    struct string missing = {0};

    if (!expect || t->shard_count == expect) return true;
    for (size_t i = 0; i < t->shard_count && t->shard[0].of; i++) {
        uint32_t before = i ? t->shard[i - 1].index : 0, to = t->shard[i].index;

        for (uint32_t k = before + 1; k < to && missing.size < 100; k++)
            string_printf(&missing, "%s%u/%u", missing.size ? ", " : "; not there: ", k, t->shard[0].of);
        if (i + 1 == t->shard_count)
            for (uint32_t k = to + 1; k <= t->shard[0].of && missing.size < 100; k++)
                string_printf(&missing, "%s%u/%u", missing.size ? ", " : "; not there: ", k, t->shard[0].of);
    }
    diag_fail(d, STATUS_DATA, "the states hold %zu shard%s, not %llu%s", t->shard_count,
              t->shard_count == 1 ? "" : "s", (unsigned long long)expect, missing.size ? missing.text : "");
    string_free(&missing);
    return false;
}

static bool add_all(const struct merge_options *o, struct tally *out, struct diag *d)
{
    const struct input *in = &o->report.data.input;
    struct merger m = {.repeated = o->repeated};
    uint64_t count = 0;
    bool ok = states_add_files(&m, in->files, in->file_count, in->threads, &count, d);

    if (ok) merger_finish(&m, out);
    merger_free(&m);
    return ok && check_whole(out, o->expect, d);
}

static bool merge(const struct merge_options *o, const char *command, int *status, struct diag *d)
{
    const struct report_options *r = &o->report;
    struct cuts cuts = analysis_cuts(&r->data.analysis);
    struct tally tally = {0};
    bool ok = command_check_output(r->output.path, &r->data.input, d) &&
              (!r->state.path || command_check_output(r->state.path, &r->data.input, d)) &&
              add_all(o, &tally, d);

    if (ok && !r->state.only && tally.facts.counts.examples) command_say_notes(&r->data.input, &tally);
    ok = ok && report_tally(r, &tally, &cuts, command, status, d);
    free(cuts.at);
    tally_free(&tally);
    return ok;
}

static int work(void *settings, struct operands *states, struct diag *d)
{
    static const char *const standard[] = {"-"};
    struct merge_options *o = settings;
    struct input *in = &o->report.data.input;
    struct string names = {0}, command = {0};
    int status = STATUS_OK;

    if (data_options_complete(&o->report.data, d) && report_options_check(&o->report, d) &&
        (!o->from || read_list(o->from, states, &names, d))) {
        in->files = states->count || o->from ? states->item : standard;
        in->file_count = states->count || o->from ? states->count : 1;
        in->apart = analysis_apart(&o->report.data.analysis);
        command_for_all(states, (const char *[]){o->report.output.path}, 1, &command);
        if (!in->file_count)
            diag_fail(d, STATUS_DATA, "%s names no states", o->from);
        else if (in->files == standard && isatty(STDIN_FILENO))
            diag_fail(d, STATUS_USAGE, "merge needs the names of states, or states on standard input");
        else
            merge(o, command.text, &status, d);
    }
    string_free(&names);
    string_free(&command);
    return status;
}

static int run(const struct command *self, int argc, char **argv)
{
    struct merge_options o = {0};
    int status = command_run(self, argc, argv, &o, &o.report.data, work);

    assertions_free(&o.report.assertions);
    return status;
}

const struct command command_merge = {
    "merge",
    "the report of all data whose states are named",
    "merge [options] STATE...",
    groups,
    "  losscope report --state-only part1.state part1.csv\n  losscope merge part*.state\n",
    NULL,
    run};
