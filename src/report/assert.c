/* assert.c: statements about the results that hold or do not */
#include "report/assert.h"

#include "base/number.h"
#include "base/text.h"
#include "report/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_less(double a, double b)
{
    return a < b;
}
static bool is_at_most(double a, double b)
{
    return a <= b;
}
static bool is_greater(double a, double b)
{
    return a > b;
}
static bool is_at_least(double a, double b)
{
    return a >= b;
}
static bool is_equal(double a, double b)
{
    return a >= b && a <= b;
}
static bool is_unequal(double a, double b)
{
    return a < b || a > b;
}

/* Two signs stand before their first one. */
static const struct {
    const char *sign;
    bool (*holds)(double, double);
} comparison[] = {{"<=", is_at_most}, {">=", is_at_least}, {"==", is_equal},
                  {"!=", is_unequal}, {"<", is_less},      {">", is_greater}};
enum { COMPARISONS = sizeof comparison / sizeof *comparison };

static bool bad(const char *text, const char *why, struct diag *d)
{
    char shown[DIAG_SHOWN];

    return diag_fail(d, STATUS_USAGE, "--assert: %s %s; it is as in 'focal[gamma=2].easy_neg < 0.2'",
                     diag_shown(shown, text, strlen(text)), why);
}

/* What is neither a number nor a column. */
static bool bad_column(const char *text, const char *column, struct diag *d)
{
    char shown[DIAG_SHOWN], part[DIAG_SHOWN];

    if (!*column) return bad(text, "has nothing on one side of its comparison", d);
    return diag_fail(d, STATUS_USAGE,
                     "--assert: %s: %s is neither a number nor a column of the results (-f csv has them "
                     "all); it is as in 'focal[gamma=2].easy_neg < 0.2'",
                     diag_shown(shown, text, strlen(text)), diag_shown(part, column, strlen(column)));
}

/* Are two statements joined, outside of conditions? */
static bool is_joined(const char *text)
{
    static const char *const word[] = {" and ", " or ", "&&", "||"};

    for (bool within = false; *text; text++) {
        within = (within || *text == '[') && *text != ']';
        for (size_t i = 0; i < sizeof word / sizeof *word && !within; i++)
            if (strncmp(text, word[i], strlen(word[i])) == 0) return true;
    }
    return false;
}

/* The bytes up to one of `ends` outside of parentheses. */
static size_t until(const char *text, size_t size, const char *ends)
{
    size_t depth = 0, n = 0;

    for (; n < size && (depth || !strchr(ends, text[n])); n++) {
        depth += text[n] == '(';
        depth -= depth && text[n] == ')';
    }
    return n;
}

/* The bytes of a loss, up to its conditions or, without any, to the last dot: a coefficient may have one. */
static size_t loss_end(const char *text, size_t size)
{
    size_t bracket = until(text, size, "["), end = size, n = until(text, bracket, ".");

    if (bracket < size) return bracket;
    for (; n < size; n += 1 + until(text + n + 1, size - n - 1, ".")) end = n;
    return end;
}

static char *copy_trimmed(const char *text, size_t size)
{
    text_trim(&text, &size);
    return mem_copy(text, size);
}

static bool parse_keys(const char *text, size_t size, const char *whole, struct assert_operand *out,
                       struct diag *d)
{
    while (size) {
        size_t n = until(text, size, ","), name = until(text, n, "=");
        size_t room = out->room;

        if (name == n) return bad(whole, "has a condition that is not KEY=VALUE", d);
        out->key = mem_grow(out->key, &room, out->keys + 1, sizeof *out->key);
        out->value = mem_grow(out->value, &out->room, out->keys + 1, sizeof *out->value);
        out->key[out->keys] = copy_trimmed(text, name);
        out->value[out->keys++] = copy_trimmed(text + name + 1, n - name - 1);
        if (!*report_meaning(out->key[out->keys - 1]))
            return bad(whole, "names a condition that is no column of the results", d);
        n += n < size;
        text += n;
        size -= n;
    }
    return true;
}

