/* output.h: files that appear complete or not at all; standard output that is checked */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include "base/error.h"

/* Writes bytes to `path`; NULL or "-" is standard output.
   A file is written under a temporary name in its directory and renamed when it is complete. Symbolic links
   are followed, also one whose file is not there yet; the mode of an old file is kept. INT, TERM and HUP
   remove the temporary file. On failure: false, d filled, the old file untouched. A path that names a
   descriptor of ours (/dev/stdout, /dev/fd/N) writes there and replaces nothing; what is no regular file (a
   fifo, a device) is written to directly. A closed pipe ends the program quietly: by SIGPIPE (a shell shows
   141), or where the caller ignores that signal by exit status 1, without a message. */
bool output_write(const char *path, const char *bytes, size_t size, struct diag *d);

/* The same of several files that belong together: all of them are complete before the first is renamed. */
struct output_file {
    const char *path, *bytes;
    size_t size;
    bool sync; /* it is on the disk before it gets its name */
};
enum { OUTPUT_FILES = 2 };
bool output_write_files(const struct output_file *file, size_t count, struct diag *d);

/* The same of what is written piece by piece: the file appears when output_close is told to keep it, else it
   does not. One at a time, and none of the above meanwhile. NULL or false: d filled; output_close frees it in
   any case. */
struct output_stream;
struct output_stream *output_open(const char *path, struct diag *d);
bool output_add(struct output_stream *s, const char *bytes, size_t size, struct diag *d);
bool output_close(struct output_stream *s, bool keep, struct diag *d);

/* Keeps other runs from a file while it is read and replaced: waits until none holds its lock, an empty file
   beside it ("FILE.lock", where the links of the path lead) that is gone afterwards, also when the program
   ends early. One at a time. NULL with d filled: it cannot be made, or the path is no regular file's. Whoever
   is killed holds no lock. */
struct output_lock;
struct output_lock *output_lock(const char *path, struct diag *d);
void output_unlock(struct output_lock *lock); /* NULL: nothing */

/* Whether writing to `output` (as above) would destroy what is read from `input` (NULL or "-": standard
   input): both are the same regular file, whatever links lead there. */
bool output_is_input(const char *output, const char *input);

#endif
