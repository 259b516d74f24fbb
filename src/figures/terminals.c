/* terminals.c: what the options of a picture may say, and the terminal that they make */
#include "base/number.h"
#include "figures/figure.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

static bool one_length(const char *text, size_t size, double *out, enum plot_unit *unit)
{
    static const struct {
        const char *name;
        enum plot_unit unit;
        double inches;
    } units[] = {{"in", UNIT_INCH, 1},
                 {"cm", UNIT_CM, 1},
                 {"mm", UNIT_CM, 0.1},
                 {"px", UNIT_PIXELS, 1},
                 {"", UNIT_PIXELS, 1}};
    size_t digits = strspn(text, "0123456789.");

    if (digits > size) digits = size;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i].name) == size - digits &&
            memcmp(text + digits, units[i].name, size - digits) == 0) {
            if (!number_parse(text, digits, out)) return false;
            *out *= units[i].inches;
            *unit = units[i].unit;
            return *out > 0;
        }
    return false;
}

bool plot_size_parse(const char *text, struct plot_style *style, struct diag *d)
{
    static const double most[] = {[UNIT_INCH] = 100, [UNIT_CM] = 250, [UNIT_PIXELS] = 20000};
    size_t first = strcspn(text, "x,");
    enum plot_unit unit, other;
    double w, h;

    /* "x" parts the two, and no unit has it but px: "300px,200px" */
    if (text[first] == 'x' && first && text[first - 1] == 'p') first += strcspn(text + first, ",");
    if (!text[first] || !one_length(text, first, &w, &unit) ||
        !one_length(text + first + 1, strlen(text + first + 1), &h, &other))
        return diag_fail(d, STATUS_USAGE,
                         "--size: '%s' is no WIDTH,HEIGHT with in, cm, mm or px, as 3.5in,2.6in or 1600x1200",
                         text);
    if (unit == UNIT_PIXELS && other != UNIT_PIXELS && isdigit((unsigned char)text[first - 1]))
        unit = other; /* 8,6cm */
    if (unit != other) return diag_fail(d, STATUS_USAGE, "--size: '%s' has two units", text);
    if (w > most[unit] || h > most[unit])
        return diag_fail(d, STATUS_USAGE, "--size: '%s' is too large", text);
    style->width = w;
    style->height = h;
    style->unit = unit;
    return true;
}

bool plot_theme_parse(const char *text, struct plot_style *style, struct diag *d)
{
    static const char *const name[] = {"paper", "talk", "dark", "print"};

    for (size_t i = 0; i < 4; i++)
        if (strcmp(name[i], text) == 0) {
            style->theme = (enum plot_theme)i;
            return true;
        }
    return diag_fail(d, STATUS_USAGE, "--style: '%s' is none of paper, talk, dark, print", text);
}

bool plot_key_parse(const char *text, struct plot_style *style, struct diag *d)
{
    static const char *const word[] = {"off",        "top",      "bottom",  "left",  "right",
                                       "center",     "inside",   "outside", "above", "below",
                                       "horizontal", "vertical", "box"};
    const char *s = text;

    while (*s) {
        size_t n = strcspn(s, " "), i = 0;

        while (i < sizeof word / sizeof *word && (strlen(word[i]) != n || memcmp(word[i], s, n) != 0)) i++;
        if (i == sizeof word / sizeof *word || (i == 0 && strcmp(text, "off") != 0)) break;
        s += n + (s[n] == ' ');
    }
    if (*s || !*text)
        return diag_fail(d, STATUS_USAGE,
                         "--key: '%s' is no place: words of top, bottom, left, right, center, inside, "
                         "outside, above, below, "
                         "horizontal, vertical, box; or off",
                         text);
    style->key = text;
    return true;
}

