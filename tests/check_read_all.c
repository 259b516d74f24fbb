/* check_read_all.c: unit tests: where blocks and threads cut a file changes nothing */
#include "check.h"

#include "base/number.h"
#include "examples/read_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Rows of all kinds: usual, blank, CRLF, bad, ignored, and from the middle on quoted with newlines. */
static void write_file(FILE *file)
{
    fputs("id,score,label,w\n", file);
    for (int i = 0; i < 3000; i++) {
        char number[64];
        unsigned kind = (unsigned)(random_bits() % 24);
        double p = random_unit();

        number_format(p * p, number);
        if (kind == 0 && i > 1500)
            fprintf(file, "\"a \"\"b\"\"\n,\n\",%s,%d,1\n", number, i % 2);
        else if (kind == 1)
            fputs("\n", file);
        else if (kind == 2)
            fprintf(file, "i%d,%s,1,0.5\r\n", i, number);
        else if (kind == 3)
            fprintf(file, "i%d,oops,1,2\n", i);
        else if (kind == 4)
            fprintf(file, "i%d,%s,-1,2\n", i, number);
        else if (kind == 5)
            fprintf(file, "i%d,%s\n", i, number);
        else
            fprintf(file, "i%d,%s,%d,%u\n", i, number, random_bits() % 9 == 0, kind % 5);
    }
    fprintf(file, "last,0.25,1,1");
}

static void read_in_blocks(const char *path, size_t block, unsigned threads, const char *weight,
                           struct tally *t)
{
    struct cuts none = {0};
    struct accumulator *a;
    const char *files[] = {path};
    const char *ignored[] = {"-1"};
    struct input in;
    struct diag d = {0};

    input_defaults(&in);
    in.files = files;
    in.file_count = 1;
    in.ignore = (struct list){ignored, 1, 1};
    in.skip_bad = true;
    in.progress = 0;
    in.threads = threads;
    in.weight = weight;
    *t = (struct tally){0};
    a = accumulator_open(&none, &d);
    ck_assert_msg(pass_read(&in, block, accumulator_sink(a), &t->facts, &d), "%s", d.text);
    ck_assert_msg(accumulator_finish(a, t, &d), "%s", d.text);
    accumulator_close(a);
}

START_TEST(cuts_and_threads_change_nothing)
{
    char path[] = "/tmp/losscope-check-XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");
    static const size_t block[] = {1, 7, 64, 100, 1000, 4096, 1 << 20};

    write_file(file);
    fclose(file);
    for (int weighted = 0; weighted < 2; weighted++) {
        struct tally first;

        for (size_t i = 0; i < 2 * sizeof block / sizeof *block; i++) {
            struct tally t;
            const struct counts *n = &t.facts.counts;

            read_in_blocks(path, block[i / 2], i % 2 ? 3 : 1, weighted ? "w" : NULL, &t);
            ck_assert_uint_eq(n->rows, n->examples + n->ignored + n->bad + n->blank);
            ck_assert_uint_gt(n->bad, 100);
            if (i)
                MUST(tally_equal(&first, &t), "block %zu", block[i / 2]);
            else
                first = t;
            if (i) tally_free(&t);
        }
        tally_free(&first);
    }
    unlink(path);
}
END_TEST

TCase *read_all_cases(void)
{
    TCase *all = tcase_create("read_all");

    tcase_set_timeout(all, 120);
    tcase_add_test(all, cuts_and_threads_change_nothing);
    return all;
}
