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

/* Goes on with `size` bytes from `at`; false where they cannot be read. */
static bool add_bytes(int fd, uint64_t at, size_t size, char *buffer, uint64_t *hash)
{
    for (size_t have = 0; have < size;) {
        ssize_t n = pread(fd, buffer + have, size - have, (off_t)(at + have));

        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        have += (size_t)n;
    }
    *hash = hash_mix(*hash ^ hash_text(buffer, size));
    return true;
}

static uint64_t identity_of(int fd, uint64_t size)
{
    size_t end = size < END_SIZE ? (size_t)size : END_SIZE;
    char *buffer = mem_alloc(END_SIZE, 1);
    uint64_t hash = hash_mix(size);
    bool ok = add_bytes(fd, 0, end, buffer, &hash) && add_bytes(fd, size - end, end, buffer, &hash);

    for (uint64_t i = 0; ok && i < PIECES && size > 2 * END_SIZE; i++)
        ok = add_bytes(fd, size / PIECES * i,
                       PIECE_SIZE < size / PIECES ? PIECE_SIZE : (size_t)(size / PIECES), buffer, &hash);
    free(buffer);
    return ok ? hash : 0;
}

uint64_t file_identity(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    uint64_t identity = 0;

    if (fd < 0) return 0;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
        identity = identity_of(fd, (uint64_t)st.st_size);
    close(fd);
    return identity;
}
