/* output.c: files that appear complete or not at all; standard output that is checked */
#include "base/output.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifndef O_PATH /* Linux: also a directory that may not be listed */
#define O_PATH O_RDONLY
#endif

enum { TEMPORARY_SIZE = 32, LINKS = 40 };

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDINGS = sizeof ending / sizeof *ending };

/* The temporary files that there are; a signal handler needs them at a fixed place. */
static struct temporary {
    volatile sig_atomic_t exists;
    int directory;
    char name[TEMPORARY_SIZE];
} temporary[OUTPUT_FILES];

/* The lock that is held; its file goes with the program. */
static struct output_lock {
    volatile sig_atomic_t held;
    struct sigaction before[ENDINGS];
    char path[PATH_MAX];
    int fd;
} lock;

static void remove_temporaries(void)
{
    for (int i = 0; i < OUTPUT_FILES; i++) {
        if (temporary[i].exists) unlinkat(temporary[i].directory, temporary[i].name, 0);
        temporary[i].exists = 0;
    }
}

static void remove_lock(void)
{
    if (lock.held) unlink(lock.path);
    lock.held = 0;
}

static void remove_and_end(int signal_number)
{
    remove_temporaries();
    remove_lock();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void watch_signals(struct sigaction before[ENDINGS])
{
    struct sigaction act = {.sa_handler = remove_and_end};

    atexit(remove_temporaries); /* where memory ends, or a pipe's reader */
    atexit(remove_lock);
    sigemptyset(&act.sa_mask);
    for (int i = 0; i < ENDINGS; i++) {
        sigaction(ending[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN) sigaction(ending[i], &act, NULL);
    }
}

static void unwatch_signals(const struct sigaction before[ENDINGS])
{
    for (int i = 0; i < ENDINGS; i++) sigaction(ending[i], &before[i], NULL);
}

static bool write_all(int fd, const char *bytes, size_t size, const char *name, struct diag *d)
{
    while (size) {
        ssize_t n = write(fd, bytes, size);

        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EPIPE) exit(STATUS_DATA);
        if (n < 0) return diag_errno(d, errno, "cannot write %s", name);
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

/* The descriptor that a path names, −1 if it names none. */
static int descriptor_named(const char *path)
{
    static const char *const directory[] = {"/dev/fd/", "/proc/self/fd/"};

    if (strcmp(path, "/dev/stdin") == 0) return STDIN_FILENO;
    if (strcmp(path, "/dev/stdout") == 0) return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0) return STDERR_FILENO;
    for (int i = 0; i < 2; i++) {
        size_t n = strlen(directory[i]);

        if (strncmp(path, directory[i], n) == 0 && path[n] && strlen(path + n) < 8 &&
            strspn(path + n, "0123456789") == strlen(path + n))
            return atoi(path + n);
    }
    return -1;
}

/* Where a path leads: a descriptor of ours, or a path whose last part is no symbolic link. */
struct place {
    int fd; /* −1: none */
    char path[PATH_MAX];
};

static bool follow(const char *path, struct place *to, struct diag *d)
{
    char link[PATH_MAX];

    if (strlen(path) >= sizeof to->path) return diag_errno(d, ENAMETOOLONG, "cannot write %s", path);
    strcpy(to->path, path);
    for (int links = 0; (to->fd = descriptor_named(to->path)) < 0; links++) {
        ssize_t n = readlink(to->path, link, sizeof link - 1);
        char *slash = strrchr(to->path, '/');
        size_t stem = n > 0 && *link == '/' ? 0 : slash ? (size_t)(slash + 1 - to->path) : 0;

        if (n < 0) return true; /* no link */
        if (links == LINKS) return diag_errno(d, ELOOP, "cannot write %s", path);
        if (stem + (size_t)n >= sizeof to->path) return diag_errno(d, ENAMETOOLONG, "cannot write %s", path);
        memcpy(to->path + stem, link, (size_t)n);
        to->path[stem + (size_t)n] = 0;
    }
    return true;
}

/* A new file in the directory, under a name that no other run uses; its descriptor, −1 with errno. Signals
   that end the program wait until the name is noted. */
static int create_temporary(struct temporary *t)
{
    sigset_t endings, before;
    struct timespec now;
    int fd = -1;

    sigemptyset(&endings);
    for (int i = 0; i < ENDINGS; i++) sigaddset(&endings, ending[i]);
    sigprocmask(SIG_BLOCK, &endings, &before);
    for (int tries = 0; tries < 1000; tries++) {
        clock_gettime(CLOCK_REALTIME, &now);
        snprintf(t->name, sizeof t->name, ".losscope-%lx%lx", (long)getpid() & 0xffffffff, now.tv_nsec);
        fd = openat(t->directory, t->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd >= 0 || errno != EEXIST) break;
    }
    if (fd >= 0) t->exists = 1;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return fd;
}

static int open_directory(const char *path)
{
    char *copy = mem_copy(path, strlen(path)), *slash = strrchr(copy, '/');
    int fd;

    if (slash) slash[slash == copy] = 0;
    fd = open(slash ? copy : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    free(copy);
    return fd;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Begins a file under a temporary name; its descriptor, −1 with d filled. */
static int open_temporary(const char *path, const char *real, struct temporary *t, struct diag *d)
{
    int fd = -1;

    if (!*last_part(real)) {
        diag_errno(d, EISDIR, "cannot write %s", path);
        return -1;
    }
    t->directory = open_directory(real);
    if (t->directory >= 0) fd = create_temporary(t);
    if (fd < 0) diag_errno(d, errno, "cannot write %s", path);
    return fd;
}

/* Ends a file under its temporary name, with the mode that the real one has or will have. */
static bool close_temporary(int fd, const char *path, const char *real, struct diag *d)
{
    struct stat old;
    mode_t mask = umask(0);
    bool ok = true;

    umask(mask);
    if (fchmod(fd, stat(real, &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask) != 0)
        ok = diag_errno(d, errno, "cannot write %s", path);
    if (close(fd) != 0 && ok) ok = diag_errno(d, errno, "cannot write %s", path);
    return ok;
}

/* Writes the whole of a file under its temporary name. */
static bool write_temporary(const struct output_file *file, const char *real, struct temporary *t,
                            struct diag *d)
{
    int fd = open_temporary(file->path, real, t, d);
    bool ok;

    if (fd < 0) return false;
    ok = write_all(fd, file->bytes, file->size, file->path, d);
    if (ok && file->sync && fsync(fd) != 0) ok = diag_errno(d, errno, "cannot write %s", file->path);
    return close_temporary(fd, file->path, real, d) && ok;
}

static bool rename_temporary(const struct output_file *file, const char *real, struct temporary *t,
                             struct diag *d)
{
    if (renameat(t->directory, t->name, t->directory, last_part(real)) != 0)
        return diag_errno(d, errno, "cannot write %s", file->path);
    t->exists = 0;
    return true;
}

static bool write_directly(const char *path, const char *bytes, size_t size, struct diag *d)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool ok;

    if (fd < 0) return diag_errno(d, errno, "cannot write %s", path);
    ok = write_all(fd, bytes, size, path, d);
    if (close(fd) != 0 && ok) ok = diag_errno(d, errno, "cannot write %s", path);
    return ok;
}

/* Writes to what is no file to be replaced; *done: it was none. */
static bool write_in_place(const struct output_file *file, const struct place *to, bool *done, struct diag *d)
{
    struct stat st;

    *done = to->fd >= 0;
    if (*done) return write_all(to->fd, file->bytes, file->size, file->path, d);
    if (stat(to->path, &st) != 0 || S_ISREG(st.st_mode)) return true;
    if (S_ISDIR(st.st_mode)) return diag_errno(d, EISDIR, "cannot write %s", file->path);
    *done = true;
    return write_directly(to->path, file->bytes, file->size, d);
}

bool output_write_files(const struct output_file *file, size_t count, struct diag *d)
{
    struct place *to = mem_alloc(count, sizeof *to);
    struct sigaction before[ENDINGS];
    bool done[OUTPUT_FILES] = {false}, ok = true;

    for (int i = 0; i < OUTPUT_FILES; i++) temporary[i].directory = -1;
    watch_signals(before);
    for (size_t i = 0; i < count && ok; i++) {
        ok = follow(file[i].path, &to[i], d) && write_in_place(&file[i], &to[i], &done[i], d);
        if (ok && !done[i]) ok = write_temporary(&file[i], to[i].path, &temporary[i], d);
    }
    for (size_t i = 0; i < count && ok; i++)
        if (!done[i]) ok = rename_temporary(&file[i], to[i].path, &temporary[i], d);
    remove_temporaries();
    unwatch_signals(before);
    for (int i = 0; i < OUTPUT_FILES; i++)
        if (temporary[i].directory >= 0) close(temporary[i].directory);
    free(to);
    return ok;
}

bool output_write(const char *path, const char *bytes, size_t size, struct diag *d)
{
    const struct output_file file = {path, bytes, size, false};

    if (!path || strcmp(path, "-") == 0) return write_all(STDOUT_FILENO, bytes, size, "standard output", d);
    return output_write_files(&file, 1, d);
}

struct output_stream {
    const char *path;
    struct place to;
    struct sigaction before[ENDINGS];
    int fd;
    bool replaces; /* a temporary file that will replace the real one */
};

/* Where the bytes go: a descriptor, what is no regular file, or a temporary file. */
static bool open_target(struct output_stream *s, struct diag *d)
{
    struct stat st;

    if (!s->path || strcmp(s->path, "-") == 0) {
        s->path = "standard output";
        s->fd = STDOUT_FILENO;
        return true;
    }
    if (!follow(s->path, &s->to, d)) return false;
    s->fd = s->to.fd;
    if (s->fd >= 0) return true;
    s->replaces = stat(s->to.path, &st) != 0 || S_ISREG(st.st_mode);
    if (s->replaces) {
        s->fd = open_temporary(s->path, s->to.path, &temporary[0], d);
        return s->fd >= 0;
    }
    s->fd = S_ISDIR(st.st_mode) ? -1 : open(s->to.path, O_WRONLY | O_CLOEXEC);
    return s->fd >= 0 || diag_errno(d, S_ISDIR(st.st_mode) ? EISDIR : errno, "cannot write %s", s->path);
}

struct output_stream *output_open(const char *path, struct diag *d)
{
    struct output_stream *s = mem_alloc(1, sizeof *s);

    *s = (struct output_stream){.path = path, .fd = -1, .to = {.fd = -1}};
    for (int i = 0; i < OUTPUT_FILES; i++) temporary[i].directory = -1;
    watch_signals(s->before);
    if (open_target(s, d)) return s;
    output_close(s, false, d);
    return NULL;
}

bool output_add(struct output_stream *s, const char *bytes, size_t size, struct diag *d)
{
    return write_all(s->fd, bytes, size, s->path, d);
}

bool output_close(struct output_stream *s, bool keep, struct diag *d)
{
    const struct output_file file = {.path = s->path};
    bool ok = true;

    if (s->replaces && s->fd >= 0)
        ok = close_temporary(s->fd, s->path, s->to.path, d);
    else if (s->fd >= 0 && s->to.fd < 0 && s->fd != STDOUT_FILENO)
        ok = close(s->fd) == 0 || diag_errno(d, errno, "cannot write %s", s->path);
    if (ok && keep && s->replaces) ok = rename_temporary(&file, s->to.path, &temporary[0], d);
    remove_temporaries();
    unwatch_signals(s->before);
    if (temporary[0].directory >= 0) close(temporary[0].directory);
    free(s);
    return ok;
}

/* Whether the path still names the file that is locked: the one before may have removed it. */
static bool is_current(const struct output_lock *l)
{
    struct stat own, there;

    return fstat(l->fd, &own) == 0 && stat(l->path, &there) == 0 && own.st_dev == there.st_dev &&
           own.st_ino == there.st_ino;
}

/* Opens the lock's file; *made: it was not there. */
static bool open_lock(struct output_lock *l, bool *made, struct diag *d)
{
    l->fd = open(l->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    *made = l->fd >= 0;
    if (!*made && errno == EEXIST) l->fd = open(l->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    return l->fd >= 0 || diag_errno(d, errno, "cannot write %s", l->path);
}

static bool take_lock(struct output_lock *l, struct diag *d)
{
    bool made;

    while (open_lock(l, &made, d)) {
        int failed = 0;

        while (!failed && flock(l->fd, LOCK_EX) != 0)
            if (errno != EINTR) failed = errno;
        l->held = !failed && is_current(l);
        if (l->held) return true;
        if (failed && made) unlink(l->path);
        close(l->fd);
        if (failed) return diag_errno(d, failed, "cannot lock %s", l->path);
    }
    return false;
}

struct output_lock *output_lock(const char *path, struct diag *d)
{
    struct place *to = mem_alloc(1, sizeof *to);
    struct stat st;
    bool ok = follow(path, to, d);

    if (ok && (to->fd >= 0 || (stat(to->path, &st) == 0 && !S_ISREG(st.st_mode))))
        ok = diag_fail(d, STATUS_USAGE, "%s is no regular file: it cannot be added to", path);
    if (ok && snprintf(lock.path, sizeof lock.path, "%s.lock", to->path) >= (int)sizeof lock.path)
        ok = diag_errno(d, ENAMETOOLONG, "cannot write %s", path);
    free(to);
    if (!ok) return NULL;
    watch_signals(lock.before);
    if (take_lock(&lock, d)) return &lock;
    unwatch_signals(lock.before);
    return NULL;
}

void output_unlock(struct output_lock *l)
{
    if (!l) return;
    remove_lock(); /* before it is let go: whoever waits sees that it is gone */
    close(l->fd);
    unwatch_signals(l->before);
}

bool output_is_input(const char *output, const char *input)
{
    struct stat out, in;
    bool to_stdout = !output || strcmp(output, "-") == 0, from_stdin = !input || strcmp(input, "-") == 0;

    if ((to_stdout ? fstat(STDOUT_FILENO, &out) : stat(output, &out)) != 0) return false;
    if ((from_stdin ? fstat(STDIN_FILENO, &in) : stat(input, &in)) != 0) return false;
    return S_ISREG(out.st_mode) && out.st_dev == in.st_dev && out.st_ino == in.st_ino;
}
