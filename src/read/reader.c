/* reader.c: the files, one after the other, as blocks of whole rows */
#include "read/reader.h"

#include "base/number.h"
#include "read/npy.h"

#include <stdlib.h>
#include <string.h>

/* What kind of text it is, is judged by no fewer bytes. */
enum { LOOK = 4096 };

void source_open(struct source *s, const struct input *in, const char *const *files, size_t file_count,
                 size_t block)
{
    *s = (struct source){.in = in, .files = files, .file_count = file_count, .block = block};
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->passed, NULL);
}

static void layout_free(struct layout *l)
{
    columns_free(&l->columns);
    free(l->array);
    free(l);
}

void source_close(struct source *s)
{
    bytes_close(s->bytes);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->passed);
    for (size_t i = 0; i < s->layouts; i++) layout_free(s->layout[i]);
    free(s->layout);
    free(s->held);
    row_free(&s->first);
    row_free(&s->second);
}

const char *source_format(const struct source *s)
{
    static const char *const format[2][3] = {{"csv", "csv (gzip)", "csv (zstd)"},
                                             {"npy", "npy (gzip)", "npy (zstd)"}};
    const char *coding = s->bytes ? bytes_coding(s->bytes) : "";

    return format[s->layout[0]->array != NULL][!*coding ? 0 : strcmp(coding, "gzip") == 0 ? 1 : 2];
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

bool source_too_long(const struct source *s, struct diag *d)
{
    return diag_fail(d, STATUS_DATA, "%s:%llu: %s", source_layout(s)->file, (unsigned long long)s->line,
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
            if (whole || s->ended) return *kind != ROW_OPEN_QUOTE || source_too_long(s, d);
        }
        if (s->ended) return false;
        if (s->held_size >= ROW_LIMIT) return source_too_long(s, d);
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

        s->by_places = true;
        if (there < n.rows)
            return diag_fail(d, STATUS_DATA, "%s: it is cut off: %llu rows of %llu are there", l->file,
                             (unsigned long long)there, (unsigned long long)n.rows);
    }
    /* column after column, and more than one: a stream has to be held as a whole */
    while (well && n.fortran && n.columns > 1 && !bytes_seekable(s->bytes) && !s->ended)
        well = hold(s, 2 * s->held_size + s->block, d);
    return well;
}

/* Can workers read the rest of this text wherever they like? Not where its rows have to be counted, or may
 * hold newlines. */
static void by_places(struct source *s)
{
    const char *end = memchr(s->held, '\n', s->held_size);
    size_t row = end ? (size_t)(end - s->held) : s->held_size;

    if ((s->ended && s->held_size <= s->block) || s->in->labels_file || !bytes_seekable(s->bytes) ||
        memchr(s->held, '"', s->held_size))
        return;
    s->by_places = true;
    s->first_place = s->offset;
    s->slack = row / 4 + 256;
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
    s->ended = s->by_places = false;
    s->offset = 0;
    s->line = 1;
    s->bytes = bytes_open(path, d);
    if (!s->bytes || !hold(s, s->block > LOOK ? s->block : LOOK, d)) return false;
    if (npy_is(s->held, s->held_size))
        return understand_array(s, l, d) && (!s->plan || plan_fit(s->plan, s->layout[0], l, d));
    if (!is_text(s, l->file, d)) return false;
    if (s->held_size >= 3 && memcmp(s->held, "\xef\xbb\xbf", 3) == 0) let_go(s, 3);
    if (!understand(s, l, d)) return false;
    by_places(s);
    return !s->plan || plan_fit(s->plan, s->layout[0], l, d);
}
