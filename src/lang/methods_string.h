/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods of str that the table in methods_string.c names. */
#ifndef LANG_METHODS_STRING_H
#define LANG_METHODS_STRING_H

#include "lang/interp.h"

native_call string_partition, string_remove_affix, string_expandtabs,
    string_maketrans, string_translate, string_isidentifier, string_rsplit;

#endif
