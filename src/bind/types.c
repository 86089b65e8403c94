/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/types.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/op_call.h"
#include "lang/object.h"

/* What a type makes of one argument; VALUE_UNDEFINED when there is none. */
typedef bool construct(struct interp *interp, struct value from,
                       struct value *ret, struct error *err);

struct type {
    struct opaque opaque; /* counted, but never freed */
    const char *name;     /* as value_type_name() says it */
    const char *short_name;
    bool numeric;
    enum dtype dtype; /* of a numeric one */
    construct *construct;
};

static const struct native_type type_type;

/* ------------------------------------------------------------ constructors */

static bool make_bool(struct interp *interp, struct value from,
                      struct value *ret, struct error *err)
{
    bool truth = false;

    (void)interp;
    if (from.kind != VALUE_UNDEFINED && !value_truth(from, &truth, err))
        return false;
    *ret = value_bool(truth);
    return true;
}

static bool parse_error(const char *what, struct value from,
                        struct error *err)
{
    struct strbuf text = STRBUF_INIT;

    value_repr(from, &text);
    error_set(err, ERROR_VALUE, "%s: %s", what, text.text);
    strbuf_done(&text);
    return false;
}

/* The text of a number without the blanks around it and the _ in it. */
static char *number_text(const struct string *string)
{
    struct strbuf sb = STRBUF_INIT;
    const char *from = string->text, *end = from + string->length;

    while (from < end && strchr(" \t\n\r", *from))
        from++;
    while (end > from && strchr(" \t\n\r", end[-1]))
        end--;
    for (; from < end; from++)
        if (*from != '_')
            strbuf_addc(&sb, *from);
    return strbuf_steal(&sb);
}

static bool int_from_string(struct value from, struct value *ret,
                            struct error *err)
{
    char *text = number_text(from.string), *end;

    errno = 0;
    long long number = strtoll(text, &end, 10);
    bool good = *text && !*end;
    free(text);
    if (!good)
        return parse_error("invalid literal for int() with base 10", from,
                           err);
    if (errno == ERANGE)
        return error_set(err, ERROR_OVERFLOW, "int too large for 64 bits");
    *ret = value_int(number);
    return true;
}

static bool int_from_double(double number, struct value *ret,
                            struct error *err)
{
    if (isnan(number))
        return error_set(err, ERROR_VALUE,
                         "cannot convert float NaN to integer");
    if (isinf(number))
        return error_set(err, ERROR_OVERFLOW,
                         "cannot convert float infinity to integer");
    if (fabs(number) >= 9223372036854775808.0)
        return error_set(err, ERROR_OVERFLOW, "int too large for 64 bits");
    *ret = value_int((int64_t)number);
    return true;
}

static bool wrong_argument(const char *function, const char *wanted,
                           struct value from, struct error *err)
{
    if (from.kind == VALUE_TENSOR)
        return error_set(err, ERROR_TYPE,
                         "only size-1 arrays can be converted to Python "
                         "scalars");
    return error_set(err, ERROR_TYPE,
                     "%s() argument must be %s, not '%s'", function, wanted,
                     value_type_name(from));
}

/* value_as_double(), and arrays of one element. */
static bool as_number(struct value from, double *ret)
{
    if (from.kind == VALUE_TENSOR && from.tensor->size == 1) {
        *ret = scalar_to_double(tensor_item(from.tensor));
        return true;
    }
    return value_as_double(from, ret);
}

static bool make_int(struct interp *interp, struct value from,
                     struct value *ret, struct error *err)
{
    int64_t whole = 0;
    double number;

    (void)interp;
    if (from.kind == VALUE_UNDEFINED || value_as_int(from, &whole)) {
        *ret = value_int(whole);
        return true;
    }
    if (from.kind == VALUE_STRING)
        return int_from_string(from, ret, err);
    if (as_number(from, &number))
        return int_from_double(number, ret, err);
    return wrong_argument("int", "a string, a bytes-like object or a real "
                                 "number",
                          from, err);
}

static bool make_float(struct interp *interp, struct value from,
                       struct value *ret, struct error *err)
{
    double number = 0;

    (void)interp;
    if (from.kind == VALUE_STRING) {
        char *text = number_text(from.string), *end;
        number = strtod(text, &end);
        bool good = *text && !*end && !strpbrk(text, "xXpP");
        free(text);
        if (!good)
            return parse_error("could not convert string to float", from, err);
    } else if (from.kind != VALUE_UNDEFINED && !as_number(from, &number)) {
        return wrong_argument("float", "a string or a real number", from, err);
    }
    *ret = value_float(number);
    return true;
}

static bool make_str(struct interp *interp, struct value from,
                     struct value *ret, struct error *err)
{
    struct strbuf text = STRBUF_INIT;

    (void)interp;
    (void)err;
    if (from.kind != VALUE_UNDEFINED)
        value_str(from, &text);
    *ret = value_string_take(&text);
    return true;
}

static bool make_sequence(struct interp *interp, struct value from, bool tuple,
                          struct value *ret, struct error *err)
{
    struct value *items = NULL;
    size_t count = 0;

