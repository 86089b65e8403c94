/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tf.Tensor: an array as TensorFlow shows it, which cannot be changed.  What
 * operators make of one is one again; NumPy's functions give plain arrays.
 */
#ifndef BIND_EAGER_H
#define BIND_EAGER_H

#include "lang/lang.h"

/* Over one more reference to TENSOR. */
struct value eager_value(struct tensor *tensor);

/* TENSOR as another dtype, through the row, so that a tape sees it; owned. */
struct tensor *eager_cast(struct tensor *tensor, enum dtype dtype,
                          struct error *err);

/* The array that VALUE is or stands for, with one more reference.  Python's
   floats become float32 and its ints int32, as in TensorFlow; DTYPE other than
   DTYPE_COUNT converts. */
struct tensor *eager_tensor(struct value value, enum dtype dtype,
                            struct error *err);

/* Makes *VALUE, an array or a number (taken), one of these; sequences of them
   one by one. */
bool eager_wrap(struct value *value, struct error *err);

/* "numpy=" of a repr, or what print shows, on lines of its own when it takes
   several. */
void eager_add_numbers(struct tensor *tensor, bool repr, struct strbuf *sb);

/* tf.constant and its like. */
extern struct native eager_natives[];

#endif
