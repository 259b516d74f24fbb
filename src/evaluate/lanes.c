/* lanes.c: the choice of instruction set for what is done at every γ */
#include "evaluate/lanes.h"

#include "base/cpu.h"

extern const struct sweep sweep_base, sweep_avx2, sweep_avx512;

const struct sweep *sweep_best(void)
{
    return ISA_BEST(sweep);
}
