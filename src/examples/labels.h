/* labels.h: what a label's text, or number, means */
#ifndef EXAMPLES_LABELS_H
#define EXAMPLES_LABELS_H

#include "base/string_table.h"
#include "examples/input.h"

/* What a label is when it is no class (softmax, sigmoid) and no side (binary: 0 negative, 1 positive). */
enum {
    LABEL_BAD = -1,
    LABEL_IGNORED = -2,
    LABEL_NO_CLASS = -3
}; /* no class: the background that is no column */

/* A number that stands for a label. */
struct label_number {
    double value;
    int32_t code;
};

/* What the labels are told apart by. */
enum label_kind {
    LABELS_SIDES, /* the side of one question: code 0 negative, 1 positive */
    LABELS_PAIR,  /* which of two columns of scores: code 0 or 1, the column; one of them is the positive's */
    LABELS_CLASSES /* which of K columns */
};

struct labels {
    enum label_kind kind;
    bool rest_negative;          /* any other text or number is negative */
    const struct list *positive; /* where the rest is negative, what is not */
    const struct list *ignore;
    bool reversed;    /* no and false are positive */
    bool plain;       /* of sides: 0 is negative, 1 positive */
    bool by_text;     /* texts of the same number may mean different labels */
    int32_t side[2];  /* the codes of negative and positive, where there are sides */
    bool by_place;    /* a class's number is the place of its column, from --label-base on */
    bool own_numbers; /* the classes' names end in numbers that are not their places: numbers are refused */
    struct string_table word;
    int32_t *word_code; /* [word.count] */
    size_t word_room;
    int32_t *small; /* codes of whole numbers from LABELS_LOW on */
    size_t smalls;
    struct label_number *other; /* the rest */
    size_t others, other_room;
    char **class_name; /* borrowed */
    char **core; /* [classes] what tells the names apart: yes of confidence(yes); NULL: there are none */
    size_t classes;
};

/* Sides by --positive, --negative, --ignore; of a pair also by the columns' classes, of which the second is
   the positive one where nothing else is told; classes by name or, where no name is a number, by number from
   0 (--label-base), with --background and --ignore. *background is the class without positives, −1: none.
   False with d filled. */
bool labels_open(struct labels *l, const struct input *in, enum label_kind kind, char **class_name,
                 size_t classes, ptrdiff_t *background, struct diag *d);
void labels_free(struct labels *l);

/* Another name of a class, where nothing has it yet: the column's. */
void labels_alias(struct labels *l, const char *name, int32_t class);

/* The side that a class has by its name: 1 (1, true, yes, positive), 0 (0, false, no, negative), else
   LABEL_BAD. */
int labels_side_of_name(const char *name);

/* The class or side, or one of the above. Spaces around a text do not count. */
int32_t labels_of_text(const struct labels *l, const char *text, size_t size);
int32_t labels_of_number(const struct labels *l, double value);

/* The label told to be positive that this one is but for its case, NULL: none. */
const char *labels_but_for_case(const struct labels *l, const char *text, size_t size);
/* The number that a class's name ends in, or what tells it from the other names. */
bool labels_own_number(const struct labels *l, size_t class, uint64_t *n);

/* For a label that is LABEL_BAD: what is wrong with it, and the option that would settle it. */
enum { LABELS_SHOWN = 600 };
const char *labels_explain(const struct labels *l, const char *text, size_t size, char out[LABELS_SHOWN]);

#endif
