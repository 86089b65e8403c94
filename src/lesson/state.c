/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ptrmap.h"
#include "lang/object.h"
#include "lesson/document.h"
#include "tensor/clone.h"
#include "tensor/random.h"

/* Bytes of an array above which it is shared: a data set that somebody
   changes by hand is rare, a copy at each step is not. */
static const int64_t copied_most = 8 << 20;
enum { DEPTH_MOST = 50 };

struct saved {
    char *name;
    struct value value;
};

/* An object that stands for an array, and its numbers. */
struct saved_array {
    struct value object;
    struct tensor *numbers;
};

struct state {
    struct saved *variables;
    size_t count, capacity;
    struct saved_array *arrays;
    size_t array_count, array_capacity;
    struct rng rng;
};

/* ---------------------------------------------------------------- copying */

struct copying {
    struct interp *interp;
    struct state *state; /* gets the arrays; NULL: nobody does */
    struct ptrmap known; /* original → index into COPIES */
    struct value *copies;
    size_t count, capacity;
    int depth;
};

static struct value copy(struct copying *copying, struct value value);

static void remember(struct copying *copying, const void *original,
                     struct value value)
{
    ptrmap_set(&copying->known, original, copying->count);
    VEC_PUSH(copying->copies, copying->count, copying->capacity) =
        value_ref(value);
}

static void copying_done(struct copying *copying)
{
    for (size_t i = 0; i < copying->count; i++)
        value_unref(copying->copies[i]);
    free(copying->copies);
    ptrmap_done(&copying->known);
}

static struct tensor *clone_root(struct copying *copying, struct tensor *root)
{
    size_t index;
    struct error err = ERROR_INIT;
    if (ptrmap_get(&copying->known, root, &index))
        return tensor_ref(copying->copies[index].tensor);
    if (root->size * (int64_t)dtype_size(root->dtype) > copied_most)
        return tensor_ref(root);
    struct tensor *clone = tensor_clone(root, &err);
    error_clear(&err);
    if (!clone)
        return tensor_ref(root);
    struct value value = {.kind = VALUE_TENSOR, .tensor = clone};
    remember(copying, root, value);
    return clone;
}

static struct value copy_tensor(struct copying *copying, struct tensor *tensor)
{
    if (!tensor->base)
        return value_tensor_take(clone_root(copying, tensor));
    struct tensor *base = clone_root(copying, tensor->base);
    struct tensor *clone =
        base == tensor->base ? tensor_ref(tensor)
                             : tensor_clone_view(tensor, base);
    tensor_unref(base);
    if (!clone) {
        struct error err = ERROR_INIT;
        clone = tensor_clone(tensor, &err);
        error_clear(&err);
    }
    return value_tensor_take(clone ? clone : tensor_ref(tensor));
}

static struct value copy_sequence(struct copying *copying, struct value value)
{
    const struct sequence *from = value.sequence;
    if (value.kind == VALUE_LIST) {
        struct value list = value_list(0, NULL);
        remember(copying, from, list);
        for (size_t i = 0; i < from->count; i++) {
            struct value item = copy(copying, from->items[i]);
            list_append(list.sequence, item);
            value_unref(item);
        }
        return list;
    }
    struct value *items = xcalloc(from->count + 1, sizeof *items);
    for (size_t i = 0; i < from->count; i++)
        items[i] = copy(copying, from->items[i]);
    struct value tuple = value_tuple_take(from->count, items);
    free(items);
    return tuple;
}

static struct value copy_dict(struct copying *copying, struct value value)
{
    if (value.dict->variant != DICT_PLAIN)
        return value_ref(value);
    struct value dict = value_dict(), key, item;
    struct error err = ERROR_INIT;
    remember(copying, value.dict, dict);
    for (size_t i = 0; dict_next(value.dict, &i, &key, &item);) {
        struct value kept = copy(copying, item);
        dict_set(dict.dict, key, kept, &err);
        value_unref(kept);
    }
    error_clear(&err);
    return dict;
}

static struct value copy_instance(struct copying *copying, struct value value)
{
    struct instance *from = value.instance;
    const char *name;
    struct value attribute;
    if (from->held.kind != VALUE_UNDEFINED)
        return value_ref(value);
    struct value instance = value_instance(copying->interp, from->class);
    remember(copying, from, instance);
    for (size_t i = 0; namespace_next(&from->names, &i, &name, &attribute);) {
        struct value kept = copy(copying, attribute);
        namespace_set(&instance.instance->names, name, kept);
        value_unref(kept);
    }
    return instance;
}

