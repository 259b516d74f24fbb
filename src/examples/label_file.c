/* label_file.c: labels from a file of their own, row by row or by a key */
#include "examples/label_file.h"

#include "base/number.h"
#include "base/string_table.h"
#include "examples/detect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct answers {
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
    struct row row;
    struct label_watch watch;
    char shown[LABELS_LISTED]; /* the first labels */
    char first[DIAG_SHOWN];    /* the first line, where it was read as data */
};

static int32_t *new_row(struct answers *a)
{
    a->code = mem_grow(a->code, &a->room, (size_t)(a->rows + 1) * a->per_row, sizeof *a->code);
    return a->code + a->rows++ * a->per_row;
}

static const struct labels *cell_labels(const struct answers *a)
{
    return a->cells == a->per_row ? a->labels : &a->sides;
}

/* "FILE:LINE", or of an array "FILE: row ROW". */
static const char *place_of(const struct answers *a, uint64_t line, char out[DIAG_SHOWN])
{
    snprintf(out, DIAG_SHOWN, a->array ? "%.120s: row %llu" : "%.120s:%llu", a->file,
             (unsigned long long)line);
    return out;
}

/* A bad label ends the reading, or is kept as one where bad rows are skipped. */
static bool take_label(struct answers *a, uint64_t line, const char *text, size_t size, int32_t *out,
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
static bool take_cells(struct answers *a, uint64_t line, int32_t *code, struct diag *d)
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
static bool check_again(struct answers *a, uint64_t line, const struct field *key, const int32_t *had,
                        const int32_t *now, struct diag *d)
{
    char shown[DIAG_SHOWN];

    a->twice++;
    return memcmp(had, now, a->per_row * sizeof *had) == 0 ||
           diag_fail(d, STATUS_DATA, "%s:%llu: key %s has had another label", a->file,
                     (unsigned long long)line, diag_shown(shown, key->text, key->size));
}

static bool take_row(struct answers *a, uint64_t line, struct diag *d)
{
    const struct columns *c = &a->columns;
    int32_t *code;
    bool fresh = true;
    size_t i = 0;

    if (a->row.count != c->count)
        return diag_fail(d, STATUS_DATA, "%s:%llu: a row of %zu field%s, not %zu", a->file,
                         (unsigned long long)line, a->row.count, a->row.count == 1 ? "" : "s", c->count);
    code = new_row(a);
    for (size_t k = 0; k < a->cells; k++) {
        const struct field *f = &a->row.field[c->label[k]];

        if (!take_label(a, line, f->text, f->size, &a->cell[k], d)) return false;
    }
    if (!take_cells(a, line, code, d)) return false;
    if (c->key < 0) return true;
    i = string_table_put(&a->keys, a->row.field[c->key].text, a->row.field[c->key].size, &fresh);
    if (fresh) return true;
    a->rows--; /* the codes of the key's first row stay */
    return check_again(a, line, &a->row.field[c->key], a->code + i * a->per_row, code, d);
}

static bool take_text(struct answers *a, const struct batch *b, struct diag *d)
{
    uint64_t line = b->line;

    for (size_t at = 0, taken; at < b->size; at += taken) {
        enum row_kind kind = csv_row(b->file->dialect, b->bytes + at, b->size - at, &a->row, &taken);

        if (kind != ROW_BLANK && kind != ROW_COMMENT) {
            if (kind != ROW_FIELDS)
                return diag_fail(d, STATUS_DATA, "%s:%llu: text between a closing quote and the delimiter",
                                 a->file, (unsigned long long)line);
            if (!take_row(a, line, d)) return false;
        }
        line += csv_lines(b->bytes + at, taken);
    }
    return true;
}

static bool take_array(struct answers *a, const struct batch *b, struct diag *d)
{
    const struct npy *n = b->file->array;

    for (size_t i = 0; i < b->rows; i++) {
        int32_t *code = new_row(a);

        for (size_t k = 0; k < a->cells; k++) {
            size_t place = n->fortran ? k * b->rows + i : i * a->cells + k;
            char text[NUMBER_SIZE];
            double value;

            npy_convert(n, b->bytes + place * n->width, 1, 1, &value);
            a->cell[k] = labels_of_number(cell_labels(a), value);
            if (a->watch.left) label_watch_number(&a->watch, value);
            if (a->cell[k] == LABEL_BAD &&
                !take_label(a, b->line + i, text, number_format(value, text), &a->cell[k], d))
                return false;
        }
        if (!take_cells(a, b->line + i, code, d)) return false;
    }
    return true;
}

/* Is each line a label as a whole, whatever is in it: "ice cream"? Where any text would be a label, only if
   the lines do not fall into columns. */
static bool are_lines(const struct answers *a, struct sample *s, struct diag *d)
{
    char delimiter = csv_delimiter(s->text, s->size, a->in->decimal);
    struct dialect dialect = {.delimiter = '\n', .comment = a->in->comment};
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
static bool fit_width(struct answers *a, size_t width, struct diag *d)
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
static bool check_shared(const struct answers *a, struct diag *d)
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
    struct answers *a = context;
    struct columns *c = &a->columns;
    bool lines;

    a->array = s->file->array != NULL;
    if (a->array) {
        if (a->in->key) return diag_fail(d, STATUS_USAGE, "%s: an array has no column for --key", a->file);
        return fit_width(a, (size_t)s->file->array->columns, d);
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

static bool read_file(struct answers *a, struct diag *d)
{
    struct reader *reader;
    struct batch_buffer buffer = {0};
    struct batch batch;
    int got;
    bool ok = true;

    reader = reader_open(
        &(struct reader_options){
            .skip = a->in->skip, .comment = a->in->comment, .context = a, .understand = understand},
        &a->in->labels_file, 1);
    while (ok && (got = reader_next(reader, &buffer, &batch, d)) > 0)
        ok = (batch.file->array ? take_array : take_text)(a, &batch, d);
    batch_buffer_free(&buffer);
    reader_close(reader);
    return ok && !d->status;
}

struct answers *answers_open(const struct input *in, const struct labels *labels, size_t per_row,
                             size_t classes, const struct columns *scores, struct diag *d)
{
    struct answers *a = mem_alloc(1, sizeof *a);

    *a = (struct answers){
        .in = in, .labels = labels, .per_row = per_row, .classes = classes, .scores = scores};
    a->file = strcmp(in->labels_file, "-") == 0 ? "standard input" : in->labels_file;
    label_watch_open(&a->watch, in);
    if (!read_file(a, d)) {
        answers_free(a);
        return NULL;
    }
    if (in->key) a->used = mem_alloc(a->keys.count + 1, 1);
    return a;
}

const struct label_watch *answers_watch(const struct answers *a)
{
    return &a->watch;
}

const char *answers_shown(const struct answers *a)
{
    return a->shown;
}

void answers_free(struct answers *a)
{
    if (!a) return;
    string_table_free(&a->keys);
    columns_free(&a->columns);
    row_free(&a->row);
    labels_free(&a->sides);
    label_watch_free(&a->watch);
    free(a->cell);
    free(a->used);
    free(a->code);
    free(a);
}

int32_t answers_of_row(const struct answers *a, uint64_t row, size_t k)
{
    return row < a->rows ? a->code[row * a->per_row + k] : LABEL_IGNORED;
}

int32_t answers_of_key(const struct answers *a, const char *key, size_t size, size_t k)
{
    ptrdiff_t i = string_table_find(&a->keys, key, size);

    if (i < 0) return LABEL_BAD;
    __atomic_store_n(&a->used[i], 1, __ATOMIC_RELAXED); /* by any worker */
    return a->code[(size_t)i * a->per_row + k];
}

const char *answers_explain(const struct answers *a, const char *key, size_t size, char out[LABELS_SHOWN])
{
    char shown[DIAG_SHOWN];

    if (key)
        snprintf(out, LABELS_SHOWN, "%.200s has no label for %s", a->file, diag_shown(shown, key, size));
    else
        snprintf(out, LABELS_SHOWN, "%.200s has no label here", a->file);
    return out;
}

/* "FILE: 3 keys are in no row of the predictions: 'a', 'b', 'c'" */
static void say_unused(const struct answers *a)
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

bool answers_all_used(const struct answers *a, uint64_t rows, struct diag *d)
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
