/* bad_rows.h: the first bad rows, in the order of the input, whichever worker meets them */
#ifndef EXAMPLES_BAD_ROWS_H
#define EXAMPLES_BAD_ROWS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COMPLAINTS = 5 };

struct complaint {
    uint64_t block; /* blocks are numbered through all files */
    size_t offset;  /* in the block */
    char *text;
};

struct complaints {
    pthread_mutex_t lock;
    unsigned limit, count;
    struct complaint kept[COMPLAINTS]; /* in order */
    _Atomic uint64_t last_block;       /* later blocks have nothing to add */
};
void complaints_open(struct complaints *c, unsigned limit);
void complaints_close(struct complaints *c);

/* Can a row of that block still be among the first? */
bool complaints_wanted(const struct complaints *c, uint64_t block);
/* As many are kept as may be: blocks behind them have nothing to add. */
bool complaints_full(const struct complaints *c);
void complaints_add(struct complaints *c, uint64_t block, size_t offset, const char *text);

#endif
