/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Networks: layers, losses and optimizers against worked values, gradients
 * against finite differences, products against their definition, and a run
 * that was stopped against one that was not.
 *
 * Worked values are float64 NumPy 1.24's, from the formulas in the comments.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "base/alloc.h"
#include "base/interrupt.h"
#include "nn/pass.h"
#include "nn/train.h"
#include "tensor/product.h"

static struct error err = ERROR_INIT;

#define OK(condition) \
    ck_assert_msg((condition), "%s", err.message ? err.message : "failed")

static float *floats(struct tensor *tensor)
{
    return (float *)(void *)tensor->data;
}

static void expect_close(const float *got, const double *wanted, int count,
                         double tolerance)
{
    for (int i = 0; i < count; i++)
        ck_assert_msg(fabs((double)got[i] - wanted[i]) <= tolerance,
                      "element %d is %.9g, wanted %.9g", i, (double)got[i],
                      wanted[i]);
}

static struct tensor *matrix(int64_t rows, int64_t columns, const float *values)
{
    int64_t shape[2] = {rows, columns};
    struct tensor *tensor = tensor_new(DTYPE_FLOAT32, 2, shape, &err);
    OK(tensor != NULL);
    memcpy(tensor->data, values, (size_t)(rows * columns) * sizeof(float));
    return tensor;
}

static struct tensor *label_vector(int64_t count, const uint8_t *values)
{
    struct tensor *tensor = tensor_new(DTYPE_UINT8, 1, &count, &err);
    OK(tensor != NULL);
    memcpy(tensor->data, values, (size_t)count);
    return tensor;
}

static struct layer *dense(int64_t inputs, int64_t units,
                           const char *activation)
{
    struct layer *layer = layer_new(&layer_dense);
    layer->settings.units = units;
    layer->settings.activation = activation_find(activation, &err);
    OK(initializer_find("random_normal", &layer->settings.bias_initializer,
                        &err));
    layer->has_input = inputs > 0;
    layer->inputs = inputs;
    layer->input = (struct sample_shape){1, {inputs}};
    return layer;
}

static void add(struct model *model, struct layer *layer)
{
    OK(model_add(model, layer, &err));
    layer_unref(layer);
}

static void compile(struct model *model, const char *optimizer,
                    const char *loss)
{
    struct metric metric;
    struct loss chosen;
    OK(metric_find("acc", &metric, &err));
    OK(loss_find(loss, &chosen, &err));
    struct optimizer *made =
        optimizer_new(optimizer_type_find(optimizer, &err));
    model_compile(model, made, &chosen, 1, &metric);
    optimizer_unref(made);
}

static void train(struct model *model, struct tensor *x, struct tensor *y,
                  struct train_options options)
{
    struct samples samples;
    struct rng rng;
    rng_seed(&rng, 5);
    OK(samples_init(&samples, model, x, y, &err));
    struct trainer *trainer =
        trainer_new(model, &samples, NULL, options, &rng, &err);
    OK(trainer != NULL);
    ck_assert_int_eq(trainer_run(trainer, NULL, NULL, &err), TRAIN_DONE);
    trainer_free(trainer);
    samples_done(&samples);
}

/* --------------------------------------------------------- dense, worked */

static const float worked_x[] = {1, 2, 3, 4, -1, 0.5f};
static const float worked_kernel[] = {0.1f, -0.2f, 0.3f, 0.4f, 0.5f, -0.6f};
static const float worked_bias[] = {0.01f, 0.02f, 0.03f};
static const uint8_t worked_labels[] = {0, 2, 1};

static struct model *worked_model(void)
{
    static struct rng rng;
    rng_seed(&rng, 1);
    struct model *model = model_new("worked", &rng);
    add(model, dense(2, 3, "softmax"));
    memcpy(model->layers[0]->weights[0]->tensor->data, worked_kernel,
           sizeof worked_kernel);
    memcpy(model->layers[0]->weights[1]->tensor->data, worked_bias,
           sizeof worked_bias);
    compile(model, "sgd", "sparse_categorical_crossentropy");
    return model;
}

