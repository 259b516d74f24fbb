/* text.h: short pieces of text that need not end in NUL */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Takes spaces and tabs off both ends. */
void text_trim(const char **text, size_t *size);

/* Is it that word, the case of ASCII letters aside? */
bool text_is(const char *text, size_t size, const char *word);

/* The same, blanks around the word aside. */
bool text_is_same(const char *text, size_t size, const char *word);

/* Is it empty, or a usual sign of a missing value: NA, N/A, #N/A, NaN, null, None, \N ? */
bool text_missing(const char *text, size_t size);

/* The next item of a list between commas, to be freed; *list goes on behind it, at its comma or the end. An
   item that holds commas stands between quotes, as in CSV. */
char *text_list_item(const char **list);

/* Levenshtein's distance: insertions, deletions and replacements of bytes that lead from a to b, the case of
   ASCII letters aside. Words longer than 60 bytes are far from everything. */
enum { TEXT_FAR = 99 };
size_t text_distance(const char *a, size_t a_size, const char *b, size_t b_size);

/* Names in the order in which people count: digits by the number that they make. 0 of equal ones only. */
int text_compare(const char *a, const char *b);

#endif
