/* npy.c: NumPy's array files, version 1 to 3 (numpy.lib.format) */
#include "read/npy.h"

#include "kernel/kernel.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

static const char magic[] = "\x93NUMPY";
enum { MAGIC = 6, HEADER_LIMIT = 1 << 20, TEXT_LIMIT = 1 << 20 };

bool npy_is(const char *head, size_t size)
{
    return size >= MAGIC && memcmp(head, magic, MAGIC) == 0;
}

/* A place in the header's text: a Python dictionary of three literals. */
struct reader {
    const char *c, *end;
};

static void skip(struct reader *r)
{
    while (r->c < r->end && (*r->c == ' ' || *r->c == '\n' || *r->c == '\t')) r->c++;
}

static bool eat(struct reader *r, char what)
{
    skip(r);
    if (r->c == r->end || *r->c != what) return false;
    r->c++;
    return true;
}

static bool word(struct reader *r, const char *what)
{
    size_t n = strlen(what);

    skip(r);
    if ((size_t)(r->end - r->c) < n || memcmp(r->c, what, n) != 0) return false;
    r->c += n;
    return true;
}

/* A quoted text without escapes. */
static bool quoted(struct reader *r, const char **text, size_t *size)
{
    char quote;
    const char *close;

    skip(r);
    if (r->c == r->end || (*r->c != '\'' && *r->c != '"')) return false;
    quote = *r->c++;
    close = memchr(r->c, quote, (size_t)(r->end - r->c));
    if (!close) return false;
    *text = r->c;
    *size = (size_t)(close - r->c);
    r->c = close + 1;
    return true;
}

static bool whole(struct reader *r, uint64_t *out)
{
    const char *start;

    skip(r);
    start = r->c;
    while (r->c < r->end && *r->c >= '0' && *r->c <= '9') r->c++;
    return number_parse_whole(start, (size_t)(r->c - start), out);
}

/* "<f8", ">i4", "|b1": byte order, kind, bytes. */
static bool take_type(struct reader *r, struct npy *n, struct diag *d)
{
    static const struct {
        char kind;
        enum npy_kind means;
        unsigned widths; /* a bit for each width */
    } known[] = {{'f', NPY_FLOAT, 1 << 2 | 1 << 4 | 1 << 8},
                 {'i', NPY_INT, 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8},
                 {'u', NPY_UINT, 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8},
                 {'b', NPY_BOOL, 1 << 1}};
    uint64_t texts;
    const char *text = "";
    size_t size = 0;
    char shown[DIAG_SHOWN];

    skip(r);
    if (!quoted(r, &text, &size))
        return diag_fail(d, STATUS_DATA, "an array of records: save one array of numbers");
    for (size_t i = 0; size == 3 && i < sizeof known / sizeof *known; i++) {
        unsigned width = (unsigned)(text[2] - '0');

        if (text[1] != known[i].kind || width > 8 || !(known[i].widths >> width & 1)) continue;
        n->kind = known[i].means;
        n->width = width;
        n->big_endian = text[0] == '>';
        return true;
    }
    if (size > 2 && (text[1] == 'U' || text[1] == 'S') && number_parse_whole(text + 2, size - 2, &texts) &&
        texts > 0 && texts <= TEXT_LIMIT) {
        n->kind = text[1] == 'U' ? NPY_UTF32 : NPY_BYTES;
        n->width = (uint32_t)(text[1] == 'U' ? 4 * texts : texts);
        n->big_endian = text[0] == '>';
        return true;
    }
    return diag_fail(d, STATUS_DATA,
                     "an array of dtype %s: save it as float64, float32, float16, integers or bool",
                     diag_shown(shown, text, size));
}

static bool take_shape(struct reader *r, struct npy *n, struct diag *d)
{
    uint64_t size[3] = {1, 1, 1};
    size_t count = 0;

    if (!eat(r, '(')) return diag_fail(d, STATUS_DATA, "its header has no shape");
    while (count < 3 && whole(r, &size[count])) {
        count++;
        if (!eat(r, ',')) break;
    }
    if (count == 0 || count > 2 || !eat(r, ')'))
        return diag_fail(d, STATUS_DATA, "an array of %s dimensions: shapes (n,), (n, 1) and (n, k) are read",
                         count ? "more than two" : "no");
    n->rows = size[0];
    n->columns = count == 2 ? size[1] : 1;
    if (n->rows == 0 || n->columns == 0) return diag_fail(d, STATUS_DATA, "an array without elements");
    return true;
}

static bool dictionary(struct reader *r, struct npy *n, struct diag *d)
{
    unsigned had = 0;

    if (!eat(r, '{')) return diag_fail(d, STATUS_DATA, "its header is no dictionary");
    while (!eat(r, '}')) {
        const char *key;
        size_t size;

        if (!quoted(r, &key, &size) || !eat(r, ':'))
            return diag_fail(d, STATUS_DATA, "its header is damaged");
        if (size == 5 && memcmp(key, "descr", 5) == 0) {
            if (!take_type(r, n, d)) return false;
            had |= 1;
        } else if (size == 13 && memcmp(key, "fortran_order", 13) == 0) {
            n->fortran = word(r, "True");
            if (!n->fortran && !word(r, "False")) return diag_fail(d, STATUS_DATA, "its header is damaged");
            had |= 2;
        } else if (size == 5 && memcmp(key, "shape", 5) == 0) {
            if (!take_shape(r, n, d)) return false;
            had |= 4;
        } else {
            return diag_fail(d, STATUS_DATA, "its header is damaged");
        }
        eat(r, ',');
    }
    if (had != 7) return diag_fail(d, STATUS_DATA, "its header is damaged");
    return (n->columns <= UINT32_MAX && n->rows <= (uint64_t)INT64_MAX / n->width / n->columns) ||
           diag_fail(d, STATUS_DATA, "an array of impossible size");
}

