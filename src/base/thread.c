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
    pthread_mutex_t *gate; /* locked until all threads are made, or one cannot be; NULL: there is none */
    const bool *called_off;
};

static void *start(void *argument)
{
    struct thread_job *j = argument;

    if (j->gate) {
        pthread_mutex_lock(j->gate);
        pthread_mutex_unlock(j->gate);
        if (*j->called_off) return NULL;
    }
    j->work(j->context, j->worker);
    return NULL;
}

/* Makes threads of jobs 1 … workers − 1, copies of the first; returns how many jobs have one, that of the
   calling thread among them. */
static unsigned make_threads(struct thread_job *job, unsigned workers)
{
    unsigned made = 1;
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are the first thread's */
    for (; made < workers; made++) {
        job[made] = job[0];
        job[made].worker = made;
        if (pthread_create(&job[made].thread, NULL, start, &job[made]) != 0) break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return made;
}

void thread_run(unsigned workers, void (*work)(void *context, unsigned worker), void *context)
{
    struct thread_job *job = mem_alloc(workers, sizeof *job);
    unsigned made;

    job[0] = (struct thread_job){.work = work, .context = context};
    made = make_threads(job, workers);
    work(context, 0);
    for (unsigned i = 1; i < made; i++) pthread_join(job[i].thread, NULL);
    free(job);
}

bool thread_run_all(unsigned workers, void (*work)(void *context, unsigned worker), void *context,
                    struct diag *d)
{
    struct thread_job *job = mem_alloc(workers, sizeof *job);
    pthread_mutex_t gate;
    bool called_off;
    unsigned made;

    pthread_mutex_init(&gate, NULL);
    pthread_mutex_lock(&gate);
    job[0] = (struct thread_job){work, context, 0, 0, &gate, &called_off};
    made = make_threads(job, workers);
    called_off = made < workers;
    pthread_mutex_unlock(&gate);
    if (!called_off) work(context, 0);
    for (unsigned i = 1; i < made; i++) pthread_join(job[i].thread, NULL);
    pthread_mutex_destroy(&gate);
    free(job);
    return !called_off || diag_fail(d, STATUS_DATA, "%u threads cannot be made", workers);
}
