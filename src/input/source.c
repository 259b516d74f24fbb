/* source.c: the files, one after the other, as blocks of whole rows */
#include "input/source.h"

#include "base/number.h"
#include "input/npy.h"

#include <stdlib.h>
#include <string.h>

/* A longer row is taken for a quote that never ends. */
enum { ROW_LIMIT = 64 << 20 };

void source_open(struct source *s, const struct input *in, const char *const *files, size_t file_count,
                 size_t block)
{
    *s = (struct source){.in = in, .files = files, .file_count = file_count, .block = block};
}

static void layout_free(struct layout *l)
{
    columns_free(&l->columns);
    bytes_close(l->places);
    free(l->array);
    free(l);
}

void source_close(struct source *s)
{
    if (!s->layouts || !s->layout[s->layouts - 1]->places) bytes_close(s->bytes);
    for (size_t i = 0; i < s->layouts; i++) layout_free(s->layout[i]);
    free(s->layout);
    free(s->held);
    row_free(&s->first);
    row_free(&s->second);
}

uint64_t source_bytes(const struct source *s)
{
    return s->bytes_before + (s->bytes ? bytes_taken(s->bytes) : 0);
}

const char *source_format(const struct source *s)
{
    static const char *const format[2][3] = {{"csv", "csv (gzip)", "csv (zstd)"}, {"npy", "npy (gzip)", "npy (zstd)"}};
    const char *coding = s->bytes ? bytes_coding(s->bytes) : "";

    return format[s->layout[0]->array != NULL][!*coding ? 0 : strcmp(coding, "gzip") == 0 ? 1 : 2];
}

static struct layout *layout_now(const struct source *s)
{
    return s->layout[s->layouts - 1];
}

/* Reads on until `size` bytes are held, or all there are. */
static bool hold(struct source *s, size_t size, struct diag *d)
{
    ptrdiff_t n;

    if (s->ended || s->held_size >= size) return true;
    if (size > s->held_room) {
        s->held = mem_resize(s->held, size, 1);
        s->held_room = size;
    }
    n = bytes_read(s->bytes, s->held + s->held_size, size - s->held_size, d);
    if (n < 0) return false;
    s->held_size += (size_t)n;
    s->ended = s->held_size < size;
    return true;
}

/* Lets the first `size` of the held bytes go, and counts them. */
static void let_go(struct source *s, size_t size)
{
    s->line += csv_lines(s->held, size);
    s->offset += size;
    s->held_size -= size;
    if (size) memmove(s->held, s->held + size, s->held_size);
}

static bool too_long(const struct source *s, struct diag *d)
{
    return diag_fail(d, STATUS_DATA, "%s:%llu: %s", layout_now(s)->file, (unsigned long long)s->line,
                     s->ended ? "a quoted field that never ends: the rest of the file is in it"
                              : "a row of more than 64 MiB: is there a quote that never ends?");
}

/* Finds the row at `at` among the held bytes, reading on as far as it goes. False at the end of the file, or
 * with d filled. */
static bool look(struct source *s, struct dialect dialect, size_t at, struct row *r, size_t *taken,
                 enum row_kind *kind, struct diag *d)
{
    for (;;) {
        bool whole;

        if (at < s->held_size) {
            *kind = csv_row(dialect, s->held + at, s->held_size - at, r, taken);
            whole = *kind != ROW_OPEN_QUOTE && s->held[at + *taken - 1] == '\n';
            if (whole || s->ended) return *kind != ROW_OPEN_QUOTE || too_long(s, d);
        }
        if (s->ended) return false;
        if (s->held_size >= ROW_LIMIT) return too_long(s, d);
        if (!hold(s, 2 * (s->held_size > s->block ? s->held_size : s->block), d)) return false;
    }
}

/* The next row that is neither blank nor a comment, from *at on. */
static bool look_on(struct source *s, struct dialect dialect, size_t *at, struct row *r, size_t *taken,
                    struct diag *d)
{
    enum row_kind kind;

    for (; look(s, dialect, *at, r, taken, &kind, d); *at += *taken) {
        if (kind == ROW_FIELDS || kind == ROW_AFTER_QUOTE) return true;
    }
    return false;
}

