/* command.c: what commands share: their options, their help, their input, the width of a line */
#include "command/command.h"

#include "base/output.h"
#include "evaluate/gradient_bins.h"
#include "evaluate/metrics.h"
#include "loss/setting.h"
#include "tally/state.h"
#include "tally/workers.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void command_help(const struct command *c, struct string *out)
{
    string_printf(out, "Usage: losscope %s\n%c%s.\n", c->synopsis, c->what[0] - 'a' + 'A', c->what + 1);
    if (*c->example) string_printf(out, "Examples\n%s", c->example);
    if (c->help) c->help(out);
    if (c->groups) option_help(c->groups, out);
}

int command_print(const struct string *text)
{
    struct diag d = {0};

    return output_write(NULL, text->text, text->size, &d) ? STATUS_OK : diag_exit(&d);
}

bool command_parse(const struct command *self, int argc, char **argv, void *settings, struct operands *o,
                   int *status)
{
    struct diag d = {0};
    struct string help = {0};
    bool help_asked;

    o->argc = argc;
    o->argv = argv;
    o->item = mem_alloc((size_t)argc + 1, sizeof *o->item);
    o->given = mem_alloc((size_t)argc + 1, sizeof *o->given);
    if (!option_parse(self->groups, argc, argv, settings, o->item, &o->count, o->given, &o->given_count,
                      &help_asked, &d)) {
        *status = diag_exit(&d);
        return false;
    }
    if (!help_asked) return true;
    command_help(self, &help);
    *status = command_print(&help);
    string_free(&help);
    return false;
}

void operands_free(struct operands *o)
{
    free(o->item);
    free(o->given);
    *o = (struct operands){0};
}

int command_run(const struct command *self, int argc, char **argv, void *settings, struct data_options *data,
                command_work *work)
{
    struct operands o = {0};
    int status = STATUS_OK;
    struct diag d = {0};

    input_defaults(&data->input);
    if (command_parse(self, argc, argv, settings, &o, &status)) {
        data->input.files = o.item;
        data->input.file_count = o.count;
        status = work(settings, &o, &d);
        if (d.status) status = diag_exit(&d);
    }
    data_options_free(data);
    operands_free(&o);
    return status;
}

bool command_print_table(const struct table *t, const struct output_options *o,
                         const struct output_format *standard, struct diag *d)
{
    const struct output_format *form = output_form(o, standard);
    struct page page = {.text = {command_width(), false}};
    struct string out = {0};
    bool ok;

    if (!form->table) return diag_fail(d, STATUS_USAGE, "%s is no form of this table", form->name);
    form->table(t, &page, &out);
    ok = output_write(o->path, out.text, out.size, d);
    string_free(&out);
    return ok;
}

static bool is_stdin(const char *name)
{
    return strcmp(name, "-") == 0;
}

static bool reads_stdin(const struct input *in)
{
    for (size_t i = 0; i < in->file_count; i++)
        if (is_stdin(in->files[i])) return true;
    return in->file_count == 0 || (in->labels_file && is_stdin(in->labels_file));
}

static bool check_input(const char *output, const char *input, struct diag *d)
{
    if (!output_is_input(output, input)) return true;
    if (output)
        return diag_fail(d, STATUS_USAGE, "%s is one of the files to be read: write to another", output);
    return diag_fail(d, STATUS_USAGE,
                     "standard output is one of the files to be read: write to another file");
}

bool command_check_input(const struct input *input, struct diag *d)
{
    return !reads_stdin(input) || !isatty(STDIN_FILENO) ||
           diag_fail(d, STATUS_USAGE,
                     "standard input is a terminal, and no file is named: losscope FILE, or see --help");
}

bool command_check_output(const char *output, const struct input *in, struct diag *d)
{
    for (size_t i = 0; i < in->file_count; i++)
        if (!check_input(output, in->files[i], d)) return false;
    return (in->file_count || check_input(output, NULL, d)) &&
           (!in->labels_file || check_input(output, in->labels_file, d));
}

void command_say_notes(const struct input *input, const struct tally *tally)
{
    const char *note[NOTES_MOST];
    size_t count = input->progress != 0 ? notes_of(tally, note) : 0;

    for (size_t i = 0; i < count; i++)
        if (input->shards) /* the labels that stand behind the semicolon are the file's */
            diag_say("shard %u/%u: %.*s", input->shard, input->shards, (int)strcspn(note[i], ";"), note[i]);
        else
            diag_say("%s", note[i]);
}

