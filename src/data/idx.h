/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * IDX, the format of the MNIST files (Y. LeCun, "The MNIST database",
 * http://yann.lecun.com/exdb/mnist/): two zero bytes, a byte for the element
 * type, a byte for the number of axes, each axis' length as a big-endian
 * 32-bit number, then the elements.  Gzipped or not.
 */
#ifndef DATA_IDX_H
#define DATA_IDX_H

#include "tensor/tensor.h"

/* Reads a file of unsigned bytes with NDIM axes straight into a tensor; never
   reads more than its header promises.  Whatever is wrong with the file is
   one sentence with its name. */
struct tensor *idx_read(const char *path, int ndim, struct error *err);

#endif
