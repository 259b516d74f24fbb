/* lanes.c: the choice of instruction set for losses of many points */
#include "loss/lanes.h"

#include "base/cpu.h"
#include "loss/tail.h"

#include <math.h>

typedef loss_lanes *const loss_vectors[LOSS_VECTORS];
extern loss_vectors loss_lanes_base, loss_lanes_avx2, loss_lanes_avx512;

loss_lanes *loss_lanes_best(enum loss_vector vector)
{
    return (*ISA_BEST(loss_lanes))[vector];
}

void loss_points_put(double *const term[LOSS_TERMS], size_t i, double tail)
{
    bool far = tail <= -1;
    long double log_rest = far             ? 0
                           : tail >= 1     ? -(long double)tail
                           : signbit(tail) ? log1pl((long double)tail)
                                           : logl((long double)tail);
    double ce = -tail_lp(tail);

    term[TERM_LOG_REST][i] = (double)log_rest;
    term[TERM_LOG_REST_LOW][i] = (double)(log_rest - (long double)term[TERM_LOG_REST][i]);
    term[TERM_CE][i] = ce;
    if (!term[TERM_REST]) return;
    term[TERM_REST][i] = tail_qt(tail);
    term[TERM_PLP][i] = far ? 0 : tail_pt(tail) * ce;
}

void loss_points_repeat(double *const term[LOSS_TERMS], size_t i, size_t n)
{
    for (int k = 0; k < LOSS_TERMS && term[k]; k++)
        for (size_t j = i + 1; j <= i + n; j++) term[k][j] = term[k][i];
}
