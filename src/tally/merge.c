/* merge.c: many tallies added up */
#include "base/string_table.h"
#include "tally/tally.h"

#include <assert.h>
#include <stdlib.h>

/* Groups by name; a group's `seen` begins with its shard's number in the merger, until the end. */
struct merger_groups {
    struct string_table names;
    struct group *group; /* [names.count], names empty until the end */
    size_t room;
};

static bool seen_before(const struct merger *m, const uint64_t a[2], const uint64_t b[2])
{
    const struct shard *x = &m->sum.shard[a[0] >> 32], *y = &m->sum.shard[b[0] >> 32];
    int order = x == y ? 0 : shard_compare(x, y);

    if (order) return order < 0;
    return a[0] != b[0] ? a[0] < b[0] : a[1] < b[1];
}

static bool refuse_shard(const struct shard *a, const struct shard *b, struct diag *d)
{
    return diag_fail(d, STATUS_DATA,
                     "the same data twice: %s and %s hold the same %llu row%s; --allow-repeated counts both",
                     a->file_count ? a->files[0] : "-", b->file_count ? b->files[0] : "-",
                     (unsigned long long)b->rows, b->rows == 1 ? "" : "s");
}

/* A part of a file, or all of it, as a message names it. */
static void name_part(const struct shard *s, size_t file, struct string *out)
{
    if (s->of) string_printf(out, "shard %u/%u of ", s->index, s->of);
    string_printf(out, "%s", s->files[file]);
}

static bool refuse_file(const struct shard *a, uint64_t identity, const struct shard *b, size_t file,
                        struct diag *d)
{
    struct string one = {0}, other = {0};
    size_t k = 0;

    while (a->identity[k] != identity) k++;
    name_part(a, k, &one);
    name_part(b, file, &other);
    diag_fail(d, STATUS_DATA,
              "the same data twice: %s and %s have rows in common; --allow-repeated counts both", one.text,
              other.text);
    string_free(&one);
    string_free(&other);
    return false;
}

/* The files of shard i of the sum; refuses one that a shard before `before` has read: all of it, or another
   kind of part of it. */
static bool take_files(struct merger *m, size_t i, size_t before, struct diag *d)
{
    const struct shard *own = &m->sum.shard[i];

    for (size_t k = 0; k < own->file_count; k++) {
        struct hash_slot *slot = own->identity[k] && own->rows ? hash_at(&m->files, own->identity[k]) : NULL;
        const struct shard *other;

        if (!slot) continue;
        other = slot->item && slot->item <= before ? &m->sum.shard[slot->item - 1] : NULL;
        if (other && !m->repeated && (!own->of || own->of != other->of))
            return refuse_file(other, own->identity[k], own, k, d);
        slot->item = (uint32_t)i + 1;
    }
    return true;
}

static void shard_copy(const struct shard *from, struct shard *to)
{
    *to = *from;
    to->files = mem_alloc(from->file_count, sizeof *to->files);
    to->identity = mem_alloc(from->file_count, sizeof *to->identity);
    for (size_t k = 0; k < from->file_count; k++) {
        to->files[k] = mem_copy(from->files[k], strlen(from->files[k]));
        to->identity[k] = from->identity[k];
    }
}

/* The shards of t go behind those that are there; refuses one that is there already. */
static bool take_shards(struct merger *m, const struct tally *t, struct diag *d)
{
    struct tally *sum = &m->sum;
    size_t before = sum->shard_count; /* what t has twice was allowed when it was made */

    for (size_t i = 0; i < t->shard_count; i++) {
        const struct shard *from = &t->shard[i];
        struct hash_slot *slot = from->rows ? hash_at(&m->shards, from->fingerprint) : NULL;

        if (slot && slot->item && slot->item <= before && !m->repeated)
            return refuse_shard(&sum->shard[slot->item - 1], from, d);
        sum->shard = mem_grow(sum->shard, &m->shard_room, sum->shard_count + 1, sizeof *sum->shard);
        shard_copy(from, &sum->shard[sum->shard_count++]);
        if (slot) slot->item = (uint32_t)sum->shard_count;
        if (!take_files(m, sum->shard_count - 1, before, d)) return false;
    }
    return true;
}

