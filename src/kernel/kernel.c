/* kernel.c: the choice among the kernels of all instruction sets */
#include "kernel/kernel.h"

#include "base/cpu.h"

extern const struct kernel kernel_base, kernel_avx2, kernel_avx512;

const struct kernel *kernel_best(void)
{
    return ISA_BEST(kernel);
}
