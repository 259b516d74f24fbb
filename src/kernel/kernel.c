/* kernel.c: the choice among the kernels of all instruction sets */
#include "kernel/kernel.h"

#include "base/cpu.h"

extern const struct kernel kernel_base, kernel_avx2, kernel_avx512;

const struct kernel *kernel_best(void)
{
#if ISA_X86
    switch (isa_best()) {
    case ISA_AVX512: return &kernel_avx512;
    case ISA_AVX2: return &kernel_avx2;
    default: break;
    }
#endif
    return &kernel_base;
}
