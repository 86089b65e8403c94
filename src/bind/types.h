/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Type objects: int, float, np.float32, np.ndarray… */
#ifndef BIND_TYPES_H
#define BIND_TYPES_H

#include "lang/lang.h"

/* type(value); owned. */
struct value type_of(struct value value);

/* The dtype that a type object stands for: np.float32, float, bool. */
bool type_dtype(struct value value, enum dtype *ret);

/* The kinds of dtypes below an abstract type ("iu" of np.integer), else
   NULL. */
const char *type_abstract_kinds(struct value value);

/* isinstance(value, type): a type object, a class, or a tuple of them. */
bool type_is_instance(struct value value, struct value type, bool *ret,
                      struct error *err);

/* issubclass(type, base), BASE as above. */
bool type_is_subtype(struct value type, struct value base, bool *ret,
                     struct error *err);

/* Adds the types that Python has as built-ins, and those of numpy. */
void types_install(struct interp *interp, struct module *numpy);

#endif
