/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training in its thread with a window under SDL's dummy driver: the keys
 * that are pressed there, and what the training does.
 */
#include <check.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "repl/job.h"
#include "scene/training_scene.h"
#include "view/display.h"
#include "view/window.h"

static struct error err = ERROR_INIT;

#define OK(condition) \
    ck_assert_msg((condition), "%s", err.message ? err.message : "failed")

enum { INPUTS = 25, SAMPLES = 2000, BATCH = 10 };

static struct rng rng;
static struct job *job;
static struct training_scene *scene; /* the window's */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ------------------------------------------------------------------ the
 * training */

static struct tensor *random_images(void)
{
    int64_t shape[] = {SAMPLES, INPUTS};
    struct tensor *images = tensor_new(DTYPE_UINT8, 2, shape, &err);
    OK(images != NULL);
    for (int i = 0; i < SAMPLES * INPUTS; i++)
        ((uint8_t *)images->data)[i] = (uint8_t)(i * 2654435761u >> 24);
    return images;
}

static struct trainer *new_trainer(void)
{
    struct classifier_options options = {
        .inputs = INPUTS,
        .classes = 3,
        .layer_count = 1,
        .layers = {4},
        .activation = activation_find("relu", &err),
        .optimizer = optimizer_type_find("sgd", &err),
        .rate = 0.1};
    int64_t count = SAMPLES;
    struct samples samples;
    struct model *model = classifier_new(&options, &rng, &err);
    OK(model != NULL);
    struct tensor *images = random_images();
    struct tensor *labels = tensor_zeros(DTYPE_UINT8, 1, &count, &err);
    OK(labels != NULL && samples_init(&samples, model, images, labels, &err));
    struct train_options wanted = {100000, BATCH, true, 0, 0};
    struct trainer *trainer =
        trainer_new(model, &samples, NULL, wanted, &rng, &err);
    OK(trainer != NULL);
    samples_done(&samples);
    tensor_unref(images);
    tensor_unref(labels);
    model_unref(model);
    return trainer;
}

static void setup(void)
{
    struct recipe recipe;
    struct checkpoint none = {0};
    struct training *training = xcalloc(1, sizeof *training);
    const char *program = getenv("TENSOR");
    static char path[4096];
    ck_assert_ptr_nonnull(program);
    snprintf(path, sizeof path, "%s-windows", program);
    display_set_program(path);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    unsetenv("HOME"); /* no checkpoints */
    unsetenv("XDG_STATE_HOME");
    rng_seed(&rng, 1);
    OK(recipe_parse(&recipe, "mnist epochs=100000 window=off", &err));
    training->trainer = new_trainer();
    job = job_new(1, &recipe, training, &none);
}

static void teardown(void)
{
    windows_done();
    job_free(job);
}

/* ------------------------------------------------------------------- the
 * window */

static void turn_once(void)
{
    int pause = windows_turn();
    struct pollfd polled = {.fd = windows_descriptor(), .events = POLLIN};
    poll(&polled, 1, pause < 0 || pause > 20 ? 20 : pause);
}

static void open_window(void)
{
    struct examples examples = {0};
    double end = now() + 20.0;
    OK(windows_start(&err));
    while (windows_state() == WINDOWS_STARTING && now() < end)
        turn_once();
    ck_assert_int_eq(windows_state(), WINDOWS_READY);
    scene =
        (struct training_scene *)training_scene_new(job->feed, NULL, &examples);
    windows_show(&scene->base);
    while (!scene->shown && now() < end)
        turn_once();
    ck_assert_ptr_nonnull(scene->shown);
}

static void press(uint32_t key)
{
    struct scene_event event = {.kind = SCENE_KEY, .key = key};
    windows_pretend("training", &event);
}

/* Until the training is in STATE; 20 seconds at most. */
static bool turn_until(enum job_state state)
{
    double end = now() + 20.0;
    while (job_state(job) != state && now() < end)
        turn_once();
    return job_state(job) == state;
}

/* Until the window shows STATE. */
static bool turn_until_shown(enum feed_state state)
{
    double end = now() + 20.0;
    while (scene->shown->state != state && now() < end)
        turn_once();
    return scene->shown->state == state;
}

