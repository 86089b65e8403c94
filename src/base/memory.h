/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory the system has left. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes that can be had without pushing others out; all of memory where the
   system does not tell. */
int64_t memory_available(void);

/* Has this process filled the memory, so that the kernel is about to end it?
   True with less than a twentieth of all memory left and more than a quarter
   of it ours. */
bool memory_is_short(void);

#endif
