/* check_rows.c: unit tests: rows have their numbers, lines and fields, in the order of the input, whichever
   thread reads them */
#include "check.h"

#include "base/number.h"
#include "base/thread.h"
#include "examples/read_all.h"
#include "read/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROW_COUNT = 2500 };

/* What was written. */
struct written {
    char path[32];
    struct string lines; /* "number line id score\n" of each row */
    double score[ROW_COUNT];
};

static double score_of(int i)
{
    return (double)(i + 1) / (ROW_COUNT + 2);
}

/* Rows between blank lines and comments, from the middle on with quotes and newlines in them. */
static void write_rows(struct written *w, bool quotes)
{
    unsigned long line = 2;
    FILE *f;
    int fd;

    strcpy(w->path, "/tmp/rows.XXXXXX");
    fd = mkstemp(w->path);
    ck_assert_int_ge(fd, 0);
    f = fdopen(fd, "w");
    fputs("id,score,label\n", f);
    for (int i = 0; i < ROW_COUNT; i++, line++) {
        unsigned kind = (unsigned)(random_bits() % 16);
        char number[NUMBER_SIZE];

        w->score[i] = score_of(i);
        number_format(w->score[i], number);
        for (; kind == 0 && random_bits() % 2; line++) fputs(random_bits() % 2 ? "\n" : "\r\n", f);
        for (; kind == 1 && random_bits() % 2; line++) fputs("# not a row, \n", f);
        if (quotes && kind == 2 && i > ROW_COUNT / 2) {
            fprintf(f, "\"%d\n\"\"x\"\"\",%s,1\n", i, number);
            string_printf(&w->lines, "%d %lu %d|\"x\" %s\n", i, line++, i, number);
        } else {
            fprintf(f, "%d,%s,%d%s", i, number, i % 3 == 0, kind == 3 ? "\r\n" : i + 1 < ROW_COUNT ? "\n" : "");
            string_printf(&w->lines, "%d %lu %d %s\n", i, line, i, number);
        }
    }
    ck_assert_int_eq(fclose(f), 0);
}

static void forget(struct written *w)
{
    unlink(w->path);
    string_free(&w->lines);
}

struct ordered {
    struct reader *reader;
    struct turns turns;
    struct string out;
};

static bool understand(void *context, struct sample *s, struct diag *d)
{
    (void)context;
    s->file->dialect = (struct dialect){.delimiter = ',', .quote = '"', .comment = '#'};
    if (!sample_rows(s, s->file->dialect, 0, 1000, d)) return false;
    ck_assert_uint_gt(s->rows, 500);
    ck_assert_uint_eq(s->row[1].count, 3);
    s->begin = s->end[0];
    return true;
}

static void add_field(struct string *out, struct field f)
{
    for (size_t i = 0; i < f.size; i++) string_putc(out, (char)(f.text[i] == '\n' ? '|' : f.text[i]));
}

static void read_in_order(void *context, unsigned worker)
{
    struct ordered *o = context;
    struct batch_buffer buffer = {0};
    struct batch batch;
    struct batch_row row = {0};
    struct diag d = {0};
    char scratch[NUMBER_SIZE];

    (void)worker;
    while (reader_next(o->reader, &buffer, &batch, &d) > 0) {
        struct string text = {0};
        uint64_t rows = 0;

        for (bool any = batch_first(&batch, &row); any; any = batch_next(&row), rows++) {
            string_printf(&text, "%llu %llu ", (unsigned long long)row.number, (unsigned long long)row.line);
            add_field(&text, row_text(&row, 0, scratch));
            string_putc(&text, ' ');
            add_field(&text, row_text(&row, 1, scratch));
            string_putc(&text, '\n');
        }
        ck_assert_uint_eq(batch.rows, rows);
        turns_wait(&o->turns, batch.number);
        string_add(&o->out, text.text, text.size);
        turns_pass(&o->turns);
        string_free(&text);
    }
    ck_assert_msg(!d.status, "%s", d.text);
    batch_row_free(&row);
    batch_buffer_free(&buffer);
}

