/* column_lists.h: lists of columns as options give them: names, numbers, ranges, patterns */
#ifndef EXAMPLES_COLUMN_LISTS_H
#define EXAMPLES_COLUMN_LISTS_H

#include "base/string_table.h"
#include "examples/columns.h"

/* The names of a header, to be looked up. */
struct header_names {
    struct string_table map;
    size_t *column; /* [map.count]: the first of that name */
    size_t *second; /* [map.count]: another one + 1, 0: there is none */
    size_t room, second_room;
    bool meant, numbers_meant; /* a list can only be names, or only numbers: so are all others */
};
void header_names_open(struct header_names *n, const struct columns *c);
void header_names_close(struct header_names *n);

/* Does a list say of others what numbers in them are? "0" is no column's number: where it is a name, others
   are names, too. list: NULL is none. */
void header_names_weigh(const struct column_search *s, struct header_names *n, const char *list);

/* An item of a list as a name, or a range from one name to another. False: it is none. */
bool column_list_name(const struct header_names *n, const char *text, size_t size, struct column_picks *p);
/* Is an item a pattern? */
bool column_list_has_pattern(const struct header_names *n, const char *list);

/* A list to columns: names where all items are names, numbers where all are numbers; both, and other columns,
   is an error where no other list tells which. Patterns take the columns that have no role yet. False with d
   filled. */
bool resolve_columns(const struct column_search *s, const struct header_names *n, const char *list,
                     const char *option, size_t **out, size_t *count, struct diag *d);
/* A list of one column, which gets its role. */
bool resolve_column(const struct column_search *s, const struct header_names *n, const char *list,
                    const char *option, ptrdiff_t *out, struct diag *d);

#endif
