/* tally.c: a tally as a value: its order, what it is known by, comparing and freeing */
#include "tally/tally.h"

#include "base/sort.h"
#include "base/string_table.h"
#include "base/text.h"
#include "read/identity.h"

#include <limits.h>
#include <stdlib.h>

/* Puts facts.groups in first-seen order, and the parts of cells and rows with them. */
static void groups_in_order(struct facts *f, struct moment_table *sums, struct kept_rows *kept)
{
    struct group *groups = mem_alloc(f->group_count, sizeof *groups);
    uint64_t *rank = mem_alloc(f->group_count, sizeof *rank);

    for (size_t i = 0; i < f->group_count; i++) {
        groups[i] = f->groups[f->group_order[i]];
        rank[f->group_order[i]] = i;
    }
    for (size_t i = 0; i < f->group_count; i++) f->group_order[i] = (uint32_t)i;
    free(f->groups);
    f->groups = groups;
    for (size_t i = 0; i < sums->count; i++) {
        cell_key key = sums->cell[i].key;
        uint64_t part = key_part(key);

        sums->cell[i].key = key_of(rank[part / f->parts] * f->parts + part % f->parts, key_place(key),
                                   (uint32_t)(key_level(key) + LEVEL_ZERO));
    }
    for (size_t i = 0; i < kept->count; i++) {
        uint64_t *part = &kept->row[i].part;

        *part = rank[*part / f->parts] * f->parts + *part % f->parts;
    }
    free(rank);
}

/* Moves the cells to the order of `seat`, in place: along each cycle of the permutation. */
static void permute(struct moment_table *m, struct keyed *seat)
{
    for (size_t start = 0; start < m->count; start++) {
        struct moments first = m->cell[start];
        struct square_moments square = {{0}};
        size_t to = start;

        if (m->weighted) square = m->square[start];
        while (seat[to].index != start) {
            size_t from = seat[to].index;

            m->cell[to] = m->cell[from];
            if (m->weighted) m->square[to] = m->square[from];
            seat[to].index = (uint32_t)to;
            to = from;
        }
        m->cell[to] = first;
        if (m->weighted) m->square[to] = square;
        seat[to].index = (uint32_t)to;
    }
}

static void cells_in_order(const struct bin_cuts *cuts, struct moment_table *m)
{
    struct keyed *seat = mem_alloc(m->count, sizeof *seat);

    for (size_t i = 0; i < m->count; i++)
        seat[i] = (struct keyed){key_order(cuts, m->cell[i].key), (uint32_t)i};
    sort_keyed(seat, m->count);
    permute(m, seat);
    free(seat);
}

static int top_level(const struct tally *t)
{
    int top = INT_MIN;

    for (size_t i = 0; i < t->count; i++)
        if (!place_is_aside(key_place(t->cell[i].key)) && key_level(t->cell[i].key) > top)
            top = key_level(t->cell[i].key);
    return top > INT_MIN ? top : 0;
}

bool tally_take(struct tally *t, struct moment_table *sums, struct kept_rows *kept)
{
    size_t groups = t->facts.group_count;
    bool complete, sorted = sums->sorted;

    hash_free(&sums->index);
    if (t->facts.parts && t->facts.group_order) groups_in_order(&t->facts, sums, kept);
    if (!sorted) cells_in_order(&t->cuts, sums);
    t->cell = mem_resize(sums->cell, sums->count, sizeof *t->cell);
    t->square = sums->weighted ? mem_resize(sums->square, sums->count, sizeof *t->square) : NULL;
    t->count = sums->count;
    t->top_level = top_level(t);
    *sums = (struct moment_table){0};
    t->group_first = mem_alloc(groups + 1, sizeof *t->group_first);
    for (size_t g = 0, i = 0; g <= groups; g++) {
        while (i < t->count && key_part(t->cell[i].key) / t->facts.parts < g) i++;
        t->group_first[g] = i;
    }
    t->group_first[groups] = t->count;
    complete = sorted ? kept_rows_are_settled(kept, &t->cuts, t->cell, t->count)
                      : kept_rows_settle(kept, &t->cuts, t->cell, t->count);
    t->kept = *kept;
    *kept = (struct kept_rows){0};
    return complete;
}

static uint64_t hash_bytes(uint64_t h, const void *bytes, size_t size)
{
    const unsigned char *c = bytes;
    uint64_t word;

    for (; size >= sizeof word; c += sizeof word, size -= sizeof word) {
        memcpy(&word, c, sizeof word);
        h = hash_mix(h ^ word);
    }
    for (; size; c++, size--) h = hash_mix(h ^ *c);
    return h;
}