/* p = softmax(x @ W + b) */
START_TEST(dense_softmax_forward)
{
    static const double wanted[] = {0.48017609, 0.4388479, 0.080976006,
                                    0.6072848,  0.3720387, 0.020676502,
                                    0.34014225, 0.4875359, 0.17232185};
    struct model *model = worked_model();
    struct tensor *x = matrix(3, 2, worked_x);
    struct tensor *y = model_predict(model, x, &err);
    OK(y != NULL);
    expect_close(floats(y), wanted, 9, 1e-6);
    tensor_unref(y);
    tensor_unref(x);
    model_unref(model);
}
END_TEST

/* -log(p[range(3), y]).mean(), and how many argmax(p) are right */
START_TEST(cross_entropy_value)
{
    struct model *model = worked_model();
    struct tensor *x = matrix(3, 2, worked_x);
    struct tensor *y = label_vector(3, worked_labels);
    struct samples samples;
    double values[2];
    OK(samples_init(&samples, model, x, y, &err));
    OK(model_evaluate(model, &samples, values, &err));
    ck_assert_double_eq_tol(values[0], 5.330751143902555 / 3, 1e-6);
    ck_assert_double_eq_tol(values[1], 2.0 / 3, 1e-12);
    samples_done(&samples);
    tensor_unref(x);
    tensor_unref(y);
    model_unref(model);
}
END_TEST

/* dz = (p - onehot) / 3; dW = x.T @ dz; db = dz.sum(0); dx = dz @ W.T */
START_TEST(dense_backward_worked)
{
    static const double kernel[] = {0.32062941, 0.6891427,  -1.0097721,
                                    0.51985417, 0.70320618, -1.2230604};
    static const double bias[] = {0.14253438, 0.099474167, -0.24200855};
    static const double dx[] = {-0.03848639, -0.012363739, -0.1024921,
                                0.33884246,  0.062734533,  -0.074522752};
    static const int32_t labels[] = {0, 2, 1};
    struct model *model = worked_model();
    const struct layer *layer = model->layers[0];
    float output[9], gradient[9], by_kernel[6], by_bias[3], by_input[6];
    float *weights[] = {by_kernel, by_bias};
    struct layer_batch batch = {.rows = 3, .input = worked_x, .output = output};
    layer->type->forward(layer, &batch);
    loss_gradient(&model->loss, true, 3, 3, output,
                  (struct targets){.labels = labels}, gradient);
    layer->type->backward(layer, &batch, true, gradient, weights, by_input);
    expect_close(by_kernel, kernel, 6, 1e-6);
    expect_close(by_bias, bias, 3, 1e-6);
    expect_close(by_input, dx, 6, 1e-6);
    model_unref(model);
}
END_TEST

/* ---------------------------------------------------- finite differences */

static const struct {
    const char *hidden, *last, *loss;
} differentiable[] = {
    {"relu", "softmax", "sparse_categorical_crossentropy"},
    {"tanh", "softmax", "categorical_crossentropy"},
    {"sigmoid", "sigmoid", "categorical_crossentropy"},
    {"tanh", "sigmoid", "sparse_categorical_crossentropy"},
    {"linear", "linear", "mse"},
    {"softmax", "tanh", "mse"},
    {"tanh", "softmax", "mse"},
    {"sigmoid", "linear", "mae"},
};

enum { ROWS = 6, INPUTS = 4, HIDDEN = 5, OUTPUTS = 3 };

static double loss_now(struct model *model, const struct samples *samples)
{
    double values[2];
    OK(model_evaluate(model, samples, values, &err));
    return values[0];
}

