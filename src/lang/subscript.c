/* SPDX-License-Identifier: GPL-3.0-or-later */
/* x[key] for every kind of x: reading, writing, deleting. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/item.h"
#include "autograd/tape.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "lang/interp.h"
#include "tensor/elementwise.h"
#include "tensor/index.h"

enum { MAX_INDICES = 2 * TENSOR_MAX_DIMS };

/* ---------------------------------------------------------------- slices */

static bool slice_bound(struct value value, bool *has, int64_t *ret,
                        struct error *err)
{
    *has = value.kind != VALUE_NONE;
    if (!*has || value_as_int(value, ret))
        return true;
    return error_set(err, ERROR_TYPE,
                     "slice indices must be integers or None or have an "
                     "__index__ method");
}

static bool slice_to_index(const struct slice *slice, struct index *ret,
                           struct error *err)
{
    bool has_step;
    *ret = (struct index){.kind = INDEX_SLICE, .step = 1};
    if (!slice_bound(slice->start, &ret->has_start, &ret->start, err) ||
        !slice_bound(slice->stop, &ret->has_stop, &ret->stop, err) ||
        !slice_bound(slice->step, &has_step, &ret->step, err))
        return false;
    if (ret->step == 0)
        return error_set(err, ERROR_VALUE, "slice step cannot be zero");
    return true;
}

bool slice_indices(const struct slice *slice, int64_t length,
                   int64_t *ret_start, int64_t *ret_step, int64_t *ret_count,
                   struct error *err)
{
    struct index index;
    return slice_to_index(slice, &index, err) &&
           slice_resolve(&index, length, ret_start, ret_step, ret_count, err);
}

/* ---------------------------------------------------------------- tensors */

struct index_list {
    int count;
    struct index items[MAX_INDICES];
    int owned_count;
    struct tensor *owned[MAX_INDICES];
};

static void index_list_done(struct index_list *list)
{
    for (int i = 0; i < list->owned_count; i++)
        tensor_unref(list->owned[i]);
}

static bool bad_index(struct error *err)
{
    return error_set(err, ERROR_INDEX,
                     "only integers, slices (`:`), ellipsis (`...`), "
                     "numpy.newaxis (`None`) and integer or boolean arrays are "
                     "valid indices");
}

static bool add_array(struct index_list *list, struct value value,
                      struct error *err)
{
    struct tensor *array = value_to_tensor(value, DTYPE_COUNT, err);
    if (!array) {
        return err->kind == ERROR_TYPE ? bad_index(err) : false;
    }
    if (array->size == 0 && value.kind == VALUE_LIST) {
        /* an empty list has no dtype of its own */
        struct tensor *empty = tensor_astype(array, DTYPE_INT64, err);
        tensor_unref(array);
        array = empty;
        if (!array)
            return false;
    }
    list->owned[list->owned_count++] = array;
    if (dtype_is_float(array->dtype)) {
        bad_index(err);
        if (value.kind == VALUE_TENSOR && value.tensor->ndim)
            error_set(err, ERROR_INDEX,
                      "arrays used as indices must be of integer (or boolean) "
                      "type");
        return false;
    }
    list->items[list->count++] =
        (struct index){.kind = INDEX_ARRAY, .array = array};
    return true;
}

static bool add_index(struct index_list *list, struct value value,
                      struct error *err)
{
    struct index *next = &list->items[list->count];
    int64_t integer;
    value = value_array(value);
    if (list->count == MAX_INDICES)
        return error_set(err, ERROR_INDEX, "too many indices for array");
    switch ((enum value_kind)value.kind) {
    case VALUE_SLICE:
        if (!slice_to_index(value.slice, next, err))
            return false;
        list->count++;
        return true;
    case VALUE_ELLIPSIS:
        *next = (struct index){.kind = INDEX_ELLIPSIS};
        list->count++;
        return true;
    case VALUE_NONE:
        *next = (struct index){.kind = INDEX_NEWAXIS};
        list->count++;
        return true;
    case VALUE_INT:
    case VALUE_SCALAR:
    case VALUE_TENSOR:
        if (value_as_int(value, &integer)) {
            *next = (struct index){.kind = INDEX_INTEGER, .start = integer};
            list->count++;
            return true;
        }
        return add_array(list, value, err);
    case VALUE_BOOL:
    case VALUE_LIST:
    case VALUE_TUPLE:
    case VALUE_RANGE:
        return add_array(list, value, err);
    default:
        return bad_index(err);
    }
}

