/* loss.h: the table of losses: what each is, where it comes from, its value and its slope at one example */
#ifndef LOSS_LOSS_H
#define LOSS_LOSS_H

#include <stdbool.h>
#include <stddef.h>

/* γ and β of one setting; α is a factor on top and stands outside. A loss that has no γ (β) ignores it. */
struct loss_at {
    double gamma, beta;
};

struct loss {
    const char *name;    /* "balanced-focal" */
    const char *symbol;  /* "FL", for keys and captions */
    const char *formula; /* as text */
    const char *source;  /* "eq. 5" */
    bool balanced;       /* multiplied by α_t */
    bool has_gamma, has_beta;
    bool gamma_above_0; /* γ = 0 is refused */
    bool star;          /* of the FL* family; else (1−p_t)^γ · CE, with γ = 0 where it has none */
    /* The loss without α_t, and the size of its derivative with respect to the logit, |dL/dx|, at tail s. */
    double (*value)(double s, struct loss_at at);
    double (*slope)(double s, struct loss_at at);
};

extern const struct loss loss_table[];
extern const size_t loss_count;

/* The row of that name (size bytes), NULL if there is none. */
const struct loss *loss_find(const char *name, size_t size);

#endif
