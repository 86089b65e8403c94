/* SPDX-License-Identifier: GPL-3.0-or-later */
/* x[…] and arrays made of numbers, as the tape sees them. */
#ifndef AUTOGRAD_ITEM_H
#define AUTOGRAD_ITEM_H

#include "autograd/op.h"

/* tensor_get(), written down. */
struct tensor *tape_get(struct tensor *tensor, int count,
                        const struct index *indices, bool *ret_element,
                        struct error *err);

/* RESULT was made of other arrays' elements: those of each of COUNT PARTS lie
   in it from element FIRSTS[i] on, in C order. */
void tape_record_assembly(int count, struct tensor *const *parts,
                          const int64_t *firsts, struct tensor *result);

#endif
