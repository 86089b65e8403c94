/* SPDX-License-Identifier: GPL-3.0-or-later */
/* x.flags: how an array lies in memory, and whether it may be written to. */
#ifndef BIND_ARRAY_FLAGS_H
#define BIND_ARRAY_FLAGS_H

#include "lang/lang.h"

/* The flags of TENSOR, which they keep. */
struct value array_flags(struct tensor *tensor);

#endif