/* Around weight W: (L(w + h) - L(w - h)) / 2h */
static double difference(struct model *model, const struct samples *samples,
                         float *w)
{
    const float h = 5e-3f;
    float kept = *w;
    *w = kept + h;
    double up = loss_now(model, samples);
    *w = kept - h;
    double down = loss_now(model, samples);
    *w = kept;
    return (up - down) / (2.0 * (double)h);
}

/* One step of gradient descent with rate 1 over all samples moves a weight by
   its gradient. */
static void check_gradients(struct model *model, struct tensor *x,
                            struct tensor *y)
{
    struct model *stepped = model_clone(model, &err);
    OK(stepped != NULL);
    *optimizer_setting(stepped->optimizer, "learning_rate") = 1.0;
    train(stepped, x, y, (struct train_options){1, ROWS, false, 0, 0});
    struct samples samples;
    OK(samples_init(&samples, model, x, y, &err));
    for (size_t i = 0; i < model->layer_count; i++)
        for (int k = 0; k < model->layers[i]->weight_count; k++) {
            struct tensor *weight = model->layers[i]->weights[k]->tensor;
            const float *after = floats(stepped->layers[i]->weights[k]->tensor);
            for (int64_t n = 0; n < weight->size; n++) {
                double wanted = difference(model, &samples, floats(weight) + n);
                double got = (double)(floats(weight)[n] - after[n]);
                ck_assert_msg(fabs(got - wanted) < 1e-3,
                              "%s weight %d[%d]: %g, wanted %g",
                              model->layers[i]->name, k, (int)n, got, wanted);
            }
        }
    samples_done(&samples);
    model_unref(stepped);
}

START_TEST(gradients)
{
    struct rng rng;
    rng_seed(&rng, 11);
    float inputs[ROWS * INPUTS], values[ROWS * OUTPUTS];
    uint8_t labels[ROWS];
    for (int i = 0; i < ROWS * INPUTS; i++)
        inputs[i] = (float)(rng_double(&rng) * 2.0 - 1.0);
    for (int i = 0; i < ROWS * OUTPUTS; i++)
        values[i] = (float)rng_double(&rng);
    for (int i = 0; i < ROWS; i++)
        labels[i] = (uint8_t)(i % OUTPUTS);
    struct model *model = model_new("gradients", &rng);
    add(model, dense(INPUTS, HIDDEN, differentiable[_i].hidden));
    add(model, dense(0, OUTPUTS, differentiable[_i].last));
    compile(model, "sgd", differentiable[_i].loss);
    struct tensor *x = matrix(ROWS, INPUTS, inputs);
    struct tensor *y = model->loss.type->kind == TARGET_LABELS
                           ? label_vector(ROWS, labels)
                           : matrix(ROWS, OUTPUTS, values);
    check_gradients(model, x, y);
    tensor_unref(x);
    tensor_unref(y);
    model_unref(model);
}
END_TEST

/* ------------------------------------------------------------ optimizers */

/* Two steps from w = [1, -2, 0.5] with the gradients [0.1, -0.3, 0] and
   [0.2, 0.1, -0.4]. */
static const struct {
    const char *name, *setting;
    double value;
    double wanted[3];
} steps[] = {
    {"rmsprop", "momentum", 0.9, {0.991134859, -1.99503998, 0.503162268}},
    {"rmsprop", "centered", 1.0, {0.993527472, -1.99773201, 0.503333331}},
    {"adagrad", "lr", 0.001, {0.999182091, -1.99953536, 0.500784464}},
    {"adadelta", "lr", 1.0, {0.996788188, -1.99923298, 0.501414205}},
    {"adamw", "weight_decay", 0.004, {0.998026867, -1.9985838, 0.500740131}},
    {"nadam", "lr", 0.001, {0.99799107, -1.99919203, 0.50102167}},
    {"adamax", "lr", 0.001, {0.998236843, -1.99870146, 0.500526316}},
    {"sgd", "clipnorm", 0.2, {0.998494673, -1.99853907, 0.501745743}},
    {"sgd", "clipvalue", 0.15, {0.9975, -1.9995, 0.5015}},
    {"rmsprop", "rho", 0.9, {0.993980594, -1.99788601, 0.503162275}},
    {"sgd", "momentum", 0.0, {0.997, -1.998, 0.504}},
    {"sgd", "momentum", 0.9, {0.9961, -1.9953, 0.504}},
    {"adam", "beta_1", 0.9, {0.998034863, -1.9985998, 0.500744131}},
    {"adagrad",
     "initial_accumulator_value",
     0.0,
     {0.9981055742, -1.999316228, 0.5009999998}},
};

