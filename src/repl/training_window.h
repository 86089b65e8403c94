/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window that a training opens by itself, and that `watch` opens again. */
#ifndef REPL_TRAINING_WINDOW_H
#define REPL_TRAINING_WINDOW_H

#include "nn/train.h"
#include "repl/job.h"
#include "scene/gallery.h"

struct session;

/* JOB's, owned: before it runs, since it shares the data set; NULL where no
   windows are shown and when its recipe says window=off. */
struct scene *training_window_scene(struct session *session, struct job *job);

/* Takes SCENE (NULL is fine) over.  What goes wrong is said, and ends
   nothing. */
void training_window_show(struct session *session, struct scene *scene);

/* A window for FEED, with the test images where MODEL takes them. */
void training_window_show_feed(struct session *session,
                               struct training_feed *feed, struct model *model);

/* `watch`: that of JOB, or of the training that ended last when it is NULL; a
   picture of it where no windows are shown.  ValueError when there is
   none. */
bool training_window_reopen(struct session *session, struct job *job,
                            struct error *err);

/* What fit() tells its observer: its window and its keys.  false: to end the
   training. */
bool training_window_observe_fit(struct session *session,
                                 const struct train_event *event);

/* The names of the classes of the data set that was trained last; NULL: they
   are numbers. */
const char *const *training_window_class_names(void);

#endif