/* Adds t's groups; group_of[g] becomes the merger's number of t's group g. */
static void take_groups(struct merger *m, const struct tally *t, uint64_t first_shard, uint64_t *group_of)
{
    struct merger_groups *g = m->groups;
    struct string key = {0};

    for (size_t i = 0; i < t->facts.group_count; i++) {
        const struct group *from = &t->facts.groups[i];
        uint64_t seen[2] = {from->seen[0] + (first_shard << 32), from->seen[1]};
        bool fresh;
        size_t k;

        key.size = 0;
        group_key(from, &key);
        k = string_table_put(&g->names, key.text, key.size, &fresh);
        g->group = mem_grow(g->group, &g->room, k + 1, sizeof *g->group);
        if (fresh) g->group[k] = (struct group){0};
        if (fresh || seen_before(m, seen, g->group[k].seen)) memcpy(g->group[k].seen, seen, sizeof seen);
        counts_add(&g->group[k].counts, &from->counts);
        group_of[i] = k;
    }
    string_free(&key);
}

/* Whether two notes say the same; examples of what there is instead, behind a semicolon, may differ. */
static bool note_equal(const char *a, const char *b)
{
    size_t size = strcspn(a, ";");

    return size == strcspn(b, ";") && memcmp(a, b, size) == 0;
}

/* Notes say what no row has, or how all were read: those that all tallies have hold of the sum, in the words
   of the first in order. shard: the first of t's. */
static void take_notes(struct merger *m, const struct tally *t, size_t shard)
{
    struct facts *f = &m->sum.facts;
    const struct shard *all = m->sum.shard;
    bool is_first;
    size_t kept = 0;

    f->first_class |= t->facts.first_class;
    if (t->facts.counts.rows == t->facts.counts.blank) return;
    is_first = m->noted && shard_compare(&all[shard], &all[m->noted_first]) < 0;
    if (is_first || !m->noted) m->noted_first = shard;
    for (size_t i = 0; i < t->facts.notes; i++)
        if (strcmp(t->facts.note[i], NOTE_NO_FIRST_CLASS) == 0)
            m->from_one = true;
        else if (!m->noted)
            facts_note(f, "%s", t->facts.note[i]);
    m->noted = true;
    for (size_t i = 0; i < f->notes; i++) {
        size_t k = 0;

        while (k < t->facts.notes && !note_equal(t->facts.note[k], f->note[i])) k++;
        if (k < t->facts.notes && !is_first) {
            f->note[kept++] = f->note[i];
            continue;
        }
        free(f->note[i]);
        if (k < t->facts.notes) f->note[kept++] = mem_copy(t->facts.note[k], strlen(t->facts.note[k]));
    }
    f->notes = kept;
}

/* Whether a row's bin has too many for it to be kept: one of its cells has. */
static bool is_stale(const void *context, const struct kept_row *r)
{
    struct merger *m = (struct merger *)(uintptr_t)context;
    cell_key key = key_of(r->part, place_search(&m->sum.cuts, r->tail), LEVEL_ZERO);

    return m->cells.cell[moment_table_at(&m->cells, key)].count > KEPT_BIN;
}

static bool take_cells(struct merger *m, const struct tally *t, const uint64_t *group_of)
{
    m->kept.stale = t->square ? NULL : is_stale;
    m->kept.context = m;
    return tally_put_cells(t, group_of, &m->cells, &m->kept);
}

bool merger_add(struct merger *m, const struct tally *t, struct diag *d)
{
    struct tally *sum = &m->sum;
    size_t first = sum->shard_count;
    uint64_t *group_of;
    bool fits;

    assert(t->shard_count);
    if (!m->groups) {
        m->groups = mem_alloc(1, sizeof *m->groups);
        bin_cuts_copy(&t->cuts, &sum->cuts);
        sum->easy = mem_alloc(t->easy_count, sizeof *sum->easy);
        if (t->easy_count) memcpy(sum->easy, t->easy, t->easy_count * sizeof *sum->easy);
        sum->easy_count = t->easy_count;
    }
    if (!bin_cuts_equal(&sum->cuts, &t->cuts))
        return diag_fail(d, STATUS_DATA, "its thresholds (--easy, and those of its figures) differ");
    if (t->facts.parts && sum->facts.parts && !facts_bind(&sum->facts, &t->facts, d)) return false;
    if (!take_shards(m, t, d)) return false;
    if (t->facts.parts &&
        (!sum->facts.parts || shard_compare(&sum->shard[first], &sum->shard[m->first]) < 0)) {
        struct facts old = sum->facts;

        facts_copy(&t->facts, &sum->facts); /* the first shard's names are those of the whole */
        sum->facts.counts = old.counts;
        sum->facts.first_class = old.first_class;
        sum->facts.note = old.note;
        sum->facts.notes = old.notes;
        old.note = NULL;
        old.notes = 0;
        facts_free(&old);
        m->first = first;
    }
    counts_add(&sum->facts.counts, &t->facts.counts);
    take_notes(m, t, first);
    group_of = mem_alloc(t->facts.group_count, sizeof *group_of);
    take_groups(m, t, first, group_of);
    fits = take_cells(m, t, group_of);
    free(group_of);
    return fits || diag_fail(d, STATUS_DATA, "the sums grow beyond what a tally holds");
}

