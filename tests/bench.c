/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `make bench`: what the program costs, in figures, without pass or fail.
 *
 *   bench PROGRAM [DATA-FOLDER]
 *
 * Machines are noisy: compare figures of one run only.
 */
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "data/dataset.h"
#include "nn/classifier.h"
#include "nn/train.h"
#include "ops/registry.h"
#include "tensor/product.h"
#include "tensor/random.h"

enum { STARTS = 15, REPEATS = 5 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare_doubles);
    return values[count / 2];
}

static _Noreturn void give_up(const char *what, struct error *err)
{
    fprintf(stderr, "bench: %s: %s\n", what,
            err && err->message ? err->message : "failed");
    exit(1);
}

/* ------------------------------------------------------------ start-up */

/* Seconds from fork to the first prompt on a terminal. */
static double time_to_prompt(const char *program)
{
    char screen[4096];
    size_t length = 0;
    int terminal;
    double start = seconds(), found = 0;
    pid_t pid = forkpty(&terminal, NULL, NULL, NULL);

    if (pid < 0)
        give_up("forkpty", NULL);
    if (pid == 0) {
        execl(program, program, (char *)NULL);
        _exit(127);
    }
    while (length < sizeof screen - 1) {
        ssize_t got = read(terminal, screen + length,
                           sizeof screen - 1 - length);
        if (got <= 0)
            break;
        length += (size_t)got;
        screen[length] = '\0';
        if (strstr(screen, "tensor>")) {
            found = seconds() - start;
            break;
        }
    }
    close(terminal); /* hangs up */
    waitpid(pid, NULL, 0);
    return found;
}

static void bench_startup(const char *program)
{
    double times[STARTS];
    for (int i = 0; i < STARTS; i++)
        times[i] = time_to_prompt(program);
    printf("start-up to the first prompt     %8.1f ms\n",
           1e3 * median(times, STARTS));
}

/* -------------------------------------------------------------- memory */

static void bench_memory(const char *program)
{
    struct rusage usage;
    double start = seconds();
    pid_t pid = fork();

    if (pid < 0)
        give_up("fork", NULL);
    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execl(program, program, "-e", "train mnist seed=1", (char *)NULL);
        _exit(127);
    }
    wait4(pid, NULL, 0, &usage);
    printf("`train mnist`, the whole command %8.2f s\n", seconds() - start);
    printf("its peak memory                  %8.1f MB\n",
           (double)usage.ru_maxrss / 1024);
}

/* ------------------------------------------------------------ elements */

static struct tensor *random_vector(int64_t length)
{
    struct error err = ERROR_INIT;
    struct rng rng;

    rng_seed(&rng, 1);
    struct tensor *wide = rng_uniform(&rng, 0.1, 1.0, 1, &length, &err);
    if (!wide)
        give_up("random numbers", &err);
    struct tensor *vector = tensor_astype(wide, DTYPE_FLOAT32, &err);
    if (!vector)
        give_up("random numbers", &err);
    tensor_unref(wide);
    return vector;
}

/* Calls OP once on X (and X again, when it takes two tensors). */
static void call_op(const struct op *op, struct tensor *x)
{
    struct arg args[16];
    struct op_result result = {0};
    struct error err = ERROR_INIT;
    int count = op_param_count(op);

    for (int i = 0; i < count; i++) {
        if (!param_default(&op->params[i], &args[i]))
            args[i] = (struct arg){.given = true, .tensor = x};
    }
    if (!op->forward(op, args, &result, &err))
        give_up(op->name, &err);
    op_result_done(&result);
}

/* Nanoseconds for one element, median over REPEATS rounds. */
static double time_op(const struct op *op, struct tensor *x)
{
    double times[REPEATS];
    int64_t calls = 2000000 / (x->size + 200) + 1;

    call_op(op, x);
    for (int i = 0; i < REPEATS; i++) {
        double start = seconds();
        for (int64_t k = 0; k < calls; k++)
            call_op(op, x);
        times[i] = (seconds() - start) / (double)calls;
    }
    return 1e9 * median(times, REPEATS) / (double)x->size;
}

static void bench_ops(void)
{
    static const char *const names[] = {"add", "multiply", "maximum", "sqrt",
                                        "exp", "log",      "tanh",    "sum",
                                        "argmax", "cumsum"};
    struct tensor *small = random_vector(10);
    struct tensor *large = random_vector(10000000);

    printf("ns an element, float32            at 10   at 10^7\n");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct op *op = op_find("np", names[i], OP_FUNCTION);
        printf("    %-26s %10.2f %9.3f\n", names[i], time_op(op, small),
               time_op(op, large));
    }
    tensor_unref(small);
    tensor_unref(large);
}

/* ------------------------------------------------------------ training */

struct epoch_times {
    double seconds[REPEATS + 1];
    double products[REPEATS + 1]; /* seconds in matrix products */
    int count;
};

static bool note_epoch(void *context, const struct train_event *event)
{
    struct epoch_times *times = context;

    if (event->kind == TRAIN_EPOCH_BEGIN)
        product_seconds_reset();
    if (event->kind == TRAIN_EPOCH_END) {
        times->products[times->count] = product_seconds();
        times->seconds[times->count++] = event->seconds;
    }
    return true;
}

static struct model *new_model(struct rng *rng, const struct tensor *images)
{
    struct error err = ERROR_INIT;
    struct model *model = classifier_new(images->shape[1] * images->shape[2],
                                         512, 10, 0.001, rng, &err);
    if (!model)
        give_up("the network", &err);
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
        give_up("the images", &err);
    struct trainer *trainer =
        trainer_new(model, &samples, NULL,
                    (struct train_options){REPEATS, 128, true}, &rng, &err);
    if (!trainer ||
        trainer_run(trainer, note_epoch, times, &err) != TRAIN_DONE)
        give_up("training", &err);
    trainer_free(trainer);
    samples_done(&samples);
    model_unref(model);
}

static void bench_epoch(const char *folder)
{
    struct error err = ERROR_INIT;
    struct tensor *parts[DATASET_PARTS];
    struct epoch_times times = {.count = 0};

    dataset_set_directory(folder);
    if (!dataset_load(&datasets[0], parts, &err))
        give_up("mnist", &err);
    train(parts, &times);
    double seconds = median(times.seconds, times.count);
    double products = median(times.products, times.count);
    printf("an epoch of `train mnist`        %8.3f s, %.0f %% of it in "
           "matrix products\n",
           seconds, 100 * products / seconds);
    for (int i = 0; i < DATASET_PARTS; i++)
        tensor_unref(parts[i]);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: bench PROGRAM [DATA-FOLDER]\n");
        return 2;
    }
    bench_startup(argv[1]);
    bench_memory(argv[1]);
    bench_epoch(argc > 2 ? argv[2] : NULL);
    bench_ops();
    return 0;
}
