/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a training leaves for its window: the course in few points, snapshots
 * between two threads, images and the verdicts on them.  Values are worked by
 * hand, as the comments say.
 */
#include <check.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "nn/classifier.h"
#include "nn/verdict.h"
#include "scene/answers.h"
#include "scene/gallery.h"
#include "scene/training_feed.h"
#include "scene/weight_tiles.h"

static struct error err = ERROR_INIT;

#define OK(condition) \
    ck_assert_msg((condition), "%s", err.message ? err.message : "failed")

static struct tensor *array(enum dtype dtype, int ndim, const int64_t *shape,
                            const void *values)
{
    struct tensor *tensor = tensor_new(dtype, ndim, shape, &err);
    OK(tensor != NULL);
    memcpy(tensor->data, values,
           (size_t)tensor->size * (size_t)dtype_size(dtype));
    return tensor;
}

/* A network of 25 inputs and 3 classes, as `train` makes it. */
static struct model *small_model(struct rng *rng)
{
    struct classifier_options options = {
        .inputs = 25,
        .classes = 3,
        .layer_count = 1,
        .layers = {4},
        .activation = activation_find("relu", &err),
        .optimizer = optimizer_type_find("sgd", &err),
        .rate = 0.1};
    rng_seed(rng, 1);
    struct model *model = classifier_new(&options, rng, &err);
    OK(model != NULL);
    return model;
}

/* --------------------------------------------------------------- the curves */

struct told {
    struct train_event event;
    double values[4];
};

static const char *const names[] = {"loss", "acc", "val_loss", "val_acc"};

static bool keeps_gradient; /* what the feed has asked for */

static struct told told(enum train_event_kind kind, const struct model *model,
                        int epoch, int64_t batch, int64_t batches, double loss,
                        double accuracy)
{
    return (struct told){{.kind = kind,
                          .epoch = epoch,
                          .epochs = 2,
                          .batch = batch,
                          .batches = batches,
                          .sample = batch * 10,
                          .samples = batches * 10,
                          .value_count = 2,
                          .names = names,
                          .rate = 0.1,
                          .model = model,
                          .keeps_gradient = &keeps_gradient},
                         {loss, accuracy}};
}

static void tell(struct training_curves *curves, struct told told)
{
    told.event.values = told.values;
    training_curves_add(curves, &told.event);
}

/* Means of 2 and of (2 + 4)/2 = 3: the second batch alone had 4; then
   (2 + 4 + 0)/3 = 2. */
START_TEST(a_batch_alone_is_the_difference_of_means)
{
    struct rng rng;
    struct model *model = small_model(&rng);
    struct training_curves *curves = xcalloc(1, sizeof *curves);
    training_curves_init(curves);
    tell(curves, told(TRAIN_EPOCH_BEGIN, model, 1, 0, 4, 0.0, 0.0));
    tell(curves, told(TRAIN_BATCH, model, 1, 1, 4, 2.0, 0.5));
    tell(curves, told(TRAIN_BATCH, model, 1, 2, 4, 3.0, 0.75));
    tell(curves, told(TRAIN_BATCH, model, 1, 3, 4, 2.0, 0.5));
    ck_assert_int_eq(curves->point_count, 3);
    ck_assert_float_eq(curves->points[0].values[CURVE_LOSS], 2.0f);
    ck_assert_float_eq(curves->points[1].values[CURVE_LOSS], 4.0f);
    ck_assert_float_eq(curves->points[2].values[CURVE_LOSS], 0.0f);
    ck_assert_float_eq(curves->points[1].values[CURVE_METRIC], 1.0f);
    ck_assert_float_eq(curves->points[1].at, 0.5f);
    ck_assert_str_eq(curves->names[CURVE_METRIC], "acc");
    free(curves);
    model_unref(model);
}
END_TEST

/* 3000 batches whose loss is their number: after two halvings four share a
   point, the first (1+2+3+4)/4. */
START_TEST(long_trainings_keep_their_shape_in_few_points)
{
    struct rng rng;
    struct model *model = small_model(&rng);
    struct training_curves *curves = xcalloc(1, sizeof *curves);
    training_curves_init(curves);
    tell(curves, told(TRAIN_EPOCH_BEGIN, model, 1, 0, 3000, 0.0, 0.0));
    for (int i = 1; i <= 3000; i++) /* the mean of 1 … i */
        tell(curves, told(TRAIN_BATCH, model, 1, i, 3000, (i + 1) / 2.0, 0.0));
    ck_assert_int_eq(curves->point_count, 750);
    ck_assert_double_eq_tol(curves->points[0].values[CURVE_LOSS], 2.5, 1e-4);
    ck_assert_double_eq_tol(curves->points[749].values[CURVE_LOSS], 2998.5,
                            0.1);
    ck_assert_double_eq_tol(curves->points[749].at, 1.0, 1e-6);
    free(curves);
    model_unref(model);
}
END_TEST

