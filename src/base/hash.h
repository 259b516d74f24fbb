/* hash.h: the hash of 64-bit keys and of texts, and an index of numbered items by such keys (open
   addressing) */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Every bit of the key changes about half of the bits (the finalizer of MurmurHash3). */
static inline uint64_t hash_mix(uint64_t x)
{
    x = (x ^ x >> 33) * 0xff51afd7ed558ccdu;
    x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53u;
    return x ^ x >> 33;
}

/* Of a text, eight bytes at a time. */
static inline uint64_t hash_text(const char *text, size_t size)
{
    uint64_t hash = size, word;

    for (; size >= sizeof word; size -= sizeof word, text += sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = hash_mix(hash ^ word);
    }
    word = 0;
    if (size) memcpy(&word, text, size);
    return hash_mix(hash ^ word);
}

/* Zero-initialise. */
struct hash_index {
    struct hash_slot {
        uint64_t key;
        uint32_t item; /* 1 + the item's number; 0: the slot is free */
    } * slot;
    size_t slots, count; /* slots: a power of two, 0 before the first key */
};

/* The slot of that key. Where the key is new, item is 0: the caller sets it, before the next call. */
struct hash_slot *hash_at(struct hash_index *h, uint64_t key);
void hash_free(struct hash_index *h);

/* Brings the slot of a key into the cache. */
static inline void hash_prefetch(const struct hash_index *h, uint64_t key)
{
    if (h->slots) __builtin_prefetch(&h->slot[hash_mix(key) & (h->slots - 1)]);
}

#endif
