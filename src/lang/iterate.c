/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Iteration as `for` does it. */
#include <stdlib.h>

#include "autograd/item.h"
#include "autograd/tape.h"
#include "base/alloc.h"
#include "base/interrupt.h"
#include "base/utf8.h"
#include "lang/set.h"
#include "tensor/index.h"

/* Where an iteration over a container stands. */
struct walk {
    struct value container;
    int64_t position, count;
    struct value cached; /* objects: the bound __next__ or __getitem__ */
};

static void walk_free(void *data)
{
    struct walk *walk = data;
    value_unref(walk->container);
    value_unref(walk->cached);
    free(walk);
}

static struct value walk_new(const struct iterator_type *type,
                             struct value container, int64_t count)
{
    struct walk *walk = xcalloc(1, sizeof *walk);
    walk->container = value_ref(container);
    walk->count = count;
    return value_iterator(type, walk);
}

static bool sequence_next(struct interp *interp, void *data, bool *done,
                          struct value *ret, struct error *err)
{
    struct walk *walk = data;
    const struct sequence *sequence = walk->container.sequence;
    (void)interp;
    (void)err;
    *done = (size_t)walk->position >= sequence->count;
    if (!*done)
        *ret = value_ref(sequence->items[walk->position++]);
    return true;
}

static bool range_next(struct interp *interp, void *data, bool *done,
                       struct value *ret, struct error *err)
{
    struct walk *walk = data;
    const struct range *range = walk->container.range;
    (void)interp;
    (void)err;
    *done = walk->position >= walk->count;
    if (!*done)
        *ret = value_int(range->start + walk->position++ * range->step);
    return true;
}

static bool string_next(struct interp *interp, void *data, bool *done,
                        struct value *ret, struct error *err)
{
    struct walk *walk = data;
    const struct string *string = walk->container.string;
    uint32_t c;
    (void)interp;
    (void)err;
    size_t at = (size_t)walk->position;
    *done = at >= string->length;
    if (*done)
        return true;
    int used = utf8_decode(string->text + at, string->length - at, &c);
    size_t length = used ? (size_t)used : 1;
    *ret = value_string_n(string->text + at, length);
    walk->position += (int64_t)length;
    return true;
}

static bool bytes_next(struct interp *interp, void *data, bool *done,
                       struct value *ret, struct error *err)
{
    struct walk *walk = data;
    const struct string *bytes = walk->container.string;
    (void)interp;
    (void)err;
    *done = (size_t)walk->position >= bytes->length;
    if (!*done)
        *ret = value_int((unsigned char)bytes->text[walk->position++]);
    return true;
}

static bool dict_walk_next(struct interp *interp, void *data, bool *done,
                           struct value *ret, struct error *err)
{
    struct walk *walk = data;
    struct value key, value;
    size_t position = (size_t)walk->position;
    (void)interp;
    if ((int64_t)walk->container.dict->count != walk->count)
        return error_set(err, ERROR_RUNTIME,
                         "dictionary changed size during iteration");
    *done = !dict_next(walk->container.dict, &position, &key, &value);
    walk->position = (int64_t)position;
    if (!*done)
        *ret = value_ref(key);
    return true;
}

static bool view_next(struct interp *interp, void *data, bool *done,
                      struct value *ret, struct error *err)
{
    struct walk *walk = data;
    const struct view *view = walk->container.view;
    struct value key, value;
    size_t position = (size_t)walk->position;
    (void)interp;
    if ((int64_t)view->dict.dict->count != walk->count)
        return error_set(err, ERROR_RUNTIME,
                         "dictionary changed size during iteration");
    *done = !dict_next(view->dict.dict, &position, &key, &value);
    walk->position = (int64_t)position;
    if (!*done)
        *ret = view_item(view, key, value);
    return true;
}