START_TEST(epochs_and_rates_are_marked)
{
    struct rng rng;
    struct model *model = small_model(&rng);
    struct training_curves *curves = xcalloc(1, sizeof *curves);
    training_curves_init(curves);
    tell(curves, told(TRAIN_EPOCH_BEGIN, model, 1, 0, 2, 0.0, 0.0));
    tell(curves, told(TRAIN_BATCH, model, 1, 1, 2, 1.0, 0.5));
    struct told changed = told(TRAIN_BATCH, model, 1, 2, 2, 1.0, 0.5);
    changed.event.rate = 0.05;
    tell(curves, changed);
    changed.event.kind = TRAIN_EPOCH_END;
    changed.event.value_count = 4;
    changed.values[2] = 0.9;
    changed.values[3] = 0.8;
    tell(curves, changed);
    ck_assert_int_eq(curves->epoch_count, 1);
    ck_assert_float_eq(curves->by_epoch[0].validation[CURVE_LOSS], 0.9f);
    ck_assert_float_eq(curves->by_epoch[0].validation[CURVE_METRIC], 0.8f);
    ck_assert_float_eq(curves->by_epoch[0].train[CURVE_LOSS], 1.0f);
    ck_assert_int_eq(curves->mark_count, 1);
    ck_assert_float_eq(curves->marks[0].rate, 0.05f);
    ck_assert_float_eq(curves->marks[0].at, 1.0f);
    free(curves);
    model_unref(model);
}
END_TEST

/* ----------------------------------------------------------------- the feed */

static void feed_batch(struct training_feed *feed, const struct model *model,
                       int batch, const float *gradient)
{
    struct told told_now = told(TRAIN_BATCH, model, 1, batch, 1000, 1.0, 0.5);
    told_now.event.values = told_now.values;
    told_now.event.gradient = gradient;
    training_feed_observe(feed, &told_now.event);
}

START_TEST(gradients_are_kept_while_somebody_reads)
{
    struct rng rng;
    struct model *model = small_model(&rng);
    struct training_feed *feed = training_feed_new("train");
    struct told told_now = told(TRAIN_BATCH, model, 1, 1, 1000, 1.0, 0.5);
    told_now.event.values = told_now.values;
    keeps_gradient = true;
    training_feed_observe(feed, &told_now.event);
    ck_assert(!keeps_gradient);
    training_feed_take(feed, model);
    training_feed_observe(feed, &told_now.event);
    ck_assert(keeps_gradient);
    training_feed_leave(feed, model);
    training_feed_observe(feed, &told_now.event);
    ck_assert(!keeps_gradient);
    training_feed_unref(feed);
    model_unref(model);
}
END_TEST

START_TEST(nothing_is_copied_until_somebody_asks)
{
    struct rng rng;
    struct model *model = small_model(&rng);
    struct training_feed *feed = training_feed_new("train");
    feed_batch(feed, model, 1, NULL);
    ck_assert_ptr_null(training_feed_take(feed, feed));
    training_feed_ask(feed);
    feed_batch(feed, model, 2, NULL);
    feed_batch(feed, model, 3, NULL);
    const struct training_snapshot *seen = training_feed_take(feed, feed);
    ck_assert_ptr_nonnull(seen);
    ck_assert_int_eq(seen->batch, 2);
    ck_assert_int_eq(seen->curves.point_count, 2);
    ck_assert_ptr_eq(training_feed_take(feed, feed), seen);
    training_feed_set_state(feed, FEED_DONE, model);
    seen = training_feed_take(feed, feed);
    ck_assert_int_eq(seen->state, FEED_DONE);
    ck_assert_int_eq(seen->batch, 3);
    ck_assert_ptr_null(training_feed_take(feed, model)); /* another reader */
    training_feed_leave(feed, feed);
    ck_assert_ptr_eq(training_feed_take(feed, model), seen);
    training_feed_unref(feed);
    model_unref(model);
}
END_TEST

