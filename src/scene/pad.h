/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pad: paper to draw a digit on, the image of 28 x 28 that becomes of it,
 * and what a network takes it for, while one draws.
 *
 * Mouse: draw, with the right button rub out; Backspace: clear; n: centred as
 * MNIST's images are, or as drawn.
 */
#ifndef SCENE_PAD_H
#define SCENE_PAD_H

#include "scene/drawing.h"
#include "scene/pad_network.h"
#include "view/scene.h"

/* The program's one drawing, which stays when the window is closed; borrowed.
   The session thread's first call makes it.  NULL with MemoryError. */
struct drawing *pad_drawing(struct error *err);

/* Takes NETWORK over (NULL: there is none yet); DRAWING is borrowed and must
   live as long. */
struct scene *pad_new(struct drawing *drawing, struct pad_network *network);

/* Any thread: is there a pad whose network is the variable NAME, or one that
   has none? */
bool pad_wants(const char *name);
/* Gives it NETWORK, which it takes over; dropped when there is no pad. */
void pad_offer(struct pad_network *network);

#endif
