/* command.c: the table of commands, their help, and what they share */
#include "command/command.h"
#include "base/output.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const struct option_group report_groups[] = {{"Input", options_input},
                                                    {"Analysis", options_analysis},
                                                    {"Report", options_report},
                                                    {"Output", options_output},
                                                    {0}};
static const struct option_group plot_groups[] = {
    {"Figure", options_plot}, {"Analysis", options_analysis}, {"Input", options_input}, {0}};
static const struct option_group html_groups[] = {
    {"Page", options_page}, {"Input", options_input}, {"Analysis", options_analysis}, {0}};
static const struct option_group plain_groups[] = {{"Output", options_output}, {0}};

const struct command command_table[] = {
    {"report", "where the loss comes from: totals, shares, concentration", "[report] [options] [FILE...]",
     report_groups, "  losscope preds.csv\n  losscope -z logit --ignore=-1 -g 0:5:0.5 -f csv anchors.csv\n",
     run_report},
    {"plot", "a gnuplot script on stdout, or a picture with -o", "plot FIGURE [options] [FILE...]",
     plot_groups,
     "  losscope plot fig1 -o fig1.svg\n  losscope plot fig4 -o fig4.png -z logit --ignore=-1 anchors.csv\n",
     run_plot},
    {"html", "the whole analysis as one page, with all figures", "html [options] FILE... -o PAGE.html",
     html_groups, "  losscope html --ignore=-1 anchors.csv -o anchors.html\n", run_html},
    {"losses", "the losses it knows: name, formula, parameters, source", "losses [options]", plain_groups,
     "  losscope losses -f markdown\n", run_losses},
    {"help", "this list, or a command's options", "help [COMMAND]", NULL, "", run_help},
};
const size_t command_count = sizeof command_table / sizeof *command_table;

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(command_table[i].name, name) == 0) return &command_table[i];
    return NULL;
}

void command_help(const struct command *c, struct string *out)
{
    string_printf(out, "Usage: losscope %s\n%c%s.\n", c->synopsis, c->what[0] - 'a' + 'A', c->what + 1);
    if (c->groups) option_help(c->groups, out);
    if (*c->example) string_printf(out, "Examples\n%s", c->example);
}

static int print(const struct string *text)
{
    struct diag d = {0};

    return output_write(NULL, text->text, text->size, &d) ? STATUS_OK : diag_exit(&d);
}

bool command_parse(const struct command *c, int argc, char **argv, struct settings *s, const char **operands,
                   size_t *count, int *status)
{
    struct diag d = {0};
    struct string help = {0};
    bool wanted;

    settings_init(s);
    if (!option_parse(c->groups, argc, argv, s, operands, count, &wanted, &d) ||
        (!wanted && !settings_complete(s, &d))) {
        *status = diag_exit(&d);
        return false;
    }
    if (!wanted) return true;
    command_help(c, &help);
    *status = print(&help);
    string_free(&help);
    return false;
}

bool command_tally(const struct settings *s, const struct cuts *cuts, struct facts *facts,
                   struct tally **tally, struct diag *d)
{
    *tally = NULL;
    if (s->input.file_count == 0 && isatty(STDIN_FILENO))
        return diag_fail(d, STATUS_USAGE,
                         "no file is named and standard input is a terminal: losscope FILE, or see --help");
    *tally = tally_open(cuts);
    if (!input_read(&s->input, tally_sink(*tally), facts, d)) return false;
    tally_seal(*tally, facts);
    return true;
}

size_t command_width(void)
{
    const char *columns = getenv("COLUMNS");
    long n = columns ? strtol(columns, NULL, 10) : 0;

    struct winsize size;

    if (n <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) n = size.ws_col;
    return n > 20 && n < 2000 ? (size_t)n : 80;
}

void command_wrote(const struct settings *s)
{
    if (s->output && !s->quiet && isatty(STDERR_FILENO)) diag_say("wrote %s", s->output);
}

