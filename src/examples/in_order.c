/* in_order.c: the examples of a batch, which come in any order, by its rows */
#include "examples/in_order.h"

#include <stdlib.h>
#include <string.h>

void in_order_take(struct in_order *o, const struct examples *e)
{
    o->example = mem_grow(o->example, &o->room, o->count + e->n, sizeof *o->example);
    for (size_t i = 0; i < e->n; i++)
        o->example[o->count++] = (struct row_example){(uint32_t)(e->first_row + (e->row ? e->row[i] : i)),
                                                      e->part[i],
                                                      e->group ? e->group[i] : 0,
                                                      e->tail[i],
                                                      e->rest ? e->rest[i] : 0,
                                                      e->weight ? e->weight[i] : 1};
}

void in_order_settle(struct in_order *o, const struct batch *b)
{
    size_t rows = (size_t)b->rows;

    o->begin = mem_grow(o->begin, &o->begin_room, rows + 2, sizeof *o->begin);
    o->order = mem_grow(o->order, &o->order_room, o->count + 1, sizeof *o->order);
    memset(o->begin, 0, (rows + 2) * sizeof *o->begin);
    for (size_t i = 0; i < o->count; i++) {
        o->example[i].row -= (uint32_t)b->row;
        o->begin[o->example[i].row + 2]++;
    }
    for (size_t i = 2; i < rows + 2; i++) o->begin[i] += o->begin[i - 1];
    for (size_t i = 0; i < o->count; i++) o->order[o->begin[o->example[i].row + 1]++] = (uint32_t)i;
}

void in_order_free(struct in_order *o)
{
    free(o->example);
    free(o->begin);
    free(o->order);
    *o = (struct in_order){0};
}
