/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A drawing as a network that learned MNIST wants to see it.
 *
 * "The MNIST database of handwritten digits" (LeCun, Cortes, Burges;
 * yann.lecun.com/exdb/mnist) tells how its images were made: each digit was
 * scaled into a box of 20 x 20 pixels with its aspect ratio kept, the grey
 * levels being those of anti-aliasing, and the box was moved in a field of
 * 28 x 28 so that the centre of mass came to its centre.  In the images it is
 * within half a pixel of (14, 14), pixels counted from 0: the box was moved by
 * whole pixels.
 */
#ifndef SCENE_DIGIT_IMAGE_H
#define SCENE_DIGIT_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    DIGIT_SIDE = 28,
    DIGIT_BOX = 20,
    DIGIT_PIXELS = DIGIT_SIDE * DIGIT_SIDE
};

/* Grey levels, 0 for paper and 255 for ink, rows top down. */
struct ink {
    const uint8_t *pixels;
    int width, height;
    int stride; /* bytes from a row to the next */
};

/* As MNIST was made.  false, and RET all paper, when there is no ink. */
bool digit_centered(const struct ink *ink, uint8_t ret[DIGIT_PIXELS]);

/* All of the paper, only made smaller: ink that is small or aside stays so.
   false, and RET all paper, when there is no ink. */
bool digit_as_drawn(const struct ink *ink, uint8_t ret[DIGIT_PIXELS]);

#endif
