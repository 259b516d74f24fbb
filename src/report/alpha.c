/* alpha.c: α of each part of the data, from a number, a list of classes, or the counts */
#include "base/number.h"
#include "report/internal.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* Σ over the segments of a part. */
static double part_loss(const struct scope *s, size_t part)
{
    double sum = 0;

    for (size_t g = 0; g <= s->a->easy_count; g++) sum += scope_at(s, part, g)->loss;
    return sum;
}

static uint64_t examples_in(const struct scope *s, size_t part)
{
    uint64_t n = s->weightless[part];

    for (size_t g = 0; g <= s->a->easy_count; g++) n += scope_at(s, part, g)->count;
    return n;
}

uint64_t scope_examples_of(const struct scope *s, const bool *side)
{
    uint64_t n = 0;

    for (size_t p = 0; p < s->parts; p++) n += !side || side[p] ? examples_in(s, p) : 0;
    return n;
}

/* The name of a class; "c3" or "class_3" is that of a class 3, as in labels. */
static bool is_class(const char *class, const char *name, size_t size)
{
    size_t letters = 0;

    if (strlen(class) == size && memcmp(class, name, size) == 0) return true;
    while (letters < size && (isalpha((unsigned char)name[letters]) || name[letters] == '_')) letters++;
    return letters < size && strspn(class, "0123456789") == strlen(class) &&
           strlen(class) == size - letters && memcmp(class, name + letters, size - letters) == 0;
}

/* "a=2,b=0.5": the weight of the class of that name; classes that are not named weigh 1. */
static bool class_weights(const struct scope *s, const char *text, double *factor, struct diag *d)
{
    const struct facts *f = s->facts;

    for (size_t p = 0; p < f->parts; p++) factor[p] = 1;
    while (*text) {
        size_t n = strcspn(text, ","), name = 0;
        double w;
        bool known = false;

        while (name < n && text[name] != '=') name++;
        if (name == n || !number_parse(text + name + 1, n - name - 1, &w) || !(w >= 0) || isinf(w))
            return diag_fail(d, STATUS_USAGE, "--alpha: '%.*s' is no NAME=WEIGHT", (int)n, text);
        for (size_t p = 0; p < f->parts; p++) {
            const char *class = f->class_name[facts_class(f, p)];

            if (is_class(class, text, name)) factor[p] = w, known = true;
        }
        if (!known) return diag_fail(d, STATUS_USAGE, "--alpha: there is no class '%.*s'", (int)name, text);
        text += n + (text[n] == ',');
    }
    return true;
}

static double effective_weight(double b, double n)
{
    return n > 0 ? (1 - b) / -expm1(n * log(b)) : 0;
}

bool alpha_check(struct scope *s, struct diag *d)
{
    for (size_t i = 0; i < s->a->alpha_count; i++) {
        const struct alpha *alpha = &s->a->alpha[i];

        if (alpha->kind == ALPHA_CLASSES && !class_weights(s, alpha->text, s->factor, d)) return false;
        if (alpha->kind == ALPHA_BALANCE && !s->sides)
            return diag_fail(d, STATUS_USAGE,
                             "--alpha balance needs positives and negatives: see --background");
    }
    return true;
}

struct value alpha_shown(const struct scope *s, const struct alpha *alpha, const double *factor)
{
    bool softmax = s->facts->task == TASK_SOFTMAX;
    size_t p = 0;

    if (alpha->kind == ALPHA_NUMBER) return value_setting(alpha->number);
    if (alpha->kind == ALPHA_CLASSES || alpha->kind == ALPHA_EFFECTIVE ||
        (alpha->kind == ALPHA_INVERSE && softmax))
        return value_text(alpha->text);
    while (p + 1 < s->facts->parts && facts_side(s->facts, p) != 1) p++;
    return value_setting(factor[p]);
}

void alpha_set(struct scope *s, const struct alpha *alpha)
{
    size_t parts = s->parts;
    double pos = (double)scope_examples_of(s, s->positive), neg = (double)scope_examples_of(s, s->negative),
           mean = 0, a = alpha->number, rest = 1 - a;
    bool softmax = s->facts->task == TASK_SOFTMAX;

    if (alpha->kind == ALPHA_CLASSES) {
        class_weights(s, alpha->text, s->factor, &(struct diag){0});
        return;
    }
    if (alpha->kind == ALPHA_INVERSE && softmax) {
        double all = (double)scope_examples_of(s, NULL);

        for (size_t k = 0; k < parts; k++) {
            double n = (double)examples_in(s, k);

            s->factor[k] = n > 0 ? all / ((double)s->facts->classes * n) : 0;
        }
        return;
    }
    if (alpha->kind == ALPHA_EFFECTIVE) {
        for (size_t k = 0; k < parts; k++) {
            double n = softmax ? (double)examples_in(s, k) : s->positive[k] ? pos : neg;

            s->factor[k] = effective_weight(alpha->number, n);
            mean += s->factor[k] / (double)parts;
        }
        for (size_t k = 0; k < parts && mean > 0; k++) s->factor[k] /= mean;
        return;
    }
    if (alpha->kind == ALPHA_BALANCE) {
        pos = neg = 0;
        for (size_t k = 0; k < parts; k++) *(s->positive[k] ? &pos : &neg) += part_loss(s, k);
    }
    if (alpha->kind != ALPHA_NUMBER) { /* 1 − α by itself: it may be far smaller than α */
        a = neg / (pos + neg);
        rest = pos / (pos + neg);
        if (isnan(a) || isnan(rest)) a = rest = NAN; /* nothing to balance, or an infinite side */
    }
    for (size_t k = 0; k < parts; k++) s->factor[k] = !s->sides || s->positive[k] ? a : rest;
}

void alpha_range(const struct scope *s, const struct setting *asked, size_t *first, size_t *end)
{
    *first = 0;
    *end = asked->loss->balanced ? s->asked_alpha_count : 1;
    if (!asked->loss->balanced || isnan(asked->alpha)) return;
    for (*first = s->asked_alpha_count; s->a->alpha[*first].number != asked->alpha;) ++*first;
    *end = *first + 1;
}

void alpha_add_own(struct scope *s, struct analysis *own)
{
    const struct analysis *a = s->a;

    *own = *a;
    own->alpha = mem_alloc(a->alpha_count + a->loss_count + 1, sizeof *own->alpha);
    memcpy(own->alpha, a->alpha, a->alpha_count * sizeof *own->alpha);
    for (size_t i = 0; i < a->loss_count; i++)
        if (!isnan(a->loss[i].alpha))
            own->alpha[own->alpha_count++] = (struct alpha){ALPHA_NUMBER, a->loss[i].alpha, ""};
    s->asked_alpha_count = a->alpha_count;
    s->a = own;
}
