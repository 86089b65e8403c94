/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NumPy's RuntimeWarnings, and what np.seterr() makes of them. */
#ifndef BIND_WARNINGS_H
#define BIND_WARNINGS_H

#include <stdbool.h>

#include "base/error.h"
#include "tensor/elementwise.h"

/* What becomes of a floating point event. */
enum fp_action { FP_IGNORE, FP_WARN, FP_RAISE, FP_PRINT };

/* One for each kind of event. */
struct fp_actions {
    enum fp_action of[FP_KINDS];
};
extern struct fp_actions fp_actions;

/* After a computation: treats each floating point event as fp_actions wants,
   named after its function ("divide by zero encountered in divide"); SCALAR
   says that an operator was applied to single numbers.  false with
   FloatingPointError. */
bool warn_of_events(bool scalar, struct error *err);

/* TEXT with its category, once an entry. */
void warn(const char *text);

/* What the module warnings has been told: CATEGORY ("RuntimeWarning") is not
   shown from now on; all are again. */
void warnings_silence(const char *category);
void warnings_silence_none(void);

#endif
