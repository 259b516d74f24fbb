/* overlap.c: whether texts of a gnuplot SVG overlap each other or a curve, or leave the page
 *
 * overlap [--labels-on-curves] FILE.svg: prints what it finds; exit 1. A text's width is estimated from its
 * letters, a little too small, so that what it finds is there. Curves are lines that are not black. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS = 2000, SIZE = 160 };

struct box {
    double x[2], y[2];
};
static struct text {
    struct box box;
    char text[SIZE];
} text_table[TEXTS];
static size_t texts;
static int found;

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t size;
    char *bytes;

    if (!f) perror(path), exit(2);
    fseek(f, 0, SEEK_END);
    size = (size_t)ftell(f);
    rewind(f);
    bytes = calloc(size + 1, 1);
    if (!bytes || fread(bytes, 1, size, f) != size) exit(2);
    fclose(f);
    return bytes;
}

/* Letters of the text from s to end, without tags; returns how many a reader sees. */
static double letters(const char *s, const char *end, char out[SIZE])
{
    size_t n = 0;
    double wide = 0;

    for (; s < end; s++) {
        if (*s == '<') {
            while (s < end && *s != '>') s++;
            continue;
        }
        if (n + 1 < SIZE) out[n++] = *s;
        if (*s == '&') s += strcspn(s, ";");
        if (((unsigned char)*s & 0xc0) != 0x80) wide += strchr("il.,'|() ", *s) ? 0.3 : 0.52;
    }
    out[n] = '\0';
    return wide;
}

/* "<g transform="translate(x,y) rotate(a)" … font-size="F" text-anchor="A">" and the text in it. */
static const char *take_text(const char *g)
{
    const char *start = strstr(g, "<text"), *end = start ? strstr(start, "</text>") : NULL,
               *size = strstr(g, "font-size=\""), *anchor = strstr(g, "text-anchor=\"");
    struct text *t = &text_table[texts];
    double x, y, angle = 0, font, wide, from;

    if (!end || !size || !anchor || texts == TEXTS) exit(2);
    if (sscanf(g, "<g transform=\"translate(%lf,%lf) rotate(%lf)", &x, &y, &angle) < 2) exit(2);
    font = strtod(size + 11, NULL);
    wide = font * letters(start, end, t->text);
    if (strspn(t->text, " ") == strlen(t->text)) return end;
    from = anchor[13] == 'e' ? -wide : anchor[13] == 'm' ? -wide / 2 : 0;
    t->box = (struct box){{from, from + wide}, {-0.65 * font, 0.1 * font}};
    if (angle != 0) t->box = (struct box){{-0.65 * font, 0.1 * font}, {-(from + wide), -from}};
    for (int i = 0; i < 2; i++) t->box.x[i] += x, t->box.y[i] += y;
    texts++;
    return end;
}

static bool passes(const struct box *b, double x0, double y0, double x1, double y1)
{
    const double way[4] = {x0 - x1, x1 - x0, y0 - y1, y1 - y0},
                 room[4] = {x0 - b->x[0], b->x[1] - x0, y0 - b->y[0], b->y[1] - y0};
    double from = 0, to = 1;

    for (int i = 0; i < 4; i++) {
        if (way[i] < 0 && room[i] / way[i] > from) from = room[i] / way[i];
        if (way[i] > 0 && room[i] / way[i] < to) to = room[i] / way[i];
        if (way[i] == 0 && room[i] < 0) return false;
    }
    return from <= to;
}

/* The lines of a path that has a colour. */
static void check_path(const char *path)
{
    const char *d = strstr(path, " d='"), *end = d ? strchr(d + 4, '\'') : NULL;
    double x = 0, y = 0;

    if (!end || strncmp(path, "<path stroke='rgb(", 18) != 0 || strncmp(path + 18, "  0,   0,   0)", 14) == 0)
        return;
    for (d += 4; d < end;) {
        double to_x, to_y;
        int used;
        char kind = *d;

        if (kind != 'M' && kind != 'L') {
            d++;
            continue;
        }
        if (sscanf(d + 1, "%lf,%lf%n", &to_x, &to_y, &used) < 2) break;
        for (size_t i = 0; kind == 'L' && i < texts; i++)
            if (passes(&text_table[i].box, x, y, to_x, to_y)) {
                printf("a curve passes through '%s' near %.0f,%.0f\n", text_table[i].text, to_x, to_y);
                found++;
                return;
            }
        x = to_x;
        y = to_y;
        d += 1 + used;
    }
}

int main(int argc, char **argv)
{
    bool curves = argc < 3 || strcmp(argv[1], "--labels-on-curves") != 0;
    char *svg = argc > 1 ? read_file(argv[argc - 1]) : NULL;
    const char *view = svg ? strstr(svg, "viewBox=\"0 0 ") : NULL;
    double width, height;

    if (!view || sscanf(view + 13, "%lf %lf", &width, &height) != 2) return 2;
    for (const char *s = svg; (s = strstr(s, "<g transform=\"translate(")) != NULL;) s = take_text(s);
    for (size_t i = 0; i < texts; i++) {
        const struct box *a = &text_table[i].box;

        if (a->x[0] < 0 || a->x[1] > width || a->y[0] < 0 || a->y[1] > height)
            printf("'%s' leaves the page\n", text_table[i].text), found++;
        for (size_t k = 0; k < i; k++) {
            const struct box *b = &text_table[k].box;

            if (a->x[0] < b->x[1] && b->x[0] < a->x[1] && a->y[0] < b->y[1] && b->y[0] < a->y[1])
                printf("'%s' and '%s' overlap\n", text_table[k].text, text_table[i].text), found++;
        }
    }
    for (const char *s = svg; curves && (s = strstr(s, "<path ")) != NULL; s++) check_path(s);
    if (texts < 3) printf("only %zu texts\n", texts), found++;
    free(svg);
    return found > 0;
}
