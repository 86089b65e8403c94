/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/op_call.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/item.h"
#include "autograd/tape.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strmap.h"
#include "bind/einsum_call.h"
#include "bind/hints.h"
#include "bind/other_forms.h"
#include "bind/types.h"
#include "bind/warnings.h"
#include "ops/registry.h"

enum { MAX_PARAMS = 16 };

/* -------------------------------------------------------------- arguments */

bool dtype_convert(struct value value, enum dtype *ret, struct error *err)
{
    if (value.kind == VALUE_DTYPE) {
        *ret = (enum dtype)value.dtype;
        return true;
    }
    if (type_dtype(value, ret))
        return true;
    if (value.kind == VALUE_STRING && dtype_find(value.string->text, ret))
        return true;
    struct strbuf text = STRBUF_INIT;
    value_repr(value, &text);
    if (value.kind == VALUE_STRING)
        error_set(err, ERROR_TYPE, "data type %s not understood", text.text);
    else
        error_set(err, ERROR_TYPE, "Cannot interpret '%s' as a data type",
                  text.text);
    error_hint(err, "dtypes are bool, int8 … int64, uint8 … uint64, float32 "
                    "and float64");
    strbuf_done(&text);
    return false;
}

static bool wrong_type(const char *function, const struct param *param,
                       const char *wanted, struct value value,
                       struct error *err)
{
    return error_set(err, ERROR_TYPE, "%s(): %s must be %s, not %s", function,
                     param->name, wanted, value_type_name(value));
}

static bool as_index(struct value value, int64_t *ret, struct error *err)
{
    if (value_as_int(value, ret))
        return true;
    if (value.kind == VALUE_TENSOR)
        return error_set(err, ERROR_TYPE,
                         "only integer scalar arrays can be converted to a "
                         "scalar index");
    return error_set(err, ERROR_TYPE,
                     "'%s' object cannot be interpreted as an integer",
                     value_type_name(value));
}

static bool dims_from_items(size_t count, const struct value *items,
                            struct arg *arg, struct error *err)
{
    arg->dims.count = (int)count;
    arg->dims.values = xcalloc(count, sizeof *arg->dims.values);
    for (size_t i = 0; i < count; i++) {
        if (!as_index(items[i], &arg->dims.values[i], err)) {
            free(arg->dims.values);
            return false;
        }
    }
    return true;
}

static bool dims_from_tensor(const char *function, const struct param *param,
                             struct value value, struct arg *arg,
                             struct error *err)
{
    const struct tensor *tensor = value.tensor;

    if (dtype_is_float(tensor->dtype) || tensor->ndim != 1 ||
        tensor->size > INT32_MAX)
        return wrong_type(function, param, "integers", value, err);
    arg->dims.count = (int)tensor->size;
    arg->dims.values = xcalloc((size_t)tensor->size, sizeof(int64_t));
    for (int64_t i = 0; i < tensor->size; i++)
        arg->dims.values[i] = scalar_to_int(tensor_item_at(tensor, i));
    return true;
}

static bool convert_dims(const char *function, const struct param *param,
                         struct value value, struct arg *arg, struct error *err)
{
    value = value_array(value);
    if (value.kind == VALUE_TUPLE || value.kind == VALUE_LIST)
        return dims_from_items(value.sequence->count, value.sequence->items,
                               arg, err);
    if (value.kind == VALUE_TENSOR && value.tensor->ndim > 0)
        return dims_from_tensor(function, param, value, arg, err);
    arg->dims.scalar = true;
    return dims_from_items(1, &value, arg, err);
}

static struct tensor *row_of(struct tensor *tensor, int64_t i,
                             struct error *err)
{
    struct index row = {.kind = INDEX_INTEGER, .start = i};
    return tape_get(tensor, 1, &row, NULL, err);
}

