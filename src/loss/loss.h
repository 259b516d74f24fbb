/* loss.h: the table of losses, and settings: a loss with values of its parameters

   A row of the table is all there is to know of a loss: options, defaults, ranges, help, error texts, the
   report, JSON and the figures' scripts take it from there. A new loss is a row and its functions in a
   file of this room, and its place in loss_table.c. */
#ifndef LOSS_LOSS_H
#define LOSS_LOSS_H

#include "base/error.h"
#include "base/memory.h"
#include "loss/lanes.h"

enum { LOSS_PARAMS = 4, LOSS_KINKS = 4 };

/* Which list of the command line gives a parameter that a spec leaves open. */
enum param_list { PARAM_OWN, PARAM_GAMMA, PARAM_BETA, PARAM_LISTS }; /* OWN: none, it has its default */

struct loss_param {
    const char *name;   /* "gamma", as in -l 'focal(gamma=2)' */
    const char *symbol; /* "γ" */
    const char *script; /* an expression of gnuplot that is the symbol; G, B, tex are defined there */
    const char *help;   /* "the focusing parameter" */
    double standard, least, most;
    bool above;   /* least itself is refused */
    int exponent; /* 1: a power of p_t or 1 − p_t, 2: of their ratio; the larger, the finer bins are read */
    enum param_list list;
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
    /* The loss without α_t, and the size of its derivative with respect to the logit, |dL/dx|, of a tail
       (tail.h); side: 1 positive, 0 negative, −1 where there are no sides, which counts as positive. */
    double (*value)(double tail, int side, const double *param);
    double (*slope)(double tail, int side, const double *param);
    /* Of the loss of a set of examples, not of each: it from Σ w p y, Σ w p and Σ w y, with p = P(y = 1),
       which is what value says then. NULL: the loss is a sum over the examples. */
    double (*set)(double both, double predicted, double actual, const double *param);
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

/* The row of that name (size bytes), NULL if there is none. */
const struct loss *loss_find(const char *name, size_t size);
size_t loss_params(const struct loss *loss);
/* Which of its parameters a list gives; −1 if none. */
int loss_param_of(const struct loss *loss, enum param_list list);
/* The parameters, with their defaults where they have no list: "γ, margin=0.05". */
void loss_describe(const struct loss *loss, struct string *out);

/* A loss with values of its parameters. */
struct setting {
    const struct loss *loss;
    const char *text; /* what tables call it: the name, with the parameters that have no list; not owned */
    double param[LOSS_PARAMS]; /* NaN: open, to be taken from its list */
    double alpha;              /* NaN: open, or the loss has none */
};

/* Reads "name" or "name(param=value,...)". Parameters that it does not give are open, or have their default
   where there is no list of them; text is left NULL. */
bool setting_parse(const char *text, size_t size, struct setting *out, struct diag *d);
/* What tables call it, appended to out. */
void setting_text(const struct setting *s, struct string *out);
/* All its parameters given: gamma, beta and alpha where it has them, else their defaults; text is the
   name. */
struct setting setting_of(const struct loss *loss, double gamma, double beta, double alpha);
/* The value of the parameter that a list gives; NaN if there is none. */
double setting_listed(const struct setting *s, enum param_list list);
/* Puts x there where the parameter is open. */
void setting_fill(struct setting *s, enum param_list list, double x);
/* Whether what it gives lies within its ranges. */
bool setting_check(const struct setting *s, struct diag *d);
/* Whether both have the same values everywhere (without α). */
bool setting_equal(const struct setting *a, const struct setting *b);
/* The largest of its exponents, that of a ratio twice. */
double setting_exponent(const struct setting *s);

static inline double setting_value(const struct setting *s, double tail, int side)
{
    return s->loss->value(tail, side, s->param);
}
static inline double setting_slope(const struct setting *s, double tail, int side)
{
    return s->loss->slope(tail, side, s->param);
}

#endif
