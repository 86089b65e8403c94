/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Examples of the functions that are no operations: what help shows, and the
   tests run, here and in Python. */
#ifndef BIND_NATIVE_EXAMPLES_H
#define BIND_NATIVE_EXAMPLES_H

#include <stdbool.h>

struct native_example {
    const char *name; /* "len", "math.sqrt" */
    const char *example;
};

/* That of the function typed as PATH, which calls itself NAME; NULL when there
   is none. */
const char *native_example(const char *path, const char *name);

/* Every row in order, NULL at the end; OWN: those of what neither Python nor
   NumPy has. */
const struct native_example *native_example_at(int index, bool own);

/* Those of pyplot, which are among the own ones. */
const struct native_example *plt_example_at(int index);

#endif
