/* detect.c: what a file's first rows say about it: dialect, header, columns and their roles */
#include "examples/detect.h"

#include "base/number.h"
#include "base/text.h"
#include "examples/column_names.h"
#include "examples/find_columns.h"
#include "examples/first_line.h"
#include "examples/header.h"
#include "examples/preview.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many rows are looked at, and how many numbers of an array. */
enum { LOOK_ROWS = 1000, LOOK_NUMBERS = 20000 };

void file_schema_free(void *schema)
{
    struct file_schema *s = schema;

    if (!s) return;
    columns_free(&s->columns);
    string_free(&s->preview);
    free(s);
}

/* ---- the ends of rows ---- */

static void insert_field(struct row *r, size_t at)
{
    r->field = mem_grow(r->field, &r->room, r->count + 1, sizeof *r->field);
    memmove(r->field + at + 1, r->field + at, (r->count - at) * sizeof *r->field);
    r->field[at] = (struct field){.text = ""};
    r->count++;
}

static bool is_empty_end(const struct row *r)
{
    return r->count > 1 && !r->field[r->count - 1].quoted && !r->field[r->count - 1].size;
}

/* Does every row with as many fields as the second end in an empty one? */
static bool all_end_empty(const struct row *row, size_t rows)
{
    for (size_t i = 1; i < rows; i++)
        if (row[i].count == row[1].count && !is_empty_end(&row[i])) return false;
    return true;
}

/* R's names of rows where nobody gave any: "1", "2", ... in quotes. */
static bool are_row_names(const struct row *row, size_t rows)
{
    for (size_t i = 1; i < rows; i++) {
        const struct field *f = &row[i].field[0];
        uint64_t n;

        if (!f->quoted || !number_parse_whole(f->text, f->size, &n) || n != i) return false;
    }
    return true;
}

/* May the first of the rows' fields be a name of the row that the header does not mention? R's write.table
   writes so, between spaces or tabs or with quotes; so does pandas' to_string. */
static bool may_name_rows(const struct row *row, char delimiter)
{
    double x;

    if (delimiter != ' ' && delimiter != '\t' && !row[1].field[0].quoted) return false;
    for (size_t i = 0; i < row[0].count; i++)
        if (number_parse(row[0].field[i].text, row[0].field[i].size, &x))
            return header_counts(&row[0], row[0].count);
    return true;
}

/* Rows that have one field more than the first, or an empty one at their ends. */
static void settle_ends(struct row *row, size_t rows, char delimiter, bool header, struct columns *c)
{
    bool more = rows > 1 && row[1].count == row[0].count + 1;

    c->usable = row[0].count;
    if (more && header && all_end_empty(row, rows) && !are_row_names(row, rows)) {
        insert_field(&row[0], row[0].count);
        c->row_ends = true;
    } else if (more && header && may_name_rows(row, delimiter)) {
        insert_field(&row[0], 0);
        c->usable++;
    } else if (rows > 1 && row[1].count + 1 == row[0].count && is_empty_end(&row[0]) && header) {
        row[0].count--;
        c->usable--;
    } else if (is_empty_end(&row[0]) &&
               (rows == 1 || (row[1].count == row[0].count && all_end_empty(row, rows)))) {
        c->usable--;
        c->row_ends = true;
    }
    c->count = row[0].count;
}

/* ---- what the rows hold ---- */

static bool is_in(const struct list *list, const struct field *f)
{
    for (size_t i = 0; i < list->count; i++)
        if (strlen(list->item[i]) == f->size && memcmp(list->item[i], f->text, f->size) == 0) return true;
    return false;
}

static void add_fact(const struct input *in, const struct field *f, struct column_facts *facts)
{
    double x;
    enum field_kind kind = field_number(f, &x);

    if (kind == FIELD_EMPTY) return;
    facts->words += kind == FIELD_WORD;
    facts->numbers += kind == FIELD_NUMBER;
    facts->whole += x == floor(x);
    facts->hard += x == 0 || x == 1;
    facts->labels += kind == FIELD_WORD || x == 0 || x == 1 || x == -1 || is_in(&in->positive, f) ||
                     is_in(&in->negative, f) || is_in(&in->ignore, f);
}

static struct column_facts *look_at(const struct input *in, const struct row *row, size_t rows,
                                    size_t columns)
{
    struct column_facts *facts = mem_alloc(columns + 2, sizeof *facts);

    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < columns && row[i].count == columns; k++)
            add_fact(in, &row[i].field[k], &facts[k]);
    return facts;
}

