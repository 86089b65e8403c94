/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What help and completion ask about functions and classes of the learner's
   own. */
#ifndef LANG_DESCRIBE_H
#define LANG_DESCRIBE_H

#include "lang/value.h"

/* "f(x, y=2, *args)" of a VALUE_FUNCTION, after SKIP parameters (1: without
   self), under the name it is known by. */
void function_signature(const struct function *function, const char *name,
                        int skip, struct strbuf *sb);

/* The docstring, or NULL. */
const char *function_doc(const struct function *function);
/* The library module that it stands in ("tensorflow._functions"), NULL: the
   session's own; borrowed. */
const char *function_module(const struct function *function);

/* The name of parameter INDEX when a call may give it by keyword, "" when it
   may not; NULL past the end. */
const char *function_parameter(const struct function *function, int index);

#endif
