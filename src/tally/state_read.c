/* state_read.c: a state file as a tally */
#include "base/crc32c.h"
#include "base/string_table.h"
#include "tally/state.h"
#include "tally/state_parts.h"

#include <math.h>
#include <stdlib.h>

/* A copy, without a NUL in it. */
static char *get_text(struct cursor *c)
{
    size_t n = cursor_count(c, 1);
    char *text = mem_copy((const char *)c->at, n);

    if (memchr(text, 0, n)) c->bad = true;
    c->at += c->bad ? 0 : n;
    return text;
}

static void get_string(struct cursor *c, struct string *out)
{
    char *text = get_text(c);

    if (*text) string_puts(out, text);
    free(text);
}

static void get_counts(struct cursor *c, struct counts *out)
{
    uint64_t number[sizeof *out / sizeof(uint64_t)];

    for (size_t i = 0; i < sizeof number / sizeof *number; i++) number[i] = cursor_varint(c);
    memcpy(out, number, sizeof *out);
}

static enum task get_task(struct cursor *c)
{
    char *name = get_text(c);
    int task = 0;

    for (int i = 1; task_names[i]; i++)
        if (strcmp(name, task_names[i]) == 0) task = i;
    free(name);
    return (enum task)task;
}

static void get_columns(struct cursor *c, struct facts *f)
{
    char *delimiter;

    f->task = get_task(c);
    f->format = get_text(c);
    delimiter = get_text(c);
    f->delimiter = *delimiter;
    free(delimiter);
    get_string(c, &f->score);
    get_string(c, &f->label);
    get_string(c, &f->weight);
    get_string(c, &f->by);
    if (f->clustered) get_string(c, &f->cluster);
    get_string(c, &f->options);
    f->clip = cursor_double(c);
    f->classes = cursor_count(c, 1);
    f->class_name = mem_alloc(f->classes, sizeof *f->class_name);
    for (size_t i = 0; i < f->classes; i++) f->class_name[i] = get_text(c);
    f->background = (ptrdiff_t)cursor_signed(c);
    f->scores = (size_t)cursor_varint(c);
    f->positive = get_text(c);
    if (!*f->positive) {
        free(f->positive);
        f->positive = NULL;
    }
    for (size_t n = cursor_count(c, 1); n > 0 && !c->bad; n--) {
        char *text = get_text(c);

        facts_note(f, "%s", text);
        free(text);
    }
}

static void get_flags(struct cursor *c, struct facts *f, bool *known)
{
    uint64_t flags = cursor_varint(c);

    *known = flags & STATE_COLUMNS;
    f->logits = flags & STATE_LOGITS;
    f->header = flags & STATE_HEADER;
    f->grouped = flags & STATE_GROUPED;
    f->weighted = flags & STATE_WEIGHTED;
    f->by_class = flags & STATE_BY_CLASS;
    f->found_score = flags & STATE_FOUND_SCORE;
    f->found_label = flags & STATE_FOUND_LABEL;
    f->found_weight = flags & STATE_FOUND_WEIGHT;
    f->clustered = flags & STATE_CLUSTERED;
    f->predictions = flags & STATE_PREDICTIONS;
    f->first_class = flags & STATE_FIRST_CLASS;
}

/* Columns that no run could have had are refused. */
static bool columns_fit(const struct facts *f)
{
    for (const char *c = f->format; *c; c++)
        if ((unsigned char)*c < ' ' || (unsigned char)*c > '~') return false;
    return f->task != TASK_AUTO && f->classes >= 1 && (f->task != TASK_BINARY || f->classes == 2) &&
           f->background >= -1 && f->background < (ptrdiff_t)f->classes && f->clip >= 0 && f->clip <= 0.5 &&
           !(f->by_class && f->task == TASK_BINARY) && (!f->clustered || f->cluster.size) &&
           (!f->predictions || (f->task == TASK_SOFTMAX && f->classes <= PREDICTED_MOST));
}

static void get_cuts(struct cursor *c, struct tally *t)
{
    struct cuts cuts = {.count = cursor_count(c, 8)};

    cuts.at = mem_alloc(cuts.count, sizeof *cuts.at);
    for (size_t i = 0; i < cuts.count; i++) {
        cuts.at[i] = cursor_double(c);
        if (!(cuts.at[i] >= -746 && cuts.at[i] <= 1)) c->bad = true; /* log of the least double, and more */
    }
    if (c->bad || !bin_cuts_make(&cuts, &t->cuts, &(struct diag){0}) || t->cuts.count != cuts.count)
        c->bad = true;
    free(cuts.at);
    t->easy_count = cursor_count(c, 8);
    t->easy = mem_alloc(t->easy_count, sizeof *t->easy);
    for (size_t i = 0; i < t->easy_count; i++) t->easy[i] = cursor_double(c);
}

static void get_shards(struct cursor *c, struct tally *t)
{
    size_t count = cursor_count(c, 20), room = 0;

    while (t->shard_count < count && !c->bad) {
        size_t files = cursor_count(c, 9);
        struct shard *s;

        t->shard = mem_grow(t->shard, &room, t->shard_count + 1, sizeof *t->shard);
        s = &t->shard[t->shard_count++];
        *s = (struct shard){.files = mem_alloc(files, sizeof *s->files),
                            .identity = mem_alloc(files, sizeof *s->identity),
                            .file_count = files};
        for (size_t k = 0; k < files; k++) {
            s->files[k] = get_text(c);
            s->identity[k] = cursor_little(c, 8);
        }
        s->index = (uint32_t)cursor_varint(c);
        s->of = (uint32_t)cursor_varint(c);
        s->rows = cursor_varint(c);
        s->fingerprint = cursor_little(c, 8);
        if (!files || (t->shard_count > 1 && shard_compare(s - 1, s) > 0)) c->bad = true;
    }
    if (!t->shard_count) c->bad = true;
}

