/* words.h: comparisons in words, and numbers with their intervals as people read them */
#ifndef COMPARE_WORDS_H
#define COMPARE_WORDS_H

#include "compare/compare.h"

/* Half the width of an estimate's interval; NaN where it has none. */
double half_width(const struct estimate *e, double level, uint64_t units);
/* "+0.0412 ± 0.0031", "0.0412 ± 0.0031" (plain: without the sign): as many places as the half width, which
   has two digits. */
void add_change(double difference, double half, bool plain, struct string *out);
/* "lower by 0.0412 ± 0.0031 (12 %)", "no difference proven at 95 %": of the mean. */
void add_verdict(const struct pair_result *r, double level, struct string *out);
/* A sentence: what the verdict is on a model. */
void add_finding(const struct comparison *c, size_t loss, size_t threshold, size_t model, struct string *out);
/* A sentence: whether the loss has moved away from easy negatives (examples, where there are no sides), at
   the first threshold. */
void add_answer(const struct comparison *c, size_t model, struct string *out);

#endif
