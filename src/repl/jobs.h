/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The trainings of a session, in the background, in the foreground or paused.
 * The list is the session thread's while an entry runs and main's while none
 * does.
 */
#ifndef REPL_JOBS_H
#define REPL_JOBS_H

#include "repl/job.h"

struct session;

/* Takes RECIPE, TRAINING and CHECKPOINT over, and shows it or lets it go on
   in the background.  COMPARED: its end is shown beside that of the training
   before. */
bool jobs_start(struct session *session, struct recipe *recipe,
                struct training *training, struct checkpoint *checkpoint,
                bool background, bool compared, struct error *err);

/* By its number, "2" or "%2"; "": the newest, paused ones first when PAUSED.
   ValueError when there is none. */
struct job *jobs_find(const char *argument, bool paused, struct error *err);

/* Every one in order; NULL at the end. */
struct job *jobs_at(int index);

/* What a window sees of the training that ended last; borrowed, NULL: none.
   keep: FEED gets another reference. */
struct training_feed *jobs_ended_feed(void);
void jobs_keep_feed(struct training_feed *feed);

/* Shows it until it ends, pauses (Ctrl-C) or is sent away (Ctrl-Z). */
bool jobs_foreground(struct session *session, struct job *job,
                     struct error *err);
void jobs_background(struct session *session, struct job *job);

/* Ended before its last epoch, for good. */
bool jobs_stop(struct session *session, struct job *job, struct error *err);
/* Waits for the batch in hand; the weights can be looked at. */
bool jobs_pause(struct session *session, struct job *job, struct error *err);
/* So many batches, then the same. */
bool jobs_step(struct session *session, struct job *job, int64_t batches,
               struct error *err);

/* The recipe of the last training, for `again`; NULL before the first. */
const struct recipe *jobs_last(void);

/* What has happened since the last call, for whoever types; variables of
   trainings that have ended are set.  EPOCHS: tell of each epoch, too. */
void jobs_settle(struct session *session, bool epochs, struct strbuf *news);

/* From main while an entry runs.  Ctrl-C: pauses what is shown.  Ctrl-Z: it
   goes on in the background; false when nothing is shown. */
void jobs_interrupt(void);
bool jobs_send_back(void);

/* Ends all of them with checkpoints; NEWS says how to go on. */
void jobs_leave(struct session *session, struct strbuf *news);

/* What was kept for `again`. */
void jobs_forget(void);

/* "[1] done - test_acc: 0.97" … parts of the texts, for `jobs`. */
void jobs_describe(struct job *job, int columns, struct strbuf *sb);

#endif
