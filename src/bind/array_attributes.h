/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows the dot of an array, a NumPy scalar or a dtype. */
#ifndef BIND_ARRAY_ATTRIBUTES_H
#define BIND_ARRAY_ATTRIBUTES_H

#include "lang/lang.h"

/* The attribute hooks of interp_hooks. */
bool array_get_attribute(struct interp *interp, struct value self,
                         const char *name, struct value *ret,
                         struct error *err);
bool array_set_attribute(struct interp *interp, struct value self,
                         const char *name, struct value value,
                         struct error *err);

#endif
