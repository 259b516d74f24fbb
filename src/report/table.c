/* table.c: a table of typed cells, and numbers for reading */
#include "report/table.h"

#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct value value_number(double x)
{
    struct value v = {isnan(x) ? CELL_EMPTY : CELL_NUMBER, {.number = x}};

    return v;
}

struct value value_setting(double x)
{
    struct value v = {isnan(x) ? CELL_EMPTY : CELL_SETTING, {.number = x}};

    return v;
}

struct value value_share(double x)
{
    struct value v = {isnan(x) ? CELL_EMPTY : CELL_SHARE, {.number = x}};

    return v;
}

struct value value_count(uint64_t n)
{
    return (struct value){CELL_COUNT, {.count = n}};
}

struct value value_text(const char *s)
{
    return (struct value){s ? CELL_TEXT : CELL_EMPTY, {.text = s}};
}

void table_init(struct table *t, const struct column *column, size_t column_count)
{
    *t = (struct table){.column = column, .column_count = column_count};
}

struct value *table_row(struct table *t)
{
    struct value *row;

    t->value = mem_grow(t->value, &t->room, (t->row_count + 1) * t->column_count, sizeof *t->value);
    row = t->value + t->row_count++ * t->column_count;
    memset(row, 0, t->column_count * sizeof *row);
    return row;
}

void table_free(struct table *t)
{
    free(t->value);
    free(t->range);
    t->value = NULL;
    t->range = NULL;
}

size_t show_number(double x, int digits, char *out, size_t room)
{
    int exponent;

    if (isnan(x)) return (size_t)snprintf(out, room, "–");
    if (isinf(x)) return (size_t)snprintf(out, room, x < 0 ? "-inf" : "inf");
    if (x == 0) return (size_t)snprintf(out, room, "0");
    exponent = (int)floor(log10(fabs(x)));
    if (exponent < -4 || exponent >= 7) return number_format_exponent(x, digits - 1, out, room);
    return number_format_fixed(x, exponent >= digits - 1 ? 0 : digits - 1 - exponent, out, room);
}

size_t show_share(double x, char *out, size_t room)
{
    size_t size;

    if (isnan(x)) return (size_t)snprintf(out, room, "–");
    if (x > 0 && x < 0.0005) return (size_t)snprintf(out, room, "<0.1 %%");
    size = number_format_fixed(100 * x, 1, out, room - 2);
    memcpy(out + size, " %", 3);
    return size + 2;
}
