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

static bool make_report(const struct report_options *o, const struct page *page, const struct tally *tally,
                        struct string *out, struct diag *d)
{
    struct table table = {0};
    struct report report = {&o->data.analysis, &tally->facts, &table};
    bool ok = report_build(&o->data.analysis, &tally->facts, tally, &table, d);

    if (ok) output_form(&o->output, &output_formats[0])->report(&report, page, out);
    table_free(&table);
    return ok;
}

static bool write_report(const struct report_options *o, const char *command, struct diag *d)
{
    const struct data_options *data = &o->data;
    const struct output_format *form = output_form(&o->output, &output_formats[0]);
    struct page page = {{command_width(), coloured(o)}, NULL, command};
    struct cuts cuts = analysis_cuts(&data->analysis);
    struct tally tally = {0};
    struct string out = {0};
    bool ok = command_check_output(o->output.path, &data->input, d) &&
              command_tally(&data->input, &cuts, &tally, d);

    if (ok && data->input.dry_run)
        (form->understood ? form : &output_formats[0])->understood(&tally.facts, &out);
    else if (ok)
        ok = make_report(o, &page, &tally, &out, d);
    if (ok) ok = output_write(o->output.path, out.text, out.size, d);
    free(cuts.at);
    tally_free(&tally);
    string_free(&out);
    return ok;
}

static bool check(const struct report_options *o, struct diag *d)
{
    const struct input *in = &o->data.input;

    if (o->data.analysis.top_groups && !in->by && !in->by_file)
        return diag_fail(d, STATUS_USAGE, "--top-groups needs groups: --by COL or --by-file");
    if (in->dry_run && o->output.format && !o->output.format->understood)
        return diag_fail(d, STATUS_USAGE, "--dry-run writes text or json, not %s", o->output.format->name);
    return true;
}

static int run(const struct command *self, int argc, char **argv)
{
    struct report_options o = {0};
    struct operands files = {0};
    struct string command = {0};
    int status = STATUS_OK;
    struct diag d = {0};

    data_options_init(&o.data);
    if (command_parse(self, argc, argv, &o, &files, &status)) {
        struct input *in = &o.data.input;

        in->files = files.item;
        in->file_count = files.count;
        if (data_options_complete(&o.data, &d)) {
            in->apart = analysis_apart(&o.data.analysis);
            command_for_all(argc, argv, (const char *[]){o.output.path}, 1, &command);
            if (check(&o, &d)) write_report(&o, command.text, &d);
        }
        if (d.status) status = diag_exit(&d);
    }
    data_options_free(&o.data);
    operands_free(&files);
    string_free(&command);
    return status;
}

const struct command command_report = {
    "report",
    "where the loss comes from: totals, shares, concentration",
    "[report] [options] [FILE...]",
    groups,
    "  losscope preds.csv\n  losscope -z logit --ignore=-1 -g 0:5:0.5 -f csv anchors.csv\n",
    run};
