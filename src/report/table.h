/* table.h: a table of typed cells: what a report is before it has a form */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "base/memory.h"
#include <stdbool.h>
#include <stdint.h>

enum cell_kind {
    CELL_EMPTY, /* undefined: "" in CSV, null in JSON, – in text */
    CELL_TEXT,
    CELL_COUNT,   /* uint64_t */
    CELL_NUMBER,  /* double; inf is "inf" */
    CELL_SETTING, /* double, shown in full: a γ, an α */
    CELL_SHARE    /* double in [0, 1]; text forms show it as a percentage with one decimal */
};

struct value {
    enum cell_kind kind;
    union {
        const char *text; /* owned by whoever made it, must outlive the table */
        uint64_t count;
        double number;
    } as;
};

/* NaN becomes CELL_EMPTY. */
struct value value_number(double x);
struct value value_setting(double x);
struct value value_share(double x);
struct value value_count(uint64_t n);
struct value value_text(const char *s); /* NULL: empty */

struct column {
    const char *name;    /* the machine name: "easy_neg" */
    const char *heading; /* for reading: "easy neg" */
};

/* What may be done to a column where a text does not fit the page. */
struct column_fit {
    /* 0: it is always kept; else the larger, the sooner it is left out, from COLUMN_DISPENSABLE on before any
       text is shortened. */
    unsigned char leave_out;
    unsigned char shorten; /* the number of characters to which its texts may be shortened; 0: they may not */
};
enum { COLUMN_DISPENSABLE = 100 };

/* The ends of a value's interval, shown beside it or under it; NaN: it has none. */
struct range {
    double low, high;
};

/* column_count columns, row_count rows; the value at (r, c) is value[r * column_count + c]. */
struct table {
    const struct column *column;
    const struct column_fit *fit; /* [column_count]; NULL: every column is kept whole */
    size_t column_count, row_count, room;
    struct value *value;
    struct range *range; /* those of the values, for reading; owned; NULL: there are none */
    double curve_bound;  /* of a report: no share of concentration in it is further off */
};
void table_init(struct table *t, const struct column *column, size_t column_count);
/* A new row of empty values; points into the table until the next call. */
struct value *table_row(struct table *t);
void table_free(struct table *t);

/* Emitters. They append to out. */
void emit_csv(const struct table *t, struct string *out);   /* header and rows, RFC 4180 quoting */
void emit_tsv(const struct table *t, struct string *out);   /* the same with tabs; \t, \n, \r and \ escaped */
void emit_json(const struct table *t, struct string *out);  /* an array of objects, and a newline */
void emit_jsonl(const struct table *t, struct string *out); /* an object a line */
void emit_markdown(const struct table *t, struct string *out);

/* What a text has to fit. */
struct text_style {
    size_t width; /* characters as a terminal shows them */
    bool colour;  /* bold headings */
};
/* Aligned columns, numbers right, text left. Where they do not fit the width, columns that may be left out
   are, and texts shortened, as struct column_fit says; what must be kept may go beyond it. */
void emit_text(const struct table *t, const struct text_style *style, struct string *out);
/* The words of a paragraph, in lines that fit. */
void text_put_sentences(const char *text, const struct text_style *style, struct string *out);

/* The same in pieces, each of which is looked at first: the columns' widths, then the page they fit (t has
   column_fit), then the head and the rows. */
struct text_layout {
    size_t *width;         /* [columns] */
    bool *text, *left_out; /* [columns] */
};
void text_layout_open(struct text_layout *l, size_t columns);
void text_layout_look(struct text_layout *l, const struct table *t);
void text_layout_fit(struct text_layout *l, const struct table *t, size_t width);
void text_put_head(const struct table *t, const struct text_layout *l, bool colour, struct string *out);
void text_put_rows(const struct table *t, const struct text_layout *l, struct string *out);
void text_layout_close(struct text_layout *l);

/* The same of tables without end, piece by piece: what stands before all rows (t has one row at least, which
   tells texts from numbers), and the rows of a piece. */
void emit_csv_head(const struct table *t, struct string *out);
void emit_csv_rows(const struct table *t, struct string *out);
void emit_tsv_head(const struct table *t, struct string *out);
void emit_tsv_rows(const struct table *t, struct string *out);
void emit_json_head(const struct table *t, struct string *out);
void emit_json_objects(const struct table *t, struct string *out); /* a comma between them */
void emit_json_indented(const struct table *t, const char *indent, struct string *out);
void emit_markdown_head(const struct table *t, struct string *out);
void emit_markdown_rows(const struct table *t, struct string *out);
void emit_text_head(const struct table *t, struct string *out); /* widths do not depend on the rows */
void emit_text_rows(const struct table *t, struct string *out);

/* A JSON string with its quotes; bytes that are no UTF-8 become U+FFFD. */
void json_string(const char *text, size_t size, struct string *out);
/* A JSON number: shortest round trip; NaN null, infinities "inf", "-inf". */
void json_number(double x, struct string *out);

/* Numbers for reading: about `digits` significant digits, 12,345 never; 4.26e-07 where small. */
size_t show_number(double x, int digits, char *out, size_t room);
/* "88.0 %", "–" for NaN, "<0.1 %" for what is above 0 and rounds to it. */
size_t show_share(double x, char *out, size_t room);

/* Appends a value as texts for reading show it; of foreign text nothing that a terminal would obey. */
void value_add_shown(const struct value *v, struct string *out);
/* The same of its interval, without the value's unit: "43.1–44.3", with as many digits as tell the ends
   apart; nothing where it has none. */
void range_add_shown(const struct value *v, const struct range *range, struct string *out);

#endif
