/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The modules' tree, under both of its roots. */
#include "bind/keras.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/keras_internal.h"
#include "bind/mistakes.h"
#include "bind/variable_object.h"
#include "lang/object.h"

/* A submodule of PARENT; borrowed from it. */
static struct value add_module(struct interp *interp, struct value parent,
                               const char *path,
                               const struct keras_function *functions)
{
    const char *dot = strrchr(path, '.');
    struct value module = value_module(path);
    if (functions)
        keras_add_functions(module, functions);
    module_set(parent.module, dot + 1, module);
    interp_add_module(interp, path, module);
    value_unref(module);
    return module;
}

static void add_mnist(struct value module)
{
    keras_add_dataset(module, "mnist");
}

static void add_fashion(struct value module)
{
    keras_add_dataset(module, "fashion");
}

/* In order: a module comes after the one that it is in. */
static const struct {
    const char *path; /* below keras */
    const struct keras_function *functions;
    void (*fill)(struct value module);
    const char *rest; /* what is written in the language itself */
} modules[] = {
    {"models", NULL, keras_add_models, "keras._saving"},
    {"layers", NULL, keras_add_layers, "keras._layers"},
    {"optimizers", NULL, keras_add_optimizers, "keras._optimizers"},
    {"optimizers.schedules", NULL, keras_add_schedules, NULL},
    {"losses", NULL, keras_add_losses, "keras._losses"},
    {"metrics", NULL, keras_add_metrics, "keras._metrics"},
    {"activations", NULL, keras_add_activations, NULL},
    {"initializers", NULL, keras_add_initializers, "keras._initializers"},
    {"regularizers", keras_regularizer_constructors, NULL, NULL},
    {"callbacks", NULL, NULL, "keras._callbacks"},
    {"utils", keras_utility_functions, NULL, NULL},
    {"backend", keras_backend_functions, NULL, "keras._backend"},
    {"datasets", NULL, NULL, NULL},
    {"datasets.mnist", NULL, add_mnist, NULL},
    {"datasets.fashion_mnist", NULL, add_fashion, NULL},
    {"datasets.imdb", NULL, keras_add_missing_dataset, NULL},
    {"datasets.reuters", NULL, keras_add_missing_dataset, NULL},
    {"datasets.boston_housing", NULL, keras_add_missing_dataset, NULL},
    {"datasets.california_housing", NULL, keras_add_missing_dataset, NULL},
    {"datasets.cifar10", NULL, keras_add_missing_dataset, NULL},
    {"datasets.cifar100", NULL, keras_add_missing_dataset, NULL},
    {"ops", NULL, NULL, "keras._ops"},
    {"random", NULL, NULL, "keras._random"},
};

/* The module that PATH's last word is to be in; owned. */
static struct value parent_of(struct value keras, const char *path)
{
    const char *dot = strchr(path, '.');
    struct value parent;
    char *first = xstrndup(path, dot ? (size_t)(dot - path) : 0);
    if (!dot || !module_get(keras.module, first, &parent))
        parent = value_ref(keras);
    free(first);
    return parent;
}

/* Fills KERAS, whose path is ROOT. */
static void fill_keras(struct interp *interp, struct value keras,
                       const char *root)
{
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        char *path = xasprintf("%s.%s", root, modules[i].path);
        struct value parent = parent_of(keras, modules[i].path);
        struct value module =
            add_module(interp, parent, path, modules[i].functions);
        if (modules[i].fill)
            modules[i].fill(module);
        module.module->rest = modules[i].rest;
        value_unref(parent);
        free(path);
    }
    keras_add_models(keras);
    keras_add_input(keras);
    keras.module->rest = "keras._layers"; /* Model, Layer */
    natives_add_to_module(keras_variable_natives, keras.module);
    struct value version = value_string(TENSORFLOW_VERSION);
    module_set(keras.module, "__version__", version);
    value_unref(version);
}

static struct value make_keras(struct interp *interp, const char *root)
{
    struct value keras = value_module(root);
    fill_keras(interp, keras, root);
    interp_add_module(interp, root, keras);
    return keras;
}

static void add_builtin(struct interp *interp, struct value module,
                        const char *attribute, const char *name)
{
    struct value value;
    if (!module_get(module.module, attribute, &value))
        return;
    interp_set_builtin(interp, name, value);
    value_unref(value);
}

void keras_install(struct interp *interp)
{
    natives_add_builtins(mistakes_natives, interp);
    struct value archives = value_module("_keras");
    keras_add_functions(archives, keras_archive_functions);
    keras_add_functions(archives, keras_written_functions);
    keras_add_functions(archives, keras_weight_file_functions);
    keras_add_functions(archives, keras_step_functions);
    interp_add_module(interp, "_keras", archives);
    value_unref(archives);
    struct value keras = make_keras(interp, "keras");
    struct value datasets_module;
    interp_set_builtin(interp, "keras", keras);
    if (module_get(keras.module, "datasets", &datasets_module)) {
        add_builtin(interp, datasets_module, "mnist", "mnist");
        value_unref(datasets_module);
    }
    value_unref(keras);

    keras = make_keras(interp, "tensorflow.keras");
    tensorflow_install(interp, keras);
    value_unref(keras);
}
