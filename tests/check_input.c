/* check_input.c: unit tests: kernels against plain code, CSV against others' cases, cuts of the input */
#include "check.h"

#include "base/cpu.h"
#include "base/memory.h"
#include "base/number.h"
#include "read/csv.h"
#include "kernel/kernel.h"
#include "read/npy.h"
#include "examples/read_all.h"
#include "examples/softmax.h"
#include "loss/tail.h"
#include "tally/tally.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t state = 1442695040888963407u;
static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static double uniform(void)
{
    return (double)(next() >> 11) * 0x1p-53;
}

extern const struct kernel kernel_base, kernel_avx2, kernel_avx512;

/* The kernels that this machine can run. */
static size_t kernels(const struct kernel *list[3])
{
    size_t n = 0;

    list[n++] = &kernel_base;
#if ISA_X86
    if (isa_best() >= ISA_AVX2) list[n++] = &kernel_avx2;
    if (isa_best() >= ISA_AVX512) list[n++] = &kernel_avx512;
#endif
    return n;
}

/* One of the many ways in which programs write numbers, or (0 … 15) that one. */
static size_t write_number(char *to, int only)
{
    static const char *const form[] = {"%.*f", "%.*e", "%.*g"};
    unsigned way = only < 0 ? (unsigned)(next() % 16) : (unsigned)only;
    double x = way & 1 ? uniform() : ldexp(uniform() - 0.5, (int)(next() % 24) - 12);
    char *c = to;

    if (way < 3) return (size_t)sprintf(to, form[way], (int)(next() % 27), x);
    if (way < 5) return number_format(x, to);
    /* digits by hand: quick, and with as many ties as may be */
    if (next() % 4 == 0) *c++ = '-';
    for (unsigned n = (unsigned)(next() % 3); n > 0; n--) *c++ = (char)('0' + next() % 10);
    if (c == to || next() % 8) *c++ = (char)('0' + next() % 10);
    if (next() % 16) {
        uint64_t digits = next();

        *c++ = '.';
        for (unsigned n = (unsigned)(next() % 26); n > 0; n--, digits /= 10) {
            if (!digits) digits = next();
            *c++ = (char)('0' + digits % 10);
        }
    }
    if (next() % 8 == 0) c += sprintf(c, "e%d", (int)(next() % 40) - 25);
    *c = 0;
    return (size_t)(c - to);
}

enum { TEXTS = 4096 };

struct texts {
    char text[KERNEL_PAD + TEXTS * 64 + KERNEL_PAD];
    uint32_t at[TEXTS * 2 + KERNEL_PAD];
    double want[TEXTS], got[TEXTS + KERNEL_PAD];
    uint32_t slow[TEXTS + KERNEL_PAD];
    size_t size;
};

/* Rows "number,1\n"; a third of them end in "\r\n" if asked for. */
static void write_texts(struct texts *t, int way, bool returns)
{
    char *c = t->text + KERNEL_PAD;

    for (size_t i = 0; i < TEXTS; i++) {
        char *start = c;

        c += write_number(c, way);
        t->want[i] = strtod(start, NULL);
        t->at[2 * i] = (uint32_t)(c - t->text - KERNEL_PAD);
        c += sprintf(c, ",%d%s\n", (int)(next() & 1), returns && next() % 3 == 0 ? "\r" : "");
        t->at[2 * i + 1] = (uint32_t)(c - 1 - t->text - KERNEL_PAD);
    }
    t->size = (size_t)(c - t->text) - KERNEL_PAD;
}

/* ck_assert tells the runner of every line that it passes: too much in loops over many rows. */
#define MUST(holds, ...)                                                                                     \
    do {                                                                                                     \
        if (!(holds)) ck_abort_msg(__VA_ARGS__);                                                             \
    } while (0)

static uint64_t bits_of(double x)
{
    uint64_t bits;

    memcpy(&bits, &x, sizeof bits);
    return bits;
}

