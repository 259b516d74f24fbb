/* decompress.h: compressed data, decoded on a thread of its own */
#ifndef READ_DECOMPRESS_H
#define READ_DECOMPRESS_H

#include "base/error.h"

/* A way of compression. The state is opaque; step decodes from in to out and says how much of both it
   used. */
struct coding {
    const char *name;                          /* "gzip" */
    const char *package;                       /* Debian's, whose absence at the build leaves open NULL */
    bool (*is)(const char *head, size_t size); /* by a file's first bytes */
    void *(*open)(void);
    /* Returns an error's text, or NULL. *in_used and *out_made say what was done; *between: at the end of a
       member or frame. */
    const char *(*step)(void *state, const char *in, size_t in_size, size_t *in_used, char *out, size_t room,
                        size_t *out_made, bool *between);
    void (*close)(void *state);
};

extern const struct coding coding_gzip, coding_zstd;
extern const struct coding *const coding_table[];
extern const size_t coding_count;

/* By the first bytes; NULL: plain. */
const struct coding *coding_of(const char *head, size_t size);

struct decoder;
/* Begins to decode what `read` gives of a source: up to room bytes; 0 at the end, −1 with d filled. `name`
   names it in messages. NULL with d filled where the build cannot. */
typedef ptrdiff_t decoder_source(void *source, char *buffer, size_t room, struct diag *d);
struct decoder *decoder_open(const struct coding *coding, decoder_source *read, void *source,
                             const char *name, struct diag *d);
/* Up to room bytes; 0 at the end, −1 with d filled on damaged data. */
ptrdiff_t decoder_read(struct decoder *dec, char *buffer, size_t room, struct diag *d);
void decoder_close(struct decoder *dec);

#endif
