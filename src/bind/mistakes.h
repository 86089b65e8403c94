/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model gets wrong: mistakes(), and what the command `confusion`
   shows. */
#ifndef BIND_MISTAKES_H
#define BIND_MISTAKES_H

#include "bind/natives.h"
#include "nn/verdict.h"

extern struct native mistakes_natives[];

struct judged {
    struct tensor *images; /* owned: as they were given to the model */
    struct verdicts verdicts;
};

/* MODEL, IMAGES and LABELS, or where they are VALUE_UNDEFINED or None, the
   variables model, test_images and test_labels.  NameError when there are
   none, TypeError for what is no model, ValueError as verdicts_init(). */
bool mistakes_judge(struct interp *interp, struct value model,
                    struct value images, struct value labels,
                    struct judged *ret, struct error *err);
void judged_done(struct judged *judged);

#endif
