/* letters.c: what models are called for reading */
#include "compare/letters.h"

void add_letter(size_t model, struct string *out)
{
    if (model < 26)
        string_putc(out, (char)('A' + model));
    else
        string_printf(out, "%zu", model + 1);
}
