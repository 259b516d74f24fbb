/* memory.h: allocation that succeeds or ends the program (exit 1, one line), and growing byte strings */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* count × size bytes, zeroed; the product is checked. Free with free(). */
void *mem_alloc(size_t count, size_t size);
/* old resized to count × size bytes; new bytes are not zeroed. */
void *mem_resize(void *old, size_t count, size_t size);
/* Grows *items so that it holds at least `need` of them, at least doubling; *room is the capacity. Returns
   the items. */
void *mem_grow(void *items, size_t *room, size_t need, size_t size);
char *mem_copy(const char *text, size_t size); /* NUL-terminated copy */

/* Gives back what was freed between what is still there, where that can be done: after much was freed. */
void mem_give_back(void);

/* Says so and ends the program. */
void mem_exhausted(void) __attribute__((noreturn));

/* A growing string: text is NUL-terminated once anything was added, NULL before. Zero-initialise; string_free
   at the end. */
struct string {
    char *text;
    size_t size, room;
};
void string_add(struct string *s, const char *bytes, size_t size);
void string_puts(struct string *s, const char *text);
void string_putc(struct string *s, char c);
void string_printf(struct string *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Appends foreign text with every byte that is no printable character as \xNN: nothing that a terminal would
   obey is left in it. */
void string_add_printable(struct string *s, const char *text, size_t size);
void string_free(struct string *s);

#endif