bool command_reads_states(const struct input *input)
{
    return input->file_count && state_is_file(input->files[0]);
}

/* The first option that says how data are to be read, where these are states already; NULL: none was
   given. */
static const char *option_of_data(const struct input *in)
{
    const struct {
        const char *name;
        bool given;
    } option[] = {{"prob", in->prob},
                  {"logit", in->logit},
                  {"label", in->label},
                  {"labels", in->labels_file},
                  {"key", in->key},
                  {"weight", in->weight},
                  {"by", in->by},
                  {"predicted", in->predicted},
                  {"positive", in->positive.count},
                  {"negative", in->negative.count},
                  {"ignore", in->ignore.count},
                  {"background", in->background},
                  {"task", in->task != TASK_AUTO},
                  {"clip", in->clip >= 0},
                  {"renormalize", in->renormalize},
                  {"check-rows", in->check_rows},
                  {"bad-rows", in->skip_bad},
                  {"delimiter", in->delimiter},
                  {"comment", in->comment},
                  {"decimal", in->decimal != '.'},
                  {"shard", in->shards},
                  {"classes", in->classes},
                  {"label-base", in->label_base >= 0},
                  {"quote", in->quote},
                  {"skip", in->skip},
                  {"header or --no-header", in->header >= 0}};

    for (size_t i = 0; i < sizeof option / sizeof *option; i++)
        if (option[i].given) return option[i].name;
    return NULL;
}

/* The states of a file as a group of its name; one file alone keeps the groups that it has. */
static bool add_group(const struct input *in, const char *path, struct merger *m, struct diag *d)
{
    struct merger own = {0};
    struct diag said = {0};
    struct tally t;
    uint64_t count = 0;
    bool ok;

    if (!states_add_files(&own, &path, 1, in->threads, &count, d)) {
        merger_free(&own);
        return false;
    }
    merger_finish(&own, &t);
    if (in->file_count > 1 || !t.facts.grouped) tally_name(&t, path);
    ok = merger_add(m, &t, &said) || diag_fail(d, said.status, "%s: %s", path, said.text);
    tally_free(&t);
    return ok;
}

static bool read_states(const struct input *in, struct tally *tally, struct diag *d)
{
    struct merger m = {0};
    const char *option = option_of_data(in);
    uint64_t count = 0;
    bool ok =
        !option || diag_fail(d, STATUS_USAGE, "--%s is for data: %s is a state, made with its own options",
                             option, in->files[0]);

    if (!in->by_file) ok = ok && states_add_files(&m, in->files, in->file_count, in->threads, &count, d);
    for (size_t i = 0; ok && in->by_file && i < in->file_count; i++) ok = add_group(in, in->files[i], &m, d);
    if (ok) merger_finish(&m, tally);
    merger_free(&m);
    return ok;
}

static bool read_data(const struct input *in, const struct cuts *cuts, struct tally *tally, struct diag *d)
{
    struct accumulator *a = accumulator_open(cuts, d);
    bool ok = a && input_read(in, accumulator_sink(a), &tally->facts, d) && accumulator_finish(a, tally, d);

    accumulator_close(a);
    mem_give_back();
    return ok && tally_identify(tally, in->shard, in->shards, in->labels_file, d);
}

bool command_tally(const struct input *input, const struct cuts *cuts, struct tally *tally, struct diag *d)
{
    *tally = (struct tally){0};
    if (!command_check_input(input, d)) return false;
    if (command_reads_states(input)) {
        if (!read_states(input, tally, d) || !command_select(tally, input, cuts, d)) return false;
    } else if (!read_data(input, cuts, tally, d)) {
        return false;
    }
    command_say_notes(input, tally);
    return true;
}

/* Clusters that are asked for are those of the states. */
static bool check_clusters(const struct input *in, const struct facts *f, struct diag *d)
{
    char shown[DIAG_SHOWN];

    if (!in->cluster || (f->clustered && strcmp(f->cluster.text, in->cluster) == 0)) return true;
    diag_shown(shown, in->cluster, strlen(in->cluster));
    if (f->clustered)
        return diag_fail(d, STATUS_DATA, "--cluster: the states hold the clusters of %.100s, not of %s",
                         f->cluster.text, shown);
    return diag_fail(d, STATUS_DATA,
                     "--cluster: the states hold no clusters: make them with report --cluster %.100s --state",
                     in->cluster);
}