START_TEST(rows_come_in_order)
{
    static const size_t block[] = {64, 1000, 4096, 0};
    struct written w = {.lines = {0}};
    const char *files[] = {w.path};

    write_rows(&w, _i % 2);
    for (size_t b = 0; b < sizeof block / sizeof *block; b++)
        for (unsigned threads = 1; threads <= 4; threads++) {
            struct reader_options options = {
                .comment = '#', .block = block[b], .count_rows = true, .understand = understand};
            struct ordered o = {.reader = reader_open(&options, files, 1)};

            turns_open(&o.turns);
            thread_run(threads, read_in_order, &o);
            ck_assert_uint_eq(o.out.size, w.lines.size);
            ck_assert_int_eq(memcmp(o.out.text, w.lines.text, o.out.size), 0);
            turns_close(&o.turns);
            reader_close(o.reader);
            string_free(&o.out);
        }
    forget(&w);
}
END_TEST

/* ---- examples with their rows ---- */

struct collected {
    double tail[ROW_COUNT];
    unsigned seen[ROW_COUNT];
    uint64_t batch_rows;
    pthread_mutex_t lock;
};

static void begin(void *context, const struct facts *facts, unsigned workers)
{
    (void)context;
    (void)facts;
    (void)workers;
}

static void take(void *context, unsigned worker, const struct examples *e)
{
    struct collected *c = context;

    (void)worker;
    pthread_mutex_lock(&c->lock);
    for (size_t i = 0; i < e->n; i++) {
        uint64_t row = e->first_row + (e->row ? e->row[i] : i);

        ck_assert_uint_lt(row, ROW_COUNT);
        c->seen[row]++;
        c->tail[row] = e->tail[i];
    }
    pthread_mutex_unlock(&c->lock);
}

static void done(void *context, unsigned worker, const struct batch *batch)
{
    struct collected *c = context;

    (void)worker;
    pthread_mutex_lock(&c->lock);
    c->batch_rows += batch->rows;
    pthread_mutex_unlock(&c->lock);
}

START_TEST(examples_know_their_rows)
{
    static const size_t block[] = {64, 1000, 4096, 1 << 20};
    struct written w = {.lines = {0}};
    const char *files[] = {w.path};

    write_rows(&w, _i % 2);
    for (size_t b = 0; b < sizeof block / sizeof *block; b++)
        for (unsigned threads = 1; threads <= 3; threads++) {
            struct collected *c = mem_alloc(1, sizeof *c);
            struct facts facts;
            struct input in;
            struct diag d = {0};

            pthread_mutex_init(&c->lock, NULL);
            input_defaults(&in);
            in.files = files;
            in.file_count = 1;
            in.comment = '#';
            in.threads = threads;
            in.prob = "score";
            in.label = "label";
            ck_assert_msg(
                pass_read(&in, block[b],
                          (struct sink){.context = c, .begin = begin, .take = take, .done = done, .rows = true},
                          &facts, &d),
                "%s", d.text);
            for (int i = 0; i < ROW_COUNT; i++) {
                /* rows whose label was written as 1 have p_t = score, the others 1 − score */
                double p = w.score[i], t = c->tail[i], pt = t < 0 ? -t : 1 - t;

                ck_assert_uint_eq(c->seen[i], 1);
                ck_assert_msg(pt == p || pt == 1 - p, "row %d: %g of score %g", i, pt, p);
            }
            ck_assert_uint_eq(c->batch_rows, ROW_COUNT);
            facts_free(&facts);
            pthread_mutex_destroy(&c->lock);
            free(c);
        }
    forget(&w);
}
END_TEST

TCase *rows_cases(void)
{
    TCase *all = tcase_create("rows");

    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all, rows_come_in_order, 0, 2);
    tcase_add_loop_test(all, examples_know_their_rows, 0, 2);
    return all;
}
