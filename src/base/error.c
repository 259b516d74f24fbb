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

enum { WHOLE = 1 << 14, SAID = 2048 };

/* Whether the byte is within a UTF-8 character, not at its beginning. */
static bool goes_on(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Copies the text; of one that does not fit what stands in its middle goes, as names are long and the reason
   stands at the end. */
static void fit(char *out, size_t room, const char *text)
{
    size_t size = strlen(text), head = room / 2, from = size - (room - head - 4);

    if (size < room) {
        memcpy(out, text, size + 1);
        return;
    }
    while (head && goes_on(text[head])) head--;
    while (goes_on(text[from])) from++;
    snprintf(out, room, "%.*s...%s", (int)head, text, text + from);
}

bool diag_fail(struct diag *d, enum status status, const char *format, ...)
{
    char whole[WHOLE];
    va_list args;

    if (d->status != STATUS_OK) return false;
    d->status = status;
    va_start(args, format);
    vsnprintf(whole, sizeof whole, format, args);
    va_end(args);
    fit(d->text, sizeof d->text, whole);
    return false;
}

bool diag_errno(struct diag *d, int error, const char *format, ...)
{
    char whole[WHOLE];
    va_list args;
    size_t n;

    if (d->status != STATUS_OK) return false;
    va_start(args, format);
    vsnprintf(whole, sizeof whole, format, args);
    va_end(args);
    n = strlen(whole);
    snprintf(whole + n, sizeof whole - n, ": %s", strerror(error));
    return diag_fail(d, STATUS_DATA, "%s", whole);
}

void diag_say(const char *format, ...)
{
    char whole[WHOLE], raw[SAID], line[4 * SAID + 16] = "losscope: ";
    size_t n = strlen(line);
    va_list args;
    ssize_t written;

    va_start(args, format);
    vsnprintf(whole, sizeof whole, format, args);
    va_end(args);
    fit(raw, sizeof raw, whole);
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

    while (size > 40 && take > 36 && goes_on(text[take])) take--;
    out[0] = '\'';
    n = 1 + escape(out + 1, DIAG_SHOWN - 8, text, take);
    snprintf(out + n, DIAG_SHOWN - n, "'%s", size > 40 ? "..." : "");
    return out;
}
