/* lanes.c: the choice of instruction set for what is done at every γ */
#include "evaluate/lanes.h"

#include "base/cpu.h"

extern const struct sweep sweep_base, sweep_avx2, sweep_avx512;
#define SWEEP_LEVEL sweep_base
#include "evaluate/lanes.inc.h"

const struct sweep *sweep_best(void)
{
#if ISA_X86
    switch (isa_best()) {
    case ISA_AVX512: return &sweep_avx512;
    case ISA_AVX2: return &sweep_avx2;
    default: break;
    }
#endif
    return &sweep_base;
}
