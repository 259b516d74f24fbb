/* error.h: one-line diagnoses, exit statuses, messages on stderr */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

enum status {
    STATUS_OK = 0,
    STATUS_DATA = 1,  /* bad data, or a read or a write that failed */
    STATUS_USAGE = 2, /* wrong usage */
    STATUS_ASSERT = 3 /* an assertion did not hold */
};

/* What went wrong: one line without "losscope: " and without a newline. Zero-initialised means nothing
   did. */
struct diag {
    enum status status;
    char text[1024];
};

/* Fills d (the first diagnosis wins: a filled d is left alone) and returns false, so that callers can return
   it. */
bool diag_fail(struct diag *d, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with ": " and the text of errno value `error` behind it. */
bool diag_errno(struct diag *d, int error, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* "losscope: …\n" on stderr in one write; a control byte in it is printed as \xNN (newlines too). */
void diag_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says d and returns its status. */
int diag_exit(const struct diag *d);

/* Foreign text made fit for a message: at most 40 bytes, in “quotes” of the form 'text', control bytes and
   bad UTF-8 escaped as \xNN, "..." where it was cut. Returns out. */
enum { DIAG_SHOWN = 176 };
const char *diag_shown(char out[DIAG_SHOWN], const char *text, size_t size);

#endif
