/* preload.c: makes one call of a program fail: the N-th of a function (for LD_PRELOAD, with glibc)
 *
 *     FAULT="read 3"         the third call of read fails
 *     FAULT="short 0"        every read and write moves a few bytes only
 *     FAULT="interrupted 0"  every second call that may wait is interrupted by a signal
 *     FAULT_LOG=FILE         at the end: all calls, "NAME PLACE" a line; calls of one place come from the
 * same functions
 *
 * Processes that the program starts are left alone. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum call {
    MALLOC,
    CALLOC,
    REALLOC,
    ALIGNED_ALLOC,
    OPEN,
    OPENAT,
    FOPEN,
    READ,
    PREAD,
    WRITE,
    LSEEK,
    FSTAT,
    STAT,
    LSTAT,
    READLINK,
    OPENDIR,
    CLOSE,
    MMAP,
    RENAMEAT,
    FCHMOD,
    FCNTL,
    FLOCK,
    FSYNC,
    PIPE,
    PIPE2,
    POLL,
    MKDTEMP,
    PTHREAD_CREATE,
    SPAWN_INIT,
    SPAWN_DUP,
    SPAWN_ATTRIBUTES,
    SPAWN,
    WAITPID,
    CALLS
};
static const char *const name[CALLS] = {"malloc",
                                        "calloc",
                                        "realloc",
                                        "aligned_alloc",
                                        "open",
                                        "openat",
                                        "fopen",
                                        "read",
                                        "pread",
                                        "write",
                                        "lseek",
                                        "fstat",
                                        "stat",
                                        "lstat",
                                        "readlink",
                                        "opendir",
                                        "close",
                                        "mmap",
                                        "renameat",
                                        "fchmod",
                                        "fcntl",
                                        "flock",
                                        "fsync",
                                        "pipe",
                                        "pipe2",
                                        "poll",
                                        "mkdtemp",
                                        "pthread_create",
                                        "posix_spawn_file_actions_init",
                                        "posix_spawn_file_actions_adddup2",
                                        "posix_spawnattr_init",
                                        "posix_spawnp",
                                        "waitpid"};

/* What was called, in its order. */
enum { LOGGED = 1 << 18, DEPTH = 12 };
static struct {
    uint32_t call, place;
} logged[LOGGED];
static atomic_uint log_size;

static atomic_long calls[CALLS];
static long failing_at;
static int failing = -1;
static bool few_bytes, interrupted, logging;
static char log_file[4096];

__attribute__((constructor)) static void set_up(void)
{
    const char *fault = getenv("FAULT"), *log = getenv("FAULT_LOG");
    void *frame[DEPTH];

    if (log) snprintf(log_file, sizeof log_file, "%s", log);
    if (fault) {
        size_t n = strcspn(fault, " ");

        failing_at = strtol(fault + n, NULL, 10);
        few_bytes = strncmp(fault, "short ", 6) == 0;
        interrupted = strncmp(fault, "interrupted ", 12) == 0;
        for (int c = 0; c < CALLS; c++)
            if (strlen(name[c]) == n && memcmp(name[c], fault, n) == 0) failing = c;
    }
    unsetenv("FAULT");
    unsetenv("FAULT_LOG");
    unsetenv("LD_PRELOAD");
    backtrace(frame, DEPTH); /* the first call allocates */
    for (int c = 0; c < CALLS; c++) atomic_store(&calls[c], 0);
    logging = log_file[0];
}

__attribute__((destructor)) static void tear_down(void)
{
    FILE *f;

    failing = -1;
    interrupted = false;
    if (!logging) return;
    logging = false;
    f = fopen(log_file, "w");
    if (!f) return;
    for (unsigned i = 0; i < log_size && i < LOGGED; i++)
        fprintf(f, "%s %u\n", name[logged[i].call], logged[i].place);
    fclose(f);
}

static void note(enum call c)
{
    void *frame[DEPTH];
    int depth = backtrace(frame, DEPTH);
    uint32_t place = 2166136261u;
    unsigned i = atomic_fetch_add(&log_size, 1);

    for (int k = 0; k < depth; k++) place = (place ^ (uint32_t)(uintptr_t)frame[k]) * 16777619u;
    if (i >= LOGGED) return;
    logged[i].call = c;
    logged[i].place = place;
}

static bool fails(enum call c, int error)
{
    if (logging) note(c);
    if (atomic_fetch_add(&calls[c], 1) + 1 != failing_at || failing != (int)c) return false;
    errno = error;
    return true;
}

/* Of a call that may wait. */
static bool fails_or_ends(enum call c, int error)
{
    static atomic_uint turn[CALLS];

    if (interrupted && atomic_fetch_add(&turn[c], 1) % 2 == 0) {
        errno = EINTR;
        return true;
    }
    return fails(c, error);
}

static size_t some(size_t n)
{
    static atomic_uint turn;

    return few_bytes && n > 7 ? 1 + atomic_fetch_add(&turn, 1) % 7 : n;
}

/* ---- memory ---- */

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

void *malloc(size_t n)
{
    return fails(MALLOC, ENOMEM) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return fails(CALLOC, ENOMEM) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    return fails(REALLOC, ENOMEM) ? NULL : __libc_realloc(p, n);
}

