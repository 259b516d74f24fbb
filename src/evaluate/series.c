/* series.c: power series in a bin's local coordinate t, and moments beyond those that were kept */
#include "evaluate/series.h"

#include <math.h>
#include <string.h>

/* t^m = Σ_j c_j T_j(t), c_j = 2^{1−m} C(m, (m−j)/2) for m − j even, half that for j = 0. Cut to j ≤ 8 and
 * written as powers again. */
static void economise(int m, double power[9])
{
    /* Chebyshev polynomials T_0 … T_8 by powers of t */
    static const double cheb[9][9] = {{1},
                                      {0, 1},
                                      {-1, 0, 2},
                                      {0, -3, 0, 4},
                                      {1, 0, -8, 0, 8},
                                      {0, 5, 0, -20, 0, 16},
                                      {-1, 0, 18, 0, -48, 0, 32},
                                      {0, -7, 0, 56, 0, -112, 0, 64},
                                      {1, 0, -32, 0, 160, 0, -256, 0, 128}};

    memset(power, 0, 9 * sizeof *power);
    for (int j = m & 1; j <= 8; j += 2) {
        int down = (m - j) / 2;
        double c = ldexp(j ? 1 : 0.5, 1 - m);

        for (int i = 0; i < down; i++) c = c * (m - i) / (i + 1);
        for (int k = 0; k <= j; k++) power[k] += c * cheb[j][k];
    }
}

void economy_fill(struct economy *e)
{
    for (int m = 9; m <= SERIES_DEGREE; m++) economise(m, e->power[m]);
}

void series_extend(const struct economy *e, const double moment[9], series out)
{
    memcpy(out, moment, 9 * sizeof *out);
    for (int m = 9; m <= SERIES_DEGREE; m++) {
        out[m] = 0;
        for (int k = m & 1; k <= 8; k += 2) out[m] += e->power[m][k] * moment[k];
    }
}

void series_minus_log(double constant, double a, series out)
{
    double power = -a;

    memset(out, 0, sizeof(series));
    out[0] = constant;
    for (int j = 1; j <= SERIES_WORTH; j++, power *= -a) out[j] = power / j;
}

void series_line(double b, double c, series out)
{
    memset(out, 0, sizeof(series));
    out[0] = b;
    out[1] = c;
}

void series_product(const series a, const series b, series out)
{
    memset(out, 0, sizeof(series));
    for (int n = 0; n <= SERIES_WORTH; n++)
        for (int k = n; k >= 0; k--) out[n] += a[k] * b[n - k];
}

void series_against(const series s, const series moment, int terms, double *out)
{
    for (int j = 0; j < terms; j++) {
        out[j] = 0;
        for (int k = SERIES_DEGREE - j < SERIES_WORTH ? SERIES_DEGREE - j : SERIES_WORTH; k >= 0; k--)
            out[j] += s[k] * moment[j + k];
    }
}

void series_nodes(const double moment[9], double node[9], double weight[9])
{
    const double pi = 3.14159265358979323846;

    for (int n = 0; n < 9; n++) {
        double t = cos(pi * (n + 0.5) / 9), before = 1, now = t, w = moment[0];
        /* Σ_j (2 − [j = 0]) T_j(node) Σ T_j(t) / 9, with T_j's sums by the same recurrence on shifted moments
         */
        double low[9] = {1}, high[9] = {0, 1};

        for (int j = 1; j <= 8; j++) {
            double sum = 0, next[9] = {0};

            for (int k = 0; k <= j; k++) sum += high[k] * moment[k];
            w += 2 * now * sum;
            for (int k = 0; k < 8; k++) next[k + 1] = 2 * high[k];
            for (int k = 0; k <= 8; k++) next[k] -= low[k];
            memcpy(low, high, sizeof low);
            memcpy(high, next, sizeof high);
            sum = 2 * t * now - before;
            before = now;
            now = sum;
        }
        node[n] = t;
        weight[n] = w / 9;
    }
}
