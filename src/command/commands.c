/* commands.c: the table of commands, the list of them, and the way to the one that is asked for */
#include "command/commands.h"

#include "base/cpu.h"
#include "base/text.h"
#include "base/utf8.h"
#include "command/command.h"
#include "read/decompress.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int run_help(const struct command *self, int argc, char **argv);

static const struct command command_of_help = {
    "help", "this list, or a command's options", "help [COMMAND]", NULL, "", NULL, run_help};

static const struct command *const command_table[] = {&command_report, &command_plot,    &command_html,
                                                      &command_rows,   &command_compare, &command_merge,
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
    string_puts(
        out, "losscope shows where a classifier's loss comes from, and what focal loss would\nchange.\n\n");
    for (size_t i = 0; i < COMMANDS; i++)
        string_printf(out, "  losscope %s\n      %s\n", command_table[i]->synopsis, command_table[i]->what);
    string_puts(out, "  losscope --version\n\nlosscope help COMMAND lists a command's options.\n"
                     "losscope FILE is losscope report FILE.\n");
}

/* Of a figure: what it is, and the options of plot. */
static bool help_figure(const char *name, struct string *out)
{
    const struct figure *f = figure_find(name);

    if (!f) return false;
    string_printf(out, "%s (%s): %s.\n\n", f->name, f->general, f->what);
    command_help(&command_plot, out);
    return true;
}

static int run_help(const struct command *self, int argc, char **argv)
{
    struct string out = {0};
    const struct command *c = argc > 1 ? command_find(argv[1]) : NULL;
    int status;

    (void)self;
    if (c)
        command_help(c, &out);
    else if (argc == 1 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0)
        list_commands(&out);
    else if (!help_figure(argv[1], &out)) {
        diag_say("there is no command '%s': see losscope help", argv[1]);
        return STATUS_USAGE;
    }
    status = command_print(&out);
    string_free(&out);
    return status;
}

/* The gnuplot that would be run, looked for as it is. */
static void put_gnuplot(struct string *out)
{
    const char *name = plot_program(), *path = getenv("PATH");
    struct string file = {0};

    string_puts(out, "gnuplot: ");
    for (bool more = path && !strchr(name, '/'); more;) {
        size_t n = strcspn(path, ":");

        file.size = 0;
        string_printf(&file, "%.*s/%s", (int)n, n ? path : ".", name);
        if (access(file.text, X_OK) == 0) break;
        more = path[n];
        path += n + more;
        if (!more) file.size = 0;
    }
    if (strchr(name, '/') && access(name, X_OK) == 0) string_puts(&file, name);
    string_add_printable(out, file.size ? file.text : "not found",
                         file.size ? file.size : strlen("not found"));
    string_putc(out, '\n');
    string_free(&file);
}

static int run_version(void)
{
    struct string out = {0};
    int status;

    string_puts(&out, "losscope " VERSION "\n");
    for (size_t i = 0; i < coding_count; i++) {
        const struct coding *c = coding_table[i];

        string_printf(&out, "%s: %s%s\n", c->name, c->open ? "yes" : "no, it was built without ",
                      c->open ? "" : c->package);
    }
    string_printf(&out, "instruction set: %s\n", isa_name(isa_best()));
    put_gnuplot(&out);
    status = command_print(&out);
    string_free(&out);
    return status;
}

static bool wants_version(int argc, char **argv)
{
    if (argc != 2) return false;
    return strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0 ||
           (strcmp(argv[1], "version") == 0 && access(argv[1], F_OK) != 0);
}

/* The command that a first argument is but for a letter or two, where there is no such file; NULL: none. */
static const char *mistyped(const char *arg)
{
    size_t size = strlen(arg);

    if (*arg == '-' || access(arg, F_OK) == 0) return NULL;
    for (size_t i = 0; i < COMMANDS; i++) {
        const char *name = command_table[i]->name;

        if (3 * text_distance(arg, size, name, strlen(name)) <= strlen(name)) return name;
    }
    return NULL;
}

int commands_run(int argc, char **argv)
{
    const struct command *c = argc > 1 ? command_find(argv[1]) : NULL;
    struct diag d = {0};

    if (!isa_check(&d)) return diag_exit(&d);
    if (wants_version(argc, argv)) return run_version();
    if (c) return c->run(c, argc - 1, argv + 1);
    if (argc > 1 && mistyped(argv[1])) {
        diag_say("there is no command and no file '%s': did you mean %s?", argv[1], mistyped(argv[1]));
        return STATUS_USAGE;
    }
    return command_report.run(&command_report, argc, argv);
}
