/* decompress.c: the decoder's thread and its ring of buffers */
#include "read/decompress.h"

#include "base/memory.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { RING = 4, PIECE = 256 << 10 };

struct piece {
    char *bytes;
    size_t size, used;
};

struct decoder {
    const struct coding *coding;
    decoder_source *read;
    void *source;
    const char *name;
    void *state;
    char *in;
    size_t in_size, in_used;
    bool between, in_ended, ended; /* between members; no more input; no more output */
    struct diag diag;
    struct piece ring[RING];
    size_t made, taken;            /* pieces in all */
    bool threaded, stop, finished; /* finished: no further piece will be made */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t change;
};

const struct coding *const coding_table[] = {&coding_gzip, &coding_zstd};
const size_t coding_count = sizeof coding_table / sizeof *coding_table;

const struct coding *coding_of(const char *head, size_t size)
{
    for (size_t i = 0; i < coding_count; i++)
        if (coding_table[i]->is(head, size)) return coding_table[i];
    return NULL;
}

/* Fills one piece; a short one is the last. False: d->diag is filled. */
static bool fill(struct decoder *d, struct piece *p)
{
    p->size = p->used = 0;
    while (p->size < PIECE && !d->ended) {
        size_t used = 0, made = 0;
        const char *wrong;

        if (d->in_used == d->in_size && !d->in_ended) {
            ptrdiff_t n = d->read(d->source, d->in, PIECE, &d->diag);

            if (n < 0) return false;
            d->in_size = (size_t)n;
            d->in_used = 0;
            d->in_ended = n == 0;
        }
        if (d->in_ended && d->between) {
            d->ended = true;
            break;
        }
        wrong = d->coding->step(d->state, d->in + d->in_used, d->in_size - d->in_used, &used,
                                p->bytes + p->size, PIECE - p->size, &made, &d->between);
        d->in_used += used;
        p->size += made;
        if (wrong)
            return diag_fail(&d->diag, STATUS_DATA, "%s: damaged %s data: %s", d->name, d->coding->name,
                             wrong);
        if (d->in_ended && !used && !made && !d->between)
            return diag_fail(&d->diag, STATUS_DATA, "%s: the %s data are cut off", d->name, d->coding->name);
    }
    return true;
}

static void *decode_all(void *context)
{
    struct decoder *d = context;
    bool go_on = true;

    while (go_on) {
        struct piece *p;

        pthread_mutex_lock(&d->lock);
        while (d->made - d->taken == RING && !d->stop) pthread_cond_wait(&d->change, &d->lock);
        p = &d->ring[d->made % RING];
        go_on = !d->stop;
        pthread_mutex_unlock(&d->lock);
        if (!go_on) break;
        go_on = fill(d, p) && !d->ended;
        pthread_mutex_lock(&d->lock);
        d->made++;
        if (!go_on) d->finished = true;
        pthread_cond_signal(&d->change);
        pthread_mutex_unlock(&d->lock);
    }
    return NULL;
}

struct decoder *decoder_open(const struct coding *coding, decoder_source *read, void *source,
                             const char *name, struct diag *diag)
{
    struct decoder *d;
    sigset_t all, before;

    if (!coding->open) {
        diag_fail(diag, STATUS_DATA, "%s: %s data, and this build has no %s: install %s, then make again",
                  name, coding->name, coding->name, coding->package);
        return NULL;
    }
    d = mem_alloc(1, sizeof *d);
    d->coding = coding;
    d->read = read;
    d->source = source;
    d->name = name;
    d->state = coding->open();
    d->in = mem_alloc(PIECE, 1);
    for (int i = 0; i < RING; i++) d->ring[i].bytes = mem_alloc(PIECE, 1);
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->change, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are the main thread's */
    d->threaded = pthread_create(&d->thread, NULL, decode_all, d) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return d;
}

/* The piece to read from, waited for; NULL at the end. */
static struct piece *next_piece(struct decoder *d)
{
    struct piece *p = NULL;

    if (!d->threaded) {
        p = &d->ring[0];
        if (p->used < p->size) return p;
        return !d->ended && !d->diag.status && (fill(d, p), p->size) ? p : NULL;
    }
    pthread_mutex_lock(&d->lock);
    while (d->made == d->taken && !d->finished) pthread_cond_wait(&d->change, &d->lock);
    if (d->made > d->taken) p = &d->ring[d->taken % RING];
    pthread_mutex_unlock(&d->lock);
    return p;
}

ptrdiff_t decoder_read(struct decoder *d, char *buffer, size_t room, struct diag *diag)
{
    for (;;) {
        struct piece *p = next_piece(d);
        size_t n;

        if (!p) break;
        n = p->size - p->used < room ? p->size - p->used : room;
        memcpy(buffer, p->bytes + p->used, n);
        p->used += n;
        if (p->used == p->size && d->threaded) {
            pthread_mutex_lock(&d->lock);
            d->taken++;
            pthread_cond_signal(&d->change);
            pthread_mutex_unlock(&d->lock);
        }
        if (n) return (ptrdiff_t)n;
    }
    if (!d->diag.status) return 0;
    diag_fail(diag, d->diag.status, "%s", d->diag.text);
    return -1;
}

void decoder_close(struct decoder *d)
{
    if (d->threaded) {
        pthread_mutex_lock(&d->lock);
        d->stop = true;
        pthread_cond_signal(&d->change);
        pthread_mutex_unlock(&d->lock);
        pthread_join(d->thread, NULL);
    }
    d->coding->close(d->state);
    pthread_mutex_destroy(&d->lock);
    pthread_cond_destroy(&d->change);
    for (int i = 0; i < RING; i++) free(d->ring[i].bytes);
    free(d->in);
    free(d);
}
