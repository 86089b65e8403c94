/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What lies between a training and the window that shows it.
 *
 * The training writes, the window reads, in two threads, and neither ever
 * waits for the other.  There are three snapshots: the writer fills one that
 * nobody else sees and exchanges it, atomically, with the newest; the reader
 * exchanges the one it has looked at with the newest.  The writer copies
 * weights only when the window has asked for a snapshot, so it costs what is
 * drawn and nothing more.
 *
 * The other way go the wishes of whoever sits at the window.
 */
#ifndef SCENE_TRAINING_FEED_H
#define SCENE_TRAINING_FEED_H

#include "scene/gallery.h"
#include "scene/training_curves.h"

enum feed_state { FEED_RUNNING, FEED_PAUSED, FEED_STOPPED, FEED_DONE };

struct training_snapshot {
    enum feed_state state;
    int64_t number; /* of those that were published */
    int epoch, epochs;
    int64_t batch, batches;
    int value_count;
    double values[1 + MODEL_MAX_METRICS]; /* so far in this epoch */
    double rate;
    double seconds;    /* of the training, pauses left out */
    double cost;       /* seconds that copying this took the training */
    double test_value; /* of the metric (or the loss) at the end, or NaN */
    struct training_curves curves;
    struct model *model; /* a copy, without optimizer; or NULL: no memory */
    float *gradient;     /* of the first weight of the first layer that
                            learns; or NULL */
};

enum feed_wish {
    FEED_LOOK, /* a snapshot is asked for: one who sleeps has to wake up */
    FEED_PAUSE,
    FEED_GO_ON,
    FEED_STEP, /* one batch, then pause */
    FEED_RATE,
    FEED_STOP
};

/* Called in the window's thread; VALUE is FEED_RATE's. */
typedef void feed_control(void *context, enum feed_wish wish, double value);

struct training_feed;

/* TITLE as typed: "train mnist epochs=5".  The writer's calls below belong to
   one thread at a time, as do the reader's; a feed is counted atomically. */
struct training_feed *training_feed_new(const char *title);
struct training_feed *training_feed_ref(struct training_feed *feed);
void training_feed_unref(struct training_feed *feed); /* NULL is fine */
const char *training_feed_title(const struct training_feed *feed);

/* ------------------------------------------------------------- the writer */

void training_feed_observe(struct training_feed *feed,
                           const struct train_event *event);

/* From now on it is in STATE; who looks sees it at once, with MODEL as it is
   now. */
void training_feed_set_state(struct training_feed *feed, enum feed_state state,
                             const struct model *model);
void training_feed_set_test(struct training_feed *feed, double value);

/* While nothing happens: answers who asks. */
void training_feed_answer(struct training_feed *feed,
                          const struct model *model);

/* Who hears wishes; NULL: nobody any more, and when this returns nobody is
   just hearing one. */
void training_feed_connect(struct training_feed *feed, feed_control *control,
                           void *context);

/* ------------------------------------------------------------- the reader */

/* The newest, valid until the next call; NULL before the first, and while
   another READER, who came first, has not left. */
const struct training_snapshot *training_feed_take(struct training_feed *feed,
                                                   const void *reader);
void training_feed_leave(struct training_feed *feed, const void *reader);

/* Asks for the next one; scene_wake() tells when it is there. */
void training_feed_ask(struct training_feed *feed);

/* false: nobody hears it any more. */
bool training_feed_wish(struct training_feed *feed, enum feed_wish wish,
                        double value);

#endif
