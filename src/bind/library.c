/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Modules of Python's own library that courses import beside numpy.  Those in
 * library/ are written in the language itself and run at their first import;
 * what they cannot say is in C, in modules whose names start with a _.
 */
#include "bind/library.h"

#include <string.h>

#include "bind/library_text.h" /* made of library/ by the Makefile */

static const struct {
    const char *name, *text;
} sources[] = {
    {"_derivatives", derivatives_module},
    {"abc", abc_module},
    {"bisect", bisect_module},
    {"collections", collections_module},
    {"contextlib", contextlib_module},
    {"copy", copy_module},
    {"csv", csv_module},
    {"dataclasses", dataclasses_module},
    {"enum", enum_module},
    {"fnmatch", fnmatch_module},
    {"fractions", fractions_module},
    {"functools", functools_module},
    {"glob", glob_module},
    {"gzip", gzip_module},
    {"heapq", heapq_module},
    {"io", io_module},
    {"itertools", itertools_module},
    {"json", json_module},
    {"keras._backend", keras_backend_module},
    {"keras._callbacks", keras_callbacks_module},
    {"keras._fitting", keras_fitting_module},
    {"keras._formulas", keras_formulas_module},
    {"keras._initializers", keras_initializers_module},
    {"keras._layers", keras_layers_module},
    {"keras._losses", keras_losses_module},
    {"keras._metrics", keras_metrics_module},
    {"keras._onnx", keras_onnx_module},
    {"keras._ops", keras_ops_module},
    {"keras._optimizers", keras_optimizers_module},
    {"keras._random", keras_random_module},
    {"keras._saving", keras_saving_module},
    {"numbers", numbers_module},
    {"numpy._functions", numpy_functions_module},
    {"numpy._poly1d", poly1d_module},
    {"numpy.lib", numpy_lib_module},
    {"numpy.lib.stride_tricks", stride_tricks_module},
    {"numpy.polynomial", numpy_polynomial_module},
    {"numpy.polynomial.polynomial", numpy_polynomial_functions_module},
    {"numpy.testing", numpy_testing_module},
    {"operator", operator_module},
    {"pathlib", pathlib_module},
    {"pprint", pprint_module},
    {"random", random_module},
    {"re", re_module},
    {"statistics", statistics_module},
    {"string", string_module},
    {"struct", struct_module},
    {"tensorflow._functions", tensorflow_module},
    {"textwrap", textwrap_module},
    {"timeit", timeit_module},
    {"types", types_module},
    {"typing", typing_module},
    {"warnings", warnings_module},
};

enum { SOURCES = sizeof sources / sizeof *sources };

const char *library_text(const char *name)
{
    for (int i = 0; i < SOURCES; i++)
        if (!strcmp(sources[i].name, name))
            return sources[i].text;
    return NULL;
}

bool library_call(struct interp *interp, const char *module, const char *name,
                  const struct call_args *args, struct value *ret,
                  struct error *err)
{
    struct value library, function;

    if (!interp_import(interp, module, &library, err))
        return false;
    bool done = module_get(library.module, name, &function);
    value_unref(library);
    if (!done)
        return error_set(err, ERROR_ATTRIBUTE,
                         "module '%s' has no attribute '%s'", module, name);
    done = interp_call(interp, function, args, ret, err);
    value_unref(function);
    return done;
}
