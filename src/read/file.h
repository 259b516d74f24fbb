/* file.h: the bytes of a file or of standard input, decoded where they are gzip or zstd */
#ifndef READ_FILE_H
#define READ_FILE_H

#include "base/error.h"
#include <stdint.h>

struct bytes;

/* path "-" is standard input. When `wake` (a descriptor, or −1) can be read, reading from a pipe ends there,
   and so does waiting for its producer. gzip and zstd are told by their first bytes, never by the name. A
   decoder runs on a thread of its own (on this thread where none can be made). Built without the library that
   a file needs: a diagnosis that names the Debian package to install and says to build again. A directory, a
   missing or an unreadable file: a diagnosis. NULL on failure. */
struct bytes *bytes_open(const char *path, int wake, struct diag *d);

/* Fills buffer[0..room) as far as there are bytes: fewer than room only at the end, 0 when there is no more,
   −1 on failure with d filled (damaged or cut-off compressed data among them, named with the file). */
ptrdiff_t bytes_read(struct bytes *b, char *buffer, size_t room, struct diag *d);

/* A plain file, of which any place can be read. */
bool bytes_seekable(const struct bytes *b);
/* `size` bytes from `offset` on, of such a file; false with d filled, where there are fewer, too. */
bool bytes_at(struct bytes *b, uint64_t offset, char *buffer, size_t size, struct diag *d);

/* Of such a file: bytes_read goes on from there. */
bool bytes_seek(struct bytes *b, uint64_t offset, struct diag *d);

const char *bytes_coding(const struct bytes *b); /* its name; "" of a plain file */
uint64_t bytes_total(const struct bytes *b);     /* the file's size, 0 where unknown */
uint64_t bytes_taken(const struct bytes *b); /* read from the file so far, before decoding; by any thread */
void bytes_close(struct bytes *b);

#endif
