/* kernel.c: the kernels for the least that the machine has, and the choice among all */
#include "kernel/kernel.h"

#include "base/cpu.h"

#if ISA_X86
#define KERNEL_NAME "sse2"
#else
#define KERNEL_NAME "portable"
#endif
#define KERNEL_LEVEL kernel_base
extern const struct kernel kernel_base, kernel_avx2, kernel_avx512;
#include "kernel/kernel.inc.h"

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
