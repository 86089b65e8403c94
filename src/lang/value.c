/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/alloc.h"
#include "lang/set.h"

/* -------------------------------------------------------------- strings */

/* What is allocated for a string of LENGTH bytes: at most an eighth more than
   it needs, so that one that grows moves seldom. */
static size_t string_size(size_t length)
{
    size_t size = sizeof(struct string) + length + 1, step = 16;
    while (step * 16 <= size)
        step *= 2;
    return (size + step - 1) / step * step;
}

void string_append(struct value *value, const struct string *more)
{
    struct string *string = value->string;
    size_t length = string->length + more->length;
    if (string_size(length) != string_size(string->length))
        string = xreallocarray(string, 1, string_size(length));
    memcpy(string->text + string->length, more->text, more->length + 1);
    string->length = length;
    string->hash = 0;
    value->string = string;
}

struct value value_string_n(const char *text, size_t length)
{
    struct string *string = xmalloc(string_size(length));
    string->object.refs = 1;
    string->hash = 0;
    string->length = length;
    memcpy(string->text, text, length);
    string->text[length] = '\0';
    return (struct value){.kind = VALUE_STRING, .string = string};
}

struct value value_bytes_n(const char *bytes, size_t length)
{
    struct value value = value_string_n(bytes, length);
    value.kind = VALUE_BYTES;
    return value;
}

struct value value_string(const char *text)
{
    return value_string_n(text, strlen(text));
}

struct value value_string_take(struct strbuf *sb)
{
    struct value value = value_string_n(sb->text, sb->length);
    strbuf_done(sb);
    return value;
}

/* -------------------------------------------------------------- tensors */

struct value value_tensor_take(struct tensor *tensor)
{
    return (struct value){.kind = VALUE_TENSOR, .tensor = tensor};
}

struct value value_tensor_or_scalar_take(struct tensor *tensor)
{
    if (tensor->ndim || (tape_is_recording() && tape_tracks(tensor)))
        return value_tensor_take(tensor);
    struct value value = value_scalar(tensor_item(tensor));
    tensor_unref(tensor);
    return value;
}

/* -------------------------------------------- natives, methods, opaques */

struct value value_native(const char *name, native_call *call,
                          const struct param *params, const void *data,
                          const char *doc)
{
    struct native *native = xcalloc(1, sizeof *native);
    native->object.refs = 1;
    native->name = name;
    native->call = call;
    native->params = params;
    native->data = data;
    native->doc = doc;
    return (struct value){.kind = VALUE_NATIVE, .native = native};
}

struct value value_method(struct value self, struct value function)
{
    struct method *method = xcalloc(1, sizeof *method);
    method->object.refs = 1;
    method->self = value_ref(self);
    method->function = value_ref(function);
    return (struct value){.kind = VALUE_METHOD, .method = method};
}

struct value value_opaque(const struct native_type *type, void *data)
{
    struct opaque *opaque = xcalloc(1, sizeof *opaque);
    opaque->object.refs = 1;
    opaque->type = type;
    opaque->data = data;
    return (struct value){.kind = VALUE_OPAQUE, .opaque = opaque};
}

void *value_opaque_data(struct value value, const struct native_type *type)
{
    if (value.kind != VALUE_OPAQUE || value.opaque->type != type)
        return NULL;
    return value.opaque->data;
}

struct value value_iterator(const struct iterator_type *type, void *data)
{
    struct iterator *iterator = xcalloc(1, sizeof *iterator);
    iterator->object.refs = 1;
    iterator->type = type;
    iterator->data = data;
    return (struct value){.kind = VALUE_ITERATOR, .iterator = iterator};
}

/* ---------------------------------------------------------------- freeing */

static void sequence_free(struct sequence *sequence)
{
    tracked_remove(&sequence->tracked);
    for (size_t i = 0; i < sequence->count; i++)
        value_unref(sequence->items[i]);
    free(sequence->items);
    free(sequence);
}

static void function_free(struct function *function)
{
    tracked_remove(&function->tracked);
    for (int i = 0; i < function->code->parameter_count; i++)
        value_unref(function->defaults[i]);
    for (int i = 0; i < function->code->capture_count; i++)
        cell_unref(function->cells[i]);
    free(function->defaults);
    free(function->cells);
    namespace_done(&function->names);
    program_free(function->program);
    free(function);
}

void class_disown(struct class *class)
{
    const char *name;
    struct value value;
    for (size_t i = 0; namespace_next(&class->names, &i, &name, &value);) {
        struct function *functions[MAX_WRAPPED];
        for (int k = member_functions(value, functions); k-- > 0;)
            if (functions[k]->owner == class)
                functions[k]->owner = NULL;
    }
}

