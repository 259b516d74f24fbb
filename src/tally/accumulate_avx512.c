/* accumulate_avx512.c: the inner loop of the tally for avx512 */
#include "tally/accumulate.h"

#include "base/cpu.h"

#if ISA_X86
void accumulate_rows_avx512(const struct dense_records *s, const double *tail, const uint32_t *part,
                            size_t n);
#define ACCUMULATE accumulate_rows_avx512
#include "tally/accumulate.inc.h"
#endif
