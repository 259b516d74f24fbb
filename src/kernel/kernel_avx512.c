/* kernel_avx512.c: the inner loops of the pass for avx512 */
#include "base/cpu.h"

#if ISA_X86
#define KERNEL_NAME  "avx512"
#define KERNEL_LEVEL kernel_avx512
#include "kernel/kernel.h"
extern const struct kernel kernel_avx512;
#include "kernel/kernel.inc.h"
#endif
