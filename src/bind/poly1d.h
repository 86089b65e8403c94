/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * np.poly1d: a class of the module numpy._poly1d, which is written in the
 * language itself and runs when it is first needed.
 */
#ifndef BIND_POLY1D_H
#define BIND_POLY1D_H

#include "lang/lang.h"

/* Makes a poly1d. */
native_call poly1d_call;

/* The call of the rows of polynomials: with an object among the arguments it
   is the function of the same name in numpy._poly1d. */
native_call polynomial_call;

#endif
