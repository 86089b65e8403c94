/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BIND_KERAS_HISTORY_H
#define BIND_KERAS_HISTORY_H

#include "bind/keras.h"

/* Without epochs yet; MODEL may be NULL, PARAMS is a dict, borrowed. */
struct value keras_history_new(struct model *model, struct value params);

/* One more epoch, with what LOGS, a dict, has. */
bool keras_history_add(struct value history, int epoch, struct value logs,
                       struct error *err);

#endif