bool plot_font_parse(const char *text, struct plot_style *style, struct diag *d)
{
    const char *comma = strchr(text, ',');
    double size;

    for (const char *c = text; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr(" -_.,", *c))
            return diag_fail(d, STATUS_USAGE,
                             "--font: '%s' is no name of a font: letters, digits, spaces, - and _", text);
    if (comma && (!number_parse(comma + 1, strlen(comma + 1), &size) || !(size >= 1 && size <= 200)))
        return diag_fail(d, STATUS_USAGE, "--font: what stands behind the comma in '%s' is no size in points",
                         text);
    style->font = text;
    return true;
}

/* Terminals that we know how to ask for a size. */
struct terminal {
    const char *ending, *name;
    enum { SIZE_PIXELS, SIZE_INCHES, SIZE_CHARACTERS } size;
    double per_inch;  /* pixels */
    double per_point; /* the terminal's font size for a point of the figure */
    const char *family, *more;
    const char *end; /* what the last bytes of a picture hold */
};
static const struct terminal terminal_table[] = {
    {"png", "pngcairo", SIZE_PIXELS, 400, 4.17, "sans-serif", "", "IEND"},
    {"svg", "svg", SIZE_PIXELS, 150, 2, "sans-serif", " background rgb 'white'", "</svg>"},
    {"pdf", "pdfcairo", SIZE_INCHES, 1, 1, "sans-serif", " fontscale 0.75 dashlength 1.6 pointscale 0.6",
     "%%EOF"},
    {"eps", "epscairo", SIZE_INCHES, 1, 1, "sans-serif", " fontscale 0.75 dashlength 1.6 pointscale 0.6",
     "%%EOF"},
    {"tex", "cairolatex", SIZE_INCHES, 1, 0, "", " pdf dashlength 1.6 pointscale 0.6", "\\endgroup"},
    {"html", "svg", SIZE_PIXELS, 150, 2, "sans-serif", " background rgb 'white'", "</svg>"},
    {NULL, "canvas", SIZE_PIXELS, 200, 2.6, "", " standalone", "</html>"},
    {"txt", "dumb", SIZE_CHARACTERS, 0, 0, "", "", "\n"},
    {NULL, "png", SIZE_PIXELS, 400, 4.17, "sans-serif", "", "IEND"},
    {NULL, "tikz", SIZE_INCHES, 1, 0, "", "", "\\end{tikzpicture}"},
    {NULL, "epslatex", SIZE_INCHES, 1, 0, "", "", "\\endgroup"},
};

static const struct terminal *terminal_named(const char *name)
{
    for (size_t i = 0; i < sizeof terminal_table / sizeof *terminal_table; i++)
        if (strcmp(terminal_table[i].name, name) == 0) return &terminal_table[i];
    return NULL;
}

const char *terminal_by_ending(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');

    for (size_t i = 0; dot && i < sizeof terminal_table / sizeof *terminal_table; i++)
        if (terminal_table[i].ending && strcmp(dot + 1, terminal_table[i].ending) == 0)
            return terminal_table[i].name;
    return NULL;
}

void terminal_endings(struct string *out)
{
    for (size_t i = 0; i < sizeof terminal_table / sizeof *terminal_table; i++)
        if (terminal_table[i].ending)
            string_printf(out, "%s%s", out->size ? ", " : "", terminal_table[i].ending);
}

bool plot_is_picture(const char *path)
{
    return terminal_by_ending(path) != NULL;
}

bool terminal_check_style(const char *terminal, const struct plot_style *s, struct diag *d)
{
    const struct terminal *t = terminal ? terminal_named(terminal) : NULL;

    if (s->colour && (!t || t->size != SIZE_CHARACTERS))
        return diag_fail(d, STATUS_USAGE, "--color is for text pictures: txt, or --terminal dumb");
    if (!terminal) return true; /* a script */
    if (!t && s->unit != UNIT_NONE)
        return diag_fail(d, STATUS_USAGE, "--size: what --terminal names has a size of its own");
    if (s->font && (!t || t->per_point <= 0))
        return diag_fail(d, STATUS_USAGE, "--font: %s takes none", t ? t->name : "what --terminal names");
    return true;
}

