/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/types.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strmap.h"
#include "bind/eager.h"
#include "bind/natives.h"
#include "bind/library.h"
#include "bind/op_call.h"
#include "bind/type_constructors.h"
#include "bind/warnings.h"
#include "lang/methods_bytes.h"
#include "lang/methods_object.h"
#include "lang/methods_string.h"

struct type {
    struct opaque opaque; /* counted, but never freed */
    const char *name;     /* as value_type_name() says it */
    const char *short_name;
    enum value_kind kind; /* whose methods it has: str.upper */
    bool numeric;
    enum dtype dtype; /* of a numeric one */
    construct *construct;
    const char *kinds; /* of dtypes below an abstract one, else NULL */
};

static const struct native_type type_type;

/* -------------------------------------------------------------------- table */

#define TYPE_OF(KIND, NAME, SHORT, NUMERIC, DTYPE, CONSTRUCT)                  \
    {                                                                          \
        {{1}, &type_type, NULL}, NAME, SHORT, KIND, NUMERIC, DTYPE, CONSTRUCT, \
            NULL                                                               \
    }
/* np.integer: no scalar's own type, but above those of these kinds. */
#define ABSTRACT(SHORT, KINDS)                                           \
    {                                                                    \
        {{1}, &type_type, NULL}, "numpy." SHORT, SHORT, VALUE_UNDEFINED, \
            false, 0, NULL, KINDS                                        \
    }
#define TYPE(NAME, SHORT, NUMERIC, DTYPE, CONSTRUCT)                           \
    TYPE_OF(VALUE_UNDEFINED, NAME, SHORT, NUMERIC, DTYPE, CONSTRUCT)

static struct type types[] = {
    TYPE_OF(VALUE_BOOL, "bool", "bool", true, DTYPE_BOOL, make_bool),
    TYPE_OF(VALUE_INT, "int", "int", true, DTYPE_INT64, make_int),
    TYPE_OF(VALUE_FLOAT, "float", "float", true, DTYPE_FLOAT64, make_float),
    TYPE_OF(VALUE_STRING, "str", "str", false, 0, make_str),
    TYPE_OF(VALUE_LIST, "list", "list", false, 0, make_list),
    TYPE_OF(VALUE_TUPLE, "tuple", "tuple", false, 0, make_tuple),
    TYPE_OF(VALUE_DICT, "dict", "dict", false, 0, make_dict),
    TYPE_OF(VALUE_SET, "set", "set", false, 0, make_set),
    TYPE_OF(VALUE_FROZENSET, "frozenset", "frozenset", false, 0,
            make_frozenset),
    TYPE_OF(VALUE_BYTES, "bytes", "bytes", false, 0, make_bytes),
    TYPE("slice", "slice", false, 0, NULL),
    TYPE("numpy.ndarray", "ndarray", false, 0, NULL),
    TYPE("numpy.bool_", "bool_", true, DTYPE_BOOL, NULL),
#define X(identifier, name, type, kind, character)                             \
    TYPE("numpy." name, name, true, DTYPE_##identifier, NULL),
    DTYPES(X)
#undef X
        ABSTRACT("generic", "biufcSU"),
    ABSTRACT("number", "iufc"),
    ABSTRACT("integer", "iu"),
    ABSTRACT("signedinteger", "i"),
    ABSTRACT("unsignedinteger", "u"),
    ABSTRACT("inexact", "fc"),
    ABSTRACT("floating", "f"),
    ABSTRACT("complexfloating", "c"),
    ABSTRACT("flexible", "SU"),
    ABSTRACT("character", "SU"),
    TYPE("NoneType", "NoneType", false, 0, NULL),
    TYPE("range", "range", false, 0, NULL),
    TYPE("ellipsis", "ellipsis", false, 0, NULL),
    TYPE("function", "function", false, 0, NULL),
    TYPE("method", "method", false, 0, NULL),
    TYPE("builtin_function_or_method", "builtin_function_or_method", false, 0,
         NULL),
    TYPE("numpy.ufunc", "ufunc", false, 0, NULL),
    TYPE("module", "module", false, 0, NULL),
    TYPE("type", "type", false, 0, NULL),
};
enum { TYPES = sizeof types / sizeof *types, PYTHON_TYPES = 11 };

/* Types of what C gives out, such as iterators and models, known by their
   name; one for each, as long as the program runs. */
static struct strmap others;

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
    if (value.kind == VALUE_CLASS && value.class->meta)
        return value_ref((struct value){.kind = VALUE_CLASS,
                                        .class = value.class->meta});
    if (value.kind == VALUE_OPAQUE && value.opaque->type->class_of)
        return value.opaque->type->class_of(value.opaque->data);
    for (int i = 0; i < TYPES; i++)
        if (!strcmp(types[i].name, name))
            return type_value(&types[i]);
    struct type *other = strmap_get(&others, name);
    if (!other) {
        other = xcalloc(1, sizeof *other);
        const char *dot = strrchr(name, '.');
        *other = (struct type)TYPE(name, dot ? dot + 1 : name, false, 0, NULL);
        strmap_set(&others, name, other);
    }
    return type_value(other);
}

