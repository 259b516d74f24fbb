/* commands.c: the table of commands, the list of them, and the way to the one that is asked for */
#include "command/commands.h"

#include "command/command.h"

#include <string.h>

static int run_help(const struct command *self, int argc, char **argv);

static const struct command command_of_help = {
    "help", "this list, or a command's options", "help [COMMAND]", NULL, "", run_help};

static const struct command *const command_table[] = {&command_report, &command_plot, &command_html,
                                                      &command_losses, &command_of_help};
enum { COMMANDS = sizeof command_table / sizeof *command_table };

static const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(command_table[i]->name, name) == 0) return command_table[i];
    return NULL;
}

static void list_commands(struct string *out)
{
    string_puts(out,
                "losscope shows where a classifier's loss comes from, and what focal loss would change.\n\n");
    for (size_t i = 0; i < COMMANDS; i++)
        string_printf(out, "  losscope %s\n      %s\n", command_table[i]->synopsis, command_table[i]->what);
    string_puts(out, "  losscope --version\n\nlosscope help COMMAND lists a command's options. losscope "
                     "FILE is losscope report FILE.\n");
}

static int run_help(const struct command *self, int argc, char **argv)
{
    struct string out = {0};
    const struct command *c = argc > 1 ? command_find(argv[1]) : NULL;
    int status;

    (void)self;
    if (argc > 1 && !c && strcmp(argv[1], "-h") != 0 && strcmp(argv[1], "--help") != 0) {
        diag_say("there is no command '%s': see losscope help", argv[1]);
        return STATUS_USAGE;
    }
    if (c)
        command_help(c, &out);
    else
        list_commands(&out);
    status = command_print(&out);
    string_free(&out);
    return status;
}

static int run_version(void)
{
    struct string out = {0};
    int status;

    string_puts(&out, "losscope " VERSION "\n");
    status = command_print(&out);
    string_free(&out);
    return status;
}

int commands_run(int argc, char **argv)
{
    const struct command *c = argc > 1 ? command_find(argv[1]) : NULL;

    if (argc == 2 && strcmp(argv[1], "--version") == 0) return run_version();
    if (c) return c->run(c, argc - 1, argv + 1);
    return command_report.run(&command_report, argc, argv);
}
