/* internal.h: what is shared by the files that read losses off a tally */
#ifndef EVALUATE_INTERNAL_H
#define EVALUATE_INTERNAL_H

#include "evaluate/lanes.h"
#include "evaluate/measure.h"

/* One of the few masses that stand for the rows of a cell. */
struct mass {
    double place; /* t in its bin */
    double weight;
};

/* One row, or such a mass. */
struct point {
    double tail;
    uint32_t cell;
    bool known; /* one row, or several in one place */
};

/* The points of a cell that are not its rows. */
struct spread {
    uint32_t first, end;
    uint32_t first_edge, edges; /* of its slices, hardest first, behind the points; 0: none */
    double share;               /* their bound, as a share of the range of their losses */
    double most_behind;         /* the largest share of this spread and of those behind it in its part */
};

/* Cells that follow each other and belong to one part and segment. */
struct run {
    size_t begin, end;
    size_t part, segment;
    uint64_t count;        /* rows */
    double weight, square; /* Σ w, Σ w² */
    bool ends;             /* some have p_t = 0 or 1 */
};

/* Points that stand for the cells of each run: Σ weight f(tail) is Σ w f over their rows for smooth f, Σ
   square f(tail) that of w². Bins that hold p_t = 0 or 1 have none. */
struct nodes {
    double *tail, *weight, *square, *term[LOSS_TERMS]; /* [count], in `array` */
    size_t count;
    size_t *run; /* run r: the points from run[r] up to run[r + 1], a multiple of LOSS_LANES */
    double *array;
};
enum node_set {
    NODES_BROAD,  /* eight bins go together where they can */
    NODES_COARSE, /* four do */
    NODES_FINE,   /* bin by bin */
    NODES_CUT,    /* bin by bin, and a bin that is cut piece by piece */
    NODES_STEEP,  /* bin by bin, the few places of Gauss's rule: no weight is below 0 */
    NODE_SETS
};
struct chebyshev_table {
    double at[TALLY_MOMENTS][TALLY_MOMENTS];
};

/* The order of the points of all parts, hardest first, and running weights: made when first wanted. */
struct sorted_points {
    uint32_t *order;
    double *part_before; /* in the part: of part p from part_first[p] + p on, as each has one more */
    double *all_before;  /* by point: the weight of what is harder in any part */
};

/* The losses of one part at the setting in force, summed when wanted (ranking.c). */
struct part_sums {
    bool made;
    double low[2]; /* Σ w v (the weight before, and half its own): before in the part, and in all */
};

/* Scratch of sorted_points.c and ranking.c, made when wanted. */
struct sort_scratch {
    double *value, *weight, *before, *scaled, *block, *loss;
    uint32_t *rank;
    struct part_sums *part; /* [parts] */
    double *part_loss;      /* of part p from part_first[p] + p on, as each has one more */
};

struct measure {
    bool view; /* what does not depend on the setting belongs to another */
    const struct cell *cell;
    const int *side; /* [parts] */
    int unit;        /* of the cells' weights, and so of all weights here, over their scale */
    size_t count, parts, segments;
    const struct sweep *sweep;
    enum bin_kind *kind; /* [count] */
    struct run *run;
    size_t runs;
    struct nodes nodes[NODE_SETS];
    struct chebyshev_table chebyshev;
    /* over points, hardest first within each part */
    struct point *point;
    size_t points, unknown;  /* unknown: those that stand for rows, and are none */
    size_t edges;            /* places behind the points, of which only the losses are wanted */
    size_t *part_first;      /* [parts + 1] */
    struct spread *spread;   /* cells whose points only stand for their rows, in the points' order */
    size_t *part_spread;     /* [parts + 1] */
    size_t spreads, guessed; /* guessed: those whose points are not where the rows are */
    double *part_bound; /* [parts]: how far a sum of the largest losses may be off, at the setting in force */
    size_t *end_point, end_points; /* those whose p_t is 0 or 1 */
    double *term[LOSS_TERMS];
    struct tail_terms *terms; /* for losses without lanes, made when wanted; its own in each view */
    double *weight;
    double *value; /* the losses at the setting in force */
    bool value_made;
    struct sorted_points sorted;
    struct sort_scratch scratch;
    struct setting at;
};

/* p_t is 0 or 1: the loss may be infinite, and has no series. */
static inline bool measure_is_end(enum bin_kind kind)
{
    return kind == BIN_SURE || kind == BIN_NEVER;
}

/* Gauss's rule of moments: places in t and weights that add to Σ w; exact: the rows lie in these places and
   nowhere else. */
enum { RULE = 4 };
struct rule {
    int count;
    bool exact;
    double blur; /* where exact: Σ w |t − place| of the rows is below that, as their moments are rounded */
    double place[RULE], weight[RULE];
};
void rule_of(const double sum[TALLY_MOMENTS], struct rule *out);

/* The losses of all points, made when wanted. */
const double *measure_values(struct measure *m);

void chebyshev_table_fill(struct chebyshev_table *t);
void nodes_make(const struct measure *m, enum node_set which, struct nodes *to);
void nodes_free(struct nodes *n);
/* From moments in t to those in (t + offset) factor: Σ (t + o)^k = Σ_j C(k, j) o^(k − j) Σ t^j. */
struct shift {
    double at[TALLY_MOMENTS][TALLY_MOMENTS];
};
void shift_make(double offset, double factor, struct shift *out);
/* Adds to sum the moments, shifted. */
void shift_add(const struct shift *shift, const double moment[TALLY_MOMENTS], double sum[TALLY_MOMENTS]);
/* Both, for one shift. */
void moments_add_moved(double offset, double factor, const double moment[TALLY_MOMENTS],
                       double sum[TALLY_MOMENTS]);
/* Which set a setting is read off. */
enum node_set nodes_of(const struct setting *s);

/* One row: a point. More: the two points with the same first moments (Gauss quadrature), exact for two rows.
   Returns how many; tail is not set. */
size_t measure_points_of(const struct cell *c, struct mass out[2]);
enum { MOST_POINTS = 2 * SLICES };
/* What stands for a cell's rows, by rising place. */
struct cell_points {
    struct mass point[MOST_POINTS];
    size_t count;
    bool exact;  /* the rows are there, and nowhere else, within what rounding hides */
    double blur; /* of these: Σ w |t − place| is below that */
    bool sliced; /* they are slices_points */
};
/* wanted: how many would do. */
void measure_cell_points(const struct cell *c, size_t wanted, struct cell_points *out);
/* Of a cell's rows that are not known: how much of their weight lies in each slice; those from `first` up to
   `end` have some. */
struct slices {
    int count, first, end;
    double share[SLICES]; /* adds to 1 */
};
/* False: it is not known, or tells no more than the moments. */
bool slices_find(const struct cell *c, struct slices *out);
/* Slice k lies from slice_edge(k) up to slice_edge(k + 1), places in t. */
double slice_edge(const struct slices *s, int slice);
/* Points of the slices, by rising place: they have the rows' mean and, as far as their slices allow, further
   moments. */
size_t slices_points(const struct cell *c, struct mass out[MOST_POINTS]);
/* Points of all cells, hardest first within a part (as the cells are). */
void measure_points(struct measure *m);
/* n doubles and LOSS_LANES more, which are read and never used. */
double *measure_array(size_t n);

#endif