START_TEST(kernels_read_numbers_as_strtod_does)
{
    const struct kernel *list[3];
    size_t n = kernels(list), slows = 0, all = 0;
    static struct texts t;
    const char *asked = getenv("LOSSCOPE_ROUNDS");
    int rounds = asked ? atoi(asked) : 2500; /* 10^7 texts */

    for (int round = 0; round < rounds; round++) {
        struct fields f = {t.text + KERNEL_PAD, t.at, 0, TEXTS, 2, 0, false};

        write_texts(&t, round % 8 ? -1 : round / 8 % 16, false); /* many of one kind take ways of their own */
        for (size_t k = 0; k < n; k++) {
            size_t slow = list[k]->numbers(&f, t.got, t.slow);

            for (size_t i = 0, s = 0; i < TEXTS; i++) {
                if (s < slow && t.slow[s] == i)
                    s++;
                else
                    MUST(bits_of(t.got[i]) == bits_of(t.want[i]), "%s: %.30s is not %.17g", list[k]->name,
                         t.text + KERNEL_PAD + (i ? t.at[2 * i - 1] + 1 : 0), t.got[i]);
            }
            slows += slow;
            all += TEXTS;
        }
    }
    ck_assert_msg(slows < all / 4, "%zu of %zu are slow", slows, all);
}
END_TEST

START_TEST(kernels_split_as_plain_code_does)
{
    const struct kernel *list[3];
    size_t n = kernels(list);
    static char text[2 * KERNEL_PAD + 4096];
    static uint32_t at[4096 + KERNEL_PAD];

    for (int round = 0; round < 2000; round++) {
        size_t size = (size_t)(next() % 4000), want = 0, newlines = 0;
        static const char some[] = ",\n,\n\r\"0123456789.;e-abcdefgh";

        for (size_t i = 0; i < sizeof text; i++) text[i] = some[next() % (round % 7 ? sizeof some - 1 : 6)];
        for (size_t k = 0; k < n; k++) {
            const char *t = text + KERNEL_PAD;
            struct survey s = list[k]->survey(t, size), same;
            size_t got = list[k]->split(t, size, ',', at, &same);

            want = newlines = 0;
            for (size_t i = 0; i < size; i++) {
                if (t[i] == ',' || t[i] == '\n')
                    MUST(at[want++] == i, "%s: separator %zu", list[k]->name, want);
                newlines += t[i] == '\n';
            }
            ck_assert_uint_eq(got, want);
            ck_assert_uint_eq(s.newlines, newlines);
            ck_assert_int_eq(s.quotes, memchr(t, '"', size) != NULL);
            ck_assert_int_eq(s.returns, memchr(t, '\r', size) != NULL);
            ck_assert_uint_eq(same.newlines, newlines);
            ck_assert_int_eq(same.quotes, s.quotes);
            ck_assert_int_eq(same.returns, s.returns);
        }
    }
}
END_TEST

START_TEST(kernels_count_any_number_of_newlines)
{
    const struct kernel *list[3];
    size_t n = kernels(list);
    static char text[2 * KERNEL_PAD + 100000];

    memset(text, '\n', sizeof text);
    for (size_t k = 0; k < n; k++)
        for (size_t size = 1; size <= 100000; size = 3 * size + 1)
            ck_assert_uint_eq(list[k]->survey(text + KERNEL_PAD, size).newlines, size);
}
END_TEST

START_TEST(kernels_make_tails_as_plain_code_does)
{
    const struct kernel *list[3];
    size_t n = kernels(list);
    static const double hard[] = {0,      -0.0,    1,           0.5,           0x1p-1074,     0x1p-1022,
                                  1e-300, 0x1p-53, 1 - 0x1p-53, 0.5 - 0x1p-54, 0.5 + 0x1p-53, 1e-17};
    static const double far[] = {0,     -0.0,  1,      -1,       700,       -700, 701, -701,
                                 745.2, 1e300, -1e300, INFINITY, -INFINITY, 36,   -36, 1e-20};

    for (int round = 0; round < 400; round++) {
        double x[61], p[61],
            eps = round % 4 == 0   ? 0
                  : round % 4 == 1 ? 0x1p-52
                  : round % 4 == 2 ? 1e-3
                                   : 0.5;
        uint32_t side[61];

        for (size_t i = 0; i < 61; i++) {
            p[i] = i < 12 ? hard[i] : uniform() * (i % 3 ? 1 : 1e-5);
            x[i] = i < 16 ? far[i] : ldexp(uniform() - 0.5, (int)(i % 12));
            side[i] = (uint32_t)(next() & 1);
        }
        for (size_t k = 0; k < n; k++) {
            double a[61], b[61];
            bool well;
            size_t clipped = 0, clipped_p, clipped_x;

            memcpy(a, p, sizeof a);
            memcpy(b, x, sizeof b);
            clipped_p = list[k]->tails_of_probs(a, side, 61, eps, &well);
            ck_assert(well);
            clipped_x = list[k]->tails_of_logits(b, side, 61, eps, &well);
            ck_assert(well);
            for (size_t i = 0; i < 61; i++) {
                double want = tail_of_prob(p[i] + 0.0, side[i]);

                clipped += tail_clip(&want, eps);
                MUST(bits_of(a[i]) == bits_of(want), "%s: the tail of %g is %g, not %g", list[k]->name, p[i],
                     want, a[i]);
            }
            ck_assert_uint_eq(clipped_p, clipped);
            clipped = 0;
            for (size_t i = 0; i < 61; i++) {
                double want = tail_of_xt(side[i] ? x[i] : -x[i]);

                clipped += tail_clip(&want, eps);
                MUST(bits_of(b[i]) == bits_of(want), "%s: the tail of logit %g is %g, not %g", list[k]->name,
                     x[i], want, b[i]);
            }
            ck_assert_uint_eq(clipped_x, clipped);
            a[3] = 1.5;
            b[3] = NAN;
            list[k]->tails_of_probs(a, side, 61, eps, &well);
            ck_assert(!well);
            list[k]->tails_of_logits(b, side, 61, eps, &well);
            ck_assert(!well);
        }
    }
}
END_TEST

