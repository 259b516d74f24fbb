/* preview.c: how a file is understood, for --dry-run */
#include "examples/preview.h"

#include "base/string_table.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_SHOWN = 3, FIELDS_SHOWN = 4, LABELS_COUNTED = 6 };

static void put_text(const char *text, size_t size, struct string *out)
{
    if (size > 40) size = 40;
    if (size)
        string_add_printable(out, text, size);
    else
        string_puts(out, "''");
}

/* "scores 0.7, 0.2, 0.1" */
static void put_fields(const char *what, const struct row *r, const size_t *column, size_t count,
                       struct string *out)
{
    if (!count) return;
    string_printf(out, "%s%s%s ", out->text[out->size - 1] == ' ' ? "" : "; ", what, count > 1 ? "s" : "");
    for (size_t k = 0; k < count && k < FIELDS_SHOWN; k++) {
        if (k) string_puts(out, ", ");
        if (column[k] < r->count) put_text(r->field[column[k]].text, r->field[column[k]].size, out);
    }
    if (count > FIELDS_SHOWN) string_printf(out, ", ... (%zu)", count);
}

static void put_field(const char *what, const struct row *r, ptrdiff_t column, struct string *out)
{
    if (column >= 0) put_fields(what, r, &(size_t){(size_t)column}, 1, out);
}

/* "1 (2 times), 0 (1 time)" in the order in which they come; the rest together. */
static void put_labels(const struct columns *c, const struct first_rows *rows, struct string *out)
{
    struct string_table labels = {0};
    uint64_t *times = mem_alloc(rows->rows + 1, sizeof *times), rest = 0;

    for (size_t i = 0; i < rows->rows; i++) {
        const struct row *r = &rows->row[i];

        if (c->label[0] < r->count)
            times[string_table_put(&labels, r->field[c->label[0]].text, r->field[c->label[0]].size,
                                   &(bool){false})]++;
    }
    string_printf(out, "%-9s ", "first");
    for (size_t k = 0; k < labels.count; k++) {
        if (k >= LABELS_COUNTED) {
            rest += times[k];
            continue;
        }
        string_puts(out, k ? ", " : "label ");
        put_text(labels.key[k].text, labels.key[k].size, out);
        string_printf(out, " (%llu)", (unsigned long long)times[k]);
    }
    if (rest) string_printf(out, ", others (%llu)", (unsigned long long)rest);
    string_printf(out, " in %zu row%s\n", rows->rows, rows->rows == 1 ? "" : "s");
    string_table_free(&labels);
    free(times);
}

void preview_rows(const struct columns *c, const struct first_rows *rows, struct string *out)
{
    for (size_t i = 0; i < rows->rows && i < ROWS_SHOWN; i++) {
        const struct row *r = &rows->row[i];

        string_printf(out, "%-9s ", i ? "" : "rows");
        put_fields("score", r, c->score, c->scores, out);
        put_fields("label", r, c->label, c->labels, out);
        put_field("weight", r, c->weight, out);
        put_field("predicted", r, c->predicted, out);
        put_field("group", r, c->by, out);
        put_field("cluster", r, c->cluster, out);
        put_field("key", r, c->key, out);
        string_putc(out, '\n');
    }
    if (rows->rows && c->labels == 1) put_labels(c, rows, out);
}

/* A word of a shell's command. */
static void put_word(const char *text, struct string *out)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=,./:@%";

    string_putc(out, ' ');
    if (*text && strspn(text, plain) == strlen(text)) {
        string_puts(out, text);
        return;
    }
    string_putc(out, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            string_puts(out, "'\\''");
        else
            string_putc(out, *text);
    }
    string_putc(out, '\'');
}

static void put_option(const char *option, const char *value, struct string *out)
{
    if (!value) return;
    string_printf(out, " %s", option);
    if (*value == '-') { /* it would look like an option */
        string_printf(out, "=%s", value);
        return;
    }
    put_word(value, out);
}

static void put_list(const char *option, const struct list *list, struct string *out)
{
    struct string all = {0};

    for (size_t i = 0; i < list->count; i++) string_printf(&all, "%s%s", i ? "," : "", list->item[i]);
    put_option(option, list->count ? all.text ? all.text : "" : NULL, out);
    string_free(&all);
}

void preview_command(const struct input *in, const struct columns *c, const struct facts *f,
                     struct string *out)
{
    char delimiter[2] = {f->delimiter, 0};

    string_puts(out, "losscope");
    put_option(f->logits ? "--logit" : "--prob", f->score.text, out);
    put_option("--labels", in->labels_file, out);
    put_option("--key", in->key, out);
    put_option("--label", in->labels_file ? in->label : f->label.text, out);
    put_option("--weight", f->weight.size ? f->weight.text : NULL, out);
    put_option("--by", f->by.size ? f->by.text : NULL, out);
    put_option("--cluster", f->cluster.size ? f->cluster.text : NULL, out);
    put_option("--predicted", in->predicted, out);
    if (in->positive.count)
        put_list("--positive", &in->positive, out);
    else
        put_option("--positive", f->positive, out);
    put_list("--negative", &in->negative, out);
    put_list("--ignore", &in->ignore, out);
    put_option("--background", in->background, out);
    put_option("--classes", in->classes, out);
    if (f->task != TASK_BINARY) put_option("--task", task_names[f->task], out);
    if (f->delimiter) put_option("--delimiter", f->delimiter == '\t' ? "tab" : delimiter, out);
    if (f->delimiter) string_puts(out, c->header ? " --header" : " --no-header");
    for (size_t i = 0; i < in->file_count; i++) put_word(in->files[i], out);
}
