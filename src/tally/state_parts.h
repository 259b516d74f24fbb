/* state_parts.h: what the files that read a state share */
#ifndef TALLY_STATE_PARTS_H
#define TALLY_STATE_PARTS_H

#include "tally/tally.h"

/* What is left to be read; once something does not fit, bad is set and all that follows is 0. */
struct cursor {
    const unsigned char *at, *end;
    bool bad;
};

/* Whether `size` bytes are left. */
bool cursor_have(struct cursor *c, uint64_t size);
/* `size` ≤ 8 bytes, the lowest first. */
uint64_t cursor_little(struct cursor *c, int size);
uint64_t cursor_varint(struct cursor *c);
/* A zigzag. */
int64_t cursor_signed(struct cursor *c);
/* A number of things of at least `least` bytes each. */
size_t cursor_count(struct cursor *c, uint64_t least);
double cursor_double(struct cursor *c);

/* The body of a state whose head is in t: the cells, and the rows that are kept. False: its numbers do not
   fit together. */
bool state_body_read(struct cursor *c, const struct tally *t, struct moment_table *m, struct kept_rows *kept);

#endif
