/* command.h: what a command is, and what commands share */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "base/option.h"
#include "command/options.h"

struct command {
    const char *name, *what, *synopsis;
    const struct option_group *groups; /* of the command's own settings; NULL: it takes no options */
    const char *example;               /* lines, indented by two */
    void (*help)(struct string *out);  /* appends what its help says before the options; NULL: nothing */
    /* argv[0] is the command's name. Returns the exit status. */
    int (*run)(const struct command *self, int argc, char **argv);
};

/* The commands, each in the file of its name: what commands.c has in its table. */
extern const struct command command_report, command_plot, command_html, command_rows, command_compare,
    command_losses, command_merge;

/* What stands on the command line, argv[0] being the command's name: the operands, and the options that were
   given. */
struct operands {
    int argc;
    char **argv;
    const char **item;
    size_t count;
    struct option_given *given;
    size_t given_count;
};

/* Parses a command's options into its settings, already initialised. False: the command does not go on
   (help was asked for, or the usage was wrong) and ends with *status. The operands are to be freed in both
   cases. */
bool command_parse(const struct command *self, int argc, char **argv, void *settings, struct operands *o,
                   int *status);
void operands_free(struct operands *o);
/* What a command does once its settings are filled; its files, so far, are the operands. Returns the exit
   status, where it does not fail and fill d. */
typedef int command_work(void *settings, struct operands *o, struct diag *d);
/* The run of a command that analyses data: parses the options into its settings, of which `data` is a part
   and is freed, and does its work. Returns the exit status. */
int command_run(const struct command *self, int argc, char **argv, void *settings, struct data_options *data,
                command_work *work);

/* Appends the help of a command. */
void command_help(const struct command *c, struct string *out);
/* Prints to standard output; returns the exit status. */
int command_print(const struct string *text);

/* Refuses to wait for a terminal's input. */
bool command_check_input(const struct input *input, struct diag *d);
/* Refuses an output (NULL: standard output) that is one of the files to be read. */
bool command_check_output(const char *output, const struct input *input, struct diag *d);
/* Writes a table in the form that was asked for. */
bool command_print_table(const struct table *t, const struct output_options *o,
                         const struct output_format *standard, struct diag *d);
/* Reads the input, data or states of it, and says what is notable of its scores; free the tally in any case.
   The clusters of data are yet to be joined. */
bool command_tally(const struct input *input, const struct cuts *cuts, struct tally *tally, struct diag *d);
/* Says what is notable of the scores, unless notes are not wanted. */
void command_say_notes(const struct input *input, const struct tally *tally);
/* Makes of states that were added up what a pass with these cuts would have made of all their data; their
   clusters are joined. */
bool command_select(struct tally *tally, const struct input *input, const struct cuts *cuts, struct diag *d);
/* Intervals where the rows are joined from clusters and no level is asked for, as --cluster implies. */
void command_take_clusters(const struct tally *tally, struct analysis *a);
/* Whether the input is states (told by its first file). */
bool command_reads_states(const struct input *input);
/* The cuts of the analysis, of the measures, of ghm-c with 30 bins or a divisor of it, and of all figures. */
struct cuts command_all_cuts(const struct analysis *a);
/* The command line that prints all results of this one's data as CSV: its own words, but for the options that
   gave the values `without` (pointers into argv, or NULL). */
void command_for_all(const struct operands *o, const char *const *without, size_t count, struct string *out);
/* The same of a state, by those of the options given that are rows of these groups. */
void command_for_state(const struct operands *o, const struct option_row *const *group, size_t count,
                       const char *state, struct string *out);
/* Whether a row is one of those. */
bool command_option_is_of(const struct option_row *rows, const struct option_row *row);
/* Characters of a line: COLUMNS, or the terminal's, or 80. */
size_t command_width(void);
/* Says on a terminal which picture or page was written. */
void command_wrote(const char *path, bool quiet);

#endif
