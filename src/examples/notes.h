/* notes.h: what a careful colleague would say about labels and columns (of scores: report/notes.h) */
#ifndef EXAMPLES_NOTES_H
#define EXAMPLES_NOTES_H

#include "examples/schema.h"

/* Which of the labels that options name were seen in a row. */
struct label_watch {
    struct watched_label *label;  /* [count] */
    size_t count, left;           /* left: not seen yet */
    bool first_class, last_class; /* a row of the first class was seen; of the last */
};
void label_watch_open(struct label_watch *w, const struct input *in);
void label_watch_text(struct label_watch *w, const char *text, size_t size);
void label_watch_number(struct label_watch *w, double value);
void label_watch_merge(struct label_watch *into, const struct label_watch *from);
void label_watch_free(struct label_watch *w);

/* Adds the notes to the facts, whose counts are complete. False with d filled: there is no positive, as no
   row has the label that --positive names. labels: some that the data have, for the message; may be empty. */
bool notes_add(const struct schema *p, const struct label_watch *watch, const char *labels, struct facts *f,
               struct diag *d);

#endif
