/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/training.h"

#include "nn/classifier.h"
#include "tests/bench/bench.h"

static struct model *new_model(struct rng *rng, const struct tensor *images)
{
    struct error err = ERROR_INIT;
    struct classifier_options options = {
        .inputs = images->shape[1] * images->shape[2],
        .classes = 10,
        .layer_count = 1,
        .layers = {512},
        .activation = activation_find("relu", &err),
        .optimizer = optimizer_type_find("rmsprop", &err),
        .rate = 0.001};
    struct model *model = classifier_new(&options, rng, &err);
    if (!model)
        bench_give_up("the network", &err);
    return model;
}

void training_begin(struct training *training, struct tensor *const *digits,
                    uint64_t seed)
{
    struct error err = ERROR_INIT;
    struct train_options options = {
        .epochs = EPOCHS, .batch_size = BATCH, .shuffle = true};

    *training = (struct training){0};
    rng_seed(&training->rng, seed);
    training->model = new_model(&training->rng, digits[DATASET_TRAIN_IMAGES]);
    if (!samples_init(&training->samples, training->model,
                      digits[DATASET_TRAIN_IMAGES],
                      digits[DATASET_TRAIN_LABELS], &err) ||
        !samples_init(&training->test, training->model,
                      digits[DATASET_TEST_IMAGES], digits[DATASET_TEST_LABELS],
                      &err))
        bench_give_up("the images", &err);
    training->trainer = trainer_new(training->model, &training->samples, NULL,
                                    options, &training->rng, &err);
    if (!training->trainer)
        bench_give_up("the trainer", &err);
}

void training_run(struct training *training, train_observer *observer,
                  void *context)
{
    struct error err = ERROR_INIT;
    if (trainer_run(training->trainer, observer, context, &err) != TRAIN_DONE)
        bench_give_up("training", &err);
}

double training_accuracy(const struct training *training)
{
    struct error err = ERROR_INIT;
    double values[1 + MODEL_MAX_METRICS];
    if (!model_evaluate(training->model, &training->test, values, &err))
        bench_give_up("the test images", &err);
    return values[1];
}

void training_end(struct training *training)
{
    trainer_free(training->trainer);
    samples_done(&training->samples);
    samples_done(&training->test);
    model_unref(training->model);
}

void bench_training(const char *program, const char *folder, const char *peers)
{
    struct error err = ERROR_INIT;
    struct tensor *digits[DATASET_PARTS];

    bench_command(program); /* while this process is small */
    dataset_set_directory(folder);
    if (!dataset_load(&datasets[0], digits, &err))
        bench_give_up("mnist", &err);
    bench_epochs(digits, peers, folder);
    bench_tape();
    bench_parts(digits);
    for (int i = 0; i < DATASET_PARTS; i++)
        tensor_unref(digits[i]);
}
