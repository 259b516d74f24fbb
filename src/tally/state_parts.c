/* state_parts.c: bytes of a state as numbers */
#include "tally/state_parts.h"

#include <string.h>

bool cursor_have(struct cursor *c, uint64_t size)
{
    if (!c->bad && size > (uint64_t)(c->end - c->at)) c->bad = true;
    return !c->bad;
}

uint64_t cursor_little(struct cursor *c, int size)
{
    uint64_t x = 0;

    if (!cursor_have(c, (uint64_t)size)) return 0;
    for (int i = 0; i < size; i++) x |= (uint64_t)*c->at++ << 8 * i;
    return x;
}

uint64_t cursor_varint(struct cursor *c)
{
    uint64_t x = 0;

    for (int shift = 0; cursor_have(c, 1); shift += 7) {
        uint64_t byte = *c->at++;

        if (shift == 63 && byte > 1) c->bad = true;
        if (c->bad) break;
        x |= (byte & 127) << shift;
        if (byte < 128) return x;
    }
    return 0;
}

int64_t cursor_signed(struct cursor *c)
{
    uint64_t x = cursor_varint(c);

    return (int64_t)(x >> 1 ^ -(x & 1));
}

size_t cursor_count(struct cursor *c, uint64_t least)
{
    uint64_t n = cursor_varint(c);

    if (!c->bad && n > (uint64_t)(c->end - c->at) / least) c->bad = true;
    return c->bad ? 0 : (size_t)n;
}

double cursor_double(struct cursor *c)
{
    uint64_t bits = cursor_little(c, 8);
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}