/* The object stays the same one; its numbers are kept. */
static void keep_array(struct copying *copying, struct value value)
{
    struct error err = ERROR_INIT;
    struct state *state = copying->state;
    if (!state)
        return;
    remember(copying, value.opaque, value);
    struct tensor *numbers = tensor_copy(value_array(value).tensor, &err);
    error_clear(&err);
    if (numbers)
        VEC_PUSH(state->arrays, state->array_count, state->array_capacity) =
            (struct saved_array){value_ref(value), numbers};
}

static struct value copy_inside(struct copying *copying, struct value value)
{
    switch ((enum value_kind)value.kind) {
    case VALUE_TENSOR:
        return copy_tensor(copying, value.tensor);
    case VALUE_LIST:
    case VALUE_TUPLE:
        return copy_sequence(copying, value);
    case VALUE_DICT:
        return copy_dict(copying, value);
    case VALUE_INSTANCE:
        return copy_instance(copying, value);
    case VALUE_OPAQUE:
        if (value.opaque->type->array)
            keep_array(copying, value);
        return value_ref(value);
    default:
        return value_ref(value);
    }
}

static struct value copy(struct copying *copying, struct value value)
{
    size_t index;
    if (value.kind < VALUE_STRING || copying->depth >= DEPTH_MOST)
        return value_ref(value);
    if (ptrmap_get(&copying->known, value.object, &index))
        return value_ref(copying->copies[index]);
    copying->depth++;
    struct value kept = copy_inside(copying, value);
    copying->depth--;
    return kept;
}

struct value value_keep(struct interp *interp, struct value value)
{
    struct copying copying = {.interp = interp};
    struct value kept = copy(&copying, value);
    copying_done(&copying);
    return kept;
}

/* ------------------------------------------------------- saving, restoring */

/* Not the last value, nor what nobody can change. */
static bool is_kept(const char *name, const struct strmap *names)
{
    return strcmp(name, "_") != 0 && (!names || strmap_has(names, name));
}

struct state *state_save(struct interp *interp, const struct strmap *names)
{
    struct state *state = xcalloc(1, sizeof *state);
    struct copying copying = {.interp = interp, .state = state};
    const char *name;
    struct value value;
    state->rng = session_rng;
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        if (is_kept(name, names)) {
            struct value kept = copy(&copying, value);
            VEC_PUSH(state->variables, state->count, state->capacity) =
                (struct saved){xstrdup(name), kept};
        }
    copying_done(&copying);
    return state;
}

void state_free(struct state *state)
{
    if (!state)
        return;
    for (size_t i = 0; i < state->count; i++) {
        free(state->variables[i].name);
        value_unref(state->variables[i].value);
    }
    for (size_t i = 0; i < state->array_count; i++) {
        value_unref(state->arrays[i].object);
        tensor_unref(state->arrays[i].numbers);
    }
    free(state->variables);
    free(state->arrays);
    free(state);
}

static const struct saved *find(const struct state *state, const char *name)
{
    for (size_t i = 0; i < state->count; i++)
        if (!strcmp(state->variables[i].name, name))
            return &state->variables[i];
    return NULL;
}

static void restore_arrays(const struct state *state)
{
    for (size_t i = 0; i < state->array_count; i++) {
        struct error err = ERROR_INIT;
        struct tensor *array = value_array(state->arrays[i].object).tensor;
        tensor_assign(array, state->arrays[i].numbers, &err);
        error_clear(&err);
    }
}

void state_restore_random(const struct state *state)
{
    session_rng = state->rng;
}

static void remove_others(const struct state *state, struct interp *interp,
                          const struct strmap *names)
{
    struct words gone = {NULL, 0, 0};
    const char *name;
    struct value value;
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        if (is_kept(name, names) && !find(state, name))
            words_add(&gone, name, strlen(name));
    for (size_t i = 0; i < gone.count; i++)
        interp_remove_global(interp, gone.items[i]);
    words_free(&gone);
}

void state_restore(const struct state *state, struct interp *interp,
                   const struct strmap *names)
{
    struct copying copying = {.interp = interp};
    remove_others(state, interp, names);
    for (size_t i = 0; i < state->count; i++) {
        struct value fresh = copy(&copying, state->variables[i].value);
        interp_set_global(interp, state->variables[i].name, fresh);
        value_unref(fresh);
    }
    copying_done(&copying);
    restore_arrays(state);
    state_restore_random(state);
}

