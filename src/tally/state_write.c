/* state_write.c: a tally as a state file */
#include "base/crc32c.h"
#include "tally/row_sums.h"
#include "tally/state.h"

#include <stdlib.h>

static void put_little(struct string *out, uint64_t x, int size)
{
    char byte[8];

    for (int i = 0; i < size; i++) byte[i] = (char)(x >> 8 * i & 255);
    string_add(out, byte, (size_t)size);
}

/* LEB128: seven bits a byte, the lowest first. */
static void put_varint(struct string *out, uint64_t x)
{
    char byte[10];
    size_t n = 0;

    for (; x > 127; x >>= 7) byte[n++] = (char)(x | 128);
    byte[n++] = (char)x;
    string_add(out, byte, n);
}

static void put_signed(struct string *out, int64_t x)
{
    put_varint(out, (uint64_t)x << 1 ^ (x < 0 ? UINT64_MAX : 0));
}

static void put_text(struct string *out, const char *text, size_t size)
{
    put_varint(out, size);
    string_add(out, text, size);
}

static void put_string(struct string *out, const struct string *s)
{
    put_text(out, s->text, s->size);
}

static void put_double(struct string *out, double x)
{
    uint64_t bits;

    memcpy(&bits, &x, sizeof bits);
    put_little(out, bits, 8);
}

static void put_counts(struct string *out, const struct counts *c)
{
    uint64_t number[sizeof *c / sizeof(uint64_t)];

    memcpy(number, c, sizeof *c);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) put_varint(out, number[i]);
}

static unsigned flags_of(const struct facts *f)
{
    return (f->parts ? STATE_COLUMNS : 0) | (f->logits ? STATE_LOGITS : 0) | (f->header ? STATE_HEADER : 0) |
           (f->grouped ? STATE_GROUPED : 0) | (f->weighted ? STATE_WEIGHTED : 0) |
           (f->by_class ? STATE_BY_CLASS : 0) | (f->found_score ? STATE_FOUND_SCORE : 0) |
           (f->found_label ? STATE_FOUND_LABEL : 0) | (f->found_weight ? STATE_FOUND_WEIGHT : 0) |
           (f->clustered ? STATE_CLUSTERED : 0) | (f->predictions ? STATE_PREDICTIONS : 0) |
           (f->first_class ? STATE_FIRST_CLASS : 0);
}

static void put_columns(struct string *out, const struct facts *f)
{
    const char *task = task_names[f->task], *format = f->format ? f->format : "";

    put_text(out, task, strlen(task));
    put_text(out, format, strlen(format));
    put_text(out, &f->delimiter, f->delimiter != 0);
    put_string(out, &f->score);
    put_string(out, &f->label);
    put_string(out, &f->weight);
    put_string(out, &f->by);
    if (f->clustered) put_string(out, &f->cluster);
    put_string(out, &f->options);
    put_double(out, f->clip);
    put_varint(out, f->classes);
    for (size_t i = 0; i < f->classes; i++) put_text(out, f->class_name[i], strlen(f->class_name[i]));
    put_signed(out, f->background);
    put_varint(out, f->scores);
    put_text(out, f->positive, f->positive ? strlen(f->positive) : 0);
    put_varint(out, f->notes);
    for (size_t i = 0; i < f->notes; i++) put_text(out, f->note[i], strlen(f->note[i]));
}

static void put_shards(struct string *out, const struct tally *t)
{
    put_varint(out, t->shard_count);
    for (size_t i = 0; i < t->shard_count; i++) {
        const struct shard *s = &t->shard[i];

        put_varint(out, s->file_count);
        for (size_t k = 0; k < s->file_count; k++) {
            put_text(out, s->files[k], strlen(s->files[k]));
            put_little(out, s->identity[k], 8);
        }
        put_varint(out, s->index);
        put_varint(out, s->of);
        put_varint(out, s->rows);
        put_little(out, s->fingerprint, 8);
    }
}

/* The tail that a cut stands at. */
static double cut_tail(const struct bin_cut *c)
{
    uint64_t bits = c->above | (uint64_t)(c->bin >= BIN_COUNT / 2) << 63;
    double tail;

    memcpy(&tail, &bits, sizeof tail);
    return tail;
}

