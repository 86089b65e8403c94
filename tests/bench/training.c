/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Epochs of `train mnist`, and of the same network in PyTorch, in turn; then
 * the same with noise on the images, so that there are no zeros to skip.
 */
#include <stdio.h>
#include <stdlib.h>

#include "data/dataset.h"
#include "nn/classifier.h"
#include "nn/train.h"
#include "tensor/product.h"
#include "tests/bench/bench.h"

enum { ROUNDS = 5 };

struct epoch_times {
    double seconds[ROUNDS];
    double products[ROUNDS]; /* seconds in matrix products */
    double torch[ROUNDS], ratios[ROUNDS];
    struct peer *peer; /* or NULL */
    int count;
};

static void ask_torch(struct epoch_times *times)
{
    peer_write(times->peer, "epoch\n");
    const char *answer = peer_read(times->peer);
    if (!answer)
        bench_give_up("the PyTorch peer ended", NULL);
    times->torch[times->count] = atof(answer);
    times->ratios[times->count] =
        times->torch[times->count] / times->seconds[times->count];
}

static bool note_epoch(void *context, const struct train_event *event)
{
    struct epoch_times *times = context;

    if (event->kind == TRAIN_EPOCH_BEGIN)
        product_seconds_reset();
    if (event->kind == TRAIN_EPOCH_END) {
        times->products[times->count] = product_seconds();
        times->seconds[times->count] = event->seconds;
        if (times->peer)
            ask_torch(times);
        times->count++;
    }
    return true;
}

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

static void train(struct tensor *const *parts, struct epoch_times *times)
{
    struct error err = ERROR_INIT;
    struct rng rng;
    struct samples samples;

    rng_seed(&rng, 1);
    struct model *model = new_model(&rng, parts[DATASET_TRAIN_IMAGES]);
    if (!samples_init(&samples, model, parts[DATASET_TRAIN_IMAGES],
                      parts[DATASET_TRAIN_LABELS], &err))
        bench_give_up("the images", &err);
    struct trainer *trainer = trainer_new(
        model, &samples, NULL, (struct train_options){ROUNDS, 128, true, 0, 0},
        &rng, &err);
    if (!trainer || trainer_run(trainer, note_epoch, times, &err) != TRAIN_DONE)
        bench_give_up("training", &err);
    trainer_free(trainer);
    samples_done(&samples);
    model_unref(model);
}

/* No pixel stays zero. */
static void add_noise(struct tensor *images)
{
    struct rng rng;
    rng_seed(&rng, 2);
    uint8_t *pixel = (uint8_t *)images->data;
    for (int64_t i = 0; i < images->size; i++)
        pixel[i] = (uint8_t)(pixel[i] - pixel[i] / 8 + 1 +
                             (int)rng_interval(&rng, 30));
}

static void print_times(struct epoch_times *times, const char *what)
{
    double seconds = bench_median(times->seconds, times->count);
    double products = bench_median(times->products, times->count);

    printf("%-32s %8.3f s, %.0f %% of it in matrix products\n", what, seconds,
           100 * products / seconds);
    if (times->peer)
        printf("the same network in PyTorch      %8.3f s, %.2f times ours\n",
               bench_median(times->torch, times->count),
               bench_median(times->ratios, times->count));
}

void bench_training(const char *folder, const char *peers)
{
    struct error err = ERROR_INIT;
    struct tensor *parts[DATASET_PARTS];
    struct epoch_times times = {.count = 0};

    dataset_set_directory(folder);
    if (!dataset_load(&datasets[0], parts, &err))
        bench_give_up("mnist", &err);
    if (folder)
        times.peer = peer_start(peers, "torch_epochs.py", folder);
    train(parts, &times);
    print_times(&times, "an epoch of `train mnist`");
    add_noise(parts[DATASET_TRAIN_IMAGES]);
    times.count = 0;
    train(parts, &times);
    print_times(&times, "the same with noise");
    peer_end(times.peer);
    for (int i = 0; i < DATASET_PARTS; i++)
        tensor_unref(parts[i]);
}
