/* moment_table.c: exact sums by key */
#include "tally/moment_table.h"

#include "base/memory.h"

#include <stdlib.h>

void moment_table_reserve(struct moment_table *m, size_t count)
{
    if (count <= m->room) return;
    m->cell = mem_resize(m->cell, count, sizeof *m->cell);
    m->room = count;
}

size_t moment_table_at(struct moment_table *m, cell_key key)
{
    struct hash_slot *s = hash_at(&m->index, key);
    size_t i = m->count;

    if (s->item) return s->item - 1;
    m->cell = mem_grow(m->cell, &m->room, i + 1, sizeof *m->cell);
    m->cell[i] = (struct moments){.key = key};
    if (m->weighted) {
        m->square = mem_grow(m->square, &m->square_room, i + 1, sizeof *m->square);
        m->square[i] = (struct square_moments){{0}};
    }
    s->item = (uint32_t)++m->count;
    return i;
}

static bool add_sums(wide_int *to, const wide_int *from)
{
    bool fits = true;

    for (int k = 0; k < TALLY_MOMENTS; k++) fits &= !__builtin_add_overflow(to[k], from[k], &to[k]);
    return fits;
}

const struct moments *moment_table_add(struct moment_table *m, cell_key key, const struct moments *cell,
                                       const struct square_moments *square)
{
    size_t i = moment_table_at(m, key);
    struct moments *to = &m->cell[i];
    bool fits = !__builtin_add_overflow(to->count, cell->count, &to->count);

    fits &= add_sums(to->sum, cell->sum);
    if (square)
        slice_weights_add(&to->slice, &cell->slice);
    else
        slice_rows_add(&to->slice, &cell->slice);
    if (square) fits &= add_sums(m->square[i].sum, square->sum);
    return fits ? to : NULL;
}

void moment_table_free(struct moment_table *m)
{
    free(m->cell);
    free(m->square);
    hash_free(&m->index);
    *m = (struct moment_table){0};
}
