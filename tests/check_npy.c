/* check_npy.c: unit tests: headers and numbers of NumPy's arrays */
#include "check.h"

#include "read/npy.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

START_TEST(arrays_headers_are_checked)
{
    static const struct {
        const char *dictionary;
        bool ok;
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
        ck_assert_msg(npy_header(head, 10 + length, &n, &need, &d) == cases[i].ok, "%s", cases[i].dictionary);
        ck_assert_int_eq(d.status != 0, !cases[i].ok);
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

TCase *npy_cases(void)
{
    TCase *all = tcase_create("npy");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, arrays_headers_are_checked);
    tcase_add_test(all, small_floats_are_exact);
    return all;
}
