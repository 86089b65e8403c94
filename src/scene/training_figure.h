/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves of a training as a figure. */
#ifndef SCENE_TRAINING_FIGURE_H
#define SCENE_TRAINING_FIGURE_H

#include "scene/training_curves.h"
#include "view/figure.h"

/* Loss and, if there is one, the first metric: their batches pale, epochs as
   points, those of the validation samples orange; a dashed line where the
   learning rate was changed.  IS_LOG: the losses' axis.  Owned. */
struct figure *training_figure(const struct training_curves *curves,
                               bool is_log, bool are_beside);

#endif
