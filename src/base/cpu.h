/* cpu.h: which instruction set the kernels may use */
#ifndef BASE_CPU_H
#define BASE_CPU_H

#include "base/error.h"

#if defined __x86_64__
#define ISA_X86 1
#else
#define ISA_X86 0
#endif

enum isa { ISA_BASE, ISA_AVX2, ISA_AVX512 }; /* base: SSE2 on x86-64, plain C elsewhere */

/* The best that this machine has, or what LOSSCOPE_ISA (sse2, avx2, avx512) names where the machine has it;
 * chosen once. */
enum isa isa_best(void);
const char *isa_name(enum isa isa);
/* False where LOSSCOPE_ISA names an instruction set that does not exist, or that this machine lacks. */
bool isa_check(struct diag *d);

#endif