bool command_select(struct tally *tally, const struct input *in, const struct cuts *cuts, struct diag *d)
{
    bool ok;

    if (!tally->facts.counts.examples)
        return diag_fail(d, STATUS_DATA, "no examples: the states hold %llu rows",
                         (unsigned long long)tally->facts.counts.rows);
    ok = check_clusters(in, &tally->facts, d) && tally_select(tally, cuts, in->apart, d);
    if (ok) tally_join(tally);
    return ok;
}

void command_take_clusters(const struct tally *tally, struct analysis *a)
{
    if (tally->clusters && !a->metrics && !(a->ci > 0)) a->ci = USUAL_LEVEL;
}

/* Bins of ghm-c that states are cut at, and those of its divisors. */
enum { STATE_GRADIENT_BINS = 30 };

struct cuts command_all_cuts(const struct analysis *a)
{
    struct analysis losses = *a;
    struct cuts all;

    losses.metrics = false;
    all = analysis_cuts(&losses);
    metrics_cuts(&all);
    gradient_bins_cuts(STATE_GRADIENT_BINS, &all);
    for (size_t i = 0; i < loss_count; i++) {
        struct setting usual = setting_of(loss_table[i], 0, 0, 0.5);

        all.at = mem_resize(all.at, all.count + SETTING_KINKS, sizeof *all.at);
        all.count += setting_kinks(&usual, all.at + all.count);
    }
    for (size_t i = 0; i < figure_count; i++)
        if (figure_table[i].cuts) figure_table[i].cuts(&figure_table[i], &all);
    return all;
}

size_t command_width(void)
{
    const char *columns = getenv("COLUMNS");
    long n = columns ? strtol(columns, NULL, 10) : 0;
    struct winsize size;

    if (n <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) n = size.ws_col;
    return n > 20 && n < 2000 ? (size_t)n : 80;
}

void command_wrote(const char *path, bool quiet)
{
    if (path && !quiet && isatty(STDERR_FILENO)) diag_say("wrote %s", path);
}

/* The shell's word for an argument. */
static void put_word(const char *text, struct string *out)
{
    string_putc(out, ' ');
    if (*text && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./") ==
                     strlen(text)) {
        string_puts(out, text);
        return;
    }
    string_putc(out, '\'');
    for (; *text; text++)
        if (*text == '\'')
            string_puts(out, "'\\''");
        else
            string_putc(out, *text);
    string_putc(out, '\'');
}

static bool is_within(const char *value, const char *arg)
{
    return value && value >= arg && value <= arg + strlen(arg);
}

/* Whether the word at i, or (*two) it and the next, gives one of these values. */
static bool gives_value(char **argv, int i, const char *const *value, size_t count, bool *two)
{
    *two = false;
    for (size_t k = 0; k < count; k++) {
        if (is_within(value[k], argv[i])) return true;
        if (argv[i + 1] && value[k] == argv[i + 1]) return *two = true;
    }
    return false;
}

void command_for_all(const struct operands *o, const char *const *without, size_t count, struct string *out)
{
    bool two;

    string_puts(out, "losscope report -f csv");
    for (int i = 1; i < o->argc; i++)
        if (gives_value(o->argv, i, without, count, &two))
            i += two;
        else
            put_word(o->argv[i], out);
}

bool command_option_is_of(const struct option_row *rows, const struct option_row *row)
{
    while (rows->name && rows != row) rows++;
    return rows->name;
}

void command_for_state(const struct operands *o, const struct option_row *const *group, size_t count,
                       const char *state, struct string *out)
{
    string_puts(out, "losscope report -f csv");
    for (size_t i = 0; i < o->given_count; i++)
        for (size_t k = 0; k < count; k++) {
            struct string word = {0};

            if (!command_option_is_of(group[k], o->given[i].row)) continue;
            string_printf(&word, "--%s%s%s", o->given[i].row->name, o->given[i].value ? "=" : "",
                          o->given[i].value ? o->given[i].value : "");
            put_word(word.text, out);
            string_free(&word);
        }
    put_word(state, out);
}