static void put_head(struct string *out, const struct tally *t)
{
    const struct facts *f = &t->facts;

    put_text(out, "losscope " VERSION, strlen("losscope " VERSION));
    put_varint(out, flags_of(f));
    put_columns(out, f);
    put_counts(out, &f->counts);
    put_varint(out, t->cuts.count);
    for (size_t i = 0; i < t->cuts.count; i++) put_double(out, cut_tail(&t->cuts.cut[i]));
    put_varint(out, t->easy_count);
    for (size_t i = 0; i < t->easy_count; i++) put_double(out, t->easy[i]);
    put_shards(out, t);
    put_varint(out, f->group_count);
    for (size_t i = 0; i < f->group_count; i++) {
        const struct group *g = &f->groups[i];

        put_text(out, g->name, strlen(g->name));
        if (f->clustered) put_text(out, g->cluster, strlen(g->cluster));
        put_varint(out, g->seen[0]);
        put_varint(out, g->seen[1]);
        put_counts(out, &g->counts);
    }
}

/* Integers of as many bytes as the longest of them needs, behind that number. */
static void put_integers(struct string *out, const wide_int *x, int count)
{
    char byte[1 + 16 * TALLY_MOMENTS];
    int size = 1, n = 1;

    for (int i = 0; i < count; i++)
        while (size < 16 && (x[i] >> (8 * size - 1)) != 0 && (x[i] >> (8 * size - 1)) != -1) size++;
    byte[0] = (char)size;
    for (int i = 0; i < count; i++)
        for (int b = 0; b < size; b++) byte[n++] = (char)(x[i] >> 8 * b & 255);
    string_add(out, byte, (size_t)n);
}

/* The sums of slices, all of as many bits as the largest needs, behind that number: whole bytes. */
static void put_slices(struct string *out, const union slice_sums *slice, bool weighted)
{
    int count = weighted ? WEIGHT_SLICES : SLICES, bits = 0, have = 0;
    unsigned_wide held = 0;

    for (int i = 0; i < count; i++) {
        uint64_t x = weighted ? slice->weight[i] : slice->rows[i];

        while (bits < 64 && x >> bits) bits++;
    }
    put_little(out, (uint64_t)bits, 1);
    for (int i = 0; i < count; i++) {
        held |= (unsigned_wide)(weighted ? slice->weight[i] : slice->rows[i]) << have;
        for (have += bits; have >= 8; have -= 8, held >>= 8) put_little(out, (uint64_t)held & 255, 1);
    }
}

static void put_cell(struct string *out, const struct moments *m, const struct square_moments *square)
{
    put_varint(out, m->count);
    if (key_place(m->key) == PLACE_WEIGHTLESS || (!square && place_is_aside(key_place(m->key)))) return;
    if (square) {
        put_integers(out, m->sum, TALLY_MOMENTS);
        put_integers(out, square->sum, TALLY_MOMENTS);
        put_slices(out, &m->slice, true);
    } else {
        put_integers(out, m->sum + 1, TALLY_MOMENTS - 2);
        put_varint(out, (uint64_t)m->sum[TALLY_MOMENTS - 1]);
        put_slices(out, &m->slice, false);
    }
}

/* Rows of one cell among n of its place. */
static uint64_t rows_of_level(const struct kept_row *row, size_t n, bool weighted, int level)
{
    uint64_t rows = 0;

    for (size_t i = 0; i < n; i++) rows += !weighted || weight_level(row[i].weight, NULL) == level;
    return rows;
}

/* How many rows from row[0] on, at most n, are the same. */
static size_t copies_of(const struct kept_row *row, size_t n)
{
    size_t copies = 1;

    while (copies < n && copies < ROW_COPIES && memcmp(&row[copies], row, sizeof *row) == 0) copies++;
    return copies;
}

/* n rows of one bin: each once, with its copies. */
static void put_bin(struct string *out, const struct kept_row *row, size_t n, bool weighted)
{
    size_t entries = 0;

    for (size_t i = 0; i < n; i += copies_of(row + i, n - i)) entries++;
    put_varint(out, entries);
    for (size_t i = 0, copies; i < n; i += copies) {
        uint64_t bits;

        copies = copies_of(row + i, n - i);
        memcpy(&bits, &row[i].tail, sizeof bits);
        put_little(out, (bits & (((uint64_t)1 << BIN_SHIFT) - 1)) | (uint64_t)(copies - 1) << BIN_SHIFT, 6);
        if (weighted) put_double(out, row[i].weight);
    }
}