static bool parse_operand(const char *text, size_t size, const char *whole, struct assert_operand *out,
                          struct diag *d)
{
    size_t n, keys;

    if (number_parse(text, size, &out->number)) return true;
    text_trim(&text, &size);
    n = loss_end(text, size);
    if (n < size) out->loss = copy_trimmed(text, n);
    if (n < size && text[n] == '[') {
        keys = until(text + n, size - n, "]");
        if (n + keys == size || !parse_keys(text + n + 1, keys - 1, whole, out, d))
            return bad(whole, "has a [ without a ]", d);
        n += keys + 1;
    }
    if (n < size && text[n] == '.')
        text += n + 1, size -= n + 1;
    else if (n < size)
        return bad(whole, "has no column behind its conditions", d);
    out->column = copy_trimmed(text, size);
    return *report_meaning(out->column) || bad_column(whole, out->column, d);
}

bool assertion_parse(const char *text, struct assertion *out, struct diag *d)
{
    size_t size = strlen(text), at = 0, sign;

    *out = (struct assertion){.text = text};
    if (is_joined(text))
        return bad(text, "joins two statements: give each an --assert of its own, all of which must hold", d);
    /* within [ ] stand conditions, whose = is no comparison */
    while (at < size && !strchr("<>!", text[at]) && !(text[at] == '=' && text[at + 1] == '=')) at++;
    if (at == size) return bad(text, "has no comparison", d);
    while (out->comparison < COMPARISONS && strncmp(text + at, comparison[out->comparison].sign,
                                                    strlen(comparison[out->comparison].sign)) != 0)
        out->comparison++;
    if (out->comparison == COMPARISONS) return bad(text, "has no comparison", d);
    sign = strlen(comparison[out->comparison].sign);
    if (!parse_operand(text, at, text, &out->left, d) ||
        !parse_operand(text + at + sign, size - at - sign, text, &out->right, d))
        return false;
    return out->left.column || out->right.column || bad(text, "names no column of the results", d);
}

static void operand_free(struct assert_operand *o)
{
    for (size_t i = 0; i < o->keys; i++) {
        free(o->key[i]);
        free(o->value[i]);
    }
    free(o->key);
    free(o->value);
    free(o->loss);
    free(o->column);
}

void assertion_free(struct assertion *a)
{
    operand_free(&a->left);
    operand_free(&a->right);
    *a = (struct assertion){0};
}

static const struct value *cell(const struct table *t, size_t row, const char *column)
{
    size_t c = 0;

    while (c + 1 < t->column_count && strcmp(t->column[c].name, column) != 0) c++;
    return &t->value[row * t->column_count + c];
}

static double as_number(const struct value *v)
{
    return v->kind == CELL_COUNT                           ? (double)v->as.count
           : v->kind == CELL_EMPTY || v->kind == CELL_TEXT ? NAN
                                                           : v->as.number;
}

static bool has_value(const struct value *v, const char *text)
{
    double x;

    if (v->kind == CELL_TEXT) return strcmp(v->as.text, text) == 0;
    return number_parse(text, strlen(text), &x) && is_equal(as_number(v), x);
}

static const char *value_of_key(const struct assert_operand *o, const char *key)
{
    for (size_t i = 0; i < o->keys; i++)
        if (strcmp(o->key[i], key) == 0) return o->value[i];
    return NULL;
}

/* A result of the whole, of a group or of a class, as the conditions say; a class is one of the whole unless
   they name a group. */
static bool is_on_level(const struct assert_operand *o, const struct table *t, size_t row)
{
    const char *class = value_of_key(o, "class"), *group = value_of_key(o, "group");
    const char *level = value_of_key(o, "level");
    const struct value *own = cell(t, row, "group"), *whole = cell(t, t->row_count - 1, "group");

    if (!level) level = class ? "class" : group ? "group" : "total";
    if (!has_value(cell(t, row, "level"), level)) return false;
    return !class || group || own->as.text == whole->as.text;
}

