/* write_case.h: the same case written in many ways */
#ifndef TESTS_WRITE_CASE_H
#define TESTS_WRITE_CASE_H

#include "random_case.h"

#include <stdio.h>

enum quoting { QUOTE_NONE, QUOTE_ALL, QUOTE_ONE, QUOTE_NEWLINES };
enum extra { EXTRA_NONE, EXTRA_FIRST, EXTRA_LAST }; /* a column that says nothing */
enum number_form { NUMBER_SHORT, NUMBER_E, NUMBER_PLUS, NUMBER_ZEROS, NUMBER_EXACT };
enum label_form { LABEL_DIGIT, LABEL_POINT, LABEL_TRUE, LABEL_YES };
enum width { WIDTH_8, WIDTH_4, WIDTH_2 };

struct style {
    char delimiter; /* 0: a comma */
    bool crlf, bom, blank_lines, comments, no_last_newline, trailing, decimal_comma, no_header, reversed;
    bool labels_apart; /* no label columns */
    bool bare_labels;  /* and no header above the labels */
    bool codes;        /* classes as their numbers, not as names */
    enum quoting quoting;
    enum extra extra;
    enum number_form number;
    enum label_form label;
};

/* Rows from … to − 1 as text. */
void write_text(const struct random_case *c, const struct style *s, size_t from, size_t to, FILE *f);

struct array_style {
    enum width width;
    bool fortran, big_endian;
    int version;
};

/* Scores and, in a last column, weights; labels as whole numbers (`CASE_NO_CLASS` as 99). */
void write_array(const struct random_case *c, const struct array_style *s, FILE *f);
void write_label_array(const struct random_case *c, FILE *f);

/* Labels alone, one a line. */
void write_label_lines(const struct random_case *c, const struct style *s, FILE *f);

/* The nearest float16. */
double round_to_half(double x);

#endif
