/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The modules keras and tensorflow.keras: Keras's names over src/nn.
 */
#ifndef BIND_KERAS_H
#define BIND_KERAS_H

#include "lang/lang.h"
#include "nn/train.h"

/* Adds the modules, and `keras` and `mnist` as names that need no import. */
void keras_install(struct interp *interp);

/* Who is told how fit() goes on, unless it is called with verbose=0.  Without
   one nothing is shown. */
void keras_set_observer(train_observer *observer, void *context);

/* New values over one more reference. */
struct value keras_model_value(struct model *model);
struct value keras_history_value(struct history *history);

/* The model in VALUE, borrowed; NULL when it is something else. */
struct model *keras_model_get(struct value value);

#endif
