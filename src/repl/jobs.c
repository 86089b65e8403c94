/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/jobs.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/interrupt.h"
#include "repl/outcome.h"
#include "repl/session.h"
#include "repl/training_window.h"
#include "view/scene.h"

enum { MOST = 8 };

static struct job *list[MOST];
static int count;

/* The one that is shown; main asks while the session thread waits. */
static struct job *shown;
static pthread_mutex_t shown_mutex = PTHREAD_MUTEX_INITIALIZER;

/* Of the last training that was started and the one that ended last. */
static struct recipe last;
static bool has_last;
static struct outcome *ended;

/* Of the last training that ended, for who wants to look at it again. */
static struct training_feed *ended_feed;

struct job *jobs_at(int index)
{
    return index >= 0 && index < count ? list[index] : NULL;
}

const struct recipe *jobs_last(void)
{
    return has_last ? &last : NULL;
}

static void remember(const struct recipe *recipe)
{
    struct error err = ERROR_INIT;
    struct recipe copy;
    bool good = recipe_change(&copy, recipe, "", &err);
    error_clear(&err);
    if (!good)
        return;
    if (has_last)
        recipe_done(&last);
    last = copy;
    has_last = true;
}

struct training_feed *jobs_ended_feed(void)
{
    return ended_feed;
}

void jobs_keep_feed(struct training_feed *feed)
{
    training_feed_ref(feed);
    training_feed_unref(ended_feed);
    ended_feed = feed;
}

void jobs_forget(void)
{
    if (has_last)
        recipe_done(&last);
    has_last = false;
    outcome_unref(ended);
    ended = NULL;
    jobs_keep_feed(NULL);
    training_forget_data();
}

/* ---------------------------------------------------------------- the list */

static int free_number(void)
{
    int number = 1;
    for (int i = 0; i < count; i++)
        if (list[i]->number == number) {
            number++;
            i = -1;
        }
    return number;
}

static void remove_job(struct job *job)
{
    int i = 0;
    while (list[i] != job)
        i++;
    memmove(&list[i], &list[i + 1], (size_t)(count - i - 1) * sizeof *list);
    count--;
    jobs_keep_feed(job->feed);
    job_free(job);
    if (count == 0)
        training_forget_data();
}

static bool no_job(const char *argument, struct error *err)
{
    if (count == 0) {
        error_set(err, ERROR_VALUE, _("no training is running or paused"));
        error_hint(err, "train mnist &");
    } else {
        error_set(err, ERROR_VALUE, _("there is no training [%s]"), argument);
        error_hint(err, "jobs");
    }
    return false;
}

struct job *jobs_find(const char *argument, bool paused, struct error *err)
{
    const char *text = argument + (*argument == '%');
    char *end;
    long number = strtol(text, &end, 10);
    struct job *found = NULL;
    if (*text && *end) {
        no_job(text, err);
        return NULL;
    }
    for (int i = 0; i < count; i++) {
        bool wanted = *text ? list[i]->number == number : true;
        bool better = !found || !paused || job_state(list[i]) == JOB_PAUSED ||
                      job_state(found) != JOB_PAUSED;
        if (wanted && better)
            found = list[i];
    }
    if (!found)
        no_job(text, err);
    return found;
}

/* ------------------------------------------------------------------- texts */

static void add_event_values(struct strbuf *sb, const struct report *report)
{
    for (int i = 0; i < report->event.value_count; i++)
        strbuf_addf(sb, " - %s: %.4f", report->event.names[i],
                    report->values[i]);
}

static const char *state_name(enum job_state state)
{
    return state == JOB_RUNNING  ? _("running")
           : state == JOB_PAUSED ? _("paused")
                                 : _("done");
}

void jobs_describe(struct job *job, int columns, struct strbuf *sb)
{
    pthread_mutex_lock(&job->mutex);
    struct report report = job->latest;
    enum job_state state = job->state;
    pthread_mutex_unlock(&job->mutex);
    report.event.values = report.values;
    strbuf_addf(sb, "[%d] %s: ", job->number, state_name(state));
    recipe_format(&job->recipe, sb);
    if (report.event.epochs == 0) {
        strbuf_addc(sb, '\n'); /* not yet begun */
        return;
    }
    strbuf_addf(sb, "\n    ");
    strbuf_addf(sb, _("epoch %d/%d, rate %g"), report.event.epoch,
                report.event.epochs, report.event.rate);
    strbuf_adds(sb, "\n    ");
    progress_format(sb, &report.event, columns > 5 ? columns - 5 : 0);
    strbuf_addc(sb, '\n');
}

/* Where it stands, to the batch. */
static void add_place(struct strbuf *sb, const struct job *job)
{
    const struct trainer *trainer = job->training->trainer;
    strbuf_addf(sb, _("stopped at epoch %d, batch %d"), trainer->epoch + 1,
                (int)trainer->batch);
}

static const char *model_name(const struct job *job)
{
    return job->recipe.model ? job->recipe.model : "model";
}

/* ------------------------------------------------------------------ the end */

