/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a name stands for, found without running the learner's code: for help
   and completion. */
#ifndef REPL_LOOKUP_H
#define REPL_LOOKUP_H

#include "autograd/op.h"
#include "lang/lang.h"

/* A variable or a built-in; owned. */
bool lookup_name(struct interp *interp, const char *name, struct value *ret);

/* "x.sum", "np.random.rand": along the dots; owned.  Properties of the
   learner's classes are code: they are not found. */
bool lookup_path(struct interp *interp, const char *path, struct value *ret);

/* What a call of VALUE may be given: the parameters of a native, without
   those that a method has got already; NULL when they are not known. */
const struct param *lookup_params(struct value value);

/* The learner's function behind VALUE (a method's too), or NULL; *SKIP is the
   number of parameters that a call does not give. */
const struct function *lookup_function(struct value value, int *skip);

/* "f(x, y=2)"; false when VALUE is called otherwise or not at all. */
bool lookup_signature(struct value value, const char *name, struct strbuf *sb);

#endif