static bool set_walk_next(struct interp *interp, void *data, bool *done,
                          struct value *ret, struct error *err)
{
    struct walk *walk = data;
    struct value key;
    size_t position = (size_t)walk->position;
    (void)interp;
    if ((int64_t)walk->container.set->count != walk->count)
        return error_set(err, ERROR_RUNTIME,
                         "Set changed size during iteration");
    *done = !set_next(walk->container.set, &position, &key);
    walk->position = (int64_t)position;
    if (!*done)
        *ret = value_ref(key);
    return true;
}

static bool tensor_next(struct interp *interp, void *data, bool *done,
                        struct value *ret, struct error *err)
{
    struct walk *walk = data;
    struct tensor *tensor = walk->container.tensor;
    (void)interp;
    *done = walk->position >= walk->count;
    if (*done)
        return true;
    int64_t i = walk->position++;
    if (tensor->ndim == 1 && !tape_is_recording()) {
        *ret = value_scalar(
            scalar_load(tensor->dtype, tensor->data + i * tensor->strides[0]));
        return true;
    }
    struct index index = {.kind = INDEX_INTEGER, .start = i};
    struct tensor *part = tape_get(tensor, 1, &index, NULL, err);
    if (!part)
        return false;
    *ret = value_tensor_or_scalar_take(part);
    return true;
}

/* An object with __next__; StopIteration ends it. */
static bool object_next(struct interp *interp, struct value object, bool *done,
                        struct value *ret, struct error *err)
{
    bool found = false;
    if (value_call_special(interp, object, "__next__", 0, NULL, &found, ret,
                           err)) {
        if (found)
            return true;
        return error_set(err, ERROR_TYPE, "'%s' object is not an iterator",
                         value_type_name(object));
    }
    if (err->kind != ERROR_STOP_ITERATION)
        return false;
    error_clear(err);
    *done = true;
    return true;
}

/* An object with __getitem__ only: 0, 1, 2… until IndexError. */
static bool item_next(struct interp *interp, void *data, bool *done,
                      struct value *ret, struct error *err)
{
    struct walk *walk = data;
    *done = false;
    if (value_get_item(interp, walk->container, value_int(walk->position++),
                       ret, err))
        return true;
    if (err->kind != ERROR_INDEX)
        return false;
    error_clear(err);
    *done = true;
    return true;
}

static const struct iterator_type list_iterator = {"list_iterator",
                                                   sequence_next, walk_free};
static const struct iterator_type tuple_iterator = {"tuple_iterator",
                                                    sequence_next, walk_free};
static const struct iterator_type range_iterator = {"range_iterator",
                                                    range_next, walk_free};
static const struct iterator_type string_iterator = {"str_iterator",
                                                     string_next, walk_free};
static const struct iterator_type bytes_iterator = {"bytes_iterator",
                                                    bytes_next, walk_free};
static const struct iterator_type dict_iterator = {"dict_keyiterator",
                                                   dict_walk_next, walk_free};
static const struct iterator_type view_iterator = {"dict_iterator", view_next,
                                                   walk_free};
static const struct iterator_type set_iterator = {"set_iterator",
                                                  set_walk_next, walk_free};
static const struct iterator_type tensor_iterator = {"iterator", tensor_next,
                                                     walk_free};
static const struct iterator_type item_iterator = {"iterator", item_next,
                                                   walk_free};

static bool iterate_tensor(struct value value, struct value *ret,
                           struct error *err)
{
    if (value.tensor->ndim == 0)
        return error_set(err, ERROR_TYPE, "iteration over a 0-d array");
    *ret = walk_new(&tensor_iterator, value, value.tensor->shape[0]);
    return true;
}

static bool iterate_object(struct interp *interp, struct value value,
                           struct value *ret, struct error *err)
{
    struct value iterator;
    bool found;
    if (!value_call_special(interp, value, "__iter__", 0, NULL, &found,
                            &iterator, err))
        return false;
    if (found && (iterator.kind == VALUE_ITERATOR ||
                  value_has_special(iterator, "__next__"))) {
        *ret = iterator;
        return true;
    }
    if (found) {
        error_set(err, ERROR_TYPE, "iter() returned non-iterator of type '%s'",
                  value_type_name(iterator));
        value_unref(iterator);
        return false;
    }
    if (value_plain(value).kind != value.kind)
        return interp_iterate(interp, value_plain(value), ret, err);
    if (value_has_special(value, "__getitem__")) {
        *ret = walk_new(&item_iterator, value, 0);
        return true;
    }
    return error_set(err, ERROR_TYPE, "'%s' object is not iterable",
                     value_type_name(value));
}