/* A number that is no array leaves the tape. */
static bool check_plain(const char *function, const struct param *param,
                        struct value value, struct error *err)
{
    if (!tape_is_recording() || value.kind != VALUE_TENSOR ||
        !tape_tracks(value.tensor))
        return true;
    error_set(err, ERROR_TYPE, "%s(): no gradient goes through %s", function,
              param->name);
    error_hint(err, _("stop_gradient(x) gives x as a plain number"));
    return false;
}

static bool convert_tensors(const char *function, const struct param *param,
                            struct value value, struct arg *arg,
                            struct error *err)
{
    value = value_array(value);
    bool sequence = value.kind == VALUE_TUPLE || value.kind == VALUE_LIST;
    bool rows = value.kind == VALUE_TENSOR && value.tensor->ndim;

    if (!sequence && !rows && param->flags & PARAM_OR_ONE) {
        struct value one = value_tuple(1, &value);
        bool done = convert_tensors(function, param, one, arg, err);
        value_unref(one);
        return done;
    }
    if (!sequence && !rows)
        return wrong_type(function, param, "a sequence of arrays", value, err);
    size_t count =
        sequence ? value.sequence->count : (size_t)value.tensor->shape[0];
    arg->tensors.items = xcalloc(count, sizeof *arg->tensors.items);
    arg->tensors.count = 0;
    for (size_t i = 0; i < count; i++) {
        struct tensor *item =
            sequence
                ? value_to_tensor(value.sequence->items[i], DTYPE_COUNT, err)
                : row_of(value.tensor, (int64_t)i, err);
        if (!item) {
            arg_done(param, arg);
            return false;
        }
        arg->tensors.items[arg->tensors.count++] = item;
    }
    return true;
}

static bool convert_number(const char *function, const struct param *param,
                           struct value value, struct arg *arg,
                           struct error *err)
{
    if (!check_plain(function, param, value_array(value), err))
        return false;
    if (param->kind == PARAM_FLOAT)
        return value_as_double(value, &arg->number) ||
               wrong_type(function, param, "a number", value, err);
    struct tensor *tensor = value_to_tensor(value, DTYPE_COUNT, err);
    if (!tensor)
        return false;
    bool one = tensor->size == 1;
    if (one)
        arg->scalar = tensor_item(tensor);
    tensor_unref(tensor);
    return one || wrong_type(function, param, "a number", value, err);
}

static bool slice_bound(struct value value, bool *has, int64_t *ret,
                        struct error *err)
{
    *has = value.kind != VALUE_NONE;
    return !*has || value_as_int(value, ret) ||
           error_set(err, ERROR_TYPE,
                     "slice indices must be integers or None or have an "
                     "__index__ method");
}

static bool convert_index(struct value value, struct index *ret,
                          struct error *err)
{
    bool has_step;

    if (value.kind != VALUE_SLICE) {
        struct tensor *array = value_to_tensor(value, DTYPE_COUNT, err);
        *ret = (struct index){.kind = INDEX_ARRAY, .array = array};
        return array != NULL;
    }
    *ret = (struct index){.kind = INDEX_SLICE, .step = 1};
    return slice_bound(value.slice->start, &ret->has_start, &ret->start, err) &&
           slice_bound(value.slice->stop, &ret->has_stop, &ret->stop, err) &&
           slice_bound(value.slice->step, &has_step, &ret->step, err);
}

/* out= and in-place methods write to the array itself. */
static bool is_target(const struct param *param)
{
    return !strncmp(param->name, "out", 3);
}

/* NumPy names some functions with this error, and some not. */
static bool not_writable(const char *function, struct value value,
                         struct error *err)
{
    bool named = !strcmp(function, "copyto") || !strcmp(function, "putmask");

    return error_set(err, ERROR_TYPE,
                     "%s%sargument 1 must be numpy.ndarray, not %s",
                     named ? function : "", named ? "() " : "",
                     !named && value.kind == VALUE_SCALAR
                         ? dtype_name(value.dtype)
                         : value_type_name(value));
}