bool type_dtype(struct value value, enum dtype *ret)
{
    struct type *type = type_get(value);

    if (!type || !type->numeric)
        return false;
    *ret = type->dtype;
    return true;
}

const char *type_abstract_kinds(struct value value)
{
    const struct type *type = type_get(value);
    return type ? type->kinds : NULL;
}

static void type_repr(void *data, struct strbuf *sb)
{
    const struct type *type = data;
    strbuf_addf(sb, "<class '%s'>", type->name);
}

/* np.int8(200) is cut off, but not for long. */
static void warn_of_range(int64_t number, enum dtype dtype)
{
    struct scalar cut = scalar_cast(scalar_from_int(number), dtype);
    struct strbuf text = STRBUF_INIT;

    if (cut.i == number && (number >= 0 || dtype_kind(dtype) == 'i'))
        return;
    strbuf_addf(&text,
                "DeprecationWarning: NumPy will stop allowing conversion of "
                "out-of-bound Python integers to integer arrays.  The "
                "conversion of %lld to %s will fail in the future.\n"
                "For the old behavior, usually:\n"
                "    np.array(value).astype(dtype)`\n"
                "will give the desired result (the cast overflows).",
                (long long)number, dtype_name(dtype));
    warn(text.text);
    strbuf_done(&text);
}

/* np.float32(0.1): a NumPy scalar, or an array of an array. */
static bool make_scalar(struct type *type, struct value from,
                        struct value *ret, struct error *err)
{
    struct value zero = value_int(0);
    int64_t whole;

    if (from.kind == VALUE_INT && dtype_is_integer(type->dtype) &&
        value_as_int(from, &whole))
        warn_of_range(whole, type->dtype);
    struct tensor *tensor = value_to_tensor(
        from.kind == VALUE_UNDEFINED ? zero : from, DTYPE_COUNT, err);
    struct tensor *typed =
        tensor ? eager_cast(tensor, type->dtype, err) : NULL;

    tensor_unref(tensor);
    if (!typed)
        return false;
    *ret = value_tensor_or_scalar_take(typed);
    return true;
}

/* The base of int('ff', 16) and int('ff', base=16); false: there is none. */
static bool int_base(const struct call_args *args, int64_t *base)
{
    if (args->count == 2 && args->keyword_count == 0)
        return value_as_int(args->values[1], base);
    return args->count == 1 && args->keyword_count == 1 &&
           !strcmp(args->keywords[0].name, "base") &&
           value_as_int(args->keywords[0].value, base);
}

/* int('ff', 16), slice(1, 10, 2): those that take more than one. */
static bool call_with_more(const struct type *type,
                           const struct call_args *args, bool *handled,
                           struct value *ret, struct error *err)
{
    int64_t base;

