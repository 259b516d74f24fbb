/* memory.c: allocation that succeeds or ends the program, and growing byte strings */
#include "base/memory.h"

#include "base/error.h"
#include "base/utf8.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void mem_exhausted(void)
{
    static atomic_flag said = ATOMIC_FLAG_INIT;

    while (atomic_flag_test_and_set(&said)) pause(); /* another thread says it and ends the program */
    diag_say("out of memory");
    exit(STATUS_DATA);
}

static void *checked(void *p)
{
    if (!p) mem_exhausted();
    return p;
}

void *mem_alloc(size_t count, size_t size)
{
    return checked(calloc(count ? count : 1, size ? size : 1));
}

void *mem_resize(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) checked(NULL);
    return checked(realloc(old, count && size ? count * size : 1));
}

void *mem_grow(void *items, size_t *room, size_t need, size_t size)
{
    if (need <= *room) return items;
    *room = need > 2 * *room ? need : 2 * *room;
    if (*room < 16) *room = 16;
    return mem_resize(items, *room, size);
}

void mem_give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

char *mem_copy(const char *text, size_t size)
{
    char *copy = mem_alloc(size + 1, 1);

    if (size) memcpy(copy, text, size);
    return copy;
}

void string_add(struct string *s, const char *bytes, size_t size)
{
    s->text = mem_grow(s->text, &s->room, s->size + size + 1, 1);
    if (size) memcpy(s->text + s->size, bytes, size);
    s->size += size;
    s->text[s->size] = 0;
}

void string_puts(struct string *s, const char *text)
{
    string_add(s, text, strlen(text));
}

void string_putc(struct string *s, char c)
{
    string_add(s, &c, 1);
}

void string_printf(struct string *s, const char *format, ...)
{
    va_list again, args;
    int n;

    va_start(args, format);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n > 0) {
        s->text = mem_grow(s->text, &s->room, s->size + (size_t)n + 1, 1);
        vsnprintf(s->text + s->size, (size_t)n + 1, format, again);
        s->size += (size_t)n;
    }
    va_end(again);
}

void string_add_printable(struct string *s, const char *text, size_t size)
{
    for (size_t i = 0; i < size;) {
        uint32_t code;
        size_t n = utf8_decode(text + i, size - i, &code);

        if (n && utf8_is_printable(code)) {
            string_add(s, text + i, n);
            i += n;
        } else {
            string_printf(s, "\\x%02x", (unsigned char)text[i++]);
        }
    }
}

void string_free(struct string *s)
{
    free(s->text);
    *s = (struct string){0};
}