START_TEST(logits_are_exact_to_the_last_places)
{
    for (double x = -690; x < 690; x += 0.37) {
        long double e = expl(-fabsl((long double)x)), v = e / (1 + e);
        double s = tail_of_xt(x);

        ck_assert_msg(fabsl(fabsl((long double)s) - v) <= 3.4e-16L * v, "%g: %.17g, %.17Lg", x, s, v);
    }
}
END_TEST

static void hard_numbers(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[1200], text[1100];
    unsigned long long bits;
    size_t lines = 0;
    double x;

    ck_assert_msg(file != NULL, "%s is not there", path);
    while (fgets(line, sizeof line, file)) {
        ck_assert_int_eq(sscanf(line, "%llx %1099s", &bits, text), 2);
        ck_assert_msg(number_parse(text, strlen(text), &x), "%s", text);
        ck_assert_msg(bits_of(x) == bits, "%s is not %.17g", text, x);
        lines++;
    }
    fclose(file);
    ck_assert_uint_gt(lines, 1000);
}

/* The same by 64 bits of mantissa: the smaller of p_t and 1 − p_t, −: p_t. */
static long double softmax_plainly(const double *x, size_t n, size_t class)
{
    long double rest = 0, odds;

    for (size_t k = 0; k < n; k++)
        if (k != class) rest += expl((long double)x[k] - (long double)x[class]);
    odds = 1 / rest;
    return odds < 1 ? -(odds / (1 + odds)) : rest / (1 + rest);
}

START_TEST(softmax_is_exact_to_the_last_places)
{
    const struct kernel *list[3];
    size_t kinds = kernels(list);

    for (int round = 0; round < 20000; round++) {
        static const double spread[] = {1e-3, 1, 10, 100, 400};
        size_t n = 2 + next() % 40, rows = 1 + next() % 20;
        double x[42 * 20], row[42 + KERNEL_PAD / 8], tail[20], other[20];
        uint32_t class[20];

        for (size_t i = 0; i < n * rows; i++)
            x[i] = spread[round % 5] * (uniform() - 0.5) + (round % 3 ? 0 : 1000);
        for (size_t i = 0; i < rows; i++) class[i] = (uint32_t)(next() % n);
        list[0]->softmax(x, rows, class, rows, n, tail);
        for (size_t k = 1; k < kinds; k++) {
            list[k]->softmax(x, rows, class, rows, n, other);
            ck_assert_int_eq(memcmp(tail, other, rows * sizeof *tail), 0);
        }
        for (size_t i = 0; i < rows; i++) {
            long double want;

            for (size_t k = 0; k < n; k++) row[k] = x[k * rows + i];
            want = softmax_plainly(row, n, class[i]);
            MUST(fabsl((long double)tail[i] - want) <= 6e-16L * fabsl(want), "%g is not %Lg", tail[i], want);
            MUST(bits_of(softmax_of_logits(row, n, 1, class[i])) == bits_of(tail[i]), "alone it is not %.17g",
                 tail[i]);
        }
    }
}
END_TEST

