/* overlap.c: whether texts and the key's samples in a gnuplot SVG overlap each other, a curve or an area, or
 * leave the page
 *
 * overlap [--labels-on-curves] FILE.svg: prints what it finds; exit 1. A text's width is estimated from its
 * letters, a little too small, so that what it finds is there. */
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

/* ---- what is plotted: curves, areas, and the key's samples of both ---- */

enum { SAMPLES = 500, LINES = 400000, CORNERS = 20000 };
static struct sample {
    struct box box;
    size_t text; /* its title */
} sample_table[SAMPLES];
static size_t samples;
static struct line {
    double x[2], y[2];
} line_table[LINES];
static size_t lines;
/* The corners of areas one after the other; size of each area. */
static double corner_x[CORNERS], corner_y[CORNERS];
static size_t area_size[CORNERS], areas, corners;

static void add_sample(double x0, double y0, double x1, double y1)
{
    struct sample *s = &sample_table[samples];

    if (samples == SAMPLES) exit(2);
    s->box = (struct box){{x0 < x1 ? x0 : x1, x0 < x1 ? x1 : x0}, {y0 < y1 ? y0 : y1, y0 < y1 ? y1 : y0}};
    s->text = texts - 1;
    samples++;
}

static bool holds(const struct box *b, double x, double y)
{
    return x > b->x[0] - 1 && x < b->x[1] + 1 && y > b->y[0] - 1 && y < b->y[1] + 1;
}

/* The lines of a path, but for the frame of a sample; sample: what comes before it moves stands in the key.
 */
static void take_path(const char *path, bool *sample)
{
    const char *d = strstr(path, " d='"), *end = d ? strchr(d + 4, '\'') : NULL;
    double x = 0, y = 0;
    size_t moves = 0;

    if (!end) exit(2);
    for (d += 4; d < end;) {
        double to_x, to_y;
        int used;
        char kind = *d;

        if (kind != 'M' && kind != 'L') {
            d++;
            continue;
        }
        if (sscanf(d + 1, "%lf,%lf%n", &to_x, &to_y, &used) < 2) exit(2);
        if (kind == 'M') moves++;
        if (kind == 'L' && *sample && moves == 1) {
            add_sample(x, y, to_x, to_y);
        } else if (kind == 'L' && !(samples && holds(&sample_table[samples - 1].box, x, y) &&
                                    holds(&sample_table[samples - 1].box, to_x, to_y))) {
            if (lines == LINES) exit(2);
            line_table[lines++] = (struct line){{x, to_x}, {y, to_y}};
        }
        x = to_x;
        y = to_y;
        d += 1 + used;
    }
    *sample = false;
}

static void take_polygon(const char *polygon, bool *sample)
{
    const char *d = strstr(polygon, "points = '");
    double x, y, low[2] = {1e9, 1e9}, high[2] = {-1e9, -1e9};
    size_t n = 0;
    int used;

    if (!d) exit(2);
    for (d += 10; sscanf(d, " %lf,%lf%n", &x, &y, &used) == 2; d += used, n++) {
        if (corners + n == CORNERS) exit(2);
        corner_x[corners + n] = x;
        corner_y[corners + n] = y;
        low[0] = x < low[0] ? x : low[0];
        low[1] = y < low[1] ? y : low[1];
        high[0] = x > high[0] ? x : high[0];
        high[1] = y > high[1] ? y : high[1];
    }
    if (*sample) {
        add_sample(low[0], low[1], high[0], high[1]);
        *sample = false;
        return;
    }
    area_size[areas++] = n;
    corners += n;
}

static bool begins(const char *s, const char *word)
{
    return strncmp(s, word, strlen(word)) == 0;
}

/* "<g id="gnuplot_plot_1"", on a page with something before it. */
static bool is_plot(const char *s)
{
    const char *name = begins(s, "<g id=\"") ? strstr(s, "gnuplot_plot_") : NULL;

    return name && name < s + 7 + strcspn(s + 7, "\"");
}

