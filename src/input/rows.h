/* rows.h: rows of fields to examples */
#ifndef INPUT_ROWS_H
#define INPUT_ROWS_H

#include "input/columns.h"
#include "input/labels.h"

/* One reader's place and buffers. The sink gets a block whenever the buffers are full. */
struct rows {
    const struct input *in;
    struct facts *facts;
    struct sink sink;
    struct columns columns;
    struct labels labels;
    struct keymap groups;
    size_t group_room;
    const char *file;     /* for messages */
    uint64_t line;        /* of the row at hand */
    uint64_t row;         /* its number in the file, from 0 */
    size_t n, room;       /* examples waiting */
    double *tail, *weight;
    uint32_t *part, *group;
    double *score;        /* [scores] of the row at hand */
    uint32_t group_now;
    unsigned said;        /* bad rows told of */
};

/* Makes task, classes and labels from the columns and tells the sink. */
bool rows_open(struct rows *r, struct diag *d);
/* Takes one row. False: d is filled (a bad row that is not to be skipped). */
bool rows_take(struct rows *r, const struct row *row, struct diag *d);
/* A row that is none: counted, or d filled. */
bool rows_bad(struct rows *r, struct diag *d, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Hands on what is waiting. */
void rows_flush(struct rows *r);
void rows_close(struct rows *r);

#endif
