/* assert.h: statements about the results that hold or do not: 'focal[gamma=2].easy_neg < 0.2' */
#ifndef REPORT_ASSERT_H
#define REPORT_ASSERT_H

#include "report/table.h"

#include "base/error.h"

/* A number, or a column of certain results. */
struct assert_operand {
    double number; /* where `column` is NULL */
    char *loss;    /* as the results call it; NULL: of any loss */
    char **key;    /* [keys]: columns that have to have a value: */
    char **value;  /* [keys] */
    size_t keys, room;
    char *column;
};

struct assertion {
    const char *text; /* as given, not owned */
    struct assert_operand left, right;
    int comparison; /* place in the table of comparisons */
};

/* OPERAND OP OPERAND, where OP is < <= > >= == or != and OPERAND a number or [LOSS[KEY=VALUE,...].]COLUMN.
   KEY is a column of the results (gamma, alpha, easy, group, class, …). False: d filled, STATUS_USAGE. Free
   it in both cases. */
bool assertion_parse(const char *text, struct assertion *out, struct diag *d);
void assertion_free(struct assertion *a);

/* Whether it holds for all results that it speaks of: those of the whole where it names no group and no
   class. An undefined value holds for nothing. said: what was found, to be shown. False: there are no such
   results; d filled, STATUS_USAGE. */
bool assertion_check(const struct assertion *a, const struct table *t, bool *holds, struct string *said,
                     struct diag *d);

#endif
