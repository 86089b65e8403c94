/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calling an operation's row with the language's values. */
#ifndef BIND_OP_CALL_H
#define BIND_OP_CALL_H

#include "autograd/op.h"
#include "lang/lang.h"

/* A native's call: native->data is the row. */
native_call op_call;

/* The same for a row, be it in the registry or not. */
bool op_apply(const struct op *op, const struct call_args *args,
              struct value *ret, struct error *err);

/* How many arrays the row of a ufunc takes, and how many it gives. */
void ufunc_arity(const struct op *op, int *ret_inputs, int *ret_outputs);

/* The row's function as a value; counted, but never freed. */
struct value op_value(const struct op *op);

/* The function behind an attribute of arrays, a method or a property (its
   data is the row); borrowed, NULL when there is none. */
struct native *op_attribute(const char *name);

/* VALUE as the parameter's kind wants it.  ARG owns what it needs
   (arg_done). */
bool arg_convert(const char *function, const struct param *param,
                 struct value value, struct arg *arg, struct error *err);
void arg_done(const struct param *param, struct arg *arg);

/* Takes what RESULT holds. */
struct value op_result_value(struct op_result *result);

/* tolist(): lists in lists of Python's numbers, or one number. */
struct value value_nested(const struct tensor *tensor);

/* A dtype by object, string or type: np.float32, 'float32', float. */
bool dtype_convert(struct value value, enum dtype *ret, struct error *err);

#endif
