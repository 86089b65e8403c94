/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * RandomState and Generator: objects with a source of random numbers.  Their
 * methods are the rows of np.random and of "rng"; while one runs, the rows
 * draw from the object's source.
 */
#include "bind/random_module.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "bind/natives.h"
#include "bind/op_call.h"
#include "ops/random.h"
#include "ops/registry.h"

static const struct native_type state_type, generator_type, pcg64_type;

static const struct param seed_params[] = {{"seed", PARAM_ANY, 0, "None"},
                                           {NULL, 0, 0, NULL}};

static struct rng *rng_of(struct value value)
{
    struct rng *rng = value_opaque_data(value, &state_type);
    if (!rng)
        rng = value_opaque_data(value, &generator_type);
    return rng ? rng : value_opaque_data(value, &pcg64_type);
}

/* ----------------------------------------------------------- lists of things
   An array holds numbers; lists of anything are shuffled and chosen from
   here. */

static bool shuffle_list(struct sequence *list, struct value *ret)
{
    for (size_t i = list->count; i-- > 1;) {
        size_t j = (size_t)rng_masked_interval(random_source, i);
        struct value saved = list->items[i];
        list->items[i] = list->items[j];
        list->items[j] = saved;
    }
    *ret = value_none();
    return true;
}

static bool holds_strings(struct value value)
{
    if (value.kind != VALUE_LIST && value.kind != VALUE_TUPLE)
        return false;
    for (size_t i = 0; i < value.sequence->count; i++)
        if (value.sequence->items[i].kind != VALUE_STRING)
            return false;
    return value.sequence->count > 0;
}

static bool choose_string(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    struct sequence *strings = args->values[0].sequence;
    struct value *values = xcalloc((size_t)args->count, sizeof *values);
    struct value position;
    int64_t i;

    memcpy(values, args->values, (size_t)args->count * sizeof *values);
    values[0] = value_int((int64_t)strings->count);
    struct call_args counted = *args;
    counted.values = values;
    bool good = op_call(interp, native, &counted, &position, err);
    free(values);
    if (!good)
        return false;
    if (position.kind != VALUE_TENSOR && value_as_int(position, &i)) {
        *ret = value_ref(strings->items[i]);
        return true;
    }
    value_unref(position);
    error_set(err, ERROR_NOT_IMPLEMENTED, _("there are no arrays of strings"));
    error_hint(err, "[words[i] for i in np.random.choice(len(words), 5)]");
    return false;
}

static bool call_row(struct interp *interp, const struct native *native,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    struct value first = args->count ? args->values[0] : value_none();

    if (first.kind == VALUE_LIST && args->count == 1 &&
        !strcmp(native->name, "shuffle"))
        return shuffle_list(first.sequence, ret);
    if (holds_strings(first) && !strcmp(native->name, "choice"))
        return choose_string(interp, native, args, ret, err);
    return op_call(interp, native, args, ret, err);
}

/* ----------------------------------------------------------------- methods */

/* self.method(…): the rows draw from self meanwhile. */
static bool method_call(struct interp *interp, const struct native *native,
                        const struct call_args *args, struct value *ret,
                        struct error *err)
{
    struct rng *before = random_source;
    struct call_args rest = *args;

    random_source = rng_of(args->values[0]);
    rest.values++;
    rest.count--;
    bool done = call_row(interp, native, &rest, ret, err);
    random_source = before;
    return done;
}

/* One native a row, the index that of op_at(). */
static struct native *methods;
static pthread_once_t made = PTHREAD_ONCE_INIT;

static bool is_random(const struct op *op)
{
    return !strcmp(op->module, "np.random") || !strcmp(op->module, "rng");
}

static void make_methods(void)
{
    const struct op *op;
    int count = 0;

    while (op_at(count))
        count++;
    methods = xcalloc((size_t)count, sizeof *methods);
    for (int i = 0; (op = op_at(i)); i++)
        if (is_random(op))
            methods[i] = (struct native){.object = {1},
                                         .name = op->name,
                                         .call = method_call,
                                         .params = op->params,
                                         .data = op,
                                         .doc = op->doc};
}

__attribute__((destructor)) static void drop_methods(void)
{
    free(methods);
}

static bool find_method(struct value self, const char *module, unsigned flag,
                        const char *name, struct value *ret)
{
    const struct op *op = op_find(module, name, flag);

    if (!op)
        return false;
    pthread_once(&made, make_methods);
    int i = 0;
    while (op_at(i) != op)
        i++;
    struct value function = {.kind = VALUE_NATIVE, .native = &methods[i]};
    *ret = value_method(self, function);
    return true;
}

static bool no_attribute(struct value self, const char *name, struct error *err)
{
    return error_set(err, ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'",
                     value_type_name(self), name);
}

/* ------------------------------------------------------------------- state */

/* ('MT19937', the 624 words, position, has_gauss, gauss) */
static bool get_state(const struct rng *rng, struct value *ret,
                      struct error *err)
{
    int64_t length = 624;
    struct tensor *words = tensor_new(DTYPE_UINT32, 1, &length, err);

