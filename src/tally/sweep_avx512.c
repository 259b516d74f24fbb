/* sweep_avx512.c: what is done at every γ, for avx512 */
#include "base/isa.h"

#if ISA_X86
#include "tally/sweep.h"
#define SWEEP_LEVEL sweep_avx512
extern const struct sweep SWEEP_LEVEL;
#include "tally/sweep.inc.h"
#endif
