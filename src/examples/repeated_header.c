/* repeated_header.c: the header 0, 1, 2, ... among the rows, where files that have it stand one behind the
   other: its fields are numbers as the data are */
#include "examples/converter.h"

#include <string.h>

bool may_repeat_header(const struct batch *b, const struct columns *c)
{
    struct string line = {0};
    bool found;

    if (!c->counting) return false;
    for (size_t i = 0; i < c->usable; i++)
        string_printf(&line, "%c%s", i ? b->file->dialect.delimiter : '\n', c->name[i]);
    found = (b->size >= line.size - 1 && memcmp(b->bytes, line.text + 1, line.size - 1) == 0) ||
            memmem(b->bytes, b->size, line.text, line.size);
    string_free(&line);
    return found;
}

bool is_header_again(const struct converter *c)
{
    const struct columns *columns = &c->file_schema->columns;
    char scratch[NUMBER_SIZE];

    if (!columns->counting) return false;
    for (size_t i = 0; i < columns->usable; i++) {
        struct field f = row_text(&c->row, i, scratch);

        if (f.size != strlen(columns->name[i]) || memcmp(f.text, columns->name[i], f.size) != 0) return false;
    }
    return true;
}
