/* lanes.c: the choice of instruction set for losses of many points */
#include "loss/lanes.h"

#include "base/cpu.h"
#include "loss/tail.h"

#include <math.h>

extern loss_lanes *const loss_lanes_base[LOSS_VECTORS], *const loss_lanes_avx2[LOSS_VECTORS],
                                                            *const loss_lanes_avx512[LOSS_VECTORS];
#define LANES_NAME loss_lanes_base
#include "loss/lanes.inc.h"

loss_lanes *loss_lanes_best(enum loss_vector vector)
{
#if ISA_X86
    switch (isa_best()) {
    case ISA_AVX512: return loss_lanes_avx512[vector];
    case ISA_AVX2: return loss_lanes_avx2[vector];
    default: break;
    }
#endif
    return loss_lanes_base[vector];
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
    term[TERM_REST][i] = tail_qt(tail);
    term[TERM_PLP][i] = far ? 0 : tail_pt(tail) * ce;
}
