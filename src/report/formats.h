/* formats.h: the forms that results are written in: one row each, in formats.def.h */
#ifndef REPORT_FORMATS_H
#define REPORT_FORMATS_H

#include "report/report.h"

/* What is known of where the output goes. */
struct page {
    struct text_style text;
    const char *title;   /* of an HTML page; NULL: made from the inputs */
    const char *command; /* the command line that gives all results, for what a page leaves out */
};

/* A report whose rows come in pieces, those of the whole last; zero-initialise all but the first two. */
struct pieces {
    const struct report *report; /* its table is not looked at */
    const struct page *page;
    struct first_columns first;
    struct text_layout layout;
    struct string finding;
    size_t rows; /* so far */
    double curve_bound;
};
struct pieces_form {
    void (*look)(struct pieces *p, const struct table *rows); /* at all rows, first of all; NULL: no need */
    /* Append to out. */
    void (*begin)(struct pieces *p, struct string *out);
    void (*rows)(struct pieces *p, const struct table *rows, struct string *out);
    void (*end)(struct pieces *p, struct string *out);
};
void pieces_free(struct pieces *p);

struct output_format {
    const char *name;    /* of --format */
    const char *endings; /* of files, each between blanks; other spellings of the name, too */
    /* Append to out. A NULL: there is no such form. */
    void (*table)(const struct table *t, const struct page *page, struct string *out); /* any table */
    const struct pieces_form
        *pieces; /* the report with its heading; NULL: it is `report`, or head and rows */
    void (*report)(const struct report *r, const struct page *page, struct string *out);
    void (*understood)(const struct facts *f, struct string *out); /* how the input is read */
    /* tables without end (table.h); rows NULL: there is no such form */
    void (*head)(const struct table *t, struct string *out); /* NULL: nothing stands before the rows */
    void (*rows)(const struct table *t, struct string *out);
    const char *between, *tail; /* what stands between two pieces, and behind the last */
    /* a paragraph beside tables; NULL: it is a form for machines, which has none */
    void (*sentences)(const char *text, const struct page *page, struct string *out);
};
extern const struct output_format output_formats[]; /* the first is the standard one */
extern const size_t output_format_count;

/* By name or another spelling of it; NULL: there is none. */
const struct output_format *output_format_find(const char *name);
/* By the ending of a file's name; NULL: it tells none. */
const struct output_format *output_format_of_path(const char *path);

#endif
