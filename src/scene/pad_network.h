/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A network that says what an image of 28 x 28 shows. */
#ifndef SCENE_PAD_NETWORK_H
#define SCENE_PAD_NETWORK_H

#include "nn/pass.h"
#include "scene/digit_image.h"

struct pad_network {
    struct model *model; /* nobody else's: its weights stay as they are */
    struct pass pass;
    char *name;                     /* of the variable it came from */
    const char *const *class_names; /* static; NULL: numbers */
    int64_t classes;                /* its outputs */
    float *shares;                  /* one a class, 0 to 1 */
    float divisor;                  /* of the bytes of an image */
};

/*
 * Clones MODEL.  CLASS_NAMES (static, as many as the model has outputs) or
 * NULL.  ValueError when a sample of MODEL has not 784 numbers, or it was not
 * built yet.
 */
struct pad_network *pad_network_new(const struct model *model, const char *name,
                                    const char *const *class_names,
                                    struct error *err);
void pad_network_free(struct pad_network *network); /* NULL is fine */

/*
 * Fills `shares` by what IMAGE is taken for; returns the class with the most.
 * Bytes are divided as the model itself does (`train`), by nothing where it
 * begins with a layer that scales, and by 255 else.  Outputs that no softmax
 * or sigmoid has made go through a softmax here.
 */
int64_t pad_network_look(struct pad_network *network,
                         const uint8_t image[DIGIT_PIXELS]);

/* "7", "Sandal"; into ROOM where it is a number. */
enum { PAD_CLASS_ROOM = 24 };
const char *pad_network_class(const struct pad_network *network, int64_t index,
                              char room[PAD_CLASS_ROOM]);

#endif
