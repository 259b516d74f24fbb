/* isa.c: the instruction set as a fuzz target chooses it, in place of base/cpu.c */
#include "fuzz.h"

static enum isa chosen = ISA_AVX512;

void fuzz_use(enum isa isa)
{
    chosen = isa;
}

enum isa isa_best(void)
{
#if ISA_X86
    if (chosen == ISA_AVX512 && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw"))
        return ISA_AVX512;
    if (chosen != ISA_BASE && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
        return ISA_AVX2;
#endif
    return ISA_BASE;
}

const char *isa_name(enum isa isa)
{
    return isa == ISA_BASE ? "base" : "more";
}

bool isa_check(struct diag *d)
{
    (void)d;
    return true;
}
