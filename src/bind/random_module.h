/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.random's generators as objects. */
#ifndef BIND_RANDOM_MODULE_H
#define BIND_RANDOM_MODULE_H

#include "lang/lang.h"

/* Adds RandomState, default_rng… to MODULE, which has the rows' functions. */
void random_install(struct module *module);

#endif
