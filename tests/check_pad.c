/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pad to draw on: the image that becomes of a drawing, by worked examples
 * of the rule in scene/digit_image.h and by what a trained network makes of
 * drawn test digits; and the scene, with the events a window would send.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/dataset.h"
#include "nn/classifier.h"
#include "nn/train.h"
#include "scene/pad.h"
#include "scene/pad_paint.h"

static struct error err = ERROR_INIT;

#define OK(condition) \
    ck_assert_msg((condition), "%s", err.message ? err.message : "failed")

/* ---------------------------------------------------------------- the image */

enum { SIDE = DRAWING_SIDE };

static uint8_t paper[SIDE * SIDE], image[DIGIT_PIXELS];
static const struct ink whole = {paper, SIDE, SIDE, SIDE};

static void ink_rectangle(int left, int top, int width, int height)
{
    for (int y = top; y < top + height; y++)
        memset(paper + y * SIDE + left, 255, (size_t)width);
}

static int pixel(int x, int y)
{
    return image[y * DIGIT_SIDE + x];
}

/* All of LEFT … RIGHT, TOP … BOTTOM is ink, and nothing else. */
static void expect_box(int left, int top, int right, int bottom)
{
    for (int y = 0; y < DIGIT_SIDE; y++)
        for (int x = 0; x < DIGIT_SIDE; x++) {
            bool inside = x >= left && x <= right && y >= top && y <= bottom;
            ck_assert_msg(pixel(x, y) == (inside ? 255 : 0), "(%d, %d) is %d",
                          x, y, pixel(x, y));
        }
}

/* 100 x 200 becomes 10 x 20; its centre of mass is (4.5, 9.5), from where it
   is 9.5 and 4.5 to (14, 14): 10 and 5 pixels. */
START_TEST(test_box)
{
    static const int places[][2] = {{0, 0}, {180, 80}, {77, 31}};
    for (int i = 0; i < 3; i++) {
        memset(paper, 0, sizeof paper);
        ink_rectangle(places[i][0], places[i][1], 100, 200);
        ck_assert(digit_centered(&whole, image));
        expect_box(10, 5, 19, 24);
    }
}
END_TEST

/* Three times as small gives the same image: 20 x 20 whatever was drawn. */
START_TEST(test_size)
{
    memset(paper, 0, sizeof paper);
    ink_rectangle(200, 10, 60, 30);
    ck_assert(digit_centered(&whole, image));
    expect_box(5, 10, 24, 19);
    memset(paper, 0, sizeof paper);
    ink_rectangle(0, 130, 280, 140);
    ck_assert(digit_centered(&whole, image));
    expect_box(5, 10, 24, 19);
}
END_TEST

/* 105 of 200 are 10.5 of 20 pixels: the eleventh column is half grey, 127.5.
   Mass 10 x 255 + 128 a row, its mean (45 x 255 + 10 x 128) / 2678 = 4.76. */
START_TEST(test_grey)
{
    memset(paper, 0, sizeof paper);
    ink_rectangle(20, 20, 105, 200);
    ck_assert(digit_centered(&whole, image));
    ck_assert_int_eq(pixel(9 + 9, 14), 255);
    ck_assert_int_eq(pixel(9 + 10, 14), 128);
    ck_assert_int_eq(pixel(9 + 11, 14), 0);
    ck_assert_int_eq(pixel(9, 14), 255);
    ck_assert_int_eq(pixel(8, 14), 0);
}
END_TEST

/* An L: a bar of 4 x 20 pixels and a foot of 16 x 4 beside it.  80 pixels
   have their mass at (1.5, 9.5), 64 at (11.5, 17.5): together (5.94, 13.06),
   8.06 and 0.94 from (14, 14). */