static bool not_finite(const struct job *job, struct error *err)
{
    const struct train_event *event = &job->failure.event;
    error_set(err, ERROR_FLOATING_POINT,
              _("the loss is %s at epoch %d, batch %d: the learning rate %g is "
                "too large; the weights are those of before the epoch"),
              job->failure.values[0] > 0.0 ? "inf" : "nan", event->epoch,
              (int)event->batch, event->rate);
    error_hint(err, "again rate=%g", event->rate / 10.0);
    return false;
}

/* The variables, the outcome for `again`; false with what went wrong. */
static bool settle(struct session *session, struct job *job, struct error *err)
{
    struct outcome *outcome = outcome_new(job);
    bool good = training_show(session, &job->recipe, job->training, err);
    outcome_unref(ended);
    ended = outcome;
    if (good && job->outcome == JOB_NOT_FINITE)
        good = not_finite(job, err);
    if (good && job->outcome == JOB_FAILED) {
        error_move(err, &job->error);
        good = false;
    }
    return good;
}

/* Prints what there is to say at the end, and drops the job. */
static bool finish(struct session *session, struct job *job,
                   struct strbuf *text, struct error *err)
{
    struct outcome *compared = outcome_ref(job->compared);
    bool good = settle(session, job, err);
    if (good && job->outcome == JOB_STOPPED) {
        add_place(text, job);
        strbuf_addc(text, '\n');
    }
    outcome_format_test(ended, "", "\n", text);
    if (good && compared)
        outcome_compare(compared, ended, text);
    outcome_unref(compared);
    checkpoint_drop(&job->checkpoint);
    remove_job(job);
    return good;
}

/* ------------------------------------------------------------- in the front */

static void set_shown(struct job *job)
{
    pthread_mutex_lock(&shown_mutex);
    shown = job;
    pthread_mutex_unlock(&shown_mutex);
}

void jobs_interrupt(void)
{
    pthread_mutex_lock(&shown_mutex);
    if (shown)
        job_pause(shown);
    pthread_mutex_unlock(&shown_mutex);
}

bool jobs_send_back(void)
{
    pthread_mutex_lock(&shown_mutex);
    bool any = shown != NULL;
    if (any)
        job_hide(shown);
    pthread_mutex_unlock(&shown_mutex);
    return any;
}

static void write_output(void *session, const char *text, size_t length)
{
    interp_write(session_interp(session), text, length);
}

static bool say_paused(struct session *session, struct job *job,
                       struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    add_place(&text, job);
    session_print(session, _("%s; resume continues\n"), text.text);
    strbuf_done(&text);
    return training_show(session, &job->recipe, job->training, err);
}

static bool end_in_front(struct session *session, struct job *job,
                         struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    bool good = finish(session, job, &text, err);
    session_print(session, "%s", text.text);
    strbuf_done(&text);
    return good;
}

static enum job_state wait_in_front(struct job *job)
{
    set_shown(job);
    if (interrupt_pending()) /* it came before there was anything to pause */
        job_pause(job);
    enum job_state state = job_wait_shown(job);
    set_shown(NULL);
    return state;
}

static void show_progress(struct session *session, struct job *job)
{
    struct progress progress;
    progress_init(&progress, write_output, session,
                  session_is_terminal(session), session_columns(session));
    job_show(job, &progress);
}

/* Waits for what is shown. */
static bool follow(struct session *session, struct job *job, struct error *err)
{
    job_continue(job);
    enum job_state state = wait_in_front(job);
    if (state == JOB_ENDED)
        return end_in_front(session, job, err);
    if (state == JOB_PAUSED) {
        interrupt_clear();
        return say_paused(session, job, err);
    }
    session_print(session,
                  _("[%d] goes on in the background; fg brings it back\n"),
                  job->number);
    return true;
}

bool jobs_foreground(struct session *session, struct job *job,
                     struct error *err)
{
    show_progress(session, job);
    return follow(session, job, err);
}

void jobs_background(struct session *session, struct job *job)
{
    struct strbuf text = STRBUF_INIT;
    recipe_format(&job->recipe, &text);
    job_continue(job);
    session_print(session, "[%d] %s\n", job->number, text.text);
    strbuf_done(&text);
}

bool jobs_stop(struct session *session, struct job *job, struct error *err)
{
    job_stop(job);
    job_wait_ended(job);
    return end_in_front(session, job, err);
}

bool jobs_pause(struct session *session, struct job *job, struct error *err)
{
    job_pause(job);
    if (job_wait(job) == JOB_ENDED)
        return end_in_front(session, job, err);
    return say_paused(session, job, err);
}

bool jobs_step(struct session *session, struct job *job, int64_t batches,
               struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    job_pause(job);
    job_wait(job);
    job_step(job, batches);
    set_shown(job); /* Ctrl-C pauses it */
    enum job_state state = job_wait(job);
    set_shown(NULL);
    interrupt_clear();
    if (state == JOB_ENDED)
        return end_in_front(session, job, err);
    job_tell_no_pause(job);
    jobs_describe(job, session_columns(session), &text);
    session_print(session, "%s", text.text);
    strbuf_done(&text);
    return training_show(session, &job->recipe, job->training, err);
}

/* ---------------------------------------------------------------- starting */

