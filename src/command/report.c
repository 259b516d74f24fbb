/* report.c: the report command */
#include "command/command.h"

#include "base/output.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct report_options {
    struct data_options data;
    struct output_options output;
};

static const struct option_group groups[] = {
    {"Input", options_input, offsetof(struct report_options, data.input)},
    {"Analysis", options_analysis, offsetof(struct report_options, data)},
    {"Report", options_results, offsetof(struct report_options, data)},
    {"", options_dry_run, offsetof(struct report_options, data.input)},
    {"Output", options_output, offsetof(struct report_options, output)},
    {"", options_messages, offsetof(struct report_options, data)},
    {0}};

static bool coloured(const struct report_options *o)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

    return !o->output.path && isatty(STDOUT_FILENO) && !(none && *none) && term && strcmp(term, "dumb") != 0;
}

static bool write_report(const struct report_options *o, struct diag *d)
{
    const struct data_options *data = &o->data;
    struct report_style style = {o->output.format, command_width(), coloured(o)};
    struct cuts cuts = analysis_cuts(&data->analysis);
    struct tally tally = {0};
    const struct facts *facts = &tally.facts;
    struct table table = {0};
    struct string out = {0};
    bool ok = command_check_output(o->output.path, &data->input, d) &&
              command_tally(&data->input, &cuts, &tally, d);

    if (ok && data->input.dry_run) {
        report_understood(o->output.format, facts, &out);
    } else if (ok) {
        ok = report_build(&data->analysis, facts, &tally, &table, d);
        if (ok) report_write(&style, &data->analysis, facts, &table, &out);
    }
    if (ok) ok = output_write(o->output.path, out.text, out.size, d);
    free(cuts.at);
    table_free(&table);
    tally_free(&tally);
    string_free(&out);
    return ok;
}

static int run(const struct command *self, int argc, char **argv)
{
    struct report_options o = {0};
    struct operands files = {0};
    int status = STATUS_OK;
    struct diag d = {0};

    data_options_init(&o.data);
    if (command_parse(self, argc, argv, &o, &files, &status)) {
        struct input *in = &o.data.input;

        in->files = files.item;
        in->file_count = files.count;
        if (data_options_complete(&o.data, &d)) {
            in->apart = analysis_apart(&o.data.analysis);
            if (o.data.analysis.top_groups && !in->by && !in->by_file)
                diag_fail(&d, STATUS_USAGE, "--top-groups needs groups: --by COL or --by-file");
            else
                write_report(&o, &d);
        }
        if (d.status) status = diag_exit(&d);
    }
    data_options_free(&o.data);
    operands_free(&files);
    return status;
}

const struct command command_report = {
    "report",
    "where the loss comes from: totals, shares, concentration",
    "[report] [options] [FILE...]",
    groups,
    "  losscope preds.csv\n  losscope -z logit --ignore=-1 -g 0:5:0.5 -f csv anchors.csv\n",
    run};
