/* file.c: the bytes of a file or of standard input */
#include "read/file.h"

#include "base/memory.h"
#include "read/decompress.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 16 };

struct bytes {
    const char *name; /* for messages */
    int fd, wake;
    bool regular;
    uint64_t size;
    _Atomic uint64_t taken;
    char head[HEAD]; /* the first bytes, read to tell the coding */
    size_t head_size, head_used;
    const struct coding *coding; /* NULL: plain */
    struct decoder *decoder;
};

/* Waits for a producer. True: it is no longer waited for. */
static bool is_woken(const struct bytes *b)
{
    struct pollfd fd[] = {{.fd = b->wake, .events = POLLIN}, {.fd = b->fd, .events = POLLIN}};

    if (b->regular || b->wake < 0) return false;
    while (poll(fd, 2, -1) < 0 && errno == EINTR) continue;
    return fd[0].revents != 0;
}

static ptrdiff_t read_some(struct bytes *b, char *buffer, size_t room, struct diag *d)
{
    ssize_t n;

    if (is_woken(b)) return 0;
    do n = read(b->fd, buffer, room);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        diag_errno(d, errno, "cannot read %s", b->name);
        return -1;
    }
    atomic_fetch_add_explicit(&b->taken, (uint64_t)n, memory_order_relaxed);
    return n;
}

/* The bytes as they stand in the file. */
static ptrdiff_t read_raw(void *source, char *buffer, size_t room, struct diag *d)
{
    struct bytes *b = source;
    size_t have = b->head_size - b->head_used;

    if (!have) return read_some(b, buffer, room, d);
    if (have > room) have = room;
    memcpy(buffer, b->head + b->head_used, have);
    b->head_used += have;
    return (ptrdiff_t)have;
}

static bool open_file(struct bytes *b, const char *path, struct diag *d)
{
    struct stat st;

    b->name = strcmp(path, "-") == 0 ? "standard input" : path;
    b->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (b->fd < 0) return diag_errno(d, errno, "cannot open %s", path);
    if (fstat(b->fd, &st) != 0) return diag_errno(d, errno, "cannot read %s", b->name);
    if (S_ISDIR(st.st_mode)) return diag_errno(d, EISDIR, "cannot read %s", b->name);
    if (S_ISREG(st.st_mode)) {
        off_t at = lseek(b->fd, 0, SEEK_CUR);

        if (at < 0) return diag_errno(d, errno, "cannot read %s", b->name);
        b->regular = at == 0; /* what stands before where standard input is now is not for us */
    }
    if (S_ISFIFO(st.st_mode))
        fcntl(b->fd, F_SETPIPE_SZ,
              1 << 20); /* fewer turns of writer and reader; as it comes where that is not allowed */
    b->size = b->regular && st.st_size > 0 ? (uint64_t)st.st_size : 0;
    return true;
}

static bool recognise(struct bytes *b, struct diag *d)
{
    while (b->head_size < HEAD) {
        ptrdiff_t n = read_some(b, b->head + b->head_size, HEAD - b->head_size, d);

        if (n < 0) return false;
        if (n == 0) break;
        b->head_size += (size_t)n;
    }
    b->coding = coding_of(b->head, b->head_size);
    if (!b->coding) return true;
    b->decoder = decoder_open(b->coding, read_raw, b, b->name, d);
    return b->decoder != NULL;
}

struct bytes *bytes_open(const char *path, int wake, struct diag *d)
{
    struct bytes *b = mem_alloc(1, sizeof *b);

    b->fd = -1;
    b->wake = wake;
    if (open_file(b, path, d) && recognise(b, d)) return b;
    bytes_close(b);
    return NULL;
}

ptrdiff_t bytes_read(struct bytes *b, char *buffer, size_t room, struct diag *d)
{
    size_t got = 0;

    while (got < room) {
        ptrdiff_t n = b->decoder ? decoder_read(b->decoder, buffer + got, room - got, d)
                                 : read_raw(b, buffer + got, room - got, d);

        if (n < 0) return -1;
        if (n == 0) break;
        got += (size_t)n;
    }
    return (ptrdiff_t)got;
}

bool bytes_seekable(const struct bytes *b)
{
    return b->regular && !b->coding;
}

bool bytes_seek(struct bytes *b, uint64_t offset, struct diag *d)
{
    b->head_used = b->head_size;
    return lseek(b->fd, (off_t)offset, SEEK_SET) >= 0 || diag_errno(d, errno, "cannot read %s", b->name);
}

bool bytes_at(struct bytes *b, uint64_t offset, char *buffer, size_t size, struct diag *d)
{
    while (size) {
        ssize_t n = pread(b->fd, buffer, size, (off_t)offset);

        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return diag_errno(d, errno, "cannot read %s", b->name);
        if (n == 0) return diag_fail(d, STATUS_DATA, "%s: it is cut off", b->name);
        atomic_fetch_add_explicit(&b->taken, (uint64_t)n, memory_order_relaxed);
        buffer += n;
        offset += (uint64_t)n;
        size -= (size_t)n;
    }
    return true;
}

const char *bytes_coding(const struct bytes *b)
{
    return b->coding ? b->coding->name : "";
}

uint64_t bytes_total(const struct bytes *b)
{
    return b->size;
}

uint64_t bytes_taken(const struct bytes *b)
{
    return atomic_load_explicit(&b->taken, memory_order_relaxed);
}

void bytes_close(struct bytes *b)
{
    if (!b) return;
    if (b->decoder) decoder_close(b->decoder);
    if (b->fd > STDIN_FILENO) close(b->fd);
    if (b->fd == STDIN_FILENO && b->regular) lseek(b->fd, 0, SEEK_END); /* as if it had been read there */
    free(b);
}