bool arg_convert(const char *function, const struct param *param,
                 struct value value, struct arg *arg, struct error *err)
{
    arg->given = true;
    switch (param->kind) {
    case PARAM_TENSOR:
        if (is_target(param) && value.kind == VALUE_TUPLE &&
            value.sequence->count == 1)
            value = value.sequence->items[0];
        if (is_target(param) && value.kind != VALUE_TENSOR)
            return error_set(err, ERROR_TYPE,
                             "return arrays must be of ArrayType");
        if (param->flags & PARAM_OR_STRING && value.kind == VALUE_STRING) {
            arg->text = value.string->text;
            return true;
        }
        if (param->flags & PARAM_WRITTEN && value.kind != VALUE_TENSOR)
            return not_writable(function, value, err);
        arg->array = value.kind == VALUE_TENSOR;
        arg->np_scalar = value.kind == VALUE_SCALAR;
        arg->tensor = value_to_tensor(value, DTYPE_COUNT, err);
        return arg->tensor != NULL;
    case PARAM_TENSORS:
        return convert_tensors(function, param, value, arg, err);
    case PARAM_INT:
        return as_index(value, &arg->integer, err);
    case PARAM_FLOAT:
    case PARAM_SCALAR:
        return convert_number(function, param, value, arg, err);
    case PARAM_BOOL:
        return value_truth(value, &arg->flag, err);
    case PARAM_STRING:
        if (value.kind != VALUE_STRING)
            return wrong_type(function, param, "a string", value, err);
        arg->string = value.string->text;
        return true;
    case PARAM_DTYPE:
        return dtype_convert(value, &arg->dtype, err);
    case PARAM_DIMS:
        arg->dims.scalar = false;
        return convert_dims(function, param, value, arg, err);
    case PARAM_CHOICE:
        arg->choice.word = NULL;
        if (value.kind == VALUE_STRING)
            arg->choice.word = value.string->text;
        else if (!value_as_double(value, &arg->choice.number))
            return wrong_type(function, param, "a number or a string", value,
                              err);
        return true;
    case PARAM_INDEX:
        return convert_index(value, &arg->index, err);
    case PARAM_INDICES: /* of rows without a name at the prompt */
    case PARAM_OBJECT:
    case PARAM_ANY:
        return true;
    }
    return false;
}

void arg_done(const struct param *param, struct arg *arg)
{
    if (!arg->given)
        return;
    if (param->kind == PARAM_TENSOR) {
        tensor_unref(arg->tensor);
    } else if (param->kind == PARAM_INDEX) {
        tensor_unref(arg->index.array);
    } else if (param->kind == PARAM_DIMS) {
        free(arg->dims.values);
    } else if (param->kind == PARAM_TENSORS) {
        for (int i = 0; i < arg->tensors.count; i++)
            tensor_unref(arg->tensors.items[i]);
        free(arg->tensors.items);
    }
}

/* ----------------------------------------------------------------- result */

static struct value items_value(struct op_result *result)
{
    struct value *items = xcalloc((size_t)result->count, sizeof *items);

    bool list = result->form == RESULT_LIST;
    for (int i = 0; i < result->count; i++) {
        items[i] = list ? value_tensor_take(result->items[i])
                        : value_tensor_or_scalar_take(result->items[i]);
        result->items[i] = NULL;
    }
    struct value value = list ? value_list_take((size_t)result->count, items)
                              : value_tuple_take((size_t)result->count, items);
    free(items);
    return value;
}

static struct value dims_value(const struct op_result *result)
{
    struct value items[TENSOR_MAX_DIMS];

    for (int i = 0; i < result->count; i++)
        items[i] = value_int(result->dims[i]);
    return value_tuple((size_t)result->count, items);
}

/* item(): the Python number of the same value. */
static struct value python_number(struct scalar scalar)
{
    switch (dtype_kind(scalar.dtype)) {
    case 'b':
        return value_bool(scalar.i != 0);
    case 'f':
        return value_float(scalar.f);
    default:
        return value_int(scalar.i);
    }
}

