/* loss.h: the table of losses, and settings: a loss with values of its parameters

   A row of the table is all there is to know of a loss: options, defaults, ranges, help, error texts, the
   report, JSON and the figures' scripts take it from there. A new loss is a row and its functions in a
   file of this room, and its place in loss_table.c. */
#ifndef LOSS_LOSS_H
#define LOSS_LOSS_H

#include "base/error.h"
#include "base/memory.h"
#include "loss/lanes.h"
#include "loss/tail.h"

#include <math.h>

enum { LOSS_PARAMS = 4, LOSS_KINKS = 4, SUM_TERMS = 8, SETTING_KINKS = SUM_TERMS * LOSS_KINKS };

/* Which list of the command line gives a parameter that a spec leaves open. */
enum param_list { PARAM_OWN, PARAM_GAMMA, PARAM_BETA, PARAM_LISTS }; /* OWN: none, it has its default */

struct loss_param {
    const char *name;   /* "gamma", as in -l 'focal(gamma=2)' */
    const char *symbol; /* "γ" */
    const char *script; /* an expression of gnuplot that is the symbol; G, B, tex are defined there */
    const char *help;   /* "the focusing parameter" */
    double standard, least, most; /* standard NaN: none; of those parameters at least one has to be given */
    bool above;                   /* least itself is refused */
    bool whole;                   /* whole numbers alone */
    int exponent; /* 1: a power of p_t or 1 − p_t, 2: of their ratio; the larger, the finer bins are read */
    enum param_list list;
};

/* How much weight of the hardest examples is kept (without weights: how many examples). */
struct kept {
    bool by_side;   /* side[] holds, else all */
    double all;     /* whichever side they are of */
    double side[2]; /* of negatives, of positives */
};

struct loss {
    const char *name;                     /* "balanced-focal" */
    const char *symbol;                   /* "FL", for keys and captions */
    const char *formula;                  /* as text */
    const char *source;                   /* "eq. 5" */
    struct loss_param param[LOSS_PARAMS]; /* a NULL name ends */
    bool balanced;                        /* multiplied by α_t */
    bool sided;                           /* the value depends on the side */
    bool unsorted;                        /* it does not always fall as p_t rises */
    const struct loss *at_zero;           /* the loss that it is where its first parameter is 0; NULL: none */
    const struct loss *with_alpha;        /* the balanced loss that it is with an α; NULL: none */
    /* The loss without α_t, and how fast it falls, −dL/dx_t, of a tail (tail.h); side: 1 positive, 0
       negative, −1 where there are no sides, which counts as positive. */
    double (*value)(const struct tail_terms *t, int side, const double *param);
    double (*slope)(const struct tail_terms *t, int side, const double *param);
    /* Of the loss of a set of examples, not of each: it from Σ w p y, Σ w p and Σ w y, with p = P(y = 1),
       which is what value says then. NULL: the loss is a sum over the examples. */
    double (*set)(double both, double predicted, double actual, const double *param);
    /* Of the hardest examples of each group alone, where there are weight[] negatives and positives (examples
       without sides count as positives). NULL: all examples count. */
    struct kept (*keep)(const double weight[2], const double *param);
    /* Each example counts by 1 over the share of all that are in its bin, of so many equal bins of the size
       of its gradient under CE, 1 − p_t, and over their number. NULL: all count alike. */
    size_t (*bins)(const double *param);
    /* The tails where it is not smooth, at which bins have to be cut; returns how many. NULL: none. */
    size_t (*kinks)(const double *param, double tail[LOSS_KINKS]);
    enum loss_vector vector; /* the same two for many points, if any (lanes.h) */
    /* The same two as expressions of gnuplot over p (p_t), y (the side, if sided) and the parameters' names:
       function is the name under which scripts define them, d before it for the slope. */
    const char *function, *script_value, *script_slope;
};

extern const struct loss *const loss_table[];
extern const size_t loss_count;
/* The rows of the paper, which its figures draw. */
extern const struct loss loss_ce, loss_balanced_ce, loss_focal, loss_balanced_focal, loss_focal_star;
/* What a weighted sum has for a row; not in the table. */
extern const struct loss loss_sum;

/* The row of that name (size bytes), NULL if there is none. */
const struct loss *loss_find(const char *name, size_t size);
size_t loss_params(const struct loss *loss);
/* Whether an example's share in it depends on the other examples: it has keep or bins. */
bool loss_is_over_data(const struct loss *loss);
/* Which of its parameters a list gives; −1 if none. */
int loss_param_of(const struct loss *loss, enum param_list list);
/* One loss of a weighted sum. */
struct term {
    char *text; /* what tables call it: "20*focal(gamma=2)" */
    double coefficient;
    const struct loss *loss;
    double param[LOSS_PARAMS], alpha; /* as of struct setting */
};

/* Reads "name" or "name(param=value,...)"; the coefficient and the text are left alone. */
bool term_parse(const char *text, size_t size, struct term *out, struct diag *d);
/* Whether a value of a parameter lies within its range. */
bool loss_param_check(const struct loss *loss, const struct loss_param *p, double x, struct diag *d);
/* The parameters, with their defaults where they have no list: "γ, margin=0.05". */
void loss_describe(const struct loss *loss, struct string *out);

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
