/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The methods with two underscores that objects and built-in values have
   without a class of the program's saying so.  Inside src/lang, and for the
   type objects of src/bind. */
#ifndef LANG_METHODS_OBJECT_H
#define LANG_METHODS_OBJECT_H

#include "lang/interp.h"

/* NAME of SELF as the class `object`, or the built-in type that SELF's class
   is derived from, has it; owned.  false when it is not there. */
bool object_method(struct value self, const char *name, struct value *ret);

/* object.NAME, which takes self as its first argument; owned. */
bool object_unbound(const char *name, struct value *ret);

/* The native behind (5).__add__, [].__len__…: it takes the value as its first
   argument.  NULL when values of KIND have no such method. */
struct native *special_method(enum value_kind kind, const char *name);

#endif
