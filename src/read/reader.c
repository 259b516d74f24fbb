/* reader.c: the files, one after the other: their beginnings, and a sample of each */
#include "read/reader.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 << 10 };

void reader_open(struct reader *r, const struct reader_options *options, const char *const *files,
                 size_t file_count)
{
    *r = (struct reader){.options = *options, .files = files, .file_count = file_count};
    if (!r->options.block) r->options.block = BLOCK;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->passed, NULL);
}

void reader_close(struct reader *r)
{
    bytes_close(r->bytes);
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->passed);
    for (size_t i = 0; i < r->begun; i++) {
        if (r->options.forget && r->file[i]->meaning) r->options.forget(r->file[i]->meaning);
        free(r->file[i]->array);
        free(r->file[i]);
    }
    free(r->file);
    free(r->held);
}

const char *reader_format(const struct reader *r)
{
    static const char *const format[2][3] = {{"csv", "csv (gzip)", "csv (zstd)"},
                                             {"npy", "npy (gzip)", "npy (zstd)"}};
    const char *coding = r->bytes ? bytes_coding(r->bytes) : "";

    return format[r->file[0]->array != NULL][!*coding ? 0 : strcmp(coding, "gzip") == 0 ? 1 : 2];
}

/* Reads on until `size` bytes are held, or all there are. */
static bool hold(struct reader *r, size_t size, struct diag *d)
{
    ptrdiff_t n;

    if (r->ended || r->held_size >= size) return true;
    if (r->held_from) memmove(r->held, r->held + r->held_from, r->held_size);
    r->held_from = 0;
    r->held = mem_grow(r->held, &r->held_room, size, 1);
    n = bytes_read(r->bytes, r->held + r->held_size, size - r->held_size, d);
    if (n < 0) return false;
    r->held_size += (size_t)n;
    r->ended = r->held_size < size;
    return true;
}

static const char *held(const struct reader *r)
{
    return r->held + r->held_from;
}

void reader_drop(struct reader *r, size_t size)
{
    r->held_from += size;
    r->held_size -= size;
}

/* Passes over the first `size` of the held bytes, and counts them. */
static void pass_over(struct reader *r, size_t size)
{
    r->line += csv_lines(held(r), size);
    r->offset += size;
    reader_drop(r, size);
}

bool reader_row_too_long(const struct reader *r, struct diag *d)
{
    return diag_fail(d, STATUS_DATA, "%s:%llu: %s", reader_file(r)->name, (unsigned long long)r->line,
                     r->ended ? "a quoted field that never ends: the rest of the file is in it"
                              : "a row of more than 64 MiB: is there a quote that never ends?");
}

/* Finds the row at `at` among the held bytes, reading on as far as it goes. False at the end of the file, or
 * with d filled. */
static bool find_row(struct reader *r, struct dialect dialect, size_t at, struct row *row, size_t *taken,
                     enum row_kind *kind, struct diag *d)
{
    for (;;) {
        if (at < r->held_size) {
            *kind = csv_row(dialect, held(r) + at, r->held_size - at, row, taken);
            if (r->ended || (*kind != ROW_OPEN_QUOTE && held(r)[at + *taken - 1] == '\n'))
                return *kind != ROW_OPEN_QUOTE || reader_row_too_long(r, d);
        }
        if (r->ended) return false;
        if (r->held_size >= ROW_LIMIT) return reader_row_too_long(r, d);
        if (!hold(r, 2 * r->held_size + SAMPLE_SIZE, d)) return false;
    }
}

/* The row that begins at `at` or behind it and is neither blank nor a comment; at moves there. */
static bool find_fields(struct reader *r, struct dialect dialect, size_t *at, struct row *row, size_t *taken,
                        struct diag *d)
{
    enum row_kind kind;

    for (; find_row(r, dialect, *at, row, taken, &kind, d); *at += *taken)
        if (kind == ROW_FIELDS || kind == ROW_AFTER_QUOTE) return true;
    return false;
}

bool sample_rows(struct sample *s, struct dialect dialect, size_t from, size_t limit, struct diag *d)
{
    struct reader *r = s->reader;
    struct diag later = {0}; /* what is wrong behind the first row is said when that is read */
    size_t taken, at = from, room = 0, end_room = 0;

    for (size_t i = 0; i < s->rows; i++) row_free(&s->row[i]);
    free(s->row);
    free(s->end);
    s->row = NULL;
    s->end = NULL;
    s->rows = 0;
    /* read on first, as that may move the bytes */
    if (find_fields(r, dialect, &at, NULL, &taken, d)) {
        at += taken;
        find_fields(r, dialect, &at, NULL, &taken, &later);
    }
    s->text = held(r);
    s->size = r->held_size;
    if (d->status) return false;
    for (at = from; s->rows < limit && at < s->size; at += taken) {
        struct row row = {0};
        enum row_kind kind = csv_row(dialect, s->text + at, s->size - at, &row, &taken);

        if (kind == ROW_OPEN_QUOTE || (!r->ended && s->text[at + taken - 1] != '\n')) {
            row_free(&row);
            break;
        }
        if (kind == ROW_BLANK || kind == ROW_COMMENT) {
            row_free(&row);
            continue;
        }
        s->row = mem_grow(s->row, &room, s->rows + 1, sizeof *s->row);
        s->end = mem_grow(s->end, &end_room, s->rows + 1, sizeof *s->end);
        s->row[s->rows] = row;
        s->end[s->rows++] = at + taken;
    }
    return true;
}

