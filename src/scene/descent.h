/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of a descent: its figure, which is replaced at every step, and
   keys that step on and back. */
#ifndef SCENE_DESCENT_H
#define SCENE_DESCENT_H

#include "view/figure.h"
#include "view/scene.h"

/* Takes FIGURE over. */
struct scene *descent_new_scene(struct figure *figure);

/* Any thread: does anybody look at one? */
bool descent_scene_is_open(void);
/* FIGURE, taken over, replaces the one that is seen. */
void descent_scene_replace(struct figure *figure);

#endif
