/* lanes.h: what the kernels share: registers of numbers, read and reduced. Compiled for each instruction set
   (Makefile: _isa.c). */
#ifndef KERNEL_LANES_H
#define KERNEL_LANES_H

#include "base/simd.h"

#include <stdbool.h>
#include <stddef.h>
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

#endif
