/* csv.c: tables for machines: CSV and TSV */
#include "base/number.h"
#include "report/table.h"

#include <string.h>

static void csv_text(const char *text, char delimiter, struct string *out)
{
    if (delimiter == '\t') {
        for (; *text; text++) {
            static const char special[] = "\t\n\r\\";
            const char *k = strchr(special, *text);

            if (k)
                string_printf(out, "\\%c", "tnr\\"[k - special]);
            else
                string_putc(out, *text);
        }
        return;
    }
    if (!text[strcspn(text, "\"\r\n")] && !strchr(text, delimiter)) {
        string_puts(out, text);
        return;
    }
    string_putc(out, '"');
    for (; *text; text++) {
        if (*text == '"') string_putc(out, '"');
        string_putc(out, *text);
    }
    string_putc(out, '"');
}

static void machine(const struct value *v, char delimiter, struct string *out)
{
    char number[NUMBER_SIZE];

    switch (v->kind) {
    case CELL_EMPTY: break;
    case CELL_TEXT: csv_text(v->as.text, delimiter, out); break;
    case CELL_COUNT: number_add_whole(v->as.count, out); break;
    default: string_add(out, number, number_format(v->as.number, number)); break;
    }
}

static void put_head(const struct table *t, char delimiter, struct string *out)
{
    for (size_t c = 0; c < t->column_count; c++) {
        csv_text(t->column[c].name, delimiter, out);
        string_putc(out, c + 1 < t->column_count ? delimiter : '\n');
    }
}

static void put_rows(const struct table *t, char delimiter, struct string *out)
{
    for (size_t i = 0; i < t->row_count * t->column_count; i++) {
        machine(&t->value[i], delimiter, out);
        string_putc(out, (i + 1) % t->column_count ? delimiter : '\n');
    }
}

void emit_csv_head(const struct table *t, struct string *out)
{
    put_head(t, ',', out);
}

void emit_csv_rows(const struct table *t, struct string *out)
{
    put_rows(t, ',', out);
}

void emit_csv(const struct table *t, struct string *out)
{
    put_head(t, ',', out);
    put_rows(t, ',', out);
}

void emit_tsv_head(const struct table *t, struct string *out)
{
    put_head(t, '\t', out);
}

void emit_tsv_rows(const struct table *t, struct string *out)
{
    put_rows(t, '\t', out);
}

void emit_tsv(const struct table *t, struct string *out)
{
    put_head(t, '\t', out);
    put_rows(t, '\t', out);
}
