/* block.c: whole rows with their examples, when their batch and the reader are gone */
#include "compare/internal.h"

#include "kernel/kernel.h"
#include "read/rows.h"

#include <stdlib.h>
#include <string.h>

struct block *block_make(const struct batch *b, const struct in_order *examples, const struct read_file *file)
{
    struct block *out = mem_alloc(1, sizeof *out);
    size_t rows = (size_t)b->rows;

    *out = (struct block){.batch = *b, .users = 1};
    out->bytes = mem_alloc(b->size + 2 * KERNEL_PAD, 1);
    memcpy(out->bytes + KERNEL_PAD, b->bytes, b->size);
    out->batch.bytes = out->bytes + KERNEL_PAD;
    out->batch.file = file;
    out->batch.at = NULL;
    out->begin = mem_alloc(rows + 1, sizeof *out->begin);
    memcpy(out->begin, examples->begin, (rows + 1) * sizeof *out->begin);
    out->example = mem_alloc(examples->count + 1, sizeof *out->example);
    for (size_t i = 0; i < examples->count; i++) out->example[i] = *in_order_at(examples, i);
    return out;
}

void block_free(struct block *b)
{
    free(b->bytes);
    free(b->begin);
    free(b->example);
    free(b);
}

struct row_span block_row(const struct block *b, size_t row)
{
    return (struct row_span){b->example + b->begin[row], b->begin[row + 1] - b->begin[row]};
}

/* Goes to a row of the batch. */
static bool go_to(const struct batch *b, size_t row, struct batch_row *at)
{
    bool any = batch_first(b, at);

    while (any && at->number < b->row + row) any = batch_next(at);
    return any;
}

uint64_t block_line(const struct block *b, size_t row)
{
    struct batch_row at = {0};
    uint64_t line = go_to(&b->batch, row, &at) ? at.line : 0;

    batch_row_free(&at);
    return line;
}

static bool is_among(const struct list *list, const struct field *f)
{
    double x, y;

    for (size_t i = 0; i < list->count; i++) {
        size_t size = strlen(list->item[i]);

        if (size == f->size && memcmp(list->item[i], f->text, size) == 0) return true;
        if (number_parse(list->item[i], size, &x) && number_parse(f->text, f->size, &y) && x >= y && x <= y)
            return true;
    }
    return false;
}

bool row_is_ignored(const struct model *m, const struct batch *b, size_t row)
{
    const struct columns *c = &((const struct file_schema *)b->file->meaning)->columns;
    struct batch_row at = {0};
    char scratch[NUMBER_SIZE];
    bool ignored = false;

    if (!m->input.labels_file && c->labels && go_to(b, row, &at) && c->label[0] < at.count) {
        struct field f = row_text(&at, c->label[0], scratch);

        ignored = is_among(&m->input.ignore, &f);
    }
    batch_row_free(&at);
    return ignored;
}

void file_copy_make(struct file_copy *to, const struct read_file *from)
{
    const struct file_schema *schema = from->meaning;
    const struct columns *c = &schema->columns;

    to->file = *from;
    if (from->array) {
        to->array = *from->array;
        to->file.array = &to->array;
    }
    to->file.meaning = &to->schema;
    to->schema = (struct file_schema){.file = schema->file, .array = schema->array};
    to->schema.columns = (struct columns){.count = c->count,
                                          .usable = c->usable,
                                          .header = c->header,
                                          .first = c->first,
                                          .labels = c->labels,
                                          .keeps = c->keeps};
    to->schema.columns.label = mem_alloc(c->labels + 1, sizeof *c->label);
    if (c->labels) memcpy(to->schema.columns.label, c->label, c->labels * sizeof *c->label);
    to->schema.columns.keep = mem_alloc(c->keeps + 1, sizeof *c->keep);
    if (c->keeps) memcpy(to->schema.columns.keep, c->keep, c->keeps * sizeof *c->keep);
    if (!c->name) return;
    to->schema.columns.name = mem_alloc(c->count, sizeof *c->name);
    for (size_t i = 0; i < c->count; i++)
        to->schema.columns.name[i] = mem_copy(c->name[i], strlen(c->name[i]));
}

void file_copy_free(struct file_copy *c)
{
    columns_free(&c->schema.columns);
}
