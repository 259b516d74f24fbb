/* measure.h: losses read off a tally: totals by part and segment, concentration, curves */
#ifndef EVALUATE_MEASURE_H
#define EVALUATE_MEASURE_H

#include "evaluate/cells.h"
#include "loss/setting.h"

/* The cells of one group made ready to be read off, for any number of losses and γ. The cuts
   (cut_of_threshold, by rising p_t) are among those of the pass, or ½; they part the examples into cut_count
   + 1 segments, segment 0 the hardest. side[parts]: 1 positive, 0 negative, −1 none; it has to last. */
struct measure;
struct measure *measure_open(const struct cell *cells, size_t count, size_t parts, const int *side,
                             const double *cuts, size_t cut_count);
void measure_close(struct measure *m);
size_t measure_parts(const struct measure *m);
size_t measure_segments(const struct measure *m);
/* out[parts]: Σ w of each part, in units of 2^scale. */
void measure_weights(const struct measure *m, double *out);

/* Makes ready for sums at a setting, and for being read by several views; done where it is wanted, if it was
   not before. The second frees what sums need; the third makes ready for concentration and curves, at any
   setting. */
void measure_prepare_sums(struct measure *m, const struct setting *at);
void measure_drop_sums(struct measure *m);
void measure_prepare_order(struct measure *m);
/* The same cells for another thread: what is set in it stays its own, and it is used for no more than m was
   made ready for. Made after that, and closed before m. */
struct measure *measure_view(const struct measure *m);

/* Sets what the functions below speak of, all parameters given (α stands apart). */
void measure_set(struct measure *m, const struct setting *at);

/* Sums over one part's examples in one segment, without α; all weights in units of 2^scale (struct cell). */
struct sums {
    uint64_t count;
    double weight; /* Σ w (the count without weights) */
    double loss;   /* Σ w l */
    double square; /* Σ (w l / 2^unit)² */
    int unit;
    double slope; /* Σ w |dl/dx| */
    /* only where squares are asked for: */
    double slope_square; /* Σ (w |dl/dx| / 2^slope_unit)² */
    int slope_unit;
    double weight_square, cross; /* Σ (w / 2^weight_unit)², Σ (w / 2^weight_unit)² l */
    int weight_unit;
};
/* out[parts][segments]. A loss of an example that is infinite makes the sums inf. */
void measure_sums(struct measure *m, struct sums *out);
/* Of several settings at once, which is quicker: out[k] as above; with all squares, or not. */
void measure_sums_of(struct measure *m, const struct setting *const *at, size_t count, bool squares,
                     struct sums **out);

/* The distribution of α_part · l over some examples. alpha[parts]: the factor of each part, NULL: all 1.
   keep[parts]: which parts count, NULL: all. */
struct concentration {
    double top1, top5, top20; /* share of the loss in the hardest 1, 5, 20 % (of the weight) */
    double half;              /* the fraction, hardest first, that holds half of the loss */
    double gini;
    double bound; /* none of these is further from what sorted rows would give */
};
/* All fields NaN where the total is 0 or infinite or there is no example. */
void measure_concentration(struct measure *m, const double *alpha, const bool *keep,
                           struct concentration *out);

/* A cumulative curve: x[i] fraction of the examples (weight), y[i] share of the loss, from (0, 0) to (1, 1),
   ascending; lowest loss first (the paper's Figure 4) or hardest first. At most `room` ≥ 16 points: all
   corners where there is room, else spread evenly in x and in y. Returns the number of points, 0 where the
   total is 0 or infinite. */
size_t measure_curve(struct measure *m, const double *alpha, const bool *keep, bool hardest_first,
                     size_t room, double *x, double *y);

/* The smallest loss of an example of the kept parts (NULL: all), within its bin, where losses fall as p_t
   rises; NaN: there is none. */
double measure_least(struct measure *m, const bool *keep);

/* The same without squares over all the kept parts (NULL: all): out[segments]. */
void measure_bands(struct measure *m, const bool *keep, struct sums *out);

#endif
