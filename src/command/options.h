/* options.h: the groups of options that several commands share, and the settings that each fills */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include "base/option.h"
#include "examples/input.h"
#include "figures/figures.h"
#include "report/assert.h"
#include "report/formats.h"

/* What every command that analyses data is asked. */
struct data_options {
    struct input input;
    struct analysis analysis;
    struct plot_asked given; /* which lists of the analysis were given */
    bool quiet;
    const char *standard_losses, *standard_gammas; /* of this command; NULL: those of most */
};
/* What was not given gets its default; then the whole is checked. False: d filled. */
bool data_options_complete(struct data_options *o, struct diag *d);
/* Refuses lists that none of the losses takes. */
bool data_options_check_used(const struct data_options *o, struct diag *d);
void data_options_free(struct data_options *o);
/* Reads a list of losses in place of those that it has; they are to be forgotten in any case. */
bool losses_take(struct analysis *a, const char *list, struct diag *d);
void losses_forget(struct analysis *a);

/* Groups for struct data_options: */
extern const struct option_row options_analysis[];  /* -l -g -a --beta -e */
extern const struct option_row options_losses[];    /* of these, what a row's loss needs */
extern const struct option_row options_easy[];      /* -e */
extern const struct option_row options_results[];   /* --by-class, --top-groups */
extern const struct option_row options_intervals[]; /* --ci */
extern const struct option_row options_cluster[];   /* --cluster */
extern const struct option_row options_metrics[];   /* --metrics */
extern const struct option_row options_messages[];  /* -q, --progress */
/* For struct input: */
extern const struct option_row options_scores[];  /* columns of scores */
extern const struct option_row options_input[];   /* other columns, labels, format */
extern const struct option_row options_threads[];
extern const struct option_row options_dry_run[]; /* --dry-run */
void input_options_free(struct input *input);

/* Where a result goes, and in which form. */
struct output_options {
    const char *path;                   /* NULL: standard output */
    const struct output_format *format; /* NULL: not given */
};
/* The form that was asked for: --format, or what the file's name ends in, or the standard one. */
const struct output_format *output_form(const struct output_options *o, const struct output_format *standard);
extern const struct option_row options_output[];       /* -f, -o */
extern const struct option_row options_format_names[]; /* --csv and the like, which help does not list */
bool output_take_path(void *to, const char *value, struct diag *d);
bool output_take_format(void *to, const char *value, struct diag *d);

/* Statements about the results, in the order given. */
struct assertions {
    struct assertion *item;
    size_t count, room;
};
extern const struct option_row options_assert[]; /* --assert */
void assertions_free(struct assertions *a);

/* Takers of options that only keep their text, or set a flag: `to` is of `type`. */
#define TAKE_TEXT(name, type, member)                                                                        \
    static bool name(void *to, const char *value, struct diag *d)                                            \
    {                                                                                                        \
        (void)d;                                                                                             \
        ((type *)to)->member = value;                                                                        \
        return true;                                                                                         \
    }
#define TAKE_FLAG(name, type, member, constant)                                                              \
    static bool name(void *to, const char *value, struct diag *d)                                            \
    {                                                                                                        \
        (void)value;                                                                                         \
        (void)d;                                                                                             \
        ((type *)to)->member = constant;                                                                     \
        return true;                                                                                         \
    }

#endif
