/* loss.h: the table of losses

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

enum { LOSS_PARAMS = 4, LOSS_KINKS = 4 };

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
    /* How many bins of equal width the sizes of gradients under CE, 1 − p_t from 0 to 1, are sorted into:
       each example counts by 1 over their number and over the share of all examples that are in its bin.
       NULL: all count alike. */
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

/* The row of that name (size bytes), NULL if there is none. */
const struct loss *loss_find(const char *name, size_t size);
size_t loss_params(const struct loss *loss);
/* Whether an example's share in it depends on the other examples: it has keep or bins. */
bool loss_is_over_data(const struct loss *loss);
/* Which of its parameters a list gives; −1 if none. */
int loss_param_of(const struct loss *loss, enum param_list list);
/* Whether a value of a parameter lies within its range. */
bool loss_param_check(const struct loss *loss, const struct loss_param *p, double x, struct diag *d);
/* The parameters, with their defaults where they have no list: "γ, margin=0.05". */
void loss_describe(const struct loss *loss, struct string *out);

#endif
