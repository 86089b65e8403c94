/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/path.h"
#include "data/npz.h"

enum { PLACES = 9 };

/* ----------------------------------------------------------------- places */

/* "…/training/3.npz"; NULL without a home. */
static char *place_path(int place, const char *ending)
{
    char name[32];
    snprintf(name, sizeof name, "training/%d.%s", place, ending);
    return path_in_state(name);
}

static bool has_home(void)
{
    char *path = path_in_state("training");
    bool has = path != NULL;
    free(path);
    return has;
}

/* Seconds and their parts, when PATH was written; negative: it is not there. */
static double written_at(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return -1.0;
    return (double)status.st_mtim.tv_sec + 1e-9 * (double)status.st_mtim.tv_nsec;
}

/* Holds PLACE; false when somebody else does (errno 0) or it cannot be. */
static bool hold(int place, struct checkpoint *ret)
{
    char *lock = place_path(place, "lock");
    int fd = lock ? open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    int number = errno;
    free(lock);
    if (fd < 0) {
        errno = number;
        return false;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        *ret = (struct checkpoint){place_path(place, "npz"), fd};
        return true;
    }
    close(fd);
    errno = 0;
    return false;
}

void checkpoint_leave(struct checkpoint *checkpoint)
{
    if (!checkpoint->path)
        return;
    close(checkpoint->lock);
    free(checkpoint->path);
    checkpoint->path = NULL;
}

void checkpoint_drop(struct checkpoint *checkpoint)
{
    if (checkpoint->path)
        unlink(checkpoint->path);
    checkpoint_leave(checkpoint);
}

static double place_written_at(int place)
{
    char *path = place_path(place, "npz");
    double time = path ? written_at(path) : -1.0;
    free(path);
    return time;
}

/* Exchanges RET, when it is held, for OWN. */
static void exchange(struct checkpoint *ret, struct checkpoint own)
{
    checkpoint_leave(ret);
    *ret = own;
}

/* The first place that is free, or else the one that nobody holds and whose
   file is the oldest. */
static bool choose_free(struct checkpoint *ret)
{
    double oldest = 0.0;
    for (int place = 1; place <= PLACES; place++) {
        struct checkpoint own;
        double time = place_written_at(place);
        if ((ret->path && time >= oldest) || !hold(place, &own))
            continue;
        exchange(ret, own);
        oldest = time;
        if (time < 0.0)
            break;
    }
    return ret->path != NULL;
}

/* The place that nobody holds and whose file is the newest. */
static bool choose_left(struct checkpoint *ret)
{
    double newest = -1.0;
    for (int place = 1; place <= PLACES; place++) {
        struct checkpoint own;
        double time = place_written_at(place);
        if (time < 0.0 || time < newest || !hold(place, &own))
            continue;
        exchange(ret, own);
        newest = time;
    }
    return ret->path != NULL;
}

static bool take_place(struct checkpoint *checkpoint, struct error *err)
{
    char *path = place_path(1, "lock");
    bool good = path && path_make_parents(path, err);
    if (good && !choose_free(checkpoint))
        good = error_set_errno(err, errno ? errno : EAGAIN, path);
    free(path);
    return good;
}

/* --------------------------------------------------------------- the state */

enum { WORDS = sizeof((struct rng *)0)->state / sizeof(uint32_t) };

enum { EPOCH, BATCH, ITERATIONS, SAMPLES, COUNTERS };
enum {
    KIND,
    POSITION,
    HAS_HALF,
    HALF,
    HAS_GAUSS,
    STATE_HIGH,
    STATE_LOW,
    INCREMENT_HIGH,
    INCREMENT_LOW,
    GENERATOR
};
enum { TOTALS = sizeof(struct totals) / sizeof(double) };
enum {
    SECONDS,
    GAUSS,
    SUMS,
    RATES = SUMS + TOTALS,
    NUMBERS = RATES + OPTIMIZER_MAX_SETTINGS
};

/* What a trainer knows besides arrays. */
struct state {
    int64_t counters[COUNTERS];
    uint64_t generator[GENERATOR];
    double numbers[NUMBERS];
};

