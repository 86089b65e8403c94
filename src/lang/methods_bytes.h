/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other files need of bytes. */
#ifndef LANG_METHODS_BYTES_H
#define LANG_METHODS_BYTES_H

#include "lang/interp.h"

extern struct native bytes_methods[];

/* str.encode(), int.to_bytes(), int.from_bytes() */
native_call string_encode, int_to_bytes, int_from_bytes;

/* The characters' numbers as bytes; false when one is above MOST. */
bool bytes_of_text(const char *text, size_t length, uint32_t most,
                   struct value *ret);

#endif
