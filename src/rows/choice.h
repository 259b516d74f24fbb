/* choice.h: the highest or lowest of many rows, by one of their values, with what is to be written of each */
#ifndef ROWS_CHOICE_H
#define ROWS_CHOICE_H

#include "base/string_table.h"
#include "report/table.h"

#include <stdint.h>

/* A row that may be among the chosen; owned by the choice. */
struct chosen {
    double key;
    uint64_t row;
    size_t class;
    double loss;        /* what it adds to the total: the key times its weight */
    struct value *cell; /* its texts stand behind the cells */
};

/* A heap of at most `most` rows, the last of them on top. */
struct heap {
    struct chosen *item;
    size_t count, room;
};

/* Those of one worker, or of all together. */
struct choice {
    uint64_t most; /* 0: no limit; of each group where per_group */
    bool lowest, per_group;
    struct string_table group;
    struct heap *heap; /* of each group; one where there are none */
    size_t heap_room;
};
void choice_open(struct choice *c, uint64_t most, bool per_group, bool lowest);
/* Whether a row would be taken; group: its text. *place is where choice_take puts it. Equal keys: the first
   row, and of one row the first class, stands first. */
bool choice_wants(struct choice *c, const char *group, size_t size, double key, uint64_t row, size_t class,
                  size_t *place);
/* Takes it in: cells and texts (of the first `texts` cells) are copied. */
void choice_take(struct choice *c, size_t place, const struct chosen *row, size_t cells, size_t texts);
/* Takes over what the other holds. */
void choice_merge(struct choice *into, struct choice *from);
/* All rows in their order, at most `most` (0: all): [*count], free it; the rows stay the choice's. */
struct chosen *choice_sorted(const struct choice *c, uint64_t most, size_t *count);
void choice_close(struct choice *c);

#endif
