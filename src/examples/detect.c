/* detect.c: what a file's first rows say about it: dialect, header, columns and their roles */
#include "examples/detect.h"

#include "base/number.h"

#include <stdlib.h>
#include <string.h>

void file_schema_free(void *schema)
{
    struct file_schema *s = schema;

    columns_free(&s->columns);
    free(s);
}

/* R's write.table gives a name to every column but that of the row's names, which comes first: put in an
 * unnamed one. */
static void add_row_name_column(const struct dialect *dialect, struct row *first, const struct row *second)
{
    double x;

    if (second->count != first->count + 1) return;
    if (dialect->delimiter != ' ' && dialect->delimiter != '\t' && !second->field[0].quoted) return;
    for (size_t i = 0; i < first->count; i++)
        if (number_parse(first->field[i].text, first->field[i].size, &x)) return;
    first->field = mem_grow(first->field, &first->room, first->count + 1, sizeof *first->field);
    memmove(first->field + 1, first->field, first->count * sizeof *first->field);
    first->field[0] = (struct field){"", 0, false};
    first->count++;
}

/* The columns, by the first row and a look at the second. */
static bool detect_text(const struct input *in, struct sample *s, struct file_schema *schema, struct diag *d)
{
    struct dialect *dialect = &s->file->dialect;
    const struct row *data;
    size_t lead = 0;
    double x;

    while (lead < s->size && (s->text[lead] == '#' || (lead && s->text[lead] == ' '))) {
        if (lead && s->text[lead] == '#') break;
        lead++; /* NumPy's savetxt puts "# " before the header */
    }
    dialect->comment = in->comment;
    dialect->delimiter = in->delimiter ? in->delimiter : csv_delimiter(s->text, s->size, in->decimal);
    schema->dialect = *dialect;
    if (!sample_rows(s, *dialect, lead, 2, d)) return false;
    if (!s->rows) return diag_fail(d, STATUS_DATA, "%s: no rows", s->file->name);
    data = s->rows > 1 ? &s->row[1] : NULL;
    if (data && in->header != 0) add_row_name_column(dialect, &s->row[0], data);
    if (!columns_find(in, &s->row[0], s->file->name, in->labels_file != NULL, &schema->columns, d))
        return false;
    if (!schema->columns.header) data = &s->row[0];
    if (data && schema->columns.labels && schema->columns.label[0] < data->count) {
        const struct field *f = &data->field[schema->columns.label[0]];

        schema->number_labels = number_parse(f->text, f->size, &x);
    }
    if (schema->columns.header) s->begin = s->end[0];
    return true;
}

/* An array: columns without names, and no first row to look at. */
static bool detect_array(const struct input *in, struct sample *s, struct file_schema *schema, struct diag *d)
{
    struct input without_header = *in;
    struct row row = {.count = (size_t)s->file->array->columns};
    bool ok;

    without_header.header = 0;
    row.field = mem_alloc(row.count, sizeof *row.field);
    for (size_t i = 0; i < row.count; i++) row.field[i] = (struct field){"0", 1, false};
    ok = columns_find(&without_header, &row, s->file->name, in->labels_file != NULL, &schema->columns, d);
    free(row.field);
    return ok;
}

bool detect_file(const struct input *in, struct sample *sample, struct file_schema *schema, struct diag *d)
{
    schema->file = sample->file->name;
    schema->array = sample->file->array != NULL;
    if (schema->array) return detect_array(in, sample, schema, d);
    if (!sample->size) return diag_fail(d, STATUS_DATA, "%s: an empty file", schema->file);
    return detect_text(in, sample, schema, d);
}
