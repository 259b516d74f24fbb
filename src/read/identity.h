/* identity.h: a number that tells a file's bytes from those of others */
#ifndef READ_IDENTITY_H
#define READ_IDENTITY_H

#include "base/error.h"

#include <stdint.h>

/* Of the file's size, its first and last 64 KiB, and pieces spread between them; the name does not matter. 0:
   not a regular file, an empty one, or one that is gone. Only a regular file is opened: what waits to write
   to a fifo would take us for its reader. False: it cannot be read, d filled. */
bool file_identity(const char *path, uint64_t *identity, struct diag *d);

#endif
