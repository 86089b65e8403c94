/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Operations that also take what their rows do not know, a polynomial object
 * or a function; then it is a function of a library module that is called.
 */
#ifndef BIND_OTHER_FORMS_H
#define BIND_OTHER_FORMS_H

#include "lang/lang.h"

/* The rows of polynomials, with a poly1d among the arguments. */
native_call polynomial_call;

/* np.pad(array, pad_width, mode), where mode is a function. */
native_call pad_call;

#endif
