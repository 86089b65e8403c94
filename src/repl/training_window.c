/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/training_window.h"

#include "base/i18n.h"
#include "bind/keras.h"
#include "repl/graphics.h"
#include "repl/jobs.h"
#include "repl/session.h"
#include "scene/training.h"

const char *const *training_window_class_names(void)
{
    const struct recipe *last = jobs_last();
    return last && last->dataset ? last->dataset->class_names : NULL;
}

/* The array in variable NAME; owned, NULL when there is none. */
static struct tensor *array_called(struct session *session, const char *name)
{
    struct value value;
    struct tensor *tensor = NULL;
    if (!interp_get_global(session_interp(session), name, &value))
        return NULL;
    if (value.kind == VALUE_TENSOR)
        tensor = tensor_ref(value.tensor);
    value_unref(value);
    return tensor;
}

/* With IMAGES (NULL: none), where they are what MODEL takes. */
static struct scene *scene_with(struct training_feed *feed, struct model *model,
                                struct tensor *images, struct tensor *labels,
                                const char *const *class_names)
{
    struct gallery *gallery = NULL;
    struct examples examples = {0};
    if (images && model)
        examples = examples_of(model, images);
    if (examples.count > 0)
        gallery = gallery_new(images, labels);
    if (gallery)
        gallery->class_names = class_names;
    struct scene *scene = training_scene_new(feed, gallery, &examples);
    gallery_unref(gallery);
    return scene;
}

/* With those of the variables test_images and test_labels. */
static struct scene *scene_of(struct session *session,
                              struct training_feed *feed, struct model *model)
{
    struct tensor *images = array_called(session, "test_images");
    struct tensor *labels = array_called(session, "test_labels");
    struct scene *scene =
        scene_with(feed, model, images, labels, training_window_class_names());
    tensor_unref(images);
    tensor_unref(labels);
    return scene;
}

/* The variables of a data set are set only when the prompt comes back. */
struct scene *training_window_scene(struct session *session, struct job *job)
{
    const struct recipe *recipe = &job->recipe;
    struct model *model = job->training->trainer->model;
    if (recipe->values[RECIPE_WINDOW] == 0.0 ||
        !graphics_shows_windows(session))
        return NULL;
    if (!recipe->dataset)
        return scene_of(session, job->feed, model);
    struct training_data data;
    training_data_take(&data);
    struct scene *scene = scene_with(
        job->feed, model, data.parts[DATASET_TEST_IMAGES],
        data.parts[DATASET_TEST_LABELS], recipe->dataset->class_names);
    training_data_done(&data);
    return scene;
}

void training_window_show(struct session *session, struct scene *scene)
{
    struct error err = ERROR_INIT;
    if (scene && !graphics_show(session, scene, &err) && err.message)
        session_print(session, "%s\n", err.message);
    error_clear(&err);
}

void training_window_show_feed(struct session *session,
                               struct training_feed *feed, struct model *model)
{
    training_window_show(session, scene_of(session, feed, model));
}

bool training_window_reopen(struct session *session, struct job *job,
                            struct error *err)
{
    struct training_feed *feed = job ? job->feed : jobs_ended_feed();
    if (!feed) {
        error_set(err, ERROR_VALUE, _("there is no training to watch"));
        error_hint(err, "train mnist");
        return false;
    }
    struct value value = {.kind = VALUE_NONE};
    struct model *model = job ? job->training->trainer->model : NULL;
    if (!job && interp_get_global(session_interp(session), "model", &value))
        model = keras_model_get(value);
    struct scene *scene = scene_of(session, feed, model);
    value_unref(value);
    return graphics_show(session, scene, err);
}