static int by_shard(const void *a, const void *b)
{
    const struct shard *const *x = a, *const *y = b;
    int order = shard_compare(*x, *y);

    return order ? order : *x < *y ? -1 : *x > *y;
}

void shards_name_files(struct tally *t)
{
    size_t files = 0;

    for (size_t i = 0; i < t->shard_count; i++) files += t->shard[i].file_count;
    facts_name_files(&t->facts, files);
    for (size_t i = 0; i < t->shard_count; i++) {
        const struct shard *s = &t->shard[i];

        if (i && s->of && s->of == s[-1].of && strcmp(s->files[0], s[-1].files[0]) == 0) continue;
        for (size_t k = 0; k < s->file_count; k++)
            t->facts.files[t->facts.file_count++] = mem_copy(s->files[k], strlen(s->files[k]));
    }
}

/* Sorts the shards; rank[i] is where shard i of the merger comes to stand. */
static uint64_t *shards_in_order(struct tally *sum)
{
    size_t n = sum->shard_count;
    struct shard **order = mem_alloc(n, sizeof(struct shard *)), *sorted = mem_alloc(n, sizeof *sorted);
    uint64_t *rank = mem_alloc(n, sizeof *rank);

    for (size_t i = 0; i < n; i++) order[i] = &sum->shard[i];
    if (n) qsort(order, n, sizeof(struct shard *), by_shard);
    for (size_t i = 0; i < n; i++) {
        rank[order[i] - sum->shard] = i;
        sorted[i] = *order[i];
    }
    free(order);
    free(sum->shard);
    sum->shard = sorted;
    shards_name_files(sum);
    return rank;
}

static int by_seen(const void *a, const void *b)
{
    const struct group *x = *(const struct group *const *)a, *y = *(const struct group *const *)b;

    for (int i = 0; i < 2; i++)
        if (x->seen[i] != y->seen[i]) return x->seen[i] < y->seen[i] ? -1 : 1;
    return 0;
}

static void groups_finish(struct merger_groups *g, const uint64_t *rank, struct facts *f)
{
    size_t n = g->names.count;
    struct group **order = mem_alloc(n, sizeof(struct group *));

    for (size_t i = 0; i < n; i++) {
        group_take_key(&g->group[i], g->names.key[i].text, g->names.key[i].size, f->clustered);
        g->group[i].seen[0] = rank[g->group[i].seen[0] >> 32] << 32 | (g->group[i].seen[0] & UINT32_MAX);
        order[i] = &g->group[i];
    }
    if (n) qsort(order, n, sizeof(struct group *), by_seen);
    f->group_order = mem_alloc(n, sizeof *f->group_order);
    for (size_t i = 0; i < n; i++) f->group_order[i] = (uint32_t)(order[i] - g->group);
    free(order);
    f->groups = g->group;
    f->group_count = n;
    g->group = NULL;
}

void merger_finish(struct merger *m, struct tally *out)
{
    uint64_t *rank = shards_in_order(&m->sum);

    if (m->from_one && !m->sum.facts.first_class) facts_note(&m->sum.facts, "%s", NOTE_NO_FIRST_CLASS);
    if (m->groups) groups_finish(m->groups, rank, &m->sum.facts);
    free(rank);
    m->kept.stale = NULL; /* the table goes */
    tally_take(&m->sum, &m->cells, &m->kept);
    *out = m->sum;
    m->sum = (struct tally){0};
    merger_free(m);
}

void merger_free(struct merger *m)
{
    tally_free(&m->sum);
    moment_table_free(&m->cells);
    kept_rows_free(&m->kept);
    hash_free(&m->shards);
    hash_free(&m->files);
    if (m->groups) {
        string_table_free(&m->groups->names);
        free(m->groups->group);
    }
    free(m->groups);
    *m = (struct merger){.repeated = m->repeated};
}

bool tally_add(struct tally *to, const struct tally *from, struct diag *d)
{
    struct merger m = {0};

    if (!merger_add(&m, to, d) || !merger_add(&m, from, d)) {
        merger_free(&m);
        return false;
    }
    tally_free(to);
    merger_finish(&m, to);
    return true;
}