START_TEST(a_snapshot_has_weights_and_gradient_of_its_own)
{
    struct rng rng;
    struct model *model = small_model(&rng);
    float gradient[100] = {[99] = 7.0f};
    float *weights =
        (float *)(void *)model->layers[0]->weights[0]->tensor->data;
    struct training_feed *feed = training_feed_new("train");
    weights[0] = 1.0f;
    training_feed_ask(feed);
    feed_batch(feed, model, 1, gradient);
    weights[0] = 2.0f;
    const struct training_snapshot *seen = training_feed_take(feed, feed);
    ck_assert_float_eq(layer_weight(seen->model->layers[0], 0)[0], 1.0f);
    ck_assert_float_eq(seen->gradient[99], 7.0f);
    ck_assert_ptr_null(seen->model->optimizer);
    training_feed_unref(feed);
    model_unref(model);
}
END_TEST

/* A writer as fast as it can be, whose weights are all the number of the
   batch: whoever reads sees whole snapshots, in order. */
struct writer {
    struct training_feed *feed;
    struct model *model;
    atomic_bool is_over;
};

static void *write_batches(void *context)
{
    struct writer *writer = context;
    struct tensor *weight = writer->model->layers[0]->weights[0]->tensor;
    float *values = (float *)(void *)weight->data;
    for (int i = 1; !atomic_load(&writer->is_over); i++) {
        for (int64_t k = 0; k < weight->size; k++)
            values[k] = (float)i;
        feed_batch(writer->feed, writer->model, i, values);
    }
    return NULL;
}

START_TEST(a_reader_never_sees_half_a_snapshot)
{
    struct rng rng;
    struct writer writer = {training_feed_new("train"), small_model(&rng),
                            false};
    int64_t last = 0, changes = 0;
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, write_batches, &writer), 0);
    while (changes < 300) {
        training_feed_ask(writer.feed);
        const struct training_snapshot *seen =
            training_feed_take(writer.feed, &writer);
        if (!seen || seen->batch == last)
            continue;
        const float *values = layer_weight(seen->model->layers[0], 0);
        ck_assert_int_gt(seen->batch, last);
        for (int k = 0; k < 100; k++)
            ck_assert_float_eq(values[k], (float)seen->batch);
        ck_assert_float_eq(seen->gradient[50], (float)seen->batch);
        last = seen->batch;
        changes++;
    }
    atomic_store(&writer.is_over, true);
    pthread_join(thread, NULL);
    training_feed_unref(writer.feed);
    model_unref(writer.model);
}
END_TEST

/* One step of SGD at rate 0.1 takes a tenth of the gradient. */
struct step {
    float before[100], gradient[100];
    bool asks, is_seen;
};

static bool note_step(void *context, const struct train_event *event)
{
    struct step *step = context;
    const float *w = layer_weight(event->model->layers[0], 0);
    if (event->kind == TRAIN_EPOCH_BEGIN) {
        memcpy(step->before, w, sizeof step->before);
        *event->keeps_gradient = step->asks;
    }
    if (event->kind != TRAIN_BATCH)
        return true;
    ck_assert(!!event->gradient == step->asks);
    if (!step->asks)
        return false;
    for (int i = 0; i < 100; i++)
        ck_assert_float_eq_tol(step->before[i] - w[i],
                               0.1f * event->gradient[i], 1e-6f);
    for (int i = 0; i < 100; i++)
        step->is_seen |= event->gradient[i] != 0.0f;
    return false;
}

START_TEST(an_event_has_the_gradient_of_its_step)
{
    struct rng rng;
    struct model *model = small_model(&rng);
    uint8_t bytes[8 * 25], labels[8];
    const int64_t shape[] = {8, 25}, count[] = {8};
    for (int i = 0; i < 8 * 25; i++)
        bytes[i] = (uint8_t)(i * 37 % 256);
    for (int i = 0; i < 8; i++)
        labels[i] = (uint8_t)(i % 3);
    struct tensor *x = array(DTYPE_UINT8, 2, shape, bytes);
    struct tensor *y = array(DTYPE_UINT8, 1, count, labels);
    struct samples samples;
    struct step step = {.asks = _i};
    OK(samples_init(&samples, model, x, y, &err));
    struct train_options options = {1, 8, true, 0, 0};
    struct trainer *trainer =
        trainer_new(model, &samples, NULL, options, &rng, &err);
    OK(trainer != NULL);
    trainer_run(trainer, note_step, &step, &err);
    ck_assert(step.is_seen == step.asks);
    trainer_free(trainer);
    samples_done(&samples);
    tensor_unref(x);
    tensor_unref(y);
    model_unref(model);
}
END_TEST

static void note_wish(void *context, enum feed_wish wish, double value)
{
    double *noted = context;
    noted[0] = (double)wish;
    noted[1] = value;
}

