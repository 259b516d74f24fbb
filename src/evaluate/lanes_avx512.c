/* lanes_avx512.c: what is done at every γ, for avx512 */
#include "base/cpu.h"

#if ISA_X86
#include "evaluate/lanes.h"
#define SWEEP_LEVEL sweep_avx512
extern const struct sweep SWEEP_LEVEL;
#include "evaluate/lanes.inc.h"
#endif
