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
   chosen once. */
enum isa isa_best(void);
const char *isa_name(enum isa isa);
/* False where LOSSCOPE_ISA names an instruction set that does not exist, or that this machine lacks. */
bool isa_check(struct diag *d);

/* A source that ends in _isa.c is compiled once for each instruction set (Makefile). ISA_OWN(name) is what
   one of these objects exports; ISA_BEST(name) is the address of the best one, name_base, name_avx2 and
   name_avx512 being declared. */
#if defined __AVX512BW__
#define ISA_OWN(name) name##_avx512
#elif defined __AVX2__
#define ISA_OWN(name) name##_avx2
#else
#define ISA_OWN(name) name##_base
#endif
#if ISA_X86
#define ISA_BEST(name)                                                                                       \
    (isa_best() == ISA_AVX512 ? &name##_avx512 : isa_best() == ISA_AVX2 ? &name##_avx2 : &name##_base)
#else
#define ISA_BEST(name) (&name##_base)
#endif

#endif
