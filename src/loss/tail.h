/* tail.h: the currency of the whole program: the smaller of p_t and 1 − p_t, and which of them it is, in one
   double

   A tail s stands for one binary decision about one example, p_t = probability of its true class:
       0 < s ≤ ½      easy, s = 1 − p_t exactly      (p_t ≥ ½)
       s ≥ 700        easy beyond the doubles: s = x_t = −log(1 − p_t), where 1 − p_t has no normal double
       s = +0         p_t = 1
       −½ ≤ s < 0     hard, −s = p_t exactly         (p_t < ½; −½: less by under half an ulp)
       s ≤ −700       hard beyond the doubles: s = x_t = log p_t, where p_t itself has no normal double
       s = −inf       p_t = 0
   Nothing is lost at either end, where p_t itself would round to 1 or to 0. Probabilities give s exactly;
   logits give it by one exponential. NaN never is a tail. */
#ifndef LOSS_TAIL_H
#define LOSS_TAIL_H

#include <stdbool.h>

/* p: the estimated probability of y = 1, in [0, 1]; positive: y = 1. */
double tail_of_prob(double p, bool positive);
/* p_t itself, in [0, 1]. */
double tail_of_pt(double pt);
/* 1 − p_t itself, in [0, ½]. */
double tail_of_qt(double qt);
/* x_t: the logit of p_t, any double but NaN; ±inf allowed. */
double tail_of_xt(double xt);

/* What a tail of that logit leaves of it: their sum as a long double is the tail more exactly. 0 where the
   tail is another (it was clipped), or nothing is left. */
double tail_rest(double xt, double tail);

double tail_pt(double s); /* p_t, rounded */
double tail_qt(double s); /* 1 − p_t, rounded */
double tail_lp(double s); /* log p_t ≤ 0 */
double tail_lq(double s); /* log(1 − p_t) ≤ 0 */
double tail_xt(double s); /* log p_t − log(1 − p_t) */

/* What formulas are made of, with the digits that a long double has more; so may the tail have. */
struct tail_terms {
    long double tail, p, q, lp, lq; /* p_t, 1 − p_t and their logarithms */
};
struct tail_terms tail_terms_of(long double tail);
/* −log p_t − (1 − p_t) ≥ 0, whatever cancels. */
long double tail_excess(const struct tail_terms *t);

/* p_t raised to eps where it is below (eps in [0, ½]); true if it was. */
bool tail_clip(double *s, double eps);

/* −1, 0, 1: whether a is harder than, as hard as, easier than b. */
int tail_compare(double a, double b);

#endif
