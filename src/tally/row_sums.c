/* row_sums.c: what one row adds to the exact sums of its cell */
#include "tally/row_sums.h"

#include "tally/accumulate.h"

#include <math.h>
#include <string.h>

static uint64_t bits_of(double x)
{
    uint64_t b;

    memcpy(&b, &x, sizeof b);
    return b;
}

/* The whole number nearest to x, |x| < 2^94. */
static wide_int whole(double x)
{
    int64_t high = (int64_t)(x * 0x1p-32);
    double low = x - (double)high * 0x1p32 + MAGIC; /* which leaves the integer part, rounded */

    return (wide_int)high * ((int64_t)1 << 32) + (int64_t)(bits_of(low) - bits_of(MAGIC));
}

int weight_level(double weight, double *u)
{
    int exponent = (int)(bits_of(weight) >> 52) - 1023, level;
    double scale;
    uint64_t bits;

    if (exponent < -900 || exponent > 900) exponent = ilogb(weight);
    level = exponent >> 4;
    if (!u) return level;
    if (level < -56 || level > 56) {
        *u = ldexp(weight, -16 * level);
        return level;
    }
    bits = (uint64_t)(1023 - 16 * level) << 52;
    memcpy(&scale, &bits, sizeof scale);
    *u = weight * scale;
    return level;
}

void row_add(double tail, struct moments *to)
{
    double power[TALLY_MOMENTS];

    tail_powers(tail, power);
    to->sum[0]++;
    for (int k = 1; k < TALLY_MOMENTS; k++) /* rounded as accumulate_rows does it */
        to->sum[k] +=
            (int64_t)(bits_of(power[k] * (k < TALLY_MOMENTS - 1 ? GRID : GRID_8) + MAGIC) - bits_of(MAGIC));
    to->count++;
    to->slice.rows[tail_slice(tail)]++;
}

/* Weights are kept exactly: u, u t^k, u² t^k as integers on the grid 2^−52 (the products rounded once, row by
   row, so that order cannot matter). */
void weighted_row_add(double tail, double weight, struct moments *to, struct square_moments *square)
{
    double u, power[TALLY_MOMENTS];
    union slice_sums slice = {.weight = {0}};

    weight_level(weight, &u);
    slice.weight[tail_slice(tail) * WEIGHT_SLICES / SLICES] = (uint64_t)rint(u * 0x1p16);
    tail_powers(tail, power);
    to->count++;
    for (int k = 0; k < TALLY_MOMENTS; k++) {
        to->sum[k] += whole(u * power[k] * 0x1p52);
        square->sum[k] += whole(u * u * power[k] * 0x1p52);
    }
    slice_weights_add(&to->slice, &slice);
}
