/* sweep_avx2.c: what is done at every γ, for avx2 */
#include "base/isa.h"

#if ISA_X86
#include "tally/sweep.h"
#define SWEEP_LEVEL sweep_avx2
extern const struct sweep SWEEP_LEVEL;
#include "tally/sweep.inc.h"
#endif
