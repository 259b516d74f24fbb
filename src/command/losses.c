/* losses.c: the losses command: the table of losses */
#include "command/command.h"

#include <stdlib.h>

static const struct option_group groups[] = {
    {"Output", options_output, 0}, {"", options_format_names, 0}, {0}};

/* parameters[loss_count] are the texts of that column. */
static void fill(struct table *t, struct string *parameters)
{
    for (size_t i = 0; i < loss_count; i++) {
        const struct loss *l = loss_table[i];
        struct value *row = table_row(t);

        row[0] = value_text(l->name);
        row[1] = value_text(l->formula);
        loss_describe(l, &parameters[i]);
        row[2] = value_text(parameters[i].text ? parameters[i].text : "");
        row[3] = value_text(l->source);
    }
}

static int run(const struct command *self, int argc, char **argv)
{
    static const struct column column[] = {
        {"name", "name"}, {"formula", "formula"}, {"parameters", "parameters"}, {"source", "source"}};
    struct output_options o = {0};
    struct operands operand = {0};
    int status = STATUS_OK;
    struct diag d = {0};
    struct table t;
    struct string *parameters = mem_alloc(loss_count, sizeof *parameters);

    table_init(&t, column, 4);
    if (command_parse(self, argc, argv, &o, &operand, &status)) {
        if (operand.count) {
            diag_fail(&d, STATUS_USAGE, "losses takes no operand: '%s'", operand.item[0]);
        } else {
            fill(&t, parameters);
            command_print_table(&t, &o, &output_formats[0], &d);
        }
        if (d.status) status = diag_exit(&d);
    }
    for (size_t i = 0; i < loss_count; i++) string_free(&parameters[i]);
    free(parameters);
    table_free(&t);
    operands_free(&operand);
    return status;
}

const struct command command_losses = {"losses",
                                       "the losses it knows: name, formula, parameters, source",
                                       "losses [options]",
                                       groups,
                                       "  losscope losses -f markdown\n",
                                       NULL,
                                       run};
