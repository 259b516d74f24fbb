/* label_file.c: labels from a file of their own, row by row or by a key */
#include "examples/label_file.h"

#include "read/file.h"
#include "examples/columns.h"
#include "read/npy.h"
#include "examples/column_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 << 10 };

struct answers {
    const struct input *in;
    const struct labels *labels;
    const char *file;
    size_t per_row;
    int32_t *code; /* [rows · per_row] */
    uint64_t rows;
    size_t room;
    struct string_table keys;  /* with --key: of row i */
    unsigned char *used; /* [keys.count]: some row had this key */
    uint64_t twice;      /* keys that came again, with the same label */
};

/* The file as it is read. */
struct reading {
    struct answers *a;
    struct bytes *bytes;
    char *text;
    size_t size, room;
    bool ended, begun;
    uint64_t line;
    struct dialect dialect;
    struct columns columns; /* with --key */
    struct row row;
};

static int32_t *new_row(struct answers *a)
{
    a->code = mem_grow(a->code, &a->room, (size_t)(a->rows + 1) * a->per_row, sizeof *a->code);
    return a->code + a->rows++ * a->per_row;
}

/* A bad label ends the reading, or is kept as one where bad rows are skipped. */
static bool take_label(const struct reading *r, const struct field *f, int32_t *out, struct diag *d)
{
    const struct answers *a = r->a;
    char why[LABELS_SHOWN];

    *out = labels_of_text(a->labels, f->text, f->size);
    if (*out != LABEL_BAD || a->in->skip_bad) return true;
    return diag_fail(d, STATUS_DATA, "%s:%llu: %s", a->file, (unsigned long long)r->line,
                     labels_explain(a->labels, f->text, f->size, why));
}

static bool take_keyed(struct reading *r, struct diag *d)
{
    const struct columns *c = &r->columns;
    const struct field *key = &r->row.field[c->key];
    struct answers *a = r->a;
    char shown[DIAG_SHOWN];
    bool fresh;
    size_t i = string_table_put(&a->keys, key->text, key->size, &fresh);

    if (fresh) new_row(a);
    for (size_t k = 0; k < a->per_row; k++) {
        int32_t code, *at = &a->code[i * a->per_row + k];

        if (!take_label(r, &r->row.field[c->label[k]], &code, d)) return false;
        if (!fresh && code != *at)
            return diag_fail(d, STATUS_DATA, "%s:%llu: key %s has had another label", a->file,
                             (unsigned long long)r->line, diag_shown(shown, key->text, key->size));
        *at = code;
    }
    a->twice += !fresh;
    return true;
}

static bool take_row(struct reading *r, struct diag *d)
{
    struct answers *a = r->a;
    size_t want = a->in->key ? r->columns.count : a->per_row;
    int32_t *code;

    if (r->row.count != want)
        return diag_fail(d, STATUS_DATA, "%s:%llu: a row of %zu field%s, not %zu", a->file,
                         (unsigned long long)r->line, r->row.count, r->row.count == 1 ? "" : "s", want);
    if (a->in->key) return take_keyed(r, d);
    code = new_row(a);
    for (size_t k = 0; k < a->per_row; k++)
        if (!take_label(r, &r->row.field[k], &code[k], d)) return false;
    return true;
}

/* The first row: with a key it names the columns; without, it is a header if it has a column's usual name. */
static bool take_first(struct reading *r, struct diag *d)
{
    struct answers *a = r->a;
    /* the key stands where columns_find wants scores, which this file has none of */
    struct input in = {.header = -1, .prob = a->in->key, .label = a->in->label};

    if (!a->in->key) return roles_known(r->row.field[0].text, r->row.field[0].size) || take_row(r, d);
    if (!columns_find(&in, &r->row, a->file, false, &r->columns, d)) return false;
    if (r->columns.scores != 1) return diag_fail(d, STATUS_USAGE, "--key takes one column");
    if (r->columns.labels != a->per_row)
        return diag_fail(d, STATUS_USAGE, "%s: %zu columns of labels, not %zu: name them with --label",
                         a->file, r->columns.labels, a->per_row);
    r->columns.key = (ptrdiff_t)r->columns.score[0];
    return r->columns.header || take_row(r, d);
}

/* A whole block of rows. */
static bool take_rows(struct reading *r, size_t size, struct diag *d)
{
    for (size_t at = 0, taken; at < size; at += taken, r->line += csv_lines(r->text + at - taken, taken)) {
        enum row_kind kind = csv_row(r->dialect, r->text + at, size - at, &r->row, &taken);

        if (kind == ROW_BLANK || kind == ROW_COMMENT) continue;
        if (kind != ROW_FIELDS)
            return diag_fail(d, STATUS_DATA, "%s:%llu: text between a closing quote and the delimiter",
                             r->a->file, (unsigned long long)r->line);
        if (!(r->begun ? take_row : take_first)(r, d)) return false;
        r->begun = true;
    }
    return true;
}