static bool is_among(const struct words *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->items[i], name))
            return true;
    return false;
}

void state_give_back(const struct state *state, struct interp *interp,
                     const struct words *kept)
{
    struct copying copying = {.interp = interp};
    for (size_t i = 0; i < state->count; i++) {
        const struct saved *saved = &state->variables[i];
        if (is_among(kept, saved->name))
            continue;
        struct value fresh = copy(&copying, saved->value);
        interp_set_global(interp, saved->name, fresh);
        value_unref(fresh);
    }
    copying_done(&copying);
    restore_arrays(state);
}

/* -------------------------------------------------------------- comparing */

static bool is_same(struct value a, struct value b, int depth);

static bool same_items(const struct sequence *a, const struct sequence *b,
                       int depth)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!is_same(a->items[i], b->items[i], depth))
            return false;
    return true;
}

static bool same_dicts(struct dict *a, struct dict *b, int depth)
{
    struct value key[2], item[2];
    size_t i = 0, j = 0;
    if (dict_count(a) != dict_count(b))
        return false;
    while (dict_next(a, &i, &key[0], &item[0]) &&
           dict_next(b, &j, &key[1], &item[1]))
        if (!is_same(key[0], key[1], depth) ||
            !is_same(item[0], item[1], depth))
            return false;
    return true;
}

static bool same_instances(struct instance *a, struct instance *b, int depth)
{
    const char *name;
    struct value value;
    if (a->class != b->class || a->names.map.count != b->names.map.count)
        return false;
    for (size_t i = 0; namespace_next(&a->names, &i, &name, &value);) {
        const struct value *other = namespace_get(&b->names, name);
        if (!other || !is_same(value, *other, depth))
            return false;
    }
    return true;
}

static bool is_same(struct value a, struct value b, int depth)
{
    if (a.kind != b.kind || depth > DEPTH_MOST)
        return depth > DEPTH_MOST;
    if (a.kind < VALUE_STRING)
        return a.dtype == b.dtype &&
               (a.kind == VALUE_NONE || a.kind == VALUE_ELLIPSIS ||
                a.kind == VALUE_NOT_IMPLEMENTED || a.kind == VALUE_DTYPE ||
                (a.kind == VALUE_BOOL ? a.b == b.b : a.i == b.i));
    if (a.object == b.object)
        return true;
    switch ((enum value_kind)a.kind) {
    case VALUE_TENSOR:
        return tensor_is_same(a.tensor, b.tensor);
    case VALUE_LIST:
    case VALUE_TUPLE:
        return same_items(a.sequence, b.sequence, depth + 1);
    case VALUE_DICT:
        return same_dicts(a.dict, b.dict, depth + 1);
    case VALUE_INSTANCE:
        return same_instances(a.instance, b.instance, depth + 1);
    default:
        return value_equal(a, b);
    }
}

bool value_is_same(struct value a, struct value b)
{
    return is_same(a, b, 0);
}

static const struct saved_array *find_array(const struct state *state,
                                            struct value value)
{
    for (size_t i = 0; i < state->array_count; i++)
        if (state->arrays[i].object.object == value.object)
            return &state->arrays[i];
    return NULL;
}

static bool has_changed(const struct state *state, struct interp *interp,
                        const struct saved *saved)
{
    struct value now;
    if (!interp_get_global(interp, saved->name, &now))
        return true;
    bool same = value_is_same(saved->value, now);
    const struct saved_array *array =
        now.kind == VALUE_OPAQUE ? find_array(state, now) : NULL;
    if (same && array)
        same = tensor_is_same(array->numbers, value_array(now).tensor);
    value_unref(now);
    return !same;
}

void state_changes(const struct state *state, struct interp *interp,
                   struct words *ret)
{
    for (size_t i = 0; i < state->count; i++)
        if (has_changed(state, interp, &state->variables[i]))
            words_add(ret, state->variables[i].name,
                      strlen(state->variables[i].name));
}

bool state_has_changed(const struct state *state, struct interp *interp,
                       const char *name)
{
    const struct saved *saved = find(state, name);
    struct value now;
    if (saved)
        return has_changed(state, interp, saved);
    if (!interp_get_global(interp, name, &now))
        return false;
    value_unref(now);
    return true;
}
