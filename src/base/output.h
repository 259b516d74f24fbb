/* output.h: a file that appears complete or not at all; stdout that is checked */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include "base/error.h"

/* Writes bytes to `path` under a temporary name beside it, fsyncs nothing, renames; NULL or "-" is stdout. A
   symbolic link is followed, the mode of an old file is kept, a target that is no regular file (/dev/stdout,
   a fifo) is written directly. A signal that ends the program (INT, TERM, HUP) removes the temporary file. On
   failure: false, d filled, the old file untouched. A closed pipe on stdout is no failure: the program ends
   quietly with the status of SIGPIPE's shell convention (141 is not printed as an error). */
bool output_write(const char *path, const char *bytes, size_t size, struct diag *d);

/* A temporary name beside `path`, removed on a signal, until output_commit renames it to path or
   output_discard removes it. For programs we run (gnuplot) that write it themselves. One at a time. Returns
   NULL with d filled on failure. */
const char *output_begin(const char *path, struct diag *d);
bool output_commit(struct diag *d);
void output_discard(void);

#endif
