/* plot.c: the plot command */
#include "command/command.h"

#include "base/output.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct plot_options {
    struct data_options data;
    struct output_options output; /* the format is that of --data */
    struct plot_style style;
    bool numbers, gradient; /* --data, --gradient */
    const char *result;
};

TAKE_TEXT(take_title, struct plot_options, style.title)
TAKE_TEXT(take_terminal, struct plot_options, style.terminal)
TAKE_TEXT(take_result, struct plot_options, result)
TAKE_FLAG(take_no_title, struct plot_options, style.title, "")
TAKE_FLAG(take_xlog, struct plot_options, style.xlog, true)
TAKE_FLAG(take_ylog, struct plot_options, style.ylog, true)
TAKE_FLAG(take_colour, struct plot_options, style.colour, true)
TAKE_FLAG(take_data, struct plot_options, numbers, true)
TAKE_FLAG(take_gradient, struct plot_options, gradient, true)

#define TAKE_STYLE(name, parse)                                                                              \
    static bool name(void *to, const char *v, struct diag *d)                                                \
    {                                                                                                        \
        return parse(v, &((struct plot_options *)to)->style, d);                                             \
    }
TAKE_STYLE(take_size, plot_size_parse)
TAKE_STYLE(take_theme, plot_theme_parse)
TAKE_STYLE(take_key_place, plot_key_parse)
TAKE_STYLE(take_font, plot_font_parse)

static const struct option_row rows_output[] = {
    {"output", 'o', "FILE", "NAME.png, svg, pdf, eps, tex, html, txt; gp: the script", output_take_path},
    {"format", 'f', "FORMAT", "of --data, as of losscope report (default: csv)", output_take_format},
    {0},
};

/* What a picture is asked, and not --data. */
static const struct option_row rows_picture[] = {
    {"terminal", 't', "TERMINAL", "a terminal of gnuplot, with its options; dumb draws right here",
     take_terminal},
    {"title", 0, "TEXT", "a title above the figure", take_title},
    {"no-title", 0, NULL, "no title, also where the figure has one of its own", take_no_title},
    {"size", 0, "WxH", "1600x1200 pixels, 80x24 characters, or 8cm,6cm", take_size},
    {"font", 0, "FONT", "FAMILY, FAMILY,SIZE or ,SIZE", take_font},
    {"key", 0, "PLACE", "where the key stands: \"top left\", below, off, ...", take_key_place},
    {"style", 0, "STYLE", "paper (default), talk, dark or print (greys)", take_theme},
    {"color", 0, NULL, "colours in text pictures", take_colour},
    {0},
};

static const struct option_row rows_figure[] = {
    {"data", 0, NULL, "the figure's numbers, as CSV or in the --format", take_data},
    {"xlog", 0, NULL, "a logarithmic x axis", take_xlog},
    {"ylog", 0, NULL, "a logarithmic y axis", take_ylog},
    {"gradient", 0, NULL, "share: of the gradient, too", take_gradient},
    {"result", 0, "NAME", "heatmap: a column of the report (default easy_neg)", take_result},
    {0},
};

static const struct option_group groups[] = {
    {"Figure", rows_output, offsetof(struct plot_options, output)},
    {"", options_format_names, offsetof(struct plot_options, output)},
    {"", rows_figure, 0},
    {"", rows_picture, 0},
    {"", options_messages, offsetof(struct plot_options, data)},
    {"Analysis", options_analysis, offsetof(struct plot_options, data)},
    {"Input", options_scores, offsetof(struct plot_options, data.input)},
    {"", options_input, offsetof(struct plot_options, data.input)},
    {"", options_threads, offsetof(struct plot_options, data.input)},
    {0}};

static void help_figures(struct string *out)
{
    string_puts(out, "Figures\n");
    for (size_t i = 0; i < figure_count; i++) {
        const struct figure *f = &figure_table[i];
        struct string left = {0};

        string_printf(&left, "  %s, %s", f->name, f->general);
        option_help_line(left.text, f->what, out);
        string_free(&left);
    }
}

static bool no_figure(const char *name, struct diag *d)
{
    struct string all = {0};

    for (size_t i = 0; i < figure_count; i++)
        string_printf(&all, "%s%s (%s)", i ? ", " : "", figure_table[i].name, figure_table[i].general);
    if (name)
        diag_fail(d, STATUS_USAGE, "there is no figure '%s': there are %s", name, all.text);
    else
        diag_fail(d, STATUS_USAGE, "plot needs the name of a figure: %s", all.text);
    string_free(&all);
    return false;
}

static bool write_data(const struct plot *p, const struct plot_options *o, struct diag *d)
{
    struct table t = {0};
    bool ok = plot_table(p, &t, d) && command_print_table(&t, &o->output, output_format_find("csv"), d);

    table_free(&t);
    return ok;
}

