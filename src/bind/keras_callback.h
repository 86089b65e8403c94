/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The callbacks that fit() was given, which tell and are told. */
#ifndef BIND_KERAS_CALLBACK_H
#define BIND_KERAS_CALLBACK_H

#include "bind/keras.h"

struct callbacks {
    struct interp *interp;
    size_t count;
    struct value *items; /* owned */
};

/* VALUE: a list, one of them, or None. */
bool callbacks_init(struct callbacks *callbacks, struct interp *interp,
                    struct value value, struct error *err);
void callbacks_done(struct callbacks *callbacks);

/* set_model(MODEL) and set_params(PARAMS), then the method NAME,
   "on_train_begin". */
bool callbacks_begin(const struct callbacks *callbacks, const char *name,
                     struct value model, struct value params,
                     struct error *err);

/* The method NAME of each, with the NUMBER of an epoch or batch and LOGS. */
bool callbacks_tell(const struct callbacks *callbacks, const char *name,
                    int64_t number, struct value logs, struct error *err);

/* The method NAME of each, "on_train_end", with LOGS. */
bool callbacks_end(const struct callbacks *callbacks, const char *name,
                   struct value logs, struct error *err);

#endif