    if (from.kind != VALUE_UNDEFINED &&
        !interp_collect(interp, from, &count, &items, err))
        return false;
    *ret = tuple ? value_tuple_take(count, items)
                 : value_list_take(count, items);
    free(items);
    return true;
}

static bool make_list(struct interp *interp, struct value from,
                      struct value *ret, struct error *err)
{
    return make_sequence(interp, from, false, ret, err);
}

static bool make_tuple(struct interp *interp, struct value from,
                       struct value *ret, struct error *err)
{
    return make_sequence(interp, from, true, ret, err);
}

static bool add_pair(struct interp *interp, struct value dict,
                     struct value pair, struct error *err)
{
    struct value *items;
    size_t count;

    if (!interp_collect(interp, pair, &count, &items, err))
        return false;
    bool done = count == 2
                    ? dict_set(dict.dict, items[0], items[1], err)
                    : error_set(err, ERROR_VALUE,
                                "dictionary update sequence element has "
                                "length %zu; 2 is required",
                                count);
    for (size_t i = 0; i < count; i++)
        value_unref(items[i]);
    free(items);
    return done;
}

static bool make_dict(struct interp *interp, struct value from,
                      struct value *ret, struct error *err)
{
    struct value dict = value_dict(), key, value, *pairs = NULL;
    size_t count = 0;
    bool done = true;

    if (from.kind == VALUE_DICT) {
        for (size_t i = 0; dict_next(from.dict, &i, &key, &value);)
            done = done && dict_set(dict.dict, key, value, err);
    } else if (from.kind != VALUE_UNDEFINED) {
        done = interp_collect(interp, from, &count, &pairs, err);
        for (size_t i = 0; i < count; i++) {
            done = done && add_pair(interp, dict, pairs[i], err);
            value_unref(pairs[i]);
        }
        free(pairs);
    }
    if (done)
        *ret = dict;
    else
        value_unref(dict);
    return done;
}

/* -------------------------------------------------------------------- table */

#define TYPE(NAME, SHORT, NUMERIC, DTYPE, CONSTRUCT)                           \
    {{{1}, &type_type, NULL}, NAME, SHORT, NUMERIC, DTYPE, CONSTRUCT}

static struct type types[] = {
    TYPE("bool", "bool", true, DTYPE_BOOL, make_bool),
    TYPE("int", "int", true, DTYPE_INT64, make_int),
    TYPE("float", "float", true, DTYPE_FLOAT64, make_float),
    TYPE("str", "str", false, 0, make_str),
    TYPE("list", "list", false, 0, make_list),
    TYPE("tuple", "tuple", false, 0, make_tuple),
    TYPE("dict", "dict", false, 0, make_dict),
    TYPE("numpy.ndarray", "ndarray", false, 0, NULL),
    TYPE("numpy.bool_", "bool_", true, DTYPE_BOOL, NULL),
#define X(identifier, name, type, kind, character)                             \
    TYPE("numpy." name, name, true, DTYPE_##identifier, NULL),
    DTYPES(X)
#undef X
    TYPE("NoneType", "NoneType", false, 0, NULL),
    TYPE("range", "range", false, 0, NULL),
    TYPE("slice", "slice", false, 0, NULL),
    TYPE("ellipsis", "ellipsis", false, 0, NULL),
    TYPE("function", "function", false, 0, NULL),
    TYPE("method", "method", false, 0, NULL),
    TYPE("builtin_function_or_method", "builtin_function_or_method", false, 0,
         NULL),
    TYPE("numpy.ufunc", "ufunc", false, 0, NULL),
    TYPE("module", "module", false, 0, NULL),
    TYPE("type", "type", false, 0, NULL),
};
enum { TYPES = sizeof types / sizeof *types, PYTHON_TYPES = 7 };

/* Where nothing better is known: an opaque object's type, by its name. */
static struct type other = TYPE("object", "object", false, 0, NULL);

static struct value type_value(struct type *type)
{
    type->opaque.data = type; /* for type_repr() */
    return value_ref(
        (struct value){.kind = VALUE_OPAQUE, .opaque = &type->opaque});
}

static struct type *type_get(struct value value)
{
    if (value.kind != VALUE_OPAQUE || value.opaque->type != &type_type)
        return NULL;
    return (struct type *)value.opaque; /* its first member */
}

struct value type_of(struct value value)
{
    const char *name = value_type_name(value);

    if (value.kind == VALUE_INSTANCE || value.kind == VALUE_EXCEPTION)
        return value_ref((struct value){.kind = VALUE_CLASS,
                                        .class = value.instance->class});
    for (int i = 0; i < TYPES; i++)
        if (!strcmp(types[i].name, name))
            return type_value(&types[i]);
    other.name = name;
    return type_value(&other);
}

bool type_dtype(struct value value, enum dtype *ret)
{
    struct type *type = type_get(value);

    if (!type || !type->numeric)
        return false;
    *ret = type->dtype;
    return true;
}

static void type_repr(void *data, struct strbuf *sb)
{
    const struct type *type = data;
    strbuf_addf(sb, "<class '%s'>", type->name);
}

/* np.float32(0.1): a NumPy scalar, or an array of an array. */
static bool make_scalar(struct type *type, struct value from,
                        struct value *ret, struct error *err)
{
    struct value zero = value_int(0);
    struct tensor *tensor = value_to_tensor(
        from.kind == VALUE_UNDEFINED ? zero : from, DTYPE_COUNT, err);
    struct tensor *typed =
        tensor ? tensor_astype(tensor, type->dtype, err) : NULL;

