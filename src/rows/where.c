/* where.c: conditions on rows: a parser by recursive descent, and the tree that it makes */
#include "rows/where.h"

#include "base/memory.h"
#include "base/number.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum kind { COMPARE, AND, OR, NOT };
enum comparison { LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, UNEQUAL, COMPARISONS };

static const struct {
    const char *sign;
    enum comparison what;
} sign_table[] = {{"<=", LESS_EQUAL}, {">=", GREATER_EQUAL}, {"==", EQUAL},
                  {"!=", UNEQUAL},    {"<", LESS},           {">", GREATER}};

/* A field, a number or a text. */
struct operand {
    ptrdiff_t field; /* −1: none */
    double number;
    char *text; /* NULL: a number */
};

struct where {
    enum kind kind;
    enum comparison comparison;
    struct operand operand[2];
    struct where *part[2];
};

enum { DEEPEST = 100 };

struct parser {
    const char *text;
    size_t at, depth;
    const char *const *names;
    size_t count;
    struct diag *d;
};

void where_free(struct where *w)
{
    if (!w) return;
    for (int i = 0; i < 2; i++) {
        where_free(w->part[i]);
        free(w->operand[i].text);
    }
    free(w);
}

static struct where *node(enum kind kind, struct where *a, struct where *b)
{
    struct where *w = mem_alloc(1, sizeof *w);

    *w = (struct where){.kind = kind, .operand = {{.field = -1}, {.field = -1}}, .part = {a, b}};
    return w;
}

static void skip_blanks(struct parser *p)
{
    while (isspace((unsigned char)p->text[p->at])) p->at++;
}

