/* npy.h: NumPy's array files, version 1 to 3 (numpy.lib.format) */
#ifndef READ_NPY_H
#define READ_NPY_H

#include "base/error.h"
#include "base/memory.h"

#include <stdint.h>

enum npy_kind { NPY_FLOAT, NPY_INT, NPY_UINT, NPY_BOOL, NPY_UTF32, NPY_BYTES };

struct npy {
    enum npy_kind kind;
    uint32_t width; /* bytes of an element: float 2, 4, 8; whole numbers 1, 2, 4, 8; bool 1; texts: any */
    bool big_endian, fortran;
    uint64_t rows, columns; /* shape (n,) and (n, 1) have one column; more than two dimensions are refused */
    size_t offset;          /* of the data */
};

/* True if these first bytes (6 are enough) are a .npy's. */
bool npy_is(const char *head, size_t size);

/* Parses the header in head[0..size) (the whole beginning of the file, as much as is there). Every length is
   checked. False with d filled: not understood (d tells of the array, the file is to be named before it).
   False with d left alone: *need bytes are wanted, call again with at least that many. */
bool npy_header(const char *head, size_t size, struct npy *out, size_t *need, struct diag *d);

/* Does it hold texts (dtypes U and S), not numbers? */
bool npy_is_text(const struct npy *n);
/* Appends a text element as UTF-8, without the NULs behind it. */
void npy_text(const struct npy *n, const char *raw, struct string *out);

/* Of an array of numbers: every stride-th element from raw on, count of them → doubles: float16/32 exactly;
   64-bit whole numbers beyond 2^53 rounded. */
void npy_convert(const struct npy *n, const char *raw, size_t count, size_t stride, double *out);

#endif
