/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tf.Variable, keras.Variable and the weights of layers, as values. */
#ifndef BIND_VARIABLE_OBJECT_H
#define BIND_VARIABLE_OBJECT_H

#include "autograd/variable.h"
#include "bind/natives.h"

/* Over one more reference. */
struct value variable_value(struct variable *variable);

/* The variable in VALUE, borrowed; NULL when it is something else. */
struct variable *variable_get(struct value value);

/* The constructors: tf.Variable; keras.Variable, which also takes an
   initializer and a shape. */
extern struct native variable_natives[], keras_variable_natives[];

#endif
