/* error.c: one-line diagnoses and messages on stderr */
#include "base/error.h"

#include "base/utf8.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Copies text to out as far as it fits, what is no printable character as \xNN. */
static size_t escape(char *out, size_t room, const char *text, size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < size;) {
        uint32_t code;
        size_t n = utf8_decode(text + i, size - i, &code);

        if (used + 5 > room) break;
        if (n && utf8_is_printable(code)) {
            memcpy(out + used, text + i, n);
            used += n;
            i += n;
        } else {
            used += (size_t)snprintf(out + used, room - used, "\\x%02x", (unsigned char)text[i++]);
        }
    }
    out[used] = 0;
    return used;
}

bool diag_fail(struct diag *d, enum status status, const char *format, ...)
{
    va_list args;

    if (d->status != STATUS_OK) return false;
    d->status = status;
    va_start(args, format);
    vsnprintf(d->text, sizeof d->text, format, args);
    va_end(args);
    return false;
}

bool diag_errno(struct diag *d, int error, const char *format, ...)
{
    va_list args;
    size_t n;

    if (d->status != STATUS_OK) return false;
    d->status = STATUS_DATA;
    va_start(args, format);
    vsnprintf(d->text, sizeof d->text, format, args);
    va_end(args);
    n = strlen(d->text);
    snprintf(d->text + n, sizeof d->text - n, ": %s", strerror(error));
    return false;
}

void diag_say(const char *format, ...)
{
    char raw[2048], line[4096] = "losscope: ";
    size_t n = strlen(line);
    va_list args;
    ssize_t written;

    va_start(args, format);
    vsnprintf(raw, sizeof raw, format, args);
    va_end(args);
    n += escape(line + n, sizeof line - n - 1, raw, strlen(raw));
    line[n++] = '\n';
    written = write(STDERR_FILENO, line, n);
    (void)written; /* nowhere left to say it */
}

int diag_exit(const struct diag *d)
{
    diag_say("%s", d->text);
    return (int)d->status;
}

const char *diag_shown(char out[DIAG_SHOWN], const char *text, size_t size)
{
    size_t take = size <= 40 ? size : 40, n;

    while (size > 40 && take > 36 && ((unsigned char)text[take] & 0xc0) == 0x80) take--;
    out[0] = '\'';
    n = 1 + escape(out + 1, DIAG_SHOWN - 8, text, take);
    snprintf(out + n, DIAG_SHOWN - n, "'%s", size > 40 ? "..." : "");
    return out;
}
