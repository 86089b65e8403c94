/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The families of functions that make up module math. */
#ifndef BIND_MATH_MODULE_H
#define BIND_MATH_MODULE_H

#include "bind/natives.h"

/* A real number, or an array of one; TypeError. */
bool math_number(struct value value, double *ret, struct error *err);
/* The same for functions that are steps, through which a gradient is 0. */
bool math_constant(struct value value, double *ret, struct error *err);

/* math_integer.c: factorial, gcd, comb… */
extern struct native math_integer_functions[];
/* math_several.c: fsum, dist, isclose, modf… – several numbers in or out */
extern struct native math_several_functions[];

#endif
