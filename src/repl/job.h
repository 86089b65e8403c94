/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training in a thread of its own, whether somebody waits for it in the
 * foreground or not.  Its trainer is the thread's while it runs; others read
 * its reports, and the trainer itself while it is paused or has ended.  After
 * every epoch it writes a checkpoint.
 */
#ifndef REPL_JOB_H
#define REPL_JOB_H

#include <pthread.h>

#include "repl/checkpoint.h"
#include "repl/outcome.h"
#include "repl/progress.h"
#include "repl/training.h"
#include "scene/training_feed.h"

enum job_state { JOB_RUNNING, JOB_PAUSED, JOB_ENDED };
enum job_wish { JOB_RUN, JOB_PAUSE, JOB_STOP };
enum job_outcome {
    JOB_DONE,
    JOB_STOPPED,
    JOB_NOT_FINITE, /* the loss was not; the weights are the epoch's first */
    JOB_FAILED
};

/* A copy of an event.  Its names are the history's and live as long as the
   job. */
struct report {
    struct train_event event;
    double values[HISTORY_MAX_SERIES];
};

struct job {
    int number;
    struct recipe recipe;
    struct training *training;
    struct checkpoint checkpoint;
    struct outcome *compared; /* with it, at the end; or NULL */
    struct training_feed *feed; /* what its window sees of it */

    pthread_t thread;
    bool thread_started;
    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t changed;
    enum job_wish wish;
    enum job_state state;
    bool front;    /* somebody waits and wants to see it */
    bool attached; /* the thread shows progress: it makes this follow front */
    double rate;   /* a new learning rate, 0: none */
    bool held;     /* its window paused it: who waits in front goes on
                      waiting */
    int64_t steps; /* batches until it is held; 0: no such end */
    bool has_pause_news; /* it was held behind the prompt… */
    bool stepped;        /* … after a step, which needs no words */
    struct report latest;
    struct report epoch; /* the last one that ended… */
    bool has_epoch_news; /* … and nobody has been told yet */
    char *trouble;       /* why there is no checkpoint, told once */

    /* the thread's; others' once the state is JOB_ENDED */
    struct progress progress;
    struct model *before;  /* the model at the start of this epoch */
    struct report failure; /* where the loss was not finite */
    bool is_finite;
    double next_checkpoint; /* not before */
    double last_news;
    bool is_troubled;
    enum job_outcome outcome;
    bool is_tested;
    double test[1 + MODEL_MAX_METRICS];
    struct error error;
};

/* Takes RECIPE, TRAINING and CHECKPOINT over.  Nothing runs yet. */
struct job *job_new(int number, struct recipe *recipe,
                    struct training *training, struct checkpoint *checkpoint);

/* false with an error: no thread was to be had. */
bool job_start(struct job *job, struct error *err);

/* Ends the thread after the batch in hand; the checkpoint is left. */
void job_free(struct job *job);

/* From any thread; at the batch in hand. */
void job_pause(struct job *job);
void job_continue(struct job *job);
void job_stop(struct job *job);
/* A pause that whoever waits in front waits through; COUNT batches, then such
   a pause. */
void job_hold(struct job *job);
void job_step(struct job *job, int64_t count);
/* The pause that it is in is no news. */
void job_tell_no_pause(struct job *job);
void job_set_rate(struct job *job, double rate);

/* Until the job neither runs nor is shown to anybody; PROGRESS is how. */
void job_show(struct job *job, const struct progress *progress);
enum job_state job_wait_shown(struct job *job);
/* Ends such a wait while the job goes on; from any thread. */
void job_hide(struct job *job);

/* Until it does not run; until it has ended. */
enum job_state job_wait(struct job *job);
void job_wait_ended(struct job *job);

enum job_state job_state(struct job *job);

#endif
