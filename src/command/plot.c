/* plot.c: the plot command */
#include "figures/figures.h"

#include "base/output.h"
#include "command/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static bool write_data(const struct plot *p, const struct settings *s, struct diag *d)
{
    struct table t = {0};
    struct string out = {0};
    bool well = plot_table(p, &t, d);

    if (well) {
        report_table(s->format_told ? s->format : REPORT_CSV, command_width(), &t, &out);
        well = output_write(s->output, out.text, out.size, d);
    }
    table_free(&t);
    string_free(&out);
    return well;
}

/* The script, or the picture that gnuplot makes of it. */
static bool write_figure(const struct plot *p, const struct settings *s, struct diag *d)
{
    struct string script = {0};
    bool well = plot_script(p, &script, d);

    if (well && !plot_wants_script(&p->style, s->output))
        well = plot_render(&script, p, s->output, d);
    else if (well)
        well = output_write(s->output, script.text, script.size, d);
    if (well && !s->quiet && !s->output && !s->style.terminal && isatty(STDOUT_FILENO))
        diag_say("this is a gnuplot script: -o %s.png makes a picture of it, -t dumb draws it here",
                 p->figure->name);
    if (well) command_wrote(s);
    string_free(&script);
    return well;
}

static bool draw(const struct figure *f, struct settings *s, struct diag *d)
{
    struct plot p = {.analysis = &s->analysis,
                     .figure = f,
                     .asked = s->asked,
                     .gradient = s->gradient,
                     .result = s->result,
                     .style = s->style};
    struct facts facts = {0};
    struct tally *tally = NULL;
    bool well = true;

    if (s->gradient && strcmp(f->name, "share") != 0)
        return diag_fail(d, STATUS_USAGE, "--gradient is for the figure share");
    if (s->result && strcmp(f->name, "heatmap") != 0)
        return diag_fail(d, STATUS_USAGE, "--result is for the figure heatmap");
    if (s->format_told && !s->data)
        return diag_fail(d, STATUS_USAGE,
                         "--format is for --data; a picture's form is told by the ending of --output");
    if (f->data || s->input.file_count) {
        struct cuts cuts = figure_cuts(f, &p);

        if (!f->data && !f->strip) {
            free(cuts.at);
            return diag_fail(d, STATUS_USAGE, "%s is drawn from published numbers: it takes no FILE",
                             f->name);
        }
        s->input.apart = analysis_apart(&s->analysis);
        if (f->apart > s->input.apart) s->input.apart = f->apart;
        well = command_tally(s, &cuts, &facts, &tally, d);
        free(cuts.at);
        p.facts = &facts;
        p.tally = tally;
    }
    if (well) well = (s->data ? write_data : write_figure)(&p, s, d);
    tally_free(tally);
    facts_free(&facts);
    return well;
}

int run_plot(int argc, char **argv)
{
    struct settings s;
    const char **operand = mem_alloc((size_t)argc + 1, sizeof *operand);
    size_t operands = 0;
    int status = STATUS_OK;
    struct diag d = {0};

    if (command_parse(command_find("plot"), argc, argv, &s, operand, &operands, &status)) {
        const struct figure *f = operands ? figure_find(operand[0]) : NULL;

        s.input.files = operand + 1;
        s.input.file_count = operands ? operands - 1 : 0;
        if (!f)
            no_figure(operands ? operand[0] : NULL, &d);
        else
            draw(f, &s, &d);
        if (d.status) status = diag_exit(&d);
    }
    settings_free(&s);
    free(operand);
    return status;
}
