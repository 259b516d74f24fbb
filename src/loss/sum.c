/* sum.c: weighted sums of losses: reading them, and their values */
#include "loss/internal.h"

#include "base/number.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const struct loss loss_sum = {
    .name = "sum",
    .symbol = "sum",
    .param = {{GAMMA}, {.name = "beta", .list = PARAM_BETA}},
};

/* ---- reading: SUM = TERM { "+" TERM }, TERM = [ NUMBER "*" ] ( LOSS | "(" SUM ")" ) ---- */

enum { DEEPEST = 20 };

struct sum_parser {
    const char *text;
    size_t size, at, depth;
    struct setting *out;
    struct diag *d;
};

/* "--loss: WHAT, at character N: before ^ after" */
static bool fail(struct sum_parser *p, size_t at, const char *what)
{
    size_t begin = at > 30 ? at - 30 : 0;

    return diag_fail(p->d, STATUS_USAGE, "--loss: %s, at character %zu: %s%.*s ^ %.*s", what, at + 1,
                     begin ? "..." : "", (int)(at - begin), p->text + begin,
                     (int)(p->size - at < 30 ? p->size - at : 30), p->text + at);
}

static char next(struct sum_parser *p)
{
    while (p->at < p->size && p->text[p->at] == ' ') p->at++;
    return p->at < p->size ? p->text[p->at] : '\0';
}

static bool take(struct sum_parser *p, char sign)
{
    if (next(p) != sign) return false;
    p->at++;
    return true;
}

static bool begins_number(char c)
{
    return isdigit((unsigned char)c) || c == '.' || c == '-';
}

/* The bytes of a number, with its exponent. */
static size_t number_size(const char *text, size_t size)
{
    size_t n = 0;

    while (n < size && begins_number(text[n])) n++;
    if (n + 1 < size && (text[n] == 'e' || text[n] == 'E')) {
        size_t digits = n + 1 + (text[n + 1] == '+' || text[n + 1] == '-');

        if (digits < size && isdigit((unsigned char)text[digits])) n = digits;
        while (n < size && isdigit((unsigned char)text[n])) n++;
    }
    return n;
}

static bool take_coefficient(struct sum_parser *p, double *scale, bool *written)
{
    size_t begin, n;
    double x;

    if (!begins_number(next(p))) return true;
    begin = p->at;
    n = number_size(p->text + begin, p->size - begin);
    if (!number_parse(p->text + begin, n, &x) || !(x > 0) || !isfinite(x))
        return fail(p, begin, "a coefficient is a number above 0");
    p->at += n;
    if (!take(p, '*')) return fail(p, p->at, "behind a coefficient stands *, as in 20*focal");
    *scale *= x;
    *written = true;
    return true;
}

/* The bytes of a loss: its name, and the parentheses behind it. */
static size_t loss_size(const char *text, size_t size)
{
    size_t n = 0;

    while (n < size && (isalnum((unsigned char)text[n]) || text[n] == '-' || text[n] == '_')) n++;
    if (n && n < size && text[n] == '(') {
        const char *end = memchr(text + n, ')', size - n);

        n = end ? (size_t)(end - text) + 1 : size;
    }
    return n;
}

/* "20*focal(gamma=2)" */
static char *term_text(double coefficient, bool written, const char *text, size_t size)
{
    struct string out = {0};
    char number[NUMBER_SIZE];

    number_format(coefficient, number);
    if (written) string_printf(&out, "%s*", number);
    for (size_t i = 0; i < size; i++)
        if (text[i] != ' ') string_putc(&out, text[i]);
    return out.text;
}

static bool take_loss(struct sum_parser *p, double scale, bool written)
{
    const char *text;
    size_t size;
    struct term t = {.coefficient = scale};

    next(p);
    text = p->text + p->at;
    size = loss_size(text, p->size - p->at);
    if (!size) return fail(p, p->at, "here a loss is missing");
    if (p->out->terms == SUM_TERMS) return fail(p, p->at, "a sum has at most 8 losses");
    if (!term_parse(text, size, &t, p->d)) return false;
    if (loss_is_over_data(t.loss)) return fail(p, p->at, "this loss stands alone, not in a sum");
    t.text = term_text(scale, written, text, size);
    p->out->term[p->out->terms++] = t;
    p->at += size;
    return true;
}

static bool take_sum(struct sum_parser *p, double scale, bool written)
{
    if (++p->depth > DEEPEST) return fail(p, p->at, "parentheses within parentheses, too deep");
    do {
        double own = scale;
        bool own_written = written;

        if (!take_coefficient(p, &own, &own_written)) return false;
        if (!take(p, '(')) {
            if (!take_loss(p, own, own_written)) return false;
        } else {
            size_t open = p->at - 1;

            if (!take_sum(p, own, own_written)) return false;
            if (!take(p, ')')) return fail(p, next(p) ? p->at : open, "here a parenthesis does not close");
        }
        if (next(p) == '*') return fail(p, p->at, "a coefficient stands in front, as in 20*focal");
    } while (take(p, '+'));
    p->depth--;
    return true;
}

bool sum_is_one(const char *text, size_t size)
{
    size_t depth = 0;

    for (size_t i = 0; i < size; i++) {
        if (depth == 0 && (text[i] == '+' || text[i] == '*' || (text[i] == '(' && i == 0))) return true;
        depth += text[i] == '(';
        depth -= depth && text[i] == ')';
    }
    return size && begins_number(*text);
}

bool sum_parse(const char *text, size_t size, struct setting *out, struct diag *d)
{
    struct sum_parser p = {.text = text, .size = size, .out = out, .d = d};
    bool ok;

    *out = (struct setting){.loss = &loss_sum, .param = {NAN, NAN}, .alpha = NAN};
    ok = take_sum(&p, 1, false) && (!next(&p) || fail(&p, p.at, "between losses stands +"));
    for (size_t i = 0; !ok && i < out->terms; i++) free(out->term[i].text);
    return ok;
}

/* ---- values ---- */

/* The coefficient, times α_t. */
static double factor_of(const struct term *t, int side)
{
    if (!t->loss->balanced) return t->coefficient;
    return t->coefficient * (side == 0 ? 1 - t->alpha : t->alpha);
}

double sum_value(const struct setting *s, const struct tail_terms *t, int side)
{
    double sum = 0;

    for (size_t i = 0; i < s->terms; i++) {
        double factor = factor_of(&s->term[i], side);

        if (factor > 0) sum += factor * s->term[i].loss->value(t, side, s->term[i].param);
    }
    return sum;
}

double sum_slope(const struct setting *s, const struct tail_terms *t, int side)
{
    double sum = 0;

    for (size_t i = 0; i < s->terms; i++)
        sum += factor_of(&s->term[i], side) * s->term[i].loss->slope(t, side, s->term[i].param);
    return sum;
}