START_TEST(test_center_of_mass)
{
    memset(paper, 0, sizeof paper);
    ink_rectangle(40, 30, 40, 200);
    ink_rectangle(80, 190, 160, 40);
    ck_assert(digit_centered(&whole, image));
    double mass = 0.0, x = 0.0, y = 0.0;
    for (int i = 0; i < DIGIT_PIXELS; i++) {
        mass += image[i];
        x += i % DIGIT_SIDE * image[i];
        y += i / DIGIT_SIDE * (double)image[i];
    }
    ck_assert_double_eq_tol(mass, 144.0 * 255.0, 1e-9);
    ck_assert_double_eq_tol(x / mass, 8.0 + 5.9444444, 1e-6);
    ck_assert_double_eq_tol(y / mass, 1.0 + 13.0555556, 1e-6);
    ck_assert_int_eq(pixel(8, 1), 255);
    ck_assert_int_eq(pixel(8 + 19, 20), 255);
    ck_assert_int_eq(pixel(8 + 4, 15), 0);
}
END_TEST

START_TEST(test_as_drawn)
{
    memset(paper, 0, sizeof paper);
    ck_assert(!digit_as_drawn(&whole, image));
    ck_assert(!digit_centered(&whole, image));
    expect_box(1, 0, 0, 0); /* nothing */
    ink_rectangle(20, 250, 30, 20);
    ck_assert(digit_as_drawn(&whole, image));
    expect_box(2, 25, 4, 26);
}
END_TEST

/* -------------------------------------------------------------- a network */

enum { TESTED = 2000 };

static struct tensor *parts[DATASET_PARTS];
static struct rng rng;

static void load_mnist(void)
{
    OK(dataset_load(dataset_find("mnist", &err), parts, &err));
}

static struct model *train_network(int epochs)
{
    struct classifier_options options = {
        .inputs = DIGIT_PIXELS,
        .classes = 10,
        .layer_count = 1,
        .layers = {128},
        .activation = activation_find("relu", &err),
        .optimizer = optimizer_type_find("rmsprop", &err),
        .rate = 0.001};
    rng_seed(&rng, 5);
    struct model *model = classifier_new(&options, &rng, &err);
    OK(model != NULL);
    struct samples samples;
    OK(samples_init(&samples, model, parts[DATASET_TRAIN_IMAGES],
                    parts[DATASET_TRAIN_LABELS], &err));
    struct trainer *trainer =
        trainer_new(model, &samples, NULL,
                    (struct train_options){
                        .epochs = epochs, .batch_size = 128, .shuffle = true},
                    &rng, &err);
    OK(trainer != NULL);
    ck_assert_int_eq(trainer_run(trainer, NULL, NULL, &err), TRAIN_DONE);
    trainer_free(trainer);
    samples_done(&samples);
    return model;
}

/* The grey level of DIGIT between its pixels. */
static double between(const uint8_t *digit, double x, double y)
{
    int i = (int)floor(y), j = (int)floor(x);
    double sum = 0.0;
    for (int k = 0; k < 4; k++) {
        int row = i + k / 2, column = j + k % 2;
        if (row < 0 || row >= DIGIT_SIDE || column < 0 || column >= DIGIT_SIDE)
            continue;
        sum += digit[row * DIGIT_SIDE + column] * (1.0 - fabs(y - row)) *
               (1.0 - fabs(x - column));
    }
    return sum;
}

/* DIGIT as if drawn: ink or none, SCALE times as large, its upper left corner
   at (LEFT, TOP), which may be off the paper. */
static void draw_digit(const uint8_t *digit, double scale, int left, int top)
{
    memset(paper, 0, sizeof paper);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            if (between(digit, (x - left + 0.5) / scale - 0.5,
                        (y - top + 0.5) / scale - 0.5) >= 127.5)
                paper[y * SIDE + x] = 255;
}

/* Every digit in a size and at a place of its own; the paper holds it. */
static void draw_anywhere(const uint8_t *digit)
{
    double scale = 5.0 + 6.0 * rng_double(&rng);
    double margin = 4.0 * scale, room = SIDE - 20.0 * scale;
    draw_digit(digit, scale, (int)(room * rng_double(&rng) - margin),
               (int)(room * rng_double(&rng) - margin));
}

