/* text.c: tables for reading: aligned columns, fitted to a width */
#include "base/number.h"
#include "base/utf8.h"
#include "report/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GAP = 2 };                             /* columns between columns */
enum { STREAM_TEXT = 12, STREAM_NUMBER = 9 }; /* least widths where the rows to come are not known */

void value_add_shown(const struct value *v, struct string *out)
{
    char text[64];

    switch (v->kind) {
    case CELL_EMPTY: string_puts(out, "–"); break;
    case CELL_TEXT: string_add_printable(out, v->as.text, strlen(v->as.text)); break;
    case CELL_COUNT: number_add_whole(v->as.count, out); break;
    case CELL_SETTING: string_printf(out, "%.6g", v->as.number); break;
    case CELL_SHARE: string_add(out, text, show_share(v->as.number, text, sizeof text)); break;
    case CELL_NUMBER: string_add(out, text, show_number(v->as.number, 4, text, sizeof text)); break;
    }
}

static void show_end(enum cell_kind kind, double x, int digits, char *out, size_t room)
{
    if (kind == CELL_SHARE)
        number_format_fixed(100 * x, digits, out, room);
    else
        show_number(x, digits + 2, out, room);
}

void range_add_shown(const struct value *v, const struct range *range, struct string *out)
{
    enum { MOST_DIGITS = 5 };
    char low[64], high[64];
    int digits = 0;

    if (isnan(range->low) || isnan(range->high)) return;
    do {
        digits++;
        show_end(v->kind, range->low, digits, low, sizeof low);
        show_end(v->kind, range->high, digits, high, sizeof high);
    } while (digits < MOST_DIGITS && strcmp(low, high) == 0);
    string_printf(out, "%s–%s", low, high);
}

/* A kept column's heading is a name of the input's. */
static void add_heading(const struct table *t, size_t c, struct string *out)
{
    string_add_printable(out, t->column[c].heading, strlen(t->column[c].heading));
}

static size_t heading_width(const struct table *t, size_t c)
{
    struct string shown = {0};
    size_t width;

    add_heading(t, c, &shown);
    width = utf8_width(shown.text, shown.size);
    string_free(&shown);
    return width;
}

static size_t total_width(const struct table *t, const struct text_layout *l)
{
    size_t all = 0;

    for (size_t c = 0; c < t->column_count; c++)
        if (!l->left_out[c]) all += l->width[c] + (all ? GAP : 0);
    return all;
}

void text_layout_open(struct text_layout *l, size_t columns)
{
    *l = (struct text_layout){mem_alloc(columns, sizeof *l->width), mem_alloc(columns, sizeof *l->text),
                              mem_alloc(columns, sizeof *l->left_out)};
}

void text_layout_close(struct text_layout *l)
{
    free(l->width);
    free(l->text);
    free(l->left_out);
}

static void widen(size_t *width, size_t to)
{
    if (to > *width) *width = to;
}

void text_layout_look(struct text_layout *l, const struct table *t)
{
    struct string cell = {0};

    for (size_t c = 0; c < t->column_count; c++) {
        widen(&l->width[c], heading_width(t, c));
        for (size_t r = 0; r < t->row_count; r++) {
            const struct value *v = &t->value[r * t->column_count + c];

            cell.size = 0;
            value_add_shown(v, &cell);
            widen(&l->width[c], utf8_width(cell.text, cell.size));
            l->text[c] |= v->kind == CELL_TEXT;
            if (!t->range) continue;
            cell.size = 0;
            range_add_shown(v, &t->range[r * t->column_count + c], &cell);
            widen(&l->width[c], utf8_width(cell.text, cell.size));
        }
    }
    string_free(&cell);
}

/* Leaves columns out, the first to go first, as long as the table is too wide; none that ranks below
   `least`. */
static void leave_out(const struct table *t, struct text_layout *l, size_t width, unsigned least)
{
    while (total_width(t, l) > width) {
        size_t next = t->column_count;
        unsigned rank = least;

        for (size_t c = 0; c < t->column_count; c++)
            if (!l->left_out[c] && t->fit[c].leave_out >= rank) rank = t->fit[next = c].leave_out;
        if (next == t->column_count) return;
        l->left_out[next] = true;
    }
}

static void shorten_columns(const struct table *t, struct text_layout *l, size_t width)
{
    for (size_t c = 0; c < t->column_count; c++) {
        size_t all = total_width(t, l), surplus = all > width ? all - width : 0;

        size_t least = t->fit[c].shorten;

        if (!least || l->left_out[c] || l->width[c] <= least) continue;
        l->width[c] = l->width[c] >= surplus + least ? l->width[c] - surplus : least;
    }
}

/* The bytes of the longest beginning that takes at most `width` columns; or (reach) of the shortest that
   takes that many. */
