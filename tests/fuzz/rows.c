/* rows.c: the first line is a condition of --where, the rest a file, its last byte options of the rows
   command: on one thread and on three, by the plainest instruction set and by the best, the same lines are
   written (for libFuzzer) */
#include "fuzz.h"

#include "command/options.h"
#include "rows/rows.h"

enum { MOST = 1 << 20 };

struct outcome {
    struct string out;
    struct diag diag;
    bool ok;
};

static void request(unsigned options, char *where, struct input *in, struct rows_request *q)
{
    if (*where) q->where = where;
    if (options & 1) q->where_from = true;
    if (options & 2) in->keep = "*";
    if (options & 4) q->all = true;
    if (options & 8) q->most = 3;
    if (options & 16) in->by = "1", q->per_group = 2;
    if (options & 32) in->skip_bad = true;
    if (options & 64) q->sides = ROWS_OF_POSITIVES;
    if (options & 128) q->easiest = true;
}

static void write_rows(const char *path, unsigned options, char *where, unsigned threads, struct outcome *o)
{
    static const struct page page = {.text = {80, false}};
    const char *files[] = {path};
    struct row_loss loss = {{.loss = loss_find("focal", 5), .param = {2}}, 0.25, (char[]){"focal_g2"}};
    struct rows_request q = {.loss = &loss, .losses = 1};
    struct facts facts = {0};
    struct input in;
    char name[64], *bytes = malloc(MOST);
    int fd = fuzz_file("", 0, name);
    ssize_t n;

    must(bytes, "no memory");
    input_defaults(&in);
    in.files = files;
    in.file_count = 1;
    in.progress = 0;
    in.threads = threads;
    in.apart = APART_CLASSES;
    request(options, where, &in, &q);
    *o = (struct outcome){0};
    o->ok =
        rows_check(&q, &in, &o->diag) &&
        rows_write(&in, &q, &output_formats[options % output_format_count], &page, name, &facts, &o->diag);
    fuzz_message(o->ok, &o->diag);
    n = pread(fd, bytes, MOST, 0);
    string_add(&o->out, bytes, n > 0 ? (size_t)n : 0);
    facts_free(&facts);
    close(fd);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned options = size ? data[size - 1] : 0;
    const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
    size_t line = end ? (size_t)(end - data) : 0;
    char *where = malloc(line + 1), path[64];
    int fd = fuzz_file(data + line + (end != NULL), size - line - (end != NULL), path);
    struct outcome a, b;

    must(where, "no memory");
    if (line) memcpy(where, data, line);
    where[line] = 0;
    if (output_formats[options % output_format_count].rows) {
        fuzz_use(ISA_AVX512);
        write_rows(path, options, where, 1, &a);
        fuzz_use(ISA_BASE);
        write_rows(path, options, where, 3, &b);
        must(a.ok == b.ok && strcmp(a.diag.text, b.diag.text) == 0, "two messages");
        must(a.out.size == b.out.size && (!a.out.size || memcmp(a.out.text, b.out.text, a.out.size) == 0),
             "two outputs");
        string_free(&a.out);
        string_free(&b.out);
    }
    close(fd);
    free(where);
    return 0;
}
