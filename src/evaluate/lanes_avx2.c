/* lanes_avx2.c: what is done at every γ, for avx2 */
#include "base/cpu.h"

#if ISA_X86
#include "evaluate/lanes.h"
#define SWEEP_LEVEL sweep_avx2
extern const struct sweep SWEEP_LEVEL;
#include "evaluate/lanes.inc.h"
#endif
