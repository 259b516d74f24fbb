/* utf8.h: UTF-8: characters, and their width on a terminal */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length in bytes of the character that text[0..size) begins with, size ≥ 1, and its number; 0 where
   these bytes are no UTF-8 (cut off, overlong, a surrogate, beyond U+10FFFF). code: NULL if it is not
   wanted. */
size_t utf8_decode(const char *text, size_t size, uint32_t *code);

/* False for controls (C0, DEL, C1), for what ends a line or changes the direction of what follows. */
bool utf8_is_printable(uint32_t code);

/* Columns that the text takes on a terminal: wide and combining characters counted as wcwidth does, without a
   locale; bytes that are no UTF-8 count 1. */
size_t utf8_width(const char *text, size_t size);

#endif