    if (!words)
        return false;
    memcpy(words->data, rng->state, sizeof rng->state);
    struct value items[] = {value_string("MT19937"), value_tensor_take(words),
                            value_int(rng->position), value_int(rng->has_gauss),
                            value_float(rng->gauss)};
    *ret = value_tuple_take(5, items);
    return true;
}

static bool bad_state(struct error *err)
{
    error_set(err, ERROR_VALUE, _("not a state of MT19937"));
    error_hint(err, "state = np.random.get_state()");
    return false;
}

static bool set_state(struct rng *rng, struct value state, struct error *err)
{
    struct value *items = state.sequence->items;
    int64_t position, has_gauss = 0;
    double gauss = 0;

    if (state.sequence->count != 3 && state.sequence->count != 5)
        return bad_state(err);
    if (items[0].kind != VALUE_STRING ||
        strcmp(items[0].string->text, "MT19937") != 0 ||
        !value_as_int(items[2], &position) || position < 0 || position > 624)
        return bad_state(err);
    if (state.sequence->count == 5 && (!value_as_int(items[3], &has_gauss) ||
                                       !value_as_double(items[4], &gauss)))
        return bad_state(err);
    struct tensor *words = value_to_tensor(items[1], DTYPE_UINT32, err);
    bool fits = words && words->ndim == 1 && words->size == 624;
    if (fits) {
        for (int i = 0; i < 624; i++)
            rng->state[i] = (uint32_t)scalar_to_int(tensor_item_at(words, i));
        rng->position = position ? (int)position : 624;
        rng->has_gauss = has_gauss != 0;
        rng->gauss = gauss;
    }
    tensor_unref(words);
    return fits || bad_state(err);
}

/* With or without self before the arguments: a method of RandomState, or
   np.random's function. */
static struct rng *split_self(const struct call_args *args,
                              struct call_args *rest)
{
    struct rng *rng = args->count ? rng_of(args->values[0]) : NULL;

    *rest = *args;
    if (rng) {
        rest->values++;
        rest->count--;
    } else if (session_rng.position == 0) {
        rng_seed_from_system(&session_rng);
    }
    return rng ? rng : &session_rng;
}

NATIVE(get_state_call)
{
    struct call_args rest;
    struct rng *rng = split_self(args, &rest);

    (void)interp;
    if (rest.count + rest.keyword_count > 0)
        return error_set(err, ERROR_TYPE, "%s() takes no arguments here",
                         native->name);
    return get_state(rng, ret, err);
}

NATIVE(set_state_call)
{
    struct call_args rest;
    struct rng *rng = split_self(args, &rest);
    struct value state;

    (void)interp;
    if (!native_bind(native, &rest, &state, err))
        return false;
    if (state.kind != VALUE_TUPLE && state.kind != VALUE_LIST)
        return bad_state(err);
    *ret = value_none();
    return set_state(rng, state, err);
}

static const struct param state_params[] = {{"state", PARAM_ANY, 0, NULL},
                                            {NULL, 0, 0, NULL}};
static const struct param no_params[] = {{NULL, 0, 0, NULL}};

static struct native state_functions[] = {
    FUNCTION_ROW("get_state", get_state_call, no_params,
                 "Where the random numbers stand"),
    FUNCTION_ROW("set_state", set_state_call, state_params,
                 "Goes back to where the random numbers stood"),
    {.name = NULL},
};

/* ------------------------------------------------------------------- types */

static void state_repr(void *data, struct strbuf *sb)
{
    strbuf_addf(sb, "RandomState(MT19937) at 0x%llX",
                (unsigned long long)(uintptr_t)data);
}

static void generator_repr(void *data, struct strbuf *sb)
{
    strbuf_addf(sb, "Generator(PCG64) at 0x%llX",
                (unsigned long long)(uintptr_t)data);
}

static void generator_str(void *data, struct strbuf *sb)
{
    (void)data;
    strbuf_adds(sb, "Generator(PCG64)");
}

static void state_str(void *data, struct strbuf *sb)
{
    (void)data;
    strbuf_adds(sb, "RandomState(MT19937)");
}

static bool state_attribute(struct interp *interp, struct value self,
                            const char *name, struct value *ret,
                            struct error *err)
{
    (void)interp;
    if (find_method(self, "np.random", OP_FUNCTION, name, ret))
        return true;
    return native_method(state_functions, self, name, ret) ||
           no_attribute(self, name, err);
}

static bool generator_attribute(struct interp *interp, struct value self,
                                const char *name, struct value *ret,
                                struct error *err)
{
    static const struct {
        const char *old, *method;
    } renamed[] = {{"rand", "random"},
                   {"randn", "standard_normal"},
                   {"randint", "integers"},
                   {"random_sample", "random"}};