static void state_get(struct state *state, const struct trainer *trainer)
{
    const struct rng *rng = &trainer->rng;
    const struct optimizer *optimizer = trainer->model->optimizer;
    *state = (struct state){
        .counters = {[EPOCH] = trainer->epoch,
                     [BATCH] = trainer->batch,
                     [ITERATIONS] = optimizer->iterations,
                     [SAMPLES] = trainer->samples.count},
        .generator = {[KIND] = rng->kind,
                      [POSITION] = (uint64_t)rng->position,
                      [HAS_HALF] = rng->has_half,
                      [HALF] = rng->half,
                      [HAS_GAUSS] = rng->has_gauss,
                      [STATE_HIGH] = rng->pcg_state.high,
                      [STATE_LOW] = rng->pcg_state.low,
                      [INCREMENT_HIGH] = rng->pcg_increment.high,
                      [INCREMENT_LOW] = rng->pcg_increment.low},
        .numbers = {[SECONDS] = trainer->seconds, [GAUSS] = rng->gauss}};
    memcpy(&state->numbers[SUMS], &trainer->totals, sizeof trainer->totals);
    memcpy(&state->numbers[RATES], optimizer->settings,
           sizeof optimizer->settings);
}

static bool state_is_possible(const struct state *state,
                              const struct trainer *trainer)
{
    const int64_t *counters = state->counters;
    int64_t size = trainer->options.batch_size, count = trainer->samples.count;
    return counters[EPOCH] >= 0 && counters[EPOCH] <= trainer->options.epochs &&
           counters[BATCH] >= 0 && counters[BATCH] <= (count + size - 1) / size &&
           counters[SAMPLES] == count && counters[ITERATIONS] >= 0 &&
           state->generator[KIND] <= RNG_PCG64 &&
           state->generator[POSITION] <= WORDS;
}

static void state_set(const struct state *state, struct trainer *trainer)
{
    struct rng *rng = &trainer->rng;
    struct optimizer *optimizer = trainer->model->optimizer;
    const uint64_t *generator = state->generator;
    trainer->epoch = (int)state->counters[EPOCH];
    trainer->batch = state->counters[BATCH];
    trainer->seconds = state->numbers[SECONDS];
    memcpy(&trainer->totals, &state->numbers[SUMS], sizeof trainer->totals);
    optimizer->iterations = state->counters[ITERATIONS];
    memcpy(optimizer->settings, &state->numbers[RATES],
           sizeof optimizer->settings);
    rng->kind = (enum rng_kind)generator[KIND];
    rng->position = (int)generator[POSITION];
    rng->has_half = generator[HAS_HALF] != 0;
    rng->half = (uint32_t)generator[HALF];
    rng->has_gauss = generator[HAS_GAUSS] != 0;
    rng->gauss = state->numbers[GAUSS];
    rng->pcg_state =
        (struct uint128){generator[STATE_HIGH], generator[STATE_LOW]};
    rng->pcg_increment =
        (struct uint128){generator[INCREMENT_HIGH], generator[INCREMENT_LOW]};
}

/* -------------------------------------------------------------- the arrays */

/* Bytes in memory under a name in the archive. */
struct array {
    char *name;
    enum dtype dtype;
    int64_t count;
    void *memory;
};

struct arrays {
    struct array *items;
    size_t count, capacity;
};

static void add(struct arrays *arrays, char *name, enum dtype dtype,
                int64_t count, void *memory)
{
    VEC_PUSH(arrays->items, arrays->count, arrays->capacity) =
        (struct array){name, dtype, count, memory};
}

static void arrays_done(struct arrays *arrays)
{
    for (size_t i = 0; i < arrays->count; i++)
        free(arrays->items[i].name);
    free(arrays->items);
}

static void add_weights(struct arrays *arrays, const struct model *model)
{
    int count = model_weight_count(model);
    const struct optimizer *optimizer = model->optimizer;
    struct variable **weights = xcalloc((size_t)count + 1, sizeof *weights);
    model_weights(model, weights);
    for (int i = 0; i < count; i++)
        add(arrays, xasprintf("weight_%d", i), DTYPE_FLOAT32,
            weights[i]->tensor->size, weights[i]->tensor->data);
    for (int i = 0; i < optimizer->weights * optimizer->slot_count; i++)
        add(arrays, xasprintf("slot_%d", i), DTYPE_FLOAT32,
            optimizer->slots[i]->size, optimizer->slots[i]->data);
    free(weights);
}

