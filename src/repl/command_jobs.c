/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with trainings that go on beside the prompt. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "repl/command_train.h"
#include "repl/jobs.h"
#include "repl/session.h"
#include "repl/training_window.h"

const char command_jobs_details[] =
    N_("Lists the trainings that run in the background or are paused, with "
       "their numbers.  fg 1 brings number 1 to the foreground, pause 1 halts "
       "it, resume 1 lets it go on, stop 1 ends it with the weights it has; "
       "without a number the newest is meant.  set rate 0.0005 changes its "
       "learning rate while it runs.  A training in the background has its own "
       "copy of model and data; when it ends, model and history are set.");

const char command_fg_details[] =
    N_("Shows the progress of a training again and waits for it: Ctrl-C pauses "
       "it, Ctrl-Z sends it to the background again.");

const char command_bg_details[] =
    N_("Lets a paused training go on in the background.");

const char command_pause_details[] =
    N_("Halts a training after the batch in hand.  model and history are set "
       "to what it has learned so far; resume goes on.");

const char command_stop_details[] =
    N_("Ends a training after the batch in hand, for good.  model and history "
       "are set to what it has learned.");

const char command_watch_details[] =
    N_("A training opens a window by itself where there is a display: curves, "
       "the weights of the first layer, and what the network says of some test "
       "images.  Closing the window does not stop the training, and watch "
       "opens it again, for the newest training or for one of jobs, also after "
       "its end.  train mnist window=off and set windows off go without.\n"
       "Keys in the window: Space pauses and goes on, s trains one batch, + "
       "and - change the learning rate, g shows gradients instead of weights, "
       "l makes the losses' axis logarithmic, q stops and keeps the weights; "
       "a click on a tile shows the images that excite it most.  At the prompt "
       "pause, resume, step batch, set rate and stop do the same.");

bool command_jobs(struct session *session, const char *arguments,
                  struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    struct job *job;
    if (*arguments) {
        error_set(err, ERROR_TYPE, _("%s takes no arguments"), "jobs");
        error_hint(err, "jobs");
        return false;
    }
    for (int i = 0; (job = jobs_at(i)); i++)
        jobs_describe(job, session_columns(session), &text);
    session_print(session, "%s",
                  text.length ? text.text
                              : _("no training is running or paused\n"));
    strbuf_done(&text);
    return true;
}

bool command_fg(struct session *session, const char *arguments,
                struct error *err)
{
    struct job *job = jobs_find(arguments, false, err);
    return job && jobs_foreground(session, job, err);
}

bool command_bg(struct session *session, const char *arguments,
                struct error *err)
{
    struct job *job = jobs_find(arguments, true, err);
    if (job)
        jobs_background(session, job);
    return job != NULL;
}

bool command_pause(struct session *session, const char *arguments,
                   struct error *err)
{
    struct job *job = jobs_find(arguments, false, err);
    return job && jobs_pause(session, job, err);
}

bool command_stop(struct session *session, const char *arguments,
                  struct error *err)
{
    struct job *job = jobs_find(arguments, false, err);
    return job && jobs_stop(session, job, err);
}

/* Without a number the newest training, and if none is left the last one. */
bool command_watch(struct session *session, const char *arguments,
                   struct error *err)
{
    struct job *job = NULL;
    if (*arguments || jobs_at(0)) {
        job = jobs_find(arguments, false, err);
        if (!job)
            return false;
    }
    return training_window_reopen(session, job, err);
}

/* -------------------------------------------------------------- step batch */

enum { STEP_MOST = 1000000 };

bool command_step_batch(struct session *session, const char *count,
                        struct error *err)
{
    char *end;
    long batches = *count ? strtol(count, &end, 10) : 1;
    struct job *job = jobs_find("", true, err);
    if (!job)
        return false;
    if ((*count && (end == count || *end)) || batches < 1 ||
        batches > STEP_MOST) {
        error_set(err, ERROR_VALUE,
                  _("the number of batches must be a whole number from 1 to "
                    "%d, got '%s'"),
                  STEP_MOST, count);
        error_hint(err, "step batch 10");
        return false;
    }
    return jobs_step(session, job, batches, err);
}

/* ---------------------------------------------------------------- set rate */

static void show_rate(struct session *session, struct job *job)
{
    pthread_mutex_lock(&job->mutex);
    double rate = job->rate > 0.0 ? job->rate : job->latest.event.rate;
    pthread_mutex_unlock(&job->mutex);
    session_print(session, "%-10s %-8g %s\n", "rate", rate,
                  _("of the training that runs or is paused"));
}

void command_show_rate(struct session *session)
{
    struct error err = ERROR_INIT;
    struct job *job = jobs_find("", false, &err);
    if (job)
        show_rate(session, job);
    error_clear(&err);
}

bool command_set_rate(struct session *session, const char *value,
                      struct error *err)
{
    double rate;
    struct job *job = jobs_find("", false, err);
    if (!job || (value && !recipe_read_number(RECIPE_RATE, value, &rate, err)))
        return false;
    if (value)
        job_set_rate(job, rate);
    else
        show_rate(session, job);
    return true;
}
