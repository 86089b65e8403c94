/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows the dot of a ufunc: np.add.reduce, np.add.identity… */
#ifndef BIND_UFUNC_ATTRIBUTES_H
#define BIND_UFUNC_ATTRIBUTES_H

#include "lang/lang.h"

/* SELF is a native of type "ufunc".  `__dir__` is the list of all names. */
bool ufunc_get_attribute(struct value self, const char *name, struct value *ret,
                         struct error *err);

#endif