    *handled = true;
    if (type->kind == VALUE_INT && int_base(args, &base) &&
        args->values[0].kind == VALUE_STRING) {
        if (base == 1 || base < 0 || base > 36)
            return error_set(err, ERROR_VALUE,
                             "int() base must be >= 2 and <= 36, or 0");
        return int_from_string(args->values[0], base, ret, err);
    }
    /* bytes(text, 'utf-8'), str(data, 'utf-8') */
    if (args->count == 2 && args->values[0].kind == VALUE_STRING &&
        type->kind == VALUE_BYTES)
        return string_encode(NULL, NULL, args, ret, err);
    if (args->count == 2 && args->values[0].kind == VALUE_BYTES &&
        type->kind == VALUE_STRING)
        return bytes_methods[0].call(NULL, NULL, args, ret, err);
    if (!strcmp(type->name, "slice") && args->count >= 1 && args->count <= 3) {
        struct slice *slice = xcalloc(1, sizeof *slice);
        bool lone = args->count == 1;
        slice->object.refs = 1;
        slice->start = lone ? value_none() : value_ref(args->values[0]);
        slice->stop = value_ref(args->values[lone ? 0 : 1]);
        slice->step =
            args->count == 3 ? value_ref(args->values[2]) : value_none();
        *ret = (struct value){.kind = VALUE_SLICE, .slice = slice};
        return true;
    }
    *handled = false;
    return true;
}

static bool type_call(struct interp *interp, struct value self,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    struct type *type = type_get(self);
    struct value from = {.kind = VALUE_UNDEFINED};
    bool keywords_allowed = type->construct == make_dict, handled;

    if (!strcmp(type->name, "numpy.ndarray"))
        return library_call(interp, "numpy.lib", "_ndarray", args, ret, err);
    if (!call_with_more(type, args, &handled, ret, err))
        return false;
    if (handled)
        return true;
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

/* ------------------------------------------- str.upper, dict.fromkeys … */

/* native->data is the method's row in the table of its kind. */
static bool unbound_call(struct interp *interp, struct value self,
                         const struct call_args *args, struct value *ret,
                         struct error *err);

struct unbound {
    const struct type *type;
    struct native *method;
};

static void unbound_repr(void *data, struct strbuf *sb)
{
    const struct unbound *unbound = data;
    strbuf_addf(sb, "<method '%s' of '%s' objects>", unbound->method->name,
                unbound->type->name);
}

static const struct native_type unbound_type = {
    .name = "method_descriptor",
    .free = free,
    .repr = unbound_repr,
    .binds = true,
    .call = unbound_call,
};

static bool unbound_call(struct interp *interp, struct value self,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    const struct unbound *unbound = value_opaque_data(self, &unbound_type);
    const char *name = unbound->method->name;
    struct value method = {.kind = VALUE_NATIVE, .native = unbound->method};

    if (args->count == 0)
        return error_set(err, ERROR_TYPE,
                         "unbound method %s.%s() needs an argument",
                         unbound->type->name, name);
    if (value_plain(args->values[0]).kind != unbound->type->kind)
        return error_set(err, ERROR_TYPE,
                         "descriptor '%s' for '%s' objects doesn't apply to a "
                         "'%s' object",
                         name, unbound->type->name,
                         value_type_name(args->values[0]));
    struct value *values =
        xreallocarray(NULL, (size_t)args->count, sizeof *values);
    struct call_args call = *args;
    memcpy(values, args->values, (size_t)args->count * sizeof *values);
    values[0] = value_plain(values[0]);
    call.values = values;
    bool good = interp_call(interp, method, &call, ret, err);
    free(values);
    return good;
}

/* dict.fromkeys(keys, value=None) */
NATIVE(fromkeys_call)
{
    struct value *keys, dict = value_dict();
    struct value value = args->count > 1 ? args->values[1] : value_none();
    size_t count;

    if (args->count < 1 || args->count > 2 || args->keyword_count ||
        !interp_collect(interp, args->values[0], &count, &keys, err)) {
        value_unref(dict);
        return err->kind != ERROR_NONE
                   ? false
                   : error_set(err, ERROR_TYPE,
                               "%s expected 1 or 2 arguments, got %d",
                               native->name, args->count);
    }
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good = good && dict_set(dict.dict, keys[i], value, err);
        value_unref(keys[i]);
    }
    free(keys);
    *ret = dict;
    if (!good)
        value_unref(dict);
    return good;
}

