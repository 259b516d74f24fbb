/* gnuplot_quote.c: foreign text in a script: as a string constant that it cannot leave */
#include "figures/figures.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

static void quoted(const char *text, const char *(*replacement)(char c), struct string *out)
{
    const unsigned char *s = (const unsigned char *)text;

    string_putc(out, '"');
    while (*s) {
        uint32_t code;
        size_t n = utf8_decode((const char *)s, strnlen((const char *)s, 4), &code);
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
