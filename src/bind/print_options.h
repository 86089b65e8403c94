/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.set_printoptions, np.array2string and their like. */
#ifndef BIND_PRINT_OPTIONS_H
#define BIND_PRINT_OPTIONS_H

#include "bind/natives.h"

void print_options_install(struct module *numpy);

/* float_strings.c */
extern struct native float_string_natives[];

/* The number that SLOT gives to the option NAME, cut to HIGH; *NUMBER stays
   when there is none.  TypeError, ValueError below LOW. */
bool option_int(struct value slot, const char *name, int64_t low,
                int64_t high, int64_t *number, struct error *err);

#endif
