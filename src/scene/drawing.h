/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ink on a square of paper.  Strokes and what is made of them lock it, so
 * that digit() may read it in one thread while somebody draws in another.
 */
#ifndef SCENE_DRAWING_H
#define SCENE_DRAWING_H

#include <cairo.h>

#include "base/error.h"

#include "scene/digit_image.h"

/* The side of the paper, and the width of a stroke, which is a tenth of it:
   about as wide as MNIST's strokes are in their box. */
enum { DRAWING_SIDE = 280, DRAWING_BRUSH = 24 };

struct drawing;

/* Empty paper, centred.  NULL with MemoryError. */
struct drawing *drawing_new(struct error *err);
void drawing_free(struct drawing *drawing); /* NULL is fine */

/* In units of the paper, 0 to DRAWING_SIDE. */
struct ink_point {
    double x, y;
};

/* A round brush from one point to another, towards BEND on its way: a straight
   line when that is between them, a dot when all are the same.  RUBS: it takes
   ink away. */
void drawing_stroke(struct drawing *drawing, struct ink_point from,
                    struct ink_point bend, struct ink_point to, bool rubs);
void drawing_clear(struct drawing *drawing);

/* Is the image made as MNIST's were?  Else it is the paper, made smaller. */
void drawing_set_centered(struct drawing *drawing, bool centered);
bool drawing_is_centered(struct drawing *drawing);

/* What a network gets; false, and zeros, when there is no ink. */
bool drawing_image(struct drawing *drawing, uint8_t ret[DIGIT_PIXELS]);

/* The ink, in the canvas's source colour, on the square of DRAWING_SIDE from
   (0, 0). */
void drawing_paint(struct drawing *drawing, cairo_t *canvas);

#endif