/* Of each cell by itself, then added: so that the order of the groups is not in it. */
static uint64_t fingerprint(const struct tally *t, uint32_t index, uint32_t of)
{
    const struct facts *f = &t->facts;
    const struct counts *n = &f->counts;
    uint64_t count[] = {n->rows,    n->examples, n->positives,   n->negatives, n->ignored, n->bad, n->blank,
                        n->clamped, n->clipped,  n->zero_weight, f->parts,     t->count,   index,  of},
             sum = hash_bytes(0, count, sizeof count), group = 0;

    for (size_t i = 0, g = 0; i < t->count; i++) {
        uint64_t head[] = {key_part(t->cell[i].key) % f->parts, key_place(t->cell[i].key),
                           (uint64_t)key_level(t->cell[i].key), t->cell[i].count},
                 h;

        for (; i == t->group_first[g] || i >= t->group_first[g + 1]; g++) {
            const char *name = f->groups && f->groups[g].name ? f->groups[g].name : "";

            group = hash_bytes(1, name, strlen(name));
            if (f->clustered) group = hash_bytes(group, f->groups[g].cluster, strlen(f->groups[g].cluster));
            if (i < t->group_first[g + 1]) break;
        }
        h = hash_bytes(group, head, sizeof head);
        h = hash_bytes(h, t->cell[i].sum, sizeof t->cell[i].sum);
        sum += t->square ? hash_bytes(h, t->square[i].sum, sizeof t->square[i].sum) : h;
    }
    return hash_mix(sum);
}

/* Of the same bytes read otherwise (another model's column) it is another. */
static bool identity_as_read(const char *file, const struct facts *f, uint64_t labels, uint64_t *h,
                             struct diag *d)
{
    if (!file_identity(file, h, d)) return false;
    if (!*h) return true;
    *h = hash_mix(*h ^ labels);
    *h = hash_bytes(*h, f->score.text, f->score.size);
    *h = hash_bytes(*h, f->label.text, f->label.size);
    return true;
}

bool tally_identify(struct tally *t, uint32_t index, uint32_t of, const char *labels, struct diag *d)
{
    const struct facts *f = &t->facts;
    uint64_t labels_identity = 0;
    bool ok = !labels || file_identity(labels, &labels_identity, d);
    struct shard s = {.file_count = f->file_count,
                      .index = index,
                      .of = of,
                      .rows = f->counts.rows,
                      .fingerprint = fingerprint(t, index, of)};

    s.files = mem_alloc(s.file_count, sizeof *s.files);
    s.identity = mem_alloc(s.file_count, sizeof *s.identity);
    for (size_t i = 0; i < s.file_count; i++) {
        s.files[i] = mem_copy(f->files[i], strlen(f->files[i]));
        ok = ok && identity_as_read(f->files[i], f, labels_identity, &s.identity[i], d);
    }
    t->shard = mem_alloc(1, sizeof *t->shard);
    t->shard[0] = s;
    t->shard_count = 1;
    return ok;
}

int shard_compare(const struct shard *a, const struct shard *b)
{
    int names;

    if (!a->file_count || !b->file_count) return (a->file_count > 0) - (b->file_count > 0);
    names = text_compare(a->files[0], b->files[0]);
    if (names) return names;
    if (a->index != b->index) return a->index < b->index ? -1 : 1;
    return a->fingerprint < b->fingerprint ? -1 : a->fingerprint > b->fingerprint;
}

bool tally_equal(const struct tally *a, const struct tally *b)
{
    if (!bin_cuts_equal(&a->cuts, &b->cuts) || a->count != b->count || !a->square != !b->square ||
        memcmp(&a->facts.counts, &b->facts.counts, sizeof a->facts.counts) != 0 ||
        a->facts.group_count != b->facts.group_count)
        return false;
    for (size_t g = 0; g < a->facts.group_count; g++) {
        const struct group *x = &a->facts.groups[g], *y = &b->facts.groups[g];

        if (strcmp(x->name, y->name) != 0 || !x->cluster != !y->cluster ||
            (x->cluster && strcmp(x->cluster, y->cluster) != 0) ||
            memcmp(&x->counts, &y->counts, sizeof x->counts) != 0)
            return false;
    }
    for (size_t i = 0; i < a->count; i++)
        if (memcmp(&a->cell[i], &b->cell[i], sizeof *a->cell) != 0 ||
            (a->square && memcmp(&a->square[i], &b->square[i], sizeof *a->square) != 0))
            return false;
    return a->kept.count == b->kept.count &&
           (!a->kept.count || memcmp(a->kept.row, b->kept.row, a->kept.count * sizeof *a->kept.row) == 0);
}

bool tally_put_cells(const struct tally *t, const uint64_t *group_of, struct moment_table *sums,
                     struct kept_rows *kept)
{
    size_t parts = t->facts.parts, row = 0;

