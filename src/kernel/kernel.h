/* kernel.h: the inner loops of the pass: one source (kernel_isa.c), compiled for several instruction sets,
   the same bytes out of each */
#ifndef KERNEL_KERNEL_H
#define KERNEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text handed to kernels may be read (never used) KERNEL_PAD bytes before and behind; lists of offsets have
   room for KERNEL_PAD more. */
enum { KERNEL_PAD = 64 };

/* What there is in a text. */
struct survey {
    uint64_t newlines;
    bool quotes, returns; /* the quote, '\r' */
};

/* Fields of one column: that of row i ends at at[i · stride + column] and begins behind the separator before
   it, the very first at `origin`. With `returns`, a
   '\r' at the end is none of it. */
struct fields {
    const char *text;
    const uint32_t *at;
    size_t origin, rows, stride, column;
    bool returns;
};

struct kernel {
    struct survey (*survey)(const char *text, size_t n, char quote);

    /* Offsets of every delimiter and every '\n' in text[0..n), n < 2^32, ascending, into at[]. Returns how
       many. Surveys the text, too. */
    size_t (*split)(const char *text, size_t n, char delimiter, char quote, uint32_t *at, struct survey *s);

    /* Is every columns-th separator, and no other, a newline? count = rows · columns, of which `rows` are
       newlines. */
    bool (*regular)(const char *text, const uint32_t *at, size_t rows, size_t columns);

    /* Fields to correctly rounded doubles; out[] has room for KERNEL_PAD bytes more. Those that are not of
       the usual shape ([-]digits[.digits][e[±]digits], at most 19 digits, rounding proved) are listed in
       slow[] (ascending, room for all), their out[i] undefined. Returns the number of these. */
    size_t (*numbers)(const struct fields *f, double *out, uint32_t *slow);

    /* Fields that are one digit each, and a newline behind each where these are the last column's; false
       where not (out undefined then). */
    bool (*digits)(const struct fields *f, uint32_t *out);

    /* Are the fields of text[0..n), parted by the delimiter, all numbers of the most usual shapes: digits,
       digit.digits, either with e, a sign and two or three digits behind? False: some may be of other
       shapes. */
    bool (*are_numbers)(const char *text, size_t n, char delimiter);

    /* Every second double, the first one's bytes at `from`. */
    void (*second)(const char *from, size_t n, double *out);

    /* Labels that are 0 or 1 → sides; false where one is not. */
    bool (*sides)(const double *y, size_t n, uint32_t *side);

    /* Probabilities p of y = 1 and sides (0, 1) → tails, in place; p_t is raised to eps. Returns how many
       were. False in *ok (and the tails undefined) where a p is outside [0, 1] or NaN. */
    size_t (*tails_of_probs)(double *p, const uint32_t *side, size_t n, double eps, bool *ok);

    /* The same of logits; any but NaN are ok. */
    size_t (*tails_of_logits)(double *x, const uint32_t *side, size_t n, double eps, bool *ok);

    /* Rows of n ≥ 2 logits, class k's of row i at x[k · stride + i], and their true classes → tails; NaN
       where one is NaN, or logits so far apart (or infinite) that it takes more care. x may be read
       KERNEL_PAD bytes behind. */
    void (*softmax)(const double *x, size_t stride, const uint32_t *class, size_t rows, size_t n,
                    double *tail);
};

/* The best for this machine, or the one that LOSSCOPE_ISA names. */
const struct kernel *kernel_best(void);

#endif