static bool index_list_init_parts(struct index_list *list, size_t count,
                                  const struct value *parts,
                                  struct error *err)
{
    list->count = list->owned_count = 0;
    for (size_t i = 0; i < count; i++)
        if (!add_index(list, parts[i], err))
            return false;
    return true;
}

static bool index_list_init(struct index_list *list, struct value key,
                            struct error *err)
{
    if (key.kind == VALUE_TUPLE)
        return index_list_init_parts(list, key.sequence->count,
                                     key.sequence->items, err);
    return index_list_init_parts(list, 1, &key, err);
}

bool tensor_get_parts(struct tensor *tensor, size_t count,
                      const struct value *parts, struct value *ret,
                      struct error *err)
{
    struct index_list list;
    struct tensor *part = NULL;
    bool element = false;
    if (index_list_init_parts(&list, count, parts, err))
        part = tape_get(tensor, list.count, list.items, &element, err);
    index_list_done(&list);
    if (!part)
        return false;
    *ret =
        element ? value_tensor_or_scalar_take(part) : value_tensor_take(part);
    return true;
}

static bool tensor_get_item(struct tensor *tensor, struct value key,
                            struct value *ret, struct error *err)
{
    if (key.kind == VALUE_TUPLE)
        return tensor_get_parts(tensor, key.sequence->count,
                                key.sequence->items, ret, err);
    return tensor_get_parts(tensor, 1, &key, ret, err);
}

/* A NumPy scalar has no axis to pick from, but can get some. */
static bool scalar_get_item(struct value scalar, struct value key,
                            struct value *ret, struct error *err)
{
    struct tensor *tensor = value_to_tensor(scalar, DTYPE_COUNT, err);
    if (!tensor)
        return false;
    bool good = tensor_get_item(tensor, key, ret, err);
    tensor_unref(tensor);
    if (!good && err->kind == ERROR_INDEX)
        error_set(err, ERROR_INDEX, "invalid index to scalar variable.");
    return good;
}

/* What a gradient needs stays as it is, and a part that a tape knows would be
   forgotten inside an array that it does not know. */
static bool check_set(const struct tensor *tensor, const struct tensor *source,
                      struct error *err)
{
    if (tape_is_recording() && tape_tracks(source)) {
        error_set(err, ERROR_TYPE,
                  "a part of an array cannot be set to what a gradient is "
                  "taken through");
        error_hint(err, _("collect the parts in a list and make the array at "
                          "the end: np.array(list)"));
        return false;
    }
    return !tape_is_holding() || tape_check_write(tensor, err);
}

/* A float becomes an element of an array of integers as int() makes one of it;
   where it cannot, that is no warning, as it is for arrays. */
static bool fits_in_array(struct value value, const struct tensor *tensor,
                          struct error *err)
{
    bool is_float64 =
        value.kind == VALUE_SCALAR && value.dtype == DTYPE_FLOAT64 &&
        dtype_kind(tensor->dtype) == 'i'; /* which is a Python float, too */
    if ((value.kind != VALUE_FLOAT && !is_float64) ||
        !dtype_is_integer(tensor->dtype))
        return true;
    return scalar_fits(scalar_from_double(value.f), tensor->dtype, err);
}

