/* gzip.c: gzip by ISA-L, or by zlib: members one behind the other, zero padding at the end allowed */
#include "read/decompress.h"

#if defined HAVE_ISAL || defined HAVE_ZLIB
#include "base/memory.h"

#include <stdlib.h>
#ifdef HAVE_ISAL
#include <isa-l/igzip_lib.h>
#else
#include <zlib.h>
#endif

struct gzip {
#ifdef HAVE_ISAL
    struct inflate_state z;
#else
    z_stream z;
#endif
    bool within; /* a member has begun */
    bool some;   /* a member has ended */
};

/* The libraries' part: one call that goes as far as it can, whether a member ended, and an error's text. */
#ifdef HAVE_ISAL
static void *gzip_open(void)
{
    struct gzip *g = mem_alloc(1, sizeof *g);

    isal_inflate_init(&g->z);
    g->z.crc_flag = ISAL_GZIP;
    return g;
}

static const char *gzip_inflate(struct gzip *g, bool *ended)
{
    int result = isal_inflate(&g->z);

    *ended = g->z.block_state == ISAL_BLOCK_FINISH;
    if (*ended) {
        isal_inflate_reset(&g->z);
        g->z.crc_flag = ISAL_GZIP;
    }
    return result >= 0                         ? NULL
           : result == ISAL_INCORRECT_CHECKSUM ? "incorrect data check"
                                               : "it does not decode";
}

static void gzip_close(void *state)
{
    free(state);
}
#else
static void *gzip_open(void)
{
    struct gzip *g = mem_alloc(1, sizeof *g);

    if (inflateInit2(&g->z, 15 + 16) != Z_OK) mem_exhausted();
    return g;
}

static const char *gzip_inflate(struct gzip *g, bool *ended)
{
    int result = inflate(&g->z, Z_NO_FLUSH);

    *ended = result == Z_STREAM_END;
    if (*ended) inflateReset(&g->z);
    if (result == Z_OK || result == Z_BUF_ERROR || *ended) return NULL;
    return g->z.msg ? g->z.msg : "it does not decode";
}

static void gzip_close(void *state)
{
    struct gzip *g = state;

    inflateEnd(&g->z);
    free(g);
}
#endif

static const char *gzip_step(void *state, const char *in, size_t in_size, size_t *in_used, char *out,
                             size_t room, size_t *out_made, bool *between)
{
    struct gzip *g = state;
    const char *wrong;
    bool ended;

    if (!g->within) {
        while (g->some && *in_used < in_size && in[*in_used] == 0) ++*in_used; /* padding */
        *between = g->some;
        if (*in_used == in_size) return NULL;
        g->within = true;
        *between = false;
    }
    g->z.next_in = (unsigned char *)(uintptr_t)(in + *in_used);
    g->z.avail_in = (unsigned)(in_size - *in_used);
    g->z.next_out = (unsigned char *)out;
    g->z.avail_out = (unsigned)room;
    wrong = gzip_inflate(g, &ended);
    *in_used = in_size - g->z.avail_in;
    *out_made = room - g->z.avail_out;
    if (wrong) return wrong;
    if (ended) {
        g->within = false;
        g->some = true;
        *between = true;
    }
    return NULL;
}

const struct coding coding_gzip = {"gzip", "zlib1g-dev", gzip_open, gzip_step, gzip_close};
#else
const struct coding coding_gzip = {"gzip", "zlib1g-dev", NULL, NULL, NULL};
#endif
