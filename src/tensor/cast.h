/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversion kernels, C's rules as NumPy's astype has them. */
#ifndef TENSOR_CAST_H
#define TENSOR_CAST_H

#include "tensor/loop.h"

/* Operand 0 is the source, operand 1 the destination; context unused. */
kernel *cast_kernel(enum dtype from, enum dtype to);

/* One that runs the kernel that CONTEXT points to; what floats lose on their
   way to integers becomes an event in "cast". */
kernel *cast_noting_events(enum dtype from, enum dtype to);

#endif