/* What the elements of SOURCE lost on their way into TENSOR. */
static bool settle_events(const struct tensor *tensor,
                          const struct tensor *source, struct error *err)
{
    const struct interp *interp = interp_current();

    return !dtype_is_float(source->dtype) || dtype_is_float(tensor->dtype) ||
           !interp->hooks.settle_events || interp->hooks.settle_events(err);
}

static bool tensor_set_item(struct tensor *tensor, struct value key,
                            struct value value, struct error *err)
{
    struct index_list list;
    bool good = false;
    if (!fits_in_array(value, tensor, err))
        return false;
    struct tensor *source = value_to_tensor(value, DTYPE_COUNT, err);
    if (!source)
        return false;
    fp_events_forget();
    if (index_list_init(&list, key, err) && check_set(tensor, source, err))
        good = tensor_set(tensor, list.count, list.items, source, err) &&
               (value.kind != VALUE_TENSOR ||
                settle_events(tensor, source, err));
    index_list_done(&list);
    tensor_unref(source);
    return good;
}

/* -------------------------------------------------- strings, sequences */

static bool wrong_key(const char *what, struct value key, struct error *err)
{
    return error_set(err, ERROR_TYPE,
                     "%s indices must be integers%s, not %s%s%s", what,
                     !strcmp(what, "string") ? "" : " or slices",
                     !strcmp(what, "string") ? "'" : "", value_type_name(key),
                     !strcmp(what, "string") ? "'" : "");
}

/* KEY as a position in 0 … COUNT-1. */
static bool position_of(const char *what, const char *suffix, struct value key,
                        size_t count, size_t *ret, struct error *err)
{
    int64_t i;
    if (!value_as_int(key, &i))
        return key.kind == VALUE_TENSOR
                   ? error_set(err, ERROR_TYPE,
                               "only integer scalar arrays can be converted to "
                               "a scalar index")
                   : wrong_key(what, key, err);
    if (i < 0)
        i += (int64_t)count;
    if (i < 0 || (uint64_t)i >= count)
        return error_set(err, ERROR_INDEX, "%s %sindex out of range", what,
                         suffix);
    *ret = (size_t)i;
    return true;
}

static bool sequence_slice(struct value value, const struct slice *slice,
                           struct value *ret, struct error *err)
{
    int64_t start, step, count;
    if (!slice_indices(slice, (int64_t)value.sequence->count, &start, &step,
                       &count, err))
        return false;
    struct value *items = xreallocarray(NULL, (size_t)count + 1, sizeof *items);
    for (int64_t i = 0; i < count; i++)
        items[i] = value.sequence->items[start + i * step];
    *ret = value.kind == VALUE_LIST ? value_list((size_t)count, items)
                                    : value_tuple((size_t)count, items);
    free(items);
    return true;
}

static bool sequence_get_item(struct value value, struct value key,
                              struct value *ret, struct error *err)
{
    size_t i;
    const char *what = value.kind == VALUE_LIST ? "list" : "tuple";
    if (key.kind == VALUE_SLICE)
        return sequence_slice(value, key.slice, ret, err);
    if (!position_of(what, "", key, value.sequence->count, &i, err))
        return false;
    *ret = value_ref(value.sequence->items[i]);
    return true;
}

static bool string_slice(const struct string *string, const struct slice *slice,
                         struct value *ret, struct error *err)
{
    int64_t start, step, count;
    size_t length = utf8_count(string->text, string->length);
    if (!slice_indices(slice, (int64_t)length, &start, &step, &count, err))
        return false;
    bool ascii = length == string->length;
    struct strbuf sb = STRBUF_INIT;
    for (int64_t i = 0; i < count; i++) {
        size_t index = (size_t)(start + i * step);
        size_t at =
            ascii ? index : utf8_offset(string->text, string->length, index);
        size_t used =
            ascii ? 1 : utf8_offset(string->text + at, string->length - at, 1);
        strbuf_add(&sb, string->text + at, used);
    }
    *ret = value_string_take(&sb);
    return true;
}

