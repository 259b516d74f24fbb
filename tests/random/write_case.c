/* write_case.c: the same case written in many ways */
#include "write_case.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* ---- text ---- */

static void put_field(const struct style *s, const char *text, bool quoted, FILE *f)
{
    if (s->quoting == QUOTE_ALL || quoted)
        fprintf(f, "\"%s\"", text);
    else
        fputs(text, f);
}

static void put_number(const struct style *s, double x, bool quoted, FILE *f)
{
    static const char *const form[] = {"%.17g", "%.17e", "%+.17g", "%.17g", "%.60g"};
    char text[400], *point;

    if (isnan(x))
        strcpy(text, "nan");
    else
        sprintf(text, form[s->number], x);
    if (s->number == NUMBER_ZEROS && text[0] != '-' && isfinite(x))
        memmove(text + 2, text, strlen(text) + 1), memcpy(text, "00", 2);
    point = strchr(text, '.');
    if (s->decimal_comma && point) *point = ',';
    put_field(s, text, quoted, f);
}

static void put_label(const struct random_case *c, const struct style *s, int y, FILE *f)
{
    static const char *const form[][2] = {{"0", "1"}, {"0.0", "1.0"}, {"False", "True"}, {"no", "YES"}};
    bool binary = c->task == CASE_BINARY || c->task == CASE_MULTILABEL;
    char code[20];

    snprintf(code, sizeof code, "%d", y == CASE_NO_CLASS ? 99 : y);
    put_field(s,
              y == CASE_IGNORED    ? "-1"
              : binary             ? form[s->label][y]
              : s->codes           ? code
              : y == CASE_NO_CLASS ? "none"
                                   : case_class[y],
              false, f);
}

static void put_names(const struct random_case *c, const struct style *s, FILE *f)
{
    size_t each = c->task == CASE_MULTILABEL ? c->classes : 1;
    char comma = s->delimiter ? s->delimiter : ',', name[20];

    if (s->extra == EXTRA_FIRST) fprintf(f, "remark%c", comma);
    for (size_t k = 0; k < c->classes; k++) {
        sprintf(name, "s_%s", case_class[k]);
        put_field(s, name, false, f);
        putc(comma, f);
    }
    for (size_t k = 0; k < each && !s->labels_apart; k++) {
        sprintf(name, "y_%s", case_class[k]);
        put_field(s, name, false, f);
        putc(comma, f);
    }
    put_field(s, "importance", false, f);
    putc(comma, f);
    put_field(s, "image", s->quoting == QUOTE_ONE, f);
    if (s->extra == EXTRA_LAST) fprintf(f, "%cremark", comma);
    if (s->trailing) putc(comma, f);
    fputs(s->crlf ? "\r\n" : "\n", f);
}

static void put_remark(const struct style *s, size_t i, FILE *f)
{
    if (s->quoting == QUOTE_NEWLINES && i % 3 == 1)
        fprintf(f, "\"a \"\"b\"\"\n%zu,%c\n\"", i, s->delimiter ? s->delimiter : ',');
    else
        fprintf(f, "r%zu", i);
}

static void put_row(const struct random_case *c, const struct style *s, size_t i, bool last, FILE *f)
{
    size_t each = c->task == CASE_MULTILABEL ? c->classes : 1;
    char comma = s->delimiter ? s->delimiter : ',', group[20];

    if (s->comments && i % 5 == 0) fputs("# a remark, with \"a quote\n", f);
    if (s->blank_lines && i % 7 == 0) fputs(s->crlf ? "\r\n" : "\n", f);
    if (s->extra == EXTRA_FIRST) {
        put_remark(s, i, f);
        putc(comma, f);
    }
    for (size_t k = 0; k < c->classes; k++) {
        put_number(s, c->score[i * c->classes + k], s->quoting == QUOTE_ONE && i == c->rows / 2 && k == 0, f);
        putc(comma, f);
    }
    for (size_t k = 0; k < each && !s->labels_apart; k++) {
        put_label(c, s, c->label[i * each + k], f);
        putc(comma, f);
    }
    put_number(s, c->weight[i], false, f);
    putc(comma, f);
    sprintf(group, "g%zu", c->group[i]);
    put_field(s, group, false, f);
    if (s->extra == EXTRA_LAST) {
        putc(comma, f);
        put_remark(s, i, f);
    }
    if (s->trailing) putc(comma, f);
    if (!last || !s->no_last_newline) fputs(s->crlf ? "\r\n" : "\n", f);
}

