/* kernel_isa.c: the inner loops of the pass, compiled once for each instruction set */
#include "base/cpu.h"
#include "kernel/check_numbers.h"
#include "kernel/kernel.h"
#include "kernel/parse_doubles.h"
#include "kernel/softmax.h"
#include "kernel/tails.h"

extern const struct kernel ISA_OWN(kernel);
const struct kernel ISA_OWN(kernel) = {
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
