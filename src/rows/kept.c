/* kept.c: columns of the input that are copied as they stand, in front of those of our own */
#include "rows/kept.h"

#include <string.h>

char *kept_name(const struct columns *c, size_t k)
{
    char shown[DIAG_SHOWN];
    const char *name = c->name ? c->name[c->keep[k]] : "";

    if (!*name) name = columns_shown(c, c->keep[k], shown);
    return mem_copy(name, strlen(name));
}

char *kept_other_name(const struct column *kept, size_t count, const char *name)
{
    struct string own = {0};

    for (size_t i = 0; i < count; i++)
        if (strcmp(kept[i].name, name) == 0 && !own.size) string_puts(&own, "losscope_");
    string_puts(&own, name);
    return own.text;
}

struct value kept_cell(const struct batch_row *row, size_t column, struct string *texts)
{
    char scratch[NUMBER_SIZE];
    struct field f = row_text(row, column, scratch);
    struct value v = {.kind = CELL_TEXT, .as.count = texts->size};

    string_add(texts, f.text, f.size);
    string_add(texts, "", 1);
    return v;
}

void kept_settle(struct value *cell, size_t rows, size_t columns, size_t kept, const char *texts)
{
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < kept; i++) {
            struct value *v = &cell[r * columns + i];

            *v = value_text(texts + v->as.count);
        }
}
