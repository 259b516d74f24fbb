/* state_files.c: the states of many files, read by several threads, added in their order */
#include "base/memory.h"
#include "base/thread.h"
#include "read/file.h"
#include "tally/state.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct state_files {
    struct merger *to;
    const char *const *path;
    size_t count;
    pthread_mutex_t lock; /* of what stands below */
    pthread_cond_t turn;
    size_t file; /* the one that is read, or the next */
    struct bytes *open;
    bool begun; /* a state of it was taken */
    uint64_t taken, added;
    bool stopped; /* all are taken, or one failed */
    struct diag *d;
};

static const char *shown_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

/* Reads on until there are `size` bytes in all, or the end; no more is allocated than a little beyond what
   there is. */
static bool read_up_to(struct bytes *b, uint64_t size, struct string *out, struct diag *d)
{
    enum { PIECE = 1 << 16 };
    ptrdiff_t n = 1;

    while (n > 0 && out->size < size) {
        uint64_t left = size - out->size;
        size_t want = left < PIECE ? (size_t)left : PIECE;

        out->text = mem_grow(out->text, &out->room, out->size + want, 1);
        n = bytes_read(b, out->text + out->size, want, d);
        if (n > 0) out->size += (size_t)n;
    }
    return n >= 0;
}

/* The bytes of the next state, as many of them as there are, and its file. False: there is none (*path is
   NULL), or d says what is wrong. */
static bool take_state(struct state_files *s, struct string *out, const char **path, struct diag *d)
{
    bool ok = true;

    out->size = 0;
    *path = NULL;
    while (ok && !out->size && s->file < s->count) {
        *path = s->path[s->file];
        if (!s->open) {
            s->begun = false;
            s->open = bytes_open(*path, -1, d);
        }
        ok = s->open && read_up_to(s->open, STATE_PREFIX, out, d) &&
             read_up_to(s->open, state_size(out->text, out->size), out, d) &&
             (out->size || s->begun || diag_fail(d, STATUS_DATA, "%s: it is empty", shown_name(*path)));
        s->begun = true;
        if (ok && out->size) return true;
        if (s->open) bytes_close(s->open);
        s->open = NULL;
        s->file++;
        if (ok) *path = NULL;
    }
    return false;
}

static bool read_state(const struct string *bytes, const char *path, struct tally *out, struct diag *d)
{
    struct diag own = {0};
    size_t used;

    if (state_read(bytes->text, bytes->size, &used, out, &own)) return true;
    return diag_fail(d, own.status, "%s: %s", shown_name(path), own.text);
}

static bool add_state(struct merger *m, const struct tally *t, const char *path, struct diag *d)
{
    struct diag own = {0};

    return merger_add(m, t, &own) || diag_fail(d, own.status, "%s: %s", shown_name(path), own.text);
}

/* Reads states, one at a time, and adds each when those before it are there. */
static void work(void *context, unsigned worker)
{
    struct state_files *s = context;
    struct string bytes = {0};

    (void)worker;
    pthread_mutex_lock(&s->lock);
    while (!s->stopped) {
        struct tally t = {0};
        struct diag d = {0};
        const char *path;
        bool ok = take_state(s, &bytes, &path, &d);
        uint64_t turn = s->taken++;

        if (!path) break;
        pthread_mutex_unlock(&s->lock);
        ok = ok && read_state(&bytes, path, &t, &d);
        pthread_mutex_lock(&s->lock);
        while (s->added < turn && !s->stopped) pthread_cond_wait(&s->turn, &s->lock);
        if (!s->stopped) {
            pthread_mutex_unlock(&s->lock);
            ok = ok && add_state(s->to, &t, path, &d);
            pthread_mutex_lock(&s->lock);
            s->added++;
            s->stopped = !ok;
            if (!ok) *s->d = d;
            pthread_cond_broadcast(&s->turn);
        }
        pthread_mutex_unlock(&s->lock);
        tally_free(&t);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    string_free(&bytes);
}

bool states_add_files(struct merger *m, const char *const *path, size_t count, unsigned threads,
                      uint64_t *states, struct diag *d)
{
    struct state_files s = {.to = m, .path = path, .count = count, .d = d};

    pthread_mutex_init(&s.lock, NULL);
    pthread_cond_init(&s.turn, NULL);
    thread_run(threads ? threads : thread_count_allowed(), work, &s);
    pthread_cond_destroy(&s.turn);
    pthread_mutex_destroy(&s.lock);
    if (s.open) bytes_close(s.open);
    *states += s.added;
    return !s.stopped;
}

bool state_is_file(const char *path)
{
    bool standard = strcmp(path, "-") == 0;
    char bytes[STATE_MAGIC_SIZE];
    struct stat st;
    ssize_t n;
    off_t at;
    int fd;

    /* a fifo's writer would take an open that is soon closed for its reader */
    if ((standard ? fstat(STDIN_FILENO, &st) : stat(path, &st)) != 0 || !S_ISREG(st.st_mode)) return false;
    fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    at = fd < 0 ? -1 : lseek(fd, 0, SEEK_CUR);
    n = at < 0 ? -1 : pread(fd, bytes, sizeof bytes, at);
    if (fd >= 0 && !standard) close(fd);
    return n > 0 && state_begins(bytes, (size_t)n);
}
