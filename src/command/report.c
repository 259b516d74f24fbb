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
    struct assertions assertions;
};

static const struct option_group groups[] = {
    {"Analysis", options_analysis, offsetof(struct report_options, data)},
    {"Report", options_results, offsetof(struct report_options, data)},
    {"", options_dry_run, offsetof(struct report_options, data.input)},
    {"", options_assert, offsetof(struct report_options, assertions)},
    {"Output", options_output, offsetof(struct report_options, output)},
    {"", options_format_names, offsetof(struct report_options, output)},
    {"", options_messages, offsetof(struct report_options, data)},
    {"Input", options_input, offsetof(struct report_options, data.input)},
    {0}};

static bool coloured(const struct report_options *o)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

    return !o->output.path && isatty(STDOUT_FILENO) && !(none && *none) && term && strcmp(term, "dumb") != 0;
}

/* What is found of each assertion; the first that does not hold makes the status. */
static bool check_assertions(const struct assertions *a, const struct table *t, struct string *said,
                             int *status, struct diag *d)
{
    for (size_t i = 0; i < a->count; i++) {
        bool holds;

        if (!assertion_check(&a->item[i], t, &holds, &said[i], d)) return false;
        if (!holds) *status = STATUS_ASSERT;
    }
    return true;
}

/* The rows of a form that holds nothing else, as they come. */
struct row_writer {
    const struct output_format *form;
    struct output_stream *stream;
    bool begun;
};

static bool write_rows(void *context, const struct table *rows, struct diag *d)
{
    struct row_writer *w = context;
    struct string out = {0};
    bool ok;

    if (!w->begun && w->form->head) w->form->head(rows, &out);
    w->begun = true;
    w->form->rows(rows, &out);
    ok = output_add(w->stream, out.text, out.size, d);
    string_free(&out);
    return ok;
}

static bool stream_results(const struct report_options *o, const struct output_format *form,
                           const struct tally *tally, struct diag *d)
{
    struct row_writer w = {.form = form, .stream = output_open(o->output.path, d)};
    bool ok;

    if (!w.stream) return false;
    ok = report_stream(&o->data.analysis, &tally->facts, tally, write_rows, &w, d);
    return output_close(w.stream, ok, d) && ok;
}

static void make_output(const struct output_format *form, const struct report *r, const struct page *page,
                        struct string *out)
{
    if (form->report)
        form->report(r, page, out);
    else
        form->table(r->table, page, out);
}

static bool write_results(const struct report_options *o, const struct page *page, const struct tally *tally,
                          int *status, struct diag *d)
{
    const struct output_format *form = output_form(&o->output, &output_formats[0]);
    struct table table = {0};
    struct report report = {.analysis = &o->data.analysis, .facts = &tally->facts, .table = &table};
    struct string out = {0}, *said;
    bool ok;

    if (!form->report && !o->assertions.count) return stream_results(o, form, tally, d);
    said = mem_alloc(o->assertions.count, sizeof *said);
    ok = report_build(&o->data.analysis, &tally->facts, tally, &table, d) &&
         check_assertions(&o->assertions, &table, said, status, d);
    report.notes = notes_of(tally, report.note);
    if (ok) {
        make_output(form, &report, page, &out);
        ok = output_write(o->output.path, out.text, out.size, d);
    }
    for (size_t i = 0; i < o->assertions.count; i++) {
        if (ok) diag_say("%s", said[i].text);
        string_free(&said[i]);
    }
    free(said);
    table_free(&table);
    string_free(&out);
    return ok;
}

static bool write_understood(const struct report_options *o, const struct facts *facts, struct diag *d)
{
    const struct output_format *form = output_form(&o->output, &output_formats[0]);
    struct string out = {0};
    bool ok;

    (form->understood ? form : &output_formats[0])->understood(facts, &out);
    ok = output_write(o->output.path, out.text, out.size, d);
    string_free(&out);
    return ok;
}

static bool write_report(const struct report_options *o, const char *command, int *status, struct diag *d)
{
    const struct data_options *data = &o->data;
    struct page page = {{command_width(), coloured(o)}, NULL, command};
    struct cuts cuts = analysis_cuts(&data->analysis);
    struct tally tally = {0};
    bool ok = command_check_output(o->output.path, &data->input, d) &&
              command_tally(&data->input, &cuts, &tally, d);

    if (ok && data->input.dry_run)
        ok = write_understood(o, &tally.facts, d);
    else if (ok)
        ok = write_results(o, &page, &tally, status, d);
    free(cuts.at);
    tally_free(&tally);
    return ok;
}

static bool check(const struct report_options *o, struct diag *d)
{
    const struct input *in = &o->data.input;

    if (o->data.analysis.top_groups && !in->by && !in->by_file)
        return diag_fail(d, STATUS_USAGE, "--top-groups needs groups: --by COL or --by-file");
    if (in->dry_run && o->output.format && !o->output.format->understood)
        return diag_fail(d, STATUS_USAGE, "--dry-run writes text or json, not %s", o->output.format->name);
    if (in->dry_run && o->assertions.count)
        return diag_fail(d, STATUS_USAGE, "--assert needs results: --dry-run has none");
    return data_options_check_used(&o->data, d);
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
            if (check(&o, &d)) write_report(&o, command.text, &status, &d);
        }
        if (d.status) status = diag_exit(&d);
    }
    data_options_free(&o.data);
    assertions_free(&o.assertions);
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
    NULL,
    run};
