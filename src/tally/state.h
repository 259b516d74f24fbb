/* state.h: a tally as a file, and back: see losscope-state(5) for every byte of it */
#ifndef TALLY_STATE_H
#define TALLY_STATE_H

#include "tally/tally.h"

#define STATE_MAGIC "\x89LST\r\n\x1a\n"
enum { STATE_VERSION = 4, STATE_MAGIC_SIZE = 8, STATE_PREFIX = 36 };
enum {
    ROW_COPIES = 1 << (48 - BIN_SHIFT)
}; /* the copies of a row that can be counted beside its place, in 6 bytes together */

/* Flags of a state's head. */
enum {
    STATE_COLUMNS = 1, /* the columns are known */
    STATE_LOGITS = 2,
    STATE_HEADER = 4,
    STATE_GROUPED = 8,
    STATE_WEIGHTED = 16,
    STATE_BY_CLASS = 32,
    STATE_FOUND_SCORE = 64,
    STATE_FOUND_LABEL = 128,
    STATE_FOUND_WEIGHT = 256,
    STATE_CLUSTERED = 512,
    STATE_PREDICTIONS = 1024,
    STATE_FIRST_CLASS = 2048
};

/* Appends the state. */
void state_write(const struct tally *t, struct string *out);

static inline bool state_begins(const char *bytes, size_t size)
{
    return size >= STATE_MAGIC_SIZE && memcmp(bytes, STATE_MAGIC, STATE_MAGIC_SIZE) == 0;
}

/* The state at the beginning of some bytes; *used: its size. False with d filled (without the file's name),
   and nothing to be freed: it is no state, damaged, or of another version. No byte is believed before the
   checksums are right, and no number that does not fit the others. */
bool state_read(const char *bytes, size_t size, size_t *used, struct tally *out, struct diag *d);

/* Of such bytes, a state's first STATE_PREFIX at least: how many it is in all; where they begin none, or a
   damaged one, no more than there are. */
uint64_t state_size(const char *bytes, size_t size);

/* Adds all states of some files ("-" is standard input); a file may hold several, one after the other.
   *states grows by their number. They are read by `threads` threads (0: as many as there are cores), and
   added in the order of the files; d tells the first failure in that order. */
bool states_add_files(struct merger *m, const char *const *path, size_t count, unsigned threads,
                      uint64_t *states, struct diag *d);
/* Whether a regular file begins as a state does. */
bool state_is_file(const char *path);

#endif
