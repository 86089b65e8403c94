/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A variable: a place that holds a tensor and can be given another one of the
 * same shape and dtype.  The weights of layers are variables, and so is
 * tf.Variable; a tape records what is computed from them.
 *
 * Counted by refs; only the thread that owns a variable touches it.
 */
#ifndef AUTOGRAD_VARIABLE_H
#define AUTOGRAD_VARIABLE_H

#include "tensor/tensor.h"

struct variable {
    int refs;
    char *name; /* "kernel", "Variable" */
    bool trainable;
    struct tensor *tensor; /* contiguous; whoever keeps it keeps its value */
};

/* TENSOR's reference passes to the variable.  NAME is copied. */
struct variable *variable_new_take(struct tensor *tensor, const char *name,
                                   bool trainable);
struct variable *variable_ref(struct variable *variable);
void variable_unref(struct variable *variable); /* NULL is fine */

/* A copy with a tensor of its own; NULL with MemoryError. */
struct variable *variable_clone(const struct variable *variable,
                                struct error *err);

/* The tensor for writing in place: a copy of it when others hold it, too (a
   tape, an array at the prompt), so that they keep what they have.  Borrowed;
   NULL with MemoryError. */
struct tensor *variable_writable(struct variable *variable, struct error *err);

/* Puts VALUE, converted to the variable's dtype, in the place.  ValueError
   when the shape is another one. */
bool variable_assign(struct variable *variable, const struct tensor *value,
                     struct error *err);

#endif