/* Of MNIST's test digits, drawn anywhere, the network must know as many as of
   the digits themselves, less 2 in 100; and far fewer without centring. */
START_TEST(test_drawn_digits)
{
    load_mnist();
    struct model *model = train_network(2);
    struct pad_network *network = pad_network_new(model, "model", NULL, &err);
    OK(network != NULL);
    const uint8_t *digits = (uint8_t *)parts[DATASET_TEST_IMAGES]->data;
    const uint8_t *labels = (uint8_t *)parts[DATASET_TEST_LABELS]->data;
    int given = 0, drawn = 0, aside = 0;
    for (int i = 0; i < TESTED; i++) {
        const uint8_t *digit = digits + i * DIGIT_PIXELS;
        given += pad_network_look(network, digit) == labels[i];
        draw_anywhere(digit);
        ck_assert(digit_centered(&whole, image));
        drawn += pad_network_look(network, image) == labels[i];
        ck_assert(digit_as_drawn(&whole, image));
        aside += pad_network_look(network, image) == labels[i];
    }
    printf("of %d digits: %d known, %d drawn anywhere, %d not centred\n",
           TESTED, given, drawn, aside);
    ck_assert_int_ge(given, TESTED * 93 / 100);
    ck_assert_int_ge(drawn, given - TESTED * 2 / 100);
    ck_assert_int_le(aside, given * 3 / 4);
    pad_network_free(network);
    model_unref(model);
    for (int i = 0; i < DATASET_PARTS; i++)
        tensor_unref(parts[i]);
}
END_TEST

/* -------------------------------------------------------------- the scene */

static struct scene *scene;
static struct drawing *drawing;

static void open_pad(struct pad_network *network)
{
    drawing = drawing_new(&err);
    OK(drawing != NULL);
    scene = pad_new(drawing, network);
}

static void close_pad(void)
{
    scene_free(scene);
    drawing_free(drawing);
}

/* At (X, Y) of the paper, in a window that is SCALE times as large as the
   scene would like. */
static bool mouse(enum scene_event_kind kind, int button, double x, double y,
                  double scale)
{
    struct scene_event event = {.kind = kind,
                                .button = button,
                                .x = (PAD_LEFT + x) * scale,
                                .y = (PAD_TOP + y) * scale};
    return scene->class->handle(scene, &event, PAD_WIDTH * scale,
                                PAD_HEIGHT * scale);
}

static bool key(uint32_t code)
{
    struct scene_event event = {.kind = SCENE_KEY, .key = code};
    return scene->class->handle(scene, &event, PAD_WIDTH, PAD_HEIGHT);
}

/* A vertical stroke in the paper's upper left quarter. */
static void draw_stroke(int button, double scale)
{
    mouse(SCENE_PRESS, button, 60.0, 40.0, scale);
    mouse(SCENE_MOVE, button, 60.0, 140.0, scale);
    mouse(SCENE_RELEASE, button, 60.0, 140.0, scale);
}

static cairo_surface_t *paint_scene(int width, int height)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *canvas = cairo_create(surface);
    scene->class->paint(scene, canvas, width, height);
    ck_assert_int_eq(cairo_status(canvas), CAIRO_STATUS_SUCCESS);
    cairo_destroy(canvas);
    cairo_surface_flush(surface);
    return surface;
}

/* The green of a pixel: 0 where black is, 255 on white. */
static int green_at(cairo_surface_t *surface, int x, int y)
{
    const uint8_t *data = cairo_image_surface_get_data(surface);
    const uint32_t *row =
        (const uint32_t *)(const void *)(data +
                                         y * cairo_image_surface_get_stride(
                                                 surface));
    return (int)(row[x] >> 8 & 255);
}

