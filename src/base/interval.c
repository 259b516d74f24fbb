/* interval.c: confidence intervals from sums, and the quantiles that they need */
#include "base/interval.h"

#include <math.h>

/* Newton's steps stop where they no longer move; from below, on curves that flatten, none goes too far. */
enum { STEPS = 200 };

double normal_quantile(double level)
{
    double root = sqrt(M_PI_2), z = level * root; /* the tangent at 0 */

    for (int i = 0; i < STEPS; i++) {
        double step = (erfc(z / M_SQRT2) - (1 - level)) * root * exp(z * z / 2);

        z += step;
        if (!(step > 1e-16 * z)) break;
    }
    return z;
}

/* P(|T| ≤ t), θ = atan(t / √freedom): a finite sum (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4). */
static double student_within(double theta, uint64_t freedom)
{
    double cosine = cos(theta), square = cosine * cosine, term = 1, sum = 0;
    uint64_t odd = freedom % 2;

    for (uint64_t k = 2 + odd; k <= freedom; k += 2) {
        sum += term;
        term *= square * (double)(k - 1) / (double)k;
    }
    return odd ? (theta + sin(theta) * cosine * sum) * M_2_PI : sin(theta) * sum;
}

/* The quantile z of the normal distribution and what is added to it, by powers of 1 / freedom (26.7.5). */
static double student_expansion(double z, double freedom)
{
    double z2 = z * z, a = (z2 + 1) / 4, b = ((5 * z2 + 16) * z2 + 3) / 96,
           c = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384,
           d = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;

    return z * (1 + (a + (b + (c + d / freedom) / freedom) / freedom) / freedom);
}

double student_quantile(double level, uint64_t freedom)
{
    double z = normal_quantile(level), n = (double)freedom, theta = atan(z / sqrt(n)), slope;

    if (freedom > 1000) return student_expansion(z, n);
    slope = 2 / sqrt(M_PI) * exp(lgamma((n + 1) / 2) - lgamma(n / 2));
    for (int i = 0; i < STEPS; i++) {
        double step = (level - student_within(theta, freedom)) / (slope * pow(cos(theta), n - 1));

        theta += step;
        if (!(step > 1e-16 * theta)) break;
    }
    return sqrt(n) * tan(theta);
}

double standard_error(double squares, uint64_t n)
{
    return n < 2 ? NAN : sqrt(squares * ((double)n / (double)(n - 1)));
}

struct interval interval_of_mean(double estimate, double error, double quantile)
{
    return (struct interval){estimate - quantile * error, estimate + quantile * error};
}

struct interval interval_of_share(double share, double error, double quantile)
{
    double rest = 1 - share, odds = exp(quantile * error / (share * rest));

    if (!(share > 0 && rest > 0)) return (struct interval){NAN, NAN};
    return (struct interval){share / (share + rest * odds), share / (share + rest / odds)};
}
