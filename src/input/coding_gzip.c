/* coding_gzip.c: gzip by zlib: members one behind the other, zero padding at the end allowed */
#include "input/decode.h"

#ifdef HAVE_ZLIB
#include "base/memory.h"

#include <stdlib.h>
#include <zlib.h>

struct gzip {
    z_stream z;
    bool within; /* a member has begun */
    bool some;   /* a member has ended */
};

static void *gzip_open(void)
{
    struct gzip *g = mem_alloc(1, sizeof *g);

    if (inflateInit2(&g->z, 15 + 16) != Z_OK) mem_exhausted();
    return g;
}

static const char *gzip_step(void *state, const char *in, size_t in_size, size_t *in_used, char *out, size_t room,
                             size_t *out_made, bool *between)
{
    struct gzip *g = state;
    int result;

    if (!g->within) {
        while (g->some && *in_used < in_size && in[*in_used] == 0) ++*in_used; /* padding */
        *between = g->some;
        if (*in_used == in_size) return NULL;
        g->within = true;
        *between = false;
    }
    g->z.next_in = (Bytef *)(uintptr_t)(in + *in_used);
    g->z.avail_in = (uInt)(in_size - *in_used);
    g->z.next_out = (Bytef *)out;
    g->z.avail_out = (uInt)room;
    result = inflate(&g->z, Z_NO_FLUSH);
    *in_used = in_size - g->z.avail_in;
    *out_made = room - g->z.avail_out;
    if (result == Z_STREAM_END) {
        g->within = false;
        g->some = true;
        *between = true;
        inflateReset(&g->z);
        return NULL;
    }
    if (result == Z_OK || result == Z_BUF_ERROR) return NULL;
    return g->z.msg ? g->z.msg : "it does not decode";
}

static void gzip_close(void *state)
{
    struct gzip *g = state;

    inflateEnd(&g->z);
    free(g);
}

const struct coding coding_gzip = {"gzip", "zlib1g-dev", gzip_open, gzip_step, gzip_close};
#else
const struct coding coding_gzip = {"gzip", "zlib1g-dev", NULL, NULL, NULL};
#endif
