/* label_file.c: labels from a file of their own, row by row or by a key */
#include "examples/label_file.h"

#include "base/number.h"
#include "base/string_table.h"
#include "examples/detect.h"
#include "read/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct label_file {
    const struct input *in;
    const struct labels *labels;
    const char *file;
    const struct columns *scores; /* of the predictions */
    size_t per_row, classes;
    size_t cells;        /* labels of a row of the file: per_row, or one-hot as many as classes */
    struct labels sides; /* of one-hot cells */
    int32_t *cell;       /* [cells] */
    int32_t *code;       /* [rows · per_row] */
    uint64_t rows;
    size_t room;
    struct string_table keys; /* with --key: of row i */
    unsigned char *used;      /* [keys.count]: some row had this key */
    uint64_t twice;           /* keys that came again, with the same label */
    bool array;
    struct columns columns; /* of a text */
    struct label_watch watch;
    char shown[LABELS_LISTED]; /* the first labels */
    char first[DIAG_SHOWN];    /* the first line, where it was read as data */
};

static int32_t *new_row(struct label_file *a)
{
    a->code = mem_grow(a->code, &a->room, (size_t)(a->rows + 1) * a->per_row, sizeof *a->code);
    return a->code + a->rows++ * a->per_row;
}

static const struct labels *cell_labels(const struct label_file *a)
{
    return a->cells == a->per_row ? a->labels : &a->sides;
}

/* "FILE:LINE", or of an array "FILE: row ROW". */
static const char *place_of(const struct label_file *a, uint64_t line, char out[DIAG_SHOWN])
{
    snprintf(out, DIAG_SHOWN, a->array ? "%.120s: row %llu" : "%.120s:%llu", a->file,
             (unsigned long long)line);
    return out;
}

/* A bad label ends the reading, or is kept as one where bad rows are skipped. */
static bool take_label(struct label_file *a, uint64_t line, const char *text, size_t size, int32_t *out,
                       struct diag *d)
{
    char why[LABELS_SHOWN], place[DIAG_SHOWN];

    *out = labels_of_text(cell_labels(a), text, size);
    if (a->watch.left) label_watch_text(&a->watch, text, size);
    if (*out != LABEL_BAD || a->in->skip_bad) return true;
    return diag_fail(d, STATUS_DATA, "%s: %s", place_of(a, line, place),
                     labels_explain(cell_labels(a), text, size, why));
}

/* The cells of a row to its labels; one-hot ones to a class. */
static bool take_cells(struct label_file *a, uint64_t line, int32_t *code, struct diag *d)
{
    size_t ones = 0, ignored = 0, class = 0;
    char place[DIAG_SHOWN];

    if (a->cells == a->per_row) {
        memcpy(code, a->cell, a->per_row * sizeof *code);
        return true;
    }
    for (size_t k = 0; k < a->cells; k++) {
        if (a->cell[k] == 1) ones++, class = k;
        ignored += a->cell[k] == LABEL_IGNORED;
    }
    *code = ones == 1 ? (int32_t) class : ignored == a->cells ? LABEL_IGNORED : LABEL_BAD;
    return *code != LABEL_BAD || a->in->skip_bad ||
           diag_fail(d, STATUS_DATA,
                     "%s: %zu of the row's labels are 1, where one should be (--task softmax)",
                     place_of(a, line, place), ones);
}

/* The row of a key that has been there already: the same labels again, or an error. */
static bool check_again(struct label_file *a, uint64_t line, const struct field *key, const int32_t *had,
                        const int32_t *now, struct diag *d)
{
    char shown[DIAG_SHOWN];

    a->twice++;
    return memcmp(had, now, a->per_row * sizeof *had) == 0 ||
           diag_fail(d, STATUS_DATA, "%s:%llu: key %s has had another label", a->file,
                     (unsigned long long)line, diag_shown(shown, key->text, key->size));
}

/* One label of a row of the file. */
static bool read_cell(struct label_file *a, const struct batch_row *row, size_t k, struct diag *d)
{
    char scratch[NUMBER_SIZE];
    struct field f;
    double x;

    if (!a->watch.left && row_number(row, a->columns.label[k], &x)) {
        a->cell[k] = labels_of_number(cell_labels(a), x);
        if (a->cell[k] != LABEL_BAD) return true;
    }
    f = row_text(row, a->columns.label[k], scratch);
    return take_label(a, row->line, f.text, f.size, &a->cell[k], d);
}

