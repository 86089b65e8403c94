/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_BLOCK_H
#define NN_BLOCK_H

#include <stdint.h>

/* A part of a weight: from number FIRST on, ROWS runs of WIDTH numbers that
   begin STRIDE apart.  In its gradient they begin GRADIENT_STRIDE apart. */
struct block {
    int64_t first, rows, width, stride, gradient_stride;
};

#endif
