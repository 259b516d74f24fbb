/* fuzz.c: any bytes as a file of predictions: read in small blocks and in large ones, on one thread and on
 * two, the outcome is the same (for libFuzzer) */
#include "base/memory.h"
#include "examples/read_all.h"
#include "tally/tally.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct outcome {
    struct tally *tally;
    struct facts facts;
    struct diag diag;
    bool well;
};

static void read_it(const char *path, unsigned options, size_t block, unsigned threads, struct outcome *o)
{
    static const char *const ignored[] = {"-1"};
    const struct cuts none = {0};
    const char *files[] = {path};
    struct input in;

    input_defaults(&in);
    in.files = files;
    in.file_count = 1;
    in.progress = 0;
    in.threads = threads;
    in.skip_bad = options & 1;
    if (options & 2) in.ignore = (struct list){(const char **)ignored, 1, 1};
    if (options & 4) in.logit = "1-2", in.label = "3";
    if (options & 8) in.prob = "1", in.label = "2";
    if (options & 16) in.renormalize = true;
    if (options & 32) in.comment = '#';
    *o = (struct outcome){.tally = tally_open(&none)};
    o->well = pass_read(&in, block, tally_sink(o->tally), &o->facts, &o->diag);
    if (o->well) tally_seal(o->tally, &o->facts);
}

static void must(bool holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

static void compare(const struct outcome *a, const struct outcome *b)
{
    const struct cell *x, *y;
    size_t n, m;

    must(a->well == b->well, "one was read, the other not");
    /* a stream that is found damaged or cut off is so only when it is read that far: rows before that may be
     * bad first */
    must(strcmp(a->diag.text, b->diag.text) == 0 || strstr(a->diag.text, "damaged") ||
             strstr(a->diag.text, "cut off"),
         "two messages");
    if (!a->well) return;
    must(memcmp(&a->facts.counts, &b->facts.counts, sizeof a->facts.counts) == 0, "two counts");
    must(a->facts.counts.rows == a->facts.counts.rows_used + a->facts.counts.ignored + a->facts.counts.bad +
                                     a->facts.counts.blank,
         "a row was lost");
    x = tally_cells(a->tally, &n);
    y = tally_cells(b->tally, &m);
    must(n == m, "two numbers of cells");
    for (size_t i = 0; i < n; i++)
        must(memcmp(&x[i], &y[i], offsetof(struct cell, square)) == 0, "two tallies");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t block[] = {1 << 20, 64, 7};
    unsigned options = size ? data[size - 1] : 0;
    int fd = memfd_create("fuzz", 0);
    char path[64];
    struct outcome o[3];

    must(fd >= 0 && write(fd, data, size) == (ssize_t)size, "no file");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    for (unsigned i = 0; i < 3; i++) read_it(path, options, block[i], 1 + i % 2, &o[i]);
    compare(&o[0], &o[1]); /* the largest blocks first */
    compare(&o[0], &o[2]);
    for (unsigned i = 0; i < 3; i++) {
        tally_free(o[i].tally);
        facts_free(&o[i].facts);
    }
    close(fd);
    return 0;
}
