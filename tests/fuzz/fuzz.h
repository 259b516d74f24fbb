/* fuzz.h: what the fuzz targets share: bytes as a file, and reading it into a tally */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "examples/read_all.h"
#include "tally/tally.h"
#include "tally/workers.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

/* A file of these bytes, and its name; to be closed. */
static inline int fuzz_file(const void *bytes, size_t size, char name[64])
{
    int fd = memfd_create("fuzz", 0);

    must(fd >= 0 && write(fd, bytes, size) == (ssize_t)size, "no file");
    snprintf(name, 64, "/proc/self/fd/%d", fd);
    return fd;
}

/* Reads in blocks of that many bytes. A failure has a message (diag_say makes one line of it). The tally is
   to be freed in both cases. */
static inline bool fuzz_read(const struct input *in, size_t block, struct tally *t, struct diag *d)
{
    const struct cuts none = {0};
    struct accumulator *a = accumulator_open(&none, d);
    bool ok;

    *t = (struct tally){0};
    must(a, "no accumulator");
    ok = pass_read(in, block, accumulator_sink(a), &t->facts, d) && accumulator_finish(a, t, d);
    accumulator_close(a);
    must(ok == (d->status == 0), "a failure without a status, or the other way round");
    must(ok || d->text[0], "a failure without a message");
    return ok;
}

#endif
