/* report.c: the report command */
#include "command/report.h"

#include "base/output.h"
#include "report/html.h"
#include "report/metrics.h"
#include "tally/state.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TAKE_FLAG(take_append, struct state_options, append, true)
TAKE_FLAG(take_repeated, struct state_options, repeated, true)

static bool take_state(void *to, const char *value, struct diag *d)
{
    struct state_options *s = to;

    (void)d;
    s->path = value;
    return true;
}

static bool take_state_only(void *to, const char *value, struct diag *d)
{
    ((struct state_options *)to)->only = true;
    return take_state(to, value, d);
}

const struct option_row options_state[] = {
    {"state", 0, "FILE", "keep what was read as a state, for merge, plot and html", take_state},
    {"state-only", 0, "FILE", "the same, and make no report; - is standard output", take_state_only},
    {0},
};

static const struct option_row options_append[] = {
    {"append", 0, NULL, "add it to what the state holds already, and report the whole", take_append},
    {"allow-repeated", 0, NULL, "data that the state holds already are no error", take_repeated},
    {0},
};

static bool state_options_check(const struct state_options *s, const char *output, struct diag *d)
{
    bool to_stdout = s->path && strcmp(s->path, "-") == 0;

    if (s->append && (!s->path || to_stdout))
        return diag_fail(d, STATUS_USAGE, "--append needs the name of a state: --state FILE --append");
    if (s->repeated && !s->append) return diag_fail(d, STATUS_USAGE, "--allow-repeated is for --append");
    if (to_stdout && !s->only)
        return diag_fail(d, STATUS_USAGE,
                         "the report goes to standard output: --state-only - writes the state there");
    if (to_stdout && isatty(STDOUT_FILENO))
        return diag_fail(d, STATUS_USAGE, "a state is not for a terminal: --state-only FILE");
    if (s->only && output)
        return diag_fail(d, STATUS_USAGE,
                         "--state-only makes no report: --output is for one (or --state FILE)");
    return true;
}

/* Measures take nothing from the losses' lists; a state beside them keeps the thresholds. */
static bool metrics_check(const struct report_options *o, struct diag *d)
{
    const struct plot_asked *given = &o->data.given;
    const struct {
        bool given;
        const char *name;
    } ignored[] = {{given->loss, "loss"},
                   {given->gamma, "gamma"},
                   {given->alpha, "alpha"},
                   {given->beta, "beta"},
                   {given->easy && !o->state.path, "easy"},
                   {o->data.analysis.top_groups, "top-groups"},
                   {o->data.input.cluster, "cluster"},
                   {o->data.analysis.ci > 0, "ci"},
                   {o->assertions.count, "assert"}};

    for (size_t i = 0; o->data.analysis.metrics && i < sizeof ignored / sizeof *ignored; i++)
        if (ignored[i].given)
            return diag_fail(d, STATUS_USAGE, "--%s does not go with --metrics, which reports no losses",
                             ignored[i].name);
    return true;
}

bool report_options_check(const struct report_options *o, struct diag *d)
{
    return metrics_check(o, d) && data_options_check_used(&o->data, d) &&
           state_options_check(&o->state, o->output.path, d) &&
           (!o->state.only || !o->assertions.count ||
            diag_fail(d, STATUS_USAGE, "--assert needs results: --state-only has none"));
}

