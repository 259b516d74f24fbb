/* accumulate_avx2.c: the inner loop of the tally for avx2 */
#include "tally/accumulate.h"

#include "base/cpu.h"

#if ISA_X86
void accumulate_rows_avx2(const struct dense_records *s, const double *tail, const uint32_t *part, size_t n);
#define ACCUMULATE accumulate_rows_avx2
#include "tally/accumulate.inc.h"
#endif
