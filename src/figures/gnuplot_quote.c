/* gnuplot_quote.c: foreign text in a script: as a string constant that it cannot leave */
#include "figures/figures.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

/* The length of the UTF-8 character at s, 0 if it is none; *code is its number. */
static size_t utf8_length(const unsigned char *s, uint32_t *code)
{
    size_t n = s[0] < 0x80                   ? 1
               : s[0] >= 0xc2 && s[0] < 0xe0 ? 2
               : (s[0] & 0xf0) == 0xe0       ? 3
               : s[0] >= 0xf0 && s[0] < 0xf5 ? 4
                                             : 0;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

    *code = n == 1 ? s[0] : n ? s[0] & (0x7fu >> n) : 0;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80) return 0;
        *code = *code << 6 | (s[i] & 0x3f);
    }
    if (*code < least[n] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000)) return 0;
    return n;
}

static void quoted(const char *text, const char *(*replacement)(char c), struct string *out)
{
    const unsigned char *s = (const unsigned char *)text;

    string_putc(out, '"');
    while (*s) {
        uint32_t code;
        size_t n = utf8_length(s, &code);
        const char *instead = n == 1 ? replacement((char)*s) : NULL;

        if (n == 0)
            string_putc(out, '?');
        else if (code < 0x20 || (code >= 0x7f && code < 0xa0))
            string_putc(out, ' ');
        else if (instead)
            for (; *instead; instead++) string_printf(out, "\\%03o", (unsigned char)*instead);
        else if (n > 1 || isalnum((int)code) || strchr(" .,:;=+-_()/", (int)code))
            string_add(out, (const char *)s, n);
        else
            string_printf(out, "\\%03o", code);
        if (s[0] == '<' && s[1] == '/') string_putc(out, ' '); /* no end tag within the script of canvas */
        s += n ? n : 1;
    }
    string_putc(out, '"');
}

static const char *as_it_is(char c)
{
    (void)c;
    return NULL;
}

static const char *for_tex(char c)
{
    static const struct {
        char c;
        const char *tex;
    } special[] = {{'\\', "\\textbackslash{}"},
                   {'{', "\\{"},
                   {'}', "\\}"},
                   {'$', "\\$"},
                   {'&', "\\&"},
                   {'#', "\\#"},
                   {'_', "\\_"},
                   {'%', "\\%"},
                   {'~', "\\textasciitilde{}"},
                   {'^', "\\textasciicircum{}"},
                   {'<', "\\textless{}"},
                   {'>', "\\textgreater{}"},
                   {'|', "\\textbar{}"},
                   {'"', "''"}};

    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (special[i].c == c) return special[i].tex;
    return NULL;
}

void gnuplot_string(const char *text, struct string *out)
{
    quoted(text, as_it_is, out);
}

void gnuplot_tex_string(const char *text, struct string *out)
{
    quoted(text, for_tex, out);
}
