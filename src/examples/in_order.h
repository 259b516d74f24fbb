/* in_order.h: the examples of a batch, which come in any order, by its rows */
#ifndef EXAMPLES_IN_ORDER_H
#define EXAMPLES_IN_ORDER_H

#include "examples/examples.h"
#include "read/reader.h"

struct row_example {
    uint32_t row; /* from the first of its batch, once settled */
    uint32_t part, group;
    double tail, rest, weight;
};

/* What one worker has of the batch at hand. Zero-initialise; reused. */
struct in_order {
    struct row_example *example; /* [count], as they came */
    size_t count, room;
    uint32_t *begin, *order; /* the examples of row i are example[order[begin[i] … begin[i + 1])] */
    size_t begin_room, order_room;
};
/* For a sink's take: of a sink that wants rows. */
void in_order_take(struct in_order *o, const struct examples *e);
/* For a sink's done: sorts them by row; those of a row stay in the order of their classes. */
void in_order_settle(struct in_order *o, const struct batch *b);
static inline const struct row_example *in_order_at(const struct in_order *o, size_t i)
{
    return &o->example[o->order[i]];
}
void in_order_free(struct in_order *o);

#endif
