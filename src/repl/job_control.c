/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other threads want of a training, and how they wait for it. */
#include "repl/job.h"

static void wish(struct job *job, enum job_wish wish, bool held,
                 int64_t steps)
{
    pthread_mutex_lock(&job->mutex);
    job->wish = wish;
    job->held = held;
    job->steps = steps;
    job->stepped = false;
    if (wish != JOB_PAUSE && job->state == JOB_PAUSED)
        job->state = JOB_RUNNING;
    pthread_cond_broadcast(&job->changed);
    pthread_mutex_unlock(&job->mutex);
}

void job_pause(struct job *job)
{
    wish(job, JOB_PAUSE, false, 0);
}

void job_continue(struct job *job)
{
    wish(job, JOB_RUN, false, 0);
}

void job_stop(struct job *job)
{
    wish(job, JOB_STOP, false, 0);
}

void job_hold(struct job *job)
{
    wish(job, JOB_PAUSE, true, 0);
}

void job_step(struct job *job, int64_t count)
{
    wish(job, JOB_RUN, true, count);
}

void job_tell_no_pause(struct job *job)
{
    pthread_mutex_lock(&job->mutex);
    job->has_pause_news = job->held = false;
    pthread_mutex_unlock(&job->mutex);
}

void job_set_rate(struct job *job, double rate)
{
    pthread_mutex_lock(&job->mutex);
    job->rate = rate;
    job->latest.event.rate = rate;
    pthread_mutex_unlock(&job->mutex);
}

void job_show(struct job *job, const struct progress *progress)
{
    pthread_mutex_lock(&job->mutex);
    job->progress = *progress;
    job->front = true;
    pthread_mutex_unlock(&job->mutex);
}

void job_hide(struct job *job)
{
    pthread_mutex_lock(&job->mutex);
    job->front = false;
    pthread_cond_broadcast(&job->changed);
    pthread_mutex_unlock(&job->mutex);
}

enum job_state job_wait_shown(struct job *job)
{
    pthread_mutex_lock(&job->mutex);
    while (job->state != JOB_ENDED &&
           (job->state == JOB_RUNNING || job->held) &&
           (job->front || job->attached))
        pthread_cond_wait(&job->changed, &job->mutex);
    enum job_state state = job->state;
    if (state != JOB_RUNNING) {
        job->front = job->attached = false;
        job->has_epoch_news = false;
    }
    pthread_mutex_unlock(&job->mutex);
    return state;
}

enum job_state job_wait(struct job *job)
{
    pthread_mutex_lock(&job->mutex);
    while (job->state == JOB_RUNNING)
        pthread_cond_wait(&job->changed, &job->mutex);
    enum job_state state = job->state;
    pthread_mutex_unlock(&job->mutex);
    return state;
}

void job_wait_ended(struct job *job)
{
    pthread_mutex_lock(&job->mutex);
    while (job->state != JOB_ENDED)
        pthread_cond_wait(&job->changed, &job->mutex);
    pthread_mutex_unlock(&job->mutex);
}

enum job_state job_state(struct job *job)
{
    pthread_mutex_lock(&job->mutex);
    enum job_state state = job->state;
    pthread_mutex_unlock(&job->mutex);
    return state;
}