/* What the first bytes of a file must not be. */
static bool is_text(struct source *s, const char *file, struct diag *d)
{
    const char *t = s->held;
    size_t n = s->held_size;

    if (n == 0) return diag_fail(d, STATUS_DATA, "%s: an empty file", file);
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

/* Lets the lines go that stand before the first row: blank ones, and comments. */
static bool skip_lead(struct source *s, const char *file, struct diag *d)
{
    struct dialect any = {.delimiter = ' ', .comment = s->in->comment};
    enum row_kind kind;
    size_t taken;

    while (look(s, any, 0, NULL, &taken, &kind, d)) {
        if (kind != ROW_BLANK && kind != ROW_COMMENT) return true;
        s->counts.rows += kind == ROW_BLANK;
        s->counts.blank += kind == ROW_BLANK;
        let_go(s, taken);
    }
    return diag_fail(d, STATUS_DATA, "%s: no rows", file);
}

/* R's write.table gives a name to every column but that of the row's names, which comes first: put in an
 * unnamed one. */
static void mend_header(const struct dialect *dialect, struct row *first, const struct row *second)
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
static bool understand(struct source *s, struct layout *l, struct diag *d)
{
    size_t taken, next, lead = 0, behind;
    const struct row *data;
    double x;

    if (!skip_lead(s, l->file, d)) return false;
    if (*s->held == '#')
        lead = 1 + strspn(s->held + 1, " "); /* NumPy's savetxt puts "# " before the header */
    l->dialect.comment = s->in->comment;
    l->dialect.delimiter =
        s->in->delimiter ? s->in->delimiter : csv_delimiter(s->held, s->held_size, s->in->decimal);
    next = lead;
    if (!look_on(s, l->dialect, &next, &s->first, &taken, d))
        return diag_fail(d, STATUS_DATA, "%s: no rows", l->file);
    next += taken;
    behind = next;
    /* what is wrong there is said when it is read */
    data = look_on(s, l->dialect, &next, &s->second, &taken, &(struct diag){0}) ? &s->second : NULL;
    /* reading on may have moved the bytes */
    if (!look_on(s, l->dialect, &lead, &s->first, &taken, d)) return false;
    if (data && s->in->header != 0) mend_header(&l->dialect, &s->first, data);
    if (!columns_find(s->in, &s->first, l->file, s->in->labels_file != NULL, &l->columns, d)) return false;
    if (!l->columns.header) data = &s->first;
    if (data && l->columns.labels && l->columns.label[0] < data->count) {
        const struct field *f = &data->field[l->columns.label[0]];

        l->number_labels = number_parse(f->text, f->size, &x);
    }
    if (l->columns.header) let_go(s, behind);
    return true;
}

/* An array: columns without names, and no first row to look at. */
static bool understand_array(struct source *s, struct layout *l, struct diag *d)
{
    struct diag wrong = {0};
    struct npy n;
    size_t need;
    struct input in = *s->in;
    struct row row = {0};
    bool well;

    in.header = 0;
    while (!npy_header(s->held, s->held_size, &n, &need, &wrong)) {
        if (wrong.status) return diag_fail(d, STATUS_DATA, "%s: %s", l->file, wrong.text);
        if (s->ended) return diag_fail(d, STATUS_DATA, "%s: it is cut off", l->file);
        if (!hold(s, need, d)) return false;
    }
    l->array = mem_alloc(1, sizeof *l->array);
    *l->array = n;
    s->rows_left = n.rows;
    let_go(s, n.offset);
    s->offset = 0;
    s->line = 1;
    row.count = (size_t)n.columns;
    row.field = mem_alloc(row.count, sizeof *row.field);
    for (size_t i = 0; i < row.count; i++) row.field[i] = (struct field){"0", 1, false};
    well = columns_find(&in, &row, l->file, s->in->labels_file != NULL, &l->columns, d);
    free(row.field);
    if (well && bytes_seekable(s->bytes)) {
        uint64_t there = (bytes_total(s->bytes) - n.offset) / n.width / n.columns;

        l->places = s->bytes;
        if (there < n.rows)
            return diag_fail(d, STATUS_DATA, "%s: it is cut off: %llu rows of %llu are there", l->file, (unsigned long long)there,
                             (unsigned long long)n.rows);
    }
    /* column after column, and more than one: a stream has to be held as a whole */
    while (well && n.fortran && n.columns > 1 && !bytes_seekable(s->bytes) && !s->ended)
        well = hold(s, 2 * s->held_size + s->block, d);
    return well;
}

bool source_begin(struct source *s, struct diag *d)
{
    struct layout *l = mem_alloc(1, sizeof *l);
    const char *path = s->files[s->next_file];

    s->layout = mem_grow(s->layout, &s->layout_room, s->layouts + 1, sizeof *s->layout);
    s->layout[s->layouts++] = l;
    l->file = strcmp(path, "-") == 0 ? "standard input" : path;
    l->number = (uint32_t)s->next_file++;
    s->held_size = 0;
    s->ended = false;
    s->offset = 0;
    s->line = 1;
    s->bytes = bytes_open(path, d);
    if (!s->bytes || !hold(s, s->block > 64 ? s->block : 64, d)) return false;
    if (npy_is(s->held, s->held_size))
        return understand_array(s, l, d) && (!s->plan || plan_fit(s->plan, s->layout[0], l, d));
    if (!is_text(s, l->file, d)) return false;
    if (s->held_size >= 3 && memcmp(s->held, "\xef\xbb\xbf", 3) == 0) let_go(s, 3);
    return understand(s, l, d) && (!s->plan || plan_fit(s->plan, s->layout[0], l, d));
}

static void end_file(struct source *s)
{
    s->bytes_before += bytes_taken(s->bytes);
    if (!layout_now(s)->places) bytes_close(s->bytes); /* else others may still read it */
    s->bytes = NULL;
}

/* Room for `size` bytes with the kernels' padding around. Returns where they begin. */
static char *buffer_room(struct buffer *b, size_t size)
{
    if (size + 2 * KERNEL_PAD > b->room) {
        b->room = size + 2 * KERNEL_PAD;
        b->bytes = mem_resize(b->bytes, b->room, 1);
        memset(b->bytes, 0, KERNEL_PAD);
    }
    return b->bytes + KERNEL_PAD;
}

/* Moves what is held, and as much more as makes a block, into the buffer, and holds back what is no whole
   row. False: d is filled, or nothing is left. */
static bool cut(struct source *s, struct buffer *buffer, struct span *span, struct diag *d)
{
    struct dialect dialect = layout_now(s)->dialect;
    size_t size = s->held_size, want = s->block > size ? s->block : size;
    char *text = buffer_room(buffer, want);

    memcpy(text, s->held, size);
    for (;;) {
        if (!s->ended && size < want) {
            ptrdiff_t n = bytes_read(s->bytes, text + size, want - size, d);

            if (n < 0) return false;
            size += (size_t)n;
            s->ended = size < want;
        }
        if (!size) return false;
        csv_whole(dialect, text, size, s->ended, s->count_rows, span);
        if (span->size) break;
        if (s->ended || size >= ROW_LIMIT) return too_long(s, d);
        want = 2 * size;
        text = buffer_room(buffer, want);
    }
    s->held_size = size - span->size;
    s->held = mem_grow(s->held, &s->held_room, s->held_size, 1);
    memcpy(s->held, text + span->size, s->held_size);
    memset(text + size, 0, KERNEL_PAD);
    return true;
}

/* `rows` rows from row `from` on of an array that is kept column after column, and held as a whole. */
static bool gather_columns(const struct source *s, const struct npy *n, uint64_t from, size_t rows, char *text, struct diag *d)
{
    size_t size = rows * n->width;

    for (uint64_t k = 0; k < n->columns; k++, text += size) {
        uint64_t offset = (k * n->rows + from) * n->width;

        if (offset + size > s->held_size) return diag_fail(d, STATUS_DATA, "%s: it is cut off", layout_now(s)->file);
        memcpy(text, s->held + offset, size);
    }
    return true;
}

bool source_fill(const struct block *b, struct diag *d)
{
    const struct npy *n = b->layout->array;
    char *text = b->text;
    size_t size;

    if (!b->layout->places) return true;
    if (!n->fortran || n->columns == 1)
        return bytes_at(b->layout->places, n->offset + b->first_row * n->columns * n->width, text, b->size, d);
    size = b->rows * n->width;
    for (uint64_t k = 0; k < n->columns; k++, text += size)
        if (!bytes_at(b->layout->places, n->offset + (k * n->rows + b->first_row) * n->width, text, size, d)) return false;
    return true;
}

/* The next rows of an array. */
static bool cut_array(struct source *s, struct buffer *buffer, struct span *span, struct diag *d)
{
    const struct npy *n = layout_now(s)->array;
    size_t row = (size_t)n->columns * n->width, rows = s->block / row + 1, have;
    char *text;

    if (!s->rows_left) return false;
    if (rows > s->rows_left) rows = (size_t)s->rows_left;
    *span = (struct span){.size = rows * row, .lines = rows, .rows = rows};
    text = buffer_room(buffer, span->size);
    if (layout_now(s)->places) {
        s->bytes_before += span->size; /* source_fill reads it */
    } else if (n->fortran && n->columns > 1) {
        if (!gather_columns(s, n, n->rows - s->rows_left, rows, text, d)) return false;
    } else {
        ptrdiff_t more = 0;

        have = s->held_size < span->size ? s->held_size : span->size;
        memcpy(text, s->held, have);
        memmove(s->held, s->held + have, s->held_size -= have);
        if (have < span->size && !s->ended) more = bytes_read(s->bytes, text + have, span->size - have, d);
        if (more < 0) return false;
        if (have + (size_t)more < span->size)
            return diag_fail(d, STATUS_DATA, "%s: it is cut off: %llu rows of %llu are there", layout_now(s)->file,
                             (unsigned long long)(n->rows - s->rows_left + (have + (size_t)more) / row), (unsigned long long)n->rows);
    }
    s->rows_left -= rows;
    return true;
}

int source_next(struct source *s, struct buffer *buffer, struct block *b, struct diag *d)
{
    struct span span;

    while (s->bytes || s->next_file < s->file_count) {
        if (!s->bytes && !source_begin(s, d)) return -1;
        bool array = layout_now(s)->array != NULL;

        if ((array ? cut_array : cut)(s, buffer, &span, d)) {
            *b = (struct block){.layout = layout_now(s),
                                .first_row = array ? layout_now(s)->array->rows - s->rows_left - span.rows : 0,
                                .text = buffer->bytes + KERNEL_PAD,
                                .size = span.size,
                                .rows = array ? (size_t)span.rows : 0,
                                .number = s->number++,
                                .offset = s->offset,
                                .line = s->line,
                                .lines = span.lines,
                                .quotes = span.quotes,
                                .returns = span.returns,
                                .row = s->row};
            s->offset += array ? span.rows : span.size;
            s->line += span.lines;
            s->row += span.rows;
            return 1;
        }
        if (d->status) return -1;
        end_file(s);
    }
    return 0;
}
