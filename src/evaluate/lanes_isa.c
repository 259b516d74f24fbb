/* lanes_isa.c: sums over many points, compiled once for each instruction set */
#include "base/cpu.h"
#include "base/simd.h"
#include "evaluate/lanes.h"

#include <string.h>

/* Knuth's two-sum. */
static inline void add_to(double *sum, double *rest, reals v)
{
    reals s = reals_at(sum), t = s + v, back = t - s;

    put_reals(rest, reals_at(rest) + ((s - (t - back)) + (v - back)));
    put_reals(sum, t);
}

/* Eight sums side by side, whatever the register holds. */
struct eight {
    reals lane[SWEEP_PAD / LANES];
};

static inline double total_of(const struct eight *e)
{
    double x[SWEEP_PAD], sum = 0;

    memcpy(x, e, sizeof x);
    for (int k = 0; k < SWEEP_PAD; k++) sum += x[k];
    return sum;
}

static void add_points(const double *value, const double *slope, const double *weight, const double *square,
                       double scale, size_t n, struct running_sums *to)
{
    struct eight sum[SUMS] = {0};

    for (size_t i = 0; i < n; i += SWEEP_PAD)
        for (size_t l = 0; l < SWEEP_PAD / LANES; l++) {
            size_t k = i + l * LANES;
            reals v = reals_at(value + k), w = reals_at(weight + k), scaled = all_of(scale) * v;

            sum[SUM_LOSS].lane[l] += w * v;
            sum[SUM_SQUARE].lane[l] += reals_at(square + k) * scaled * scaled;
            sum[SUM_SLOPE].lane[l] += w * reals_at(slope + k);
        }
    for (int s = 0; s < SUMS; s++)
        for (size_t l = 0; l < SWEEP_PAD / LANES; l++)
            add_to(to->sum[s] + l * LANES, to->rest[s] + l * LANES, sum[s].lane[l]);
}

static void block_sums(const double *value, const double *weight, const double *const before[2], size_t n,
                       double *block, double low[2])
{
    struct eight lows[2] = {0};
    double rest[2] = {0};

    for (size_t i = 0; i < n; i += SWEEP_BLOCK) {
        size_t end = n - i < SWEEP_BLOCK ? n : i + SWEEP_BLOCK, k = i;
        struct eight sum = {0};

        for (; end - k >= SWEEP_PAD; k += SWEEP_PAD)
            for (size_t l = 0; l < SWEEP_PAD / LANES; l++) {
                size_t at = k + l * LANES;
                reals w = reals_at(weight + at), loss = w * reals_at(value + at), half = all_of(0.5) * w;

                sum.lane[l] += loss;
                for (int b = 0; b < 2; b++) lows[b].lane[l] += loss * (reals_at(before[b] + at) + half);
            }
        block[i / SWEEP_BLOCK] = total_of(&sum);
        for (; k < end; k++) {
            double loss = value[k] * weight[k];

            block[i / SWEEP_BLOCK] += loss;
            for (int b = 0; b < 2; b++) rest[b] += loss * (before[b][k] + 0.5 * weight[k]);
        }
    }
    for (int b = 0; b < 2; b++) low[b] = total_of(&lows[b]) + rest[b];
}

static void scale(const double *value, double factor, size_t n, double *out)
{
    for (size_t i = 0; i < n; i += LANES) put_reals(out + i, all_of(factor) * reals_at(value + i));
}

extern const struct sweep ISA_OWN(sweep);
const struct sweep ISA_OWN(sweep) = {add_points, block_sums, scale};