bool npy_header(const char *head, size_t size, struct npy *out, size_t *need, struct diag *d)
{
    const unsigned char *h = (const unsigned char *)head;
    size_t length, start;
    struct reader r;

    *need = MAGIC + 6;
    if (size < *need) return false;
    if (h[6] < 1 || h[6] > 3) return diag_fail(d, STATUS_DATA, ".npy format version %d is not known", h[6]);
    start = h[6] == 1 ? MAGIC + 4 : MAGIC + 6;
    length = h[8] + ((size_t)h[9] << 8);
    if (h[6] > 1) length += ((size_t)h[10] << 16) + ((size_t)h[11] << 24);
    if (length > HEADER_LIMIT) return diag_fail(d, STATUS_DATA, "its header is damaged");
    *need = start + length;
    if (size < *need) return false;
    *out = (struct npy){.offset = start + length};
    r = (struct reader){head + start, head + start + length};
    return dictionary(&r, out, d);
}

/* IEEE 754 binary16. */
static double half(uint16_t bits)
{
    int exponent = bits >> 10 & 31, fraction = bits & 1023;
    double x = exponent == 31 ? (fraction ? NAN : INFINITY)
               : exponent     ? ldexp(fraction + 1024, exponent - 25)
                              : ldexp(fraction, -24);

    return bits >> 15 ? -x : x;
}

/* `width` bytes as a number without sign, the least significant first or last. */
static inline uint64_t bits_of(const unsigned char *raw, unsigned width, bool big_endian)
{
    uint64_t bits = 0;

    for (unsigned i = 0; i < width; i++) bits |= (uint64_t)raw[big_endian ? width - 1 - i : i] << (8 * i);
    return bits;
}

bool npy_is_text(const struct npy *n)
{
    return n->kind == NPY_UTF32 || n->kind == NPY_BYTES;
}

static void add_utf8(struct string *out, uint64_t c)
{
    if (c >= 0x800) {
        if (c >= 0x10000) {
            string_putc(out, (char)(0xf0 | (c >> 18 & 7)));
            string_putc(out, (char)(0x80 | (c >> 12 & 63)));
        } else {
            string_putc(out, (char)(0xe0 | c >> 12));
        }
        string_putc(out, (char)(0x80 | (c >> 6 & 63)));
    } else if (c >= 0x80) {
        string_putc(out, (char)(0xc0 | c >> 6));
    }
    string_putc(out, (char)(c < 0x80 ? c : 0x80 | (c & 63)));
}

void npy_text(const struct npy *n, const char *raw, struct string *out)
{
    unsigned unit = n->kind == NPY_UTF32 ? 4 : 1;
    const unsigned char *from = (const unsigned char *)raw;
    size_t size = n->width;

    while (size && !bits_of(from + size - unit, unit, false)) size -= unit;
    for (size_t i = 0; i < size; i += unit)
        if (unit == 4)
            add_utf8(out, bits_of(from + i, unit, n->big_endian));
        else
            string_putc(out, raw[i]);
}

static double element(const struct npy *n, const unsigned char *raw)
{
    uint64_t bits = bits_of(raw, n->width, n->big_endian);
    unsigned empty = 64 - 8 * n->width;
    uint32_t small = (uint32_t)bits;
    float single;
    double x;

    switch (n->kind) {
    case NPY_INT: return (double)((int64_t)(bits << empty) >> empty);
    case NPY_UINT: return (double)bits;
    case NPY_BOOL: return bits != 0;
    case NPY_FLOAT:
    case NPY_UTF32:
    case NPY_BYTES: break;
    }
    if (n->width == 2) return half((uint16_t)bits);
    memcpy(&single, &small, sizeof single);
    memcpy(&x, &bits, sizeof x);
    return n->width == 4 ? (double)single : x;
}

void npy_convert(const struct npy *n, const char *raw, size_t count, size_t stride, double *out)
{
    const unsigned char *from = (const unsigned char *)raw;
    const uint16_t one = 1;
    bool native = (*(const unsigned char *)&one == 0) == n->big_endian;

    if (n->kind == NPY_FLOAT && n->width == 8 && native && stride == 1) {
        memcpy(out, from, 8 * count);
    } else if (n->kind == NPY_FLOAT && n->width == 8 && native && stride == 2) {
        kernel_best()->second(raw, count, out);
    } else if (n->kind == NPY_FLOAT && n->width == 8 && native) {
        for (size_t i = 0; i < count; i++) memcpy(&out[i], from + 8 * stride * i, 8);
    } else if (n->kind == NPY_FLOAT && n->width == 4 && native) {
        for (size_t i = 0; i < count; i++) {
            float x;

            memcpy(&x, from + 4 * stride * i, 4);
            out[i] = (double)x;
        }
    } else {
        for (size_t i = 0; i < count; i++) out[i] = element(n, from + n->width * stride * i);
    }
}