static bool coloured(const struct settings *s)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

    return !s->output && isatty(STDOUT_FILENO) && !(none && *none) && term && strcmp(term, "dumb") != 0;
}

int run_report(int argc, char **argv)
{
    struct settings s;
    const char **file = mem_alloc((size_t)argc + 1, sizeof *file);
    int status = STATUS_OK;
    struct diag d = {0};
    struct facts facts = {0};
    struct tally *tally = NULL;
    struct table table = {0};
    struct string out = {0};

    if (command_parse(command_find("report"), argc, argv, &s, file, &s.input.file_count, &status)) {
        struct report_style style = {s.format, command_width(), coloured(&s)};
        struct cuts cuts = analysis_cuts(&s.analysis);

        s.input.files = file;
        s.input.apart = analysis_apart(&s.analysis);
        if (s.analysis.top_groups && !s.input.by && !s.input.by_file)
            diag_fail(&d, STATUS_USAGE, "--top-groups needs groups: --by COL or --by-file");
        else if (command_tally(&s, &cuts, &facts, &tally, &d)) {
            if (s.input.dry_run)
                report_understood(s.format, &facts, &out);
            else if (report_build(&s.analysis, &facts, tally, &table, &d))
                report_write(&style, &s.analysis, &facts, &table, &out);
            if (!d.status) output_write(s.output, out.text, out.size, &d);
        }
        free(cuts.at);
        if (d.status) status = diag_exit(&d);
    }
    table_free(&table);
    tally_free(tally);
    facts_free(&facts);
    settings_free(&s);
    string_free(&out);
    free(file);
    return status;
}

int run_losses(int argc, char **argv)
{
    static const struct column column[] = {
        {"name", "name"}, {"formula", "formula"}, {"parameters", "parameters"}, {"source", "source"}};
    static const char *const parameters[] = {"", "γ", "β", "γ, β", "α", "α, γ", "α, β", "α, γ, β"};
    struct settings s;
    const char **operand = mem_alloc((size_t)argc + 1, sizeof *operand);
    size_t operands;
    int status = STATUS_OK;
    struct diag d = {0};
    struct table t;
    struct string out = {0};

    table_init(&t, column, 4);
    if (command_parse(command_find("losses"), argc, argv, &s, operand, &operands, &status)) {
        for (size_t i = 0; i < loss_count; i++) {
            const struct loss *l = &loss_table[i];
            struct value *row = table_row(&t);

            row[0] = value_text(l->name);
            row[1] = value_text(l->formula);
            row[2] = value_text(parameters[4 * l->balanced + 2 * l->has_beta + l->has_gamma]);
            row[3] = value_text(l->source);
        }
        report_table(s.format, command_width(), &t, &out);
        if (operands)
            diag_fail(&d, STATUS_USAGE, "losses takes no operand: '%s'", operand[0]);
        else
            output_write(s.output, out.text, out.size, &d);
        if (d.status) status = diag_exit(&d);
    }
    table_free(&t);
    settings_free(&s);
    string_free(&out);
    free(operand);
    return status;
}

int run_help(int argc, char **argv)
{
    struct string out = {0};
    const struct command *c = argc > 1 ? command_find(argv[1]) : NULL;
    int status;

    if (argc > 1 && !c && strcmp(argv[1], "-h") != 0 && strcmp(argv[1], "--help") != 0) {
        diag_say("there is no command '%s': see losscope help", argv[1]);
        return STATUS_USAGE;
    }
    if (c) {
        command_help(c, &out);
    } else {
        string_puts(
            &out,
            "losscope shows where a classifier's loss comes from, and what focal loss would change.\n\n");
        for (size_t i = 0; i < command_count; i++)
            string_printf(&out, "  losscope %s\n      %s\n", command_table[i].synopsis,
                          command_table[i].what);
        string_puts(&out, "  losscope --version\n\nlosscope help COMMAND lists a command's options. losscope "
                          "FILE is losscope report FILE.\n");
    }
    status = print(&out);
    string_free(&out);
    return status;
}