/* The rows of a part that are kept, bin by bin. */
static void put_rows(struct string *out, const struct kept_row *row, size_t n, bool weighted)
{
    uint32_t before = 0;
    size_t bins = 0;

    for (size_t i = 0; i < n; i++) bins += !i || tail_bin(row[i].tail) != tail_bin(row[i - 1].tail);
    put_varint(out, bins);
    for (size_t i = 0, end; i < n; i = end) {
        uint32_t bin = tail_bin(row[i].tail);

        for (end = i; end < n && tail_bin(row[end].tail) == bin;) end++;
        put_signed(out, (int64_t)bin - (int64_t)before);
        put_bin(out, row + i, end - i, weighted);
        before = bin;
    }
}

/* Whether all rows of each cell from `begin` up to `end`, which are of one part, are kept. Returns how many
   rows of the part are, from `row` on. */
static size_t cells_kept(const struct tally *t, size_t begin, size_t end, size_t row, bool *kept)
{
    size_t first = row;

    for (size_t i = begin, next; i < end; i = next) {
        size_t n = kept_rows_at(&t->kept, row, &t->cuts, t->cell[i].key);

        for (next = i; next < end && key_place(t->cell[next].key) == key_place(t->cell[i].key); next++)
            kept[next - begin] = rows_of_level(t->kept.row + row, n, t->square,
                                               key_level(t->cell[next].key)) == t->cell[next].count;
        row += n;
    }
    return row - first;
}

/* The cells of one part whose rows are not all kept, and the rows that are; returns how many. */
static size_t put_part(struct string *out, const struct tally *t, size_t begin, size_t end, size_t row)
{
    bool *kept = mem_alloc(end - begin, sizeof *kept);
    size_t rows = cells_kept(t, begin, end, row, kept), cells = 0;
    uint32_t place = 0;

    for (size_t i = begin; i < end; i++) cells += !kept[i - begin];
    put_varint(out, cells);
    for (size_t i = begin; i < end; i++) {
        cell_key key = t->cell[i].key;

        if (kept[i - begin]) continue;
        put_signed(out, (int64_t)key_place(key) - (int64_t)place);
        place = key_place(key);
        if (t->square) put_varint(out, (uint64_t)(key_level(key) + LEVEL_ZERO));
        put_cell(out, &t->cell[i], t->square ? &t->square[i] : NULL);
    }
    put_rows(out, t->kept.row + row, rows, t->square);
    free(kept);
    return rows;
}

static void put_body(struct string *out, const struct tally *t)
{
    uint64_t next = 0, parts = 0; /* the part behind the last */

    for (size_t i = 0; i < t->count; i++)
        parts += !i || key_part(t->cell[i].key) != key_part(t->cell[i - 1].key);
    put_varint(out, parts);
    for (size_t i = 0, end, row = 0; i < t->count; i = end) {
        uint64_t part = key_part(t->cell[i].key);

        for (end = i; end < t->count && key_part(t->cell[end].key) == part;) end++;
        put_varint(out, part - next);
        next = part + 1;
        row += put_part(out, t, i, end, row);
    }
}

void state_write(const struct tally *t, struct string *out)
{
    struct string head = {0}, body = {0};
    size_t start = out->size;

    put_head(&head, t);
    put_body(&body, t);
    string_add(out, STATE_MAGIC, STATE_MAGIC_SIZE);
    put_little(out, STATE_VERSION, 4);
    put_little(out, crc32c(0, head.text, head.size), 4);
    put_little(out, head.size, 8);
    put_little(out, body.size, 8);
    put_little(out, crc32c(0, out->text + start, out->size - start), 4);
    string_add(out, head.text, head.size);
    string_add(out, body.text, body.size);
    put_little(out, crc32c(0, out->text + start, out->size - start), 4);
    string_free(&head);
    string_free(&body);
}