/* "--where: TEXT: expected …, at character N", with the place marked. */
static bool fail(struct parser *p, size_t at, const char *what)
{
    size_t begin = at > 30 ? at - 30 : 0;

    return diag_fail(p->d, STATUS_USAGE, "--where: %s, at character %zu: %s%.*s ^ %.30s", what, at + 1,
                     begin ? "..." : "", (int)(at - begin), p->text + begin, p->text + at);
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* Takes a word if it stands there. */
static bool take_word(struct parser *p, const char *word)
{
    size_t n = strlen(word);

    skip_blanks(p);
    if (strncmp(p->text + p->at, word, n) != 0 || is_word(p->text[p->at + n])) return false;
    p->at += n;
    return true;
}

static bool take_sign(struct parser *p, char sign)
{
    skip_blanks(p);
    if (p->text[p->at] != sign) return false;
    p->at++;
    return true;
}

static bool unknown_field(struct parser *p, size_t at)
{
    struct string known = {0};

    string_puts(&known, "there is no such field; there are ");
    for (size_t i = 0; i < p->count; i++) string_printf(&known, "%s%s", i ? ", " : "", p->names[i]);
    fail(p, at, known.text);
    string_free(&known);
    return false;
}

static bool take_field(struct parser *p, size_t begin, size_t size, struct operand *out)
{
    for (size_t i = 0; i < p->count; i++)
        if (strlen(p->names[i]) == size && memcmp(p->names[i], p->text + begin, size) == 0) {
            out->field = (ptrdiff_t)i;
            return true;
        }
    return unknown_field(p, begin);
}

/* What stands between two of the same quotes. */
static bool take_quoted(struct parser *p, size_t *begin, size_t *size)
{
    char quote = p->text[p->at];
    const char *end = strchr(p->text + p->at + 1, quote);

    if (!end) return fail(p, p->at, "a quote that does not end");
    *begin = p->at + 1;
    *size = (size_t)(end - p->text) - *begin;
    p->at = *begin + *size + 1;
    return true;
}

static bool take_operand(struct parser *p, struct operand *out)
{
    size_t begin, size = 0;
    char c;

    skip_blanks(p);
    begin = p->at;
    c = p->text[p->at];
    *out = (struct operand){.field = -1};
    if (c == '\'' || c == '"') {
        if (!take_quoted(p, &begin, &size)) return false;
        out->text = mem_copy(p->text + begin, size);
        return true;
    }
    if (c == '`') return take_quoted(p, &begin, &size) && take_field(p, begin, size, out);
    if (isdigit((unsigned char)c) || c == '-' || c == '+' || c == '.') {
        do {
            size++;
            c = p->text[begin + size];
        } while (is_word(c) || ((c == '-' || c == '+') && strchr("eE", p->text[begin + size - 1])));
        p->at += size;
        return number_parse(p->text + begin, size, &out->number) || fail(p, begin, "this is not a number");
    }
    while (is_word(p->text[begin + size])) size++;
    if (!size) return fail(p, begin, "a field, a number or a text in quotes is missing");
    p->at += size;
    return take_field(p, begin, size, out);
}

static bool take_comparison(struct parser *p, enum comparison *out)
{
    skip_blanks(p);
    for (size_t i = 0; i < COMPARISONS; i++) {
        size_t n = strlen(sign_table[i].sign);

        if (strncmp(p->text + p->at, sign_table[i].sign, n) != 0) continue;
        *out = sign_table[i].what;
        p->at += n;
        return true;
    }
    return fail(p, p->at, "a comparison is missing: < <= > >= == or !=");
}

static struct where *parse_or(struct parser *p);

static struct where *parse_compare(struct parser *p)
{
    struct where *w = node(COMPARE, NULL, NULL);
    size_t sign;
    bool ok = take_operand(p, &w->operand[0]);

    skip_blanks(p);
    sign = p->at;
    ok = ok && take_comparison(p, &w->comparison) && take_operand(p, &w->operand[1]);
    if (ok && (w->operand[0].text || w->operand[1].text) && w->comparison < EQUAL)
        ok = fail(p, sign, "a text is compared by == or !=");
    if (ok) return w;
    where_free(w);
    return NULL;
}

static struct where *parse_not(struct parser *p)
{
    struct where *inner = NULL;

    if (++p->depth > DEEPEST) {
        fail(p, p->at, "it is nested too deeply");
    } else if (take_word(p, "not")) {
        inner = parse_not(p);
        if (inner) inner = node(NOT, inner, NULL);
    } else if (take_sign(p, '(')) {
        inner = parse_or(p);
        if (inner && !take_sign(p, ')')) {
            fail(p, p->at, "a closing parenthesis is missing");
            where_free(inner);
            inner = NULL;
        }
    } else {
        inner = parse_compare(p);
    }
    p->depth--;
    return inner;
}

static struct where *parse_joined(struct parser *p, enum kind kind, const char *word,
                                  struct where *(*part)(struct parser *))
{
    struct where *w = part(p);

    while (w && take_word(p, word)) {
        struct where *next = part(p);

        if (!next) {
            where_free(w);
            return NULL;
        }
        w = node(kind, w, next);
    }
    return w;
}

static struct where *parse_and(struct parser *p)
{
    return parse_joined(p, AND, "and", parse_not);
}

static struct where *parse_or(struct parser *p)
{
    return parse_joined(p, OR, "or", parse_and);
}

struct where *where_parse(const char *text, const char *const *names, size_t count, struct diag *d)
{
    struct parser p = {.text = text, .names = names, .count = count, .d = d};
    struct where *w = parse_or(&p);

    skip_blanks(&p);
    if (!w || !text[p.at]) return w;
    fail(&p, p.at, "and, or or the end is expected");
    where_free(w);
    return NULL;
}

static struct where_value value_of(const struct operand *o, const struct where_value *value)
{
    if (o->field >= 0) return value[o->field];
    return (struct where_value){o->number, o->text, o->text ? strlen(o->text) : 0};
}

static bool compare(enum comparison how, struct where_value a, struct where_value b)
{
    if (a.text && b.text) {
        bool same = a.size == b.size && memcmp(a.text, b.text, a.size) == 0;

        return how == EQUAL ? same : how == UNEQUAL && !same;
    }
    if ((a.text && !number_parse(a.text, a.size, &a.number)) ||
        (b.text && !number_parse(b.text, b.size, &b.number)))
        return how == UNEQUAL;
    switch (how) {
    case LESS: return a.number < b.number;
    case LESS_EQUAL: return a.number <= b.number;
    case GREATER: return a.number > b.number;
    case GREATER_EQUAL: return a.number >= b.number;
    case EQUAL: return a.number >= b.number && a.number <= b.number;
    case UNEQUAL: return !(a.number >= b.number && a.number <= b.number);
    case COMPARISONS: break;
    }
    return false;
}

bool where_holds(const struct where *w, const struct where_value *value)
{
    switch (w->kind) {
    case AND: return where_holds(w->part[0], value) && where_holds(w->part[1], value);
    case OR: return where_holds(w->part[0], value) || where_holds(w->part[1], value);
    case NOT: return !where_holds(w->part[0], value);
    case COMPARE: break;
    }
    return compare(w->comparison, value_of(&w->operand[0], value), value_of(&w->operand[1], value));
}

bool where_uses(const struct where *w, size_t field)
{
    for (int i = 0; i < 2; i++)
        if ((w->part[i] && where_uses(w->part[i], field)) || w->operand[i].field == (ptrdiff_t)field)
            return true;
    return false;
}

bool where_confuses(const struct where *w, size_t field, const char **text)
{
    double x;

    for (int i = 0; i < 2; i++) {
        const struct operand *other = &w->operand[1 - i];

        if (w->part[i] && where_confuses(w->part[i], field, text)) return true;
        if (w->operand[i].field != (ptrdiff_t)field || !other->text) continue;
        if (number_parse(other->text, strlen(other->text), &x)) continue;
        *text = other->text;
        return true;
    }
    return false;
}
