/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking two tensors line by line along one axis: sorting, cumulative sums,
   the position of the largest. */
#ifndef TENSOR_LINES_H
#define TENSOR_LINES_H

#include "tensor/tensor.h"

/* A begins where a line of the first tensor begins, B where the second's. */
typedef void line_body(char *a, char *b, const void *context);

/* How many threads are worth it. */
int lines_threads(const struct tensor *a, int axis);

/* Calls BODY for each line along AXIS of A, on so many threads.  B has A's
   shape but for that axis, which may have any length, or be missing (B has one
   axis less).  Polls for Ctrl-C between lines: false with KeyboardInterrupt. */
bool lines_each(const struct tensor *a, const struct tensor *b, int axis,
                int threads, line_body *body, const void *context,
                struct error *err);

#endif