static bool take_row(struct label_file *a, const struct batch_row *row, struct diag *d)
{
    const struct columns *c = &a->columns;
    char place[DIAG_SHOWN], scratch[NUMBER_SIZE];
    struct field key;
    int32_t *code;
    bool fresh = true;
    size_t i;

    if (row->kind == ROW_AFTER_QUOTE)
        return diag_fail(d, STATUS_DATA, "%s: text between a closing quote and the delimiter",
                         place_of(a, row->line, place));
    if (row->count != c->count)
        return diag_fail(d, STATUS_DATA, "%s: a row of %zu field%s, not %zu", place_of(a, row->line, place),
                         row->count, row->count == 1 ? "" : "s", c->count);
    code = new_row(a);
    for (size_t k = 0; k < a->cells; k++)
        if (!read_cell(a, row, k, d)) return false;
    if (!take_cells(a, row->line, code, d)) return false;
    if (c->key < 0) return true;
    key = row_text(row, (size_t)c->key, scratch);
    i = string_table_put(&a->keys, key.text, key.size, &fresh);
    if (fresh) return true;
    a->rows--; /* the codes of the key's first row stay */
    return check_again(a, row->line, &key, a->code + i * a->per_row, code, d);
}

/* Is each line a label as a whole, whatever is in it: "ice cream"? Where any text would be a label, only if
   the lines do not fall into columns. */
static bool are_lines(const struct label_file *a, struct sample *s, struct diag *d)
{
    char delimiter = csv_delimiter(s->text, s->size, a->in->decimal);
    struct dialect dialect = {.delimiter = '\n',
                              .comment = a->in->comment,
                              .quote = (char)(a->in->quote < 0 ? 0
                                              : a->in->quote   ? a->in->quote
                                                               : '"')};
    size_t labels = 0, columns = 0;

    if (a->in->key || a->in->label || a->in->delimiter || a->per_row > 1) return false;
    if (a->labels->rest_negative && delimiter != ' ') {
        dialect.delimiter = delimiter;
        if (!sample_rows(s, dialect, 0, 100, d)) return false;
        for (size_t i = 0; i < s->rows; i++) columns += s->row[i].count == s->row[0].count;
        return !s->rows || s->row[0].count == 1 || columns < s->rows;
    }
    if (!sample_rows(s, dialect, 0, 1000, d)) return false;
    for (size_t i = s->rows > 1; i < s->rows; i++) {
        const struct field *f = &s->row[i].field[0];

        labels += labels_of_text(a->labels, f->text, f->size) != LABEL_BAD;
    }
    return 2 * labels > s->rows - (s->rows > 1);
}

/* As many labels a row as there are classes: one-hot, where softmax was told. */
static bool fit_width(struct label_file *a, size_t width, struct diag *d)
{
    ptrdiff_t none;

    a->cells = width;
    a->cell = mem_alloc(width, sizeof *a->cell);
    if (width == a->per_row) return true;
    if (width == a->classes && a->classes > 1 && a->in->task == TASK_SOFTMAX)
        return labels_open(&a->sides, a->in, LABELS_SIDES, NULL, 0, &none, d);
    if (width == a->classes && a->classes > 1)
        return diag_fail(d, STATUS_USAGE,
                         "%s: %zu labels a row: one class of several (one-hot), --task softmax, or as many "
                         "questions, --task multilabel?",
                         a->file, width);
    return diag_fail(d, STATUS_USAGE, "%s: %zu labels a row, not %zu%s", a->file, width, a->per_row,
                     a->array ? "" : ": name the columns with --label");
}

/* A column that both files have tells which row is whose: by place they may stand in another order. */
static bool check_shared(const struct label_file *a, struct diag *d)
{
    const struct columns *c = &a->columns, *scores = a->scores;
    struct string_table names = {0};
    const char *shared = NULL;
    char label[DIAG_SHOWN];

    if (a->in->key || a->in->label || !c->name || c->counting || !scores->name || scores->counting)
        return true;
    for (size_t i = 0; i < scores->usable; i++)
        string_table_put(&names, scores->name[i], strlen(scores->name[i]), &(bool){false});
    for (size_t i = 0; i < c->usable && c->labels == 1; i++)
        if (!shared && i != c->label[0] && *c->name[i] &&
            string_table_find(&names, c->name[i], strlen(c->name[i])) >= 0)
            shared = c->name[i];
    string_table_free(&names);
    return !shared || diag_fail(d, STATUS_DATA,
                                "%s: column %.60s is in both files: --key %.60s joins them by it; --label %s "
                                "takes the labels row by row, in the order of the predictions",
                                a->file, shared, shared, columns_shown(c, c->label[0], label));
}

static bool understand(void *context, struct sample *s, struct diag *d)
{
    struct label_file *a = context;
    struct columns *c = &a->columns;
    bool lines;

    a->array = s->file->array != NULL;
    if (a->array) {
        if (a->in->key) return diag_fail(d, STATUS_USAGE, "%s: an array has no column for --key", a->file);
        c->count = c->labels = (size_t)s->file->array->columns;
        c->label = mem_alloc(c->labels, sizeof *c->label);
        for (size_t k = 0; k < c->labels; k++) c->label[k] = k;
        c->key = -1;
        return fit_width(a, c->labels, d);
    }
    if (!s->size) return diag_fail(d, STATUS_DATA, "%s: an empty file", a->file);
    lines = are_lines(a, s, d);
    if (d->status ||
        !detect_table(a->in, TABLE_LABELS, s, lines ? '\n' : 0, a->classes, a->labels, NULL, c, d))
        return false;
    if (c->labels) detect_list_labels(s->row + c->header, s->rows - c->header, c->label[0], a->shown);
    if (!c->header && s->row[0].count) diag_shown(a->first, s->row[0].field[0].text, s->row[0].field[0].size);
    return check_shared(a, d) && fit_width(a, c->labels, d);
}