static bool seen_before(const uint64_t a[2], const uint64_t b[2])
{
    return a[0] != b[0] ? a[0] < b[0] : a[1] < b[1];
}

static void get_groups(struct cursor *c, struct tally *t)
{
    struct facts *f = &t->facts;
    size_t count = cursor_count(c, 14), room = 0, order_room = 0;
    struct string_table names = {0};
    struct string key = {0};

    while (f->group_count < count && !c->bad) {
        struct group *g;
        bool fresh;

        f->groups = mem_grow(f->groups, &room, f->group_count + 1, sizeof *f->groups);
        f->group_order = mem_grow(f->group_order, &order_room, f->group_count + 1, sizeof *f->group_order);
        f->group_order[f->group_count] = (uint32_t)f->group_count;
        g = &f->groups[f->group_count++];
        *g = (struct group){.name = get_text(c)};
        if (f->clustered) g->cluster = get_text(c);
        g->seen[0] = cursor_varint(c);
        g->seen[1] = cursor_varint(c);
        get_counts(c, &g->counts);
        if (g->seen[0] >> 32 >= t->shard_count || (f->group_count > 1 && seen_before(g->seen, g[-1].seen)))
            c->bad = true;
        key.size = 0;
        group_key(g, &key);
        string_table_put(&names, key.text, key.size, &fresh);
        if (!fresh) c->bad = true;
    }
    string_table_free(&names);
    string_free(&key);
    if (!facts_are_keyed(f) && f->group_count > 1) c->bad = true;
}

static bool get_head(struct cursor *c, struct tally *t, bool *known)
{
    free(get_text(c)); /* the program */
    get_flags(c, &t->facts, known);
    get_columns(c, &t->facts);
    get_counts(c, &t->facts.counts);
    get_cuts(c, t);
    if (c->bad || (*known && !columns_fit(&t->facts))) return false;
    get_shards(c, t);
    if (!c->bad) get_groups(c, t);
    if (*known) facts_set_parts(&t->facts);
    return !c->bad && c->at == c->end && (*known || !t->facts.group_count);
}

/* Head and body, whose checksums are right. */
static bool decode(struct cursor head, struct cursor body, struct tally *t)
{
    struct moment_table sums = {0};
    struct kept_rows kept = {0};
    bool known;

    if (!get_head(&head, t, &known)) return false;
    sums.weighted = kept.weighted = t->facts.weighted;
    if (!state_body_read(&body, t, &sums, &kept)) {
        moment_table_free(&sums);
        kept_rows_free(&kept);
        return false;
    }
    shards_name_files(t);
    return tally_take(t, &sums, &kept);
}

/* What stands before head and body. */
struct prefix {
    uint64_t version, head_crc, head_size, body_size, crc;
    bool whole;
};

static struct prefix get_prefix(const char *bytes, size_t size)
{
    struct cursor c = {(const unsigned char *)bytes + STATE_MAGIC_SIZE, (const unsigned char *)bytes + size,
                       false};
    struct prefix p = {.version = cursor_little(&c, 4)};

    p.head_crc = cursor_little(&c, 4);
    p.head_size = cursor_little(&c, 8);
    p.body_size = cursor_little(&c, 8);
    p.crc = cursor_little(&c, 4);
    p.whole = !c.bad;
    return p;
}

uint64_t state_size(const char *bytes, size_t size)
{
    struct prefix p;

    if (!state_begins(bytes, size)) return size;
    p = get_prefix(bytes, size);
    if (!p.whole || p.crc != crc32c(0, bytes, STATE_PREFIX - 4)) return size;
    if (p.head_size > UINT64_MAX / 4 || p.body_size > UINT64_MAX / 4) return UINT64_MAX;
    return STATE_PREFIX + p.head_size + p.body_size + 4;
}

bool state_read(const char *bytes, size_t size, size_t *used, struct tally *out, struct diag *d)
{
    const unsigned char *start = (const unsigned char *)bytes;
    struct cursor head, body, c;
    struct prefix p;

    *out = (struct tally){0};
    if (!state_begins(bytes, size))
        return diag_fail(d, STATUS_DATA, "it is no state of losscope: --state or --state-only writes one");
    p = get_prefix(bytes, size);
    if (size >= STATE_MAGIC_SIZE + 4 && p.version != STATE_VERSION)
        return diag_fail(d, STATUS_DATA, "a state of version %llu, which this losscope does not read",
                         (unsigned long long)p.version);
    if (!p.whole) return diag_fail(d, STATUS_DATA, "the state is cut off");
    if (p.crc != crc32c(0, bytes, STATE_PREFIX - 4)) return diag_fail(d, STATUS_DATA, "the state is damaged");
    if (state_size(bytes, size) > size) return diag_fail(d, STATUS_DATA, "the state is cut off");
    *used = (size_t)state_size(bytes, size);
    head = (struct cursor){start + STATE_PREFIX, start + STATE_PREFIX + p.head_size, false};
    body = (struct cursor){head.end, head.end + p.body_size, false};
    c = (struct cursor){body.end, body.end + 4, false};
    if (p.head_crc != crc32c(0, head.at, p.head_size) || cursor_little(&c, 4) != crc32c(0, bytes, *used - 4))
        return diag_fail(d, STATUS_DATA, "the state is damaged: its checksum does not match");
    if (decode(head, body, out)) return true;
    tally_free(out);
    return diag_fail(d, STATUS_DATA, "the state is damaged: its numbers do not fit together");
}