/* All but the recipe and the history, whose lengths the file decides. */
static void list_arrays(struct arrays *arrays, const struct trainer *trainer,
                        struct state *state)
{
    add(arrays, xstrdup("counters"), DTYPE_INT64, COUNTERS, state->counters);
    add(arrays, xstrdup("generator"), DTYPE_UINT64, GENERATOR,
        state->generator);
    add(arrays, xstrdup("numbers"), DTYPE_FLOAT64, NUMBERS, state->numbers);
    add(arrays, xstrdup("generator_words"), DTYPE_UINT32, WORDS,
        (void *)trainer->rng.state);
    add(arrays, xstrdup("order"), DTYPE_UINT32, trainer->samples.count,
        trainer->order);
    add_weights(arrays, trainer->model);
}

/* ----------------------------------------------------------------- writing */

static struct tensor *array_tensor(const struct array *array, struct error *err)
{
    struct tensor *tensor = tensor_new(array->dtype, 1, &array->count, err);
    if (tensor && array->count > 0)
        memcpy(tensor->data, array->memory,
               (size_t)array->count * dtype_size(array->dtype));
    return tensor;
}

static bool write_arrays(const char *path, const struct arrays *arrays,
                         struct error *err)
{
    const char **names = xcalloc(arrays->count, sizeof *names);
    struct tensor **tensors = xcalloc(arrays->count, sizeof *tensors);
    bool good = true;
    for (size_t i = 0; good && i < arrays->count; i++) {
        names[i] = arrays->items[i].name;
        tensors[i] = array_tensor(&arrays->items[i], err);
        good = tensors[i] != NULL;
    }
    good = good &&
           npz_write(path, (int)arrays->count, names, tensors, false, err);
    for (size_t i = 0; i < arrays->count; i++)
        tensor_unref(tensors[i]);
    free(tensors);
    free(names);
    return good;
}

bool checkpoint_save(struct checkpoint *checkpoint, const struct recipe *recipe,
                     const struct trainer *trainer, struct error *err)
{
    struct arrays arrays = {0};
    struct strbuf words = STRBUF_INIT;
    struct state state;
    if (!has_home())
        return true;
    if (!checkpoint->path && !take_place(checkpoint, err))
        return false;
    recipe_format(recipe, &words);
    state_get(&state, trainer);
    add(&arrays, xstrdup("recipe"), DTYPE_UINT8, (int64_t)words.length,
        words.text);
    add(&arrays, xstrdup("history"), DTYPE_FLOAT64,
        (int64_t)trainer->history->epochs * trainer->history->series_count,
        trainer->history->values);
    list_arrays(&arrays, trainer, &state);
    bool good = write_arrays(checkpoint->path, &arrays, err);
    arrays_done(&arrays);
    strbuf_done(&words);
    return good;
}

/* ----------------------------------------------------------------- reading */

static bool unsound(const char *path, const char *name, struct error *err)
{
    error_set(err, ERROR_VALUE,
              _("%s: not a sound checkpoint of a training ('%s')"), path, name);
    error_hint(err, _("remove the file to start anew"));
    return false;
}

/* The array NAME, flat; COUNT negative: of any length. */
static struct tensor *read_array(struct npz *npz, const char *path,
                                 const char *name, enum dtype dtype,
                                 int64_t count, struct error *err)
{
    int index = npz_find(npz, name);
    struct tensor *tensor = index < 0 ? NULL : npz_read(npz, index, err);
    if (tensor && tensor->dtype == dtype && tensor->ndim == 1 &&
        (count < 0 || tensor->size == count))
        return tensor;
    tensor_unref(tensor);
    unsound(path, name, err);
    return NULL;
}

static bool read_recipe(struct npz *npz, const char *path,
                        struct recipe *recipe, struct error *err)
{
    static const char command[] = "train ";
    struct tensor *text =
        read_array(npz, path, "recipe", DTYPE_UINT8, -1, err);
    if (!text)
        return false;
    char *words = xstrndup(text->data, (size_t)text->size);
    tensor_unref(text);
    bool good = !strncmp(words, command, strlen(command)) &&
                recipe_parse(recipe, words + strlen(command), err);
    free(words);
    return good || unsound(path, "recipe", err);
}

