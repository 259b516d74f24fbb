/* internal.h: what is shared by the files that read losses off a tally */
#ifndef EVALUATE_INTERNAL_H
#define EVALUATE_INTERNAL_H

#include "evaluate/lanes.h"
#include "evaluate/measure.h"
#include "evaluate/series.h"

/* A point mass: one row, or one of the two that stand for the rows of a cell. */
struct point {
    double place; /* t in its bin */
    double tail;
    double weight;
    uint32_t cell;
};

/* Cells that follow each other and belong to one part and segment. */
struct run {
    size_t begin, end;
    size_t part, segment;
};

/* Cells as a sweep over γ takes them: patches, each of one cell, or of the cells of up to four bins side by
 * side. */
struct patches {
    double spread;  /* |s| = centre (1 + d t) in a patch, d ≤ spread */
    uint32_t *cell; /* patch i: the cells from cell[i] up to cell[i + 1] */
    size_t count;
    size_t *run;  /* run r: the patches from run[r] up to run[r + 1] */
    size_t terms; /* 0: not made ready yet */
    bool laid;    /* all patches' families are kept; as sweep.h says: */
    double *family, *log_high, *log_low;
    size_t stride;
};
enum { FINE, COARSE, SWEEPS };
/* Up to this γ patches of four bins do: what they leave out, t^9 and beyond, is at most 2e-19 times the
   binomial (2γ over 9) of a patch's square, less of its loss. */
#define COARSE_GAMMA 10

/* The points of all parts, hardest first, with their running weights (rank.h), and those of each part: made
 * when first wanted. */
struct ranks {
    uint32_t *order;
    double *weight, *before;
    double *part_before; /* of part p from part_first[p] + p on, as each has one more */
};

/* Scratch of rank.c and curve.c, made when wanted. */
struct ranking {
    double *value, *weight, *before, *scaled, *block;
};

struct measure {
    bool view; /* what does not depend on the setting belongs to another */
    const struct cell *cell;
    const int *side; /* [parts] */
    size_t count, parts, segments;
    const struct sweep *sweep;
    enum bin_kind *kind; /* [count] */
    struct run *run;
    size_t runs;
    struct patches patches[SWEEPS];
    struct economy economy;
    /* over points, hardest first within each part */
    struct point *point;
    size_t points;
    size_t *part_first;    /* [parts + 1] */
    double *log_rest, *ce; /* log(1 − p_t), −log p_t */
    double *weight;
    double *value; /* the losses at the setting in force */
    bool value_made;
    struct ranks ranks;
    struct ranking ranking;
    struct setting at;
    bool by_points;
};

/* The losses of all points, made when wanted. */
const double *measure_values(struct measure *m);

/* Families of some patches. */
struct laid {
    double *family, *log_high, *log_low;
    size_t terms, stride;
};
void patches_make(const struct measure *m, bool coarse, struct patches *p);
void patches_free(struct patches *p);
/* Patches [first, first + count) to the places from 0 on. */
void patches_lay(const struct measure *m, const struct patches *p, size_t first, size_t count,
                 struct laid *to);
/* How many terms of (1 + d t)^γ, |d| ≤ spread, are worth keeping. */
size_t patches_terms(double gamma, double spread);
/* Rows that all lie in one place need no series. */
bool measure_in_one_place(const struct cell *c);

/* One row: a point. More: the two points with the same first moments (Gauss quadrature), exact for two rows.
 * Returns how many; tail is not set. */
size_t measure_points_of(const struct cell *c, struct point out[2]);
/* Points of all cells, hardest first within a part (as the cells are). */
void measure_points(struct measure *m);
/* n doubles and SWEEP_PAD more. */
double *measure_array(size_t n);

#endif