/* From AXIS on, what lies at DATA. */
static struct value list_from(const struct tensor *tensor, int axis,
                              const char *data)
{
    if (axis == tensor->ndim)
        return python_number(scalar_load(tensor->dtype, data));
    struct value list = value_list(0, NULL);
    for (int64_t i = 0; i < tensor->shape[axis]; i++) {
        struct value item =
            list_from(tensor, axis + 1, data + i * tensor->strides[axis]);
        list_append(list.sequence, item);
        value_unref(item);
    }
    return list;
}

struct value value_nested(const struct tensor *tensor)
{
    return list_from(tensor, 0, tensor->data);
}

struct value op_result_value(struct op_result *result)
{
    struct value value = value_none();

    switch (result->form) {
    case RESULT_TENSOR:
        value = value_tensor_or_scalar_take(result->tensor);
        result->tensor = NULL;
        break;
    case RESULT_ARRAY:
        value = value_tensor_take(result->tensor);
        result->tensor = NULL;
        break;
    case RESULT_NESTED:
        value = value_nested(result->tensor);
        break;
    case RESULT_TUPLE:
    case RESULT_LIST:
        value = items_value(result);
        break;
    case RESULT_INT:
        value = value_int(result->integer);
        break;
    case RESULT_FLOAT:
        value = value_float(result->number);
        break;
    case RESULT_BOOL:
        value = value_bool(result->integer != 0);
        break;
    case RESULT_DIMS:
        value = dims_value(result);
        break;
    case RESULT_STRING:
        value = value_string(result->string);
        break;
    case RESULT_DTYPE:
        value = value_dtype(result->dtype);
        break;
    case RESULT_SCALAR:
        value = python_number(result->scalar);
        break;
    case RESULT_NONE:
        break;
    }
    op_result_done(result);
    return value;
}

/* ------------------------------------------------------------------- call */

static bool give_warnings(const struct op_result *result, struct error *err)
{
    if (result->warning)
        warn(result->warning);
    if (result->second_warning)
        warn(result->second_warning);
    return warn_of_events(false, err);
}

static bool run(const struct op *op, struct arg *args, struct value *ret,
                struct error *err)
{
    struct op_result result = {.form = RESULT_NONE};

    fp_events_forget();
    if (!tape_call(op, args, &result, err)) {
        struct error later = ERROR_INIT; /* the first one is told */
        give_warnings(&result, &later);
        error_clear(&later);
        op_result_done(&result);
        hint_for_op(op, args, err);
        return false;
    }
    if (!give_warnings(&result, err)) {
        op_result_done(&result);
        return false;
    }
    *ret = op_result_value(&result);
    return true;
}

/* One slot to one arg: the default, None, or the value converted.  An axis
   or a tolerance that is None is not the default one, but none. */
static bool fill_arg(const struct op *op, const struct param *param,
                     struct value slot, struct arg *arg, struct error *err)
{
    if (slot.kind == VALUE_NONE && param->flags & PARAM_OR_NONE) {
        *arg = (struct arg){.given = false};
        return true;
    }
    if (slot.kind == VALUE_UNDEFINED ||
        (slot.kind == VALUE_NONE && param->fallback &&
         !(param->flags & PARAM_NOT_NONE))) {
        param_default(param, arg);
        if (slot.kind == VALUE_NONE &&
            (param->kind == PARAM_INT || param->kind == PARAM_FLOAT ||
             param->kind == PARAM_CHOICE))
            arg->given = false;
        return true;
    }
    *arg = (struct arg){.given = false};
    if (arg_convert(op->name, param, slot, arg, err))
        return true;
    arg->given = false;
    return false;
}

/* CPython names the methods that are written in C by their class. */
static const char *name_for_errors(const struct op *op, char room[64])
{
    if (op->flags != OP_METHOD ||
        !(op->params[0].flags & PARAM_POSITIONAL_ONLY))
        return op->name;
    snprintf(room, 64, "ndarray.%s", op->name);
    return room;
}

