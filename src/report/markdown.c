/* markdown.c: tables for Markdown (GitHub's) */
#include "report/table.h"

#include <string.h>

/* A cell, with a backslash before what Markdown would take as its own. */
static void put_cell(const struct value *v, struct string *out)
{
    struct string cell = {0};

    value_add_shown(v, &cell);
    for (size_t i = 0; i < cell.size; i++) {
        if (v->kind == CELL_TEXT && strchr("|\\<*`[", cell.text[i])) string_putc(out, '\\');
        string_putc(out, cell.text[i]);
    }
    string_free(&cell);
}

static void put_range(const struct value *v, const struct range *range, struct string *out)
{
    struct string ends = {0};

    range_add_shown(v, range, &ends);
    if (ends.size) string_printf(out, " (%s)", ends.text);
    string_free(&ends);
}

void emit_markdown_head(const struct table *t, struct string *out)
{
    for (size_t c = 0; c < t->column_count; c++) {
        const struct value heading = value_text(t->column[c].heading);

        string_puts(out, "| ");
        put_cell(&heading, out);
        string_putc(out, ' ');
    }
    string_puts(out, "|\n");
    for (size_t c = 0; c < t->column_count; c++)
        string_puts(out, t->row_count && t->value[c].kind == CELL_TEXT ? "|---" : "|---:");
    string_puts(out, "|\n");
}

void emit_markdown_rows(const struct table *t, struct string *out)
{
    for (size_t i = 0; i < t->row_count * t->column_count; i++) {
        string_puts(out, "| ");
        put_cell(&t->value[i], out);
        if (t->range) put_range(&t->value[i], &t->range[i], out);
        string_puts(out, (i + 1) % t->column_count ? " " : " |\n");
    }
}

void emit_markdown(const struct table *t, struct string *out)
{
    emit_markdown_head(t, out);
    emit_markdown_rows(t, out);
}
