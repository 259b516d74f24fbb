/* kernel_isa.c: the inner loops of the pass for one instruction set; compiled once for each (Makefile:
 * _isa.c) */
#include "kernel/check_numbers.h"
#include "kernel/kernel.h"
#include "kernel/parse_doubles.h"
#include "kernel/softmax.h"
#include "kernel/tails.h"

#if defined __AVX512BW__
#define KERNEL      kernel_avx512
#define KERNEL_NAME "avx512"
#elif defined __AVX2__
#define KERNEL      kernel_avx2
#define KERNEL_NAME "avx2"
#elif defined __SSE2__
#define KERNEL      kernel_base
#define KERNEL_NAME "sse2"
#else
#define KERNEL      kernel_base
#define KERNEL_NAME "portable"
#endif

extern const struct kernel KERNEL;
const struct kernel KERNEL = {
    .name = KERNEL_NAME,
    .survey = survey,
    .split = split,
    .regular = regular,
    .numbers = numbers,
    .digits = digits,
    .are_numbers = are_numbers,
    .second = second,
    .sides = sides,
    .tails_of_probs = tails_of_probs,
    .tails_of_logits = tails_of_logits,
    .softmax = softmax,
};