START_TEST(others_hard_numbers)
{
    hard_numbers("numbers/parse-number-f64.txt");
    hard_numbers("numbers/midpoints.txt");
}
END_TEST

/* ---- csv-spectrum ---- */

static char *read_all(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *text = malloc(1 << 16);

    ck_assert_msg(file != NULL, "%s is not there", path);
    *size = fread(text, 1, 1 << 16, file);
    fclose(file);
    text[*size] = 0;
    return text;
}

/* A JSON string from behind its opening quote, to its closing one. */
static const char *json_string(const char *c, struct string *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";

    out->size = 0;
    string_add(out, "", 0);
    for (; *c != '"'; c++) {
        const char *escaped = *c == '\\' ? strchr(from, *++c) : NULL;

        string_add(out, escaped ? &to[escaped - from] : c, 1);
    }
    return c + 1;
}

static void same(const struct field *f, const struct string *want, const char *name)
{
    ck_assert_msg(f->size == want->size && memcmp(f->text, want->text, f->size) == 0,
                  "%s: '%.*s' is not '%.*s'", name, (int)f->size, f->text, (int)want->size, want->text);
}

static void spectrum(const char *name)
{
    char path[200];
    size_t size, taken, at = 0, names, rows = 0;
    char *csv, *json;
    const char *c;
    struct row header = {0}, row = {0};
    struct dialect comma = {',', 0};
    struct string want = {0};

    snprintf(path, sizeof path, "csv-spectrum/json/%s.json", name);
    json = read_all(path, &size);
    snprintf(path, sizeof path, "csv-spectrum/csvs/%s.csv", name);
    csv = read_all(path, &size);
    ck_assert_int_eq(csv_row(comma, csv, size, &header, &taken), ROW_FIELDS);
    names = header.count;
    at = taken;
    for (c = strchr(json, '{'); c; c = strchr(c, '{')) {
        ck_assert_int_eq(csv_row(comma, csv + at, size - at, &row, &taken), ROW_FIELDS);
        ck_assert_uint_eq(row.count, names);
        for (size_t i = 0; i < names; i++) {
            c = json_string(strchr(c, '"') + 1, &want);
            same(&header.field[i], &want, name);
            c = json_string(strchr(strchr(c, ':'), '"') + 1, &want);
            same(&row.field[i], &want, name);
        }
        c = strchr(c, '}');
        at += taken;
        rows++;
    }
    ck_assert_uint_gt(rows, 0);
    ck_assert_uint_eq(at, size);
    row_free(&header);
    row_free(&row);
    string_free(&want);
    free(csv);
    free(json);
}

START_TEST(csv_spectrum)
{
    static const char *const name[] = {"comma_in_quotes",
                                       "empty",
                                       "empty_crlf",
                                       "escaped_quotes",
                                       "json",
                                       "newlines",
                                       "newlines_crlf",
                                       "quotes_and_newlines",
                                       "simple",
                                       "simple_crlf",
                                       "utf8"};

    for (size_t i = 0; i < sizeof name / sizeof *name; i++) spectrum(name[i]);
}
END_TEST

/* ---- cuts ---- */

/* Rows of all kinds: usual, blank, CRLF, bad, ignored, and from the middle on quoted with newlines. */
static void write_file(FILE *file)
{
    fputs("id,score,label,w\n", file);
    for (int i = 0; i < 3000; i++) {
        char number[64];
        unsigned kind = (unsigned)(next() % 24);
        double p = uniform();

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
            fprintf(file, "i%d,%s,%d,%u\n", i, number, next() % 9 == 0, kind % 5);
    }
    fprintf(file, "last,0.25,1,1");
}

static void read_in_blocks(const char *path, size_t block, unsigned threads, const char *weight,
                           struct tally **t, struct facts *f)
{
    struct cuts none = {0};
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
    *t = tally_open(&none);
    ck_assert_msg(pass_read(&in, block, tally_sink(*t), f, &d), "%s", d.text);
    tally_seal(*t, f);
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
        struct tally *first = NULL;
        struct facts facts;