static size_t beginning(const struct string *text, size_t width, bool reach)
{
    size_t i = 0, used = 0;

    while (i < text->size && (used < width || !reach)) {
        size_t n = utf8_decode(text->text + i, text->size - i, NULL), own;

        if (n == 0) n = 1;
        own = utf8_width(text->text + i, n);
        if (!reach && used + own > width) break;
        used += own;
        i += n;
    }
    return i;
}

/* "begin…end": names that begin alike differ at their ends. */
static void shorten(struct string *text, size_t width)
{
    size_t own = utf8_width(text->text, text->size), last = (width - 1) / 2;
    struct string all = *text;

    if (own <= width) return;
    *text = (struct string){0};
    string_add(text, all.text, beginning(&all, width - 1 - last, false));
    string_puts(text, "…");
    last = beginning(&all, own - last, true);
    string_add(text, all.text + last, all.size - last);
    string_free(&all);
}

static void put_blanks(size_t count, struct string *out)
{
    while (count--) string_putc(out, ' ');
}

static void put_padded(const struct string *text, size_t width, bool left, struct string *out)
{
    size_t own = utf8_width(text->text, text->size), pad = width > own ? width - own : 0;

    if (!left) put_blanks(pad, out);
    string_add(out, text->text, text->size);
    if (left) put_blanks(pad, out);
}

/* A line of the table: a row, its intervals, or (value NULL) the headings. */
static void put_line(const struct table *t, const struct text_layout *l, const struct value *value,
                     const struct range *range, struct string *out)
{
    struct string cell = {0};
    bool first = true;

    for (size_t c = 0; c < t->column_count; c++) {
        if (l->left_out[c]) continue;
        cell.size = 0;
        if (range)
            range_add_shown(&value[c], &range[c], &cell);
        else if (value)
            value_add_shown(&value[c], &cell);
        else
            add_heading(t, c, &cell);
        if (t->fit && t->fit[c].shorten) shorten(&cell, l->width[c]);
        if (!first) put_blanks(GAP, out);
        put_padded(&cell, l->width[c], l->text[c], out);
        first = false;
    }
    while (out->size && out->text[out->size - 1] == ' ') out->size--;
    string_free(&cell);
}

void text_layout_fit(struct text_layout *l, const struct table *t, size_t width)
{
    leave_out(t, l, width, COLUMN_DISPENSABLE);
    shorten_columns(t, l, width);
    leave_out(t, l, width, 1);
}

void text_put_head(const struct table *t, const struct text_layout *l, bool colour, struct string *out)
{
    if (colour) string_puts(out, "\033[1m");
    put_line(t, l, NULL, NULL, out);
    string_puts(out, colour ? "\033[0m\n" : "\n");
    for (size_t i = total_width(t, l); i; i--) string_puts(out, "─");
    string_putc(out, '\n');
}

void text_put_rows(const struct table *t, const struct text_layout *l, struct string *out)
{
    for (size_t r = 0; r < t->row_count; r++) {
        size_t at = r * t->column_count, end;

        put_line(t, l, &t->value[at], NULL, out);
        string_putc(out, '\n');
        end = out->size;
        if (t->range) put_line(t, l, &t->value[at], &t->range[at], out);
        if (out->size > end) string_putc(out, '\n');
    }
}

void emit_text(const struct table *t, const struct text_style *style, struct string *out)
{
    struct text_layout l;

    text_layout_open(&l, t->column_count);
    text_layout_look(&l, t);
    if (t->fit) text_layout_fit(&l, t, style->width);
    text_put_head(t, &l, style->colour, out);
    text_put_rows(t, &l, out);
    text_layout_close(&l);
}

/* Widths that do not depend on the rows, which are not known yet. */
static struct text_layout open_stream(const struct table *t)
{
    struct text_layout l;

    text_layout_open(&l, t->column_count);
    for (size_t c = 0; c < t->column_count; c++) {
        size_t least, heading = heading_width(t, c);

        for (size_t r = 0; r < t->row_count; r++)
            l.text[c] |= t->value[r * t->column_count + c].kind == CELL_TEXT;
        least = l.text[c] ? STREAM_TEXT : STREAM_NUMBER;
        l.width[c] = heading > least ? heading : least;
    }
    return l;
}

void emit_text_head(const struct table *t, struct string *out)
{
    struct text_layout l = open_stream(t);

    put_line(t, &l, NULL, NULL, out);
    string_putc(out, '\n');
    text_layout_close(&l);
}

void emit_text_rows(const struct table *t, struct string *out)
{
    struct text_layout l = open_stream(t);

    text_put_rows(t, &l, out);
    text_layout_close(&l);
}

void text_put_sentences(const char *text, const struct text_style *style, struct string *out)
{
    size_t used = 0;

    while (*text) {
        size_t n = strcspn(text, " "), own = utf8_width(text, n);

        if (used) string_putc(out, used + 1 + own > style->width ? '\n' : ' ');
        used = used && used + 1 + own <= style->width ? used + 1 + own : own;
        string_add(out, text, n);
        text += n + (text[n] == ' ');
    }
    string_putc(out, '\n');
}