/* Batches since the start. */
static int64_t batches(void)
{
    const struct trainer *trainer = job->training->trainer;
    return trainer->epoch * (SAMPLES / BATCH) + trainer->batch;
}

/* A step is over when another batch is done and it is paused again. */
static void step_once(void)
{
    int64_t before = batches();
    double end = now() + 20.0;
    press('s');
    do
        turn_once();
    while (now() < end &&
           !(job_state(job) == JOB_PAUSED &&
             scene->shown->state == FEED_PAUSED && batches() > before));
    ck_assert_int_eq(batches(), before + 1);
}

START_TEST(keys_steer_the_training)
{
    OK(job_start(job, &err));
    open_window();
    press(' ');
    ck_assert(turn_until(JOB_PAUSED));
    ck_assert(turn_until_shown(FEED_PAUSED));
    step_once();
    step_once();
    press('+');
    press(' ');
    ck_assert(turn_until(JOB_RUNNING));
    ck_assert(turn_until_shown(FEED_RUNNING));
    press('q');
    ck_assert(turn_until(JOB_ENDED));
    ck_assert_int_eq(job->outcome, JOB_STOPPED);
    ck_assert_double_eq_tol(
        job->training->trainer->model->optimizer->settings[0], 0.2, 1e-12);
    ck_assert(turn_until_shown(FEED_STOPPED));
    ck_assert_int_eq(scene->shown->curves.mark_count, 1);
    ck_assert_float_eq_tol(scene->shown->curves.marks[0].rate, 0.2f, 1e-6f);
}
END_TEST

START_TEST(closing_the_window_does_not_stop_it)
{
    OK(job_start(job, &err));
    open_window();
    press(27);
    double end = now() + 20.0;
    while (windows_count() > 0 && now() < end)
        turn_once();
    ck_assert_int_eq(windows_count(), 0);
    ck_assert_int_eq(job_state(job), JOB_RUNNING);
    open_window(); /* again, with what has happened so far */
    while (scene->shown->curves.point_count == 0 && now() < end)
        turn_once();
    ck_assert_int_gt(scene->shown->curves.point_count, 0);
}
END_TEST

/* The window of a training that stands still gets its picture, too. */
START_TEST(a_paused_training_answers)
{
    OK(job_start(job, &err));
    job_pause(job);
    ck_assert_int_eq(job_wait(job), JOB_PAUSED);
    open_window();
    ck_assert_int_eq(scene->shown->state, FEED_PAUSED);
    ck_assert_ptr_nonnull(scene->shown->model);
}
END_TEST

/* Whoever waits in front waits through the window's pause, not through one of
   its own. */
static void drop(void *context, const char *text, size_t length)
{
    (void)context, (void)text, (void)length;
}

static void *wait_in_front(void *context)
{
    *(enum job_state *)context = job_wait_shown(job);
    return NULL;
}

START_TEST(a_pause_by_the_window_keeps_the_front)
{
    enum job_state state = JOB_RUNNING;
    struct progress progress;
    pthread_t waiting;
    progress_init(&progress, drop, NULL, false, 80);
    job_show(job, &progress);
    OK(job_start(job, &err));
    ck_assert_int_eq(pthread_create(&waiting, NULL, wait_in_front, &state), 0);
    open_window();
    press(' ');
    ck_assert(turn_until_shown(FEED_PAUSED));
    ck_assert_int_eq(job_state(job), JOB_PAUSED);
    ck_assert_int_eq(state, JOB_RUNNING); /* still waiting */
    press(' ');
    ck_assert(turn_until_shown(FEED_RUNNING));
    job_pause(job); /* as Ctrl-C does */
    pthread_join(waiting, NULL);
    ck_assert_int_eq(state, JOB_PAUSED);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("training_window");
    TCase *tests = tcase_create("training_window");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, keys_steer_the_training);
    tcase_add_test(tests, closing_the_window_does_not_stop_it);
    tcase_add_test(tests, a_paused_training_answers);
    tcase_add_test(tests, a_pause_by_the_window_keeps_the_front);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
