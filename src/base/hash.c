/* hash.c: an index of numbered items by 64-bit keys */
#include "base/hash.h"

#include "base/memory.h"

#include <stdlib.h>

static struct hash_slot *slot_of(struct hash_index *h, uint64_t key)
{
    size_t i = hash_mix(key) & (h->slots - 1);

    while (h->slot[i].item && h->slot[i].key != key) i = (i + 1) & (h->slots - 1);
    return &h->slot[i];
}

static void widen(struct hash_index *h)
{
    struct hash_index wide = {.slots = h->slots ? 2 * h->slots : 1024, .count = h->count};

    wide.slot = mem_alloc(wide.slots, sizeof *wide.slot);
    for (size_t i = 0; i < h->slots; i++)
        if (h->slot[i].item) *slot_of(&wide, h->slot[i].key) = h->slot[i];
    free(h->slot);
    *h = wide;
}

struct hash_slot *hash_at(struct hash_index *h, uint64_t key)
{
    struct hash_slot *s;

    if (3 * (h->count + 1) > 2 * h->slots) widen(h);
    s = slot_of(h, key);
    if (!s->item) {
        s->key = key;
        h->count++;
    }
    return s;
}

void hash_free(struct hash_index *h)
{
    free(h->slot);
    *h = (struct hash_index){0};
}
