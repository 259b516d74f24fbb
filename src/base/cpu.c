/* cpu.c: which instruction set the kernels may use */
#include "base/cpu.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#if ISA_X86
static const char *const names[] = {"sse2", "avx2", "avx512"};
#else
static const char *const names[] = {"plain"};
#endif
enum { ISAS = sizeof names / sizeof *names };

static enum isa best;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* The best that the machine has. */
static enum isa machine_isa(void)
{
#if ISA_X86
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
        !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("fma"))
        return ISA_BASE;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2"))
        return ISA_AVX512;
    return ISA_AVX2;
#else
    return ISA_BASE;
#endif
}

/* What LOSSCOPE_ISA asks for; the machine's best where it is not set, ISAS where there is no such set. */
static size_t asked_isa(void)
{
    const char *asked = getenv("LOSSCOPE_ISA");
    size_t i = 0;

    if (!asked || !*asked) return machine_isa();
    while (i < ISAS && strcmp(names[i], asked) != 0) i++;
    return i;
}

static void choose(void)
{
    enum isa machine = machine_isa();
    size_t asked = asked_isa();

    best = asked < (size_t)machine ? (enum isa)asked : machine;
}

enum isa isa_best(void)
{
    pthread_once(&once, choose);
    return best;
}

const char *isa_name(enum isa isa)
{
    return names[isa];
}

bool isa_check(struct diag *d)
{
    size_t asked = asked_isa();
    char shown[DIAG_SHOWN];

    if (asked <= (size_t)machine_isa()) return true;
    diag_shown(shown, getenv("LOSSCOPE_ISA"), strlen(getenv("LOSSCOPE_ISA")));
    if (asked < ISAS)
        return diag_fail(d, STATUS_USAGE, "LOSSCOPE_ISA: this machine does not have %s, its best is %s",
                         shown, names[machine_isa()]);
    return diag_fail(d, STATUS_USAGE,
                     "LOSSCOPE_ISA: there is no instruction set %s, this machine's best is %s", shown,
                     names[machine_isa()]);
}
