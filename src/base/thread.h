/* thread.h: work on several threads */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include "base/error.h"

/* The number of cores that this process may use. */
unsigned thread_count_allowed(void);

/* work(context, w) for workers 0 … workers − 1, worker 0 on the calling thread. Where no thread can be made
   fewer run, so work must take its share from a common counter. Returns when all are done. */
void thread_run(unsigned workers, void (*work)(void *context, unsigned worker), void *context);
/* The same for workers that wait for each other: all of them run, or, false with d filled, none. */
bool thread_run_all(unsigned workers, void (*work)(void *context, unsigned worker), void *context,
                    struct diag *d);

#endif
