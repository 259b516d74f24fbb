/* kernel.inc.h: the inner loops of the pass, compiled once for each instruction set (KERNEL_LEVEL names it)
 */
#include "kernel/kernel.h"
#include "kernel/pow10_double_double.h"
#include "base/simd.h"
#include "loss/tail.h"

#include <math.h>
#include <string.h>

#if defined __SSE2__
#include <immintrin.h>
#endif

static inline words load(const void *p)
{
    words v;

    memcpy(&v, p, sizeof v);
    return v;
}

static inline words wide_lanes(const uint32_t *p)
{
    uint32_t some __attribute__((vector_size(LANE_BYTES / 2)));

    memcpy(&some, p, sizeof some);
    return __builtin_convertvector(some, words);
}

static inline uint64_t any_lane(words w)
{
    uint64_t any = 0;

    for (int i = 0; i < LANES; i++) any |= w[i];
    return any;
}

/* each needs those above it */
/* clang-format off */
#include "kernel/find_separators.inc.h"
#include "kernel/parse_digits.inc.h"
#include "kernel/parse_doubles.inc.h"
#include "kernel/check_numbers.inc.h"
#include "kernel/tails.inc.h"
#include "kernel/softmax.inc.h"
/* clang-format on */

const struct kernel KERNEL_LEVEL = {KERNEL_NAME, survey, split,          regular,         numbers, digits,
                                    are_numbers, second,      sides,  tails_of_probs, tails_of_logits, softmax};
