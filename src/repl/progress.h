/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line that shows how training goes on, in the form of the book's:
 *
 *     Epoch 1/5
 *     60000/60000 [==============================] - 1s - loss: 0.2524 - acc:
 * 0.9273
 *
 * On a terminal it is drawn over itself, at most ten times a second, and never
 * wider than the screen: the bar goes first.  Elsewhere each epoch is one line.
 */
#ifndef REPL_PROGRESS_H
#define REPL_PROGRESS_H

#include "lang/lang.h"
#include "nn/train.h"

struct progress {
    output_sink *write;
    void *context;
    bool terminal;
    int columns; /* of the terminal */

    /* inside */
    double drawn;  /* when in this epoch, in seconds */
    size_t length; /* of what stands on the line */
};

void progress_init(struct progress *progress, output_sink *write, void *context,
                   bool terminal, int columns);

/* A train_observer; its context is the struct progress. */
bool progress_observe(void *progress, const struct train_event *event);

/* Leaves a line that is not at its end. */
void progress_leave(struct progress *progress);

/* The line alone, at most COLUMNS characters (0: as long as it is). */
void progress_format(struct strbuf *sb, const struct train_event *event,
                     int columns);

#endif
