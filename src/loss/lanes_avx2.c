/* lanes_avx2.c: losses of many points, for avx2 */
#include "base/cpu.h"

#if ISA_X86
#include "loss/lanes.h"
#define LANES_NAME loss_lanes_avx2
extern loss_lanes *const LANES_NAME[LOSS_VECTORS];
#include "loss/lanes.inc.h"
#endif
