/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `train` does, in Keras's words: for `save`. */
#ifndef REPL_RECIPE_PYTHON_H
#define REPL_RECIPE_PYTHON_H

#include "base/strbuf.h"
#include "repl/recipe.h"

/* Nothing for a model of one's own on a data set: what its first layer and its
   loss want of the images and the labels, Keras is not told by the words. */
void recipe_to_python(const struct recipe *recipe, struct strbuf *sb);

#endif
