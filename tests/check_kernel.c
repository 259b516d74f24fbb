/* check_kernel.c: unit tests: each instruction set's kernels against plain code */
#include "check.h"

#include "base/cpu.h"
#include "base/number.h"
#include "examples/softmax.h"
#include "kernel/kernel.h"
#include "loss/tail.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    unsigned way = only < 0 ? (unsigned)(random_bits() % 16) : (unsigned)only;
    double x = way & 1 ? random_unit() : ldexp(random_unit() - 0.5, (int)(random_bits() % 24) - 12);
    char *c = to;

    if (way < 3) return (size_t)sprintf(to, form[way], (int)(random_bits() % 27), x);
    if (way < 5) return number_format(x, to);
    /* digits by hand: quick, and with as many ties as may be */
    if (random_bits() % 4 == 0) *c++ = '-';
    for (unsigned n = (unsigned)(random_bits() % 3); n > 0; n--) *c++ = (char)('0' + random_bits() % 10);
    if (c == to || random_bits() % 8) *c++ = (char)('0' + random_bits() % 10);
    if (random_bits() % 16) {
        uint64_t digits = random_bits();

        *c++ = '.';
        for (unsigned n = (unsigned)(random_bits() % 26); n > 0; n--, digits /= 10) {
            if (!digits) digits = random_bits();
            *c++ = (char)('0' + digits % 10);
        }
    }
    if (random_bits() % 8 == 0) c += sprintf(c, "e%d", (int)(random_bits() % 40) - 25);
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
        c += sprintf(c, ",%d%s\n", (int)(random_bits() & 1), returns && random_bits() % 3 == 0 ? "\r" : "");
        t->at[2 * i + 1] = (uint32_t)(c - 1 - t->text - KERNEL_PAD);
    }
    t->size = (size_t)(c - t->text) - KERNEL_PAD;
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
                    MUST(bits_of(t.got[i]) == bits_of(t.want[i]), "%s: %.30s is not %.17g",
                         isa_name((enum isa)k), t.text + KERNEL_PAD + (i ? t.at[2 * i - 1] + 1 : 0),
                         t.got[i]);
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
        size_t size = (size_t)(random_bits() % 4000), want = 0, newlines = 0;
        static const char some[] = ",\n,\n\r\"0123456789.;e-abcdefgh";

        for (size_t i = 0; i < sizeof text; i++)
            text[i] = some[random_bits() % (round % 7 ? sizeof some - 1 : 6)];
        for (size_t k = 0; k < n; k++) {
            const char *t = text + KERNEL_PAD;
            struct survey s = list[k]->survey(t, size, '"'), same;
            size_t got = list[k]->split(t, size, ',', '"', at, &same);

            want = newlines = 0;
            for (size_t i = 0; i < size; i++) {
                if (t[i] == ',' || t[i] == '\n')
                    MUST(at[want++] == i, "%s: separator %zu", isa_name((enum isa)k), want);
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

/* [digit.]digits[e±dd[d]], with a point behind the first digit only. */
static bool is_usual_number(const char *c, const char *end)
{
    const char *e = memchr(c, 'e', (size_t)(end - c)), *mantissa = e ? e : end;
    size_t digits = (size_t)(mantissa - c);

    if (!e) e = memchr(c, 'E', digits), mantissa = e ? e : end;
    if (e && ((end - e != 4 && end - e != 5) || (e[1] != '+' && e[1] != '-'))) return false;
    for (const char *p = e ? e + 2 : end; p < end; p++)
        if (*p < '0' || *p > '9') return false;
    if (mantissa == c || mantissa[-1] == '.') return false;
    for (const char *p = c; p < mantissa; p++)
        if ((*p < '0' || *p > '9') && !(*p == '.' && p == c + 1)) return false;
    return true;
}

/* Bytes that must not pass for those of numbers, among them some that have the same lowest six bits. */
static char byte_for_a_number(char there)
{
    static const char bytes[] = "0123456789.eE+-, x\r\"";

    switch (random_bits() % 4) {
    case 0: return (char)((unsigned char)there ^ (1 + random_bits() % 3) * 64);
    case 1: return (char)random_bits();
    default: return bytes[random_bits() % (sizeof bytes - 1)];
    }
}

START_TEST(kernels_look_at_numbers_as_plain_code_does)
{
    static const char *const usual[] = {"0.25",     "1",  "0.123456789012345678", "1.5e-07", "12345",
                                        "9.9E+300", "0.0"};
    static const char *const unusual[] = {"1.5e-07e-07", "1e+1", "1e-0001", "1e05", "12.5",
                                          ".5",          "1.",   "",        "e-05", "1.5,-07"};
    static const char delimiters[] = ",,,,;\t|p%ne";
    const struct kernel *list[3];
    size_t n = kernels(list), good = 0;
    double number;

    for (int round = 0; round < 40000; round++) {
        char text[2 * KERNEL_PAD + 400] = {0}, *begin = text + KERNEL_PAD, *end = begin,
                                   delimiter = delimiters[random_bits() % (sizeof delimiters - 1)];
        bool want = true, all = true;

        begin[-1] = random_bits() % 2 ? delimiter : '\n';
        for (size_t k = 1 + random_bits() % 12; k > 0; k--) {
            const char *field = random_bits() % 32 ? usual[random_bits() % 7] : unusual[random_bits() % 10];

            end += sprintf(end, "%s%.*s", field, k > 1, &delimiter);
        }
        if (end > begin && random_bits() % 2) {
            char *at = begin + random_bits() % (size_t)(end - begin);

            *at = byte_for_a_number(*at);
        }
        *end = random_bits() % 2 ? delimiter : "\n\r"[random_bits() % 2];
        for (char *c = begin, *stop; c <= end; c = stop + 1) {
            for (stop = c; stop < end && *stop != delimiter;) stop++;
            want = want && is_usual_number(c, stop);
            all = all && number_parse(c, (size_t)(stop - c), &number);
        }
        for (size_t k = 0; k < n; k++) {
            bool got = list[k]->are_numbers(begin, (size_t)(end - begin), delimiter);

            ck_assert_msg(got ? all : !want || strchr("p%ne", delimiter), "%s, %c: %s", isa_name((enum isa)k),
                          delimiter, begin);
        }
        good += want;
    }
    ck_assert_uint_gt(good, 10000);
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
            ck_assert_uint_eq(list[k]->survey(text + KERNEL_PAD, size, '"').newlines, size);
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
            p[i] = i < 12 ? hard[i] : random_unit() * (i % 3 ? 1 : 1e-5);
            x[i] = i < 16 ? far[i] : ldexp(random_unit() - 0.5, (int)(i % 12));
            side[i] = (uint32_t)(random_bits() & 1);
        }
        for (size_t k = 0; k < n; k++) {
            double a[61], b[61];
            bool ok;
            size_t clipped = 0, clipped_p, clipped_x;

            memcpy(a, p, sizeof a);
            memcpy(b, x, sizeof b);
            clipped_p = list[k]->tails_of_probs(a, side, 61, eps, &ok);
            ck_assert(ok);
            clipped_x = list[k]->tails_of_logits(b, side, 61, eps, &ok);
            ck_assert(ok);
            for (size_t i = 0; i < 61; i++) {
                double want = tail_of_prob(p[i] + 0.0, side[i]);

                clipped += tail_clip(&want, eps);
                MUST(bits_of(a[i]) == bits_of(want), "%s: the tail of %g is %g, not %g",
                     isa_name((enum isa)k), p[i], want, a[i]);
            }
            ck_assert_uint_eq(clipped_p, clipped);
            clipped = 0;
            for (size_t i = 0; i < 61; i++) {
                double want = tail_of_xt(side[i] ? x[i] : -x[i]);

                clipped += tail_clip(&want, eps);
                MUST(bits_of(b[i]) == bits_of(want), "%s: the tail of logit %g is %g, not %g",
                     isa_name((enum isa)k), x[i], want, b[i]);
            }
            ck_assert_uint_eq(clipped_x, clipped);
            a[3] = 1.5;
            b[3] = NAN;
            list[k]->tails_of_probs(a, side, 61, eps, &ok);
            ck_assert(!ok);
            list[k]->tails_of_logits(b, side, 61, eps, &ok);
            ck_assert(!ok);
        }
    }
}
END_TEST

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
        size_t n = 2 + random_bits() % 40, rows = 1 + random_bits() % 20;
        double x[42 * 20], row[42 + KERNEL_PAD / 8], tail[20], other[20];
        uint32_t class[20];

        for (size_t i = 0; i < n * rows; i++)
            x[i] = spread[round % 5] * (random_unit() - 0.5) + (round % 3 ? 0 : 1000);
        for (size_t i = 0; i < rows; i++) class[i] = (uint32_t)(random_bits() % n);
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

TCase *kernel_cases(void)
{
    TCase *all = tcase_create("kernel");

    tcase_set_timeout(all, 300);
    tcase_add_test(all, kernels_read_numbers_as_strtod_does);
    tcase_add_test(all, kernels_split_as_plain_code_does);
    tcase_add_test(all, kernels_look_at_numbers_as_plain_code_does);
    tcase_add_test(all, kernels_count_any_number_of_newlines);
    tcase_add_test(all, kernels_make_tails_as_plain_code_does);
    tcase_add_test(all, softmax_is_exact_to_the_last_places);
    return all;
}
