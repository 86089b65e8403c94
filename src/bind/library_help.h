/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What help says of the names that numpy has from library/numpy_lib.py; their
   examples are in native_examples.c. */
#ifndef BIND_LIBRARY_HELP_H
#define BIND_LIBRARY_HELP_H

/* The line of NAME ("nditer", "np.nditer", "numpy.nditer"), to be translated;
   NULL when there is none.  *PATH: "np.nditer". */
const char *library_doc(const char *name, const char **path);

#endif
