/* setting.h: a loss with values of its parameters, or a weighted sum of such losses */
#ifndef LOSS_SETTING_H
#define LOSS_SETTING_H

#include "loss/loss.h"

enum { SUM_TERMS = 8, SETTING_KINKS = SUM_TERMS * LOSS_KINKS };

/* What a weighted sum has for a row; not in the table. */
extern const struct loss loss_sum;

/* One loss of a weighted sum. */
struct term {
    char *text; /* what tables call it: "20*focal(gamma=2)" */
    double coefficient;
    const struct loss *loss;
    double param[LOSS_PARAMS], alpha; /* as of struct setting */
};

/* Reads "name" or "name(param=value,...)"; the coefficient and the text are left alone. */
bool term_parse(const char *text, size_t size, struct term *out, struct diag *d);
/* A loss with values of its parameters, or a weighted sum of such losses, whose row is &loss_sum: then param
   is what the terms take from lists, and α_t is within its value and slope. */
struct setting {
    const struct loss *loss;
    const char *text; /* what tables call it: the name, with the parameters that have no list; not owned */
    double param[LOSS_PARAMS]; /* NaN: open, to be taken from its list */
    double alpha;              /* NaN: open, or the loss has none */
    size_t terms;              /* of a sum; else 0 */
    struct term term[SUM_TERMS];
};

/* Reads "name" or "name(param=value,...)", or a sum "20*name(...)+2*(name+name)". Parameters that it does not
   give are open, or have their default where there is no list of them; text is left NULL. What it makes is
   freed by setting_free. */
bool setting_parse(const char *text, size_t size, struct setting *out, struct diag *d);
void setting_free(struct setting *s);
/* What tables call it, appended to out. */
void setting_text(const struct setting *s, struct string *out);
/* All its parameters given: gamma, beta and alpha where it has them, else their defaults; text is the
   name. */
struct setting setting_of(const struct loss *loss, double gamma, double beta, double alpha);
/* A term as a loss of its own: as a sum of one, or without its coefficient. */
struct setting setting_of_term(const struct setting *sum, size_t term);
struct setting setting_without_coefficient(const struct term *term);
/* The value of the parameter that a list gives; NaN if there is none. */
double setting_listed(const struct setting *s, enum param_list list);
/* Whether it takes values from that list; an α. */
bool setting_is_open(const struct setting *s, enum param_list list);
bool setting_alpha_is_open(const struct setting *s);
/* Whether a value of the list is the end of a range that does not belong to it. */
bool setting_passes_over(const struct setting *s, enum param_list list, double x);
/* Puts x there where the parameter is open. */
void setting_fill(struct setting *s, enum param_list list, double x);
void setting_fill_alpha(struct setting *s, double alpha);
/* Whether what it gives lies within its ranges. */
bool setting_check(const struct setting *s, struct diag *d);
/* Whether both have the same values everywhere (without α that is not in a sum). */
bool setting_equal(const struct setting *a, const struct setting *b);
/* The largest of its exponents, that of a ratio twice. */
double setting_exponent(const struct setting *s);
/* As of struct loss; of a sum, of any of its terms. */
bool setting_is_set(const struct setting *s);
bool setting_is_sided(const struct setting *s);
bool setting_is_unsorted(const struct setting *s);
size_t setting_kinks(const struct setting *s, double tail[SETTING_KINKS]);

/* Of a sum without losses of sets; the slope is −dL/dx_t. */
double sum_value(const struct setting *s, const struct tail_terms *t, int side);
double sum_slope(const struct setting *s, const struct tail_terms *t, int side);

static inline double setting_value(const struct setting *s, const struct tail_terms *t, int side)
{
    return s->terms ? sum_value(s, t, side) : s->loss->value(t, side, s->param);
}
/* |dL/dx|, of the logit x. */
static inline double setting_slope(const struct setting *s, const struct tail_terms *t, int side)
{
    return fabs(s->terms ? sum_slope(s, t, side) : s->loss->slope(t, side, s->param));
}
/* The same of a tail alone. */
static inline double setting_value_at(const struct setting *s, long double tail, int side)
{
    struct tail_terms t = tail_terms_of(tail);

    return setting_value(s, &t, side);
}
static inline double setting_slope_at(const struct setting *s, long double tail, int side)
{
    struct tail_terms t = tail_terms_of(tail);

    return setting_slope(s, &t, side);
}

#endif