void *aligned_alloc(size_t alignment, size_t n)
{
    return fails(ALIGNED_ALLOC, ENOMEM) ? NULL : __libc_memalign(alignment, n);
}

/* ---- files ---- */

/* REAL(function): the one that is hidden by ours */
#define REAL(function) (__extension__(__typeof__(&function)) dlsym(RTLD_NEXT, #function))

static mode_t mode_of(int flags, va_list more)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list more;
    mode_t mode;

    va_start(more, flags);
    mode = mode_of(flags, more);
    va_end(more);
    return fails(OPEN, EMFILE) ? -1 : REAL(open)(path, flags, mode);
}

int openat(int directory, const char *path, int flags, ...)
{
    va_list more;
    mode_t mode;

    va_start(more, flags);
    mode = mode_of(flags, more);
    va_end(more);
    return fails(OPENAT, EMFILE) ? -1 : REAL(openat)(directory, path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    return fails(FOPEN, EMFILE) ? NULL : REAL(fopen)(path, mode);
}

ssize_t read(int fd, void *to, size_t n)
{
    return fails_or_ends(READ, EIO) ? -1 : REAL(read)(fd, to, some(n));
}

ssize_t pread(int fd, void *to, size_t n, off_t at)
{
    return fails_or_ends(PREAD, EIO) ? -1 : REAL(pread)(fd, to, some(n), at);
}

ssize_t write(int fd, const void *from, size_t n)
{
    return fd != 2 && fails_or_ends(WRITE, ENOSPC) ? -1 : REAL(write)(fd, from, fd == 2 ? n : some(n));
}

off_t lseek(int fd, off_t to, int whence)
{
    return fails(LSEEK, EIO) ? -1 : REAL(lseek)(fd, to, whence);
}

int fstat(int fd, struct stat *s)
{
    return fails(FSTAT, EIO) ? -1 : REAL(fstat)(fd, s);
}

int stat(const char *path, struct stat *s)
{
    return fails(STAT, EACCES) ? -1 : REAL(stat)(path, s);
}

int lstat(const char *path, struct stat *s)
{
    return fails(LSTAT, EACCES) ? -1 : REAL(lstat)(path, s);
}

ssize_t readlink(const char *path, char *to, size_t n)
{
    return fails(READLINK, EIO) ? -1 : REAL(readlink)(path, to, n);
}

DIR *opendir(const char *path)
{
    return fails(OPENDIR, EMFILE) ? NULL : REAL(opendir)(path);
}

int close(int fd)
{
    int result = REAL(close)(fd);

    return fails(CLOSE, EIO) ? -1 : result;
}

void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t from)
{
    return fails(MMAP, ENOMEM) ? MAP_FAILED : REAL(mmap)(at, n, protection, flags, fd, from);
}

int renameat(int from, const char *old, int to, const char *new)
{
    return fails(RENAMEAT, EIO) ? -1 : REAL(renameat)(from, old, to, new);
}

int fchmod(int fd, mode_t mode)
{
    return fails(FCHMOD, EPERM) ? -1 : REAL(fchmod)(fd, mode);
}

int fcntl(int fd, int command, ...)
{
    va_list more;
    void *argument;

    va_start(more, command);
    argument = va_arg(more, void *);
    va_end(more);
    return fails(FCNTL, EINVAL) ? -1 : REAL(fcntl)(fd, command, argument);
}

int fsync(int fd)
{
    return fails(FSYNC, EIO) ? -1 : REAL(fsync)(fd);
}

int flock(int fd, int how)
{
    return fails_or_ends(FLOCK, ENOLCK) ? -1 : REAL(flock)(fd, how);
}

int pipe2(int fd[2], int flags)
{
    return fails(PIPE2, EMFILE) ? -1 : REAL(pipe2)(fd, flags);
}

int pipe(int fd[2])
{
    return fails(PIPE, EMFILE) ? -1 : REAL(pipe)(fd);
}

int poll(struct pollfd *fds, nfds_t n, int timeout)
{
    return fails_or_ends(POLL, ENOMEM) ? -1 : REAL(poll)(fds, n, timeout);
}

char *mkdtemp(char *template)
{
    return fails(MKDTEMP, ENOSPC) ? NULL : REAL(mkdtemp)(template);
}

/* ---- threads and processes ---- */

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *argument)
{
    return fails(PTHREAD_CREATE, EAGAIN) ? EAGAIN : REAL(pthread_create)(thread, attributes, start, argument);
}

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)
{
    return fails(SPAWN_INIT, ENOMEM) ? ENOMEM : REAL(posix_spawn_file_actions_init)(actions);
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int to)
{
    return fails(SPAWN_DUP, ENOMEM) ? ENOMEM : REAL(posix_spawn_file_actions_adddup2)(actions, fd, to);
}

int posix_spawnattr_init(posix_spawnattr_t *attributes)
{
    return fails(SPAWN_ATTRIBUTES, ENOMEM) ? ENOMEM : REAL(posix_spawnattr_init)(attributes);
}

int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])
{
    return fails(SPAWN, EAGAIN) ? EAGAIN
                                : REAL(posix_spawnp)(pid, file, actions, attributes, arguments, environment);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
    return fails_or_ends(WAITPID, EINTR) ? -1 : REAL(waitpid)(pid, status, options);
}