bool interp_iterate(struct interp *interp, struct value iterable,
                    struct value *ret, struct error *err)
{
    switch ((enum value_kind)iterable.kind) {
    case VALUE_LIST:
        *ret = walk_new(&list_iterator, iterable, 0);
        return true;
    case VALUE_TUPLE:
        *ret = walk_new(&tuple_iterator, iterable, 0);
        return true;
    case VALUE_RANGE:
        *ret = walk_new(&range_iterator, iterable, range_count(iterable.range));
        return true;
    case VALUE_STRING:
        *ret = walk_new(&string_iterator, iterable, 0);
        return true;
    case VALUE_BYTES:
        *ret = walk_new(&bytes_iterator, iterable, 0);
        return true;
    case VALUE_DICT:
        *ret =
            walk_new(&dict_iterator, iterable, (int64_t)iterable.dict->count);
        return true;
    case VALUE_VIEW:
        *ret = walk_new(&view_iterator, iterable,
                        (int64_t)iterable.view->dict.dict->count);
        return true;
    case VALUE_SET:
    case VALUE_FROZENSET:
        *ret = walk_new(&set_iterator, iterable, (int64_t)iterable.set->count);
        return true;
    case VALUE_TENSOR:
        return iterate_tensor(iterable, ret, err);
    case VALUE_ITERATOR:
        *ret = value_ref(iterable);
        return true;
    case VALUE_INSTANCE:
    case VALUE_CLASS:
        return iterate_object(interp, iterable, ret, err);
    case VALUE_OPAQUE:
        if (iterable.opaque->type->iterate)
            return iterable.opaque->type->iterate(interp, iterable, ret, err);
        return error_set(err, ERROR_TYPE, "'%s' object is not iterable",
                         value_type_name(iterable));
    default:
        return error_set(err, ERROR_TYPE, "'%s' object is not iterable",
                         value_type_name(iterable));
    }
}

bool interp_next(struct interp *interp, struct value iterator, bool *done,
                 struct value *ret, struct error *err)
{
    if (interrupt_pending() && !interrupt_check(err))
        return false;
    if (iterator.kind == VALUE_INSTANCE)
        return object_next(interp, iterator, done, ret, err);
    struct iterator *it = iterator.iterator;
    return it->type->next(interp, it->data, done, ret, err);
}

bool collection_too_large(struct error *err)
{
    return error_set(err, ERROR_MEMORY, "a collection of more than %lld items",
                     (long long)COLLECTION_LIMIT);
}

bool interp_collect(struct interp *interp, struct value iterable,
                    size_t *ret_count, struct value **ret_items,
                    struct error *err)
{
    struct value iterator, item;
    struct value *items = NULL;
    size_t count = 0, capacity = 0;
    bool done = false, good = true;

    if (iterable.kind == VALUE_RANGE &&
        range_count(iterable.range) > COLLECTION_LIMIT)
        return collection_too_large(err);
    if (!interp_iterate(interp, iterable, &iterator, err))
        return false;
    while (good) {
        good = interp_next(interp, iterator, &done, &item, err);
        if (!good || done)
            break;
        VEC_PUSH(items, count, capacity) = item;
        good = interrupt_check(err) &&
               (count <= COLLECTION_LIMIT || collection_too_large(err));
    }
    value_unref(iterator);
    if (!good) {
        while (count)
            value_unref(items[--count]);
        free(items);
        return false;
    }
    *ret_count = count;
    *ret_items = items ? items : xmalloc(sizeof *items);
    return true;
}

void values_free(struct value *items, size_t count)
{
    for (size_t i = 0; items && i < count; i++)
        value_unref(items[i]);
    free(items);
}