static void two_steps(struct optimizer *optimizer, const double *wanted)
{
    static const float start[] = {1.0f, -2.0f, 0.5f};
    float given[2][3] = {{0.1f, -0.3f, 0.0f}, {0.2f, 0.1f, -0.4f}};
    struct tensor *w = matrix(1, 3, start);
    struct variable *variable = variable_new_take(w, "w", true);
    OK(optimizer_prepare(optimizer, 1, &variable, &err));
    for (int i = 0; i < 2; i++) {
        optimizer_begin(optimizer);
        optimizer_step(optimizer, 0, w, given[i]);
    }
    expect_close(floats(w), wanted, 3, 1e-6);
    variable_unref(variable);
    optimizer_unref(optimizer);
}

START_TEST(optimizer_steps)
{
    struct optimizer *optimizer =
        optimizer_new(optimizer_type_find(steps[_i].name, &err));
    *optimizer_setting(optimizer, steps[_i].setting) = steps[_i].value;
    two_steps(optimizer, steps[_i].wanted);
}
END_TEST

START_TEST(nesterov_steps)
{
    static const double wanted[] = {0.99349, -1.99377, 0.5076};
    struct optimizer *optimizer =
        optimizer_new(optimizer_type_find("SGD", &err));
    *optimizer_setting(optimizer, "momentum") = 0.9;
    *optimizer_setting(optimizer, "nesterov") = 1.0;
    two_steps(optimizer, wanted);
}
END_TEST

START_TEST(names)
{
    struct loss loss;
    ck_assert(!loss_find("categorical_crossentropi", &loss, &err));
    ck_assert_str_eq(err.message,
                     "Unknown loss function: 'categorical_crossentropi'");
    ck_assert_str_eq(err.hint, "did you mean 'categorical_crossentropy'?");
    ck_assert_ptr_null(optimizer_type_find("rmsporp", &err));
    ck_assert_str_eq(err.hint, "did you mean 'rmsprop'?");
    ck_assert_ptr_null(activation_find("rellu", &err));
    ck_assert_str_eq(err.hint, "did you mean 'relu'?");
    error_clear(&err);
    OK(loss_find("mean_squared_error", &loss, &err));
    ck_assert_str_eq(loss.type->named.name, "mse");
}
END_TEST

/* sqrt(6 / (100 + 200)) is the bound, and 2 / (100 + 200) the variance. */
START_TEST(glorot)
{
    enum { COUNT = 20000 };
    struct rng rng;
    rng_seed(&rng, 3);
    float *w = xcalloc(COUNT, sizeof *w);
    const char *both[] = {"glorot_uniform", "glorot_normal"};
    for (int k = 0; k < 2; k++) {
        double sum = 0.0, squares = 0.0, largest = 0.0;
        struct initializer initializer;
        OK(initializer_find(both[k], &initializer, &err));
        initializer_fill(&initializer, &rng, 100, 200, COUNT, w);
        for (int i = 0; i < COUNT; i++) {
            sum += (double)w[i];
            squares += (double)w[i] * (double)w[i];
            largest = fmax(largest, fabs((double)w[i]));
        }
        ck_assert_double_lt(fabs(sum / COUNT), 2e-3);
        ck_assert_double_eq_tol(squares / COUNT, 2.0 / 300.0, 2e-4);
        if (k == 0)
            ck_assert_double_le(largest, sqrt(6.0 / 300.0) + 1e-7);
    }
    free(w);
}
END_TEST