bool op_apply(const struct op *op, const struct call_args *args,
              struct value *ret, struct error *err)
{
    struct value slots[MAX_PARAMS], spread;
    struct arg bound[MAX_PARAMS];
    char room[64];
    int count = 0;
    bool done = true;

    if (!call_bind(name_for_errors(op, room), op->params, args, true, slots, &spread,
                   err))
        return false;
    for (; done && op->params[count].name; count++)
        done =
            fill_arg(op, &op->params[count], slots[count], &bound[count], err);
    done = done && run(op, bound, ret, err);
    while (count-- > 0)
        arg_done(&op->params[count], &bound[count]);
    value_unref(spread);
    return done;
}

/* How many results a ufunc has: modf gives two. */
static int result_count(const struct op *op)
{
    for (const struct param *param = op->params; param->name; param++)
        if (!strcmp(param->name, "out2"))
            return 2;
    return 1;
}

void ufunc_arity(const struct op *op, int *ret_inputs, int *ret_outputs)
{
    *ret_inputs = !strcmp(op->params[1].name, "x2") ? 2 : 1;
    *ret_outputs = result_count(op);
}

/* Ufuncs count their arguments in words of their own. */
static bool check_count(const struct op *op, int count, struct error *err)
{
    int inputs, outputs;

    ufunc_arity(op, &inputs, &outputs);
    return (count >= inputs && count <= inputs + outputs) ||
           error_set(err, ERROR_TYPE,
                     "%s() takes from %d to %d positional arguments but %d "
                     "were given",
                     op->name, inputs, inputs + outputs, count);
}

bool op_call(struct interp *interp, const struct native *native,
             const struct call_args *args, struct value *ret, struct error *err)
{
    (void)interp;
    if (native->type && !check_count(native->data, args->count, err))
        return false;
    return op_apply(native->data, args, ret, err);
}

/* ------------------------------------------------------ values of the rows */

static struct native *natives;   /* one a row, in op_at()'s order */
static struct strmap attributes; /* natives of methods and properties */
static pthread_once_t made = PTHREAD_ONCE_INIT;

/* Rows that take their arguments in other forms as well. */
static native_call *call_of(const struct op *op)
{
    static const struct {
        const char *name;
        native_call *call;
    } others[] = {{"einsum", einsum_call}, {"pad", pad_call},      {"polyadd", polynomial_call},
                  {"polysub", polynomial_call}, {"polymul", polynomial_call},
                  {"polydiv", polynomial_call}, {"polyder", polynomial_call},
                  {"polyint", polynomial_call}, {"polyval", polynomial_call},
                  {"roots", polynomial_call}};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(op->name, others[i].name))
            return others[i].call;
    return op_call;
}

static void make_natives(void)
{
    const struct op *op;
    int count = 0;

    while (op_at(count))
        count++;
    natives = xcalloc((size_t)count, sizeof *natives);
    for (int i = 0; (op = op_at(i)); i++) {
        bool ufunc = !strncmp(op->params[0].name, "x", 1) &&
                     op->params[0].flags & PARAM_POSITIONAL_ONLY;
        natives[i] = (struct native){.object = {1},
                                     .name = op->name,
                                     .call = call_of(op),
                                     .params = op->params,
                                     .data = op,
                                     .doc = op->doc,
                                     .type = ufunc ? "ufunc" : NULL};
        if (op->flags & (OP_METHOD | OP_PROPERTY))
            strmap_set(&attributes, op->name, &natives[i]);
    }
}

__attribute__((destructor)) static void drop_natives(void)
{
    free(natives);
    strmap_done(&attributes);
}

struct value op_value(const struct op *op)
{
    pthread_once(&made, make_natives);
    for (int i = 0; op_at(i); i++)
        if (natives[i].data == op)
            return value_ref(
                (struct value){.kind = VALUE_NATIVE, .native = &natives[i]});
    return value_none();
}

struct native *op_attribute(const char *name)
{
    pthread_once(&made, make_natives);
    return strmap_get(&attributes, name);
}
