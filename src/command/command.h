/* command.h: the commands, and the settings that their options fill */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "base/option.h"
#include "examples/input.h"
#include "figures/figures.h"

struct command {
    const char *name, *what, *synopsis;
    const struct option_group *groups;
    const char *example;               /* lines, indented by two */
    int (*run)(int argc, char **argv); /* argv[0] is the command's name; returns the exit status */
};
extern const struct command command_table[];
extern const size_t command_count;
const struct command *command_find(const char *name);

/* Everything that options can say; a command's groups decide which of it can be said. */
struct settings {
    struct input input;
    struct analysis analysis;
    enum report_format format;
    const char *output;
    bool quiet;
    struct plot_asked asked; /* which lists of the analysis were given */
    struct plot_style style;
    bool data, gradient, format_told;
    const char *result;
};
void settings_init(struct settings *s);
/* What was not said gets its default; then the whole is checked. */
bool settings_complete(struct settings *s, struct diag *d);
void settings_free(struct settings *s);

extern const struct option_row options_input[], options_analysis[], options_report[], options_output[],
    options_plot[], options_page[];

/* Parses a command's options; operands become input.files (plot: the first is the figure). Help and usage
   errors are dealt with: true if the command is to go on, else *status is what it ends with. */
bool command_parse(const struct command *c, int argc, char **argv, struct settings *s, const char **operands,
                   size_t *count, int *status);
void command_help(const struct command *c, struct string *out);

/* Reads the input into a sealed tally. */
bool command_tally(const struct settings *s, const struct cuts *cuts, struct facts *facts,
                   struct tally **tally, struct diag *d);
/* Characters of a line: COLUMNS, or the terminal's, or 80. */
size_t command_width(void);
/* Says on a terminal which picture or page was written. */
void command_wrote(const struct settings *s);

int run_report(int argc, char **argv);
int run_plot(int argc, char **argv);
int run_html(int argc, char **argv);
int run_losses(int argc, char **argv);
int run_help(int argc, char **argv);

#endif