/* -------------------------------------------------------------- products */

static const struct {
    int64_t m, n, k;
    double left, right; /* shares of nonzeros */
} products[] = {
    {1, 1, 1, 1.0, 1.0},       {128, 10, 512, 0.5, 1.0},
    {128, 512, 784, 0.2, 1.0}, {97, 100, 300, 0.2, 0.1},
    {65, 130, 200, 0.1, 1.0},  {200, 64, 33, 0.0, 1.0},
    {40, 70, 90, 0.59, 1.0},   {784, 129, 96, 0.2, 0.0},
    {64, 96, 700, 1.0, 1.0},   {0, 64, 64, 0.2, 1.0},
    {784, 512, 128, 1.0, 0.5}, {97, 71, 40, 1.0, 0.3},
    {130, 3, 33, 1.0, 0.2},    {66, 129, 500, 1.0, 0.0},
    {64, 64, 64, 0.9, 0.55},
};

static float *random_floats(struct rng *rng, int64_t count, double density)
{
    float *values = xcalloc((size_t)count + 1, sizeof *values);
    for (int64_t i = 0; i < count; i++)
        if (rng_double(rng) < density)
            values[i] = (float)(rng_double(rng) * 2.0 - 1.0);
    return values;
}

struct pieces {
    float *whole; /* what they make together */
    int64_t columns;
};

static void add_piece(void *context, const struct product_piece *piece)
{
    const struct pieces *pieces = context;
    for (int64_t i = piece->rows.first; i < piece->rows.end; i++)
        for (int64_t j = piece->columns.first; j < piece->columns.end; j++)
            pieces->whole[i * pieces->columns + j] +=
                piece->data[(i - piece->rows.first) * piece->stride + j -
                            piece->columns.first];
}

/* The pieces that a watch is told of make up the product C, each once, whether
   the product stays or is made in passing. */
static void check_pieces(int which, bool a_transposed, bool b_transposed,
                         const float *a, const float *b, const float *c)
{
    int64_t m = products[which].m, n = products[which].n;
    int64_t k = products[which].k;
    size_t size = (size_t)(m * n) * sizeof(float);
    float *memory = xcalloc((size_t)(m * n) + 1, sizeof *memory);
    for (int in_passing = 0; in_passing < 2; in_passing++) {
        struct pieces pieces = {xcalloc((size_t)(m * n) + 1, sizeof(float)), n};
        struct product_watch watch = {add_piece, &pieces, in_passing};
        product_float32_watched(a_transposed, b_transposed, m, n, k, a, b,
                                memory, &watch);
        ck_assert(in_passing || !memcmp(memory, c, size));
        ck_assert_int_eq(memcmp(pieces.whole, c, size), 0);
        free(pieces.whole);
    }
    free(memory);
}

/* sum over k of A[i, k] B[k, j] */
static void check_product(int which, bool a_transposed, bool b_transposed)
{
    int64_t m = products[which].m, n = products[which].n;
    int64_t k = products[which].k;
    struct rng rng;
    rng_seed(&rng, (uint32_t)which);
    float *a = random_floats(&rng, m * k, products[which].left);
    float *b = random_floats(&rng, k * n, products[which].right);
    float *c = random_floats(&rng, m * n, 1.0);
    product_float32(a_transposed, b_transposed, m, n, k, a, b, c);
    check_pieces(which, a_transposed, b_transposed, a, b, c);
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++) {
            double sum = 0.0;
            for (int64_t l = 0; l < k; l++)
                sum += (double)a[a_transposed ? l * m + i : i * k + l] *
                       (double)b[b_transposed ? j * k + l : l * n + j];
            ck_assert_double_eq_tol((double)c[i * n + j], sum, 1e-4);
        }
    free(a);
    free(b);
    free(c);
}