START_TEST(wishes_reach_who_listens)
{
    double noted[2] = {-1.0, -1.0};
    struct training_feed *feed = training_feed_new("train");
    ck_assert(!training_feed_wish(feed, FEED_STOP, 0.0));
    training_feed_connect(feed, note_wish, noted);
    ck_assert(training_feed_wish(feed, FEED_RATE, 0.25));
    ck_assert_double_eq(noted[0], (double)FEED_RATE);
    ck_assert_double_eq(noted[1], 0.25);
    training_feed_connect(feed, NULL, NULL);
    ck_assert(!training_feed_wish(feed, FEED_PAUSE, 0.0));
    training_feed_unref(feed);
}
END_TEST

/* ------------------------------------------------------------------- images */

START_TEST(images_are_what_can_be_one)
{
    const uint8_t bytes[2 * 25] = {[0] = 255, [49] = 9};
    const float rows[25] = {[0] = -1.0f, [24] = 1.0f};
    const int64_t square[] = {2, 5, 5}, flat[] = {1, 25}, odd[] = {1, 24};
    const int64_t pair[] = {2};
    const uint8_t classes[] = {3, 1};
    struct tensor *a = array(DTYPE_UINT8, 3, square, bytes);
    struct tensor *b = array(DTYPE_FLOAT32, 2, flat, rows);
    struct tensor *c = array(DTYPE_FLOAT32, 2, odd, rows);
    struct tensor *labels = array(DTYPE_UINT8, 1, pair, classes);
    struct gallery *gallery = gallery_new(a, labels);
    ck_assert_ptr_nonnull(gallery);
    ck_assert_int_eq(gallery->rows, 5);
    ck_assert_int_eq(gallery_image(gallery, 1)[24], 9);
    ck_assert_int_eq(gallery->classes[0], 3);
    ck_assert_int_eq(gallery->class_count, 4);
    gallery_unref(gallery);
    gallery = gallery_new(b, NULL);
    ck_assert_ptr_nonnull(gallery);
    ck_assert_int_eq(gallery_image(gallery, 0)[0], 0);
    ck_assert_int_eq(gallery_image(gallery, 0)[24], 255);
    ck_assert_int_eq(gallery_image(gallery, 0)[1], 128);
    gallery_unref(gallery);
    ck_assert_ptr_null(gallery_new(c, NULL));
    tensor_unref(a);
    tensor_unref(b);
    tensor_unref(c);
    tensor_unref(labels);
}
END_TEST

/* Weights w[p, u] of 25 inputs and 4 units: tile u has w[p, u]. */
START_TEST(a_unit_is_a_tile)
{
    struct rng rng;
    struct model *model = small_model(&rng);
    const float *w = layer_weight(model->layers[0], 0);
    struct weight_tiles tiles = weight_tiles_of(model, 0, 0);
    ck_assert_int_eq(tiles.count, 4);
    ck_assert_int_eq(tiles.rows, 5);
    ck_assert_float_eq(weight_tiles_value(&tiles, w, 2, 3, 1),
                       w[(3 * 5 + 1) * 4 + 2]);
    struct tile_grid grid =
        tile_grid_of(&tiles, (struct box){10.0, 20.0, 200.0, 200.0}, 4);
    ck_assert_int_ge(grid.rows * grid.columns, 4);
    struct box box = tile_grid_box(&grid, grid.columns + 1);
    ck_assert_int_eq(tile_grid_find(&grid, box.x + 1.0, box.y + 1.0),
                     grid.columns + 1);
    ck_assert_int_eq(tile_grid_find(&grid, 5.0, 30.0), -1);
    model_unref(model);
}
END_TEST

/* The products of (1, 0, …) and of (0, …, 1) with a tile of 0 … 24 are 0 and
   24. */
START_TEST(the_strongest_come_first)
{
    uint8_t bytes[3 * 25] = {[0] = 255, [25 + 24] = 255, [50 + 7] = 255};
    const int64_t shape[] = {3, 5, 5};
    float tile[25], products[2];
    int64_t positions[2];
    for (int i = 0; i < 25; i++)
        tile[i] = (float)i;
    struct tensor *images = array(DTYPE_UINT8, 3, shape, bytes);
    struct gallery *gallery = gallery_new(images, NULL);
    ck_assert_int_eq(strongest_images(gallery, tile, 2, positions, products),
                     2);
    ck_assert_int_eq(positions[0], 1);
    ck_assert_int_eq(positions[1], 2);
    ck_assert_float_eq(products[0], 24.0f);
    ck_assert_float_eq(products[1], 7.0f);
    gallery_unref(gallery);
    tensor_unref(images);
}
END_TEST

/* ----------------------------------------------------------------- verdicts */

