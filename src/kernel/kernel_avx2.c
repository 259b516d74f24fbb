/* kernel_avx2.c: the inner loops of the pass for avx2 */
#include "base/cpu.h"

#if ISA_X86
#define KERNEL_NAME  "avx2"
#define KERNEL_LEVEL kernel_avx2
#include "kernel/kernel.h"
extern const struct kernel kernel_avx2;
#include "kernel/kernel.inc.h"
#endif