START_TEST(product_is_the_sum)
{
    for (int form = 0; form < 4; form++)
        check_product(_i, form & 1, form & 2);
}
END_TEST

#ifdef _OPENMP
/* Who computes a sum does not change it. */
START_TEST(product_with_any_number_of_threads)
{
    enum { M = 128, N = 200, K = 300 };
    static float one[M * N], two[M * N];
    struct rng rng;
    rng_seed(&rng, 4);
    float *a = random_floats(&rng, M * K, 0.2);
    float *b = random_floats(&rng, K * N, 1.0);
    int threads = omp_get_max_threads();
    for (int transposed = 0; transposed < 2; transposed++) {
        omp_set_num_threads(1);
        product_float32(transposed, false, M, N, K, a, b, one);
        omp_set_num_threads(threads);
        product_float32(transposed, false, M, N, K, a, b, two);
        ck_assert_int_eq(memcmp(one, two, sizeof one), 0);
    }
    free(a);
    free(b);
}
END_TEST
#endif

/* -------------------------------------------------------------- training */

enum { COUNT = 300, WIDTH = 120, CLASSES = 4 };

struct task {
    struct tensor *images, *labels;
    struct model *model;
    struct rng rng;
};

/* Bytes, four fifths of them 0; the class is where the brightest corner is. */
static void task_init(struct task *task, const char *optimizer)
{
    int64_t shape[3] = {COUNT, 10, WIDTH / 10};
    uint8_t labels[COUNT];
    rng_seed(&task->rng, 21);
    task->images = tensor_zeros(DTYPE_UINT8, 3, shape, &err);
    for (int i = 0; i < COUNT; i++) {
        uint8_t *row = (uint8_t *)task->images->data + i * WIDTH;
        labels[i] = (uint8_t)(i % CLASSES);
        for (int k = 0; k < WIDTH / 5; k++)
            row[rng_interval(&task->rng, WIDTH - 1)] = 100;
        row[labels[i] * 30] = 255;
    }
    task->labels = label_vector(COUNT, labels);
    task->model = model_new("task", &task->rng);
    task->model->byte_divisor = 255.0f;
    add(task->model, dense(WIDTH, 70, "relu"));
    add(task->model, dense(0, CLASSES, "softmax"));
    compile(task->model, optimizer, "sparse_categorical_crossentropy");
}

static void task_done(struct task *task)
{
    tensor_unref(task->images);
    tensor_unref(task->labels);
    model_unref(task->model);
}

static struct trainer *task_trainer(struct task *task)
{
    struct samples samples;
    OK(samples_init(&samples, task->model, task->images, task->labels, &err));
    struct samples last = samples_slice(&samples, 200, 100);
    struct trainer *trainer = trainer_new(
        task->model, &samples, &last, (struct train_options){4, 64, true, 0, 0},
        &task->rng, &err);
    OK(trainer != NULL);
    samples_done(&samples);
    samples_done(&last);
    return trainer;
}

struct watch {
    int batches, stop_at; /* 0: never */
    bool interrupt;
    int64_t last_sample;
    int epochs;
    double loss;
};

static bool look(void *context, const struct train_event *event)
{
    struct watch *watch = context;
    if (event->kind == TRAIN_EPOCH_END) {
        watch->epochs++;
        watch->loss = event->values[0];
        ck_assert_int_eq(event->value_count, 4);
        ck_assert_str_eq(event->names[3], "val_acc");
    }
    if (event->kind != TRAIN_BATCH)
        return true;
    watch->last_sample = event->sample;
    ck_assert_int_eq(event->batches, 5); /* 64 64 64 64 44 */
    if (++watch->batches != watch->stop_at)
        return true;
    if (watch->interrupt)
        interrupt_request();
    return watch->interrupt;
}