static bool too_many(struct error *err)
{
    error_set(err, ERROR_VALUE, _("%d trainings are enough"), MOST);
    error_hint(err, "stop");
    return false;
}

static bool start(struct session *session, struct recipe *recipe,
                  struct training *training, struct checkpoint *checkpoint,
                  bool background, bool compared, struct error *err)
{
    struct job *job = job_new(free_number(), recipe, training, checkpoint);
    job->compared = compared ? outcome_ref(ended) : NULL;
    if (count == MOST) {
        job_free(job);
        return too_many(err);
    }
    remember(&job->recipe);
    struct strbuf text = STRBUF_INIT;
    recipe_format(&job->recipe, &text);
    if (!background) {
        session_print(session, "%s\n", text.text);
        show_progress(session, job);
    }
    strbuf_done(&text);
    struct scene *scene = training_window_scene(session, job);
    if (!job_start(job, err)) {
        scene_free(scene);
        job_free(job);
        return false;
    }
    list[count++] = job;
    training_window_show(session, scene);
    if (!background)
        return follow(session, job, err);
    jobs_background(session, job);
    return true;
}

bool jobs_start(struct session *session, struct recipe *recipe,
                struct training *training, struct checkpoint *checkpoint,
                bool background, bool compared, struct error *err)
{
    struct training_data data = {{NULL}};
    if (recipe->dataset)
        training_data_take(&data);
    bool good = start(session, recipe, training, checkpoint, background,
                      compared, err);
    struct error other = ERROR_INIT; /* the first one is told */
    if (data.parts[0] && !training_data_show(session, &data, count > 0,
                                             good ? err : &other))
        good = false;
    error_clear(&other);
    training_data_done(&data);
    return good;
}

/* -------------------------------------------------------------------- news */

static void add_end(struct session *session, struct job *job,
                    struct strbuf *news)
{
    struct error err = ERROR_INIT;
    struct strbuf text = STRBUF_INIT;
    int number = job->number;
    char *model = xstrdup(model_name(job));
    strbuf_addf(news, "[%d] ", number);
    if (finish(session, job, &text, &err))
        strbuf_addf(news, _("done, %s and history are set\n%s"), model,
                    text.text);
    else
        error_render(&err, false, 0, 0, news);
    free(model);
    strbuf_done(&text);
    error_clear(&err);
}

static void add_epoch(struct job *job, struct strbuf *news)
{
    strbuf_addf(news, _("[%d] epoch %d/%d"), job->number,
                job->epoch.event.epoch, job->epoch.event.epochs);
    add_event_values(news, &job->epoch);
    strbuf_addc(news, '\n');
}

/* Its variables are those of the pause, as after the command. */
static void add_pause(struct session *session, struct job *job,
                      struct strbuf *news)
{
    struct error err = ERROR_INIT;
    struct strbuf place = STRBUF_INIT;
    bool good = training_show(session, &job->recipe, job->training, &err);
    add_place(&place, job);
    if (!good)
        error_render(&err, false, 0, 0, news);
    else if (!job->stepped)
        strbuf_addf(news, _("[%d] %s; resume continues\n"), job->number,
                    place.text);
    strbuf_done(&place);
    error_clear(&err);
}

void jobs_settle(struct session *session, bool epochs, struct strbuf *news)
{
    for (int i = 0; i < count; i++) {
        struct job *job = list[i];
        pthread_mutex_lock(&job->mutex);
        bool has_ended = job->state == JOB_ENDED;
        if (job->trouble)
            strbuf_addf(news,
                        _("[%d] no checkpoint: %s; the training goes on\n"),
                        job->number, job->trouble);
        free(job->trouble);
        job->trouble = NULL;
        if (epochs && job->has_epoch_news)
            add_epoch(job, news);
        job->has_epoch_news = false;
        bool was_held = job->has_pause_news && job->state == JOB_PAUSED;
        job->has_pause_news = false;
        pthread_mutex_unlock(&job->mutex);
        if (was_held)
            add_pause(session, job, news);
        if (has_ended) {
            add_end(session, job, news);
            i--;
        }
    }
}

/* ------------------------------------------------------------------ leaving */

/* Its place is kept on disk, not its job. */
static void leave(struct job *job, struct strbuf *news)
{
    struct error err = ERROR_INIT;
    struct strbuf place = STRBUF_INIT;
    add_place(&place, job);
    bool good = checkpoint_save(&job->checkpoint, &job->recipe,
                                job->training->trainer, &err);
    if (good && job->checkpoint.path)
        strbuf_addf(news, _("%s; resume continues, next time, too\n"),
                    place.text);
    else
        strbuf_addf(news, _("%s; no checkpoint: %s\n"), place.text,
                    good ? _("there is no home") : err.message);
    strbuf_done(&place);
    error_clear(&err);
    remove_job(job);
}

void jobs_leave(struct session *session, struct strbuf *news)
{
    for (int i = 0; i < count; i++)
        job_pause(list[i]);
    for (int i = 0; i < count; i++)
        job_wait(list[i]);
    jobs_settle(session, false, news);
    while (count > 0)
        leave(list[0], news);
}