        for (size_t i = 0; i < 2 * sizeof block / sizeof *block; i++) {
            struct tally *t;
            struct facts f;
            size_t a, b;
            const struct cell *x, *y;

            read_in_blocks(path, block[i / 2], i % 2 ? 3 : 1, weighted ? "w" : NULL, &t, &f);
            ck_assert_uint_eq(f.counts.rows,
                              f.counts.examples + f.counts.ignored + f.counts.bad + f.counts.blank);
            if (!first) {
                first = t;
                facts = f;
                ck_assert_uint_gt(f.counts.bad, 100);
                continue;
            }
            x = tally_cells(first, &a);
            y = tally_cells(t, &b);
            ck_assert_uint_eq(a, b);
            for (size_t k = 0; k < a; k++) {
                MUST(memcmp(&x[k], &y[k], offsetof(struct cell, square)) == 0, "cell %zu", k);
                MUST(memcmp(x[k].square, y[k].square, TALLY_MOMENTS * sizeof(double)) == 0,
                     "squares of cell %zu", k);
            }
            ck_assert_int_eq(memcmp(&facts.counts, &f.counts, sizeof f.counts), 0);
            tally_free(t);
            facts_free(&f);
        }
        tally_free(first);
        facts_free(&facts);
    }
    unlink(path);
}
END_TEST

/* ---- .npy ---- */

START_TEST(arrays_headers_are_checked)
{
    static const struct {
        const char *dictionary;
        bool well;
    } cases[] = {{"{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", true},
                 {"{'descr': '>f4', 'fortran_order': True, 'shape': (3, 2), }", true},
                 {"{'descr': '|b1', 'fortran_order': False, 'shape': (3, 1), }", true},
                 {"{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", false},
                 {"{'descr': '<c16', 'fortran_order': False, 'shape': (3,), }", false},
                 {"{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (3,), }", false},
                 {"{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2, 2), }", false},
                 {"{'descr': '<f8', 'fortran_order': False, 'shape': (), }", false},
                 {"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }", false},
                 {"{'descr': '<f8', 'fortran_order': False}", false}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char head[300];
        size_t length = strlen(cases[i].dictionary), need;
        struct npy n;
        struct diag d = {0};

        snprintf(head, sizeof head, "\x93NUMPY%c%c%c%c%s", 1, 0, (char)length, 0, "");
        memcpy(head + 6, "\1\0", 2);
        head[8] = (char)length;
        head[9] = 0;
        memcpy(head + 10, cases[i].dictionary, length);
        ck_assert_msg(npy_header(head, 10 + length, &n, &need, &d) == cases[i].well, "%s",
                      cases[i].dictionary);
        ck_assert_int_eq(d.status != 0, !cases[i].well);
        if (length > 3) {
            d = (struct diag){0};
            ck_assert(!npy_header(head, 9 + length, &n, &need, &d));
            ck_assert_int_eq(d.status, 0);
            ck_assert_uint_eq(need, 10 + length);
        }
    }
}
END_TEST

START_TEST(small_floats_are_exact)
{
    static const struct {
        uint16_t bits;
        double want;
    } cases[] = {{0x3c00, 1},
                 {0xc000, -2},
                 {0x7bff, 65504},
                 {0x0400, 0x1p-14},
                 {0x03ff, 1023 * 0x1p-24},
                 {0x0001, 0x1p-24},
                 {0x0000, 0},
                 {0x7c00, INFINITY},
                 {0x3555, 1365 * 0x1p-12}};
    struct npy n = {.kind = NPY_FLOAT, .width = 2};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char raw[2] = {(unsigned char)cases[i].bits, (unsigned char)(cases[i].bits >> 8)};
        double x;

        npy_convert(&n, (const char *)raw, 1, 1, &x);
        ck_assert_double_eq(x, cases[i].want);
    }
}
END_TEST

TCase *input_cases(void)
{
    TCase *all = tcase_create("input");

    tcase_set_timeout(all, 300);
    tcase_add_test(all, kernels_read_numbers_as_strtod_does);
    tcase_add_test(all, kernels_split_as_plain_code_does);
    tcase_add_test(all, kernels_count_any_number_of_newlines);
    tcase_add_test(all, kernels_make_tails_as_plain_code_does);
    tcase_add_test(all, logits_are_exact_to_the_last_places);
    tcase_add_test(all, softmax_is_exact_to_the_last_places);
    tcase_add_test(all, others_hard_numbers);
    tcase_add_test(all, csv_spectrum);
    tcase_add_test(all, cuts_and_threads_change_nothing);
    tcase_add_test(all, arrays_headers_are_checked);
    tcase_add_test(all, small_floats_are_exact);
    return all;
}