static void expect_same_weights(const struct model *a, const struct model *b)
{
    for (size_t i = 0; i < a->layer_count; i++)
        for (int k = 0; k < a->layers[i]->weight_count; k++) {
            const struct tensor *x = a->layers[i]->weights[k]->tensor;
            const struct tensor *y = b->layers[i]->weights[k]->tensor;
            ck_assert_int_eq(
                memcmp(x->data, y->data, (size_t)x->size * sizeof(float)), 0);
        }
}

/* Stopped in the middle, at the end of an epoch, after the first batch; by
   the observer and by Ctrl-C. */
static const int stops[] = {1, 7, 5, 12, 20};

START_TEST(resumed_run_is_the_same)
{
    struct task whole, parted;
    task_init(&whole, "rmsprop");
    task_init(&parted, "rmsprop");
    struct trainer *trainer = task_trainer(&whole);
    struct watch watch = {0};
    ck_assert_int_eq(trainer_run(trainer, look, &watch, &err), TRAIN_DONE);
    ck_assert_int_eq(watch.epochs, 4);
    ck_assert_int_eq(watch.last_sample, COUNT);

    struct trainer *other = task_trainer(&parted);
    struct watch stop = {.stop_at = stops[_i % 5], .interrupt = _i >= 5};
    enum train_status status = trainer_run(other, look, &stop, &err);
    bool at_end = stops[_i % 5] == 20;
    ck_assert_int_eq(status, at_end ? TRAIN_DONE : TRAIN_STOPPED);
    ck_assert(!interrupt_pending());
    ck_assert_int_eq(stop.batches, stops[_i % 5]);
    ck_assert_int_eq(other->interrupted, _i >= 5);
    ck_assert_int_eq(trainer_run(other, look, &stop, &err), TRAIN_DONE);
    expect_same_weights(whole.model, parted.model);
    ck_assert_int_eq(other->history->epochs, 4);
    for (int i = 0; i < 4; i++)
        ck_assert(history_value(trainer->history, 3, i) ==
                  history_value(other->history, 3, i));
    trainer_free(trainer);
    trainer_free(other);
    task_done(&whole);
    task_done(&parted);
}
END_TEST

START_TEST(learns)
{
    static const char *const optimizers[] = {"rmsprop", "adam"};
    struct task task;
    task_init(&task, optimizers[_i]);
    *optimizer_setting(task.model->optimizer, "lr") = 0.01;
    struct trainer *trainer = task_trainer(&task);
    ck_assert_int_eq(trainer_run(trainer, NULL, NULL, &err), TRAIN_DONE);
    ck_assert_double_gt(history_value(trainer->history, 3, 1), 0.95);
    trainer_free(trainer);
    task_done(&task);
}
END_TEST

/* Images as they are give what the same numbers / 255 in rows give. */
START_TEST(bytes_are_rescaled)
{
    struct task task;
    task_init(&task, "sgd");
    int64_t shape[2] = {COUNT, WIDTH};
    struct tensor *scaled = tensor_new(DTYPE_FLOAT32, 2, shape, &err);
    for (int64_t i = 0; i < scaled->size; i++)
        floats(scaled)[i] = (float)((uint8_t *)task.images->data)[i] / 255.0f;
    struct tensor *a = model_predict(task.model, task.images, &err);
    OK(a != NULL);
    struct tensor *b = model_predict(task.model, scaled, &err);
    OK(b != NULL);
    ck_assert_int_eq(memcmp(a->data, b->data, (size_t)a->size * 4), 0);
    tensor_unref(a);
    tensor_unref(b);
    tensor_unref(scaled);
    task_done(&task);
}
END_TEST

/* --------------------------------------------------------------- errors */

