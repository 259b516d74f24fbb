/* notes.h: what a careful colleague would say of the scores that were read */
#ifndef REPORT_NOTES_H
#define REPORT_NOTES_H

#include "tally/tally.h"

/* Fills note[] with those that apply, whole sentences without an end; returns how many. */
enum { NOTES_MOST = 8 };
size_t notes_of(const struct tally *t, const char *note[NOTES_MOST]);

#endif
