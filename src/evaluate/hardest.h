/* hardest.h: the hardest examples of each group, as a tally of their own, which any loss is read off */
#ifndef EVALUATE_HARDEST_H
#define EVALUATE_HARDEST_H

#include "loss/setting.h"
#include "tally/tally.h"

/* What is kept by a loss that has `keep`: the examples of the smallest p_t, of equal ones positives first;
   out has the groups, parts and cuts of t, and no more of its facts. A bin in which the limit falls is cut
   exactly where the tally keeps its rows, or where, without weights, they have up to four different p_t; else
   they are taken as in curves, and with weights in proportion. bound[groups]: how far the sum of the losses
   (CE) of each group may be off; free it. tally_free frees out. */
void hardest_make(const struct tally *t, const struct setting *at, struct tally *out, double **bound);

#endif
