/* evaluate.h: many settings read off one tally, side by side on several threads */
#ifndef EVALUATE_EVALUATE_H
#define EVALUATE_EVALUATE_H

#include "evaluate/measure.h"

/* A setting (α apart), and what is wanted of it: the loss as it is, and with each α; neither: it is passed
   over. */
struct request {
    struct setting setting;
    bool plain, weighted;
};

struct read_off {
    const struct request *request;
    size_t count, alpha_count;
    bool squares;                    /* sums have all their squares */
    const bool *positive, *negative; /* [parts]: the sides, NULL: there are none */
    /* The factor of each part at the alpha-th α, which may depend on the request's sums; called on any
       thread. */
    void (*factors)(const void *context, size_t request, size_t alpha, const struct sums *sums,
                    double *factor);
    const void *context;
    unsigned threads; /* 0: as many as are allowed */
};

/* Of all examples, and of each side; NaN where there are no sides. */
struct distribution {
    struct concentration all, positive, negative;
};

struct reading {
    struct sums *sums;                    /* [parts][segments] */
    double *factor;                       /* [alpha_count][parts] */
    struct distribution plain, *weighted; /* without α; [alpha_count] */
};

/* out[count] is to be freed by readings_free. The results do not depend on the number of threads. */
void read_off(struct measure *m, const struct read_off *r, struct reading *out);
void readings_free(struct reading *reading, size_t count);

#endif
