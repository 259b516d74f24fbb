/* thread.c: work on several threads */
#include "base/thread.h"

#include "base/memory.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

unsigned thread_count_allowed(void)
{
    cpu_set_t set;

    return sched_getaffinity(0, sizeof set, &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

struct thread_job {
    void (*work)(void *context, unsigned worker);
    void *context;
    unsigned worker;
    pthread_t thread;
};

static void *start(void *argument)
{
    struct thread_job *j = argument;

    j->work(j->context, j->worker);
    return NULL;
}

void thread_run(unsigned workers, void (*work)(void *context, unsigned worker), void *context)
{
    struct thread_job *job = mem_alloc(workers, sizeof *job);
    unsigned made = 1;
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are the first thread's */
    for (; made < workers; made++) {
        job[made] = (struct thread_job){work, context, made, 0};
        if (pthread_create(&job[made].thread, NULL, start, &job[made]) != 0) break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    work(context, 0);
    for (unsigned i = 1; i < made; i++) pthread_join(job[i].thread, NULL);
    free(job);
}
