/* gnuplot_picture.c: the picture of a script as a file of the kind that its name or the terminal tells */
#include "base/output.h"
#include "figures/gnuplot_run.h"

#include <string.h>

/* Text without the form feed that the terminal begins with, and without blanks at the ends of lines. */
static void trim_text(struct string *s)
{
    size_t n = 0, line = 0;

    for (size_t i = 0; i < s->size; i++) {
        char c = s->text[i];

        if (c == '\f') continue;
        if (c == '\n') {
            while (n > line && s->text[n - 1] == ' ') n--;
            if (n == 0) continue; /* blank lines above the picture */
            line = n + 1;
        }
        s->text[n++] = c;
    }
    while (n > 1 && s->text[n - 1] == '\n' && s->text[n - 2] == '\n') n--;
    s->size = n;
    if (s->text) s->text[n] = '\0';
}

static bool begins(const char *terminal, const char *name)
{
    size_t n = strlen(name);

    return strncmp(terminal, name, n) == 0 && (!terminal[n] || terminal[n] == ' ');
}

/* A page that holds the SVG and asks for nothing else. */
static void put_page(const char *title, const struct string *svg, struct string *out)
{
    const char *start = strstr(svg->text, "<svg");

    string_printf(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\">\n<title>%s</title>\n<style>body{margin:0}svg"
        "{max-width:100%%;height:auto}</style>\n</head>\n<body>\n%s</body>\n</html>\n",
        title, start ? start : svg->text);
}

bool gnuplot_picture(const struct drawing *g, const char *terminal, const struct string *script,
                     const char *path, struct diag *d)
{
    struct string head = {0}, all = {0}, picture = {0}, page = {0};
    bool ok;

    if (!g->plot->style.terminal) terminal_put(g, terminal, &head);
    if (path && (begins(terminal, "cairolatex") || begins(terminal, "epslatex"))) {
        ok = gnuplot_tex(&head, script, path, d);
    } else {
        if (head.size) string_add(&all, head.text, head.size);
        string_add(&all, script->text, script->size);
        ok = gnuplot_run(terminal, &all, &picture, d);
        if (ok && begins(terminal, "dumb")) trim_text(&picture);
        if (ok && !g->plot->style.terminal && path && terminal_is_page(path)) {
            put_page(g->plot->figure->name, &picture, &page);
            ok = output_write(path, page.text, page.size, d);
        } else if (ok) {
            ok = output_write(path, picture.text, picture.size, d);
        }
    }
    string_free(&head);
    string_free(&all);
    string_free(&picture);
    string_free(&page);
    return ok;
}