    (void)interp;
    if (find_method(self, "rng", OP_GENERATOR, name, ret))
        return true;
    no_attribute(self, name, err);
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (!strcmp(renamed[i].old, name))
            error_hint(err, _("a generator calls it %s"), renamed[i].method);
    return false;
}

static const char *const state_names[] = {
    "rand",   "randn",   "randint",     "random",      "uniform",   "normal",
    "choice", "shuffle", "seed",        "permutation", "binomial",  "poisson",
    "beta",   "gamma",   "exponential", "get_state",   "set_state", NULL};
static const char *const generator_names[] = {
    "random",   "integers",    "normal",      "standard_normal",
    "uniform",  "choice",      "permutation", "shuffle",
    "permuted", "exponential", "binomial",    "poisson",
    "beta",     "gamma",       "multinomial", "standard_exponential",
    NULL};

static const struct native_type state_type = {
    .name = "numpy.random.mtrand.RandomState",
    .free = free,
    .repr = state_repr,
    .str = state_str,
    .get_attribute = state_attribute,
    .attributes = state_names};
static const struct native_type generator_type = {
    .name = "numpy.random._generator.Generator",
    .free = free,
    .repr = generator_repr,
    .str = generator_str,
    .get_attribute = generator_attribute,
    .attributes = generator_names};
static const struct native_type pcg64_type = {
    .name = "numpy.random._pcg64.PCG64", .free = free};

/* -------------------------------------------------------------- constructors
 */

NATIVE(random_state_call)
{
    struct value seed;
    struct rng *rng;

    (void)interp;
    if (!native_bind(native, args, &seed, err))
        return false;
    struct tensor *numbers =
        slot_given(seed) ? value_to_tensor(seed, DTYPE_COUNT, err) : NULL;
    if (slot_given(seed) && !numbers)
        return false;
    rng = xcalloc(1, sizeof *rng);
    bool good = !numbers || random_seed_legacy(rng, numbers, err);
    tensor_unref(numbers);
    if (!good) {
        free(rng);
        return false;
    }
    if (!slot_given(seed))
        rng_seed_from_system(rng);
    *ret = value_opaque(&state_type, rng);
    return true;
}

/* PCG64 from a seed. */
static bool new_source(struct value seed, const struct native_type *type,
                       struct value *ret, struct error *err)
{
    struct rng *rng;

    if (!slot_given(seed)) {
        rng = xcalloc(1, sizeof *rng);
        rng_seed_pcg64_from_system(rng);
        *ret = value_opaque(type, rng);
        return true;
    }
    struct tensor *numbers = value_to_tensor(seed, DTYPE_COUNT, err);
    if (!numbers)
        return false;
    int count;
    uint32_t *words = random_seed_words(numbers, &count, err);
    tensor_unref(numbers);
    if (!words)
        return false;
    rng = xcalloc(1, sizeof *rng);
    rng_seed_pcg64(rng, words, count);
    free(words);
    *ret = value_opaque(type, rng);
    return true;
}

NATIVE(default_rng_call)
{
    struct value seed;
    struct rng *other;

    (void)interp;
    if (!native_bind(native, args, &seed, err))
        return false;
    if (value_opaque_data(seed, &generator_type)) {
        *ret = value_ref(seed);
        return true;
    }
    if ((other = value_opaque_data(seed, &pcg64_type))) {
        struct rng *rng = xcalloc(1, sizeof *rng);
        *rng = *other;
        *ret = value_opaque(&generator_type, rng);
        return true;
    }
    return new_source(seed, &generator_type, ret, err);
}

NATIVE(pcg64_call)
{
    struct value seed;

    (void)interp;
    return native_bind(native, args, &seed, err) &&
           new_source(seed, &pcg64_type, ret, err);
}

static struct native constructors[] = {
    FUNCTION_ROW("RandomState", random_state_call, seed_params,
                 "A source of random numbers of its own, as np.random's"),
    FUNCTION_ROW("default_rng", default_rng_call, seed_params,
                 "A new generator of random numbers"),
    FUNCTION_ROW("Generator", default_rng_call, seed_params,
                 "A generator over PCG64(seed)"),
    FUNCTION_ROW("PCG64", pcg64_call, seed_params,
                 "The source of numbers of default_rng"),
    {.name = NULL},
};

/* np.random's own functions that also take lists. */
static struct native list_functions[2];

void random_install(struct module *module)
{
    static const char *const names[] = {"shuffle", "choice"};

    for (int i = 0; i < 2; i++) {
        const struct op *op = op_find("np.random", names[i], OP_FUNCTION);
        if (!list_functions[i].name) /* another session may hold it already */
            list_functions[i] = (struct native){.object = {1},
                                                .name = op->name,
                                                .call = call_row,
                                                .params = op->params,
                                                .data = op,
                                                .doc = op->doc};
        module_set(
            module, names[i],
            (struct value){.kind = VALUE_NATIVE, .native = &list_functions[i]});
    }
    natives_add_to_module(state_functions, module);
    natives_add_to_module(constructors, module);
}
