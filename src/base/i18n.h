/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Translation of the program's messages.  NumPy's and Python's own wordings
 * stay as they are, so that what a learner looks up is found; our hints, help
 * and reports are translated.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

/* A text to be shown. */
#define _(text) gettext(text)

/* A text in a table, translated where it is shown. */
#define N_(text) text

#endif
