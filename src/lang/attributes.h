/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files about what follows a dot.  Inside src/lang only. */
#ifndef LANG_ATTRIBUTES_H
#define LANG_ATTRIBUTES_H

#include "lang/interp.h"

/* AttributeError with a hint at the nearest name; false. */
bool attribute_error(struct interp *interp, struct value self,
                     const char *name, struct error *err);

/* The methods in C that SELF has, ended by a NULL name; NULL: none. */
struct native *method_table(struct value self);

/* A new dict with what NAMES holds. */
struct value namespace_to_dict(const struct namespace *names);

/* interp_get_attribute() of an object, and of a class. */
bool instance_attribute(struct interp *interp, struct value self,
                        const char *name, struct value *ret,
                        struct error *err);
bool class_attribute(struct interp *interp, struct value self,
                     const char *name, struct value *ret, struct error *err);

#endif
