/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversion kernels, C's rules as NumPy's astype has them. */
#ifndef TENSOR_CAST_H
#define TENSOR_CAST_H

#include "tensor/loop.h"

/* Operand 0 is the source, operand 1 the destination; context unused. */
kernel *cast_kernel(enum dtype from, enum dtype to);

#endif
