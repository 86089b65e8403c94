/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window of a training: curves, the weights of the first layer, what the
 * network says of some test images, and keys to steer it by.
 */
#ifndef SCENE_TRAINING_H
#define SCENE_TRAINING_H

#include "scene/answers.h"
#include "scene/training_feed.h"
#include "view/scene.h"

/* FEED and GALLERY (NULL: no images) get references of their own; EXAMPLES,
   the gallery's first images as the model takes them, pass to the scene. */
struct scene *training_scene_new(struct training_feed *feed,
                                 struct gallery *gallery,
                                 struct examples *examples);

/* The next larger (DIRECTION 1) or smaller (-1) of 1, 2, 5 times a power of
   ten: what + and - make of a learning rate. */
double training_rate_beside(double rate, int direction);

#endif
