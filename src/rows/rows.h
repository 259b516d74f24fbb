/* rows.h: one line for each example: its p_t, and its loss and gradient at some settings

   The examples come from the same pass as the report's, in the order of the input, and stream: no more than
   one batch of each thread is held. A sigmoid's or multilabel row has an example for each class. */
#ifndef ROWS_ROWS_H
#define ROWS_ROWS_H

#include "base/output.h"
#include "examples/input.h"
#include "loss/setting.h"
#include "report/formats.h"

/* A loss that is given for each row, and under which name. */
struct row_loss {
    struct setting setting;
    double alpha; /* NaN: none */
    char *name;   /* "focal_g2"; its gradient is NAME_grad */
};

enum row_sides { ROWS_OF_ALL, ROWS_OF_POSITIVES, ROWS_OF_NEGATIVES };

/* What is asked. */
struct rows_request {
    struct row_loss *loss; /* [losses] */
    size_t losses;
    enum row_sides sides;
    const char *where; /* a condition (where.h); NULL: none */
    bool all;          /* rows that are no examples (ignored, left out) have a line with nothing in it */
    bool where_from;   /* the file and the line of each */
    /* a choice, ranked by a loss or a gradient: */
    uint64_t most;       /* at most this many in all; 0: no limit */
    uint64_t per_group;  /* at most this many of each group; 0: no limit */
    bool easiest;        /* lowest first, not highest */
    const char *rank_by; /* the name of a loss or a gradient; NULL: the first loss */
};

/* Whether the request is one that can be met; false with d filled, STATUS_USAGE. */
bool rows_check(const struct rows_request *q, const struct input *in, struct diag *d);

/* Reads the input and writes the lines to path (NULL: standard output): as they come, or, of a choice, as a
   table at the end. in->apart and in->keep are set. Bad rows are told only when they are reached: lines
   before them are written then, to a file they are taken back. facts is to be freed in any case. */
bool rows_write(const struct input *in, const struct rows_request *q, const struct output_format *form,
                const struct page *page, const char *path, struct facts *facts, struct diag *d);

#endif
