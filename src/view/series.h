/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers that are to be seen.  They never change once made and are counted,
 * so that a figure that goes to a window shares them with the figure that the
 * prompt goes on building.  The count is atomic: any thread may drop them.
 */
#ifndef VIEW_SERIES_H
#define VIEW_SERIES_H

#include <stddef.h>

#include "base/error.h"

struct tensor;

struct series {
    int references; /* atomic */
    size_t count;
    double values[];
};

/* Values are the caller's to fill before anybody else sees it.  NULL with
   MemoryError. */
struct series *series_new(size_t count, struct error *err);
/* A copy of any real tensor, in C order. */
struct series *series_of(const struct tensor *tensor, struct error *err);
struct series *series_ref(struct series *series);
void series_unref(struct series *series); /* NULL is fine */

#endif
