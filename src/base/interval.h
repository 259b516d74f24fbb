/* interval.h: confidence intervals from sums, and the quantiles that they need */
#ifndef BASE_INTERVAL_H
#define BASE_INTERVAL_H

#include <stdint.h>

/* The z within ±z of which a standard normal variable lies with probability `level`, 0 < level < 1. */
double normal_quantile(double level);
/* The same of Student's distribution with `freedom` ≥ 1 degrees of freedom. */
double student_quantile(double level, uint64_t freedom);

/* NaN where they are not defined. */
struct interval {
    double low, high;
};

/* The standard error of an estimate from n independent units: √(Σ e² n / (n − 1)), where e is what a unit
   adds to the estimate (its sum is 0): for the mean of x, (x − mean) / n; for a ratio A / B of sums,
   linearised, (a − b A / B) / B (Cochran 1977, Sampling Techniques, chapter 6; of clusters, chapter 9A). NaN
   where n < 2. */
double standard_error(double squares, uint64_t n);
/* estimate ± quantile · error. */
struct interval interval_of_mean(double estimate, double error, double quantile);
/* The same of the logarithm of share / (1 − share), and back: within (0, 1) whatever the error. Not defined
   where the share is 0 or 1. */
struct interval interval_of_share(double share, double error, double quantile);

#endif
