/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line below a big tensor: shape, dtype, and how its values lie. */
#ifndef REPL_SUMMARY_H
#define REPL_SUMMARY_H

#include "tensor/tensor.h"

/* Is TENSOR so big that its print leaves elements out? */
bool summary_is_wanted(const struct tensor *tensor);

/* "(60000, 28, 28) uint8  0 █▁▁▁▁▁▁▁▁▁ 255  mean 33.3  std 78.6"; false when
   interrupted. */
bool summary_format(struct tensor *tensor, struct strbuf *sb,
                    struct error *err);

#endif
