/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The windows of trainings and of confusion matrices, painted into memory and
 * pressed at: boxes, the colours of data, what keys ask for.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nn/classifier.h"
#include "scene/confusion_scene.h"
#include "scene/training_figure.h"
#include "scene/training_scene.h"

static struct error err = ERROR_INIT;

#define OK(condition) \
    ck_assert_msg((condition), "%s", err.message ? err.message : "failed")

/* -------------------------------------------------------------- a training */

enum { SIDE = 5, INPUTS = SIDE * SIDE, UNITS = 6, CLASSES = 3, IMAGES = 4 };

static struct rng rng;
static struct model *model;
static struct training_feed *feed;
static struct training_scene *scene;
static double told[2]; /* the last wish and its value */

static void hear(void *context, enum feed_wish wish, double value)
{
    (void)context;
    if (wish == FEED_LOOK)
        return;
    told[0] = (double)wish;
    told[1] = value;
}

static struct tensor *images_of(int count)
{
    int64_t shape[] = {count, SIDE, SIDE};
    struct tensor *images = tensor_zeros(DTYPE_UINT8, 3, shape, &err);
    OK(images != NULL);
    for (int i = 0; i < count; i++) /* number i has its pixel i set */
        ((uint8_t *)images->data)[i * INPUTS + i] = 255;
    return images;
}

static struct gallery *gallery_with(int count)
{
    int64_t shape[] = {count};
    struct tensor *images = images_of(count);
    struct tensor *labels = tensor_zeros(DTYPE_UINT8, 1, shape, &err);
    OK(labels != NULL);
    for (int i = 0; i < count; i++)
        ((uint8_t *)labels->data)[i] = (uint8_t)(i % CLASSES);
    struct gallery *gallery = gallery_new(images, labels);
    tensor_unref(images);
    tensor_unref(labels);
    return gallery;
}

static void tell(enum train_event_kind kind, int64_t batch, double loss)
{
    static const char *const names[] = {"loss", "acc"};
    const double values[] = {loss, 0.5};
    bool keeps_gradient;
    struct train_event event = {.kind = kind,
                                .epoch = 1,
                                .epochs = 2,
                                .batch = batch,
                                .batches = 10,
                                .sample = batch * 10,
                                .samples = 100,
                                .value_count = 2,
                                .names = names,
                                .values = values,
                                .rate = 0.1,
                                .model = model,
                                .keeps_gradient = &keeps_gradient};
    training_feed_observe(feed, &event);
}

/* Unit 0 has weights of 1, unit 1 of -1, the others of 0 but for one. */
static void set_weights(void)
{
    float *weights =
        (float *)(void *)model->layers[0]->weights[0]->tensor->data;
    for (int i = 0; i < INPUTS; i++)
        for (int k = 0; k < UNITS; k++)
            weights[i * UNITS + k] = k == 0 ? 1.0f : k == 1 ? -1.0f : 0.0f;
}

static void setup(void)
{
    struct classifier_options options = {
        .inputs = INPUTS,
        .classes = CLASSES,
        .layer_count = 1,
        .layers = {UNITS},
        .activation = activation_find("relu", &err),
        .optimizer = optimizer_type_find("sgd", &err),
        .rate = 0.1};
    rng_seed(&rng, 1);
    model = classifier_new(&options, &rng, &err);
    OK(model != NULL);
    set_weights();
    struct tensor *images = images_of(IMAGES);
    struct examples examples = examples_of(model, images);
    struct gallery *gallery = gallery_with(IMAGES);
    ck_assert_int_eq(examples.count, IMAGES);
    feed = training_feed_new("train it");
    training_feed_connect(feed, hear, NULL);
    scene =
        (struct training_scene *)training_scene_new(feed, gallery, &examples);
    gallery_unref(gallery);
    tensor_unref(images);
    training_feed_ask(feed);
    tell(TRAIN_EPOCH_BEGIN, 0, 0.0);
    training_feed_ask(feed);
    tell(TRAIN_BATCH, 1, 2.0);
    told[0] = told[1] = -1.0;
}

