/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/library_help.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"

static const struct {
    const char *path, *doc;
} rows[] = {
    {"np.apply_along_axis",
     N_("What a function gives for each slice along an axis")},
    {"np.apply_over_axes", N_("A function applied along one axis after the "
                              "other")},
    {"np.block", N_("An array put together from blocks in nested lists")},
    {"np.broadcast", N_("Arrays brought to one shape, item by item")},
    {"np.broadcast_shapes", N_("The shape that these shapes broadcast to")},
    {"np.c_", N_("Columns put side by side, by an index: c_[x, y]")},
    {"np.flatiter", N_("The items of x.flat, one after the other")},
    {"np.fromfunction", N_("An array whose items a function computes from "
                           "their indices")},
    {"np.fromiter", N_("An array of what an iterable gives")},
    {"np.fromstring", N_("An array of the numbers in a text")},
    {"np.index_exp", N_("An index as a tuple, to be used later")},
    {"np.mask_indices", N_("The indices at which a mask is true")},
    {"np.mgrid", N_("The coordinates of a grid, by slices: mgrid[0:2, 0:3]")},
    {"np.ndenumerate", N_("The indices and items of an array, in turns")},
    {"np.ndindex", N_("All indices of an array of this shape")},
    {"np.nditer", N_("Goes through the items of arrays, with their indices")},
    {"np.ogrid", N_("The coordinates of a grid, each axis by itself")},
    {"np.piecewise", N_("Functions of x, each where its condition holds")},
    {"np.r_", N_("Values and ranges in one row, by an index: r_[0:3, 7]")},
    {"np.s_", N_("An index, to be used later: x[s_[1:3]]")},
    {"np.vectorize", N_("A function of numbers as one of arrays")},
};

const char *library_doc(const char *name, const char **path)
{
    if (!strncmp(name, "numpy.", 6))
        name += 6;
    else if (!strncmp(name, "np.", 3))
        name += 3;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!strcmp(rows[i].path + 3, name)) {
            *path = rows[i].path;
            return rows[i].doc;
        }
    }
    return NULL;
}
