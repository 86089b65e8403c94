/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Derivatives at the prompt: grad(f), value_and_grad(f), GradientTape. */
#ifndef BIND_GRADIENT_H
#define BIND_GRADIENT_H

#include "bind/natives.h"

/* grad and value_and_grad; GradientTape; jacobian, hessian, gradcheck and
   stop_gradient. */
extern struct native gradient_natives[], tape_natives[], derivative_natives[],
    descend_natives[];

/* The same as built-in names. */
void gradient_install(struct interp *interp);
void derivatives_install(struct interp *interp);

/* VALUE as a source of gradients: an array of floats that a tape can watch.
   Owned; other numbers are converted to floats. */
struct tensor *gradient_source(struct value value, struct error *err);

/* The same with an address of its own: in f(x, x), and where f uses x besides,
   only this argument is the source. */
struct tensor *gradient_source_apart(struct value value, struct error *err);

/* FUNCTION of COUNT arguments at POINTS: its value, one number, and an owned
   gradient shaped as each point.  TypeError when it gives anything else, in
   grad's words. */
bool gradient_at(struct interp *interp, struct value function, int count,
                 struct tensor *const *points, double *ret_value,
                 struct tensor **ret_gradients, struct error *err);

/* The value alone. */
bool function_at(struct interp *interp, struct value function, int count,
                 struct tensor *const *points, double *ret, struct error *err);

#endif
