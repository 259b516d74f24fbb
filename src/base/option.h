/* option.h: options as tables: parsing (getopt_long, no abbreviations) and help come from the same rows */
#ifndef BASE_OPTION_H
#define BASE_OPTION_H

#include "base/error.h"
#include "base/memory.h"

/* One option. `take` puts the value (NULL where there is none) into the settings it is given. */
struct option_row {
    const char *name;     /* "gamma" */
    char letter;          /* 'g', or 0 */
    const char *argument; /* "LIST"; NULL: takes none; "[LEVEL]": it may be left out, and the word behind the
                             option (which has no letter) is it only if it is a number and names no file */
    const char *help;     /* one line; defaults named; "" hides it from the short help */
    bool (*take)(void *settings, const char *value, struct diag *d);
};

/* A group of rows under one heading in help ("": it continues the group above). The row with a NULL name ends
   it. The rows' settings stand `offset` bytes within the command's. */
struct option_group {
    const char *heading;
    const struct option_row *rows;
    size_t offset;
};

/* An option as it was given. */
struct option_given {
    const struct option_row *row;
    const char *value; /* NULL where there is none */
};

/* Parses argv[1..argc) against `groups` (ended by a NULL heading): options and operands in any order, "--"
   ends options, abbreviated long names are refused. -h, --help sets *help. Operands go to operands, the
   options in their order to given (both with room for argc). An unknown option names the nearest known one.
   False: d filled with STATUS_USAGE. */
bool option_parse(const struct option_group *groups, int argc, char **argv, void *settings,
                  const char **operands, size_t *operand_count, struct option_given *given,
                  size_t *given_count, bool *help, struct diag *d);

/* A line of help, or several: what stands left, and what it means from column 26 on, fitted to 80 columns. */
void option_help_line(const char *left, const char *help, struct string *out);
/* The lines of help for the groups. */
void option_help(const struct option_group *groups, struct string *out);

#endif
