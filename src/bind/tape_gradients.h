/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tape.gradient() computes: of structures of targets by structures of
   sources. */
#ifndef BIND_TAPE_GRADIENTS_H
#define BIND_TAPE_GRADIENTS_H

#include "autograd/tape.h"
#include "lang/value.h"

/* The array whose address a tape knows VALUE by; borrowed, NULL when it is a
   plain number. */
struct tensor *tape_array_of(struct value value);
/* ValueError: VALUE is no array that a tape could follow. */
bool tape_refuse_number(struct value value, struct error *err);

/* SLOTS: the tape's object, target, sources, output_gradients.  RET: in the
   structure of the sources; None, or zeros when ZEROS, where the target does
   not depend on one.  ValueError, and what tape_gradient() reports. */
bool tape_gradients(struct tape *tape, const struct value *slots, bool zeros,
                    struct value *ret, struct error *err);

#endif
