/* string_table.c: texts to numbers, by open addressing */
#include "base/string_table.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Where the text stands, or the free slot where it would. */
static size_t place(const struct string_table *m, const char *text, size_t size)
{
    size_t i = (size_t)hash_text(text, size) & (m->slots - 1);

    while (m->slot[i]) {
        const struct key *k = &m->key[m->slot[i] - 1];

        if (k->size == size && memcmp(k->text, text, size) == 0) break;
        i = (i + 1) & (m->slots - 1);
    }
    return i;
}

static void widen(struct string_table *m)
{
    free(m->slot);
    m->slots = m->slots ? 2 * m->slots : 64;
    m->slot = mem_alloc(m->slots, sizeof *m->slot);
    for (size_t i = 0; i < m->count; i++) m->slot[place(m, m->key[i].text, m->key[i].size)] = (uint32_t)i + 1;
}

ptrdiff_t string_table_find(const struct string_table *m, const char *text, size_t size)
{
    return m->slots ? (ptrdiff_t)m->slot[place(m, text, size)] - 1 : STRING_TABLE_NONE;
}

size_t string_table_put(struct string_table *m, const char *text, size_t size, bool *fresh)
{
    size_t i;

    if (2 * (m->count + 1) > m->slots) widen(m);
    i = place(m, text, size);
    *fresh = m->slot[i] == 0;
    if (*fresh) {
        m->key = mem_grow(m->key, &m->room, m->count + 1, sizeof *m->key);
        m->key[m->count] = (struct key){mem_copy(text, size), size};
        m->slot[i] = (uint32_t)++m->count;
    }
    return m->slot[i] - 1;
}

void string_table_free(struct string_table *m)
{
    for (size_t i = 0; i < m->count; i++) free(m->key[i].text);
    free(m->key);
    free(m->slot);
    *m = (struct string_table){0};
}
