/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a recipe to a trainer that stands at its start.  A training shares
 * nothing that changes with the variables: it has its own model and its own
 * data, so that it can go on in another thread.
 */
#ifndef REPL_TRAINING_H
#define REPL_TRAINING_H

#include "nn/train.h"
#include "repl/recipe.h"

struct session;

struct training {
    struct trainer *trainer;
    struct samples test; /* count 0: there are none */
    struct model *owner; /* the variable's, whose copy is trained; or NULL */
};

/* Draws a seed into RECIPE when it has none.  Errors name the variable or the setting.  NULL with an error. */
struct training *training_new(struct session *session, struct recipe *recipe,
                              struct error *err);
void training_free(struct training *training); /* NULL is fine */

/* Gives the weights as they are now to the variable that they came from, or
   sets `model`; and `history`.  The trainer must stand still. */
bool training_show(struct session *session, const struct recipe *recipe,
                   const struct training *training, struct error *err);

/* The data set of the training that was made last, counted. */
struct training_data {
    struct tensor *parts[DATASET_PARTS];
};
void training_data_take(struct training_data *ret);
void training_data_done(struct training_data *data);

/* Sets train_images, …; to copies while the data is IN_USE, since variables may
   be changed while a training runs or rests. */
bool training_data_show(struct session *session,
                        const struct training_data *data, bool in_use,
                        struct error *err);

/* Drops the data set, as soon as no training is left. */
void training_forget_data(void);

#endif
