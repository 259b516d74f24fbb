/* json.c: tables as JSON */
#include "base/number.h"
#include "base/utf8.h"
#include "report/table.h"

#include <math.h>
#include <string.h>

void json_string(const char *text, size_t size, struct string *out)
{
    string_putc(out, '"');
    for (size_t i = 0; i < size;) {
        const unsigned char *c = (const unsigned char *)text + i;
        size_t n = utf8_decode(text + i, size - i, NULL);

        if (n == 0)
            string_puts(out, "\xef\xbf\xbd");
        else if (*c == '"' || *c == '\\')
            string_printf(out, "\\%c", *c);
        else if (*c < 0x20)
            string_printf(out, "\\u%04x", *c);
        else
            string_add(out, text + i, n);
        i += n ? n : 1;
    }
    string_putc(out, '"');
}

void json_number(double x, struct string *out)
{
    char text[NUMBER_SIZE];

    if (isnan(x))
        string_puts(out, "null");
    else if (isinf(x))
        string_puts(out, x < 0 ? "\"-inf\"" : "\"inf\"");
    else
        string_add(out, text, number_format(x, text));
}

static void json_value(const struct value *v, struct string *out)
{
    size_t n = 0;

    switch (v->kind) {
    case CELL_EMPTY: string_puts(out, "null"); break;
    case CELL_TEXT:
        while (v->as.text[n]) n++;
        json_string(v->as.text, n, out);
        break;
    case CELL_COUNT: number_add_whole(v->as.count, out); break;
    default: json_number(v->as.number, out); break;
    }
}

static void object(const struct table *t, size_t row, struct string *out)
{
    string_putc(out, '{');
    for (size_t c = 0; c < t->column_count; c++) {
        string_puts(out, c ? ", " : "");
        json_string(t->column[c].name, strlen(t->column[c].name), out);
        string_puts(out, ": ");
        json_value(&t->value[row * t->column_count + c], out);
    }
    string_putc(out, '}');
}

void emit_json_indented(const struct table *t, const char *indent, struct string *out)
{
    for (size_t r = 0; r < t->row_count; r++) {
        string_printf(out, "%s\n%s  ", r ? "," : "", indent);
        object(t, r, out);
    }
}

void emit_json_head(const struct table *t, struct string *out)
{
    (void)t;
    string_putc(out, '[');
}

void emit_json_objects(const struct table *t, struct string *out)
{
    emit_json_indented(t, "", out);
}

void emit_jsonl(const struct table *t, struct string *out)
{
    for (size_t r = 0; r < t->row_count; r++) {
        object(t, r, out);
        string_putc(out, '\n');
    }
}

void emit_json(const struct table *t, struct string *out)
{
    string_putc(out, '[');
    emit_json_indented(t, "", out);
    string_puts(out, "\n]\n");
}
