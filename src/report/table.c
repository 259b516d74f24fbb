/* table.c: a table of typed cells, and numbers for reading */
#include "report/table.h"

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
    int n, exponent;

    if (isnan(x))
        n = snprintf(out, room, "–");
    else if (isinf(x))
        n = snprintf(out, room, x < 0 ? "-inf" : "inf");
    else if (x == 0)
        n = snprintf(out, room, "0");
    else {
        exponent = (int)floor(log10(fabs(x)));
        if (exponent < -4 || exponent >= 7)
            n = snprintf(out, room, "%.*e", digits - 1, x);
        else
            n = snprintf(out, room, "%.*f", exponent >= digits - 1 ? 0 : digits - 1 - exponent, x);
    }
    return n < 0 ? 0 : (size_t)n;
}

size_t show_share(double x, char *out, size_t room)
{
    int n;

    if (isnan(x))
        n = snprintf(out, room, "–");
    else if (x > 0 && x < 0.0005)
        n = snprintf(out, room, "<0.1 %%");
    else
        n = snprintf(out, room, "%.1f %%", 100 * x);
    return n < 0 ? 0 : (size_t)n;
}
