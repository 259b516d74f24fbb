/* number.h: numbers ⇄ text, strict, exact and without a locale */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct string;

/* The whole of text[0..size) as a decimal number, correctly rounded (to nearest, ties to even):
   [+-]digits[.digits]
   [(e|E)[+-]digits], a digit on at least one side of the point; or inf, infinity, nan with a sign, case
   ignored. Surrounding spaces and tabs are allowed; nothing else is (no hex, no "1_000", no trailing text).
   Overflow gives ±inf, underflow a subnormal or ±0. text need not be NUL-terminated. False: not a number;
   *out is untouched. */
bool number_parse(const char *text, size_t size, double *out);

/* w · 10^exponent correctly rounded, w ≤ 19 significant digits (any uint64_t). */
double number_from_decimal(uint64_t w, int exponent);

/* A whole number 0 … UINT64_MAX in decimal digits only. */
bool number_parse_whole(const char *text, size_t size, uint64_t *out);

/* The shortest decimal text that reads back to the same double (among the shortest, the nearest), the form of
   Python's repr without the trailing ".0": 0.1, 1e-07, 1e+22, 5, -0, inf, -inf, nan. NUL-terminated; returns
   its length. */
enum { NUMBER_SIZE = 32 };
size_t number_format(double x, char out[NUMBER_SIZE]);
/* x as snprintf's "%.*f" and "%.*e" write it into `room` bytes, NUL-terminated, but quicker; return the
   length. */
size_t number_format_fixed(double x, int decimals, char *out, size_t room);
size_t number_format_exponent(double x, int decimals, char *out, size_t room);
/* Appends the digits of n. */
void number_add_whole(uint64_t n, struct string *out);

/* The same shortest decimal of a finite x ≥ 0 as digits · 10^exponent, without trailing zeros. */
void number_to_decimal(double x, uint64_t *digits, int *exponent);

#endif
