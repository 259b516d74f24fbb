/* accumulate_avx2.c: the inner loop of the tally for avx2 */
#include "tally/accumulate.h"

#include "base/cpu.h"

#if ISA_X86
void sketch_add_avx2(const struct sketch *s, const double *tail, const uint32_t *part, size_t n);
#define SKETCH_NAME sketch_add_avx2
#include "tally/accumulate.inc.h"
#endif