    tensor_unref(tensor);
    if (!typed)
        return false;
    *ret = value_tensor_or_scalar_take(typed);
    return true;
}

static bool type_call(struct interp *interp, struct value self,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    struct type *type = type_get(self);
    struct value from = {.kind = VALUE_UNDEFINED};
    bool keywords_allowed = type->construct == make_dict;

    if (args->count > 1 || (args->keyword_count && !keywords_allowed))
        return error_set(err, ERROR_TYPE, "%s() takes at most 1 argument (%d "
                                          "given)",
                         type->short_name,
                         args->count + args->keyword_count);
    if (args->count)
        from = args->values[0];
    if (!type->construct && !type->numeric)
        return error_set(err, ERROR_TYPE, "cannot create '%s' instances",
                         type->name);
    bool done = type->construct ? type->construct(interp, from, ret, err)
                                : make_scalar(type, from, ret, err);
    for (int i = 0; done && i < args->keyword_count; i++)
        dict_set_string(ret->dict, args->keywords[i].name,
                        args->keywords[i].value);
    return done;
}

static bool type_get_attribute(struct interp *interp, struct value self,
                               const char *name, struct value *ret,
                               struct error *err)
{
    (void)interp;
    if (!strcmp(name, "__name__")) {
        *ret = value_string(type_get(self)->short_name);
        return true;
    }
    return error_set(err, ERROR_ATTRIBUTE,
                     "type object '%s' has no attribute '%s'",
                     type_get(self)->name, name);
}

static const struct native_type type_type = {
    .name = "type",
    .repr = type_repr,
    .call = type_call,
    .get_attribute = type_get_attribute,
};

/* --------------------------------------------------------------- isinstance */

static bool is_exactly(struct value value, const struct type *type)
{
    if (!strcmp(value_type_name(value), type->name))
        return true;
    /* bool is an int, np.float64 a float */
    if (!strcmp(type->name, "int"))
        return value.kind == VALUE_BOOL;
    if (!strcmp(type->name, "float"))
        return value.kind == VALUE_SCALAR && value.dtype == DTYPE_FLOAT64;
    return false;
}

bool type_is_instance(struct value value, struct value type, bool *ret,
                      struct error *err)
{
    struct type *own = type_get(type);

    if (own) {
        *ret = is_exactly(value, own);
        return true;
    }
    if (type.kind == VALUE_CLASS) {
        *ret = (value.kind == VALUE_INSTANCE ||
                value.kind == VALUE_EXCEPTION) &&
               class_is_subclass(value.instance->class, type.class);
        return true;
    }
    if (type.kind != VALUE_TUPLE)
        return error_set(err, ERROR_TYPE,
                         "isinstance() arg 2 must be a type, a tuple of types, "
                         "or a union");
    *ret = false;
    for (size_t i = 0; !*ret && i < type.sequence->count; i++)
        if (!type_is_instance(value, type.sequence->items[i], ret, err))
            return false;
    return true;
}

/* ------------------------------------------------------------------ install */

/* Other names of NumPy's scalar types. */
static const struct {
    const char *alias, *name;
} aliases[] = {
    {"float_", "float64"}, {"double", "float64"}, {"single", "float32"},
    {"int_", "int64"},     {"uint", "uint64"},    {"byte", "int8"},
    {"ubyte", "uint8"},    {"short", "int16"},    {"intc", "int32"},
    {"intp", "int64"},     {"longlong", "int64"}, {"bool8", "bool_"},
};

static struct type *numpy_type(const char *short_name)
{
    for (int i = PYTHON_TYPES; i < TYPES; i++)
        if (!strcmp(types[i].short_name, short_name))
            return &types[i];
    return NULL;
}

/* As a built-in of INTERP, or as a name of MODULE. */
static void add_type(struct interp *interp, struct module *module,
                     const char *name, struct type *type)
{
    struct value value = type_value(type);

    if (module)
        module_set(module, name, value);
    else
        interp_set_builtin(interp, name, value);
    value_unref(value);
}

void types_install(struct interp *interp, struct module *numpy)
{
    for (int i = 0; i < PYTHON_TYPES; i++)
        add_type(interp, NULL, types[i].name, &types[i]);
    for (int i = PYTHON_TYPES; i < TYPES; i++)
        if (!strncmp(types[i].name, "numpy.", 6) &&
            strcmp(types[i].short_name, "bool"))
            add_type(NULL, numpy, types[i].short_name, &types[i]);
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        add_type(NULL, numpy, aliases[i].alias, numpy_type(aliases[i].name));
}