/* ---- the header ---- */

static bool take_names(struct columns *c, const struct row *r, const char *file, struct diag *d)
{
    c->name = mem_alloc(c->count, sizeof *c->name);
    for (size_t i = 0; i < c->count; i++) {
        const char *text = r->field[i].text;
        size_t size = r->field[i].size;

        text_trim(&text, &size);
        if (memchr(text, 0, size))
            return diag_fail(d, STATUS_DATA, "%s: column %zu: its name holds a NUL byte", file, i + 1);
        c->name[i] = mem_copy(text, size);
    }
    c->first = c->usable > 1 && !*c->name[0];
    c->counting = header_counts(r, c->usable);
    return true;
}

static bool either(const struct row *r, const char *file, struct diag *d)
{
    struct string row = {0};
    char shown[DIAG_SHOWN];

    for (size_t i = 0; i < r->count && row.size < 60; i++)
        string_printf(&row, "%s%.*s", i ? "," : "", (int)(r->field[i].size > 40 ? 40 : r->field[i].size),
                      r->field[i].text);
    diag_fail(d, STATUS_DATA,
              "%s: the first row, %s, can be a header or data: --header or --no-header says which", file,
              diag_shown(shown, row.text ? row.text : "", row.size));
    string_free(&row);
    return false;
}

/* ---- further files ---- */

static bool is_name_of(const struct columns *first, const struct field *f, size_t i)
{
    const char *text = f->text;
    size_t size = f->size;

    text_trim(&text, &size);
    return first->name && strlen(first->name[i]) == size && memcmp(first->name[i], text, size) == 0;
}

/* Is this the first file's header again, be it in another order? */
static bool is_same_header(const struct columns *first, const struct row *r)
{
    bool same = first->name && r->count == first->count, words = false;

    for (size_t i = 0; i < r->count && same; i++) {
        size_t k = 0;

        while (k < first->count && !is_name_of(first, &r->field[i], k)) k++;
        same = k < first->count;
        words = words || field_kind(&r->field[i]) == FIELD_WORD;
    }
    for (size_t i = 0; i < r->count && same && !words; i++) same = is_name_of(first, &r->field[i], i);
    return same;
}

/* Is this a row of the first file's columns, and no header? It has no usual name, nor one of the first's.
   What is wrong with it is said of the row. */
static bool is_row_of(const struct columns *first, const struct row *r)
{
    bool is_row = r->count == first->count && first->scores;

    for (size_t i = 0; i < r->count && is_row; i++)
        is_row =
            field_kind(&r->field[i]) != FIELD_WORD ||
            !(is_name_of(first, &r->field[i], i) || column_name_known(r->field[i].text, r->field[i].size));
    return is_row;
}

static size_t *copy_list(const size_t *list, size_t count)
{
    size_t *copy = mem_alloc(count + 1, sizeof *copy);

    if (count) memcpy(copy, list, count * sizeof *copy);
    return copy;
}

/* The first file's columns, for rows without a header. */
static void take_columns(struct columns *c, const struct columns *first)
{
    *c = *first;
    c->header = false;
    c->name = first->name ? mem_alloc(c->count, sizeof *c->name) : NULL;
    for (size_t i = 0; c->name && i < c->count; i++)
        c->name[i] = mem_copy(first->name[i], strlen(first->name[i]));
    c->score = copy_list(first->score, first->scores);
    c->label = copy_list(first->label, first->labels);
}

/* ---- all of it ---- */

void detect_list_labels(const struct row *row, size_t rows, size_t column, char out[LABELS_LISTED])
{
    const struct field *had[6];
    size_t count = 0, used = 0;
    char shown[DIAG_SHOWN];

    out[0] = 0;
    for (size_t i = 0; i < rows && count < sizeof had / sizeof *had && used < LABELS_LISTED - 60; i++) {
        const struct field *f = column < row[i].count ? &row[i].field[column] : NULL;
        size_t k = 0;

        while (f && k < count && (had[k]->size != f->size || memcmp(had[k]->text, f->text, f->size) != 0))
            k++;
        if (!f || k < count) continue;
        had[count++] = f;
        used += (size_t)snprintf(out + used, LABELS_LISTED - used, "%s%.50s", used ? ", " : "",
                                 diag_shown(shown, f->text, f->size));
    }
}

