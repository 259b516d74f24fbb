/* columns.c: the columns of a file: their names and numbers, kinds of fields */
#include "examples/columns.h"

#include "base/number.h"
#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *columns_shown(const struct columns *c, size_t i, char *out)
{
    if (c->name && *c->name[i])
        snprintf(out, DIAG_SHOWN, "%.100s", c->name[i]);
    else
        snprintf(out, DIAG_SHOWN, "%zu", i + 1);
    return out;
}

void columns_list(const struct columns *c, const size_t *index, size_t count, struct string *out)
{
    char shown[DIAG_SHOWN];

    for (size_t i = 0; i < count; i++) {
        size_t run = i;

        if (!c->name)
            while (run + 1 < count && index[run + 1] == index[run] + 1) run++;
        string_printf(out, "%s%s", i ? "," : "", columns_shown(c, index[i], shown));
        if (run > i) string_printf(out, "-%zu", index[run] + 1);
        i = run;
    }
}

bool column_holds_classes(const struct column_facts *f)
{
    return f->words ? !f->numbers : f->numbers && f->whole == f->numbers;
}

enum field_kind field_kind(const struct field *f)
{
    double x;

    return field_number(f, &x);
}

enum field_kind field_number(const struct field *f, double *x)
{
    const char *text = f->text;
    size_t size = f->size, sign, digits;

    *x = NAN;
    text_trim(&text, &size);
    if (text_missing(text, size)) return FIELD_EMPTY;
    if (number_parse(text, size, x)) return FIELD_NUMBER;
    for (sign = 0; sign < size && (text[sign] == '+' || text[sign] == '-'); sign++) continue;
    for (digits = sign; digits < size && isdigit((unsigned char)text[digits]); digits++) continue;
    if (digits + 1 < size && (text[digits] == '.' || text[digits] == ',') &&
        isdigit((unsigned char)text[digits + 1]))
        return FIELD_NUMBER;
    return digits > sign && digits + 1 == size && text[digits] == '%' ? FIELD_NUMBER : FIELD_WORD;
}

void columns_pick(struct column_picks *p, size_t index)
{
    p->index = mem_grow(p->index, &p->room, p->count + 1, sizeof *p->index);
    p->index[p->count++] = index;
}

bool columns_pick_number(size_t count, const char *text, size_t size, struct column_picks *p)
{
    const char *dash = memchr(text, '-', size);
    uint64_t a = 0, b = 0;

    if (number_parse_whole(text, size, &a))
        b = a;
    else if (!dash || !number_parse_whole(text, (size_t)(dash - text), &a) ||
             !number_parse_whole(dash + 1, size - (size_t)(dash - text) - 1, &b))
        return false;
    if (a < 1 || b > count || a > b) return false;
    for (; a <= b; a++) columns_pick(p, (size_t)a - 1);
    return true;
}

bool columns_by_number(size_t count, const char *list, size_t **index, size_t *found)
{
    struct column_picks p = {0};
    bool ok = *list != 0;

    while (ok && *list) {
        size_t n = strcspn(list, ",");

        ok = columns_pick_number(count, list, n, &p);
        list += n + (list[n] == ',');
    }
    *index = p.index;
    *found = p.count;
    return ok;
}

/* What columns there are, for a message: the first dozen. */
const char *columns_listed(const struct columns *c, char out[COLUMNS_SHOWN])
{
    size_t used = 0;
    double x;

    if (!c->name) {
        snprintf(out, COLUMNS_SHOWN, "there is no header, and %zu column%s", c->count,
                 c->count == 1 ? "" : "s");
        return out;
    }
    used = (size_t)snprintf(out, COLUMNS_SHOWN, "the columns are ");
    for (size_t i = 0; i < c->usable && i < 12 && used < 380; i++)
        used += (size_t)snprintf(out + used, COLUMNS_SHOWN - used, "%s%.60s", i ? ", " : "",
                                 *c->name[i] ? c->name[i] : "(unnamed)");
    if (c->usable > 12) used += (size_t)snprintf(out + used, COLUMNS_SHOWN - used, ", ... (%zu)", c->usable);
    for (size_t i = 0; i < c->usable; i++) {
        if (!number_parse(c->name[i], strlen(c->name[i]), &x) || x == floor(x)) continue;
        snprintf(out + used, COLUMNS_SHOWN - used, "; if the first row is no header, say --no-header");
        break;
    }
    return out;
}

void columns_free(struct columns *c)
{
    for (size_t i = 0; c->name && i < c->count; i++) free(c->name[i]);
    free(c->name);
    free(c->score);
    free(c->label);
    free(c->keep);
    *c = (struct columns){0};
}