static bool string_get_item(const struct string *string, struct value key,
                            struct value *ret, struct error *err)
{
    size_t index;
    size_t length = utf8_count(string->text, string->length);
    if (key.kind == VALUE_SLICE)
        return string_slice(string, key.slice, ret, err);
    if (!position_of("string", "", key, length, &index, err))
        return false;
    size_t at = utf8_offset(string->text, string->length, index);
    *ret =
        value_string_n(string->text + at,
                       utf8_offset(string->text + at, string->length - at, 1));
    return true;
}

static bool bytes_get_item(const struct string *bytes, struct value key,
                           struct value *ret, struct error *err)
{
    int64_t start, step, count;
    size_t index;
    if (key.kind != VALUE_SLICE) {
        if (!position_of("index", "", key, bytes->length, &index, err))
            return false;
        *ret = value_int((unsigned char)bytes->text[index]);
        return true;
    }
    if (!slice_indices(key.slice, (int64_t)bytes->length, &start, &step, &count,
                       err))
        return false;
    struct strbuf sb = STRBUF_INIT;
    for (int64_t i = 0; i < count; i++)
        strbuf_addc(&sb, bytes->text[start + i * step]);
    *ret = value_bytes_n(sb.text, sb.length);
    strbuf_done(&sb);
    return true;
}

static bool range_get_item(const struct range *range, struct value key,
                           struct value *ret, struct error *err)
{
    int64_t start, step, count;
    size_t i;
    int64_t length = range_count(range);
    if (key.kind != VALUE_SLICE) {
        if (!position_of("range", "object ", key, (size_t)length, &i, err))
            return false;
        *ret = value_int(range->start + (int64_t)i * range->step);
        return true;
    }
    if (!slice_indices(key.slice, length, &start, &step, &count, err))
        return false;
    int64_t first = range->start + start * range->step;
    int64_t stride = range->step * step;
    *ret = value_range(first, first + count * stride, stride);
    return true;
}

/* The exception keeps the key itself: e.args[0] is it. */
static bool key_error(struct value key, struct error *err)
{
    struct interp *interp = interp_current();
    struct value exception =
        exception_new(interp, interp->exceptions[ERROR_KEY].class, 1, &key);
    error_raise(interp, exception, err);
    value_unref(exception);
    return false;
}

static bool dict_get_item(struct interp *interp, struct dict *dict,
                          struct value key, struct value *ret,
                          struct error *err)
{
    static const struct call_args none;
    bool found;
    if (!dict_get(dict, key, &found, ret, err))
        return false;
    if (found)
        return true;
    if (dict->variant == DICT_COUNTER) {
        *ret = value_int(0);
        return true;
    }
    if (dict->factory.kind == VALUE_UNDEFINED ||
        dict->variant == DICT_ATTRIBUTES)
        return key_error(key, err);
    if (!interp_call(interp, dict->factory, &none, ret, err))
        return false;
    if (dict_set(dict, key, *ret, err))
        return true;
    value_unref(*ret);
    return false;
}

/* ---------------------------------------------------------------- reading */

static bool not_subscriptable(struct value object, struct error *err)
{
    return error_set(err, ERROR_TYPE, "'%s' object is not subscriptable",
                     value_type_name(object));
}

static bool special_item(struct interp *interp, struct value object,
                         const char *method, int count,
                         const struct value *args, struct value *ret,
                         const char *complaint, struct error *err)
{
    bool found;
    if (!value_call_special(interp, object, method, count, args, &found, ret,
                            err))
        return false;
    if (found)
        return true;
    return error_set(err, ERROR_TYPE, "'%s' object %s", value_type_name(object),
                     complaint);
}

/* Of an object that holds a list, dict…: its class may have __missing__. */
static bool held_get_item(struct interp *interp, struct value object,
                          struct value key, struct value *ret,
                          struct error *err)
{
    struct value held = value_plain(object);
    bool found = false;
    if (held.kind == VALUE_DICT && value_has_special(object, "__missing__")) {
        if (!dict_get(held.dict, key, &found, ret, err))
            return false;
        return found || value_call_special(interp, object, "__missing__", 1,
                                           &key, &found, ret, err);
    }
    return value_get_item(interp, held, key, ret, err);
}

