/* identity.h: a number that tells a file's bytes from those of others */
#ifndef READ_IDENTITY_H
#define READ_IDENTITY_H

#include <stdint.h>

/* Of the file's size, its first and last 64 KiB, and pieces spread between them; the name does not matter. 0:
   not a regular file, an empty one, or one that cannot be read. */
uint64_t file_identity(const char *path);

#endif
