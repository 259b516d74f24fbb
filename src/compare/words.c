/* words.c: comparisons in words, and numbers with their intervals as people read them */
#include "compare/words.h"

#include "base/interval.h"
#include "base/number.h"
#include "compare/letters.h"

#include <math.h>

double half_width(const struct estimate *e, double level, uint64_t units)
{
    return units < 2 || !isfinite(e->error) ? NAN : student_quantile(level, units - 1) * e->error;
}

/* "ce", "focal (γ = 2, α = 0.25)". */
static void add_loss(const struct row_loss *l, struct string *out)
{
    static const char *const symbol[PARAM_LISTS] = {NULL, "γ", "β"};
    char number[NUMBER_SIZE];
    size_t given = 0;

    string_puts(out, l->setting.text);
    for (int list = PARAM_GAMMA; list < PARAM_LISTS; list++) {
        double x = setting_listed(&l->setting, (enum param_list)list);

        if (isnan(x)) continue;
        number_format(x, number);
        string_printf(out, "%s%s = %s", given++ ? ", " : " (", symbol[list], number);
    }
    if (!isnan(l->alpha)) {
        number_format(l->alpha, number);
        string_printf(out, "%sα = %s", given++ ? ", " : " (", number);
    }
    if (given) string_putc(out, ')');
}

void add_change(double difference, double half, bool plain, struct string *out)
{
    char text[64];
    int exponent, places;

    if (plain) difference = fabs(difference);
    if (isnan(half) || !(half > 0) || !isfinite(difference)) {
        if (!plain && difference > 0) string_putc(out, '+');
        string_add(out, text, show_number(difference, 4, text, sizeof text));
        if (half == 0) string_puts(out, " ± 0");
        return;
    }
    exponent = (int)floor(log10(half));
    places = exponent >= 1 ? 0 : 1 - exponent;
    if (places > 8)
        string_printf(out, plain ? "%.1e ± %.1e" : "%+.1e ± %.1e", difference, half);
    else
        string_printf(out, plain ? "%.*f ± %.*f" : "%+.*f ± %.*f", places, difference, places, half);
}

static void add_level(double level, struct string *out)
{
    string_printf(out, "%.6g %%", 100 * level);
}

/* Is an estimate's difference other than 0, as far as its interval says? */
static bool is_proven(const struct estimate *e, double half)
{
    return isfinite(e->difference) && fabs(e->difference) > half;
}

void add_verdict(const struct pair_result *r, double level, struct string *out)
{
    const struct estimate *e = &r->mean;
    double half = half_width(e, level, r->units), share = 100 * fabs(e->difference / e->first);

    if (!isfinite(e->difference)) {
        string_puts(out, "not comparable: a loss is infinite");
    } else if (!is_proven(e, half)) {
        string_puts(out, "no difference proven at ");
        add_level(level, out);
    } else {
        string_puts(out, e->difference < 0 ? "lower by " : "higher by ");
        add_change(e->difference, half, true, out);
        if (isfinite(share)) string_printf(out, share < 9.95 ? " (%.1f %%)" : " (%.0f %%)", share);
    }
}

void add_finding(const struct comparison *c, size_t loss, size_t threshold, size_t model, struct string *out)
{
    const struct compare_request *q = c->request;
    const struct pair_result *r = comparison_at(c, loss, threshold, model);

    add_loss(&q->loss[loss], out);
    string_puts(out, ": ");
    if (is_proven(&r->mean, half_width(&r->mean, q->level, r->units))) {
        string_puts(out, "the mean of ");
        add_letter(model, out);
        string_puts(out, " is ");
    } else if (c->models > 2) {
        add_letter(model, out);
        string_puts(out, ": ");
    }
    add_verdict(r, q->level, out);
    string_putc(out, '.');
}

/* "yes, from 76.2 % to 60.1 % (-16.1 ± 2.0 points)" */
static void add_move(const struct estimate *e, double half, struct string *out)
{
    char text[32];

    if (isnan(e->difference)) {
        string_puts(out, "there is no such share");
        return;
    }
    string_puts(out, !is_proven(e, half) ? "no move proven, "
                     : e->difference < 0 ? "yes, "
                                         : "no, towards them, ");
    string_puts(out, "from ");
    string_add(out, text, show_share(e->first, text, sizeof text));
    string_puts(out, " to ");
    string_add(out, text, show_share(e->second, text, sizeof text));
    string_puts(out, " (");
    add_change(100 * e->difference, 100 * half, false, out);
    string_puts(out, " points)");
}

void add_answer(const struct comparison *c, size_t model, struct string *out)
{
    const struct compare_request *q = c->request;
    enum share share = c->sides ? SHARE_EASY_NEG : SHARE_EASY;

    string_puts(out, "Did the loss move away from easy ");
    string_puts(out, c->sides ? "negatives from A to " : "examples from A to ");
    add_letter(model, out);
    string_putc(out, '?');
    for (size_t l = 0; l < comparison_losses(q); l++) {
        const struct pair_result *r = comparison_at(c, l, 0, model);
        const struct estimate *e = &r->share[share];

        string_puts(out, l ? "; " : " ");
        if (l < q->losses)
            add_loss(&q->loss[l], out);
        else
            string_puts(out, "each by the loss that it was trained with");
        string_puts(out, ": ");
        add_move(e, half_width(e, q->level, r->units), out);
    }
    string_putc(out, '.');
}
