/* text.c: tables for reading */
#include "base/utf8.h"
#include "report/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t value_show(const struct value *v, char *out, size_t room)
{
    switch (v->kind) {
    case CELL_EMPTY: return (size_t)snprintf(out, room, "–");
    case CELL_COUNT: return (size_t)snprintf(out, room, "%llu", (unsigned long long)v->as.count);
    case CELL_SHARE: return show_share(v->as.number, out, room);
    case CELL_SETTING: return (size_t)snprintf(out, room, "%.6g", v->as.number);
    case CELL_NUMBER: return show_number(v->as.number, 4, out, room);
    default: return (size_t)snprintf(out, room, "%s", v->as.text);
    }
}

static size_t shown(const struct value *v, char *out, size_t room)
{
    size_t n = value_show(v, out, room);

    if (n >= room) n = room - 1;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)out[i] < 0x20 || out[i] == 0x7f)
            out[i] = '?'; /* what data say to a terminal is text only */
    return n;
}

static void padded(const char *text, size_t size, size_t width, bool left, struct string *out)
{
    size_t wide = utf8_width(text, size), pad = width > wide ? width - wide : 0;

    if (!left) string_printf(out, "%*s", (int)pad, "");
    string_add(out, text, size);
    if (left) string_printf(out, "%*s", (int)pad, "");
}

static void trim_line(struct string *out)
{
    while (out->size && out->text[out->size - 1] == ' ') out->size--;
    string_putc(out, '\n');
}

/* The widths that the columns want, and how many of them fit. */
static size_t fit(const struct table *t, size_t width, size_t *wide, bool *left)
{
    char text[256];
    size_t used = 0, c;

    for (c = 0; c < t->column_count; c++) {
        wide[c] = utf8_width(t->column[c].heading, strlen(t->column[c].heading));
        for (size_t r = 0; r < t->row_count; r++) {
            const struct value *v = &t->value[r * t->column_count + c];
            size_t n = utf8_width(text, shown(v, text, sizeof text));

            if (n > wide[c]) wide[c] = n;
            left[c] |= v->kind == CELL_TEXT;
        }
    }
    for (c = 0; c < t->column_count && used + wide[c] + (c ? 2 : 0) <= width; c++)
        used += wide[c] + (c ? 2 : 0);
    return c;
}

void emit_text(const struct table *t, size_t width, bool colour, struct string *out)
{
    size_t *wide = mem_alloc(t->column_count, sizeof *wide), columns, all = 0;
    bool *left = mem_alloc(t->column_count, sizeof *left);
    char text[256];

    columns = fit(t, width, wide, left);
    if (colour) string_puts(out, "\033[1m");
    for (size_t c = 0; c < columns; c++) {
        if (c) string_puts(out, "  ");
        padded(t->column[c].heading, strlen(t->column[c].heading), wide[c], left[c], out);
        all += wide[c] + (c ? 2 : 0);
    }
    while (out->size && out->text[out->size - 1] == ' ') out->size--;
    string_puts(out, colour ? "\033[0m\n" : "\n");
    for (size_t i = 0; i < all; i++) string_puts(out, "─");
    string_putc(out, '\n');
    for (size_t r = 0; r < t->row_count; r++) {
        for (size_t c = 0; c < columns; c++) {
            size_t n = shown(&t->value[r * t->column_count + c], text, sizeof text);

            if (c) string_puts(out, "  ");
            padded(text, n, wide[c], left[c], out);
        }
        trim_line(out);
    }
    free(wide);
    free(left);
}
