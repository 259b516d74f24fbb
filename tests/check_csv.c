/* check_csv.c: unit tests: rows of CSV, against the cases of csv-spectrum */
#include "check.h"

#include "base/memory.h"
#include "read/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    struct dialect comma = {.delimiter = ',', .quote = '"'};
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

/* What stands in a row's fields from the row before is not left in one that never ends. */
START_TEST(a_quote_that_never_ends)
{
    static const char text[] = "one,two\n0.5,\"open\n";
    struct dialect tab = {.delimiter = ',', .quote = '"', .one_line = true};
    struct row row = {0};
    size_t taken, size = sizeof text - 1;

    ck_assert_int_eq(csv_row(tab, text, size, &row, &taken), ROW_FIELDS);
    ck_assert_int_eq(csv_row(tab, text + taken, size - taken, &row, &taken), ROW_OPEN_QUOTE);
    ck_assert_uint_eq(row.count, 2);
    ck_assert_uint_eq(row.field[1].size, 0);
    ck_assert(row.field[1].text > text && row.field[1].text < text + size);
    row_free(&row);
}
END_TEST

TCase *csv_cases(void)
{
    TCase *all = tcase_create("csv");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, csv_spectrum);
    tcase_add_test(all, a_quote_that_never_ends);
    return all;
}
