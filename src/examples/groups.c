/* groups.c: the keys of groups to numbers, by several workers at once */
#include "examples/groups.h"

#include <stdlib.h>
#include <string.h>

void groups_open(struct groups *g)
{
    *g = (struct groups){0};
    pthread_mutex_init(&g->lock, NULL);
}

static bool before(const uint64_t a[2], const uint64_t b[2])
{
    return a[0] != b[0] ? a[0] < b[0] : a[1] < b[1];
}

static uint32_t enter(struct groups *g, const char *text, size_t size, const uint64_t seen[2])
{
    bool fresh;
    size_t i;

    pthread_mutex_lock(&g->lock);
    i = string_table_put(&g->keys, text, size, &fresh);
    g->group = mem_grow(g->group, &g->room, i + 1, sizeof *g->group);
    if (fresh) g->group[i] = (struct group){0};
    if (fresh || before(seen, g->group[i].seen)) memcpy(g->group[i].seen, seen, sizeof g->group[i].seen);
    pthread_mutex_unlock(&g->lock);
    return (uint32_t)i;
}

size_t group_lookup_find(struct group_lookup *f, const char *text, size_t size, uint64_t file, uint64_t seen)
{
    const uint64_t now[2] = {file, seen};
    bool fresh;
    size_t i = string_table_put(&f->keys, text, size, &fresh);

    if (!fresh && !before(now, f->seen[i])) return i;
    f->id = mem_grow(f->id, &f->id_room, i + 1, sizeof *f->id);
    f->seen = mem_grow(f->seen, &f->seen_room, i + 1, sizeof *f->seen);
    f->counts = mem_grow(f->counts, &f->counts_room, i + 1, sizeof *f->counts);
    f->id[i] = enter(f->all, text, size, now);
    memcpy(f->seen[i], now, sizeof now);
    if (fresh) f->counts[i] = (struct counts){0};
    return i;
}

void group_lookup_close(struct group_lookup *f)
{
    pthread_mutex_lock(&f->all->lock); /* others may still find groups */
    for (size_t i = 0; i < f->keys.count; i++) counts_add(&f->all->group[f->id[i]].counts, &f->counts[i]);
    pthread_mutex_unlock(&f->all->lock);
    string_table_free(&f->keys);
    free(f->id);
    free(f->seen);
    free(f->counts);
}

/* A group with its number, to be sorted. */
struct seat {
    uint64_t seen[2];
    uint32_t id;
};

static int by_seen(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;

    return before(x->seen, y->seen) ? -1 : before(y->seen, x->seen);
}

void groups_close(struct groups *g, struct facts *f)
{
    size_t n = g->keys.count;
    struct seat *seat = mem_alloc(n, sizeof *seat);

    f->group_order = mem_alloc(n, sizeof *f->group_order);
    for (size_t i = 0; i < n; i++) {
        group_take_key(&g->group[i], g->keys.key[i].text, g->keys.key[i].size, f->clustered);
        seat[i] = (struct seat){{g->group[i].seen[0], g->group[i].seen[1]}, (uint32_t)i};
    }
    if (n) qsort(seat, n, sizeof *seat, by_seen);
    for (size_t i = 0; i < n; i++) f->group_order[i] = seat[i].id;
    free(seat);
    f->groups = g->group;
    f->group_count = n;
    string_table_free(&g->keys);
    pthread_mutex_destroy(&g->lock);
}
