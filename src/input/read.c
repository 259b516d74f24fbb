/* read.c: files → rows → examples, in one pass over blocks of whole rows */
#include "input/bytes.h"
#include "input/rows.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 256 << 10 };

void input_defaults(struct input *in)
{
    *in = (struct input){.header = -1, .clip = -1, .decimal = '.', .progress = -1};
}

/* The text at hand of one file: whole rows are taken from its front, what is left is kept for the next reading. */
struct text {
    struct bytes *bytes;
    char *buffer;
    size_t size, used, room;
    bool ended;
    struct dialect dialect;
    struct row row;
};

static bool fill(struct text *t, struct diag *d)
{
    ptrdiff_t n;

    if (t->used) memmove(t->buffer, t->buffer + t->used, t->size - t->used);
    t->size -= t->used;
    t->used = 0;
    if (t->room - t->size < BLOCK_BYTES) t->buffer = mem_grow(t->buffer, &t->room, t->size + BLOCK_BYTES, 1);
    n = bytes_read(t->bytes, t->buffer + t->size, t->room - t->size, d);
    if (n < 0) return false;
    t->size += (size_t)n;
    t->ended = t->size < t->room;
    return true;
}

/* The first row of a file: a BOM is passed over, the delimiter found, the columns are made of it. */
static bool begin(struct rows *r, struct text *t, bool first_file, struct diag *d)
{
    size_t taken = 0;
    enum row_kind kind;

    r->line = 1;
    r->row = 0;
    if (!fill(t, d)) return false;
    if (t->size >= 3 && memcmp(t->buffer, "\xef\xbb\xbf", 3) == 0) t->used = 3;
    if (t->size == t->used) return diag_fail(d, STATUS_DATA, "%s: there is nothing in it", r->file);
    t->dialect.comment = r->in->comment;
    for (;; t->used += taken, r->line++) {
        if (t->used == t->size) return diag_fail(d, STATUS_DATA, "%s: there are no rows in it", r->file);
        t->dialect.delimiter =
            r->in->delimiter ? r->in->delimiter : csv_delimiter(t->buffer + t->used, t->size - t->used, r->in->decimal);
        kind = csv_row(t->dialect, t->buffer + t->used, t->size - t->used, &t->row, &taken);
        if (kind != ROW_BLANK && kind != ROW_COMMENT) break;
        r->facts->counts.blank += kind == ROW_BLANK;
        r->facts->counts.rows += kind == ROW_BLANK;
    }
    if (kind != ROW_FIELDS) return diag_fail(d, STATUS_DATA, "%s:%llu: a quote is not closed, or text stands behind it", r->file, (unsigned long long)r->line);
    columns_free(&r->columns);
    if (!columns_find(r->in, &t->row, r->file, false, &r->columns, d)) return false;
    if (r->columns.header) {
        r->line += csv_lines(t->buffer + t->used, taken);
        t->used += taken;
    }
    r->facts->delimiter = t->dialect.delimiter;
    r->facts->format = "csv";
    if (first_file) return rows_open(r, d);
    if (r->columns.scores == (r->facts->task == TASK_BINARY ? 1 : r->facts->classes) && (r->columns.weight >= 0) == r->facts->weighted)
        return true;
    return diag_fail(d, STATUS_DATA, "%s: its columns are not those of %s", r->file, r->facts->files[0]);
}

static bool take_rows(struct rows *r, struct text *t, struct diag *d)
{
    while (t->used < t->size) {
        const char *at = t->buffer + t->used;
        size_t taken = 0;
        enum row_kind kind = csv_row(t->dialect, at, t->size - t->used, &t->row, &taken);
        bool whole = taken && kind != ROW_OPEN_QUOTE && at[taken - 1] == '\n', well = true;

        if (!whole && !t->ended) return true; /* the rest of the row is still to come */
        if (kind == ROW_FIELDS)
            well = rows_take(r, &t->row, d);
        else if (kind == ROW_OPEN_QUOTE || kind == ROW_AFTER_QUOTE) {
            r->facts->counts.rows++;
            well = rows_bad(r, d, kind == ROW_OPEN_QUOTE ? "a quoted field is not closed" : "there is text behind a closing quote");
        } else if (kind == ROW_BLANK) {
            r->facts->counts.rows++;
            r->facts->counts.blank++;
        }
        if (!well) return false;
        if (kind == ROW_OPEN_QUOTE) taken = t->size - t->used;
        r->row += kind != ROW_COMMENT && kind != ROW_BLANK;
        r->line += csv_lines(at, taken);
        t->used += taken;
    }
    return true;
}

static bool read_file(struct rows *r, const char *path, bool first_file, struct diag *d)
{
    struct text t = {0};
    bool well;

    r->file = strcmp(path, "-") == 0 ? "standard input" : path;
    t.bytes = bytes_open(path, d);
    if (!t.bytes) return false;
    well = begin(r, &t, first_file, d);
    while (well) {
        well = take_rows(r, &t, d);
        if (!well || t.ended) break;
        well = fill(&t, d);
    }
    if (well && r->row == 0) well = diag_fail(d, STATUS_DATA, "%s: a header and no rows", r->file);
    r->facts->bytes += bytes_taken(t.bytes);
    bytes_close(t.bytes);
    free(t.buffer);
    row_free(&t.row);
    return well;
}

/* Groups by file, or the one group that there is where no column makes them. */
static void one_group(struct rows *r, const char *name)
{
    struct facts *f = r->facts;

    f->groups = mem_grow(f->groups, &r->group_room, f->group_count + 1, sizeof *f->groups);
    memset(&f->groups[f->group_count], 0, sizeof *f->groups);
    f->groups[f->group_count].name = mem_copy(name, strlen(name));
    r->group_now = (uint32_t)f->group_count++;
}

bool input_read(const struct input *in, struct sink sink, struct facts *facts, struct diag *d)
{
    static const char *const standard[] = {"-"};
    struct rows r = {.in = in, .facts = facts, .sink = sink};
    bool well = true;

    memset(facts, 0, sizeof *facts);
    facts->files = in->file_count ? in->files : standard;
    facts->file_count = in->file_count ? in->file_count : 1;
    for (size_t i = 0; i < facts->file_count && well; i++) {
        if (i == 0 || in->by_file) one_group(&r, in->by_file ? facts->files[i] : "");
        well = read_file(&r, facts->files[i], i == 0, d);
    }
    rows_flush(&r);
    facts->group_order = mem_alloc(facts->group_count + 1, sizeof *facts->group_order);
    for (size_t i = 0; i < facts->group_count; i++) facts->group_order[i] = (uint32_t)i;
    if (in->skip_bad && in->progress != 0 && facts->counts.bad > 5 && well)
        diag_say("%llu bad rows were left out", (unsigned long long)facts->counts.bad);
    rows_close(&r);
    return well;
}
