/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operators of arrays and NumPy scalars. */
#ifndef BIND_OPERATE_H
#define BIND_OPERATE_H

#include "lang/lang.h"

/* The operate hook of interp_hooks. */
bool array_operate(struct interp *interp, enum operator operator,
                   struct value a, struct value b, struct tensor *out,
                   struct value *ret, struct error *err);

#endif
