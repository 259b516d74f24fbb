/* notes.h: what a careful colleague would say of the scores that were read */
#ifndef REPORT_NOTES_H
#define REPORT_NOTES_H

#include "tally/tally.h"

/* The notes of t->facts, then those on the scores. Fills note[] with those that apply, whole sentences
   without an end; returns how many. */
enum { NOTES_MOST = 32 };
size_t notes_of(const struct tally *t, const char *note[NOTES_MOST]);

#endif
