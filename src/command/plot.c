/* plot.c: the plot command */
#include "plot/plot.h"

#include "base/output.h"
#include "command/command.h"

#include <stdlib.h>
#include <string.h>

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

static bool is_script(const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;

    return dot && strcmp(dot, ".gp") == 0;
}

static bool draw(const struct figure *f, struct settings *s, struct diag *d)
{
    struct plot p = {&s->analysis, NULL, NULL, s->title};
    struct facts facts = {0};
    struct tally *tally = NULL;
    struct string script = {0};
    bool well = true;
    size_t count;

    if (f->data) {
        well = command_tally(s, &facts, &tally, d);
        if (well) {
            const struct cell *cells = tally_cells(tally, &count);

            p.facts = &facts;
            p.measure = measure_open(cells, count, facts.parts, NULL, 0);
        }
    } else if (s->input.file_count) {
        well = diag_fail(d, STATUS_USAGE, "%s is drawn from formulas: it takes no FILE", f->name);
    }
    if (well) well = f->draw(&p, &script, d);
    if (well && (s->terminal || (s->output && !is_script(s->output))))
        well = gnuplot_run(&script, s->terminal, s->output, d);
    else if (well)
        well = output_write(s->output, script.text, script.size, d);
    string_free(&script);
    measure_close(p.measure);
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

        if (f && !s.gamma_told) {
            s.analysis.gamma = mem_resize(s.analysis.gamma, f->gammas, sizeof *s.analysis.gamma);
            memcpy(s.analysis.gamma, f->gamma, f->gammas * sizeof *f->gamma);
            s.analysis.gammas = f->gammas;
        }
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
