/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layers that look at images: convolution against PyTorch 1.13 (float64, with
 * TensorFlow's padding done by hand), pooling against worked values, and every
 * layer's gradients against finite differences.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "nn/pass.h"
#include "nn/train.h"
#include "tensor/convolution.h"
#include "tensor/pooling.h"

static struct error err = ERROR_INIT;

#define OK(condition) \
    ck_assert_msg((condition), "%s", err.message ? err.message : "failed")

/* ((FACTOR i) % MODULUS - MODULUS / 2) / DIVISOR */
static float *sequence(int64_t n, int factor, int modulus, float divisor)
{
    float *values = xcalloc((size_t)n + 1, sizeof *values);
    for (int64_t i = 0; i < n; i++)
        values[i] = (float)(factor * i % modulus - modulus / 2) / divisor;
    return values;
}

/* ------------------------------------------------------------- convolution */

/* First and last element, and sum of x[i] * (i % 13 + 1). */
struct digest {
    double first, last, sum;
};

static void expect_digest(const float *x, int64_t n, struct digest wanted)
{
    double sum = 0.0;
    for (int64_t i = 0; i < n; i++)
        sum += (double)x[i] * (double)(i % 13 + 1);
    ck_assert_double_eq_tol((double)x[0], wanted.first, 1e-5);
    ck_assert_double_eq_tol((double)x[n - 1], wanted.last, 1e-5);
    ck_assert_double_eq_tol(sum, wanted.sum, 1e-3);
}

/* Two images of 5 x 4 x 2, three filters; torch.nn.functional.conv2d and its
   backward pass. */
static const struct {
    int64_t size, stride;
    bool same;
    int64_t count[2];
    struct digest output, kernel, input;
} convolutions[] = {
    {3,
     1,
     false,
     {3, 2},
     {0.375, 4.75, -69.625},
     {2.5, -1.5, 15.25},
     {4.0, -3.0, 20.5}},
    {3,
     1,
     true,
     {5, 4},
     {2.5, -0.375, -91.875},
     {-1.25, -1.75, 15.25},
     {8.5, -2.0, -74.0}},
    {3,
     2,
     true,
     {3, 2},
     {-1.625, -0.375, 18.125},
     {-4.0, 0.25, 24.25},
     {-2.0, -3.0, 243.0}},
    {2,
     2,
     false,
     {2, 2},
     {3.375, -1.625, 9.625},
     {5.0, -1.25, 31.5},
     {4.0, 0.0, 11.0}},
};

START_TEST(convolution_as_pytorch)
{
    enum { IMAGES = 2, CHANNELS = 2, FILTERS = 3, INPUT = IMAGES * 5 * 4 * 2 };
    int64_t size = convolutions[_i].size;
    struct convolution c = {
        {.image = {5, 4},
         .channels = CHANNELS,
         .size = {size, size},
         .stride = {convolutions[_i].stride, convolutions[_i].stride}},
        FILTERS};
    ck_assert(windows_place(&c.windows, convolutions[_i].same));
    ck_assert_int_eq(c.windows.count[0], convolutions[_i].count[0]);
    ck_assert_int_eq(c.windows.count[1], convolutions[_i].count[1]);
    int64_t outputs = IMAGES * windows_positions(&c.windows) * FILTERS;
    int64_t kernels = size * size * CHANNELS * FILTERS;
    float *x = sequence(INPUT, 7, 11, 4.0f);
    float *kernel = sequence(kernels, 5, 7, 2.0f);
    float *gradient = sequence(outputs, 3, 5, 1.0f);
    float *output = xcalloc((size_t)outputs, sizeof *output);
    float *by_kernel = xcalloc((size_t)kernels, sizeof *by_kernel);
    float *by_input = xcalloc(INPUT, sizeof *by_input);
    float *scratch =
        xcalloc((size_t)convolution_scratch(&c, IMAGES), sizeof *scratch);
    convolution_forward(&c, IMAGES, x, kernel, scratch, output);
    expect_digest(output, outputs, convolutions[_i].output);
    convolution_backward(&c, IMAGES, x, kernel, gradient, scratch, by_kernel,
                         by_input);
    expect_digest(by_kernel, kernels, convolutions[_i].kernel);
    expect_digest(by_input, INPUT, convolutions[_i].input);
    free(x);
    free(kernel);
    free(gradient);
    free(output);
    free(by_kernel);
    free(by_input);
    free(scratch);
}
END_TEST

START_TEST(windows_that_do_not_fit)
{
    struct windows windows = {
        .image = {2, 5}, .channels = 1, .size = {3, 3}, .stride = {1, 1}};
    ck_assert(!windows_place(&windows, false));
    ck_assert(windows_place(&windows, true));
}
END_TEST

/* ----------------------------------------------------------------- pooling */

/* [[1, 5, 2], [4, 5, 0], [7, 8, 9]], windows of 2 x 2 at each second place,
   padded below and to the right. */
START_TEST(pooling_worked)
{
    static const float image[] = {1, 5, 2, 4, 5, 0, 7, 8, 9};
    static const float largest[] = {5, 2, 8, 9};
    static const float means[] = {3.75f, 1.0f, 7.5f, 9.0f};
    static const float by_max[] = {0, 1, 2, 0, 0, 0, 0, 3, 4};
    static const float by_mean[] = {0.25f, 0.25f, 1,    0.25f, 0.25f,
                                    1,     1.5f,  1.5f, 4};
    struct windows windows = {
        .image = {3, 3}, .channels = 1, .size = {2, 2}, .stride = {2, 2}};
    float output[4], back[9];
    ck_assert(windows_place(&windows, true));
    pool_max(&windows, 1, image, output);
    ck_assert_int_eq(memcmp(output, largest, sizeof output), 0);
    pool_max_backward(&windows, 1, image, output, (float[]){1, 2, 3, 4}, back);
    ck_assert_int_eq(memcmp(back, by_max, sizeof back), 0);
    pool_mean(&windows, 1, image, output);
    ck_assert_int_eq(memcmp(output, means, sizeof output), 0);
    pool_mean_backward(&windows, 1, (float[]){1, 2, 3, 4}, back);
    ck_assert_int_eq(memcmp(back, by_mean, sizeof back), 0);
}
END_TEST

/* ---------------------------------------------------- finite differences */

enum { ROWS = 4, SIDE = 6 };

static struct layer *make(const struct layer_type *type, const char *activation)
{
    struct layer *layer = layer_new(type);
    layer->settings.units = 3;
    layer->settings.filters = 2;
    layer->settings.rate = 0.5;
    if (type == &layer_conv2d)
        layer->settings.window[0] = layer->settings.window[1] = 3;
    if (activation)
        layer->settings.activation = activation_find(activation, &err);
    return layer;
}

static void add(struct model *model, const struct layer_type *type,
                const char *activation)
{
    struct layer *layer = make(type, activation);
    OK(model_add(model, layer, &err));
    layer_unref(layer);
}

/* What stands between a convolution and a dense layer. */
static const struct {
    const struct layer_type *type;
    const char *activation; /* of the convolution */
    double l2;
} between[] = {
    {&layer_flatten, "tanh", 0.0},
    {&layer_flatten, "gelu", 0.01},
    {&layer_flatten, "swish", 0.0},
    {&layer_flatten, "mish", 0.0},
    {&layer_flatten, "elu", 0.0},
    {&layer_flatten, "selu", 0.0},
    {&layer_flatten, "softplus", 0.0},
    {&layer_flatten, "softsign", 0.0},
    {&layer_max_pooling, "tanh", 0.0},
    {&layer_average_pooling, "sigmoid", 0.0},
    {&layer_global_average_pooling, "tanh", 0.0},
    {&layer_global_max_pooling, "tanh", 0.0},
    {&layer_batch_normalization, "linear", 0.0},
    {&layer_softmax, "linear", 0.0},
    {&layer_leaky_relu, "linear", 0.0},
};

static struct model *images_model(int which, struct rng *rng)
{
    struct model *model = model_new("images", rng);
    model->has_input = true;
    model->input = (struct sample_shape){3, {SIDE, SIDE, 2}};
    add(model, &layer_conv2d, between[which].activation);
    model->layers[0]->settings.kernel_regularizer.l2 = between[which].l2;
    add(model, between[which].type, NULL);
    if (model_last(model)->output.ndim > 1)
        add(model, &layer_flatten, NULL);
    add(model, &layer_dense, "softmax");
    struct optimizer *optimizer =
        optimizer_new(optimizer_type_find("sgd", &err));
    optimizer->settings[0] = 1.0;
    struct loss loss;
    OK(loss_find("sparse_categorical_crossentropy", &loss, &err));
    model_compile(model, optimizer, &loss, 0, NULL);
    optimizer_unref(optimizer);
    return model;
}

/* The loss as a training step sees it: batch normalization by the batch. */
static double training_loss(const struct model *model,
                            const struct samples *samples, struct rng *rng)
{
    double value;
    struct model *copy = model_clone(model, &err);
    OK(copy != NULL);
    OK(model_train_batch(copy, samples, rng, &value, &err));
    model_unref(copy);
    return value;
}

static void check_weight(struct model *model, const struct model *stepped,
                         const struct samples *samples, struct rng *rng,
                         size_t i, int k)
{
    const float h = 2e-4f; /* small: few cross a kink */
    struct tensor *weight = model->layers[i]->weights[k]->tensor;
    const float *after = layer_weight(stepped->layers[i], k);
    float *w = (float *)(void *)weight->data;
    for (int64_t n = 0; n < weight->size; n += 1 + weight->size / 20) {
        float kept = w[n];
        w[n] = kept + h;
        double up = training_loss(model, samples, rng);
        w[n] = kept - h;
        double down = training_loss(model, samples, rng);
        w[n] = kept;
        double wanted = (up - down) / (2.0 * (double)h);
        double got = (double)(kept - after[n]);
        ck_assert_msg(fabs(got - wanted) < 2e-3, "%s %s[%d]: %g, wanted %g",
                      model->layers[i]->name, model->layers[i]->weight_names[k],
                      (int)n, got, wanted);
    }
}

START_TEST(gradients)
{
    struct rng rng;
    rng_seed(&rng, 12);
    int64_t shape[4] = {ROWS, SIDE, SIDE, 2}, rows = ROWS;
    struct tensor *x = tensor_new(DTYPE_FLOAT32, 4, shape, &err);
    struct tensor *y = tensor_zeros(DTYPE_INT32, 1, &rows, &err);
    for (int64_t i = 0; i < x->size; i++)
        ((float *)(void *)x->data)[i] = (float)(rng_double(&rng) * 2.0 - 1.0);
    for (int i = 0; i < ROWS; i++)
        ((int32_t *)(void *)y->data)[i] = i % 3;
    struct model *model = images_model(_i, &rng);
    struct model *stepped = model_clone(model, &err);
    struct samples samples;
    double value;
    OK(samples_init(&samples, model, x, y, &err));
    OK(model_train_batch(stepped, &samples, &rng, &value, &err));
    for (size_t i = 0; i < model->layer_count; i++)
        for (int k = 0; k < model->layers[i]->weight_count; k++)
            if (layer_learns(model->layers[i], k))
                check_weight(model, stepped, &samples, &rng, i, k);
    samples_done(&samples);
    tensor_unref(x);
    tensor_unref(y);
    model_unref(model);
    model_unref(stepped);
}
END_TEST

/* ----------------------------------------------------------------- dropout */

/* Half of the numbers are 0, the others twice as large, the same ones for the
   same seed; nothing happens when not training. */
START_TEST(dropout)
{
    enum { COUNT = 10000 };
    static float ones[COUNT], output[COUNT], again[COUNT], scratch[COUNT];
    struct layer *layer = make(&layer_dropout, NULL);
    struct rng rng;
    struct sample_shape shape = {1, {COUNT}};
    OK(layer_build(layer, &shape, NULL, &err));
    for (int i = 0; i < COUNT; i++)
        ones[i] = 1.0f;
    struct layer_batch batch = {.rows = 1,
                                .training = true,
                                .rng = &rng,
                                .input = ones,
                                .output = output,
                                .scratch = scratch};
    rng_seed(&rng, 1);
    layer->type->forward(layer, &batch);
    int zeros = 0;
    for (int i = 0; i < COUNT; i++) {
        ck_assert(output[i] == 0.0f || output[i] == 2.0f);
        zeros += output[i] == 0.0f;
    }
    ck_assert_int_gt(zeros, 4800);
    ck_assert_int_lt(zeros, 5200);
    rng_seed(&rng, 1);
    batch.output = again;
    layer->type->forward(layer, &batch);
    ck_assert_int_eq(memcmp(output, again, sizeof output), 0);
    batch.training = false;
    layer->type->forward(layer, &batch);
    ck_assert_int_eq(memcmp(ones, again, sizeof ones), 0);
    layer_unref(layer);
}
END_TEST

#define ROWS_OF(table) ((int)(sizeof(table) / sizeof *(table)))

int main(void)
{
    Suite *suite = suite_create("nn_layers");
    TCase *layers = tcase_create("layers");
    tcase_set_timeout(layers, 120);
    tcase_add_loop_test(layers, convolution_as_pytorch, 0,
                        ROWS_OF(convolutions));
    tcase_add_test(layers, windows_that_do_not_fit);
    tcase_add_test(layers, pooling_worked);
    tcase_add_loop_test(layers, gradients, 0, ROWS_OF(between));
    tcase_add_test(layers, dropout);
    suite_add_tcase(suite, layers);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK); /* OpenMP does not fork */
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
