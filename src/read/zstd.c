/* zstd.c: zstd by libzstd: frames one behind the other */
#include "read/decompress.h"

#include <string.h>

/* A frame, or one to be passed over. */
static bool zstd_is(const char *head, size_t size)
{
    if (size < 4) return false;
    return memcmp(head, "\x28\xb5\x2f\xfd", 4) == 0 ||
           ((head[0] & 0xf0) == 0x50 && memcmp(head + 1, "\x2a\x4d\x18", 3) == 0);
}

#ifdef HAVE_ZSTD
#include "base/memory.h"

#include <zstd.h>

static void *zstd_open(void)
{
    ZSTD_DStream *z = ZSTD_createDStream();

    if (!z) mem_exhausted();
    return z;
}

static const char *zstd_step(void *state, const char *in, size_t in_size, size_t *in_used, char *out,
                             size_t room, size_t *out_made, bool *between)
{
    ZSTD_inBuffer from = {in, in_size, *in_used};
    ZSTD_outBuffer to = {out, room, 0};
    size_t left = ZSTD_decompressStream(state, &to, &from);

    *in_used = from.pos;
    *out_made = to.pos;
    if (ZSTD_isError(left)) return ZSTD_getErrorName(left);
    *between = left == 0;
    return NULL;
}

static void zstd_close(void *state)
{
    ZSTD_freeDStream(state);
}

const struct coding coding_zstd = {"zstd", "libzstd-dev", zstd_is, zstd_open, zstd_step, zstd_close};
#else
const struct coding coding_zstd = {"zstd", "libzstd-dev", zstd_is, NULL, NULL, NULL};
#endif
