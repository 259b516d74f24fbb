/* first_line.c: what a first line that cannot be used may be: a comment, a title, a header in other quotes */
#include "examples/first_line.h"

#include "base/number.h"
#include "base/text.h"
#include "examples/column_names.h"
#include "read/csv.h"

#include <ctype.h>
#include <string.h>

/* The next line of a text from *at on, without its end; *at goes on behind it. */
static size_t take_line(const struct sample *s, size_t *at)
{
    const char *begin = s->text + *at, *end = memchr(begin, '\n', s->size - *at);
    size_t size = end ? (size_t)(end - begin) : s->size - *at;

    *at += size + (end != NULL);
    return size && begin[size - 1] == '\r' ? size - 1 : size;
}

/* What the fields of a line are. */
struct line_facts {
    size_t fields, known, numbers; /* known: usual names of columns */
};

static struct line_facts look_at(const char *line, size_t size, char delimiter)
{
    struct line_facts facts = {0};

    for (const char *field = line, *end = line + size; field <= end; facts.fields++) {
        const char *stop = memchr(field, delimiter, (size_t)(end - field)), *text = field;
        size_t n = (size_t)((stop ? stop : end) - field);
        double x;

        text_trim(&text, &n);
        if (n > 1 && *text == '"' && text[n - 1] == '"') text++, n -= 2;
        facts.known += column_name_known(text, n);
        facts.numbers += number_parse(text, n, &x);
        if (!stop) return facts.fields++, facts;
        field = stop + 1;
    }
    return facts;
}

/* The number of lines above one that names columns, or whose fields are all numbers, 0: there is none. */
static size_t lines_above(const struct input *in, const struct sample *s)
{
    enum { MOST = 20 };
    size_t at = 0, size = take_line(s, &at);
    struct line_facts first = look_at(s->text, size, s->file->dialect.delimiter);

    if (first.known > 1) return 0;
    for (size_t i = 1; i < MOST && at < s->size; i++) {
        const char *line = s->text + at;
        char delimiter = in->delimiter ? in->delimiter : csv_delimiter(line, s->size - at, in->decimal);
        struct line_facts own = look_at(line, take_line(s, &at), delimiter);

        if (own.fields > 1 && (own.known > 1 || (own.numbers == own.fields && own.fields != first.fields)))
            return i;
    }
    return 0;
}

/* Do all fields of the first row stand between apostrophes? */
static bool is_between_apostrophes(const struct row *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct field *f = &r->field[i];

        if (f->size < 2 || f->text[0] != '\'' || f->text[f->size - 1] != '\'') return false;
    }
    return r->count > 1;
}

/* "1:0.5": a feature and its value, as behind the label of LIBSVM's rows. */
static bool is_feature(const struct field *f)
{
    size_t digits = 0;
    double x;

    while (digits < f->size && isdigit((unsigned char)f->text[digits])) digits++;
    return digits && digits + 1 < f->size && f->text[digits] == ':' &&
           number_parse(f->text + digits + 1, f->size - digits - 1, &x);
}

bool first_line_explain(const struct input *in, const struct sample *s, struct diag *d)
{
    size_t above;

    if (!s->size || d->status != STATUS_DATA) return false;
    if (s->text[0] == '#' && !in->comment) {
        *d = (struct diag){0};
        return diag_fail(d, STATUS_DATA,
                         "%s: the first line, which begins with #, is no header that can be used: --comment "
                         "'#' skips lines that begin so",
                         s->file->name);
    }
    if (!in->quote && s->rows && is_between_apostrophes(&s->row[0])) {
        *d = (struct diag){0};
        return diag_fail(d, STATUS_DATA, "%s: the fields stand between apostrophes: --quote \"'\" reads them",
                         s->file->name);
    }
    if (in->delimiter && s->rows && s->row[0].count == 1) {
        size_t at = 0;
        char own = csv_delimiter(s->text, take_line(s, &at), in->decimal);

        if (own != in->delimiter && memchr(s->text, own, at)) {
            *d = (struct diag){0};
            return diag_fail(
                d, STATUS_DATA,
                "%s: only one column, by this --delimiter: the fields seem to stand between '%c'",
                s->file->name, own);
        }
    }
    if (s->rows && s->row[0].count > 1 && is_feature(&s->row[0].field[1])) {
        *d = (struct diag){0};
        return diag_fail(d, STATUS_DATA,
                         "%s: these are a classifier's inputs (LIBSVM's format), no scores: give its "
                         "predictions, and these labels beside them",
                         s->file->name);
    }
    above = lines_above(in, s);
    if (!above) return false;
    *d = (struct diag){0};
    return diag_fail(
        d, STATUS_DATA,
        "%s: the first line is no header that can be used, and line %llu looks like the first of "
        "the table: --skip %llu leaves out what is above it",
        s->file->name, (unsigned long long)(s->line + above), (unsigned long long)(in->skip + above));
}