static void class_free(struct class *class)
{
    tracked_remove(&class->tracked);
    class_disown(class);
    namespace_done(&class->names);
    value_unref(class->built_in);
    for (int i = 0; i < class->base_count; i++)
        value_unref(
            (struct value){.kind = VALUE_CLASS, .class = class->bases[i]});
    if (class->meta)
        value_unref((struct value){.kind = VALUE_CLASS, .class = class->meta});
    free(class->bases);
    free(class->line);
    free(class->name);
    free(class->doc);
    free(class);
}

static void instance_free(struct instance *instance)
{
    tracked_remove(&instance->tracked);
    namespace_done(&instance->names);
    value_unref(instance->args);
    value_unref((struct value){.kind = VALUE_CLASS, .class = instance->class});
    free(instance);
}

static void free_contents(struct value value)
{
    switch ((enum value_kind)value.kind) {
    case VALUE_TUPLE:
    case VALUE_LIST:
        sequence_free(value.sequence);
        return;
    case VALUE_DICT:
        tracked_remove(&value.dict->tracked);
        dict_clear(value.dict);
        value_unref(value.dict->factory);
        break;
    case VALUE_SET:
    case VALUE_FROZENSET:
        set_free(value.set);
        return;
    case VALUE_VIEW:
        value_unref(value.view->dict);
        break;
    case VALUE_SLICE:
        value_unref(value.slice->start);
        value_unref(value.slice->stop);
        value_unref(value.slice->step);
        break;
    case VALUE_FUNCTION:
        function_free(value.function);
        return;
    case VALUE_METHOD:
        value_unref(value.method->self);
        value_unref(value.method->function);
        break;
    case VALUE_CLASS:
        class_free(value.class);
        return;
    case VALUE_INSTANCE:
    case VALUE_EXCEPTION:
        instance_free(value.instance);
        return;
    case VALUE_MODULE:
        namespace_done(&value.module->names);
        free(value.module->name);
        break;
    case VALUE_ITERATOR:
        if (value.iterator->type->free)
            value.iterator->type->free(value.iterator->data);
        break;
    case VALUE_OPAQUE:
        if (value.opaque->type->free)
            value.opaque->type->free(value.opaque->data);
        break;
    default: /* strings, ranges, natives hold nothing else */
        break;
    }
    free(value.object);
}

enum { MAX_FREE_DEPTH = 500 };

/* A list in a list in a list… must not use up the C stack: what lies too deep
   waits until the outermost is done. */
void object_free(struct value value)
{
    static struct value *waiting;
    static size_t count, capacity;
    static int depth;

    if (depth == MAX_FREE_DEPTH) {
        VEC_PUSH(waiting, count, capacity) = value;
        return;
    }
    depth++;
    free_contents(value);
    while (depth == 1 && count)
        free_contents(waiting[--count]);
    depth--;
    if (depth == 0) {
        free(waiting);
        waiting = NULL;
        capacity = 0;
    }
}

/* ------------------------------------------------------------ type names */

