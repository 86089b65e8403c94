/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.set_printoptions, np.array2string and their like. */
#ifndef BIND_PRINT_OPTIONS_H
#define BIND_PRINT_OPTIONS_H

#include "lang/lang.h"

void print_options_install(struct module *numpy);

#endif
