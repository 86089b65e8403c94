/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training on disk, so that a crash or a power cut costs one epoch at most:
 * $XDG_STATE_HOME/tensor/training/1.npz and so on, each written to a
 * temporary file, synced and renamed.  It holds the recipe and all that the
 * trainer knows, so that the weights at the end are those of a training that
 * was never cut off, bit for bit.
 *
 * A program holds a lock (flock) on 1.lock for as long as it trains; a file
 * without a holder is what somebody who was killed left.
 */
#ifndef REPL_CHECKPOINT_H
#define REPL_CHECKPOINT_H

#include "nn/train.h"
#include "repl/recipe.h"

struct checkpoint {
    char *path; /* NULL: none yet */
    int lock;   /* its descriptor */
};

/* Writes it; the first time it finds itself a place, the oldest one when there
   are too many.  Any thread, one at a time; TRAINER stands still.  True
   without a home, too. */
bool checkpoint_save(struct checkpoint *checkpoint, const struct recipe *recipe,
                     const struct trainer *trainer, struct error *err);

/* The newest one that nobody holds, which is held from now on, and the recipe
   in it; false when there is none, or with an error in ERR. */
bool checkpoint_find(struct checkpoint *ret, struct recipe *recipe,
                     struct error *err);

/* Moves TRAINER, which was made of the recipe, to where it was. */
bool checkpoint_restore(const struct checkpoint *checkpoint,
                        struct trainer *trainer, struct error *err);

/* One line about the newest one, to be free()d; NULL when there is none. */
char *checkpoint_offer(void);

/* Removes the file; leaves it to whoever comes.  Both are fine without one. */
void checkpoint_drop(struct checkpoint *checkpoint);
void checkpoint_leave(struct checkpoint *checkpoint);

#endif