static const char *const scalar_type_names[] = {
#define X(identifier, name, type, kind, character) \
    [DTYPE_##identifier] = "numpy." name,
    DTYPES(X)
#undef X
};

static const char *const dtype_type_names[] = {
#define X(identifier, name, type, kind, character) \
    [DTYPE_##identifier] = "numpy.dtype[" name "]",
    DTYPES(X)
#undef X
};

const char *value_type_name(struct value value)
{
    static const char *const names[VALUE_KIND_COUNT] = {
        [VALUE_UNDEFINED] = "undefined",
        [VALUE_NONE] = "NoneType",
        [VALUE_BOOL] = "bool",
        [VALUE_INT] = "int",
        [VALUE_FLOAT] = "float",
        [VALUE_ELLIPSIS] = "ellipsis",
        [VALUE_NOT_IMPLEMENTED] = "NotImplementedType",
        [VALUE_STRING] = "str",
        [VALUE_BYTES] = "bytes",
        [VALUE_TUPLE] = "tuple",
        [VALUE_LIST] = "list",
        [VALUE_DICT] = "dict",
        [VALUE_SET] = "set",
        [VALUE_FROZENSET] = "frozenset",
        [VALUE_RANGE] = "range",
        [VALUE_SLICE] = "slice",
        [VALUE_TENSOR] = "numpy.ndarray",
        [VALUE_FUNCTION] = "function",
        [VALUE_METHOD] = "method",
        [VALUE_CLASS] = "type",
        [VALUE_MODULE] = "module",
    };
    switch ((enum value_kind)value.kind) {
    case VALUE_SCALAR:
        return value.dtype == DTYPE_BOOL ? "numpy.bool_"
                                         : scalar_type_names[value.dtype];
    case VALUE_DTYPE:
        return value.dtype == DTYPE_BOOL ? "numpy.dtype[bool_]"
                                         : dtype_type_names[value.dtype];
    case VALUE_NATIVE:
        return value.native->type ? "numpy.ufunc"
                                  : "builtin_function_or_method";
    case VALUE_INSTANCE:
    case VALUE_EXCEPTION:
        return value.instance->class->name;
    case VALUE_DICT:
        return value.dict->variant == DICT_DEFAULT ? "collections.defaultdict"
               : value.dict->variant == DICT_COUNTER ? "collections.Counter"
                                                     : "dict";
    case VALUE_VIEW:
        return view_name(value.view);
    case VALUE_ITERATOR:
        return value.iterator->type->name;
    case VALUE_OPAQUE:
        return value.opaque->type->name;
    default:
        return names[value.kind];
    }
}

/* ------------------------------------------------------- truth, numbers */

static bool tensor_truth(const struct tensor *tensor, bool *ret,
                         struct error *err)
{
    if (tensor->size > 1) {
        error_set(err, ERROR_VALUE,
                  "The truth value of an array with more than one element is "
                  "ambiguous. Use a.any() or a.all()");
        return false;
    }
    *ret = tensor->size == 1 && scalar_truth(tensor_item(tensor));
    return true;
}

static bool instance_truth(struct value value, bool *ret, struct error *err)
{
    static const char *const names[] = {"__bool__", "__len__"};
    *ret = true;
    for (int i = 0; i < 2; i++) {
        struct value result;
        bool found;
        if (!value_call_special(interp_current(), value, names[i], 0, NULL,
                                &found, &result, err))
            return false;
        if (found) {
            bool good = value_truth(result, ret, err);
            value_unref(result);
            return good;
        }
    }
    if (value_plain(value).kind != value.kind)
        return value_truth(value_plain(value), ret, err);
    return true;
}

bool value_truth(struct value value, bool *ret, struct error *err)
{
    value = value_array(value);
    switch ((enum value_kind)value.kind) {
    case VALUE_NONE:
        *ret = false;
        return true;
    case VALUE_BOOL:
    case VALUE_INT:
        *ret = value.i != 0;
        return true;
    case VALUE_FLOAT:
        *ret = value.f != 0;
        return true;
    case VALUE_SCALAR:
        *ret = scalar_truth(value_get_scalar(value));
        return true;
    case VALUE_STRING:
    case VALUE_BYTES:
        *ret = value.string->length != 0;
        return true;
    case VALUE_TUPLE:
    case VALUE_LIST:
        *ret = value.sequence->count != 0;
        return true;
    case VALUE_DICT:
        *ret = value.dict->count != 0;
        return true;
    case VALUE_SET:
    case VALUE_FROZENSET:
        *ret = value.set->count != 0;
        return true;
    case VALUE_VIEW:
        *ret = value.view->dict.dict->count != 0;
        return true;
    case VALUE_RANGE:
        *ret = range_count(value.range) != 0;
        return true;
    case VALUE_TENSOR:
        return tensor_truth(value.tensor, ret, err);
    case VALUE_INSTANCE:
        return instance_truth(value, ret, err);
    default:
        *ret = true;
        return true;
    }
}

/* What an object's class says it is worth; a failure is told later. */
static bool number_by_method(struct value value, const char *method,
                             struct value *ret)
{
    struct interp *interp = interp_current();
    struct error err = ERROR_INIT;
    bool found = false;
    if (!interp)
        return false;
    if (!value_call_special(interp, value, method, 0, NULL, &found, ret, &err))
        interp_defer(interp, &err);
    if (found && (ret->kind == VALUE_INSTANCE || ret->kind >= VALUE_STRING)) {
        value_unref(*ret);
        return false;
    }
    return found;
}

bool value_as_int(struct value value, int64_t *ret)
{
    value = value_array(value);
    if (value.kind == VALUE_INSTANCE) {
        struct value index = value_plain(value);
        return (index.kind != VALUE_INSTANCE ||
                number_by_method(value, "__index__", &index)) &&
               value_as_int(index, ret);
    }
    if (value.kind == VALUE_TENSOR && value.tensor->ndim == 0)
        value = value_scalar(tensor_item(value.tensor));
    if (value.kind == VALUE_SCALAR) {
        if (!dtype_is_integer((enum dtype)value.dtype))
            return false;
        if (value.dtype == DTYPE_UINT64 && value.u > INT64_MAX)
            return false;
        *ret = value.i;
        return true;
    }
    if (value.kind != VALUE_INT && value.kind != VALUE_BOOL)
        return false;
    *ret = value.i;
    return true;
}

bool value_as_double(struct value value, double *ret)
{
    value = value_array(value);
    struct value number = value_plain(value);
    switch ((enum value_kind)value.kind) {
    case VALUE_INSTANCE:
        return (number.kind != VALUE_INSTANCE ||
                number_by_method(value, "__float__", &number)) &&
               value_as_double(number, ret);
    case VALUE_BOOL:
    case VALUE_INT:
        *ret = (double)value.i;
        return true;
    case VALUE_FLOAT:
        *ret = value.f;
        return true;
    case VALUE_SCALAR:
        *ret = scalar_to_double(value_get_scalar(value));
        return true;
    case VALUE_TENSOR:
        if (value.tensor->ndim)
            return false;
        *ret = scalar_to_double(tensor_item(value.tensor));
        return true;
    default:
        return false;
    }
}

/* -------------------------------------------------------------- equality */

/* Lists that hold each other have no end: told at the next chance. */
static bool is_endless(void)
{
    struct interp *interp = interp_current();
    struct error err = ERROR_INIT;
    if (!interp || !interp_stack_is_low(interp))
        return false;
    recursion_error(&err);
    interp_defer(interp, &err);
    return true;
}

static bool sequences_equal(const struct sequence *a, const struct sequence *b)
{
    if (a == b)
        return true;
    if (a->count != b->count || is_endless())
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!value_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool dicts_equal(const struct dict *a, const struct dict *b)
{
    struct value key, value, other;
    struct error err = ERROR_INIT;
    if (a == b)
        return true;
    if (a->count != b->count || is_endless())
        return false;
    for (size_t i = 0; dict_next(a, &i, &key, &value);) {
        bool found = false;
        if (!dict_get(b, key, &found, &other, &err) || !found) {
            error_clear(&err);
            return false;
        }
        bool equal = value_equal(value, other);
        value_unref(other);
        if (!equal)
            return false;
    }
    return true;
}

static bool ranges_equal(const struct range *a, const struct range *b)
{
    int64_t count = range_count(a);
    return count == range_count(b) &&
           (count == 0 ||
            (a->start == b->start && (count == 1 || a->step == b->step)));
}

/* a.__eq__(b) when A has one that knows B. */
static bool equal_by_method(struct value a, struct value b, bool *ret)
{
    struct interp *interp = interp_current();
    struct error err = ERROR_INIT;
    struct value result;
    bool found = false, known = false;
    if (a.kind != VALUE_INSTANCE || !interp)
        return false;
    if (!value_call_special(interp, a, "__eq__", 1, &b, &found, &result,
                            &err)) {
        interp_defer(interp, &err);
        *ret = false;
        return true;
    }
    if (!found)
        return false;
    if (result.kind != VALUE_NOT_IMPLEMENTED) {
        known = true;
        if (!value_truth(result, ret, &err)) {
            interp_defer(interp, &err);
            *ret = false;
        }
    }
    value_unref(result);
    return known;
}

static bool instances_equal(struct value a, struct value b)
{
    bool equal;
    if (equal_by_method(a, b, &equal) || equal_by_method(b, a, &equal))
        return equal;
    struct value plain_a = value_plain(a), plain_b = value_plain(b);
    if (plain_a.kind != a.kind || plain_b.kind != b.kind)
        return value_equal(plain_a, plain_b);
    return a.kind == b.kind && a.object == b.object;
}

bool value_equal(struct value a, struct value b)
{
    int64_t i, j;
    double x, y;
    bool arrays = a.kind == VALUE_TENSOR || b.kind == VALUE_TENSOR;
    if (a.kind == VALUE_INSTANCE || b.kind == VALUE_INSTANCE)
        return instances_equal(a, b);
    if (!arrays && value_as_int(a, &i) && value_as_int(b, &j))
        return i == j;
    if (!arrays && value_as_double(a, &x) && value_as_double(b, &y))
        return x == y;
    if (value_is_set(a) && value_is_set(b))
        return sets_equal(a.set, b.set);
    if (a.kind != b.kind)
        return false;
    switch ((enum value_kind)a.kind) {
    case VALUE_NONE:
    case VALUE_ELLIPSIS:
    case VALUE_NOT_IMPLEMENTED:
        return true;
    case VALUE_DTYPE:
        return a.dtype == b.dtype;
    case VALUE_STRING:
    case VALUE_BYTES:
        return a.string->length == b.string->length &&
               !memcmp(a.string->text, b.string->text, a.string->length);
    case VALUE_TUPLE:
    case VALUE_LIST:
        return sequences_equal(a.sequence, b.sequence);
    case VALUE_DICT:
        return dicts_equal(a.dict, b.dict);
    case VALUE_RANGE:
        return ranges_equal(a.range, b.range);
    case VALUE_METHOD:
        return value_equal(a.method->function, b.method->function) &&
               a.method->self.kind == b.method->self.kind &&
               a.method->self.object == b.method->self.object;
    default:
        return a.object == b.object;
    }
}