/* The script, or the picture that gnuplot makes of it. */
static bool write_figure(const struct plot *p, const struct plot_options *o, struct diag *d)
{
    bool ok = plot_write(p, o->output.path, d);

    if (ok && !o->data.quiet && !o->output.path && !o->style.terminal && isatty(STDOUT_FILENO))
        diag_say("this is a gnuplot script: -o %s.png makes a picture of it, -t dumb draws it here",
                 p->figure->name);
    if (ok) command_wrote(o->output.path, o->data.quiet);
    return ok;
}

/* An option that the figure would ignore is refused. */
static bool check_options(const struct figure *f, bool numbers, const struct operands *o, struct diag *d)
{
    bool reads = f->file == FILE_NEEDED || (f->file == FILE_TAKEN && o->count > 1);

    for (size_t i = 0; i < o->given_count; i++) {
        const struct option_row *row = o->given[i].row;

        if (!figure_check_option(f, row->name, d)) return false;
        if (numbers && command_option_is_of(rows_picture, row))
            return diag_fail(d, STATUS_USAGE, "--%s is for pictures, not for --data", row->name);
        if (!reads && (command_option_is_of(options_scores, row) || command_option_is_of(options_input, row) ||
                       command_option_is_of(options_threads, row)))
            return diag_fail(d, STATUS_USAGE, "--%s says how a FILE is read, and %s", row->name,
                             f->file == FILE_TAKEN ? "none is named" : "the figure takes none");
    }
    return true;
}

/* The command line that draws the same: without where it goes and what is said meanwhile. */
static void command_line(const struct operands *o, struct string *out)
{
    string_puts(out, "plot");
    for (size_t i = 0; i < o->count; i++) string_printf(out, " %s", o->item[i]);
    for (size_t i = 0; i < o->given_count; i++) {
        const struct option_given *given = &o->given[i];

        if (command_option_is_of(options_messages, given->row) ||
            command_option_is_of(rows_output, given->row))
            continue;
        string_printf(out, " --%s%s%s", given->row->name, given->value ? "=" : "",
                      given->value ? given->value : "");
    }
}

static void say_notes(const struct string *notes)
{
    for (const char *s = notes->text; s && *s; s += strcspn(s, "\n") + 1)
        diag_say("%.*s", (int)strcspn(s, "\n"), s);
}

static bool draw(const struct figure *f, struct plot_options *o, const char *command, struct diag *d)
{
    struct string notes = {0};
    struct plot p = {.analysis = &o->data.analysis,
                     .figure = f,
                     .asked = o->data.given,
                     .gradient = o->gradient,
                     .result = o->result,
                     .style = o->style,
                     .command = command,
                     .notes = &notes};
    struct tally tally = {0};
    bool ok = true;

    if (o->output.format && !o->numbers)
        return diag_fail(d, STATUS_USAGE,
                         "--format is for --data; a picture's form is told by the ending of --output");
    if (f->file == FILE_REFUSED && o->data.input.file_count)
        return diag_fail(d, STATUS_USAGE, "%s takes no FILE", f->name);
    if (f->file == FILE_NEEDED || o->data.input.file_count) {
        struct cuts cuts = figure_cuts(f, &p);

        if (f->by_file && !o->data.input.by) o->data.input.by_file = true;
        o->data.input.apart = analysis_apart(&o->data.analysis);
        if (f->apart > o->data.input.apart) o->data.input.apart = f->apart;
        ok = command_check_output(o->output.path, &o->data.input, d) &&
             command_tally(&o->data.input, &cuts, &tally, d);
        free(cuts.at);
        p.facts = &tally.facts;
        p.tally = &tally;
    }
    if (ok) ok = (o->numbers ? write_data : write_figure)(&p, o, d);
    if (ok && !o->data.quiet) say_notes(&notes);
    string_free(&notes);
    tally_free(&tally);
    return ok;
}

static int work(void *settings, struct operands *operand, struct diag *d)
{
    struct plot_options *o = settings;
    const struct figure *f = operand->count ? figure_find(operand->item[0]) : NULL;
    struct string command = {0};

    if (!f) {
        no_figure(operand->count ? operand->item[0] : NULL, d);
        return STATUS_USAGE;
    }
    o->data.input.files++;
    o->data.input.file_count--;
    if (check_options(f, o->numbers, operand, d) && data_options_complete(&o->data, d)) {
        command_line(operand, &command);
        draw(f, o, command.text, d);
    }
    string_free(&command);
    return STATUS_OK;
}

static int run(const struct command *self, int argc, char **argv)
{
    struct plot_options o = {0};

    return command_run(self, argc, argv, &o, &o.data, work);
}

const struct command command_plot = {
    "plot",
    "a gnuplot script on stdout, or a picture with -o",
    "plot FIGURE [options] [FILE...]",
    groups,
    "  losscope plot fig1 -o fig1.svg\n  losscope plot fig4 -o fig4.png -z logit --ignore=-1 anchors.csv\n",
    help_figures,
    run};