START_TEST(test_stroke)
{
    open_pad(NULL);
    ck_assert(!drawing_image(drawing, image));
    draw_stroke(1, 1.0);
    ck_assert(drawing_image(drawing, image));
    /* 24 wide, 100 + 24 long: the rule's box is 20 long and 3.87 wide, its
       middle column full. */
    int top = 0, bottom = DIGIT_SIDE - 1;
    while (pixel(14, top) < 128)
        top++;
    while (pixel(14, bottom) < 128)
        bottom--;
    ck_assert_int_eq(bottom - top + 1, 20);
    ck_assert_int_eq(pixel(14, 14), 255);
    ck_assert_int_eq(pixel(14 + 3, 14), 0);
    cairo_surface_t *surface = paint_scene(PAD_WIDTH, PAD_HEIGHT);
    ck_assert_int_eq(green_at(surface, PAD_LEFT + 60, PAD_TOP + 90), 0);
    ck_assert_int_eq(green_at(surface, PAD_LEFT + 60 - 14, PAD_TOP + 90), 255);
    cairo_surface_destroy(surface);
    close_pad();
}
END_TEST

/* The same stroke by the mouse of a window of another size. */
START_TEST(test_resized)
{
    uint8_t wanted[DIGIT_PIXELS];
    open_pad(NULL);
    draw_stroke(1, 1.0);
    ck_assert(drawing_image(drawing, wanted));
    close_pad();
    open_pad(NULL);
    draw_stroke(1, 2.5);
    ck_assert(drawing_image(drawing, image));
    ck_assert_mem_eq(image, wanted, DIGIT_PIXELS);
    cairo_surface_destroy(paint_scene(1, 1));
    cairo_surface_destroy(paint_scene(2000, 30));
    close_pad();
}
END_TEST

START_TEST(test_keys)
{
    open_pad(NULL);
    draw_stroke(1, 1.0);
    ck_assert(key('n'));
    ck_assert(drawing_image(drawing, image));
    ck_assert_int_eq(pixel(6, 9), 255); /* 60 and 90 of 280, in tenths */
    ck_assert_int_eq(pixel(14, 14), 0);
    ck_assert(key('n'));
    ck_assert(drawing_image(drawing, image));
    ck_assert_int_eq(pixel(14, 14), 255);
    ck_assert(!key('x'));
    ck_assert(key('\b'));
    ck_assert(!drawing_image(drawing, image));
    close_pad();
}
END_TEST

/* The right button rubs out; what begins beside the paper draws nothing; a
   button that was let go elsewhere ends the stroke. */
START_TEST(test_buttons)
{
    open_pad(NULL);
    draw_stroke(1, 1.0);
    draw_stroke(3, 1.0);
    ck_assert(key('n'));
    drawing_image(drawing, image);
    ck_assert_int_eq(pixel(6, 9), 0);
    ck_assert(key('\b'));
    ck_assert(!mouse(SCENE_PRESS, 1, -5.0, 40.0, 1.0));
    ck_assert(!mouse(SCENE_MOVE, 1, 60.0, 40.0, 1.0));
    ck_assert(!mouse(SCENE_PRESS, 2, 60.0, 40.0, 1.0));
    ck_assert(!drawing_image(drawing, image));
    ck_assert(mouse(SCENE_PRESS, 1, 60.0, 40.0, 1.0));
    ck_assert(mouse(SCENE_MOVE, 0, 200.0, 200.0, 1.0)); /* its end */
    ck_assert(!mouse(SCENE_MOVE, 0, 200.0, 200.0, 1.0));
    ck_assert(!mouse(SCENE_MOVE, 1, 250.0, 250.0, 1.0));
    drawing_image(drawing, image);
    ck_assert_int_ge(pixel(6, 4), 200); /* the dot */
    ck_assert_int_eq(pixel(20, 20), 0);
    close_pad();
}
END_TEST

/* ------------------------------------------------- the network in the scene */

