/* internal.h: what the formats share: the bytes at hand, and what a format has to offer */
#ifndef READ_INTERNAL_H
#define READ_INTERNAL_H

#include "kernel/kernel.h"
#include "read/file.h"
#include "read/reader.h"

/* A form that files have. All functions but `read` and `index` are called under the reader's lock. */
struct format {
    const char *name;
    /* By a file's first bytes. */
    bool (*is)(const char *head, size_t size);
    /* From the file's first bytes, which are held, to its first row; has the sample understood. */
    bool (*begin)(struct reader *r, struct diag *d);
    /* The next rows in the order of the file, as the next batch. False: there are none, or d is filled. */
    bool (*next)(struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d);
    /* Where any place of the file can be read: the next place, to be read by whoever claims it. False: there
       are none. */
    bool (*claim)(struct reader *r, struct batch *b);
    /* Reads what was claimed, on the claiming thread. */
    bool (*read)(const struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d);
    /* What is left to do for a batch of `next`, on the thread that has it. NULL: nothing. */
    void (*index)(struct batch_buffer *buffer, struct batch *b);
};
extern const struct format format_csv, format_npy;

struct reader {
    struct reader_options options;
    const char *const *files;
    size_t file_count, next_file;
    pthread_mutex_t lock; /* of all that stands below */
    bool stop;
    int wake[2];         /* a pipe: written to, it ends the waiting for a producer; −1: there is none */
    struct bytes *bytes; /* of the file that is read; NULL: none */
    const struct format *format;
    struct read_file **file; /* [begun], of the files so far: batches point to them */
    size_t begun, file_room;
    /* read, and not handed out yet: held[held_from … held_from + held_size) */
    char *held;
    size_t held_from, held_size, held_room;
    bool ended; /* nothing comes behind what is held */
    /* of the next batch */
    uint64_t number, offset, line, row;
    uint64_t rows_left; /* of an array */
    uint64_t from, to;  /* only rows that begin there: bytes of a text, rows of an array */
    char *shard_name;   /* of the file, where lines are counted within a shard */
    uint64_t blank;     /* blank lines before the first rows of files */
    uint64_t taken;     /* bytes of the files that are done */
    /* by places: see places.c */
    bool by_places;
    uint64_t first_place;    /* where the rows of a text begin */
    size_t slack;            /* bytes that are read behind a place, again and again until its last row ends */
    uint64_t claims, passes; /* of all files */
    pthread_cond_t passed;
};

/* The file that is read. */
static inline struct read_file *this_file(const struct reader *r)
{
    return r->file[r->begun - 1];
}

static inline const char *held(const struct reader *r)
{
    return r->held + r->held_from;
}

/* Nothing is left of the file. */
static inline bool at_end(const struct reader *r)
{
    return r->ended && !r->held_size;
}

/* Reads on until `size` bytes are held, or all there are; memory grows with what has come. */
bool hold(struct reader *r, size_t size, struct diag *d);
/* Lets the first `size` of the held bytes go. */
void drop(struct reader *r, size_t size);
/* Puts up to `want` bytes into text, the held ones first. Returns how many; −1: d is filled. */
ptrdiff_t fetch(struct reader *r, char *text, size_t want, struct diag *d);
/* Takes back the last `size` bytes of what was fetched last, which stand in text. */
void hold_back(struct reader *r, const char *text, size_t size);

/* Room for `size` bytes with the kernels' padding around; what is there stays. Returns where they begin. */
char *batch_room(struct batch_buffer *b, size_t size);

/* A sample of the rows that begin with what is held, for `understand`; *begin as it was set there. */
bool understand(struct reader *r, size_t *begin, struct diag *d);
/* Passes over the first `size` of the held bytes of a text, and counts them. */
void pass_over(struct reader *r, size_t size);
/* Passes over the lines before the first row of a text: those that options.skip counts, blank ones,
   comments. */
bool skip_lines(struct reader *r, struct diag *d);
/* Is a file that begins so of a kind that is no table? Then d says which, and what converts it. */
bool is_no_table(const char *name, const char *head, size_t size, struct diag *d);

/* Where the shard's rows of a text begin and end; called when its header is passed over. False: d is
   filled. */
bool shard_begin(struct reader *r, struct diag *d);
/* Leaves of a batch in order what belongs to the shard; false: nothing. */
bool shard_cut(struct reader *r, struct batch *b);
/* The border before shard number `shard` (from 0) of `size` things behind the first. */
uint64_t shard_border(const struct reader *r, uint64_t first, uint64_t size, uint32_t shard);
/* Shards need a plain file. */
bool shard_check(const struct reader *r, struct diag *d);

/* A row that never ends: says so, and where. Returns false. */
bool row_too_long(const struct reader *r, struct diag *d);

/* Gives the next number, line and row to a batch that comes in order. */
void number_batch(struct reader *r, struct batch *b);

#endif
