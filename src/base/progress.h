/* progress.h: how far a long run has come, on standard error */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool shown, forced, terminal;
    int64_t begun;        /* nanoseconds */
    _Atomic int64_t next; /* when it is to be shown again */
    atomic_bool drawn;
};

/* wanted: 1 shown in any case, 0 never, −1 on a terminal. */
void progress_open(struct progress *p, int wanted);
/* Time to show it: after the first second, five times a second on a terminal, else once, to one of the
   threads that ask. */
bool progress_due(struct progress *p);
/* total: of bytes; 0 where it is not known. */
void progress_show(struct progress *p, uint64_t bytes, uint64_t total, uint64_t rows);
/* Takes the line away; where it was forced, says what it came to. */
void progress_close(struct progress *p, uint64_t bytes, uint64_t rows);

#endif