void write_text(const struct random_case *c, const struct style *s, size_t from, size_t to, FILE *f)
{
    if (s->bom) fputs("\xef\xbb\xbf", f);
    if (!s->no_header) put_names(c, s, f);
    for (size_t i = from; i < to; i++) put_row(c, s, s->reversed ? from + to - 1 - i : i, i + 1 == to, f);
}

void write_label_lines(const struct random_case *c, const struct style *s, FILE *f)
{
    if (!s->bare_labels) fputs("y_ant\n", f);
    for (size_t i = 0; i < c->rows; i++) {
        put_label(c, s, c->label[i], f);
        putc('\n', f);
    }
}

/* ---- NumPy ---- */

/* A multiple of the step of float16 at x; beyond its range the largest. */
double round_to_half(double x)
{
    int exponent, step;
    double r;

    if (x == 0 || !isfinite(x)) return x;
    frexp(x, &exponent);
    step = exponent - 11 < -24 ? -24 : exponent - 11;
    r = ldexp(nearbyint(ldexp(x, -step)), step);
    return fabs(r) > 65504 ? copysign(65504, r) : r;
}

static uint16_t half_bits(double x)
{
    uint16_t sign = signbit(x) ? 0x8000 : 0;
    int exponent;

    if (isnan(x)) return 0x7e00;
    if (isinf(x)) return sign | 0x7c00;
    x = fabs(x);
    if (x < 0x1p-14) return sign | (uint16_t)(x * 0x1p24);
    frexp(x, &exponent);
    return sign | (uint16_t)((exponent + 14) << 10) | (uint16_t)(ldexp(x, 11 - exponent) - 1024);
}

static void put_bytes(uint64_t bits, unsigned bytes, bool big_endian, FILE *f)
{
    for (unsigned b = 0; b < bytes; b++) putc((int)(bits >> 8 * (big_endian ? bytes - 1 - b : b) & 255), f);
}

static void put_float(const struct array_style *s, double x, FILE *f)
{
    float single = (float)x;
    uint32_t four;
    uint64_t eight;

    memcpy(&four, &single, 4);
    memcpy(&eight, &x, 8);
    put_bytes(s->width == WIDTH_2   ? half_bits(x)
              : s->width == WIDTH_4 ? four
                                    : eight,
              8u >> s->width, s->big_endian, f);
}

static void put_array_head(const char *type, bool fortran, size_t rows, size_t columns, int version, FILE *f)
{
    char text[200], shape[60];
    size_t size;

    snprintf(shape, sizeof shape, columns ? "(%zu, %zu)" : "(%zu,)", rows, columns);
    size = (size_t)snprintf(text, sizeof text, "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }", type,
                            fortran ? "True" : "False", shape);
    while ((size + (version == 1 ? 10 : 12) + 1) % 64) text[size++] = ' ';
    text[size++] = '\n';
    fprintf(f, "\x93NUMPY%c%c", version, 0);
    put_bytes(size, version == 1 ? 2 : 4, false, f);
    fwrite(text, 1, size, f);
}

void write_array(const struct random_case *c, const struct array_style *s, FILE *f)
{
    size_t columns = c->classes + 1, n = c->rows * columns;
    char type[4] = {s->big_endian ? '>' : '<', 'f', (char)('0' + (8 >> s->width)), 0};

    put_array_head(type, s->fortran, c->rows, columns, s->version, f);
    for (size_t i = 0; i < n; i++) {
        size_t row = s->fortran ? i % c->rows : i / columns, column = s->fortran ? i / c->rows : i % columns;

        put_float(s, column < c->classes ? c->score[row * c->classes + column] : c->weight[row], f);
    }
}

void write_label_array(const struct random_case *c, FILE *f)
{
    size_t each = c->task == CASE_MULTILABEL ? c->classes : 1;

    put_array_head("<i4", false, c->rows, each > 1 ? each : 0, 1, f);
    for (size_t i = 0; i < c->rows * each; i++)
        put_bytes((uint32_t)(c->label[i] == CASE_NO_CLASS ? 99 : c->label[i]), 4, false, f);
}
