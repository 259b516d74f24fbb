/* fuzz.h: what the fuzz targets share: bytes as a file, reading it into a tally, the instruction set */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base/cpu.h"
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

/* What runs from now on uses this instruction set, or the machine's best where that is less. */
void fuzz_use(enum isa isa);

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

/* A message where something failed, and only there (diag_say makes one line of it). */
static inline void fuzz_message(bool ok, const struct diag *d)
{
    must(ok == (d->status == 0), "a failure without a status, or the other way round");
    must(ok || d->text[0], "a failure without a message");
}

/* Reads in blocks of that many bytes, into bins with these cuts. The tally is to be freed in both cases. */
static inline bool fuzz_read_cut(const struct input *in, size_t block, const struct cuts *cuts,
                                 struct tally *t, struct diag *d)
{
    struct accumulator *a = accumulator_open(cuts, d);
    bool ok;

    *t = (struct tally){0};
    must(a, "no accumulator");
    ok = pass_read(in, block, accumulator_sink(a), &t->facts, d) && accumulator_finish(a, t, d);
    accumulator_close(a);
    fuzz_message(ok, d);
    return ok;
}

static inline bool fuzz_read(const struct input *in, size_t block, struct tally *t, struct diag *d)
{
    return fuzz_read_cut(in, block, &(struct cuts){0}, t, d);
}

#endif
