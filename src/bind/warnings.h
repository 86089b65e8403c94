/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NumPy's RuntimeWarnings. */
#ifndef BIND_WARNINGS_H
#define BIND_WARNINGS_H

#include <stdbool.h>

/* After a computation: gives a warning for each floating point event, named
   after the ufunc ("divide by zero encountered in divide"); SCALAR says that
   the operands were single numbers. */
void warn_of_events(const char *ufunc, bool scalar);

#endif
