/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Images with their classes, for windows: a copy that never changes, counted
 * atomically, so that any thread may keep it beside the variables it was made
 * from.
 */
#ifndef SCENE_GALLERY_H
#define SCENE_GALLERY_H

#include <stdbool.h>
#include <stdint.h>

#include "tensor/tensor.h"

struct gallery {
    int references; /* atomic */
    int64_t count;
    int rows, columns;
    uint8_t *pixels;  /* one byte each, 0 to 255 */
    int32_t *classes; /* -1: unknown */
    int class_count;
    const char *const *class_names; /* for gettext; NULL: the numbers */
};

/*
 * Of IMAGES, (n, rows, columns), (n, rows, columns, 1 or 3) or, where the
 * numbers of a row make a square, (n, rows * columns): unsigned bytes as they
 * are, other numbers from their least to their largest.  LABELS are n class
 * numbers, or n rows; NULL: unknown.  NULL, without an error, for what is no
 * images.
 */
struct gallery *gallery_new(struct tensor *images, struct tensor *labels);
struct gallery *gallery_ref(struct gallery *gallery); /* NULL is fine */
void gallery_unref(struct gallery *gallery);          /* NULL is fine */

const uint8_t *gallery_image(const struct gallery *gallery, int64_t index);

/* The side of a square of SIZE numbers that may be an image; else 0. */
int gallery_side(int64_t size);

/* "7", or the class's name, translated; BUFFER has room for a number. */
const char *gallery_class_name(const struct gallery *gallery, int class,
                               char buffer[16]);

#endif
