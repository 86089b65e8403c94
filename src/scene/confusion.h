/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A confusion matrix: what was expected against what the model gave; behind
   each cell the images that are counted there. */
#ifndef SCENE_CONFUSION_H
#define SCENE_CONFUSION_H

#include "nn/verdict.h"
#include "scene/gallery.h"
#include "view/scene.h"

/* VERDICTS pass to the scene; GALLERY (NULL: no images to show) gets a
   reference of its own.  TITLE is the window's. */
struct scene *confusion_scene_new(const char *title, struct verdicts *verdicts,
                                  struct gallery *gallery);

/* The same as a table of text, a line a class. */
void confusion_format(const struct verdicts *verdicts,
                      const struct gallery *names, struct strbuf *sb);

#endif