/* Those that belong to a type and take no self. */
static struct {
    enum value_kind kind;
    struct native native;
} statics[] = {
    {VALUE_DICT,
     {.object = {1}, .name = "fromkeys", .call = fromkeys_call}},
    {VALUE_INT,
     {.object = {1}, .name = "from_bytes", .call = int_from_bytes}},
    {VALUE_STRING,
     {.object = {1}, .name = "maketrans", .call = string_maketrans}},
};

static bool type_method(struct type *type, const char *name, struct value *ret)
{
    struct native *method = kind_methods(type->kind);

    for (size_t i = 0; i < sizeof statics / sizeof *statics; i++) {
        if (statics[i].kind != type->kind ||
            strcmp(statics[i].native.name, name) != 0)
            continue;
        *ret = value_ref((struct value){.kind = VALUE_NATIVE,
                                        .native = &statics[i].native});
        return true;
    }
    for (; method && method->name; method++) {
        if (strcmp(method->name, name) != 0)
            continue;
        struct unbound *unbound = xmalloc(sizeof *unbound);
        *unbound = (struct unbound){type, method};
        *ret = value_opaque(&unbound_type, unbound);
        return true;
    }
    if (!strcmp(name, "__init__") || !strcmp(name, "__new__"))
        return object_unbound(name, ret);
    method = special_method(type->kind, name);
    if (method && type->kind != VALUE_UNDEFINED) {
        struct unbound *unbound = xmalloc(sizeof *unbound);
        *unbound = (struct unbound){type, method};
        *ret = value_opaque(&unbound_type, unbound);
        return true;
    }
    return false;
}

static bool type_get_attribute(struct interp *interp, struct value self,
                               const char *name, struct value *ret,
                               struct error *err)
{
    struct type *type = type_get(self);

    (void)interp;
    if (!strcmp(name, "__name__") || !strcmp(name, "__qualname__")) {
        *ret = value_string(type->short_name);
        return true;
    }
    return type_method(type, name, ret) ||
           error_set(err, ERROR_ATTRIBUTE,
                     "type object '%s' has no attribute '%s'", type->name,
                     name);
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
    if (type->kinds)
        return value.kind == VALUE_SCALAR &&
               strchr(type->kinds, dtype_kind((enum dtype)value.dtype));
    if (value.kind == VALUE_DICT && type->kind == VALUE_DICT)
        return true;
    if (value.kind == VALUE_INSTANCE) /* of a class derived from it */
        return type_get(value.instance->class->built_in) == type;
    /* bool is an int, np.float64 a float */
    if (!strcmp(type->name, "int"))
        return value.kind == VALUE_BOOL;
    if (!strcmp(type->name, "float"))
        return value.kind == VALUE_SCALAR && value.dtype == DTYPE_FLOAT64;
    return false;
}

