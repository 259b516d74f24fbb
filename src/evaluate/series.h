/* series.h: power series in a bin's local coordinate t, and moments beyond those that were kept */
#ifndef EVALUATE_SERIES_H
#define EVALUATE_SERIES_H

#include <stddef.h>

/* Degrees 0 … SERIES_DEGREE; the functions of a bin end at SERIES_WORTH: what is beyond is below 2^−80 of
 * them. */
enum { SERIES_DEGREE = 22, SERIES_WORTH = 9 };
typedef double series[SERIES_DEGREE + 1];

/* Moments S_0 … S_8 of points in [−1, 1] made longer: t^m, m > 8, is replaced by its best approximation of
   degree 8, its Chebyshev series cut there (economisation: Lanczos, Applied Analysis, 1956). For a smooth
   function that is as good as interpolation in 9 Chebyshev nodes. */
struct economy {
    double power[SERIES_DEGREE + 1][9]; /* of t^m, m > 8, by powers of t */
};
void economy_fill(struct economy *e);
void series_extend(const struct economy *e, const double moment[9], series out);

/* −log(1 + a t) without its constant: Σ_{j ≥ 1} (−a)^j t^j / j; constant is put at degree 0. */
void series_minus_log(double constant, double a, series out);

/* b + c t. */
void series_line(double b, double c, series out);

void series_product(const series a, const series b, series out);

/* out[j] = Σ_k s[k] moment[j + k], j < terms: Σ over the points of t^j s(t). */
void series_against(const series s, const series moment, int terms, double *out);

/* Weights of the 9 Chebyshev nodes cos(π (n + ½) / 9): Σ_n weight[n] f(node[n]) = Σ over the points of f, for
 * smooth f. */
void series_nodes(const double moment[9], double node[9], double weight[9]);

#endif
