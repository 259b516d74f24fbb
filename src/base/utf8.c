/* utf8.c: UTF-8: characters, and their width on a terminal */
#include "base/utf8.h"

size_t utf8_decode(const char *text, size_t size, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *c = (const unsigned char *)text;
    size_t n = c[0] < 0x80 ? 1 : c[0] < 0xc2 ? 0 : c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : c[0] < 0xf5 ? 4 : 0;
    uint32_t number = n == 1 ? c[0] : c[0] & (0x7fu >> n);

    if (n == 0 || n > size) return 0;
    for (size_t i = 1; i < n; i++) {
        if ((c[i] & 0xc0) != 0x80) return 0;
        number = number << 6 | (c[i] & 0x3f);
    }
    if (number < least[n] || number > 0x10ffff || (number >= 0xd800 && number < 0xe000)) return 0;
    if (code) *code = number;
    return n;
}

struct code_range {
    uint32_t first, last;
};

static bool is_among(uint32_t code, const struct code_range *range, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code >= range[i].first && code <= range[i].last) return true;
    return false;
}
#define IS_AMONG(code, ranges) is_among(code, ranges, sizeof(ranges) / sizeof *(ranges))

bool utf8_is_printable(uint32_t code)
{
    static const struct code_range not_printable[] = {{0, 0x1f},        {0x7f, 0x9f},     {0x200e, 0x200f},
                                                      {0x2028, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff},
                                                      {0xfff9, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe0fff}};

    return !IS_AMONG(code, not_printable);
}

static size_t character_width(uint32_t code)
{
    static const struct code_range none[] = {
        {0x300, 0x36f}, {0x200b, 0x200d}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}};
    static const struct code_range wide[] = {
        {0x1100, 0x115f}, {0x2e80, 0xa4cf}, {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
        {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

    return IS_AMONG(code, none) ? 0 : IS_AMONG(code, wide) ? 2 : 1;
}

size_t utf8_width(const char *text, size_t size)
{
    size_t width = 0, n;

    for (size_t i = 0; i < size; i += n) {
        uint32_t code = ' ';

        n = utf8_decode(text + i, size - i, &code);
        if (n == 0) n = 1;
        width += code < 0x300 ? 1 : character_width(code);
    }
    return width;
}