/* Softmax of (2, 0): e^2 / (e^2 + 1) = 0.880797; of (0, 3): 0.952574; of (5,
   0): 0.993307. */
START_TEST(the_surest_mistakes_come_first)
{
    struct rng rng;
    const float rows[] = {2.0f, 0.0f, 0.0f, 3.0f, 5.0f, 0.0f, 0.0f, 9.0f};
    const int64_t shape[] = {4, 2}, four[] = {4};
    const int32_t labels[] = {1, 0, 1, 1};
    struct layer *softmax = layer_new(&layer_softmax);
    struct model *model = model_new("m", &rng);
    rng_seed(&rng, 1);
    OK(model_add(model, softmax, &err));
    struct tensor *x = array(DTYPE_FLOAT32, 2, shape, rows);
    struct tensor *y = array(DTYPE_INT32, 1, four, labels);
    struct verdicts verdicts;
    OK(verdicts_init(&verdicts, model, x, y, &err));
    int64_t *counts = verdicts_count(&verdicts), count;
    const int64_t wanted[] = {0, 1, 2, 1};
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(counts[i], wanted[i]);
    int64_t *list = verdicts_list(&verdicts, ANY_CLASS, ANY_CLASS, &count);
    ck_assert_int_eq(count, 3);
    ck_assert_int_eq(list[0], 2);
    ck_assert_int_eq(list[1], 1);
    ck_assert_int_eq(list[2], 0);
    ck_assert_double_eq_tol(verdicts.rows[0].confidence, 0.880797, 1e-5);
    ck_assert_double_eq_tol(verdicts.rows[2].confidence, 0.993307, 1e-5);
    free(list);
    list = verdicts_list(&verdicts, 1, 1, &count);
    ck_assert_int_eq(count, 1);
    ck_assert_int_eq(list[0], 3);
    free(list);
    free(counts);
    verdicts_done(&verdicts);
    ck_assert(!verdicts_init(&verdicts, model, x, x, &err) ||
              verdicts.classes == 2);
    verdicts_done(&verdicts);
    tensor_unref(x);
    tensor_unref(y);
    layer_unref(softmax);
    model_unref(model);
}
END_TEST

START_TEST(labels_that_do_not_fit_are_an_error)
{
    struct rng rng;
    const float rows[] = {2.0f, 0.0f, 0.0f, 3.0f};
    const int64_t shape[] = {2, 2}, two[] = {2}, three[] = {3};
    const int32_t large[] = {1, 2}, many[] = {0, 1, 0};
    struct layer *softmax = layer_new(&layer_softmax);
    struct model *model = model_new("m", &rng);
    rng_seed(&rng, 1);
    OK(model_add(model, softmax, &err));
    struct tensor *x = array(DTYPE_FLOAT32, 2, shape, rows);
    struct tensor *a = array(DTYPE_INT32, 1, two, large);
    struct tensor *b = array(DTYPE_INT32, 1, three, many);
    struct verdicts verdicts;
    ck_assert(!verdicts_init(&verdicts, model, x, a, &err));
    ck_assert_str_eq(err.message,
                     "label 2 is not one of the model's 2 classes");
    error_clear(&err);
    ck_assert(!verdicts_init(&verdicts, model, x, b, &err));
    ck_assert_str_eq(err.message,
                     "labels must have shape (2,) or (2, 2), got (3,)");
    error_clear(&err);
    tensor_unref(x);
    tensor_unref(a);
    tensor_unref(b);
    layer_unref(softmax);
    model_unref(model);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("training_feed");
    TCase *tests = tcase_create("training_feed");
    tcase_add_test(tests, a_batch_alone_is_the_difference_of_means);
    tcase_add_test(tests, long_trainings_keep_their_shape_in_few_points);
    tcase_add_test(tests, epochs_and_rates_are_marked);
    tcase_add_test(tests, nothing_is_copied_until_somebody_asks);
    tcase_add_test(tests, gradients_are_kept_while_somebody_reads);
    tcase_add_test(tests, a_snapshot_has_weights_and_gradient_of_its_own);
    tcase_add_test(tests, a_reader_never_sees_half_a_snapshot);
    tcase_add_loop_test(tests, an_event_has_the_gradient_of_its_step, 0, 2);
    tcase_add_test(tests, wishes_reach_who_listens);
    tcase_add_test(tests, images_are_what_can_be_one);
    tcase_add_test(tests, a_unit_is_a_tile);
    tcase_add_test(tests, the_strongest_come_first);
    tcase_add_test(tests, the_surest_mistakes_come_first);
    tcase_add_test(tests, labels_that_do_not_fit_are_an_error);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
