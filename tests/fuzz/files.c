/* files.c: any bytes as a file of predictions: read in small blocks and in large ones, on one thread and on
   two, by one instruction set or another, the outcome is the same (for libFuzzer) */
#include "fuzz.h"

struct outcome {
    struct tally tally;
    struct diag diag;
    bool ok;
};

static void read_it(const char *path, unsigned options, size_t block, unsigned threads, struct outcome *o)
{
    static const char *const ignored[] = {"-1"};
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
    *o = (struct outcome){0};
    o->ok = fuzz_read(&in, block, &o->tally, &o->diag);
}

static void compare(const struct outcome *a, const struct outcome *b)
{
    const struct counts *c = &a->tally.facts.counts;

    must(a->ok == b->ok, "one was read, the other not");
    /* a stream that is found damaged or cut off is so only when it is read that far: rows before that may be
       bad first */
    must(strcmp(a->diag.text, b->diag.text) == 0 || strstr(a->diag.text, "damaged") ||
             strstr(a->diag.text, "cut off"),
         "two messages");
    if (!a->ok) return;
    must(memcmp(c, &b->tally.facts.counts, sizeof *c) == 0, "two counts");
    must(c->rows == c->rows_used + c->ignored + c->bad + c->blank, "a row was lost");
    must(tally_equal(&a->tally, &b->tally), "two tallies");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t block[] = {1 << 20, 64, 7};
    static const enum isa isa[] = {ISA_AVX512, ISA_BASE, ISA_AVX2};
    unsigned options = size ? data[size - 1] : 0;
    char path[64];
    int fd = fuzz_file(data, size, path);
    struct outcome o[3];

    for (unsigned i = 0; i < 3; i++) {
        fuzz_use(isa[i]);
        read_it(path, options, block[i], 1 + i % 2, &o[i]);
    }
    compare(&o[0], &o[1]); /* the largest blocks first */
    compare(&o[0], &o[2]);
    for (unsigned i = 0; i < 3; i++) tally_free(&o[i].tally);
    close(fd);
    return 0;
}
