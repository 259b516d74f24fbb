/* kernel.h: the inner loops of the pass: one source (kernel.inc.h), compiled for several instruction sets, the same bytes out of each */
#ifndef INPUT_KERNEL_H
#define INPUT_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Buffers handed to kernels may be read (never used) KERNEL_PAD bytes before and behind. */
enum { KERNEL_PAD = 64 };

struct kernel {
    const char *name; /* "avx512", "avx2", "sse2", "portable" */

    /* Offsets of every `delimiter` and every '\n' in text[0..n), ascending, into at[] (room for n). Returns how many; *newlines how many of them are '\n'.
       *odd: a quote or a '\r' is among the bytes. n < 2^32. */
    size_t (*split)(const char *text, size_t n, char delimiter, uint32_t *at, size_t *newlines, bool *odd);

    /* Are at[columns − 1 + i · columns] (0 ≤ i < rows) all newlines, and is at[] rows · columns long? Then every row has `columns` fields. Returns the number of
       leading rows for which that holds. */
    size_t (*regular)(const char *text, const uint32_t *at, size_t count, size_t columns);

    /* Numbers of one column. For row i: the field is text[begin .. end) with end = at[i · stride + column], and begin = 1 + the offset before it (at[i · stride + column − 1], or for
       the first separator of all `origin` itself). out[i] is the correctly rounded double. Rows whose field is not of the usual
       shape ([-]digits[.digits][e[±]digits], ≤ 19 significant digits, rounding proved) are listed in slow[] (ascending, room for rows), out[i] then
       undefined. Returns the number of slow rows. */
    size_t (*numbers)(const char *text, const uint32_t *at, uint32_t origin, size_t rows, size_t stride, size_t column,
                      double *out, uint32_t *slow);

    /* Probabilities and sides (0, 1) → tails, in place; *bad is the number of p outside [0, 1] or NaN (their tails are undefined). eps: the clip; returns how many were clipped. */
    size_t (*tails_of_probs)(double *p, const uint32_t *side, size_t n, double eps, size_t *bad);

    /* Logits and sides → tails, in place; *bad counts NaN. The exponential is our own: within 1 ulp, the same bits in each build. */
    size_t (*tails_of_logits)(double *x, const uint32_t *side, size_t n, double eps, size_t *bad);
};

/* The best for this machine, or the one that LOSSCOPE_ISA names (sse2, avx2, avx512, portable); chosen once, by the first caller (thread-safe). NULL name in the environment
   that this machine cannot run: the best below it. */
const struct kernel *kernel_best(void);

#endif
