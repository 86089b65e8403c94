/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The module tensorflow: tensors, variables and tapes in C, and beside them
 * TensorFlow's names for NumPy's functions in library/tensorflow.py, which is
 * read when the first of them is asked for.
 */
#include "bind/eager.h"
#include "bind/gradient.h"
#include "bind/keras_internal.h"
#include "bind/natives.h"
#include "bind/variable_object.h"
#include "lang/object.h"

void tensorflow_install(struct interp *interp, struct value keras)
{
    struct value tensorflow = value_module("tensorflow");
    tensorflow.module->rest = "tensorflow._functions";
    natives_add_to_module(eager_natives, tensorflow.module);
    natives_add_to_module(variable_natives, tensorflow.module);
    natives_add_to_module(tape_natives, tensorflow.module);
    module_set(tensorflow.module, "keras", keras);
    struct value version = value_string(TENSORFLOW_VERSION);
    module_set(tensorflow.module, "__version__", version);
    value_unref(version);
    interp_add_module(interp, "tensorflow", tensorflow);
    interp_set_builtin(interp, "tf", tensorflow);
    value_unref(tensorflow);
}