static void teardown(void)
{
    scene_free(&scene->base);
    training_feed_unref(feed);
    model_unref(model);
}

/* ---------------------------------------------------------------- pictures */

struct picture {
    cairo_surface_t *surface;
    cairo_t *canvas;
};

static struct picture paint(struct scene *base, int width, int height)
{
    struct picture picture;
    picture.surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    picture.canvas = cairo_create(picture.surface);
    base->class->paint(base, picture.canvas, width, height);
    cairo_surface_flush(picture.surface);
    return picture;
}

static uint32_t pixel_at(const struct picture *picture, double x, double y)
{
    const unsigned char *data = cairo_image_surface_get_data(picture->surface);
    int stride = cairo_image_surface_get_stride(picture->surface);
    uint32_t pixel;
    memcpy(&pixel, data + (int)y * stride + (int)x * 4, sizeof pixel);
    return pixel & 0xffffffu;
}

static void picture_done(struct picture *picture)
{
    cairo_destroy(picture->canvas);
    cairo_surface_destroy(picture->surface);
}

static int red(uint32_t pixel)
{
    return (int)(pixel >> 16 & 255);
}

static int blue(uint32_t pixel)
{
    return (int)(pixel & 255);
}

static double middle(double start, double size)
{
    return start + size / 2;
}

/* ------------------------------------------------------------------ layout */

static bool is_inside(struct box box, double width, double height)
{
    return box.width <= 0.0 ||
           (box.x >= 0.0 && box.y >= 0.0 && box.x + box.width <= width &&
            box.y + box.height <= height);
}

