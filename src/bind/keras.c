/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The modules' tree, under both of its roots. */
#include "bind/keras.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/keras_internal.h"
#include "bind/variable_object.h"
#include "lang/object.h"

/* keras.losses.mse is its name: compile() takes names. */
static void add_losses(struct value module)
{
    for (const struct loss *loss = losses; loss->named.name; loss++) {
        struct value name = value_string(loss->named.name);
        module_set(module.module, loss->named.name, name);
        value_unref(name);
    }
}

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

static const struct {
    const char *path; /* below keras */
    const struct keras_function *functions;
} modules[] = {
    {"models", keras_model_constructors},
    {"layers", keras_layer_constructors},
    {"optimizers", keras_optimizer_constructors},
    {"utils", keras_utility_functions},
    {"losses", NULL},
    {"datasets", NULL},
    {"ops", NULL},
};

/* Fills KERAS, whose path is ROOT. */
static void fill_keras(struct interp *interp, struct value keras,
                       const char *root)
{
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        char *path = xasprintf("%s.%s", root, modules[i].path);
        struct value module =
            add_module(interp, keras, path, modules[i].functions);
        if (!strcmp(modules[i].path, "losses"))
            add_losses(module);
        if (!strcmp(modules[i].path, "datasets")) {
            char *mnist = xasprintf("%s.mnist", path);
            add_module(interp, module, mnist, keras_data_functions);
            free(mnist);
        }
        if (!strcmp(modules[i].path, "ops"))
            module.module->rest = "keras._ops";
        free(path);
    }
    keras_add_functions(keras, keras_model_constructors); /* Sequential */
    natives_add_to_module(variable_natives, keras.module);
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