/* Color['RED'] asks the metaclass, Box[int] a __class_getitem__. */
static bool class_get_item(struct interp *interp, struct value class,
                           struct value key, struct value *ret,
                           struct error *err)
{
    bool found;
    struct call_args args = {.count = 1, .values = &key};
    struct value method;
    if (!value_call_special(interp, class, "__getitem__", 1, &key, &found, ret,
                            err))
        return false;
    if (found)
        return true;
    const struct value *member = class_lookup(class.class, "__class_getitem__");
    if (!member)
        return error_set(err, ERROR_TYPE, "type '%s' is not subscriptable",
                         class.class->name);
    method = value_method(class, member_unwrapped(*member));
    bool good = interp_call(interp, method, &args, ret, err);
    value_unref(method);
    return good;
}

bool value_get_item(struct interp *interp, struct value object,
                    struct value key, struct value *ret, struct error *err)
{
    switch ((enum value_kind)object.kind) {
    case VALUE_TENSOR:
        return tensor_get_item(object.tensor, key, ret, err);
    case VALUE_SCALAR:
        return scalar_get_item(object, key, ret, err);
    case VALUE_LIST:
    case VALUE_TUPLE:
        return sequence_get_item(object, key, ret, err);
    case VALUE_DICT:
        return dict_get_item(interp, object.dict, key, ret, err);
    case VALUE_STRING:
        return string_get_item(object.string, key, ret, err);
    case VALUE_BYTES:
        return bytes_get_item(object.string, key, ret, err);
    case VALUE_RANGE:
        return range_get_item(object.range, key, ret, err);
    case VALUE_OPAQUE:
        if (!object.opaque->type->get_item)
            return not_subscriptable(object, err);
        return object.opaque->type->get_item(interp, object, key, ret, err);
    case VALUE_INSTANCE:
        if (value_plain(object).kind != VALUE_INSTANCE &&
            !value_has_special(object, "__getitem__"))
            return held_get_item(interp, object, key, ret, err);
        return special_item(interp, object, "__getitem__", 1, &key, ret,
                            "is not subscriptable", err);
    case VALUE_CLASS:
        return class_get_item(interp, object, key, ret, err);
    default:
        return not_subscriptable(object, err);
    }
}

/* ---------------------------------------------------------------- writing */

/* list[start:stop] = items; a stepped slice keeps the length. */
static bool list_set_slice(struct interp *interp, struct sequence *list,
                           const struct slice *slice, struct value value,
                           struct error *err)
{
    int64_t start, step, count;
    size_t new_count;
    struct value *items;
    if (!slice_indices(slice, (int64_t)list->count, &start, &step, &count,
                       err) ||
        !interp_collect(interp, value, &new_count, &items, err))
        return false;
    if (step != 1 && (size_t)count != new_count) {
        for (size_t i = 0; i < new_count; i++)
            value_unref(items[i]);
        free(items);
        return error_set(err, ERROR_VALUE,
                         "attempt to assign sequence of size %zu to extended "
                         "slice of size %lld",
                         new_count, (long long)count);
    }
    for (int64_t i = 0; i < count; i++)
        value_unref(list->items[start + i * step]);
    if (step == 1) {
        size_t tail = list->count - (size_t)(start + count);
        size_t total = (size_t)start + new_count + tail;
        if (total > list->capacity) {
            list->items = xreallocarray(list->items, total, sizeof *items);
            list->capacity = total;
        }
        memmove(list->items + start + new_count, list->items + start + count,
                tail * sizeof *items);
        list->count = total;
    }
    for (size_t i = 0; i < new_count; i++) {
        list_watch(list, items[i]);
        list->items[start + (int64_t)i * step] = items[i];
    }
    free(items);
    return true;
}