/* The last field need not be empty where an option names it. */
static void allow_last(struct columns *c)
{
    size_t last = c->count - 1;

    for (size_t i = 0; i < c->scores; i++)
        if (c->score[i] == last) c->row_ends = false;
    for (size_t i = 0; i < c->labels; i++)
        if (c->label[i] == last) c->row_ends = false;
    if (c->weight == (ptrdiff_t)last || c->by == (ptrdiff_t)last || c->cluster == (ptrdiff_t)last ||
        c->key == (ptrdiff_t)last || c->predicted == (ptrdiff_t)last)
        c->row_ends = false;
}

static enum header judge(const struct input *in, const struct table_head *head, const struct columns *first)
{
    if (first && in->header < 0 && is_same_header(first, head->row)) return HEADER_YES;
    if (first && in->header < 0 && is_row_of(first, head->row)) return HEADER_NO;
    return header_judge(in, head);
}

static bool detect_columns(const struct input *in, enum table_kind kind, struct row *row, size_t rows,
                           size_t classes, const struct labels *labels, const struct columns *first,
                           const char *file, struct columns *c, struct diag *d)
{
    struct table_head head = {kind, row, rows, c->usable, NULL, labels};
    struct column_facts *below = look_at(in, row + 1, rows - 1, c->count);
    struct first_rows data;
    enum header header;
    bool ok = true;

    head.facts = below;
    header = judge(in, &head, first);
    if (header == HEADER_EITHER) {
        free(below);
        return either(&row[0], file, d);
    }
    c->header = header == HEADER_YES;
    if (first && !c->header && row[0].count == first->count) {
        take_columns(c, first);
        free(below);
        return true;
    }
    data = (struct first_rows){row + c->header, rows - c->header};
    for (size_t k = 0; !c->header && k < c->count; k++) add_fact(in, &row[0].field[k], &below[k]);
    if (c->header) ok = take_names(c, &row[0], file, d);
    ok = ok && columns_find(in, kind, classes, &data, below, file, c, d);
    if (ok && c->row_ends) allow_last(c);
    free(below);
    return ok;
}

/* The quotes of the first row, which may be a header. */
static bool check_first_row(const struct sample *s, char quote, struct diag *d)
{
    const struct row *row = &s->row[0];

    if (row->kind == ROW_AFTER_QUOTE)
        return diag_fail(d, STATUS_DATA, "%s:%llu: text between a closing quote and the delimiter",
                         s->file->name, (unsigned long long)s->line);
    if (row->kind == ROW_OPEN_QUOTE)
        return diag_fail(d, STATUS_DATA, "%s:%llu: column %zu: " ROW_OPEN_QUOTE_HELP, s->file->name,
                         (unsigned long long)s->line, row->count);
    for (size_t i = 1; i < row->count; i++) {
        const char *text = row->field[i].text;
        size_t size = row->field[i].size, before = size;

        text_trim(&text, &size);
        if (quote && !row->field[i].quoted && size > 1 && size < before && *text == quote &&
            text[size - 1] == quote)
            return diag_fail(
                d, STATUS_DATA,
                "%s:%llu: column %zu: a blank stands before the quote: quotes have to begin right "
                "behind the delimiter, or --quote none takes them as text",
                s->file->name, (unsigned long long)s->line, i + 1);
    }
    return true;
}

/* Excel's first line "sep=;" names the delimiter: its length, 0 where it is none. */
static size_t separator_line(const struct sample *s, char *delimiter)
{
    size_t size = 5;

    if (s->size < 6 || !text_is(s->text, 4, "sep=")) return 0;
    if (s->text[size] == '\r') size++;
    if (size >= s->size || s->text[size] != '\n') return 0;
    *delimiter = s->text[4];
    return size + 1;
}

bool detect_table(const struct input *in, enum table_kind kind, struct sample *s, char delimiter,
                  size_t classes, const struct labels *labels, const struct columns *first, struct columns *c,
                  struct diag *d)
{
    struct dialect *dialect = &s->file->dialect;
    char stated = 0;
    size_t separator = separator_line(s, &stated), lead = separator;

