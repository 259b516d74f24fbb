/* bad_rows.h: the first bad rows, in the order of the input, whichever worker meets them */
#ifndef EXAMPLES_BAD_ROWS_H
#define EXAMPLES_BAD_ROWS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BAD_ROWS_KEPT = 5 };

struct bad_row {
    uint64_t batch; /* its number (read/reader.h) */
    size_t place;   /* in the batch */
    char *text;
};

struct bad_rows {
    pthread_mutex_t lock;
    unsigned limit, count;
    struct bad_row kept[BAD_ROWS_KEPT]; /* in order */
    _Atomic uint64_t last_batch;        /* later batches have nothing to add */
};
void bad_rows_open(struct bad_rows *b, unsigned limit);
void bad_rows_close(struct bad_rows *b);

/* Can a row of that batch still be among the first? */
bool bad_rows_wanted(const struct bad_rows *b, uint64_t batch);
/* As many are kept as may be: batches behind them have nothing to add. */
bool bad_rows_full(const struct bad_rows *b);
void bad_rows_add(struct bad_rows *b, uint64_t batch, size_t place, const char *text);

#endif