static bool list_set_item(struct interp *interp, struct sequence *list,
                          struct value key, struct value value,
                          struct error *err)
{
    size_t i;
    if (key.kind == VALUE_SLICE)
        return list_set_slice(interp, list, key.slice, value, err);
    if (!position_of("list", "assignment ", key, list->count, &i, err))
        return false;
    struct value old = list->items[i];
    list_watch(list, value);
    list->items[i] = value_ref(value);
    value_unref(old);
    return true;
}

static bool not_assignable(struct value object, struct error *err)
{
    return error_set(err, ERROR_TYPE,
                     "'%s' object does not support item assignment",
                     value_type_name(object));
}

bool value_set_item(struct interp *interp, struct value object,
                    struct value key, struct value value, struct error *err)
{
    switch ((enum value_kind)object.kind) {
    case VALUE_TENSOR:
        return tensor_set_item(object.tensor, key, value, err);
    case VALUE_LIST:
        return list_set_item(interp, object.sequence, key, value, err);
    case VALUE_DICT:
        return dict_set(object.dict, key, value, err);
    case VALUE_OPAQUE:
        if (!object.opaque->type->set_item)
            return not_assignable(object, err);
        return object.opaque->type->set_item(interp, object, key, value, err);
    case VALUE_INSTANCE: {
        struct value pair[2] = {key, value}, ignored;
        struct value held = value_plain(object);
        if (held.kind != VALUE_INSTANCE &&
            !value_has_special(object, "__setitem__"))
            return value_set_item(interp, held, key, value, err);
        if (!special_item(interp, object, "__setitem__", 2, pair, &ignored,
                          "does not support item assignment", err))
            return false;
        value_unref(ignored);
        return true;
    }
    default:
        return not_assignable(object, err);
    }
}

/* --------------------------------------------------------------- deleting */

static bool list_delete_item(struct interp *interp, struct sequence *list,
                             struct value key, struct error *err)
{
    size_t i;
    int64_t start, step, count;
    if (key.kind == VALUE_SLICE) {
        if (!slice_indices(key.slice, (int64_t)list->count, &start, &step,
                           &count, err))
            return false;
        if (step < 0) {
            start += (count - 1) * step;
            step = -step;
        }
        for (int64_t k = count - 1; k >= 0; k--)
            if (!list_delete_item(interp, list, value_int(start + k * step),
                                  err))
                return false;
        return true;
    }
    if (!position_of("list", "assignment ", key, list->count, &i, err))
        return false;
    struct value old = list->items[i];
    list->count--;
    memmove(list->items + i, list->items + i + 1,
            (list->count - i) * sizeof *list->items);
    value_unref(old);
    return true;
}

static bool dict_delete_item(struct dict *dict, struct value key,
                             struct error *err)
{
    struct value old;
    bool found;
    if (!dict_remove(dict, key, &found, &old, err))
        return false;
    if (!found)
        return key_error(key, err);
    value_unref(old);
    return true;
}

bool value_delete_item(struct interp *interp, struct value object,
                       struct value key, struct error *err)
{
    struct value ignored;
    switch ((enum value_kind)object.kind) {
    case VALUE_LIST:
        return list_delete_item(interp, object.sequence, key, err);
    case VALUE_DICT:
        return dict_delete_item(object.dict, key, err);
    case VALUE_TENSOR:
        return error_set(err, ERROR_VALUE, "cannot delete array elements");
    case VALUE_INSTANCE:
        if (value_plain(object).kind != VALUE_INSTANCE &&
            !value_has_special(object, "__delitem__"))
            return value_delete_item(interp, value_plain(object), key, err);
        if (!special_item(interp, object, "__delitem__", 1, &key, &ignored,
                          "does not support item deletion", err))
            return false;
        value_unref(ignored);
        return true;
    default:
        return error_set(err, ERROR_TYPE,
                         "'%s' object doesn't support item deletion",
                         value_type_name(object));
    }
}