/* Types that are functions here: each makes values that are named after it. */
static bool is_type_function(struct value type)
{
    static const char *const names[] = {
        "range", "property", "staticmethod", "classmethod", "enumerate",
        "zip",   "map",      "filter",       "reversed",    "super",
        "defaultdict", "Counter", "OrderedDict"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (type.kind == VALUE_NATIVE && !strcmp(type.native->name, names[i]))
            return true;
    return false;
}

/* Is VALUE what the constructor CLASS makes? */
static bool is_made_by(struct value value, const struct native *class)
{
    if (value.kind != VALUE_OPAQUE || value.opaque->type != class->makes)
        return false;
    if (!class->makes->class_of)
        return true;
    struct value own = class->makes->class_of(value.opaque->data);
    bool same = own.kind == VALUE_NATIVE && own.native->call == class->call &&
                own.native->data == class->data;
    value_unref(own);
    return same;
}

/* Do objects that C makes count as CLASS's, as its own attribute
   _registered, a tuple of the names of their types, says? */
static bool is_registered(struct value value, const struct class *class)
{
    const struct value *names = namespace_get(&class->names, "_registered");
    bool found = false;
    if (!names || value.kind != VALUE_OPAQUE || names->kind != VALUE_TUPLE)
        return false;
    for (size_t i = 0; i < names->sequence->count; i++) {
        struct value name = names->sequence->items[i];
        found |= name.kind == VALUE_STRING &&
                 !strcmp(name.string->text, value.opaque->type->name);
    }
    return found;
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
        bool object = (value.kind == VALUE_INSTANCE ||
                       value.kind == VALUE_EXCEPTION);
        if (value.kind == VALUE_CLASS && value.class->meta &&
            type.class->built_in.kind == VALUE_NATIVE)
            *ret = class_is_subclass(value.class->meta, type.class);
        else
            *ret = object ? class_is_subclass(value.instance->class, type.class)
                      : is_registered(value, type.class) ||
                            (!type.class->base_count &&
                             type.class->kind == ERROR_NONE);
        return true;
    }
    /* isinstance(x, type) */
    if (type.kind == VALUE_NATIVE && !strcmp(type.native->name, "type")) {
        *ret = type_get(value) || value.kind == VALUE_CLASS;
        return true;
    }
    if (type.kind == VALUE_NATIVE && type.native->makes) {
        *ret = is_made_by(value, type.native);
        return true;
    }
    if (is_type_function(type)) {
        const char *name = value_type_name(value), *dot = strrchr(name, '.');
        *ret = !strcmp(dot ? dot + 1 : name, type.native->name);
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

/* Is OWN one of NumPy's scalar types below the abstract one? */
static bool is_below(const struct type *own, const struct type *abstract)
{
    if (!own || strncmp(own->name, "numpy.", 6) != 0)
        return false;
    if (own->kinds)
        return strspn(own->kinds, abstract->kinds) == strlen(own->kinds);
    return own->numeric && strchr(abstract->kinds, dtype_kind(own->dtype));
}

bool type_is_subtype(struct value type, struct value base, bool *ret,
                     struct error *err)
{
    const struct type *own = type_get(type), *above = type_get(base);

    if (above && type.kind == VALUE_CLASS) {
        *ret = type_get(type.class->built_in) == above;
        return true;
    }
    if (!own && type.kind != VALUE_CLASS)
        return error_set(err, ERROR_TYPE,
                         "issubclass() arg 1 must be a class");
    *ret = false;
    if (base.kind == VALUE_TUPLE) {
        for (size_t i = 0; !*ret && i < base.sequence->count; i++)
            if (!type_is_subtype(type, base.sequence->items[i], ret, err))
                return false;
        return true;
    }
    if (base.kind == VALUE_CLASS)
        *ret = own ? !base.class->base_count && base.class->kind == ERROR_NONE
                   : class_is_subclass(type.class, base.class);
    else if (above && above->kinds)
        *ret = is_below(own, above);
    else if (above)
        *ret = own == above ||
               (above->kind == VALUE_FLOAT && own && own->numeric &&
                own->dtype == DTYPE_FLOAT64) ||
               (own && own->kind == VALUE_BOOL && above->kind == VALUE_INT);
    else
        return error_set(err, ERROR_TYPE,
                         "issubclass() arg 2 must be a class, a tuple of "
                         "classes, or a union");
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
