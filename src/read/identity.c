/* identity.c: a number that tells a file's bytes from those of others */
#include "read/identity.h"

#include "base/hash.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { END_SIZE = 1 << 16, PIECE_SIZE = 1 << 12, PIECES = 64 };

/* Goes on with `size` bytes from `at`; false where they cannot be read, errno 0 where they are not there. */
static bool add_bytes(int fd, uint64_t at, size_t size, char *buffer, uint64_t *hash)
{
    for (size_t have = 0; have < size;) {
        ssize_t n = pread(fd, buffer + have, size - have, (off_t)(at + have));

        if (n < 0 && errno == EINTR) continue;
        if (n == 0) errno = 0;
        if (n <= 0) return false;
        have += (size_t)n;
    }
    *hash = hash_mix(*hash ^ hash_text(buffer, size));
    return true;
}

static bool add_pieces(int fd, uint64_t size, char *buffer, uint64_t *hash)
{
    size_t end = size < END_SIZE ? (size_t)size : END_SIZE;
    bool ok = add_bytes(fd, 0, end, buffer, hash) && add_bytes(fd, size - end, end, buffer, hash);

    for (uint64_t i = 0; ok && i < PIECES && size > 2 * END_SIZE; i++)
        ok = add_bytes(fd, size / PIECES * i,
                       PIECE_SIZE < size / PIECES ? PIECE_SIZE : (size_t)(size / PIECES), buffer, hash);
    return ok;
}

/* A file that has become shorter is another one meanwhile: it has none. */
static bool identity_of(int fd, const char *path, uint64_t *identity, struct diag *d)
{
    struct stat st;
    char *buffer;
    uint64_t hash;
    bool ok;

    if (fstat(fd, &st) != 0) return diag_errno(d, errno, "cannot read %s", path);
    if (st.st_size <= 0) return true;
    hash = hash_mix((uint64_t)st.st_size);
    buffer = mem_alloc(END_SIZE, 1);
    ok = add_pieces(fd, (uint64_t)st.st_size, buffer, &hash);
    free(buffer);
    if (ok) *identity = hash;
    return ok || errno == 0 || diag_errno(d, errno, "cannot read %s", path);
}

bool file_identity(const char *path, uint64_t *identity, struct diag *d)
{
    struct stat st;
    bool ok;
    int fd;

    *identity = 0;
    if (stat(path, &st) != 0) return errno == ENOENT || diag_errno(d, errno, "cannot read %s", path);
    if (!S_ISREG(st.st_mode)) return true;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno == ENOENT || diag_errno(d, errno, "cannot open %s", path);
    ok = identity_of(fd, path, identity, d);
    close(fd);
    return ok;
}
