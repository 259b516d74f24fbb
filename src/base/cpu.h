/* cpu.h: which instruction set the kernels may use */
#ifndef BASE_CPU_H
#define BASE_CPU_H

#if defined __x86_64__
#define ISA_X86 1
#else
#define ISA_X86 0
#endif

enum isa { ISA_BASE, ISA_AVX2, ISA_AVX512 }; /* base: SSE2 on x86-64, plain C elsewhere */

/* The best that this machine has, or what LOSSCOPE_ISA (sse2, avx2, avx512) names where the machine has it;
 * chosen once. */
enum isa isa_best(void);

#endif