size_t sample_array_rows(const struct sample *s)
{
    const struct npy *n = s->file->array;
    uint64_t rows = s->size / n->width / n->columns;

    if (rows > n->rows) rows = n->rows;
    return n->fortran && n->columns > 1 && rows < n->rows ? 0 : (size_t)rows;
}

double sample_number(const struct sample *s, size_t row, size_t column)
{
    const struct npy *n = s->file->array;
    uint64_t place = n->fortran ? column * n->rows + row : row * n->columns + column;
    double x;

    npy_convert(n, s->text + place * n->width, 1, 1, &x);
    return x;
}

/* What the first bytes of a file must not be. */
static bool is_text(const struct reader *r, struct diag *d)
{
    const char *t = held(r), *file = reader_file(r)->name;
    size_t n = r->held_size;

    if (n >= 4 && ((!t[0] && !t[2] && t[1] && t[3]) || (!t[1] && !t[3] && t[0] && t[2])))
        return diag_fail(d, STATUS_DATA,
                         "%s: this is UTF-16 text: convert it first: iconv -f UTF-16 -t UTF-8", file);
    if (n >= 2 && !memchr(t, '\n', n) && memchr(t, '\r', n - 1))
        return diag_fail(
            d, STATUS_DATA,
            "%s: lines end in lone carriage returns (old Mac text): convert them first: tr '\\r' '\\n'",
            file);
    return true;
}

/* Passes over the lines that stand before the first row: blank ones, and comments. */
static bool skip_lead(struct reader *r, struct diag *d)
{
    struct dialect any = {.delimiter = ' ', .comment = r->options.comment};
    enum row_kind kind;
    size_t taken;

    while (find_row(r, any, 0, NULL, &taken, &kind, d)) {
        if (kind != ROW_BLANK && kind != ROW_COMMENT) return true;
        r->blank += kind == ROW_BLANK;
        pass_over(r, taken);
    }
    return !d->status;
}

/* Can workers read the rest of this text wherever they like? Not where its rows have to be counted, or may
 * hold newlines. */
static void choose_places(struct reader *r)
{
    const char *end = memchr(held(r), '\n', r->held_size);
    size_t row = end ? (size_t)(end - held(r)) : r->held_size;

    if ((r->ended && r->held_size <= r->options.block) || r->options.count_rows ||
        !bytes_seekable(r->bytes) || memchr(held(r), '"', r->held_size))
        return;
    r->by_places = true;
    r->first_place = r->offset;
    r->slack = row / 4 + 256;
}

static bool understand(struct reader *r, struct sample *s, struct diag *d)
{
    bool ok;

    s->file = reader_file(r);
    s->reader = r;
    s->text = held(r);
    s->size = r->held_size;
    ok = r->options.understand(r->options.context, s, d);
    for (size_t i = 0; i < s->rows; i++) row_free(&s->row[i]);
    free(s->row);
    free(s->end);
    return ok;
}

static bool begin_text(struct reader *r, struct diag *d)
{
    struct sample s = {0};

    if (!is_text(r, d)) return false;
    if (r->held_size >= 3 && memcmp(held(r), "\xef\xbb\xbf", 3) == 0) pass_over(r, 3);
    if (!skip_lead(r, d) || !understand(r, &s, d)) return false;
    pass_over(r, s.begin);
    choose_places(r);
    return true;
}

static bool begin_array(struct reader *r, struct diag *d)
{
    const char *name = reader_file(r)->name;
    struct diag wrong = {0};
    struct sample s = {0};
    struct npy n;
    size_t need;

    while (!npy_header(held(r), r->held_size, &n, &need, &wrong)) {
        if (wrong.status) return diag_fail(d, STATUS_DATA, "%s: %s", name, wrong.text);
        if (r->ended) return diag_fail(d, STATUS_DATA, "%s: it is cut off", name);
        if (!hold(r, need, d)) return false;
    }
    if (bytes_seekable(r->bytes)) {
        uint64_t there = (bytes_total(r->bytes) - n.offset) / n.width / n.columns;

        r->by_places = true;
        if (there < n.rows)
            return diag_fail(d, STATUS_DATA, "%s: it is cut off: %llu rows of %llu are there", name,
                             (unsigned long long)there, (unsigned long long)n.rows);
    }
    reader_file(r)->array = mem_alloc(1, sizeof n);
    *reader_file(r)->array = n;
    r->rows_left = n.rows;
    reader_drop(r, n.offset);
    if (!understand(r, &s, d)) return false;
    /* column after column, and more than one: a stream has to be held as a whole */
    while (n.fortran && n.columns > 1 && !bytes_seekable(r->bytes) && !r->ended)
        if (!hold(r, 2 * r->held_size + r->options.block, d)) return false;
    return true;
}

bool reader_begin(struct reader *r, struct diag *d)
{
    struct read_file *f = mem_alloc(1, sizeof *f);
    const char *path = r->files[r->next_file];

    r->file = mem_grow(r->file, &r->file_room, r->begun + 1, sizeof *r->file);
    r->file[r->begun++] = f;
    f->name = strcmp(path, "-") == 0 ? "standard input" : path;
    f->number = (uint32_t)r->next_file++;
    r->held_from = r->held_size = 0;
    r->ended = r->by_places = false;
    r->offset = 0;
    r->line = 1;
    r->bytes = bytes_open(path, d);
    if (!r->bytes || !hold(r, SAMPLE_SIZE, d)) return false;
    return (npy_is(held(r), r->held_size) ? begin_array : begin_text)(r, d);
}