static const struct option_group groups[] = {
    {"Analysis", options_analysis, offsetof(struct report_options, data)},
    {"Report", options_results, offsetof(struct report_options, data)},
    {"", options_intervals, offsetof(struct report_options, data)},
    {"", options_cluster, offsetof(struct report_options, data)},
    {"", options_metrics, offsetof(struct report_options, data)},
    {"", options_dry_run, offsetof(struct report_options, data.input)},
    {"", options_assert, offsetof(struct report_options, assertions)},
    {"Output", options_output, offsetof(struct report_options, output)},
    {"", options_format_names, offsetof(struct report_options, output)},
    {"", options_state, offsetof(struct report_options, state)},
    {"", options_append, offsetof(struct report_options, state)},
    {"", options_messages, offsetof(struct report_options, data)},
    {"Input", options_scores, offsetof(struct report_options, data.input)},
    {"", options_input, offsetof(struct report_options, data.input)},
    {"", options_threads, offsetof(struct report_options, data.input)},
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

/* From this many groups on, their rows are written as they come. */
enum { MANY_GROUPS = 1000 };

/* The rows of a report as they come. */
struct row_writer {
    const struct output_format *form;
    struct pieces pieces;
    struct output_stream *stream;
    bool begun;
};

static bool look_at_rows(void *context, const struct table *rows, struct diag *d)
{
    struct row_writer *w = context;

    (void)d;
    w->form->pieces->look(&w->pieces, rows);
    return true;
}

static void add_rows(struct row_writer *w, const struct table *rows, struct string *out)
{
    const struct pieces_form *p = w->form->pieces;

    if (!w->begun && p)
        p->begin(&w->pieces, out);
    else if (!w->begun && w->form->head)
        w->form->head(rows, out);
    w->begun = true;
    if (p)
        p->rows(&w->pieces, rows, out);
    else
        w->form->rows(rows, out);
}

static bool write_rows(void *context, const struct table *rows, struct diag *d)
{
    struct row_writer *w = context;
    struct string out = {0};
    bool ok;

    add_rows(w, rows, &out);
    ok = output_add(w->stream, out.text, out.size, d);
    string_free(&out);
    return ok;
}

/* Rows twice where a form has to know all of them before the first is written. */
static bool stream_results(const struct report_options *o, struct row_writer *w, struct tally *tally,
                           struct diag *d)
{
    const struct analysis *a = &o->data.analysis;
    const struct pieces_form *p = w->form->pieces;
    struct string end = {0};
    bool ok;

    if (p && p->look && !report_stream(a, tally, false, look_at_rows, w, d)) return false;
    w->stream = output_open(o->output.path, d);
    if (!w->stream) return false;
    ok = report_stream(a, tally, true, write_rows, w, d);
    if (ok && p) {
        p->end(&w->pieces, &end);
        ok = output_add(w->stream, end.text, end.size, d);
    }
    string_free(&end);
    return output_close(w->stream, ok, d) && ok;
}

static void make_output(struct row_writer *w, const struct report *r, struct string *out)
{
    if (w->form->report) {
        w->form->report(r, w->pieces.page, out);
        return;
    }
    if (!w->form->pieces) {
        w->form->table(r->table, w->pieces.page, out);
        return;
    }
    if (w->form->pieces->look) w->form->pieces->look(&w->pieces, r->table);
    add_rows(w, r->table, out);
    w->form->pieces->end(&w->pieces, out);
}

/* Not of measures, nor where assertions want all of them, nor where only a few are left. */
static bool comes_as_rows(const struct report_options *o, const struct output_format *form,
                          const struct facts *facts)
{
    if (form->report || o->assertions.count || o->data.analysis.metrics) return false;
    return form->pieces ? facts->group_count >= MANY_GROUPS && !o->data.analysis.top_groups
                        : form->rows != NULL;
}

static bool build_table(const struct analysis *a, struct tally *tally, struct table *out, struct diag *d)
{
    return a->metrics ? metrics_build(a, tally, out, d) : report_build_last(a, tally, out, d);
}

static bool write_results(const struct report_options *o, const struct page *page, struct tally *tally,
                          int *status, struct diag *d)
{
    struct table table = {0};
    struct report report = {.analysis = &o->data.analysis, .facts = &tally->facts, .table = &table};
    struct analysis shown = o->data.analysis;
    struct row_writer w = {.form = output_form(&o->output, &output_formats[0]), .pieces = {&report, page}};
    struct string out = {0}, *said;
    bool ok;

    if (w.form->pieces || w.form->report) report.notes = notes_of(tally, report.note);
    if (comes_as_rows(o, w.form, &tally->facts)) {
        ok = stream_results(o, &w, tally, d);
        pieces_free(&w.pieces);
        return ok;
    }
    if (w.form->report && !o->assertions.count) shown = page_analysis(&shown, &tally->facts);
    if (shown.metrics && tally->facts.task == TASK_SOFTMAX && !tally->facts.predictions && !o->data.quiet)
        diag_say(
            "of these states there are log_loss and prevalence alone: made with report --metrics --state, "
            "they keep the classes' predictions too");
    said = mem_alloc(o->assertions.count, sizeof *said);
    ok = build_table(&shown, tally, &table, d) && check_assertions(&o->assertions, &table, said, status, d);
    if (ok) {
        make_output(&w, &report, &out);
        ok = output_write(o->output.path, out.text, out.size, d);
    }
    for (size_t i = 0; i < o->assertions.count; i++) {
        if (ok) diag_say("%s", said[i].text);
        string_free(&said[i]);
    }
    free(said);
    table_free(&table);
    pieces_free(&w.pieces);
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

static bool write_state(const struct state_options *s, const struct tally *tally, struct diag *d)
{
    struct string state = {0};
    bool ok;

    state_write(tally, &state);
    if (strcmp(s->path, "-") == 0)
        ok = output_write(NULL, state.text, state.size, d);
    else
        ok = output_write_files(&(struct output_file){s->path, state.text, state.size, true}, 1, d);
    string_free(&state);
    return ok;
}

/* Makes of a tally the sum of it and of the state at that path, where there is one. */
static bool add_state(const struct state_options *s, struct tally *tally, struct diag *d)
{
    struct merger m = {.repeated = s->repeated};
    struct diag own = {0};
    uint64_t count = 0;
    bool ok =
        (access(s->path, F_OK) != 0 && errno == ENOENT) || states_add_files(&m, &s->path, 1, 1, &count, d);

    if (ok && count) {
        ok = merger_add(&m, tally, &own) ||
             diag_fail(d, own.status, "cannot add %s to %s: %s",
                       tally->facts.file_count ? tally->facts.files[0] : "-", s->path, own.text);
        if (ok) {
            tally_free(tally);
            merger_finish(&m, tally);
        }
    }
    merger_free(&m);
    return ok;
}

static bool keep_state(const struct state_options *s, struct tally *tally, struct diag *d)
{
    struct output_lock *lock;
    bool ok;

    if (!s->append) return write_state(s, tally, d);
    lock = output_lock(s->path, d);
    ok = lock && add_state(s, tally, d) && write_state(s, tally, d);
    output_unlock(lock);
    return ok;
}

bool report_tally(const struct report_options *o, struct tally *tally, const struct cuts *cuts,
                  const char *command, int *status, struct diag *d)
{
    struct report_options own = *o;
    const struct data_options *data = &own.data;
    struct page page = {{command_width(), coloured(o)}, NULL, command};
    bool ok = (!o->state.path || keep_state(&o->state, tally, d));

    if (!ok || o->state.only) return ok;
    if (cuts)
        ok = command_select(tally, &data->input, cuts, d);
    else
        tally_join(tally);
    command_take_clusters(tally, &own.data.analysis);
    if (ok && data->input.dry_run)
        ok = write_understood(&own, &tally->facts, d);
    else if (ok && data->analysis.top_groups && !tally->facts.grouped)
        ok = diag_fail(d, STATUS_USAGE, "--top-groups needs groups: --by COL or --by-file");
    else if (ok)
        ok = write_results(&own, &page, tally, status, d);
    return ok;
}

/* A state has the cuts of all figures, and classes apart where they are few, so that it serves them all. */
static bool read_and_report(struct report_options *o, const char *command, int *status, struct diag *d)
{
    struct data_options *data = &o->data;
    struct cuts cuts = analysis_cuts(&data->analysis), all = {0};
    struct tally tally = {0};
    bool ok = command_check_output(o->output.path, &data->input, d) &&
              (!o->state.path || command_check_output(o->state.path, &data->input, d));

    if (o->state.path) {
        all = command_all_cuts(&data->analysis);
        data->input.apart_few = true;
        data->input.may_be_empty = o->state.only;
    }
    ok = ok && command_tally(&data->input, o->state.path ? &all : &cuts, &tally, d);
    if (ok && o->state.path) {
        tally.easy = mem_alloc(data->analysis.easy_count, sizeof *tally.easy);
        memcpy(tally.easy, data->analysis.easy, data->analysis.easy_count * sizeof *tally.easy);
        tally.easy_count = data->analysis.easy_count;
    }
    if (ok) ok = report_tally(o, &tally, o->state.path ? &cuts : NULL, command, status, d);
    free(cuts.at);
    free(all.at);
    tally_free(&tally);
    return ok;
}

static bool check(const struct report_options *o, struct diag *d)
{
    const struct input *in = &o->data.input;

    if (o->data.analysis.top_groups && !in->by && !in->by_file && !command_reads_states(in))
        return diag_fail(d, STATUS_USAGE, "--top-groups needs groups: --by COL or --by-file");
    if (in->dry_run && o->output.format && !o->output.format->understood)
        return diag_fail(d, STATUS_USAGE, "--dry-run writes text or json, not %s", o->output.format->name);
    if (in->dry_run && o->assertions.count)
        return diag_fail(d, STATUS_USAGE, "--assert needs results: --dry-run has none");
    if (o->state.path && in->dry_run)
        return diag_fail(d, STATUS_USAGE, "--dry-run reads no rows, so it has no state to keep");
    if (o->state.path && command_reads_states(in))
        return diag_fail(d, STATUS_USAGE, "%s is a state already: losscope merge --state adds states up",
                         in->files[0]);
    return report_options_check(o, d);
}

static int work(void *settings, struct operands *operands, struct diag *d)
{
    struct report_options *o = settings;
    struct string command = {0};
    int status = STATUS_OK;

    if (!data_options_complete(&o->data, d)) return STATUS_USAGE;
    o->data.input.apart = analysis_apart(&o->data.analysis);
    o->data.input.predictions = o->data.analysis.metrics;
    if (o->state.append && o->state.path)
        command_for_state(operands,
                          (const struct option_row *[]){options_analysis, options_results, options_intervals,
                                                        options_cluster, options_metrics},
                          5, o->state.path, &command);
    else
        command_for_all(operands, (const char *[]){o->output.path}, 1, &command);
    if (check(o, d)) read_and_report(o, command.text, &status, d);
    string_free(&command);
    return status;
}

static int run(const struct command *self, int argc, char **argv)
{
    struct report_options o = {0};
    int status = command_run(self, argc, argv, &o, &o.data, work);

    assertions_free(&o.assertions);
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
