/* report.h: from a tally to the table of results */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "evaluate/evaluate.h"
#include "loss/setting.h"
#include "report/notes.h"
#include "report/table.h"

enum alpha_kind {
    ALPHA_NUMBER,    /* positives α, negatives 1 − α; without sides a factor of every class */
    ALPHA_INVERSE,   /* binary: negatives / examples; softmax: n / (K n_c) */
    ALPHA_EFFECTIVE, /* (1 − b) / (1 − b^n_c), scaled to mean 1 (Cui et al., CVPR 2019) */
    ALPHA_BALANCE,   /* positives and negatives carry equal loss */
    ALPHA_CLASSES    /* NAME=W,... */
};

struct alpha {
    enum alpha_kind kind;
    double number;    /* α, or the b of effective */
    const char *text; /* as given */
};

/* The level of intervals where none is given. */
#define USUAL_LEVEL 0.95

/* The settings of an analysis; lists in the order given. */
struct analysis {
    struct setting *loss; /* what their specs leave open is taken from the lists; their texts are owned */
    size_t loss_count;
    double *gamma, *beta, *easy;
    size_t gamma_count, beta_count, easy_count;
    struct alpha *alpha;
    size_t alpha_count;
    bool by_class;     /* a result for each class, too */
    bool metrics;      /* measures in place of losses (report/metrics.h) */
    double ci;         /* the level of the intervals, between 0 and 1; 0: none are asked for */
    unsigned threads;  /* that read off many settings; 0: as many as are allowed */
    size_t top_groups; /* only this many groups, those with the largest share of the loss; 0: all, in the
                          order of the data */
};

/* Checks what can be checked before the data are read: parameters out of range, more thresholds than a pass
   holds. */
bool analysis_check(const struct analysis *a, struct diag *d);
/* The settings of one of its losses: γ × β (α stands apart). Free them. */
struct setting *analysis_settings(const struct analysis *a, const struct setting *asked, size_t *count);
/* Whether another loss of the analysis is the same: CE beside FL at γ = 0. */
bool analysis_is_redundant(const struct analysis *a, const struct setting *s);
/* Whether there are classes, where results of each are asked for. */
bool analysis_check_classes(const struct analysis *a, const struct facts *facts, struct diag *d);
/* Which classes have to be kept apart for it. */
enum apart analysis_apart(const struct analysis *a);
/* The cuts that the thresholds and the losses need, or those of the measures; free at. */
struct cuts analysis_cuts(const struct analysis *a);

/* One row a result, all the columns of the machine forms: group × loss × γ × β × α × threshold, each followed
   by its classes where these were asked for; where there are groups, a group TOTAL comes last. α that depends
   on the data (inverse, effective, balance) is that of all the data, for every group. */
bool report_build(const struct analysis *a, const struct facts *facts, const struct tally *tally,
                  struct table *out, struct diag *d);
/* The same of a tally of which only the facts are asked for afterwards: it may be spent (tally_spend), so
   that less memory is taken. */
bool report_build_last(const struct analysis *a, struct tally *tally, struct table *out, struct diag *d);
/* The same rows, in pieces as they come, so that no more than one group's are held. deliver's table is gone
   when it returns; false, with d filled, ends it. last: the tally may be spent. */
typedef bool report_deliver(void *context, const struct table *rows, struct diag *d);
bool report_stream(const struct analysis *a, struct tally *tally, bool last, report_deliver *deliver,
                   void *context, struct diag *d);

/* A report: what was asked, what was read, the results, and what is to be said of the scores. */
struct report {
    const struct analysis *analysis;
    const struct facts *facts;
    const struct table *table;
    const char *note[NOTES_MOST];
    size_t notes;
};

/* One sentence, without a line's end, that says what the figures show, of the whole and the first threshold;
   nothing where they are not there. */
void report_finding(const struct report *r, struct string *out);

/* Where the results have the lower end of a column's interval, behind which stands the upper one; 0: that
   column has none. */
size_t report_interval(const struct analysis *a, size_t column);
/* One sentence on what the intervals are; nothing where none are asked for. */
void report_intervals_note(const struct report *r, struct string *out);

/* What a column of the results means, in a few words; "" of an unknown one. */
const char *report_meaning(const char *name);

/* The columns that a person looks at first. Open, let it look at all rows, settle: then those are left
   that say anything of these rows, which a column that is empty in all of them does not, nor the only
   threshold. */
enum { FIRST_COLUMNS = 24 };
struct first_columns {
    struct column column[FIRST_COLUMNS];
    struct column_fit fit[FIRST_COLUMNS];
    size_t from[FIRST_COLUMNS], count; /* columns of the results */
    bool telling[FIRST_COLUMNS], seen;
    const struct analysis *analysis;
    size_t range_room;
    size_t easy;        /* the column of the thresholds; SIZE_MAX: there is none */
    double threshold;   /* the first */
    struct table table; /* free it; it points to the columns: not to be moved */
};
void first_columns_open(struct first_columns *c, const struct report *r);
void first_columns_look(struct first_columns *c, const struct table *rows);
void first_columns_settle(struct first_columns *c);
/* These rows become those of c->table. */
void first_columns_take(struct first_columns *c, const struct table *rows);

#endif
