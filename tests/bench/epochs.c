/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Epochs of `train mnist` and of the same network elsewhere, in turn, each
 * once the threads of the one before sleep; then the same with noise on the
 * images, so that there are no zeros to skip.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/bench.h"
#include "tests/bench/training.h"

enum {
    TRAININGS = 3,
    MAX_ROUNDS = TRAININGS * EPOCHS,
    TOOLS = 4,
};

/* Who takes several seconds an epoch comes with the first training only. */
static const struct tool {
    const char *name, *script;
    int trainings, noisy_trainings;
} tools[TOOLS] = {
    {"PyTorch", "torch_epochs.py", TRAININGS, 2},
    {"NumPy", "numpy_epochs.py", 1, 0},
    {"scikit-learn", "sklearn_epochs.py", 1, 0},
    {"Octave", "octave_epochs.m", 1, 0},
};

/* What one side did. */
struct record {
    int rounds, trainings;
    double seconds[MAX_ROUNDS], ratios[MAX_ROUNDS];
    double accuracies; /* sum of those after the last epochs */
};

struct contest {
    struct training training; /* ours, the one that runs */
    int number;               /* of it, from 0 */
    struct peer *peers[TOOLS];
    bool noise;
    struct record ours, theirs[TOOLS];
    int waits;
    double waited, longest_wait;
};

static int trainings(const struct contest *contest, int tool)
{
    if (!contest->peers[tool])
        return 0;
    return contest->noise ? tools[tool].noisy_trainings : tools[tool].trainings;
}

static bool takes_part(const struct contest *contest, int tool)
{
    return contest->number < trainings(contest, tool);
}

static void wait_quiet(struct contest *contest, int process)
{
    double seconds = bench_wait_quiet(process);
    contest->waits++;
    contest->waited += seconds;
    contest->longest_wait = fmax(contest->longest_wait, seconds);
}

static void note(struct record *record, double seconds, double ours,
                 double accuracy, bool last)
{
    record->seconds[record->rounds] = seconds;
    record->ratios[record->rounds++] = seconds / ours;
    if (last) {
        record->accuracies += accuracy;
        record->trainings++;
    }
}

static const char *ask(const struct contest *contest, int tool,
                       const char *question)
{
    peer_write(contest->peers[tool], question);
    const char *answer = peer_read(contest->peers[tool]);
    if (!answer)
        bench_give_up(tools[tool].name, NULL);
    return answer;
}

static void ask_epoch(struct contest *contest, int tool, double ours, bool last)
{
    double seconds = 0, accuracy = 0;
    const char *answer = ask(contest, tool, "epoch\n");
    if (sscanf(answer, "%lf %lf", &seconds, &accuracy) != 2)
        bench_give_up(answer, NULL);
    note(&contest->theirs[tool], seconds, ours, accuracy, last);
    wait_quiet(contest, peer_process(contest->peers[tool]));
}

/* After an epoch of ours comes one of each of the others. */
static bool note_epoch(void *context, const struct train_event *event)
{
    struct contest *contest = context;
    bool last = event->epoch == event->epochs;

    if (event->kind != TRAIN_EPOCH_END)
        return true;
    note(&contest->ours, event->seconds, event->seconds,
         last ? training_accuracy(&contest->training) : 0, last);
    wait_quiet(contest, getpid());
    for (int i = 0; i < TOOLS; i++)
        if (takes_part(contest, i))
            ask_epoch(contest, i, event->seconds, last);
    return true;
}

static void run(struct contest *contest, struct tensor *const *digits)
{
    int count = 1;
    for (int i = 0; i < TOOLS; i++)
        if (trainings(contest, i) > count)
            count = trainings(contest, i);
    for (contest->number = 0; contest->number < count; contest->number++) {
        for (int i = 0; i < TOOLS; i++)
            if (takes_part(contest, i))
                ask(contest, i,
                    contest->noise && contest->number == 0 ? "noise\n"
                                                           : "new\n");
        training_begin(&contest->training, digits,
                       (uint64_t)contest->number + 1);
        training_run(&contest->training, note_epoch, contest);
        training_end(&contest->training);
    }
}

/* ------------------------------------------------------------ the report */

static void print_record(struct record *record, const char *title)
{
    printf("    %-36.36s %8.3f %7d %9.4f %10.2f\n", title,
           bench_median(record->seconds, record->rounds), record->rounds,
           record->accuracies / record->trainings,
           bench_median(record->ratios, record->rounds));
}

static void print_contest(struct contest *contest, const char *title)
{
    printf("%-40s %8s %7s %9s %10s\n", title, "s/epoch", "epochs", "accuracy",
           "times ours");
    print_record(&contest->ours, "tensor");
    for (int i = 0; i < TOOLS; i++)
        if (contest->theirs[i].rounds)
            print_record(&contest->theirs[i], peer_title(contest->peers[i]));
    printf(
        "    in turn, each %.0f ms (%.0f at most) after the one before: when "
        "its threads slept\n",
        1e3 * contest->waited / contest->waits, 1e3 * contest->longest_wait);
}

static void start_peers(struct contest *contest, const char *peers,
                        const char *folder)
{
    for (int i = 0; i < TOOLS; i++) {
        contest->peers[i] = peer_start(peers, tools[i].script, folder);
        if (!contest->peers[i])
            printf("left out: %s, which is not installed\n", tools[i].name);
    }
}

/* No pixel stays zero. */
static void add_noise(struct tensor *images, struct rng *rng)
{
    uint8_t *pixel = (uint8_t *)images->data;
    for (int64_t i = 0; i < images->size; i++)
        pixel[i] =
            (uint8_t)(pixel[i] - pixel[i] / 8 + 1 + (int)rng_interval(rng, 30));
}

static void copy_with_noise(struct tensor *const *digits, struct tensor **ret)
{
    struct error err = ERROR_INIT;
    struct rng rng;
    rng_seed(&rng, 2);
    for (int i = 0; i < DATASET_PARTS; i++) {
        ret[i] = tensor_copy(digits[i], &err);
        if (!ret[i])
            bench_give_up("noise", &err);
    }
    add_noise(ret[DATASET_TRAIN_IMAGES], &rng);
    add_noise(ret[DATASET_TEST_IMAGES], &rng);
}

void bench_epochs(struct tensor *const *digits, const char *peers,
                  const char *folder)
{
    struct contest plain = {0}, noisy = {.noise = true};
    struct tensor *noisy_digits[DATASET_PARTS];

    start_peers(&plain, peers, folder);
    run(&plain, digits);
    print_contest(&plain, "784-512-10 on MNIST, batches of 128");

    memcpy(noisy.peers, plain.peers, sizeof plain.peers);
    copy_with_noise(digits, noisy_digits);
    run(&noisy, noisy_digits);
    print_contest(&noisy, "with noise: no zeros to skip");
    for (int i = 0; i < DATASET_PARTS; i++)
        tensor_unref(noisy_digits[i]);
    for (int i = 0; i < TOOLS; i++)
        peer_end(plain.peers[i]);
}
