/* columns.h: which column is what: roles, and lists of columns as options give them */
#ifndef EXAMPLES_COLUMNS_H
#define EXAMPLES_COLUMNS_H

#include "examples/input.h"
#include "read/csv.h"

/* Indexes from 0 into the fields of a row. */
struct columns {
    size_t count; /* fields of a row */
    size_t
        usable; /* of these, the columns: one fewer where an empty field stands behind the last of each row */
    char **name; /* [count]: from the header, trimmed; NULL without one */
    bool header;
    bool counting; /* the header counts 0, 1, 2, ...: pandas gave the names, not a person */
    bool row_ends; /* the field behind the last must be empty in every row */
    size_t first;  /* 1: column 0 has no name and tells rows apart (pandas' index, R's row names); else 0 */
    size_t *score; /* [scores] */
    size_t scores;
    size_t *label; /* [labels] */
    size_t labels;
    ptrdiff_t weight, by, cluster, key, predicted; /* −1: none */
    size_t *keep;                         /* [keeps]: wanted as they stand */
    size_t keeps;
    bool logits;
    bool one_hot; /* the first rows' scores add to 1, and one of their labels is 1 */
    bool found_score, found_label, found_weight;
};

/* What a file is asked for. */
enum table_kind {
    TABLE_WHOLE,  /* scores and labels */
    TABLE_SCORES, /* scores; the labels stand in another file */
    TABLE_LABELS  /* labels */
};

/* What the first rows of data hold in a column. */
struct column_facts {
    size_t numbers; /* fields that are numbers */
    size_t words;   /* neither numbers nor empty nor a sign of a missing value */
    size_t whole;   /* numbers that are whole */
    size_t hard;    /* numbers that are exactly 0 or 1 */
    size_t labels;  /* words, 0, 1, −1, and what --positive, --negative and --ignore name */
};

/* The first rows of a file. */
struct first_rows {
    const struct row *row; /* [rows] */
    size_t rows;
};

/* Where the kind of a field is asked for. */
enum field_kind { FIELD_EMPTY, FIELD_NUMBER, FIELD_WORD };
/* FIELD_EMPTY: nothing, or a sign of a missing value. FIELD_NUMBER: a number, or what begins like one and is
   no name ("0,9", "93.4%", "0.9x"). */
enum field_kind field_kind(const struct field *f);
/* The same, and its number: NaN where it has none, or is written as none that is read here. */
enum field_kind field_number(const struct field *f, double *x);

void columns_free(struct columns *c);

/* Does this column hold classes, not scores: words, or nothing but whole numbers? */
bool column_holds_classes(const struct column_facts *f);

/* A list of columns as it grows; free index. */
struct column_picks {
    size_t *index, count, room;
};
void columns_pick(struct column_picks *p, size_t index);
/* An item of a list as a number from 1, or a range of numbers. False: it is none. */
bool columns_pick_number(size_t count, const char *text, size_t size, struct column_picks *p);

/* A list of columns by numbers alone, as if there were no header. False: an item is no number of a column. */
bool columns_by_number(size_t count, const char *list, size_t **index, size_t *found);

/* The name of column i as messages and options take it: the header's, or its number. out has room for
   DIAG_SHOWN. */
const char *columns_shown(const struct columns *c, size_t i, char *out);

/* "a,b,c" of these columns, or their numbers; ranges of numbers are cut down to "first-last". */
void columns_list(const struct columns *c, const size_t *index, size_t count, struct string *out);

/* "the columns are ..." for messages. */
enum { COLUMNS_SHOWN = 512 };
const char *columns_listed(const struct columns *c, char out[COLUMNS_SHOWN]);

/* A file whose columns are being found. */
struct column_search {
    const struct input *in;
    enum table_kind kind;
    size_t classes;                   /* TABLE_LABELS: how many there are */
    const struct first_rows *data;    /* below the header */
    const struct column_facts *facts; /* [c->count] */
    const char *file;                 /* for messages */
    struct columns *c;
    bool *used; /* [c->count]: the column has a role that leaves no room for another */
};

#endif
