/* moment_table.c: exact sums by bin, in a hash table */
#include "tally/moment_table.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static size_t place(const struct cellmap *m, cell_key key)
{
    size_t i = (size_t)((key * 0x9e3779b97f4a7c15u) >> 20) & (m->slots - 1);

    while (m->slot[i] && m->cell[m->slot[i] - 1].key != key) i = (i + 1) & (m->slots - 1);
    return i;
}

static void widen(struct cellmap *m)
{
    m->slots = m->slots ? 2 * m->slots : 1024;
    free(m->slot);
    m->slot = mem_alloc(m->slots, sizeof *m->slot);
    for (size_t i = 0; i < m->count; i++) m->slot[place(m, m->cell[i].key)] = (uint32_t)(i + 1);
}

struct wide_cell *cellmap_at(struct cellmap *m, cell_key key)
{
    size_t i;
    struct wide_cell *c;

    if (2 * (m->count + 1) > m->slots) widen(m);
    i = place(m, key);
    if (m->slot[i]) return &m->cell[m->slot[i] - 1];
    m->cell = mem_grow(m->cell, &m->room, m->count + 1, sizeof *m->cell);
    c = &m->cell[m->count++];
    memset(c, 0, sizeof *c);
    c->key = key;
    m->slot[i] = (uint32_t)m->count;
    return c;
}

void cellmap_free(struct cellmap *m)
{
    free(m->cell);
    free(m->slot);
    memset(m, 0, sizeof *m);
}
