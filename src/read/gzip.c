/* gzip.c: gzip by ISA-L, or by zlib: members one behind the other, zero padding at the end allowed */
#include "read/decompress.h"

#include <string.h>

static bool gzip_is(const char *head, size_t size)
{
    return size >= 3 && memcmp(head, "\x1f\x8b\x08", 3) == 0;
}

#if defined HAVE_ISAL || defined HAVE_ZLIB
#include "base/memory.h"

#include <stdlib.h>
#ifdef HAVE_ISAL
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#else
#include <zlib.h>
#endif

#ifdef HAVE_ISAL
/* A member's header (RFC 1952, 2.3) byte by byte: ISA-L's own reader forgets the flags where input is cut
   within it. */
enum header_part {
    HEADER_FIXED,
    HEADER_EXTRA_SIZE,
    HEADER_EXTRA,
    HEADER_NAME,
    HEADER_COMMENT,
    HEADER_CRC,
    HEADER_ENDED
};
enum { FLAG_CRC = 2, FLAG_EXTRA = 4, FLAG_NAME = 8, FLAG_COMMENT = 16, FLAGS_RESERVED = 0xe0 };
struct header {
    enum header_part part;
    unsigned char bytes[10]; /* of the present part */
    unsigned have, flags, extra;
    uint32_t crc;
};
#endif

struct gzip {
#ifdef HAVE_ISAL
    struct inflate_state z;
    struct header header;
#else
    z_stream z;
#endif
    bool within; /* a member has begun */
    bool some;   /* a member has ended */
};

/* The libraries' part: one call that goes as far as it can, whether a member ended, and an error's text. */
#ifdef HAVE_ISAL
static void header_next(struct header *h)
{
    static const unsigned flag[] = {[HEADER_EXTRA_SIZE] = FLAG_EXTRA,
                                    [HEADER_EXTRA] = FLAG_EXTRA,
                                    [HEADER_NAME] = FLAG_NAME,
                                    [HEADER_COMMENT] = FLAG_COMMENT,
                                    [HEADER_CRC] = FLAG_CRC};

    h->have = 0;
    do h->part++;
    while (h->part < HEADER_ENDED && (!(h->flags & flag[h->part]) || (h->part == HEADER_EXTRA && !h->extra)));
}

/* Takes one byte; an error's text, or NULL. */
static const char *header_take(struct header *h, unsigned char c)
{
    if (h->part == HEADER_EXTRA || h->part == HEADER_NAME || h->part == HEADER_COMMENT) {
        h->crc = crc32_gzip_refl(h->crc, &c, 1);
        if (h->part == HEADER_EXTRA ? --h->extra == 0 : c == 0) header_next(h);
        return NULL;
    }
    h->bytes[h->have++] = c;
    if (h->have < (h->part == HEADER_FIXED ? 10 : 2)) return NULL;
    if (h->part == HEADER_CRC) {
        if ((h->bytes[0] | (unsigned)h->bytes[1] << 8) != (h->crc & 0xffff)) return "incorrect header check";
    } else {
        h->crc = crc32_gzip_refl(h->crc, h->bytes, h->have);
    }
    if (h->part == HEADER_EXTRA_SIZE) h->extra = h->bytes[0] | (unsigned)h->bytes[1] << 8;
    if (h->part == HEADER_FIXED) {
        h->flags = h->bytes[3];
        if (h->bytes[0] != 0x1f || h->bytes[1] != 0x8b || h->bytes[2] != 8 || h->flags & FLAGS_RESERVED)
            return "it does not decode";
    }
    header_next(h);
    return NULL;
}

static void *gzip_open(void)
{
    struct gzip *g = mem_alloc(1, sizeof *g);

    isal_inflate_init(&g->z);
    g->z.crc_flag = ISAL_GZIP_NO_HDR_VER;
    return g;
}

static const char *gzip_inflate(struct gzip *g, bool *ended)
{
    const char *wrong = NULL;
    int result;

    *ended = false;
    while (g->header.part != HEADER_ENDED && g->z.avail_in > 0 && !wrong) {
        wrong = header_take(&g->header, *g->z.next_in++);
        g->z.avail_in--;
    }
    if (wrong || g->header.part != HEADER_ENDED) return wrong;
    result = isal_inflate(&g->z);
    *ended = g->z.block_state == ISAL_BLOCK_FINISH;
    if (*ended) {
        isal_inflate_reset(&g->z);
        g->z.crc_flag = ISAL_GZIP_NO_HDR_VER;
        g->header = (struct header){0};
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

const struct coding coding_gzip = {"gzip", "zlib1g-dev", gzip_is, gzip_open, gzip_step, gzip_close};
#else
const struct coding coding_gzip = {"gzip", "zlib1g-dev", gzip_is, NULL, NULL, NULL};
#endif
