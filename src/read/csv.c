/* csv.c: bytes to rows to fields (RFC 4180) */
#include "read/csv.h"

#include "kernel/kernel.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static struct field *field_new(struct row *r)
{
    r->field = mem_grow(r->field, &r->room, r->count + 1, sizeof *r->field);
    r->field[r->count] = (struct field){.text = ""};
    return &r->field[r->count++];
}

/* A quoted field from behind its opening quote; returns the place behind the closing one, NULL if there is
   none: the field is then empty. */
static const char *quoted(struct row *r, char quote, const char *c, const char *end)
{
    struct field *f = r ? field_new(r) : NULL;
    const char *start = c, *q;
    size_t moved = 0;

    if (f) *f = (struct field){.text = start, .quoted = true};
    for (;;) {
        q = memchr(c, quote, (size_t)(end - c));
        if (!q) return NULL;
        if (q + 1 == end || q[1] != quote) break;
        if (f) { /* a doubled quote: from here on the text stands in scratch */
            if (!moved) moved = r->scratch.size + 1;
            string_add(&r->scratch, start, (size_t)(q + 1 - start));
        }
        start = c = q + 2;
    }
    if (!f) return q + 1;
    if (moved) string_add(&r->scratch, start, (size_t)(q - start));
    f->text = start;
    f->size = moved ? r->scratch.size + 1 - moved : (size_t)(q - start);
    f->moved = (uint32_t)moved;
    return q + 1;
}

/* A field without quotes, up to the delimiter or the end of the line. */
static const char *unquoted(struct row *r, char delimiter, const char *c, const char *stop)
{
    const char *end = memchr(c, delimiter, (size_t)(stop - c));
    struct field *f;

    if (!end) end = stop;
    if (!r) return end;
    f = field_new(r);
    f->text = c;
    f->size = (size_t)(end - c);
    if (end == stop && f->size && end[-1] == '\r') f->size--;
    return end;
}

static const char *line_end(const char *c, const char *end)
{
    const char *n = memchr(c, '\n', (size_t)(end - c));

    return n ? n : end;
}

static const char *skip_spaces(const char *c, const char *stop)
{
    while (c < stop && *c == ' ') c++;
    return c;
}

/* Nothing but a line end (behind a '\r' or not) is left. */
static bool is_end(const char *c, const char *stop)
{
    return c == stop || (c + 1 == stop && *c == '\r');
}

/* The row as csv_row returns it; its kind is not kept yet. */
static enum row_kind parse_row(struct dialect d, const char *text, size_t size, struct row *r, size_t *taken)
{
    const char *c = text, *end = text + size, *stop = line_end(c, end);
    bool runs = d.delimiter == ' ';

    if (r) r->count = r->scratch.size = 0;
    *taken = (size_t)(stop - text) + (stop < end);
    if (d.comment && *c == d.comment) return ROW_COMMENT;
    if (runs) c = skip_spaces(c, stop);
    if (is_end(c, stop)) return ROW_BLANK;
    if (!r && (!d.quote || !memchr(c, d.quote, (size_t)(stop - c)))) return ROW_FIELDS;
    for (;;) {
        if (d.quote && c < end && *c == d.quote) {
            c = quoted(r, d.quote, c + 1, d.one_line ? stop : end);
            if (!c) return ROW_OPEN_QUOTE;
            if (c > stop) stop = line_end(c, end);
            *taken = (size_t)(stop - text) + (stop < end);
            if (!is_end(c, stop) && *c != d.delimiter) return ROW_AFTER_QUOTE;
        } else {
            c = unquoted(r, d.delimiter, c, stop);
        }
        if (runs) c = skip_spaces(c, stop);
        if (is_end(c, stop)) return ROW_FIELDS;
        if (!runs) c++;
    }
}

enum row_kind csv_row(struct dialect d, const char *text, size_t size, struct row *r, size_t *taken)
{
    enum row_kind kind = parse_row(d, text, size, r, taken);

    if (!r) return kind;
    for (size_t i = 0; i < r->count; i++)
        if (r->field[i].moved) r->field[i].text = r->scratch.text + r->field[i].moved - 1;
    return r->kind = kind;
}

void row_free(struct row *r)
{
    free(r->field);
    string_free(&r->scratch);
    *r = (struct row){0};
}

char csv_delimiter(const char *text, size_t size, char decimal)
{
    static const char candidate[] = ",\t;| ";
    size_t count[sizeof candidate] = {0}, best = 0;
    bool quotes = false, began = false, commas = false, words = false;

    for (size_t i = 0; i < size && (quotes || text[i] != '\n'); i++) {
        const char *k = text[i] ? strchr(candidate, text[i]) : NULL;

        if (text[i] == '"') quotes = !quotes;
        /* numbers with decimal commas are quoted, or this is a header */
        words = words || text[i] == '"' || isalpha((unsigned char)text[i]);
        commas = commas || (!quotes && text[i] == ',');
        if (!quotes && k && text[i] != decimal && (began || *k != ' ')) count[k - candidate]++;
        began =
            began || (text[i] != ' ' && text[i] != '#'); /* the "# " of a commented header is no delimiter */
    }
    if (count[0] || count[1] || count[2] || count[3]) count[4] = 0;
    for (size_t k = 1; k < sizeof candidate - 1; k++)
        if (count[k] > count[best]) best = k;
    if (count[best] || decimal != ',') return candidate[best];
    return commas && words ? ',' : ';';
}

uint64_t csv_lines(const char *text, size_t size)
{
    return kernel_best()->survey(text, size, '\n').newlines;
}

/* Does a line begin with one of these bytes? Without branches, for many bytes at once. */
static bool any_line_begins(const char *text, size_t size, char a, char b, char c)
{
    unsigned char any = text[0] == a || text[0] == b || text[0] == c || text[0] == '\n';

    for (size_t i = 1; i < size; i++)
        any |= (unsigned char)((text[i - 1] == '\n') &
                               ((text[i] == a) | (text[i] == b) | (text[i] == c) | (text[i] == '\n')));
    return any;
}

uint64_t csv_rows(struct dialect d, const char *text, size_t size, uint64_t lines)
{
    uint64_t rows = 0;

    if (!size) return 0;
    if (!any_line_begins(text, size, '\r', d.comment ? d.comment : '\r', d.delimiter == ' ' ? ' ' : '\r'))
        return lines + (text[size - 1] != '\n');
    for (size_t at = 0, taken; at < size; at += taken) {
        enum row_kind kind = csv_row(d, text + at, size - at, NULL, &taken);

        rows += kind != ROW_BLANK && kind != ROW_COMMENT;
    }
    return rows;
}

void csv_whole(struct dialect d, const char *text, size_t size, bool last, struct span *s)
{
    struct survey all = kernel_best()->survey(text, size, d.quote);

    *s = (struct span){.lines = all.newlines, .quotes = all.quotes, .returns = all.returns};
    if (!all.quotes || d.one_line) {
        const char *n = last || !size ? text + size - 1 : memrchr(text, '\n', size);

        s->size = n ? (size_t)(n + 1 - text) : 0;
        return;
    }
    /* a newline may stand within quotes: row for row */
    while (s->size < size) {
        size_t taken;
        enum row_kind kind = csv_row(d, text + s->size, size - s->size, NULL, &taken);

        s->open = last && kind == ROW_OPEN_QUOTE;
        if (kind == ROW_OPEN_QUOTE || (!last && text[s->size + taken - 1] != '\n')) break;
        s->size += taken;
        s->rows += kind == ROW_FIELDS || kind == ROW_AFTER_QUOTE;
    }
    s->lines = csv_lines(text, s->size);
}
