/* cpu.c: which instruction set the kernels may use */
#include "base/cpu.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static enum isa best;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void choose(void)
{
#if ISA_X86
    const char *asked = getenv("LOSSCOPE_ISA");

    if (asked && strcmp(asked, "sse2") == 0) return;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
        __builtin_cpu_supports("fma"))
        best = ISA_AVX2;
    if (asked && strcmp(asked, "avx2") == 0) return;
    if (best == ISA_AVX2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vbmi2"))
        best = ISA_AVX512;
#endif
}

enum isa isa_best(void)
{
    pthread_once(&once, choose);
    return best;
}
