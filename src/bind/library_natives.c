/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the modules of library/ need from C, and sys. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/library.h"
#include "bind/natives.h"
#include "bind/warnings.h"
#include "lang/set.h"
#include "tensor/random.h"

static const struct param no_params[] = {{NULL, 0, 0, NULL}};
static const struct param x_params[] = {{"x", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param maybe_params[] = {{"x", PARAM_ANY, 0, "None"},
                                            {NULL, 0, 0, NULL}};

/* ------------------------------------------------------------------ _random */

static struct rng python_rng;

/* Python seeds with all the digits of a number, 32 bits each. */
NATIVE(seed_call)
{
    struct value x;
    int64_t number = 0;

    (void)interp;
    *ret = value_none();
    if (!native_bind(native, args, &x, err))
        return false;
    if (!slot_given(x)) {
        rng_seed_from_system(&python_rng);
        return true;
    }
    if (!value_as_int(x, &number) && !value_hash(x, &number, err))
        return false;
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    uint32_t key[2] = {(uint32_t)size, (uint32_t)(size >> 32)};
    rng_seed_array(&python_rng, key, key[1] ? 2 : 1);
    return true;
}

NATIVE(random_call)
{
    (void)interp;
    if (!native_bind(native, args, NULL, err))
        return false;
    *ret = value_float(rng_double(&python_rng));
    return true;
}

NATIVE(getrandbits_call)
{
    struct value x;
    int64_t bits;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    if (!value_as_int(x, &bits) || bits < 0 || bits > 62)
        return error_set(err, ERROR_VALUE,
                         "number of bits must be from 0 to 62");
    uint64_t number = 0;
    for (int at = 0; bits > 0; at += 32, bits -= 32) {
        uint64_t part = rng_uint32(&python_rng);
        number |= (bits < 32 ? part >> (32 - bits) : part) << at;
    }
    *ret = value_int((int64_t)number);
    return true;
}

/* What a generator of random numbers is at. */
static const struct native_type rng_type = {.name = "random state",
                                            .free = free};

NATIVE(getstate_call)
{
    (void)interp;
    if (!native_bind(native, args, NULL, err))
        return false;
    struct rng *copy = xmalloc(sizeof *copy);
    *copy = python_rng;
    *ret = value_opaque(&rng_type, copy);
    return true;
}

NATIVE(setstate_call)
{
    struct value x;

    (void)interp;
    *ret = value_none();
    if (!native_bind(native, args, &x, err))
        return false;
    const struct rng *state = value_opaque_data(x, &rng_type);
    if (!state)
        return error_set(err, ERROR_TYPE, "state must come from getstate()");
    python_rng = *state;
    return true;
}

static struct native random_natives[] = {
    FUNCTION_ROW("seed", seed_call, maybe_params, "Starts the generator anew"),
    FUNCTION_ROW("random", random_call, no_params, "From 0 up to 1"),
    FUNCTION_ROW("getrandbits", getrandbits_call, x_params,
                 "A whole number of so many random bits"),
    FUNCTION_ROW("getstate", getstate_call, no_params,
                 "Where the generator stands"),
    FUNCTION_ROW("setstate", setstate_call, x_params,
                 "Brings it back there"),
    {.name = NULL},
};

/* ----------------------------------------------------------------- _objects */

/* An object of the same class without attributes. */
NATIVE(new_call)
{
    struct value x;

    if (!native_bind(native, args, &x, err))
        return false;
    if (x.kind != VALUE_INSTANCE)
        return error_set(err, ERROR_TYPE, "'%s' object cannot be copied",
                         value_type_name(x));
    *ret = value_instance(interp, x.instance->class);
    struct value held = value_plain(x);
    struct call_args call = {.count = 1, .values = &held};
    if (held.kind == x.kind ||
        interp_call(interp, x.instance->class->built_in, &call,
                    &ret->instance->held, err))
        return true;
    value_unref(*ret);
    return false;
}

/* The attributes of an object of a class, else None. */
NATIVE(fields_call)
{
    struct value x;

    if (!native_bind(native, args, &x, err))
        return false;
    if (x.kind == VALUE_INSTANCE)
        return interp_get_attribute(interp, x, "__dict__", ret, err);
    *ret = value_none();
    return true;
}

NATIVE(defaultdict_call)
{
    struct value dict = value_dict();
    bool good = true;

    if (args->count && args->values[0].kind != VALUE_NONE)
        dict.dict->factory = value_ref(args->values[0]);
    dict.dict->variant = DICT_DEFAULT;
    if (args->count > 2)
        good = error_set(err, ERROR_TYPE,
                         "%s expected at most 2 arguments, got %d",
                         native->name, args->count);
    else if (args->count == 2)
        good = dict_merge(interp, dict.dict, args->values[1], err);
    for (int i = 0; good && i < args->keyword_count; i++)
        dict_set_string(dict.dict, args->keywords[i].name,
                        args->keywords[i].value);
    *ret = dict;
    if (!good)
        value_unref(dict);
    return good;
}

NATIVE(counter_call)
{
    struct value dict = value_dict(), none;
    struct value values[2] = {dict};
    struct call_args call = {.count = args->count + 1,
                             .values = values,
                             .keyword_count = args->keyword_count,
                             .keywords = args->keywords};

    dict.dict->variant = DICT_COUNTER;
    if (args->count)
        values[1] = args->values[0];
    bool good = args->count <= 1
                    ? counter_update(interp, native, &call, &none, err)
                    : error_set(err, ERROR_TYPE,
                                "%s() takes from 1 to 2 positional arguments "
                                "but %d were given",
                                "Counter.__init__", args->count + 1);
    *ret = dict;
    if (!good)
        value_unref(dict);
    return good;
}

static struct native object_natives[] = {
    FUNCTION_ROW("new", new_call, x_params, "An empty object of x's class"),
    FUNCTION_ROW("fields", fields_call, x_params, "An object's attributes"),
    FUNCTION_ROW("defaultdict", defaultdict_call, NULL,
                 "A dict that makes what is missing"),
    FUNCTION_ROW("counter", counter_call, NULL, "A dict that counts"),
    {.name = NULL},
};

/* ---------------------------------------------------------------------- sys */

NATIVE(exit_call)
{
    struct value code = args->count ? args->values[0] : value_none();
    struct value exception =
        exception_new(interp, interp->exceptions[ERROR_SYSTEM_EXIT].class,
                      args->count, &code);

    (void)native;
    *ret = value_none();
    error_raise(interp, exception, err);
    value_unref(exception);
    return false;
}

/* sys.stdout and sys.stderr; the latter has data. */
NATIVE(stream_write_call)
{
    if (args->count != 2 || args->keyword_count ||
        args->values[1].kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE, "%s() argument must be str",
                         native->name);
    const struct string *text = args->values[1].string;
    if (args->values[0].opaque->data)
        interp_write_error(interp, text->text, text->length);
    else
        interp_write(interp, text->text, text->length);
    *ret = value_int((int64_t)text->length);
    return true;
}

NATIVE(stream_flush_call)
{
    (void)interp;
    (void)native;
    (void)args;
    (void)err;
    *ret = value_none();
    return true;
}

static struct native stream_methods[] = {
    FUNCTION_ROW("write", stream_write_call, NULL, "Writes a string"),
    FUNCTION_ROW("flush", stream_flush_call, NULL, "Nothing waits"),
    {.name = NULL},
};

static bool stream_attribute(struct interp *interp, struct value self,
                             const char *name, struct value *ret,
                             struct error *err)
{
    (void)interp;
    return native_method(stream_methods, self, name, ret) ||
           error_set(err, ERROR_ATTRIBUTE,
                     "'%s' object has no attribute '%s'",
                     value_type_name(self), name);
}

static const struct native_type stream_type = {
    .name = "_io.TextIOWrapper", .get_attribute = stream_attribute};

static char stderr_mark; /* any address */

static struct native sys_natives[] = {
    FUNCTION_ROW("exit", exit_call, maybe_params, "Ends the program"),
    {.name = NULL},
};

/* NAME of MODULE, whose reference passes. */
static void give(struct module *module, const char *name, struct value value)
{
    module_set(module, name, value);
    value_unref(value);
}

/* ----------------------------------------------------------------- warnings */

static const struct param silence_params[] = {
    {"categories", PARAM_ANY, 0, NULL}, {NULL, 0, 0, NULL}};

/* These categories alone are not shown. */
NATIVE(silence_call)
{
    struct value categories;

    (void)interp;
    if (!native_bind(native, args, &categories, err))
        return false;
    warnings_silence_none();
    for (size_t i = 0; i < categories.sequence->count; i++)
        warnings_silence(categories.sequence->items[i].string->text);
    *ret = value_none();
    return true;
}

static struct native warnings_natives[] = {
    FUNCTION_ROW("silence", silence_call, silence_params, ""),
    {.name = NULL},
};

static void sys_install(struct interp *interp)
{
    struct value sys = value_module("sys");
    struct value version[5] = {value_int(3), value_int(11), value_int(0),
                               value_string("final"), value_int(0)};
    struct value empty = value_string("");

    natives_add_to_module(sys_natives, sys.module);
    give(sys.module, "version_info", value_tuple_take(5, version));
    give(sys.module, "version", value_string("3.11 (" PACKAGE_STRING ")"));
    give(sys.module, "platform", value_string("linux"));
    give(sys.module, "byteorder", value_string("little"));
    give(sys.module, "maxsize", value_int(INT64_MAX));
    give(sys.module, "argv", value_list(1, &empty));
    give(sys.module, "path", value_list(0, NULL));
    give(sys.module, "stdout", value_opaque(&stream_type, NULL));
    give(sys.module, "stderr", value_opaque(&stream_type, &stderr_mark));
    value_unref(empty);
    interp_add_module(interp, "sys", sys);
    value_unref(sys);
}

static void add_hidden(struct interp *interp, const char *name,
                       struct native *natives)
{
    struct value module = value_module(name);

    natives_add_to_module(natives, module.module);
    interp_add_module(interp, name, module);
    value_unref(module);
}

void library_install(struct interp *interp)
{
    add_hidden(interp, "_random", random_natives);
    add_hidden(interp, "_objects", object_natives);
    add_hidden(interp, "_warnings", warnings_natives);
    warnings_silence_none();
    sys_install(interp);
    os_install(interp);
}