/* A plot's group: its title in the key, the sample beside it, then what it draws. Returns its end. */
static const char *take_plot(const char *s)
{
    bool sample = false;

    for (int depth = 0; *s; s++) {
        if (begins(s, "</g>") && --depth == 0) return s;
        if (begins(s, "<g transform=\"translate(")) {
            size_t before = texts;

            s = take_text(s); /* its </g> follows */
            depth++;
            sample = texts > before;
        } else if (begins(s, "<g ")) {
            depth++;
        } else if (begins(s, "<path ")) {
            take_path(s, &sample);
        } else if (begins(s, "<polygon ")) {
            take_polygon(s, &sample);
        }
    }
    return s;
}

static bool meet(const struct box *a, const struct box *b)
{
    return a->x[0] < b->x[1] && b->x[0] < a->x[1] && a->y[0] < b->y[1] && b->y[0] < a->y[1];
}

/* Whether a point lies in the area (a ray to the right crosses its edge an odd number of times). */
static bool in_area(size_t first, size_t size, double x, double y)
{
    bool in = false;

    for (size_t i = 0, k = size - 1; i < size; k = i++) {
        double x0 = corner_x[first + i], y0 = corner_y[first + i], x1 = corner_x[first + k],
               y1 = corner_y[first + k];

        if ((y0 > y) != (y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0) in = !in;
    }
    return in;
}

static void check_box(const struct box *b, const char *text, const char *what)
{
    double x = (b->x[0] + b->x[1]) / 2, y = (b->y[0] + b->y[1]) / 2;
    size_t first = 0;

    for (size_t i = 0; i < lines; i++) {
        const struct line *l = &line_table[i];

        if (!passes(b, l->x[0], l->y[0], l->x[1], l->y[1])) continue;
        printf("a curve passes through %s'%s' near %.0f,%.0f\n", what, text, l->x[1], l->y[1]);
        found++;
        break;
    }
    for (size_t i = 0; i < areas; first += area_size[i++])
        if (in_area(first, area_size[i], x, y)) {
            printf("%s'%s' lies in an area\n", what, text);
            found++;
            break;
        }
}

static void check_samples(bool curves)
{
    for (size_t i = 0; i < samples; i++) {
        const struct sample *s = &sample_table[i];

        for (size_t k = 0; k < texts; k++)
            if (k != s->text && meet(&s->box, &text_table[k].box))
                printf("the key's sample of '%s' and '%s' overlap\n", text_table[s->text].text,
                       text_table[k].text),
                    found++;
        if (curves) check_box(&s->box, text_table[s->text].text, "the key's sample of ");
    }
}

int main(int argc, char **argv)
{
    bool curves = argc < 3 || strcmp(argv[1], "--labels-on-curves") != 0;
    char *svg = argc > 1 ? read_file(argv[argc - 1]) : NULL;
    const char *view = svg ? strstr(svg, "viewBox=\"0 0 ") : NULL;
    double width, height;

    if (!view || sscanf(view + 13, "%lf %lf", &width, &height) != 2) return 2;
    for (const char *s = svg; *s; s++) {
        if (is_plot(s))
            s = take_plot(s);
        else if (begins(s, "<g transform=\"translate("))
            s = take_text(s);
    }
    for (size_t i = 0; i < texts; i++) {
        const struct box *a = &text_table[i].box;

        if (a->x[0] < 0 || a->x[1] > width || a->y[0] < 0 || a->y[1] > height)
            printf("'%s' leaves the page\n", text_table[i].text), found++;
        for (size_t k = 0; k < i; k++) {
            const struct box *b = &text_table[k].box;

            /* a text in a box is written twice in its place */
            if (meet(a, b) && memcmp(&text_table[i], &text_table[k], sizeof *text_table) != 0)
                printf("'%s' and '%s' overlap\n", text_table[k].text, text_table[i].text), found++;
        }
    }
    for (size_t i = 0; curves && i < texts; i++) check_box(&text_table[i].box, text_table[i].text, "");
    check_samples(curves);
    if (texts < 3) printf("only %zu texts\n", texts), found++;
    free(svg);
    return found > 0;
}