    sums->weighted = kept->weighted = t->square != NULL;
    for (size_t i = 0; i < t->count; i++) {
        cell_key key = t->cell[i].key;
        uint64_t group = group_of ? group_of[key_part(key) / parts] : 0,
                 part = group * parts + key_part(key) % parts;
        const struct moments *sum;
        size_t at = row;
        bool small;

        if (part >> KEY_PART_BITS) return false;
        sum = moment_table_add(sums, key_of(part, key_place(key), (uint32_t)(key_level(key) + LEVEL_ZERO)),
                               &t->cell[i], t->square ? &t->square[i] : NULL);
        if (!sum) return false;
        if (place_is_aside(key_place(key))) continue;
        small = kept_rows_count(kept, part, t->cell[i].count);
        row += kept_rows_at(&t->kept, row, &t->cuts, key);
        if (!small && !sums->weighted && sum->count > KEPT_BIN) continue; /* its rows are too many */
        for (; at < row; at++) kept_rows_add(kept, part, t->kept.row[at].tail, t->kept.row[at].weight);
    }
    return true;
}

/* The cells of `from`, whose group g goes to group_of[g] (NULL: to 0), become those of `to`, whose groups and
   cuts are there. */
static void regroup(const struct tally *from, const uint64_t *group_of, struct tally *to)
{
    struct moment_table sums = {0};
    struct kept_rows kept = {0};

    tally_put_cells(from, group_of, &sums, &kept);
    tally_take(to, &sums, &kept);
}

void tally_total(const struct tally *t, struct tally *out)
{
    *out = (struct tally){0};
    out->facts.parts = t->facts.parts;
    out->facts.group_count = 1;
    bin_cuts_copy(&t->cuts, &out->cuts);
    regroup(t, NULL, out);
}

/* Adds a group to those of the same key. */
static size_t put_group(struct facts *f, struct string_table *keys, size_t *room, const struct group *g)
{
    struct string key = {0};
    bool fresh;
    size_t k;

    group_key(g, &key);
    k = string_table_put(keys, key.text, key.size, &fresh);
    f->groups = mem_grow(f->groups, room, k + 1, sizeof *f->groups);
    if (fresh) {
        f->groups[k] = (struct group){.seen = {g->seen[0], g->seen[1]}};
        group_take_key(&f->groups[k], key.text, key.size, g->cluster);
        f->group_count++;
    }
    counts_add(&f->groups[k].counts, &g->counts);
    string_free(&key);
    return k;
}

void tally_rename(struct tally *t, const char *name, bool clusters, struct tally *before)
{
    uint64_t *group_of = mem_alloc(t->facts.group_count, sizeof *group_of);
    struct string_table keys = {0};
    size_t room = 0;

    *before = (struct tally){.cell = t->cell,
                             .square = t->square,
                             .count = t->count,
                             .group_first = t->group_first,
                             .top_level = t->top_level,
                             .kept = t->kept};
    before->facts = (struct facts){.parts = t->facts.parts,
                                   .groups = t->facts.groups,
                                   .group_count = t->facts.group_count,
                                   .group_order = t->facts.group_order};
    bin_cuts_copy(&t->cuts, &before->cuts);
    t->facts.groups = NULL;
    t->facts.group_count = 0;
    for (size_t g = 0; g < before->facts.group_count; g++) {
        struct group own = before->facts.groups[g];

        if (name) own.name = (char *)(uintptr_t)name;
        if (!clusters) own.cluster = NULL;
        group_of[g] = put_group(&t->facts, &keys, &room, &own);
    }
    t->facts.group_order = mem_alloc(t->facts.group_count, sizeof *t->facts.group_order);
    for (size_t g = 0; g < t->facts.group_count; g++) t->facts.group_order[g] = (uint32_t)g;
    regroup(before, group_of, t);
    free(group_of);
    string_table_free(&keys);
}

void tally_name(struct tally *t, const char *name)
{
    struct tally before;

    if (!t->facts.parts) return; /* nothing was read */
    tally_rename(t, name, true, &before);
    t->facts.grouped = true;
    string_free(&t->facts.by);
    tally_free(&before);
}

static void shard_free(struct shard *s)
{
    for (size_t i = 0; i < s->file_count; i++) free(s->files[i]);
    free(s->files);
    free(s->identity);
}

static void clusters_free(struct clusters *c)
{
    if (!c) return;
    tally_free(&c->cells);
    free(c->part);
    free(c->first);
    free(c->by_group);
    free(c->group_first);
    free(c);
}

void tally_spend(struct tally *t)
{
    free(t->cell);
    free(t->square);
    free(t->group_first);
    kept_rows_free(&t->kept);
    t->cell = NULL;
    t->square = NULL;
    t->group_first = NULL;
    t->count = 0;
}

void tally_free(struct tally *t)
{
    tally_spend(t);
    clusters_free(t->clusters);
    facts_free(&t->facts);
    for (size_t i = 0; i < t->shard_count; i++) shard_free(&t->shard[i]);
    free(t->shard);
    bin_cuts_free(&t->cuts);
    free(t->easy);
    *t = (struct tally){0};
}