/* One dense layer of CLASSES that says class LIKED whatever it sees. */
static struct model *liking_model(int64_t inputs, int64_t classes, int liked)
{
    rng_seed(&rng, 3);
    struct model *model = model_new("model", &rng);
    struct layer *layer = layer_new(&layer_dense);
    layer->settings.units = classes;
    layer->settings.activation = activation_find("softmax", &err);
    struct sample_shape shape = {.ndim = 1, .dims = {inputs}};
    OK(model_add(model, layer, &err));
    OK(model_build(model, &shape, &err));
    struct tensor *bias = variable_writable(layer->weights[1], &err);
    OK(bias != NULL);
    ((float *)(void *)bias->data)[liked] = 100.0f;
    layer_unref(layer);
    return model;
}

static struct pad_network *liking(int64_t classes, int liked,
                                  const char *const *names)
{
    struct model *model = liking_model(DIGIT_PIXELS, classes, liked);
    struct pad_network *network = pad_network_new(model, "model", names, &err);
    OK(network != NULL);
    model_unref(model);
    return network;
}

START_TEST(test_bars)
{
    int64_t bars[PAD_BARS];
    uint8_t white[DIGIT_PIXELS] = {0};
    struct pad_network *network = liking(10, 7, NULL);
    ck_assert_int_eq(pad_network_look(network, white), 7);
    ck_assert_int_eq(pad_bars(network, bars), 10);
    ck_assert_int_eq(bars[7], 7);
    pad_network_free(network);
    network = liking(26, 20, NULL);
    ck_assert_int_eq(pad_network_look(network, white), 20);
    for (int i = 0; i < 26; i++)
        network->shares[i] = (float)(i * 7 % 26);
    ck_assert_int_eq(pad_bars(network, bars), 10);
    for (int i = 0; i < 10; i++)
        ck_assert_float_eq(network->shares[bars[i]], (float)(25 - i));
    pad_network_free(network);
}
END_TEST

START_TEST(test_class_names)
{
    static const char *const names[] = {"boot", "bag", NULL};
    char room[PAD_CLASS_ROOM];
    struct pad_network *network = liking(2, 1, names);
    ck_assert_str_eq(pad_network_class(network, 1, room), "bag");
    pad_network_free(network);
    network = liking(2, 1, NULL);
    ck_assert_str_eq(pad_network_class(network, 1, room), "1");
    pad_network_free(network);
}
END_TEST

/* Bytes go in as the model itself takes them: by 255, unless it scales. */
START_TEST(test_scaling)
{
    struct model *model = liking_model(DIGIT_PIXELS, 10, 0);
    struct pad_network *network = pad_network_new(model, "m", NULL, &err);
    ck_assert_float_eq(network->divisor, 255.0f);
    pad_network_free(network);
    model->byte_divisor = 100.0f;
    network = pad_network_new(model, "m", NULL, &err);
    ck_assert_float_eq(network->divisor, 100.0f);
    pad_network_free(network);
    model_unref(model);
    model = model_new("model", &rng);
    struct layer *scaling = layer_new(&layer_rescaling);
    struct layer *flatten = layer_new(&layer_flatten);
    struct sample_shape shape = {.ndim = 3, .dims = {28, 28, 1}};
    scaling->settings.scale = 1.0 / 255.0;
    OK(model_add(model, scaling, &err) && model_add(model, flatten, &err));
    OK(model_build(model, &shape, &err));
    network = pad_network_new(model, "m", NULL, &err);
    OK(network != NULL);
    ck_assert_float_eq(network->divisor, 1.0f);
    memset(image, 0, sizeof image);
    image[300] = 255; /* the softmax of one 1 and many 0 */
    ck_assert_int_eq(pad_network_look(network, image), 300);
    ck_assert_float_eq_tol(network->shares[300],
                           expf(1.0f) / (expf(1.0f) + 783.0f), 1e-6f);
    pad_network_free(network);
    layer_unref(scaling);
    layer_unref(flatten);
    model_unref(model);
}
END_TEST

