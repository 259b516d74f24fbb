/* term.c: reading a loss with its parameters: "focal(gamma=2)" */
#include "loss/setting.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <string.h>
#include <strings.h>

static bool unknown_loss(const char *name, size_t size, struct diag *d)
{
    struct string known = {0}, near = {0};
    char shown[DIAG_SHOWN];

    for (size_t i = 0; i < loss_count; i++) {
        const char *symbol = loss_table[i]->symbol;
        bool is_symbol = strlen(symbol) == size && strncasecmp(symbol, name, size) == 0;

        if (is_symbol ||
            3 * text_distance(name, size, loss_table[i]->name, strlen(loss_table[i]->name)) <= size)
            string_printf(&near, "%s%s", near.size ? " or " : "; did you mean ", loss_table[i]->name);
        string_printf(&known, "%s%s", i == 0 ? "" : i + 1 < loss_count ? ", " : " and ", loss_table[i]->name);
    }
    diag_fail(d, STATUS_USAGE, "unknown loss %s: there are %s%s%s", diag_shown(shown, name, size), known.text,
              near.size ? near.text : "", near.size ? "?" : "");
    string_free(&known);
    string_free(&near);
    return false;
}

static bool unknown_param(const struct loss *loss, const char *name, size_t size, struct diag *d)
{
    struct string known = {0};
    char shown[DIAG_SHOWN];

    for (size_t i = 0; i < loss_params(loss); i++)
        string_printf(&known, "%s%s", i ? ", " : "", loss->param[i].name);
    if (loss->balanced || loss->with_alpha) string_printf(&known, "%salpha", known.size ? ", " : "");
    diag_fail(d, STATUS_USAGE, "--loss: %s has no parameter %s%s%s", loss->name,
              diag_shown(shown, name, size), known.size ? ": it has " : "", known.size ? known.text : "");
    string_free(&known);
    return false;
}

/* "name=value", of the parameters in the parentheses. */
static bool take_param(struct term *s, const char *text, size_t size, struct diag *d)
{
    static const struct loss_param alpha = {.name = "alpha", .most = 1};
    const char *equals = memchr(text, '=', size);
    const struct loss_param *p = NULL;
    size_t name = equals ? (size_t)(equals - text) : size;
    char shown[DIAG_SHOWN];
    double x, *to = &s->alpha;

    while (size && *text == ' ') text++, size--, name--;
    for (size_t i = 0; i < loss_params(s->loss); i++)
        if (strlen(s->loss->param[i].name) == name && memcmp(s->loss->param[i].name, text, name) == 0)
            p = &s->loss->param[i], to = &s->param[i];
    if (!p && name == 5 && memcmp(text, "alpha", 5) == 0) {
        if (s->loss->with_alpha) s->loss = s->loss->with_alpha;
        if (s->loss->balanced) p = &alpha;
    }
    if (!p) return unknown_param(s->loss, text, name, d);
    if (!equals || !number_parse(equals + 1, size - name - 1, &x) || !isfinite(x))
        return diag_fail(d, STATUS_USAGE, "--loss: %s is not %s=NUMBER", diag_shown(shown, text, size),
                         p->name);
    if (!loss_param_check(s->loss, p, x, d)) return false;
    *to = x;
    return true;
}

/* One of the parameters without a default has to be given. */
static bool check_given(const struct term *t, struct diag *d)
{
    struct string names = {0};
    const char *first = NULL;

    for (size_t i = 0; i < loss_params(t->loss); i++) {
        const struct loss_param *p = &t->loss->param[i];

        if (!isnan(p->standard)) continue;
        if (!isnan(t->param[i])) {
            string_free(&names);
            return true;
        }
        string_printf(&names, "%s%s", first ? " or " : "", p->name);
        if (!first) first = p->name;
    }
    if (first)
        diag_fail(d, STATUS_USAGE, "--loss: %s needs %s, as in %s(%s=3)", t->loss->name, names.text,
                  t->loss->name, first);
    string_free(&names);
    return !first;
}

bool term_parse(const char *text, size_t size, struct term *out, struct diag *d)
{
    const char *open = memchr(text, '(', size);
    size_t name = open ? (size_t)(open - text) : size;
    char shown[DIAG_SHOWN];

    out->loss = loss_find(text, name);
    out->alpha = NAN;
    if (!out->loss) return unknown_loss(text, name, d);
    for (size_t i = 0; i < loss_params(out->loss); i++)
        out->param[i] = out->loss->param[i].list == PARAM_OWN ? out->loss->param[i].standard : NAN;
    if (!open) return check_given(out, d);
    if (text[size - 1] != ')')
        return diag_fail(d, STATUS_USAGE, "--loss: %s lacks its closing parenthesis",
                         diag_shown(shown, text, size));
    for (size_t at = name + 1; at + 1 < size;) {
        const char *comma = memchr(text + at, ',', size - 1 - at);
        size_t end = comma ? (size_t)(comma - text) : size - 1;

        if (!take_param(out, text + at, end - at, d)) return false;
        at = end + 1;
    }
    return check_given(out, d);
}