static void expect_misfit(struct model *model, struct tensor *x,
                          struct tensor *y, const char *message,
                          const char *hint)
{
    struct samples samples;
    ck_assert(!samples_init(&samples, model, x, y, &err));
    ck_assert_msg(strstr(err.message, message) != NULL, "%s", err.message);
    if (hint)
        ck_assert_msg(err.hint && strstr(err.hint, hint), "%s", err.message);
    error_clear(&err);
}

START_TEST(samples_that_do_not_fit)
{
    static const float ones[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    static const uint8_t too_large[] = {0, 3, 1};
    struct model *model = worked_model();
    struct tensor *x = matrix(3, 2, worked_x), *wide = matrix(3, 3, ones);
    struct tensor *labels = label_vector(3, worked_labels);
    struct tensor *bad = label_vector(3, too_large);
    expect_misfit(model, wide, labels,
                  "Input 0 of layer \"dense\" is incompatible with the layer: "
                  "expected shape=(None, 2), "
                  "found shape=(None, 3)",
                  NULL);
    expect_misfit(model, x, bad, "label value of 3", "Dense(4)");
    expect_misfit(model, x, wide, "expected dense to have shape (1,)",
                  "categorical_crossentropy");
    OK(loss_find("categorical_crossentropy", &model->loss, &err));
    expect_misfit(model, x, labels, "You are passing a target array",
                  "sparse_categorical_crossentropy");
    tensor_unref(x);
    tensor_unref(wide);
    tensor_unref(labels);
    tensor_unref(bad);
    model_unref(model);
}
END_TEST

START_TEST(summary)
{
    struct rng rng;
    rng_seed(&rng, 1);
    struct model *model = model_new("sequential_1", &rng);
    add(model, dense(784, 512, "relu"));
    add(model, dense(0, 10, "softmax"));
    struct strbuf text = STRBUF_INIT;
    model_summary(model, &text);
    const char *rule = "____________________________________________________"
                       "_____________\n";
    const char *rest =
        "Layer (type)                 Output Shape              Param #   \n"
        "================================================================="
        "\n"
        "dense (Dense)                (None, 512)               401920    \n";
    ck_assert_ptr_nonnull(strstr(text.text, rule));
    ck_assert_ptr_nonnull(strstr(text.text, rest));
    ck_assert_ptr_nonnull(strstr(text.text, "\nTotal params: 407,050\n"));
    strbuf_done(&text);
    model_unref(model);
}
END_TEST

#define ROWS_OF(table) ((int)(sizeof(table) / sizeof *(table)))

int main(void)
{
    Suite *suite = suite_create("nn");
    TCase *parts = tcase_create("parts");
    tcase_set_timeout(parts, 60);
    tcase_add_test(parts, dense_softmax_forward);
    tcase_add_test(parts, cross_entropy_value);
    tcase_add_test(parts, dense_backward_worked);
    tcase_add_loop_test(parts, gradients, 0, ROWS_OF(differentiable));
    tcase_add_loop_test(parts, optimizer_steps, 0, ROWS_OF(steps));
    tcase_add_test(parts, nesterov_steps);
    tcase_add_test(parts, names);
    tcase_add_test(parts, glorot);
    tcase_add_test(parts, summary);
    suite_add_tcase(suite, parts);
    TCase *product = tcase_create("product");
    tcase_set_timeout(product, 60);
    tcase_add_loop_test(product, product_is_the_sum, 0, ROWS_OF(products));
#ifdef _OPENMP
    tcase_add_test(product, product_with_any_number_of_threads);
#endif
    suite_add_tcase(suite, product);
    TCase *training = tcase_create("training");
    tcase_set_timeout(training, 60);
    tcase_add_loop_test(training, resumed_run_is_the_same, 0,
                        2 * ROWS_OF(stops));
    tcase_add_loop_test(training, learns, 0, 2);
    tcase_add_test(training, bytes_are_rescaled);
    tcase_add_test(training, samples_that_do_not_fit);
    suite_add_tcase(suite, training);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK); /* OpenMP does not fork */
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
