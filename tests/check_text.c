/* check_text.c: base/utf8, base/text and base/error: characters against their definition, widths and
 * distances by hand */
#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"
#include "check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Unicode's table 3-7 of well-formed sequences, written out: every number there and back. */
START_TEST(characters_are_those_of_unicode)
{
    for (uint32_t code = 0; code < 0x120000; code++) {
        char text[5] = "";
        uint32_t got = 0;
        size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        bool is_character = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);

        if (size == 1)
            text[0] = (char)code;
        else
            for (size_t i = 0; i < size; i++)
                text[i] = (char)((i ? 0x80 : 0xf00 >> size) |
                                 ((code >> 6 * (size - 1 - i)) & (i ? 0x3f : 0x7f >> size)));
        MUST(utf8_decode(text, size, &got) == (is_character ? size : 0) && (!is_character || got == code),
             "%x", code);
        MUST(size == 1 || utf8_decode(text, size - 1, NULL) == 0, "%x cut off", code);
    }
    ck_assert_uint_eq(utf8_decode("\xc0\x80", 2, NULL), 0); /* overlong */
    ck_assert_uint_eq(utf8_decode("\xe0\x9f\xbf", 3, NULL), 0);
    ck_assert_uint_eq(utf8_decode("\xf0\x8f\xbf\xbf", 4, NULL), 0);
    ck_assert_uint_eq(utf8_decode("\xff", 1, NULL), 0);
}
END_TEST

START_TEST(wide_characters_take_two_columns)
{
    static const struct {
        const char *text;
        size_t width;
    } row[] = {{"", 0}, {"loss", 4}, {"γ – ≥", 5}, {"日本", 4}, {"e\xcc\x81", 1}, {"\xff\xfe", 2}, {"😀", 2}};

    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        ck_assert_uint_eq(utf8_width(row[i].text, strlen(row[i].text)), row[i].width);
}
END_TEST

START_TEST(controls_are_shown_as_numbers)
{
    static const struct {
        const char *text, *shown;
    } row[] = {{"plain µ 日", "plain µ 日"},
               {"\033[31mred\a\x7f", "\\x1b[31mred\\x07\\x7f"},
               {"\xc2\x9b"
                "2J",
                "\\xc2\\x9b"
                "2J"},                                            /* a C1 control is one to some terminals */
               {"\xe2\x80\xaegpj.exe", "\\xe2\\x80\\xaegpj.exe"}, /* right to left from here on */
               {"cut \xe6\x97", "cut \\xe6\\x97"},
               {"a\nb\tc\r", "a\\x0ab\\x09c\\x0d"}};

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct string out = {0};

        string_add_printable(&out, row[i].text, strlen(row[i].text));
        ck_assert_str_eq(out.text, row[i].shown);
        string_free(&out);
    }
}
END_TEST

START_TEST(distances_are_those_counted_by_hand)
{
    static const struct {
        const char *a, *b;
        size_t distance;
    } row[] = {{"kitten", "sitting", 3}, {"", "abc", 3},        {"abc", "", 3},
               {"gamma", "gamma", 0},    {"Gamma", "gamma", 0}, {"gama", "gamma", 1},
               {"saturday", "sunday", 3}};

    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        ck_assert_uint_eq(text_distance(row[i].a, strlen(row[i].a), row[i].b, strlen(row[i].b)),
                          row[i].distance);
}
END_TEST

START_TEST(blanks_go_from_both_ends)
{
    const char *text = " \t a b\t ";
    size_t size = strlen(text);

    text_trim(&text, &size);
    ck_assert_uint_eq(size, 3);
    ck_assert_int_eq(memcmp(text, "a b", 3), 0);
    text = " \t";
    size = 2;
    text_trim(&text, &size);
    ck_assert_uint_eq(size, 0);
}
END_TEST

START_TEST(items_of_lists_may_stand_between_quotes)
{
    static const struct {
        const char *list, *item[3];
    } row[] = {
        {"a,b", {"a", "b"}},
        {"", {""}},
        {"a,", {"a", ""}},
        {"\"a, b\",c", {"a, b", "c"}},
        {"x,\"say \"\"a\"\"\",y", {"x", "say \"a\"", "y"}},
        {"\"\",b", {"", "b"}},
        {"\"a,b", {"\"a", "b"}}, /* no quote closes */
        {"\"a\"b,c", {"\"a\"b", "c"}},
        {"5\",6\"", {"5\"", "6\""}},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const char *at = row[i].list;

        for (size_t k = 0; k < 3 && row[i].item[k]; k++) {
            char *item = text_list_item(&at);

            ck_assert_str_eq(item, row[i].item[k]);
            ck_assert_int_eq(*at, k + 1 < 3 && row[i].item[k + 1] ? ',' : '\0');
            at += *at == ',';
            free(item);
        }
    }
}
END_TEST

START_TEST(long_messages_keep_both_ends)
{
    struct diag d = {0};
    char name[4096];

    for (size_t i = 0; i + 2 < sizeof name; i += 2) memcpy(name + i, "é", 3);
    diag_errno(&d, ENOENT, "cannot open %s", name);
    ck_assert_int_eq(strncmp(d.text, "cannot open é", 14), 0);
    ck_assert_str_eq(d.text + strlen(d.text) - 31, "éé: No such file or directory");
    for (size_t i = 0, n; d.text[i]; i += n) MUST(n = utf8_decode(d.text + i, 4, NULL), "byte %zu", i);
}
END_TEST

TCase *text_cases(void)
{
    TCase *all = tcase_create("text");

    tcase_add_test(all, characters_are_those_of_unicode);
    tcase_add_test(all, wide_characters_take_two_columns);
    tcase_add_test(all, controls_are_shown_as_numbers);
    tcase_add_test(all, distances_are_those_counted_by_hand);
    tcase_add_test(all, blanks_go_from_both_ends);
    tcase_add_test(all, items_of_lists_may_stand_between_quotes);
    tcase_add_test(all, long_messages_keep_both_ends);
    return all;
}
