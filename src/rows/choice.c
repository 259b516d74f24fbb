/* choice.c: the highest or lowest of many rows: a heap for each group, the worst row kept on top */
#include "rows/choice.h"

#include <stdlib.h>
#include <string.h>

void choice_open(struct choice *c, uint64_t most, bool per_group, bool lowest)
{
    *c = (struct choice){.most = most, .per_group = per_group, .lowest = lowest};
}

void choice_close(struct choice *c)
{
    for (size_t g = 0; g < c->group.count; g++) {
        for (size_t i = 0; i < c->heap[g].count; i++) free(c->heap[g].item[i].cell);
        free(c->heap[g].item);
    }
    free(c->heap);
    string_table_free(&c->group);
}

/* < 0 where a stands before b in the choice. */
static int compare(bool lowest, const struct chosen *a, const struct chosen *b)
{
    if (a->key < b->key || a->key > b->key) return (a->key > b->key) == lowest ? 1 : -1;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return a->class < b->class ? -1 : a->class > b->class;
}

static void swap(struct chosen *a, struct chosen *b)
{
    struct chosen c = *a;

    *a = *b;
    *b = c;
}

static void sift_up(const struct choice *c, struct heap *h, size_t i)
{
    for (; i && compare(c->lowest, &h->item[i], &h->item[(i - 1) / 2]) > 0; i = (i - 1) / 2)
        swap(&h->item[i], &h->item[(i - 1) / 2]);
}

static void sift_down(const struct choice *c, struct heap *h)
{
    for (size_t i = 0;;) {
        size_t last = i;

        for (size_t k = 2 * i + 1; k < 2 * i + 3 && k < h->count; k++)
            if (compare(c->lowest, &h->item[k], &h->item[last]) > 0) last = k;
        if (last == i) return;
        swap(&h->item[i], &h->item[last]);
        i = last;
    }
}

static void put(const struct choice *c, struct heap *h, const struct chosen *row)
{
    if (c->most && h->count == c->most) {
        free(h->item[0].cell);
        h->item[0] = *row;
        sift_down(c, h);
        return;
    }
    h->item = mem_grow(h->item, &h->room, h->count + 1, sizeof *h->item);
    h->item[h->count++] = *row;
    sift_up(c, h, h->count - 1);
}

static bool wants(const struct choice *c, const struct heap *h, const struct chosen *row)
{
    return !c->most || h->count < c->most || compare(c->lowest, row, &h->item[0]) < 0;
}

static size_t group_place(struct choice *c, const char *group, size_t size)
{
    bool fresh;
    size_t place = string_table_put(&c->group, group, c->per_group ? size : 0, &fresh);

    c->heap = mem_grow(c->heap, &c->heap_room, place + 1, sizeof *c->heap);
    if (fresh) c->heap[place] = (struct heap){0};
    return place;
}

bool choice_wants(struct choice *c, const char *group, size_t size, double key, uint64_t row, size_t class,
                  size_t *place)
{
    *place = group_place(c, group, size);
    return wants(c, &c->heap[*place], &(struct chosen){.key = key, .row = row, .class = class});
}

void choice_take(struct choice *c, size_t place, const struct chosen *row, size_t cells, size_t texts)
{
    struct chosen own = *row;
    size_t bytes = 0;
    char *text;

    for (size_t i = 0; i < texts; i++) bytes += strlen(row->cell[i].as.text) + 1;
    own.cell = mem_alloc(cells * sizeof *own.cell + bytes, 1);
    memcpy(own.cell, row->cell, cells * sizeof *own.cell);
    text = (char *)(own.cell + cells);
    for (size_t i = 0; i < texts; i++) {
        size_t size = strlen(row->cell[i].as.text) + 1;

        memcpy(text, row->cell[i].as.text, size);
        own.cell[i] = value_text(text);
        text += size;
    }
    put(c, &c->heap[place], &own);
}

void choice_merge(struct choice *into, struct choice *from)
{
    for (size_t g = 0; g < from->group.count; g++) {
        size_t place = group_place(into, from->group.key[g].text, from->group.key[g].size);
        struct heap *h = &from->heap[g];

        for (size_t i = 0; i < h->count; i++)
            if (wants(into, &into->heap[place], &h->item[i]))
                put(into, &into->heap[place], &h->item[i]);
            else
                free(h->item[i].cell);
        h->count = 0;
    }
}

static int highest_first(const void *a, const void *b)
{
    return compare(false, a, b);
}

static int lowest_first(const void *a, const void *b)
{
    return compare(true, a, b);
}

struct chosen *choice_sorted(const struct choice *c, uint64_t most, size_t *count)
{
    struct chosen *out;
    size_t n = 0;

    for (size_t g = 0; g < c->group.count; g++) n += c->heap[g].count;
    out = mem_alloc(n + 1, sizeof *out);
    n = 0;
    for (size_t g = 0; g < c->group.count; g++)
        for (size_t i = 0; i < c->heap[g].count; i++) out[n++] = c->heap[g].item[i];
    qsort(out, n, sizeof *out, c->lowest ? lowest_first : highest_first);
    *count = most && n > most ? (size_t)most : n;
    return out;
}