static bool read_file(struct label_file *a, struct diag *d)
{
    const struct reader_options options = {.skip = a->in->skip,
                                           .comment = a->in->comment,
                                           .text_arrays = true,
                                           .context = a,
                                           .understand = understand};
    struct reader *reader = reader_open(&options, &a->in->labels_file, 1);
    struct batch_buffer buffer = {0};
    struct batch_row row = {0};
    struct batch batch;
    bool ok = true;

    while (ok && reader_next(reader, &buffer, &batch, d) > 0)
        for (bool any = batch_first(&batch, &row); any && ok; any = batch_next(&row))
            ok = take_row(a, &row, d);
    batch_row_free(&row);
    batch_buffer_free(&buffer);
    reader_close(reader);
    return ok && !d->status;
}

struct label_file *label_file_open(const struct input *in, const struct labels *labels, size_t per_row,
                                   size_t classes, const struct columns *scores, struct diag *d)
{
    struct label_file *a = mem_alloc(1, sizeof *a);

    *a = (struct label_file){
        .in = in, .labels = labels, .per_row = per_row, .classes = classes, .scores = scores};
    a->file = strcmp(in->labels_file, "-") == 0 ? "standard input" : in->labels_file;
    label_watch_open(&a->watch, in);
    if (!read_file(a, d)) {
        label_file_free(a);
        return NULL;
    }
    if (in->key) a->used = mem_alloc(a->keys.count + 1, 1);
    return a;
}

bool label_file_is_array(const struct label_file *a)
{
    return a->array;
}

const struct label_watch *label_file_watch(const struct label_file *a)
{
    return &a->watch;
}

const char *label_file_shown(const struct label_file *a)
{
    return a->shown;
}

void label_file_free(struct label_file *a)
{
    if (!a) return;
    string_table_free(&a->keys);
    columns_free(&a->columns);
    labels_free(&a->sides);
    label_watch_free(&a->watch);
    free(a->cell);
    free(a->used);
    free(a->code);
    free(a);
}

int32_t label_file_of_row(const struct label_file *a, uint64_t row, size_t k)
{
    return row < a->rows ? a->code[row * a->per_row + k] : LABEL_IGNORED;
}

int32_t label_file_of_key(const struct label_file *a, const char *key, size_t size, size_t k)
{
    ptrdiff_t i = string_table_find(&a->keys, key, size);

    if (i < 0) return LABEL_BAD;
    __atomic_store_n(&a->used[i], 1, __ATOMIC_RELAXED); /* by any worker */
    return a->code[(size_t)i * a->per_row + k];
}

const char *label_file_explain(const struct label_file *a, const char *key, size_t size,
                               char out[LABELS_SHOWN])
{
    char shown[DIAG_SHOWN];

    if (key)
        snprintf(out, LABELS_SHOWN, "%.200s has no label for %s", a->file, diag_shown(shown, key, size));
    else
        snprintf(out, LABELS_SHOWN, "%.200s has no label here", a->file);
    return out;
}

/* "FILE: 3 keys are in no row of the predictions: 'a', 'b', 'c'" */
static void say_unused(const struct label_file *a)
{
    struct string first = {0};
    char shown[DIAG_SHOWN];
    size_t unused = 0;

    for (size_t i = 0; i < a->keys.count; i++) {
        if (a->used[i]) continue;
        if (unused++ < 3)
            string_printf(&first, "%s%s", unused > 1 ? ", " : "",
                          diag_shown(shown, a->keys.key[i].text, a->keys.key[i].size));
    }
    if (unused)
        diag_say("%s: %zu key%s in no row of the predictions: %s%s", a->file, unused,
                 unused == 1 ? " is" : "s are", first.text, unused > 3 ? ", ..." : "");
    string_free(&first);
}

bool label_file_check_used(const struct label_file *a, uint64_t rows, struct diag *d)
{
    if (!a->in->key && rows + 1 == a->rows && *a->first)
        return diag_fail(
            d, STATUS_DATA,
            "%s: %llu labels for %llu rows: if its first line, %s, is a header, take it away, or "
            "give every file one and say --header",
            a->file, (unsigned long long)a->rows, (unsigned long long)rows, a->first);
    if (!a->in->key)
        return rows == a->rows || diag_fail(d, STATUS_DATA, "%s: %llu labels for %llu rows", a->file,
                                            (unsigned long long)a->rows, (unsigned long long)rows);
    if (a->in->progress == 0) return true;
    if (a->twice)
        diag_say("%s: %llu row%s a key again, with the same label", a->file, (unsigned long long)a->twice,
                 a->twice == 1 ? " has" : "s have");
    say_unused(a);
    return true;
}