static bool is_meant(const struct assert_operand *o, const struct table *t, size_t row)
{
    if (o->loss && !has_value(cell(t, row, "loss"), o->loss)) return false;
    for (size_t i = 0; i < o->keys; i++)
        if (!has_value(cell(t, row, o->key[i]), o->value[i])) return false;
    return is_on_level(o, t, row);
}

/* Whether any result has that value. */
static bool any_has(const struct table *t, const char *column, const char *value)
{
    for (size_t r = 0; r < t->row_count; r++)
        if (has_value(cell(t, r, column), value)) return true;
    return false;
}

/* Which condition no result meets, and the option that asks for such. */
static bool not_asked(const struct assert_operand *o, const struct table *t, const char *whole,
                      struct diag *d)
{
    static const char *const option[][2] = {{"loss", "-l"},         {"gamma", "-g"}, {"alpha", "-a"},
                                            {"beta", "--beta"},     {"easy", "-e"},  {"group", "-b"},
                                            {"class", "--by-class"}};
    const char *key = "loss", *value = o->loss;
    struct string missing = {0};
    char shown[DIAG_SHOWN], part[DIAG_SHOWN];

    if (!value || any_has(t, key, value)) {
        size_t i = 0;

        while (i < o->keys && any_has(t, o->key[i], o->value[i])) i++;
        if (i == o->keys) return bad(whole, "speaks of results that were not asked for together", d);
        key = o->key[i];
        value = o->value[i];
    }
    string_printf(&missing, "%s=%s", key, value);
    diag_shown(part, missing.text, missing.size);
    string_free(&missing);
    for (size_t i = 0; i < sizeof option / sizeof *option; i++)
        if (strcmp(option[i][0], key) == 0)
            return diag_fail(d, STATUS_USAGE, "--assert: %s: no result has %s: %s asks for it",
                             diag_shown(shown, whole, strlen(whole)), part, option[i][1]);
    return bad(whole, "speaks of results that there are not", d);
}

/* The numbers that an operand stands for. Free them. */
static bool numbers_of(const struct assert_operand *o, const struct table *t, const char *whole, double **out,
                       size_t *count, struct diag *d)
{
    *out = mem_alloc(t->row_count + 1, sizeof **out);
    *count = 0;
    if (!o->column) {
        (*out)[(*count)++] = o->number;
        return true;
    }
    for (size_t r = 0; r < t->row_count; r++)
        if (is_meant(o, t, r)) (*out)[(*count)++] = as_number(cell(t, r, o->column));
    return *count || not_asked(o, t, whole, d);
}

static void say_number(double x, struct string *out)
{
    char text[NUMBER_SIZE];

    if (isnan(x))
        string_puts(out, "not defined");
    else
        string_add(out, text, number_format(x, text));
}

bool assertion_check(const struct assertion *a, const struct table *t, bool *holds, struct string *said,
                     struct diag *d)
{
    double *left = NULL, *right = NULL, at[2] = {NAN, NAN};
    size_t lefts = 0, rights = 0, failed = 0;
    bool ok = numbers_of(&a->left, t, a->text, &left, &lefts, d) &&
              numbers_of(&a->right, t, a->text, &right, &rights, d);

    for (size_t i = 0; ok && i < lefts * rights; i++) {
        double x = left[i / rights], y = right[i % rights];
        bool own = comparison[a->comparison].holds(x, y);

        if (i == 0 || (!own && !failed)) at[0] = x, at[1] = y;
        failed += !own;
    }
    *holds = failed == 0;
    if (ok) {
        string_printf(said, "%s %s: ", a->text, *holds ? "holds" : "does not hold");
        if (a->left.column) say_number(at[0], said);
        if (a->left.column && a->right.column) string_puts(said, " and ");
        if (a->right.column) say_number(at[1], said);
        if (lefts * rights > 1)
            string_printf(said, " (%zu of %zu results)", *holds ? lefts * rights : failed, lefts * rights);
    }
    free(left);
    free(right);
    return ok;
}
