/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.einsum(a, [0, 1], b, [1, 2], [0, 2]): numbers instead of letters. */
#ifndef BIND_EINSUM_CALL_H
#define BIND_EINSUM_CALL_H

#include "lang/lang.h"

/* The call of einsum's row: turns lists of numbers into letters. */
native_call einsum_call;

#endif