START_TEST(test_wrong_model)
{
    struct model *model = liking_model(100, 10, 0);
    ck_assert_ptr_null(pad_network_new(model, "net", NULL, &err));
    ck_assert_int_eq(err.kind, ERROR_VALUE);
    ck_assert_ptr_nonnull(strstr(err.message, "net takes samples of 100"));
    error_clear(&err);
    model_unref(model);
    model = model_new("empty", &rng);
    ck_assert_ptr_null(pad_network_new(model, "net", NULL, &err));
    ck_assert_int_eq(err.kind, ERROR_VALUE);
    error_clear(&err);
    model_unref(model);
}
END_TEST

/* Is there a long dark blue bar in ROW, from 0, of ten? */
static bool has_bar(cairo_surface_t *surface, int row)
{
    int y = PAD_TOP + 28 * row + 14, blue = 0;
    for (int x = PAD_WIDTH * 3 / 4; x < PAD_WIDTH; x++)
        blue += green_at(surface, x, y) == (int)(0.47 * 255.0 + 0.5);
    return blue > 50;
}

START_TEST(test_answer)
{
    open_pad(liking(10, 7, NULL));
    cairo_surface_t *surface = paint_scene(PAD_WIDTH, PAD_HEIGHT);
    ck_assert(!has_bar(surface, 7));
    cairo_surface_destroy(surface);
    draw_stroke(1, 1.0);
    surface = paint_scene(PAD_WIDTH, PAD_HEIGHT);
    ck_assert(has_bar(surface, 7));
    ck_assert(!has_bar(surface, 3));
    cairo_surface_destroy(surface);
    close_pad();
}
END_TEST

/* Of weights that have become nan there are no bars, and nothing else is
   missing. */
START_TEST(test_nan)
{
    struct pad_network *network = liking(10, 7, NULL);
    struct tensor *bias =
        variable_writable(network->model->layers[0]->weights[1], &err);
    for (int i = 0; i < 10; i++)
        ((float *)(void *)bias->data)[i] = NAN;
    open_pad(network);
    draw_stroke(1, 1.0);
    cairo_surface_t *surface = paint_scene(PAD_WIDTH, PAD_HEIGHT);
    ck_assert(!has_bar(surface, 7));
    ck_assert_int_eq(green_at(surface, PAD_LEFT + 60, PAD_TOP + 90), 0);
    cairo_surface_destroy(surface);
    close_pad();
}
END_TEST

/* A pad that is open hears of a network that was trained meanwhile. */
START_TEST(test_offer)
{
    ck_assert(!pad_wants("model"));
    pad_offer(liking(10, 1, NULL)); /* nobody takes it */
    open_pad(NULL);
    ck_assert(pad_wants("model"));
    ck_assert(!scene->class->update(scene, 0.0));
    pad_offer(liking(10, 2, NULL));
    pad_offer(liking(10, 3, NULL));
    ck_assert(!pad_wants("net"));
    draw_stroke(1, 1.0);
    ck_assert(scene->class->update(scene, 0.0));
    cairo_surface_t *surface = paint_scene(PAD_WIDTH, PAD_HEIGHT);
    ck_assert(has_bar(surface, 3));
    cairo_surface_destroy(surface);
    pad_offer(liking(10, 4, NULL)); /* and goes with the window */
    close_pad();
    ck_assert(!pad_wants("model"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pad");
    TCase *tcase = tcase_create("image");
    tcase_add_test(tcase, test_box);
    tcase_add_test(tcase, test_size);
    tcase_add_test(tcase, test_grey);
    tcase_add_test(tcase, test_center_of_mass);
    tcase_add_test(tcase, test_as_drawn);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("scene");
    tcase_add_test(tcase, test_stroke);
    tcase_add_test(tcase, test_resized);
    tcase_add_test(tcase, test_keys);
    tcase_add_test(tcase, test_buttons);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("network");
    tcase_add_test(tcase, test_bars);
    tcase_add_test(tcase, test_class_names);
    tcase_add_test(tcase, test_scaling);
    tcase_add_test(tcase, test_wrong_model);
    tcase_add_test(tcase, test_answer);
    tcase_add_test(tcase, test_nan);
    tcase_add_test(tcase, test_offer);
    tcase_add_test(tcase, test_drawn_digits);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