static bool read_history(struct npz *npz, const char *path,
                         const struct state *state, struct history *history,
                         struct error *err)
{
    int64_t width = history->series_count;
    struct tensor *values =
        read_array(npz, path, "history", DTYPE_FLOAT64,
                   state->counters[EPOCH] * width, err);
    if (!values)
        return false;
    for (int64_t i = 0; i < values->size; i += width)
        history_append(history, (const double *)(void *)values->data + i);
    tensor_unref(values);
    return true;
}

static bool order_is_possible(const struct trainer *trainer)
{
    for (int64_t i = 0; i < trainer->samples.count; i++)
        if (trainer->order[i] >= trainer->samples.count)
            return false;
    return true;
}

/* What is wrong with it is found before the trainer is changed, but for its
   arrays: it is thrown away then. */
static bool read_arrays(struct npz *npz, const char *path,
                        struct trainer *trainer, struct error *err)
{
    struct arrays arrays = {0};
    struct state state;
    bool good = true;
    list_arrays(&arrays, trainer, &state);
    for (size_t i = 0; good && i < arrays.count; i++) {
        struct array *array = &arrays.items[i];
        struct tensor *tensor = read_array(npz, path, array->name, array->dtype,
                                           array->count, err);
        good = tensor != NULL;
        if (good && array->count > 0)
            memcpy(array->memory, tensor->data,
                   (size_t)array->count * dtype_size(array->dtype));
        tensor_unref(tensor);
    }
    arrays_done(&arrays);
    if (good && !state_is_possible(&state, trainer))
        good = unsound(path, "counters", err);
    if (good && state.counters[BATCH] > 0 && !order_is_possible(trainer))
        good = unsound(path, "order", err);
    good = good && read_history(npz, path, &state, trainer->history, err);
    if (good)
        state_set(&state, trainer);
    return good;
}

bool checkpoint_restore(const struct checkpoint *checkpoint,
                        struct trainer *trainer, struct error *err)
{
    struct npz *npz = npz_open(checkpoint->path, err);
    bool good = npz && read_arrays(npz, checkpoint->path, trainer, err);
    npz_close(npz);
    return good;
}

/* ----------------------------------------------------------------- finding */

static bool find(struct checkpoint *ret, struct recipe *recipe, int64_t *epoch,
                 struct error *err)
{
    *ret = (struct checkpoint){0};
    if (!choose_left(ret))
        return false;
    struct npz *npz = npz_open(ret->path, err);
    bool good = npz && read_recipe(npz, ret->path, recipe, err);
    struct tensor *counters =
        good ? read_array(npz, ret->path, "counters", DTYPE_INT64, COUNTERS,
                          err)
             : NULL;
    npz_close(npz);
    if (counters) {
        *epoch = ((const int64_t *)(const void *)counters->data)[EPOCH];
        tensor_unref(counters);
        return true;
    }
    if (good)
        recipe_done(recipe);
    else if (!err->hint)
        error_hint(err, _("remove the file to start anew"));
    checkpoint_leave(ret);
    return false;
}

bool checkpoint_find(struct checkpoint *ret, struct recipe *recipe,
                     struct error *err)
{
    int64_t epoch;
    return find(ret, recipe, &epoch, err);
}

char *checkpoint_offer(void)
{
    struct checkpoint checkpoint = {0};
    struct recipe recipe;
    struct error err = ERROR_INIT;
    struct strbuf words = STRBUF_INIT;
    int64_t epoch;
    char *offer = NULL;
    if (find(&checkpoint, &recipe, &epoch, &err)) {
        recipe_format(&recipe, &words);
        offer = xasprintf(_("resume goes on after epoch %d of %d: %s"),
                          (int)epoch, (int)recipe.values[RECIPE_EPOCHS],
                          words.text);
        recipe_done(&recipe);
        checkpoint_leave(&checkpoint);
    } else if (err.kind != ERROR_NONE) {
        offer = xstrdup(err.message);
    }
    strbuf_done(&words);
    error_clear(&err);
    return offer;
}