/* One label a line is the whole line, whatever is in it. */
static void choose_dialect(struct reading *r)
{
    const struct input *in = r->a->in;
    bool lines = !in->key && r->a->per_row == 1;

    r->dialect.comment = in->comment;
    r->dialect.delimiter = (char)(lines           ? '\n'
                                  : in->delimiter ? in->delimiter
                                                  : csv_delimiter(r->text, r->size, in->decimal));
}

static bool read_more(struct reading *r, struct diag *d)
{
    ptrdiff_t n;

    if (r->room < r->size + BLOCK) {
        r->room = 2 * r->size + BLOCK;
        r->text = mem_resize(r->text, r->room, 1);
    }
    n = bytes_read(r->bytes, r->text + r->size, r->room - r->size, d);
    if (n < 0) return false;
    r->size += (size_t)n;
    r->ended = r->size < r->room;
    return true;
}

static bool read_text(struct reading *r, struct diag *d)
{
    struct span span;

    if (r->size >= 3 && memcmp(r->text, "\xef\xbb\xbf", 3) == 0) memmove(r->text, r->text + 3, r->size -= 3);
    if (!r->size) return diag_fail(d, STATUS_DATA, "%s: an empty file", r->a->file);
    choose_dialect(r);
    while (r->size) {
        csv_whole(r->dialect, r->text, r->size, r->ended, false, &span);
        if (span.open && !span.size)
            return diag_fail(d, STATUS_DATA, "%s:%llu: a quoted field that never ends", r->a->file,
                             (unsigned long long)r->line);
        if (!take_rows(r, span.size, d)) return false;
        memmove(r->text, r->text + span.size, r->size -= span.size);
        if (!r->ended && !read_more(r, d)) return false;
    }
    return true;
}

static bool take_array(struct reading *r, const struct npy *n, struct diag *d)
{
    struct answers *a = r->a;
    double value[64];
    size_t count = (size_t)n->rows * a->per_row;

    while (!r->ended)
        if (!read_more(r, d)) return false;
    if ((r->size - n->offset) / n->width < count)
        return diag_fail(d, STATUS_DATA, "%s: it is cut off", a->file);
    a->code = mem_alloc(count, sizeof *a->code);
    a->rows = n->rows;
    for (size_t i = 0; i < count;) {
        size_t some = count - i < 64 ? count - i : 64;

        npy_convert(n, r->text + n->offset + i * n->width, some, 1, value);
        for (size_t j = 0; j < some; j++, i++) {
            size_t at = n->fortran ? i % n->rows * a->per_row + i / n->rows : i;
            char text[32];

            a->code[at] = labels_of_number(a->labels, value[j]);
            if (a->code[at] != LABEL_BAD || a->in->skip_bad) continue;
            snprintf(text, sizeof text, "%g", value[j]);
            return diag_fail(d, STATUS_DATA, "%s: row %zu: %s", a->file, at / a->per_row + 1,
                             labels_explain(a->labels, text, strlen(text), (char[LABELS_SHOWN]){0}));
        }
    }
    return true;
}

static bool read_array(struct reading *r, struct diag *d)
{
    struct npy n;
    size_t need = 0;

    while (!npy_header(r->text, r->size, &n, &need, d)) {
        if (d->status) return false;
        if (r->ended || need <= r->size) return diag_fail(d, STATUS_DATA, "%s: it is cut off", r->a->file);
        if (!read_more(r, d)) return false;
    }
    if (r->a->in->key) return diag_fail(d, STATUS_USAGE, "%s: an array has no column for --key", r->a->file);
    if (n.columns != r->a->per_row)
        return diag_fail(d, STATUS_DATA, "%s: %llu labels a row, not %zu", r->a->file,
                         (unsigned long long)n.columns, r->a->per_row);
    if (n.rows > SIZE_MAX / sizeof(int32_t) / r->a->per_row)
        return diag_fail(d, STATUS_DATA, "%s: it is cut off", r->a->file);
    return take_array(r, &n, d);
}

static bool read_file(struct answers *a, struct diag *d)
{
    struct reading r = {.a = a, .line = 1};
    bool well;

    r.bytes = bytes_open(a->in->labels_file, d);
    well = r.bytes && read_more(&r, d) && (npy_is(r.text, r.size) ? read_array : read_text)(&r, d);
    bytes_close(r.bytes);
    columns_free(&r.columns);
    row_free(&r.row);
    free(r.text);
    return well;
}

struct answers *answers_open(const struct input *in, const struct labels *labels, size_t per_row,
                             struct diag *d)
{
    struct answers *a = mem_alloc(1, sizeof *a);

    *a = (struct answers){.in = in, .labels = labels, .per_row = per_row};
    a->file = strcmp(in->labels_file, "-") == 0 ? "standard input" : in->labels_file;
    if (!read_file(a, d)) {
        answers_free(a);
        return NULL;
    }
    if (in->key) a->used = mem_alloc(a->keys.count + 1, 1);
    return a;
}

void answers_free(struct answers *a)
{
    if (!a) return;
    string_table_free(&a->keys);
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
