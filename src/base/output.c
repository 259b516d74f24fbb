/* output.c: a file that appears complete or not at all; stdout that is checked */
#include "base/output.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The one temporary file there is; a signal handler needs it at a fixed place. */
static char temporary[PATH_MAX], target[PATH_MAX];
static volatile sig_atomic_t pending;

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDINGS = sizeof ending / sizeof *ending };
static struct sigaction before[ENDINGS];

static void remove_and_end(int signal_number)
{
    if (pending) unlink(temporary);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void watch(void)
{
    struct sigaction act = {.sa_handler = remove_and_end};

    sigemptyset(&act.sa_mask);
    pending = 1;
    for (int i = 0; i < ENDINGS; i++) {
        sigaction(ending[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN) sigaction(ending[i], &act, NULL);
    }
}

static void unwatch(void)
{
    pending = 0;
    for (int i = 0; i < ENDINGS; i++) sigaction(ending[i], &before[i], NULL);
}

static bool write_all(int fd, const char *bytes, size_t size, const char *name, struct diag *d)
{
    while (size) {
        ssize_t n = write(fd, bytes, size);

        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EPIPE && fd == STDOUT_FILENO)
            exit(STATUS_DATA); /* SIGPIPE ignored by our caller: as quietly */
        if (n < 0) return diag_errno(d, errno, "cannot write %s", name);
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

/* The file that path stands for in the end, and a temporary name beside it that keeps the ending. */
static bool names(const char *path, struct diag *d)
{
    char real[PATH_MAX];
    const char *slash, *base;
    int n;

    if (!realpath(path, real)) {
        if (strlen(path) >= sizeof real) return diag_errno(d, ENAMETOOLONG, "cannot write %s", path);
        memcpy(real, path, strlen(path) + 1);
    }
    slash = strrchr(real, '/');
    base = slash ? slash + 1 : real;
    n = snprintf(temporary, sizeof temporary, "%.*s.tmp%ld-%s", (int)(base - real), real, (long)getpid(),
                 base);
    memcpy(target, real, strlen(real) + 1);
    if (n < 0 || (size_t)n >= sizeof temporary) return diag_errno(d, ENAMETOOLONG, "cannot write %s", path);
    return true;
}

const char *output_begin(const char *path, struct diag *d)
{
    if (!names(path, d)) return NULL;
    watch();
    return temporary;
}

bool output_commit(struct diag *d)
{
    struct stat old;
    mode_t mask = umask(0);

    umask(mask);
    chmod(temporary, stat(target, &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask);
    if (rename(temporary, target) != 0) {
        diag_errno(d, errno, "cannot write %s", target);
        output_discard();
        return false;
    }
    unwatch();
    return true;
}

void output_discard(void)
{
    unlink(temporary);
    unwatch();
}

static bool write_file(const char *path, const char *bytes, size_t size, struct diag *d)
{
    int fd;
    bool well;

    if (!output_begin(path, d)) return false;
    fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        diag_errno(d, errno, "cannot write %s", path);
        unwatch();
        return false;
    }
    well = write_all(fd, bytes, size, path, d);
    if (close(fd) != 0 && well) well = diag_errno(d, errno, "cannot write %s", path);
    if (well) return output_commit(d);
    output_discard();
    return false;
}

bool output_write(const char *path, const char *bytes, size_t size, struct diag *d)
{
    struct stat st;
    int fd;
    bool well;

    if (!path || strcmp(path, "-") == 0) return write_all(STDOUT_FILENO, bytes, size, "standard output", d);
    if (stat(path, &st) != 0 || S_ISREG(st.st_mode)) return write_file(path, bytes, size, d);
    if (S_ISDIR(st.st_mode)) return diag_errno(d, EISDIR, "cannot write %s", path);
    fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return diag_errno(d, errno, "cannot write %s", path);
    well = write_all(fd, bytes, size, path, d);
    if (close(fd) != 0 && well) well = diag_errno(d, errno, "cannot write %s", path);
    return well;
}