static bool overlap(struct box a, struct box b)
{
    return a.width > 0.0 && b.width > 0.0 && a.x < b.x + b.width &&
           b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

START_TEST(parts_lie_beside_each_other_at_any_size)
{
    static const double sizes[][2] = {{900, 640}, {1600, 1000}, {520, 600},
                                      {420, 300}, {700, 300},   {300, 700},
                                      {200, 120}, {60, 40},     {1, 1}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double width = sizes[i][0], height = sizes[i][1];
        struct training_layout layout =
            training_layout_of(width, height, true, true, 2);
        struct box boxes[] = {layout.state, layout.curves, layout.weights,
                              layout.answers, layout.keys};
        for (int a = 1; a < 5; a++) {
            ck_assert_msg(is_inside(boxes[a], width, height),
                          "part %d at %g x %g", a, width, height);
            for (int b = 0; b < a; b++)
                ck_assert_msg(!overlap(boxes[a], boxes[b]),
                              "parts %d and %d at %g x %g", a, b, width,
                              height);
        }
    }
    struct training_layout whole = training_layout_of(900, 640, true, true, 1);
    ck_assert(whole.curves.width > 0 && whole.weights.width > 0 &&
              whole.answers.width > 0 && whole.keys.width > 0);
    ck_assert(!whole.curves_beside);
    ck_assert(training_layout_of(420, 300, true, true, 2).curves_beside);
}
END_TEST

START_TEST(any_size_can_be_painted)
{
    static const int sizes[][2] = {{900, 640}, {300, 200}, {1, 1}, {2000, 30}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct picture picture = paint(&scene->base, sizes[i][0], sizes[i][1]);
        picture_done(&picture);
    }
}
END_TEST

/* -------------------------------------------------------------------- data */

/* Diverging: 1 is red, -1 blue, 0 neither. */
START_TEST(weights_have_their_colours)
{
    struct picture picture = paint(&scene->base, 900, 640);
    struct training_layout layout = training_scene_layout(scene, 900, 640);
    struct weight_tiles tiles = training_scene_tiles(scene);
    struct tile_grid grid = training_scene_grid(&layout, &tiles);
    uint32_t colors[3];
    ck_assert_int_eq(tiles.count, UNITS);
    for (int i = 0; i < 3; i++) {
        struct box box = tile_grid_box(&grid, i);
        colors[i] = pixel_at(&picture, middle(box.x, box.width),
                             middle(box.y, box.height));
    }
    ck_assert_int_gt(red(colors[0]), blue(colors[0]) + 30);
    ck_assert_int_gt(blue(colors[1]), red(colors[1]) + 30);
    ck_assert_int_le(abs(red(colors[2]) - blue(colors[2])), 6);
    picture_done(&picture);
}
END_TEST

/* Sides of 5 lines of weights, 4 of the root mean square sqrt(2/6) = 0.577:
   2.31, rounded up to 3. */
START_TEST(the_scale_is_a_round_number)
{
    struct weight_tiles tiles = weight_tiles_of(model, 0, 0);
    ck_assert_double_eq_tol(
        weight_tiles_limit(&tiles, layer_weight(model->layers[0], 0)), 3.0,
        1e-12);
}
END_TEST

/* Losses 2 and then 1 over one batch each: the line falls, its points at 1/10
   and 2/10 of an epoch, the axis going from 0 to 2 epochs. */
START_TEST(the_curve_is_where_its_numbers_are)
{
    training_feed_ask(feed);
    tell(TRAIN_BATCH, 2, 1.5);
    const struct training_snapshot *seen = training_feed_take(feed, scene);
    struct figure *figure = training_figure(&seen->curves, false, false);
    struct box box = {0.0, 0.0, 500.0, 400.0};
    struct axes_layout *axes = paint_layout(figure, box, 78.0);
    ck_assert_int_eq(figure->axes_count, 2);
    ck_assert_double_eq(axes[0].x_low, 0.0);
    ck_assert_double_eq(axes[0].x_high, 2.0);
    ck_assert_double_le(axes[0].y_low, 1.0);
    ck_assert_double_ge(axes[0].y_high, 2.0);
    ck_assert_double_lt(axes[0].frame.y + axes[0].frame.height,
                        axes[1].frame.y);
    free(axes);
    figure_free(figure);
}
END_TEST

START_TEST(the_answers_are_the_models)
{
    struct picture picture = paint(&scene->base, 900, 640);
    struct tensor *images = images_of(IMAGES);
    struct tensor *y = model_predict(model, images, &err);
    OK(y != NULL);
    const float *rows = (const float *)(void *)y->data;
    ck_assert_int_eq(scene->answers.count, IMAGES);
    for (int i = 0; i < IMAGES * CLASSES; i++)
        ck_assert_float_eq_tol(scene->answers.outputs[i], rows[i], 1e-6f);
    tensor_unref(images);
    tensor_unref(y);
    picture_done(&picture);
}
END_TEST

/* -------------------------------------------------------------------- keys */

static bool press_key(struct scene *base, uint32_t key)
{
    struct scene_event event = {.kind = SCENE_KEY, .key = key};
    return base->class->handle(base, &event, 900, 640);
}

static bool click(struct scene *base, double x, double y)
{
    struct scene_event event = {
        .kind = SCENE_PRESS, .button = 1, .x = x, .y = y};
    return base->class->handle(base, &event, 900, 640);
}

START_TEST(keys_ask_for_what_they_say)
{
    struct scene *base = &scene->base;
    base->class->update(base, 1.0);
    press_key(base, ' ');
    ck_assert_double_eq(told[0], FEED_PAUSE);
    training_feed_set_state(feed, FEED_PAUSED, model);
    ck_assert(base->class->update(base, 2.0));
    ck_assert_double_lt(base->class->rest(base, 2.0), 0.0);
    press_key(base, ' ');
    ck_assert_double_eq(told[0], FEED_GO_ON);
    press_key(base, 's');
    ck_assert_double_eq(told[0], FEED_STEP);
    press_key(base, '+');
    ck_assert_double_eq(told[0], FEED_RATE);
    ck_assert_double_eq_tol(told[1], 0.2, 1e-12);
    press_key(base, '+'); /* from the one that was told */
    ck_assert_double_eq_tol(told[1], 0.5, 1e-12);
    press_key(base, '-');
    press_key(base, '-');
    press_key(base, '-');
    ck_assert_double_eq_tol(told[1], 0.05, 1e-12);
    press_key(base, 'q');
    ck_assert_double_eq(told[0], FEED_STOP);
    ck_assert(press_key(base, 'l') && scene->is_log);
    ck_assert(press_key(base, 'g') && scene->shows_gradient);
    ck_assert(!press_key(base, 'x'));
}
END_TEST

START_TEST(rates_go_by_1_2_5)
{
    static const double rows[][3] = {
        {0.001, 0.002, 0.0005}, {0.002, 0.005, 0.001}, {0.005, 0.01, 0.002},
        {0.0013, 0.002, 0.001}, {1.0, 2.0, 0.5},       {7e-12, 1e-11, 5e-12}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_double_eq_tol(
            training_rate_beside(rows[i][0], 1) / rows[i][1], 1.0, 1e-9);
        ck_assert_double_eq_tol(
            training_rate_beside(rows[i][0], -1) / rows[i][2], 1.0, 1e-9);
    }
}
END_TEST

/* Unit 0 counts pixels: all images excite it alike, the first comes first. */
START_TEST(a_clicked_tile_grows_and_shows_its_images)
{
    struct scene *base = &scene->base;
    base->class->update(base, 1.0);
    struct training_layout layout = training_scene_layout(scene, 900, 640);
    struct weight_tiles tiles = training_scene_tiles(scene);
    struct tile_grid grid = training_scene_grid(&layout, &tiles);
    struct box box = tile_grid_box(&grid, 0);
    ck_assert(!click(base, 2.0, 2.0));
    ck_assert(click(base, middle(box.x, box.width), middle(box.y, box.height)));
    ck_assert_int_eq(scene->zoom.tile, 0);
    ck_assert_int_eq(scene->zoom.count, IMAGES);
    ck_assert_int_eq(scene->zoom.positions[0], 0);
    ck_assert_float_eq_tol(scene->zoom.products[0], 1.0f, 1e-6f);
    ck_assert_double_eq(base->class->rest(base, 1.0), 0.0); /* it grows */
    struct picture picture = paint(base, 900, 640);
    picture_done(&picture);
    ck_assert(press_key(base, SCENE_KEY_RIGHT));
    ck_assert_int_eq(scene->zoom.tile, 1);
    ck_assert(click(base, 2.0, 2.0));
    ck_assert_int_eq(scene->zoom.tile, -1);
}
END_TEST

/* A training that goes on is asked for more only after a rest. */
START_TEST(pictures_leave_time_between_them)
{
    struct scene *base = &scene->base;
    ck_assert(base->class->update(base, 1.0));
    struct picture picture = paint(base, 900, 640);
    double now = scene->painted;
    ck_assert(!base->class->update(base, now));
    ck_assert_double_ge(base->class->rest(base, now), 1.0 / 16.0);
    tell(TRAIN_BATCH, 2, 1.5);
    ck_assert(!base->class->update(base, now));
    ck_assert(!base->class->update(base, now + 1000.0)); /* asks */
    tell(TRAIN_BATCH, 3, 1.4);
    ck_assert(base->class->update(base, now + 1000.0));
    ck_assert_int_eq(scene->shown->batch, 3);
    picture_done(&picture);
}
END_TEST

/* --------------------------------------------------------------- confusion */

static struct scene *confusion(void)
{
    static const struct verdict rows[] = {
        {0, 0, 0.9f}, {1, 2, 0.6f}, {1, 2, 0.8f}, {2, 2, 0.7f}};
    struct verdicts verdicts = {IMAGES, CLASSES, malloc(sizeof rows)};
    struct gallery *gallery = gallery_with(IMAGES);
    ck_assert_ptr_nonnull(verdicts.rows);
    memcpy(verdicts.rows, rows, sizeof rows);
    struct scene *made = confusion_scene_new("confusion", &verdicts, gallery);
    gallery_unref(gallery);
    return made;
}

START_TEST(a_clicked_cell_lists_the_surest_first)
{
    struct scene *base = confusion();
    struct confusion_scene *matrix = (struct confusion_scene *)base;
    struct confusion_layout layout = confusion_layout_of(matrix, 900, 640);
    ck_assert_int_eq(matrix->list_count, 2); /* all mistakes */
    ck_assert(click(base, layout.cells.x + 2.5 * layout.side,
                    layout.cells.y + 1.5 * layout.side));
    ck_assert_int_eq(matrix->expected, 1);
    ck_assert_int_eq(matrix->given, 2);
    ck_assert_int_eq(matrix->list_count, 2);
    ck_assert_int_eq(matrix->list[0], 2);
    ck_assert_int_eq(matrix->list[1], 1);
    ck_assert(press_key(base, SCENE_KEY_DOWN));
    ck_assert_int_eq(matrix->list_count, 1);
    ck_assert_int_eq(matrix->list[0], 3);
    ck_assert(!press_key(base, SCENE_KEY_DOWN));
    scene_free(base);
}
END_TEST

/* Right ones are blue, mistakes red, empty cells white. */
START_TEST(cells_have_their_colours)
{
    struct scene *base = confusion();
    struct picture picture = paint(base, 900, 640);
    struct confusion_layout layout =
        confusion_layout_of((struct confusion_scene *)base, 900, 640);
    double third = layout.side / 5.0; /* beside the number */
    uint32_t good =
        pixel_at(&picture, layout.cells.x + third, layout.cells.y + third);
    uint32_t bad =
        pixel_at(&picture, layout.cells.x + 2.0 * layout.side + third,
                 layout.cells.y + layout.side + third);
    uint32_t empty = pixel_at(&picture, layout.cells.x + layout.side + third,
                              layout.cells.y + third);
    ck_assert_int_gt(blue(good), red(good) + 60);
    ck_assert_int_gt(red(bad), blue(bad) + 60);
    ck_assert_uint_eq(empty, 0xffffffu);
    picture_done(&picture);
    scene_free(base);
}
END_TEST

START_TEST(the_table_has_the_counts)
{
    struct scene *base = confusion();
    struct strbuf text = STRBUF_INIT;
    confusion_format(&((struct confusion_scene *)base)->verdicts, NULL, &text);
    ck_assert_str_eq(text.text,
                     "         0     1     2\n"
                     "   0     1     .     .\n"
                     "   1     .     .     2\n"
                     "   2     .     .     1\n"
                     "rows: right class; columns: the model's answer; 2 of 4 "
                     "wrong\n");
    strbuf_done(&text);
    scene_free(base);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("training_scene");
    TCase *tests = tcase_create("training_scene");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, parts_lie_beside_each_other_at_any_size);
    tcase_add_test(tests, any_size_can_be_painted);
    tcase_add_test(tests, weights_have_their_colours);
    tcase_add_test(tests, the_scale_is_a_round_number);
    tcase_add_test(tests, the_curve_is_where_its_numbers_are);
    tcase_add_test(tests, the_answers_are_the_models);
    tcase_add_test(tests, keys_ask_for_what_they_say);
    tcase_add_test(tests, rates_go_by_1_2_5);
    tcase_add_test(tests, a_clicked_tile_grows_and_shows_its_images);
    tcase_add_test(tests, pictures_leave_time_between_them);
    tcase_add_test(tests, a_clicked_cell_lists_the_surest_first);
    tcase_add_test(tests, cells_have_their_colours);
    tcase_add_test(tests, the_table_has_the_counts);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