    /* NumPy's savetxt puts "# " before the header */
    if (lead < s->size && s->text[lead] == '#')
        for (lead++; lead < s->size && s->text[lead] == ' ';) lead++;
    dialect->comment = in->comment;
    dialect->quote = (char)(in->quote < 0 ? 0 : in->quote ? in->quote : '"');
    dialect->delimiter = delimiter       ? delimiter
                         : in->delimiter ? in->delimiter
                         : stated        ? stated
                                         : csv_delimiter(s->text, s->size, in->decimal);
    dialect->one_line = dialect->delimiter == '\t' && !in->quote;
    if (!sample_rows(s, *dialect, lead, LOOK_ROWS, d)) return false;
    if (!s->rows) return diag_fail(d, STATUS_DATA, "%s: no rows", s->file->name);
    if (!check_first_row(s, dialect->quote, d)) return false;
    settle_ends(s->row, s->rows, dialect->delimiter, in->header != 0, c);
    if (!detect_columns(in, kind, s->row, s->rows, classes, labels, first, s->file->name, c, d))
        return first_line_explain(in, s, d);
    s->begin = c->header ? s->end[0] : separator;
    return true;
}

static bool detect_text(const struct input *in, struct sample *s, const struct file_schema *first,
                        struct file_schema *schema, struct diag *d)
{
    struct columns *c = &schema->columns;
    const struct row *data;
    double x;

    if (!detect_table(in, in->labels_file ? TABLE_SCORES : TABLE_WHOLE, s, 0, 0, NULL,
                      first ? &first->columns : NULL, c, d))
        return false;
    schema->dialect = s->file->dialect;
    if (in->dry_run)
        preview_rows(c, &(struct first_rows){s->row + c->header, s->rows - c->header}, &schema->preview);
    if (c->labels) detect_list_labels(s->row + c->header, s->rows - c->header, c->label[0], schema->labels);
    data = s->rows > c->header ? &s->row[c->header] : NULL;
    if (data && c->labels && c->label[0] < data->count) {
        const struct field *f = &data->field[c->label[0]];

        schema->number_labels = number_parse(f->text, f->size, &x);
    }
    return true;
}

/* The first rows of an array as texts. */
static struct row *array_rows(const struct sample *s, size_t *rows, char (**text)[NUMBER_SIZE])
{
    size_t columns = (size_t)s->file->array->columns, n = sample_array_rows(s);
    struct row *row;

    if (n > LOOK_ROWS) n = LOOK_ROWS;
    if (columns > LOOK_NUMBERS) n = 0;
    while (n * columns > LOOK_NUMBERS) n /= 2;
    *rows = n;
    row = mem_alloc(n + 1, sizeof *row);
    *text = mem_alloc(n * columns + 1, sizeof **text);
    for (size_t i = 0; i < n; i++) {
        row[i].field = mem_alloc(columns, sizeof *row[i].field);
        row[i].count = columns;
        for (size_t k = 0; k < columns; k++) {
            char *to = (*text)[i * columns + k];

            row[i].field[k] = (struct field){.text = to, .size = number_format(sample_number(s, i, k), to)};
        }
    }
    return row;
}

/* An array: columns without names. */
static bool detect_array(const struct input *in, struct sample *s, struct file_schema *schema, struct diag *d)
{
    size_t rows;
    char(*text)[NUMBER_SIZE];
    struct row *row = array_rows(s, &rows, &text);
    struct columns *c = &schema->columns;
    struct column_facts *facts;
    bool ok;

    c->count = c->usable = (size_t)s->file->array->columns;
    facts = look_at(in, row, rows, c->count);
    ok = columns_find(in, in->labels_file ? TABLE_SCORES : TABLE_WHOLE, 0, &(struct first_rows){row, rows},
                      facts, s->file->name, c, d);
    if (c->labels) detect_list_labels(row, rows, c->label[0], schema->labels);
    if (in->dry_run && ok) preview_rows(c, &(struct first_rows){row, rows}, &schema->preview);
    for (size_t i = 0; i < rows; i++) free(row[i].field);
    free(row);
    free(text);
    free(facts);
    return ok;
}

bool detect_file(const struct input *in, struct sample *sample, const struct file_schema *first,
                 struct file_schema *schema, struct diag *d)
{
    schema->file = sample->file->name;
    schema->array = sample->file->array != NULL;
    if (schema->array) return detect_array(in, sample, schema, d);
    if (!sample->size && (in->file_count > 1 || in->may_be_empty)) return schema->empty = true;
    if (!sample->size)
        return diag_fail(d, STATUS_DATA, "%s: %s", schema->file,
                         in->skip ? "nothing stands behind the lines that --skip passes over"
                                  : "an empty file");
    return detect_text(in, sample, first, schema, d);
}