const char *terminal_end(const char *terminal)
{
    size_t n = strcspn(terminal, " ");

    for (size_t i = 0; i < sizeof terminal_table / sizeof *terminal_table; i++) {
        const struct terminal *t = &terminal_table[i];

        if ((strlen(t->name) == n && memcmp(t->name, terminal, n) == 0) ||
            (t->ending && strcmp(t->ending, terminal) == 0))
            return t->end;
    }
    return NULL;
}

bool terminal_is_page(const char *path)
{
    size_t n = strlen(path);

    return n > 5 && strcmp(path + n - 5, ".html") == 0;
}

bool terminal_check(const char *terminal, struct diag *d)
{
    bool good = isalpha((unsigned char)*terminal);

    /* A bracket would call a function, a quote or a newline end what it stands in. */
    for (const char *c = terminal; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr(" ,._+-", *c)) good = false;
    return good || diag_fail(d, STATUS_USAGE,
                             "--terminal: '%s' is no terminal of gnuplot with plain options, as dumb or "
                             "\"pngcairo size 800,600\"",
                             terminal);
}

double style_points(const struct plot_style *s)
{
    const char *comma = s->font ? strchr(s->font, ',') : NULL;
    double size = s->theme == THEME_TALK ? 9.5 : 8;

    if (comma) number_parse(comma + 1, strlen(comma + 1), &size);
    return size;
}

double style_growth(const struct plot_style *s)
{
    return s->unit == UNIT_NONE ? pow(fmax(1, style_points(s) / 9.5), 0.85) : 1;
}

/* "font 'sans-serif,10'" of the style's font, or of the terminal's family; per_point: the terminal's. */
static void put_font(const struct drawing *g, const struct terminal *t, double per_point, struct string *out)
{
    const char *font = g->plot->style.font ? g->plot->style.font : "", *comma = strchr(font, ',');
    size_t family = comma ? (size_t)(comma - font) : strlen(font);
    double size = style_points(&g->plot->style) * per_point;

    if (t->per_point <= 0) return;
    if (strcmp(t->name, "canvas") == 0)
        string_printf(out, " fsize %.4g", size);
    else
        string_printf(out, " font '%.*s,%.4g'", (int)(family ? family : strlen(t->family)),
                      family ? font : t->family, size);
}

/* A picture of fewer pixels than its inches would have has thinner lines and smaller letters in
   proportion. */
void terminal_put(const struct drawing *g, const char *terminal, struct string *out)
{
    const struct terminal *t = terminal_named(terminal);
    bool pixels = g->plot->style.unit == UNIT_PIXELS;
    double scale = t && pixels && t->size == SIZE_PIXELS ? g->scale / t->per_inch : 1;

    string_printf(out, "set terminal %s", terminal);
    if (t) {
        string_puts(out, t->more);
        if (t->size == SIZE_CHARACTERS)
            string_printf(out, " size %.0f,%.0f", fmax(20, g->columns), fmax(8, g->lines));
        else if (t->size == SIZE_PIXELS)
            string_printf(out, " size %.0f,%.0f", g->width * t->per_inch * scale,
                          g->height * t->per_inch * scale);
        else if (pixels)
            string_printf(out, " size %.4gin,%.4gin", g->plot->style.width / 400,
                          g->plot->style.height / 400);
        else
            string_printf(out, " size %.4gin,%.4gin", g->width, g->height);
        put_font(g, t, t->per_point * scale, out);
        if (t->size == SIZE_PIXELS)
            string_printf(out, " linewidth %.3g", fmax(0.5, t->per_inch * scale / 100));
        if (strcmp(t->name, "pngcairo") == 0)
            string_printf(out, " dashlength 1.6 pointscale %.3g", fmax(0.5, t->per_inch * scale / 110));
        if (t->size == SIZE_CHARACTERS) string_puts(out, g->plot->style.colour ? " ansi" : " mono");
    }
    string_putc(out, '\n');
}
