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
    uint64_t block; /* blocks are numbered through all files */
    size_t offset;  /* in the block */
    char *text;
};

struct bad_rows {
    pthread_mutex_t lock;
    unsigned limit, count;
    struct bad_row kept[BAD_ROWS_KEPT]; /* in order */
    _Atomic uint64_t last_block;        /* later blocks have nothing to add */
};
void bad_rows_open(struct bad_rows *c, unsigned limit);
void bad_rows_close(struct bad_rows *c);

/* Can a row of that block still be among the first? */
bool bad_rows_wanted(const struct bad_rows *c, uint64_t block);
/* As many are kept as may be: blocks behind them have nothing to add. */
bool bad_rows_full(const struct bad_rows *c);
void bad_rows_add(struct bad_rows *c, uint64_t block, size_t offset, const char *text);

#endif
